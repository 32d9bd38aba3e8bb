//! The page before a registration is begun: what to have at hand, which steps, who will see it.

use credit::form::FormKind;
use leptos::prelude::*;

use crate::components::button::{Weight, submit};
use crate::shell::Page;
use crate::wording::Lang;

/// The page.
pub fn start(kind: FormKind, lang: Lang) -> Page {
    let words = &lang.words().start;
    let items: Vec<_> = words.need_items.iter().map(|item| view! { <li>{*item}</li> }).collect();
    let steps: Vec<_> = words.step_names.iter().map(|step| view! { <li>{*step}</li> }).collect();
    let body = view! {
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
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
    };
    Page {
        title: words.title.into(),
        above: vec![(lang.words().frame.home.into(), "/")],
        problems: false,
        islands: false,
        body: body.into_any(),
    }
}
