//! Something could not be done: what happened and what to do now.

use leptos::prelude::*;

use crate::components::button::{Weight, link};
use crate::shell::Page;
use crate::wording::Lang;
use crate::wording::notices::{Notice, say};

/// The page, with a button that leads on: address and words.
pub fn notice(notice: &Notice, onward: (String, &'static str), lang: Lang) -> Page {
    let (title, sentences) = say(notice, lang);
    let sentences: Vec<_> = sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect();
    Page {
        title: title.into(),
        above: vec![(lang.words().frame.home.into(), "/")],
        problems: false,
        island: None,
        body: view! { <h1>{title}</h1>{sentences}<p class="actions">{link(Weight::Main, onward.0, onward.1)}</p> }.into_any(),
    }
}
