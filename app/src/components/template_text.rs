//! The text of a template, as a document in which its blanks are marked.

use credit::commitment::filling::{Piece, pieces};
use credit::commitment::template::Template;
use leptos::prelude::*;

/// Paragraphs of the template. They are Chinese, whatever the language of the page; a blank is called by its label.
pub fn template_text(template: &Template, paragraphs: &[String]) -> AnyView {
    let paragraphs: Vec<_> = paragraphs.iter().map(|paragraph| view! { <p>{marked(template, paragraph)}</p> }).collect();
    view! { <div class="document" lang="zh-CN">{paragraphs}</div> }.into_any()
}

/// One paragraph, with its blanks marked.
pub fn marked(template: &Template, paragraph: &str) -> AnyView {
    let pieces: Vec<_> = pieces(paragraph)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.to_owned().into_any(),
            Piece::Blank(name) => {
                let label = template.blank(name).map_or(name, |(_, field)| field.label.zh).to_owned();
                view! { <span class="template-text__blank">"【"{label}"】"</span> }.into_any()
            }
        })
        .collect();
    pieces.into_any()
}
