//! Two versions of one draft, side by side, to choose from.

use credit::draft::Draft;
use credit::filing::Instant;
use credit::form::{FormKind, Kind};
use leptos::prelude::*;

use super::review::answer_words;
use crate::components::button::{Weight, submit};
use crate::shell::Page;
use crate::time_text;
use crate::wording::Lang;

/// One version.
pub struct Version {
    /// What was typed.
    pub draft: Draft,
    /// When it was saved.
    pub saved_at: Instant,
    /// By whom.
    pub saved_by: String,
}

/// The page: the draft as it is, and the versions typed over older ones, each with its id.
pub fn rivals(id: &str, kind: FormKind, version: i64, current: &Version, others: &[(String, Version)], lang: Lang) -> Page {
    let words = &lang.words().rivals;
    let comparisons: Vec<_> =
        others.iter().map(|(rival, other)| comparison(id, kind, version, current, rival, other, lang)).collect();
    Page {
        title: words.title.into(),
        above: vec![(lang.words().desk.title.into(), "/filings")],
        problems: false,
        islands: false,
        body: view! { <h1>{words.title}</h1><p>{words.lead}</p>{comparisons} }.into_any(),
    }
}

fn comparison(id: &str, kind: FormKind, version: i64, current: &Version, rival: &str, other: &Version, lang: Lang) -> AnyView {
    let words = &lang.words().rivals;
    let rows: Vec<_> = kind
        .form()
        .fields
        .iter()
        .filter(|field| field.kind != Kind::Files)
        .map(|field| {
            let (a, b) = (current.draft.get(field), other.draft.get(field));
            let shown = |typed: &str| if typed.is_empty() { words.empty.to_owned() } else { answer_words(field, typed, lang) };
            let mark = (a != b).then(|| view! { <strong class="versions__differs">{words.differs}</strong> });
            view! {
                <tr class=if a == b { "versions__row" } else { "versions__row versions__row--differs" }>
                    <th scope="row">{lang.say(field.label)}" "{mark}</th>
                    <td>{shown(a)}</td>
                    <td>{shown(b)}</td>
                </tr>
            }
        })
        .collect();
    let head = |title: &'static str, version: &Version| {
        let saved = format!("{} · {}", time_text::minute(version.saved_at), version.saved_by);
        view! { <th scope="col">{title}<span class="versions__saved">{saved}</span></th> }
    };
    view! {
        <form method="post" action=format!("/drafts/{id}/versions")>
            <input type="hidden" name="version" value=version.to_string() />
            <input type="hidden" name="rival" value=rival.to_owned() />
            <div class="versions" role="region" aria-label=words.title tabindex="0">
                <table class="versions__table">
                    <thead><tr><th scope="col">{words.field}</th>{head(words.current, current)}{head(words.other, other)}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="actions">
                {submit(Weight::Main, "other", words.keep_other)}
                {submit(Weight::Other, "current", words.keep_current)}
            </div>
        </form>
    }
    .into_any()
}
