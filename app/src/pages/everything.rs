//! All filings of an enterprise on one page, each in a section of its own, made to be printed.

use credit::filing::Instant;
use leptos::prelude::*;

use super::desk::filing_name;
use super::filing::{Entry, FilingPage, moment, numbers, state_words};
use super::review::content_rows;
use crate::components::pledge_form::purpose_words;
use crate::components::status_tag::status_tag;
use crate::components::summary_list::summary_list;
use crate::components::timeline::timeline;
use crate::shell::Page;
use crate::time_text;
use crate::wording::Lang;

/// Everything.
pub struct Everything {
    /// The enterprise's name.
    pub enterprise: String,
    /// Its credit code.
    pub code: String,
    /// When this page was made.
    pub made_at: Instant,
    /// Its filings, newest first.
    pub filings: Vec<FilingPage>,
    /// Whether there are older ones that are not listed.
    pub more: bool,
}

/// The page.
pub fn everything(everything: Everything, lang: Lang) -> Page {
    let words = lang.overview();
    let colon = lang.words().frame.colon;
    let none = everything.filings.is_empty().then(|| view! { <p>{words.everything_none}</p> });
    let more = everything.more.then(|| view! { <p>{words.more_elsewhere}</p> });
    let items: Vec<_> = everything.filings.into_iter().map(|filing| item(filing, lang)).collect();
    let body = view! {
        <h1>{words.everything}</h1>
        <p class="no-print">{words.everything_lead}</p>
        <p>{everything.enterprise}" · "<span class="number">{everything.code}</span></p>
        <p>{words.made_at}{colon}{time_text::minute(everything.made_at)}</p>
        <p>{lang.words().filing.source}</p>
        {none}
        {more}
        {items}
    };
    Page {
        title: words.everything.into(),
        above: vec![(words.title.into(), "/overview")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}

fn item(filing: FilingPage, lang: Lang) -> AnyView {
    let words = &lang.words().filing;
    let state = state_words(&filing, lang);
    let (id, labelled_by) = (format!("filing-{}", filing.id), format!("filing-{}", filing.id));
    let files: Vec<_> = filing.files.iter().map(|file| view! { <li>{file.name.clone()}</li> }).collect();
    let files = (!files.is_empty()).then(|| view! { <h3>{words.files}</h3><ul>{files}</ul> });
    let paragraphs: Vec<_> = filing.pledge.text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect();
    let purposes: Vec<_> =
        filing.pledge.purposes.iter().map(|purpose| view! { <li>{purpose_words(*purpose, lang)}</li> }).collect();
    let purposes = if purposes.is_empty() {
        view! { <p>{words.no_purposes}</p> }.into_any()
    } else {
        view! { <p>{words.purposes}</p><ul>{purposes}</ul> }.into_any()
    };
    let history: Vec<&Entry> = filing.history.iter().rev().collect();
    view! {
        <section class="everything__item" aria-labelledby=labelled_by>
            <h2 id=id>{filing_name(filing.kind, &filing.content, lang)}</h2>
            <p>{status_tag(state.tone, state.name)}</p>
            {summary_list(numbers(&filing, lang))}
            <h3>{words.content}</h3>
            {summary_list(content_rows(filing.kind, &filing.content, None, lang))}
            {files}
            <h3>{words.history}</h3>
            {timeline(history.into_iter().map(|entry| moment(&filing, entry, lang)).collect())}
            <h3>{words.pledge}</h3>
            <div class="document" lang="zh-CN">{paragraphs}</div>
            {purposes}
        </section>
    }
    .into_any()
}
