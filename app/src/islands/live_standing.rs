//! Keeps what a page shows of a filing or an import up to date while it is open.

#![allow(missing_docs, reason = "the macro makes an undocumented type of the same name")]

use leptos::prelude::*;

/// Wraps the element `standing`, whose `data-` attributes give the address of what it shows and a mark of how that stood:
/// listens at `{address}/changes` for other marks, and fetches the part again from `{address}/standing`.
///
/// The new part brings its own words for the line `updated`, as `data-said`. What is marked `data-without` stands there for
/// browsers in which this does not run. With `data-reload` the page is loaded again where something on the way holds the events
/// back.
#[island]
pub fn LiveStanding(
    /// The part that changes, and the line `updated` in which the change is announced.
    children: Children,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::Live::begin();
    children()
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;
    use std::time::Duration;

    use gloo_net::http::Request;
    use leptos::leptos_dom::helpers::set_timeout;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::Closure;
    use wasm_bindgen_futures::spawn_local;
    use web_sys::{Element, EventSource, MessageEvent, PageTransitionEvent};

    use super::super::by_id;

    /// How something stands is told at once: when nothing has come after so long, nothing will.
    const SILENCE: Duration = Duration::from_secs(5);

    pub(super) struct Live {
        standing: Element,
        /// Where the part is fetched from, with the page's own query: it says which part of a long one is shown.
        part: String,
        /// The mark of what is shown.
        shown: RefCell<String>,
        /// The mark that was told last; empty before the first.
        told: RefCell<String>,
        /// The part is on its way. Only one at a time: an older one must not arrive last.
        on_its_way: Cell<bool>,
    }

    impl Live {
        pub(super) fn begin() {
            let Some(standing) = by_id("standing") else { return };
            if let Ok(Some(without)) = standing.query_selector("[data-without]") {
                without.remove();
            }
            let attribute = |name: &str| standing.get_attribute(name).unwrap_or_default();
            let (address, shown) = (attribute("data-address"), attribute("data-mark"));
            let search = window().location().search().unwrap_or_default();
            let live = Self {
                part: format!("{address}/standing{search}"),
                told: RefCell::default(),
                shown: RefCell::new(shown),
                on_its_way: Cell::new(false),
                standing,
            };
            let live = Rc::new(live);
            if live.standing.has_attribute("data-reload") {
                let live = Rc::clone(&live);
                set_timeout(move || live.reload_in_silence(), SILENCE);
            }
            live.listen(&format!("{address}/changes"));
        }

        fn reload_in_silence(&self) {
            if self.told.borrow().is_empty() {
                let _ = window().location().reload();
            }
        }

        fn listen(self: Rc<Self>, changes: &str) {
            let Ok(events) = EventSource::new(changes) else { return };
            let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                *self.told.borrow_mut() = event.data().as_string().unwrap_or_default();
                if !self.on_its_way.get() {
                    spawn_local(Rc::clone(&self).follow());
                }
            });
            events.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            on_message.forget();
            // A page that is left must not keep its connection open while it sits in the browser's back-forward cache; taken
            // out of there, it is fetched again.
            on_window("pagehide", move |_| events.close());
            on_window("pageshow", |event| {
                if event.persisted() {
                    let _ = window().location().reload();
                }
            });
        }

        /// Fetches the part until it shows what was told last. What does not arrive is asked for again when more is told.
        async fn follow(self: Rc<Self>) {
            self.on_its_way.set(true);
            loop {
                let mark = self.told.borrow().clone();
                if *self.shown.borrow() == mark {
                    break;
                }
                let Some(html) = fetch(&self.part).await else { break };
                self.standing.set_inner_html(&html);
                self.announce();
                *self.shown.borrow_mut() = mark;
            }
            self.on_its_way.set(false);
        }

        /// Says so to those who cannot see it; the same words are not said twice.
        fn announce(&self) {
            let words = self.standing.query_selector("[data-said]").ok().flatten().and_then(|said| said.get_attribute("data-said"));
            if let Some(line) = by_id("updated").filter(|line| line.text_content() != words) {
                line.set_text_content(words.as_deref());
            }
        }
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
}
