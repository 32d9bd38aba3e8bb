//! Asks before an import is put away.

use leptos::prelude::*;

use crate::components::button::{Weight, link, submit};
use crate::shell::Page;
use crate::wording::Lang;
use crate::wording::imports::{WORDS, source};

/// The page.
pub fn import_closure(id: &str, file_name: Option<String>, lang: Lang) -> Page {
    let base = format!("/imports/{id}");
    let body = view! {
        <h1>{lang.say(WORDS.close_title)}</h1>
        <p><strong>{source(file_name.as_deref(), lang)}</strong></p>
        <p>{lang.say(WORDS.close_text)}</p>
        <form method="post" action=format!("{base}/closure")>
            <div class="actions">
                {submit(Weight::Danger, "confirm", lang.say(WORDS.close))}
                {link(Weight::Other, base.clone(), lang.words().confirm.back)}
            </div>
        </form>
    };
    Page {
        title: lang.say(WORDS.close_title).into(),
        above: vec![(lang.words().desk.title.into(), "/filings")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}
