//! Two versions of one draft, side by side, to choose from.

use std::collections::BTreeSet;

use credit::draft::Draft;
use credit::filing::Instant;
use credit::form::{Disclosure, Field, FormKind, Kind};
use leptos::prelude::*;

use crate::components::button::{Weight, submit};
use crate::shell::Page;
use crate::time_text;
use crate::wording::{Lang, answers};

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
    let seen = seen(others);
    let comparisons: Vec<_> =
        others.iter().map(|(rival, other)| comparison(id, kind, (version, &seen), current, rival, other, lang)).collect();
    Page {
        title: words.title.into(),
        above: vec![(lang.words().desk.title.into(), "/filings")],
        problems: false,
        island: None,
        body: view! { <h1>{words.title}</h1><p>{words.lead}</p>{comparisons} }.into_any(),
    }
}

/// Which versions are shown, each with when it was saved: a choice drops these and no others.
fn seen(others: &[(String, Version)]) -> String {
    others.iter().map(|(rival, other)| format!("{rival}@{}", other.saved_at)).collect::<Vec<_>>().join(" ")
}

/// Reads what the page noted of the versions that it showed.
pub fn rivals_seen(noted: &str) -> BTreeSet<(String, Instant)> {
    let one = |noted: &str| noted.split_once('@').and_then(|(rival, at)| Some((rival.to_owned(), at.parse().ok()?)));
    noted.split(' ').filter_map(one).collect()
}

fn comparison(
    id: &str,
    kind: FormKind,
    (version, seen): (i64, &str),
    current: &Version,
    rival: &str,
    other: &Version,
    lang: Lang,
) -> AnyView {
    let words = &lang.words().rivals;
    let rows: Vec<_> = kind
        .form()
        .fields
        .iter()
        .filter(|field| field.kind != Kind::Files)
        .map(|field| {
            let (a, b) = (shown(field, &current.draft, lang), shown(field, &other.draft, lang));
            let class = if a == b { "versions__row" } else { "versions__row versions__row--differs" };
            let mark = (a != b).then(|| view! { <strong class="versions__differs">{words.differs}</strong> });
            view! {
                <tr class=class>
                    <th scope="row">{lang.say(field.label)}" "{mark}</th>
                    <td>{a}</td>
                    <td>{b}</td>
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
            <input type="hidden" name="seen" value=seen.to_owned() />
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

/// What was typed into a field, and how much of it strangers would see where that was chosen.
fn shown(field: &Field, draft: &Draft, lang: Lang) -> String {
    let typed = draft.get(field);
    let words = lang.words();
    let answer = if typed.is_empty() { words.rivals.empty.to_owned() } else { answers::answer(field, typed, lang) };
    match Disclosure::named(draft.answer(&field.disclosure_name())) {
        Disclosure::Hidden => answer,
        Disclosure::Range => format!("{answer} · {}", words.form.disclosure_range),
        Disclosure::Full => format!("{answer} · {}", words.form.disclosure_full),
    }
}
