//! What strangers will see of an item, beside the form or the answers.

use credit::form::FormKind;
use credit::public_view::public_view;
use credit::registration::Content;
use leptos::prelude::*;

use crate::wording::{Lang, answers};

/// The list; the island fills it anew while the form is filled in.
pub fn public_preview(kind: FormKind, content: &Content, lang: Lang) -> AnyView {
    let words = &lang.words().form;
    let rows: Vec<_> = public_view(kind.form(), content)
        .into_iter()
        .map(|(field, shown)| {
            view! {
                <div class="public-preview__row">
                    <dt>{lang.say(field.label)}</dt>
                    <dd>{answers::shown(field, &shown, lang)}</dd>
                </div>
            }
        })
        .collect();
    let some = !rows.is_empty();
    view! {
        <section class="public-preview" aria-labelledby="preview-title">
            <h2 id="preview-title">{words.preview}</h2>
            <p class="field__hint">{words.preview_lead}</p>
            <dl id="preview">{rows}</dl>
            <p id="preview-empty" hidden=some>{words.preview_empty}</p>
        </section>
    }
    .into_any()
}
