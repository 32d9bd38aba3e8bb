//! Help, privacy, accessibility: pages of text.

use leptos::prelude::*;

use crate::shell::Page;
use crate::wording::{Lang, Text};

/// Which text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// How to use the service.
    Help,
    /// What is kept of whom, and why.
    Privacy,
    /// How the site can be used by everyone.
    Accessibility,
}

/// The page.
pub fn about(which: About, lang: Lang) -> Page {
    let words = &lang.words().about;
    let text: &'static Text = match which {
        About::Help => &words.help,
        About::Privacy => &words.privacy,
        About::Accessibility => &words.accessibility,
    };
    let paragraphs: Vec<_> = text.paragraphs.iter().map(|paragraph| view! { <p>{*paragraph}</p> }).collect();
    Page {
        title: text.title.into(),
        above: vec![(lang.words().frame.home.into(), "/")],
        problems: false,
        island: None,
        body: view! { <h1>{text.title}</h1>{paragraphs} }.into_any(),
    }
}
