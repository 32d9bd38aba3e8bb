//! A record whose publication was stopped: since when, and nothing of what it said.

use chrono::NaiveDate;
use credit::form::FormKind;
use leptos::prelude::*;

use super::desk::FilingEntry;
use crate::components::button::{Weight, link};
use crate::shell::Page;
use crate::wording::record_pages::{WORDS, granted, stopped_on};
use crate::wording::{Lang, life};

/// The page. `on` is the day the platform gives; none: a repair was granted here, and the platform has not said so yet. `disputable`:
/// its id, where an objection to it can be made here.
pub fn record_over(on: Option<NaiveDate>, disputable: Option<String>, filings: Vec<FilingEntry>, lang: Lang) -> Page {
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
    let objection = disputable.map(|id| {
        view! {
            <section aria-labelledby="wrong">
                <h2 id="wrong">{lang.say(WORDS.over_wrong)}</h2>
                <p>{lang.say(WORDS.over_wrong_text)}</p>
                <form method="post" action="/drafts">
                    <input type="hidden" name="kind" value=FormKind::Objection.name() />
                    <input type="hidden" name="record" value=id />
                    <p class="actions"><button class="button" type="submit">{lang.say(WORDS.object)}</button></p>
                </form>
            </section>
        }
    });
    let body = view! {
        <h1>{title}</h1>
        <p class="lead">{since}</p>
        <p>{lang.say(WORDS.over_text)}</p>
        {undertaken}
        {objection}
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
