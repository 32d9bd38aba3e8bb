//! Making keys and signing with them, on pages that hold plain forms for it. Nothing of a key leaves the browser but its public
//! half and signatures.
//!
//! Three modules of the browser are made of this, `signing`, `enrolment` and `transfer`. They wake without Leptos
//! (docs/decisions/0012): they listen to forms, and their words stand in the page, in the hidden element `signing-words`, so
//! that they carry neither.
//!
//! - [`signer`]: signs what the page shows. - [`key_maker`]: makes a key and signs its enrolment.
//! - [`key_carrier`]: takes a key to another device. - [`shown`]: the text that the page shows, and its signature.
//! - [`key_box`]: a key at rest, wrapped twice. [`key_store`]: where it rests. [`unlocking`]: opening it, with patience after
//!   wrong PINs.

#[allow(dead_code, reason = "each of the three modules needs only some of this")]
mod key_box;
#[cfg(feature = "transfer")]
mod key_carrier;
#[cfg(feature = "enrolment")]
mod key_maker;
#[allow(dead_code, reason = "each of the three modules needs only some of this")]
mod key_store;
#[cfg(any(feature = "signing", feature = "enrolment"))]
mod shown;
#[cfg(feature = "signing")]
mod signer;
#[allow(dead_code, reason = "each of the three modules needs only some of this")]
mod unlocking;

use std::future::Future;
use std::pin::Pin;

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Crypto, Document, Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, Window};

/// Why something was not done. Each has its words on the page.
#[allow(dead_code, reason = "each of the three modules meets only some of these")]
#[derive(Clone, Copy, Debug, PartialEq)]
enum Trouble {
    /// This browser lacks something, or the page did not come over a safe line.
    Unable,
    /// No key of those that the page names is on this device.
    NoKey,
    /// No PIN was typed.
    NoPin,
    /// The PIN is too short.
    ShortPin,
    /// The PIN was typed in two ways.
    PinsDiffer,
    /// The PIN is wrong.
    WrongPin,
    /// Too many wrong ones: not before so many seconds.
    Wait(u32),
    /// The text holds something that cannot be seen.
    Hidden,
    /// The passphrase for the way to another device is too short.
    ShortPassphrase,
    /// No file was chosen, or it is none of ours, or the passphrase is wrong.
    BadFile,
}

impl Trouble {
    fn word(self) -> &'static str {
        match self {
            Self::Unable => "unable",
            Self::NoKey => "no-key",
            Self::NoPin => "no-pin",
            Self::ShortPin => "short-pin",
            Self::PinsDiffer => "pins-differ",
            Self::WrongPin => "wrong-pin",
            Self::Wait(_) => "wait",
            Self::Hidden => "hidden",
            Self::ShortPassphrase => "short-passphrase",
            Self::BadFile => "bad-file",
        }
    }
}

impl From<JsValue> for Trouble {
    fn from(_: JsValue) -> Self {
        Self::Unable
    }
}

type Outcome<T> = Result<T, Trouble>;

/// What a form does before it is sent; whether it is sent then. Boxed, so that the code around it is there once.
type Doing = Pin<Box<dyn Future<Output = Outcome<bool>>>>;

/// Wakes what is on the page.
pub fn begin() {
    // Only now is there something that can sign: until here the page says what is needed.
    show("signing-without", subtle().is_err());
    show("signing-with", subtle().is_ok());
    #[cfg(feature = "signing")]
    signer::begin();
    #[cfg(feature = "enrolment")]
    key_maker::begin();
    #[cfg(feature = "transfer")]
    key_carrier::begin();
}

fn window() -> Outcome<Window> {
    web_sys::window().ok_or(Trouble::Unable)
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

fn show(id: &str, shown: bool) {
    if let Some(element) = by_id(id) {
        let _ = element.toggle_attribute_with_force("hidden", !shown);
    }
}

/// WebCrypto; it is not there where the page did not come over HTTPS or from this very machine.
fn crypto() -> Outcome<Crypto> {
    Ok(window()?.crypto()?)
}

fn subtle() -> Outcome<web_sys::SubtleCrypto> {
    let subtle = web_sys::js_sys::Reflect::get(&crypto()?.into(), &JsValue::from_str("subtle"))?;
    if subtle.is_object() { Ok(subtle.unchecked_into()) } else { Err(Trouble::Unable) }
}

/// Fresh randomness.
fn random<const N: usize>() -> Outcome<[u8; N]> {
    let mut bytes = [0; N];
    fill(&mut bytes)?;
    Ok(bytes)
}

#[inline(never)]
fn fill(bytes: &mut [u8]) -> Outcome<()> {
    crypto()?.get_random_values_with_u8_array(bytes)?;
    Ok(())
}

/// The field of this name in a form.
#[cfg(any(feature = "signing", feature = "enrolment"))]
fn field(form: &HtmlFormElement, name: &str) -> Outcome<HtmlInputElement> {
    let found = form.query_selector(&["[name=", name, "]"].concat())?;
    found.and_then(|found| found.dyn_into().ok()).ok_or(Trouble::Unable)
}

/// What was typed into a field that has no name, so that it is never sent, and nothing stays there.
fn taken(id: &str) -> Outcome<String> {
    let field: HtmlInputElement = by_id(id).and_then(|field| field.dyn_into().ok()).ok_or(Trouble::Unable)?;
    let typed = field.value();
    field.set_value("");
    Ok(typed)
}

/// When the form of this id is sent: does this first, says what stands in the way, and sends the form if nothing does.
fn before_sending(id: &str, act: fn(HtmlFormElement) -> Doing) {
    let Some(form) = by_id(id).and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else { return };
    let listened = form.clone();
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        event.prevent_default();
        let form = form.clone();
        // One at a time: the same form is not sent twice.
        if form.has_attribute("aria-busy") {
            return;
        }
        let _ = form.set_attribute("aria-busy", "true");
        say(&form, "working", None);
        let doing = act(form.clone());
        spawn_local(async move {
            match doing.await {
                Ok(true) => {
                    let _ = form.submit();
                }
                Ok(false) => say(&form, "done", None),
                Err(trouble) => say(&form, trouble.word(), Some(trouble)),
            }
            let _ = form.remove_attribute("aria-busy");
        });
    });
    let _ = listened.add_event_listener_with_callback("submit", listener.as_ref().unchecked_ref());
    listener.forget();
}

/// Says it in the form's own line, in the page's words.
fn say(form: &HtmlFormElement, word: &str, trouble: Option<Trouble>) {
    let words = by_id("signing-words")
        .and_then(|words| words.query_selector(&["[data-word=", word, "]"].concat()).ok().flatten())
        .and_then(|words| words.text_content())
        .unwrap_or_default();
    let words = match trouble {
        Some(Trouble::Wait(seconds)) => words.replace('#', &seconds.to_string()),
        _ => words,
    };
    if let Ok(Some(line)) = form.query_selector("[data-said]") {
        line.set_text_content(Some(&words));
        let _ = line.set_attribute("data-said", if trouble.is_some() { "trouble" } else { "" });
        // Whoever hears the page is taken back to where the mistake is.
        if matches!(trouble, Some(Trouble::NoPin | Trouble::ShortPin | Trouble::PinsDiffer | Trouble::WrongPin))
            && let Some(pin) = form.query_selector("[type=password]").ok().flatten()
        {
            let _ = pin.unchecked_into::<HtmlElement>().focus();
        }
    }
}
