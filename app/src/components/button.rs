//! Buttons that send a form, and links that look like one.

use leptos::prelude::*;

/// How much weight a button has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do on the page.
    Main,
    /// Something else one may do.
    Other,
    /// Something that destroys.
    Danger,
    /// As light as a link.
    Light,
}

impl Weight {
    /// Its classes, for a button with a form field of its own or none.
    pub fn class(self) -> &'static str {
        match self {
            Self::Main => "button button--main",
            Self::Other => "button",
            Self::Danger => "button button--danger",
            Self::Light => "button button--light",
        }
    }
}

/// A button that sends its form, with the form's `action` field set to `value`.
pub fn submit(weight: Weight, value: impl Into<String>, words: impl Into<String>) -> AnyView {
    let value = value.into();
    view! { <button class=weight.class() type="submit" name="action" value=value>{words.into()}</button> }.into_any()
}

/// A link that looks like a button, for going to a page where something begins.
pub fn link(weight: Weight, href: impl Into<String>, words: impl Into<String>) -> AnyView {
    view! { <a class=weight.class() href=href.into()>{words.into()}</a> }.into_any()
}
