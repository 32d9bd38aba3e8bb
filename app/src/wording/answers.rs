//! Answers in words: choices by their labels, numbers with their unit, and what strangers see of them.

use credit::form::{Field, Kind};
use credit::public_view::Shown;

use super::Lang;

/// An answer as the enterprise and the platform see it.
pub fn answer(field: &Field, value: &str, lang: Lang) -> String {
    match field.kind {
        Kind::Choice(answers) => {
            answers.iter().find(|answer| answer.value == value).map_or(value, |answer| lang.say(answer.label)).to_owned()
        }
        Kind::Tick => yes(lang).to_owned(),
        kind => with_unit(value, kind, lang),
    }
}

/// An answer as strangers see it.
pub fn shown(field: &Field, shown: &Shown, lang: Lang) -> String {
    match (shown, lang) {
        (Shown::Full(value), _) => answer(field, value, lang),
        (Shown::Range { low, high }, Lang::Zh) => with_unit(&format!("{low} 以上，不足 {high}"), field.kind, lang),
        (Shown::Range { low, high }, Lang::En) => with_unit(&format!("from {low} to below {high}"), field.kind, lang),
    }
}

/// What a ticked box says.
fn yes(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "是",
        Lang::En => "Yes",
    }
}

fn with_unit(number: &str, kind: Kind, lang: Lang) -> String {
    match kind.unit() {
        Some(unit) => format!("{number} {}", lang.say(unit)),
        None => number.to_owned(),
    }
}
