//! Something could not be done: what happened and what to do now.

use leptos::prelude::*;

use crate::components::button::{Weight, link};
use crate::shell::Page;
use crate::wording::Lang;
use crate::wording::notices::{Notice, say};

/// The page, with a button that leads on: address and words. `reference` finds the case in the log.
pub fn notice(notice: &Notice, onward: (String, &'static str), reference: Option<String>, lang: Lang) -> Page {
    let (title, sentences) = say(notice, lang);
    let sentences: Vec<_> = sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect();
    let number = match lang {
        Lang::Zh => "故障编号：",
        Lang::En => "Fault reference: ",
    };
    let reference = reference.map(|reference| view! { <p>{number}<span class="number">{reference}</span></p> });
    Page {
        title: title.into(),
        above: vec![(lang.words().frame.home.into(), "/")],
        problems: false,
        island: None,
        body: view! { <h1>{title}</h1>{sentences}{reference}<p class="actions">{link(Weight::Main, onward.0, onward.1)}</p> }
            .into_any(),
    }
}
