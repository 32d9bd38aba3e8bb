//! Going through a long list, newest first: by place, never by page number, so that nothing is seen twice or missed.

use leptos::prelude::*;

use crate::wording::Lang;

/// Links to older entries and back to the newest; nothing when there is neither.
pub fn pagination(older: Option<String>, newest: Option<String>, lang: Lang) -> AnyView {
    let words = &lang.words().desk;
    if older.is_none() && newest.is_none() {
        return ().into_any();
    }
    view! {
        <nav class="pagination" aria-label=words.pages>
            {newest.map(|href| view! { <a class="pagination__link" href=href>{words.newest}</a> })}
            {older.map(|href| view! { <a class="pagination__link" rel="next" href=href>{words.older}</a> })}
        </nav>
    }
    .into_any()
}
