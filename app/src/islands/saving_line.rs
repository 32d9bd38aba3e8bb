//! The line of a form that says how saving stands.

use web_sys::Element;

use super::by_id;
use crate::wording::Lang;
use crate::wording::saving::{self, Saving};

/// Says how saving stands, with the link that mends it where one does.
pub(super) fn say(saving: &Saving, address: &str, lang: Lang) {
    let Some(line) = by_id("saving") else { return };
    // A link that somebody may be pressing just now stays where it is until there is something else to say.
    let words = saving::say(saving, lang);
    let stands = line.get_attribute("data-said").unwrap_or_default();
    let holds_on = matches!(saving, Saving::Saving) && line.class_list().contains("saving--warns");
    if holds_on || stands == words {
        return;
    }
    say_words(&line, &words);
    let warns = !matches!(saving, Saving::Idle | Saving::Saving | Saving::Saved(_));
    let _ = line.class_list().toggle_with_force("saving--warns", warns);
    let Some(words) = saving::link(saving, lang) else { return };
    let sign_in = format!("/sign-in?return_to={address}");
    let (tag, attributes) = match saving {
        // In a window of its own: this one keeps its text.
        Saving::SignedOut => ("a", [("href", sign_in.as_str()), ("target", "_blank"), ("class", "saving__link")]),
        // Sends the form, so that what was typed since is kept before the versions are shown.
        _ => ("button", [("form", "draft-form"), ("name", "action"), ("class", "button button--light")]),
    };
    let Ok(link) = leptos::prelude::document().create_element(tag) else { return };
    for (name, value) in attributes {
        let _ = link.set_attribute(name, value);
    }
    if tag == "button" {
        let _ = link.set_attribute("value", "save");
    }
    link.set_text_content(Some(words));
    let _ = line.append_child(&link);
}

/// Says these words there, and nothing else.
pub(super) fn say_words(line: &Element, words: &str) {
    let _ = line.set_attribute("data-said", words);
    line.set_text_content(Some(words));
}
