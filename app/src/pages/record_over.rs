//! A record whose publication was stopped: since when, and nothing of what it said.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::desk::FilingEntry;
use crate::components::button::{Weight, link};
use crate::shell::Page;
use crate::wording::record_pages::{WORDS, granted, stopped_on};
use crate::wording::{Lang, life};

/// The page. `on` is the day the platform gives; none: a repair was granted here, and the platform has not said so yet.
pub fn record_over(on: Option<NaiveDate>, filings: Vec<FilingEntry>, lang: Lang) -> Page {
    let title = lang.say(WORDS.over);
    let since = on.map_or_else(|| granted(lang).to_owned(), |day| stopped_on(&day.to_string(), lang));
    let filings: Vec<_> = filings
        .into_iter()
        .map(|filing| {
            let name = format!("{} {}", lang.say(filing.kind.form().title), filing.reference);
            view! { <li><a href=format!("/filings/{}", filing.id)>{name}</a>" · "{life::state(filing.kind, credit::repair::HandOver::of(&filing.content), &filing.standing, lang).name}</li> }
        })
        .collect();
    let undertaken = (!filings.is_empty()).then(|| {
        view! { <section aria-labelledby="undertaken"><h2 id="undertaken">{lang.say(WORDS.undertaken)}</h2><ul>{filings}</ul></section> }
    });
    let body = view! {
        <h1>{title}</h1>
        <p class="lead">{since}</p>
        <p>{lang.say(WORDS.over_text)}</p>
        {undertaken}
        <p class="actions">{link(Weight::Main, "/records", lang.say(WORDS.back))}</p>
    };
    Page {
        title: title.into(),
        above: vec![(lang.words().frame.home.into(), "/"), (lang.say(WORDS.title).into(), "/records")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}
