//! A state as a word with a shape; colour comes third.

use leptos::prelude::*;

use crate::wording::life::Tone;

/// The tag.
pub fn status_tag(tone: Tone, words: impl Into<String>) -> AnyView {
    let (class, shape) = match tone {
        Tone::Waiting => ("status-tag", "○"),
        Tone::Good => ("status-tag status-tag--good", "✓"),
        Tone::Act => ("status-tag status-tag--act", "!"),
        Tone::Bad => ("status-tag status-tag--bad", "✕"),
        Tone::Quiet => ("status-tag status-tag--quiet", "–"),
    };
    view! { <strong class=class><span aria-hidden="true">{shape}</span>" "{words.into()}</strong> }.into_any()
}
