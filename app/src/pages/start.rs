//! The page before a registration is begun: what to have at hand, which steps, who will see it.

use credit::form::FormKind;
use leptos::prelude::*;

use crate::components::button::{Weight, submit};
use crate::shell::Page;
use crate::wording::imports::WORDS;
use crate::wording::{Lang, registrations};

/// The page.
pub fn start(kind: FormKind, lang: Lang) -> Page {
    let words = &lang.words().start;
    let title = lang.say(kind.form().title);
    let base = format!("/registrations/{}", kind.name());
    let items: Vec<_> = registrations::need(kind, lang).iter().map(|item| view! { <li>{*item}</li> }).collect();
    let steps: Vec<_> = words.step_names.iter().map(|step| view! { <li>{*step}</li> }).collect();
    let body = view! {
        <h1>{title}</h1>
        <p class="lead">{registrations::about(kind, lang)}</p>
        <p>{words.minutes}</p>
        <h2>{words.need}</h2>
        <ul>{items}</ul>
        <h2>{words.steps}</h2>
        <ol>{steps}</ol>
        <h2>{words.who_sees}</h2>
        <p>{words.who_sees_text}</p>
        <form method="post" action="/drafts">
            <input type="hidden" name="kind" value=kind.name() />
            <p class="actions">{submit(Weight::Main, "begin", words.begin)}</p>
        </form>
        <h2>{lang.say(WORDS.several)}</h2>
        <p>{lang.say(WORDS.several_text)}</p>
        <ul>
            <li><a class="button button--light" href=format!("{base}/template.xlsx")>{lang.say(WORDS.template)}</a></li>
            <li><a class="button button--light" href=format!("{base}/import")>{lang.say(WORDS.import)}</a></li>
        </ul>
    };
    Page {
        title: title.into(),
        above: vec![(lang.words().frame.home.into(), "/"), (words.title.into(), "/registrations")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}
