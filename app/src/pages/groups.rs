//! The four groups of voluntary registration.

use credit::form::FormKind;
use leptos::prelude::*;

use crate::shell::Page;
use crate::wording::{Lang, registrations};

/// The page.
pub fn groups(lang: Lang) -> Page {
    let words = &lang.words().start;
    let doors: Vec<_> = FormKind::ALL
        .iter()
        .map(|kind| {
            let href = format!("/registrations/{}", kind.name());
            view! {
                <li class="door">
                    <a class="door__name" href=href>{lang.say(kind.form().group)}</a>
                    <p>{registrations::about(*kind, lang)}</p>
                </li>
            }
        })
        .collect();
    let body = view! {
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <h2 id="groups">{words.groups}</h2>
        <ul class="doors" aria-labelledby="groups">{doors}</ul>
    };
    Page {
        title: words.title.into(),
        above: vec![(lang.words().frame.home.into(), "/")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}
