//! What has to be done when somebody leaves the page, or comes back to it.

use gloo_net::http::Request;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{PageTransitionEvent, RequestInit, VisibilityState, js_sys::Reflect};

/// Does this when the page is left, closed, or put aside for another (which on a telephone may be its end).
pub(super) fn on_leaving(act: impl Fn() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let Some(document) = window.document() else { return };
    let act = std::rc::Rc::new(act);
    let hidden = {
        let (act, document) = (act.clone(), document.clone());
        Closure::<dyn Fn()>::new(move || {
            if document.visibility_state() == VisibilityState::Hidden {
                act();
            }
        })
    };
    let _ = document.add_event_listener_with_callback("visibilitychange", hidden.as_ref().unchecked_ref());
    hidden.forget();
    let left = Closure::<dyn Fn()>::new(move || act());
    let _ = window.add_event_listener_with_callback("pagehide", left.as_ref().unchecked_ref());
    left.forget();
}

/// Browsers carry on with requests of 64 KiB in all at most (Fetch standard, 4.6) and refuse longer ones.
const MOST_CARRIED_ON: usize = 60_000;

/// The same request, with a body of this length, which the browser carries on with when the page is gone (`keepalive`).
pub(super) fn outlasting_the_page(request: Request, length: usize) -> Option<Request> {
    if length > MOST_CARRIED_ON {
        return Some(request);
    }
    let request = web_sys::Request::from(request);
    let init = RequestInit::new();
    // web-sys has no name for it yet.
    Reflect::set(&init, &JsValue::from_str("keepalive"), &JsValue::TRUE).ok()?;
    web_sys::Request::new_with_request_and_init(&request, &init).ok().map(Request::from)
}

/// A page taken out of the back-forward cache shows an old version of the draft: it is fetched again.
pub(super) fn reload_when_restored() {
    let Some(window) = web_sys::window() else { return };
    let again = Closure::<dyn Fn(PageTransitionEvent)>::new(|event: PageTransitionEvent| {
        if event.persisted()
            && let Some(window) = web_sys::window()
        {
            let _ = window.location().reload();
        }
    });
    let _ = window.add_event_listener_with_callback("pageshow", again.as_ref().unchecked_ref());
    again.forget();
}
