//! Keeps the page of a filing up to date while it is open.

#![allow(missing_docs, reason = "the macro makes an undocumented type of the same name")]

use leptos::prelude::*;

/// Wraps the element `standing`, whose `data-` attributes say which filing it shows and how often that had changed:
/// listens for changes, and fetches the part again.
#[island]
pub fn LiveFiling(
    /// The part that changes, and the line `updated` in which the change is announced.
    children: Children,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::begin();
    children()
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::Cell;

    use gloo_net::http::Request;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::Closure;
    use wasm_bindgen_futures::spawn_local;
    use web_sys::{EventSource, MessageEvent, PageTransitionEvent};

    use crate::wording::Lang;

    pub(super) fn begin() {
        let Some(standing) = document().get_element_by_id("standing") else { return };
        let number = |name: &str| standing.get_attribute(name).unwrap_or_default();
        listen(&number("data-filing"), number("data-changes").parse().unwrap_or_default());
    }

    /// Each event carries the filing's count of changes; a higher one than shown means: fetch.
    fn listen(filing: &str, changes: i64) {
        let Ok(events) = EventSource::new(&format!("{filing}/changes")) else { return };
        let part = format!("{filing}/standing");
        let shown = Cell::new(changes);
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let count = event.data().as_string().and_then(|text| text.parse::<i64>().ok()).unwrap_or_default();
            if count <= shown.get() {
                return;
            }
            shown.set(count);
            let part = part.clone();
            spawn_local(async move {
                if let Some(html) = fetch(&part).await {
                    replace(&html);
                    announce();
                }
            });
        });
        events.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        // A page that is left must not keep its connection open while it sits in the browser's back-forward cache; taken out
        // of there, it is fetched again.
        on_window("pagehide", move |_| events.close());
        on_window("pageshow", |event| {
            if event.persisted() {
                let _ = window().location().reload();
            }
        });
    }

    fn on_window(name: &str, act: impl Fn(PageTransitionEvent) + 'static) {
        let listener = Closure::<dyn Fn(PageTransitionEvent)>::new(act);
        let _ = window().add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        listener.forget();
    }

    async fn fetch(part: &str) -> Option<String> {
        let answer = Request::get(part).send().await.ok()?;
        if answer.ok() { answer.text().await.ok() } else { None }
    }

    fn replace(html: &str) {
        if let Some(standing) = document().get_element_by_id("standing") {
            standing.set_inner_html(html);
        }
    }

    /// Says so to those who cannot see it.
    fn announce() {
        let words = match super::super::page_lang() {
            Lang::Zh => "状态已更新。",
            Lang::En => "The state has changed.",
        };
        if let Some(line) = document().get_element_by_id("updated") {
            line.set_text_content(Some(words));
        }
    }
}
