//! Verifies receipts where the page stands: the form `verify`, into which a file is chosen or dropped. Nothing is sent; what is
//! asked of the portal afterwards names no more than a code and a size of the log.
//!
//! It wakes without Leptos, as what signs does (docs/decisions/0012): it only listens, and puts what it found in the place where
//! the page has what the server found.
//!
//! - [`showing`]: what it says, as elements. - [`asking`]: what the portal says of today.

mod asking;
mod showing;

use std::cell::Cell;
use std::rc::Rc;

use chrono::NaiveDate;
use credit::acceptance::sha256;
use credit::bundle::MOST_BYTES;
use credit::date::parse_date;
use credit::hexadecimal;
use credit::log::note::VerifierKey;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::js_sys::Uint8Array;
use web_sys::{Document, DragEvent, Element, Event, File, HtmlFormElement, HtmlInputElement};

use crate::verification::{Told, check, tell};
use crate::wording::Lang;

/// The form, and what it says of itself.
#[derive(Clone)]
struct Verifier {
    form: HtmlFormElement,
    key: VerifierKey,
    /// Today in Shanghai: the server's, not the browser's.
    today: NaiveDate,
    lang: Lang,
    /// Counts the checks: what an older one hears when a newer one has begun is not shown any more.
    turn: Rc<Cell<u32>>,
}

/// Where a receipt comes from.
enum Source {
    /// Chosen or dropped.
    File(File),
    /// Everyone can have it there.
    Address(String),
    /// Named by the code on a printed certificate.
    Held(String),
}

/// Wakes what is on the page.
pub fn begin() {
    let Some(verifier) = Verifier::of_page() else { return };
    if let Some(how) = by_id("file-how") {
        how.set_text_content(Some(&spoken("drop-here")));
    }
    let printed = printed();
    if printed.is_some() {
        say_of_print("choose");
    }
    let held = printed.filter(|printed| opens_receipt(printed)).map(Source::Held);
    if let Some(source) = held.or(verifier.form.get_attribute("data-receipt").map(Source::Address)) {
        verifier.begin_check(source);
    }
    // Another print's code, in the same tab: nothing that was said of the last one may stand.
    let other = Closure::<dyn Fn()>::new(|| {
        if let Some(window) = web_sys::window() {
            let _ = window.location().reload();
        }
    });
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback("hashchange", other.as_ref().unchecked_ref());
    }
    other.forget();
    let form = verifier.form.clone();
    for name in ["submit", "change", "dragover", "dragleave", "drop"] {
        let verifier = verifier.clone();
        let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| verifier.met(&event));
        let _ = form.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        listener.forget();
    }
}

impl Verifier {
    fn of_page() -> Option<Self> {
        let form: HtmlFormElement = by_id("verify")?.dyn_into().ok()?;
        let tag = document()?.document_element()?.get_attribute("lang").unwrap_or_default();
        Some(Self {
            key: VerifierKey::parse(&form.get_attribute("data-log-key")?).ok()?,
            today: parse_date(&form.get_attribute("data-today")?).ok()?,
            lang: Lang::of_tag(&tag).unwrap_or_default(),
            turn: Rc::default(),
            form,
        })
    }

    fn met(&self, event: &Event) {
        let kind = event.type_();
        if kind != "change" {
            event.prevent_default();
        }
        let _ = self.form.toggle_attribute_with_force("data-over", kind == "dragover");
        match kind.as_str() {
            "drop" => {
                let dropped = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer).and_then(|data| data.files());
                if let Some(file) = dropped.and_then(|files| files.item(0)) {
                    self.begin_check(Source::File(file));
                }
            }
            "submit" | "change" => match self.chosen() {
                Some(file) => self.begin_check(Source::File(file)),
                None => showing::show(&said("no-file", "no-file-text")),
            },
            _ => {}
        }
    }

    fn chosen(&self) -> Option<File> {
        let field: HtmlInputElement = by_id("file")?.dyn_into().ok()?;
        field.files()?.item(0)
    }

    /// Begins a check, after which no older one shows anything any more.
    fn begin_check(&self, source: Source) {
        self.turn.set(self.turn.get().wrapping_add(1));
        let (verifier, turn) = (self.clone(), self.turn.get());
        spawn_local(async move { verifier.check(source, turn).await });
    }

    /// Says what a file shows, and what the portal says of today.
    async fn check(&self, source: Source, turn: u32) {
        let is_newest = || self.turn.get() == turn;
        let bytes = match source {
            // What the server said of it stays if the receipt does not come.
            Source::Address(address) => match asking::fetched(&address).await {
                Some((200, receipt)) => receipt.into_bytes(),
                _ => return,
            },
            Source::Held(named) => match asking::held("", &named).await {
                Some((200, receipt)) => receipt.into_bytes(),
                // Whatever else stands on the page is not about this print.
                Some((404, _)) => return showing::show(&said("print-unknown", "print-unknown-text")),
                _ => return showing::say(&spoken("print-not-asked")),
            },
            Source::File(file) if file.size() > MOST_BYTES as f64 => {
                return showing::show(&said("too-large", "too-large-text"));
            }
            Source::File(file) => {
                showing::say(&spoken("working"));
                let Ok(bytes) = bytes_of(&file).await else { return showing::say(&spoken("unable")) };
                bytes
            }
        };
        if !is_newest() {
            return;
        }
        let checked = check(&bytes, &self.key);
        showing::show(&tell(&bytes, &checked, self.today, self.lang));
        if let Some(printed) = printed() {
            let is_printed = checked.as_ref().is_ok_and(|(bundle, proven)| {
                let (reference, code) = printed.split_once('.').unwrap_or_default();
                let fingerprint = || hexadecimal::write(&sha256(bundle.acceptance.as_bytes()));
                reference == proven.acceptance.reference && (code == bundle.holder_code() || code == fingerprint())
            });
            say_of_print(if is_printed { "same" } else { "other" });
        }
        if let Ok((bundle, proven)) = checked {
            asking::ask(&bundle, &proven, &self.key, &is_newest).await;
        }
    }
}

fn said(heading: &str, meaning: &str) -> Told {
    Told { heading: spoken(heading), meaning: Some(spoken(meaning)), ..Told::default() }
}

/// A sentence that the page has for us.
fn spoken(name: &str) -> String {
    by_id(&format!("say-{name}")).and_then(|sentence| sentence.text_content()).unwrap_or_default()
}

/// What the code on a print says: the reference, a point, and the holder's code of a certificate, or the hash of the acceptance.
fn printed() -> Option<String> {
    document()?.url().ok()?.split_once('#').filter(|(_, printed)| printed.contains('.')).map(|(_, printed)| printed.to_owned())
}

/// Whether a print's code is a holder's: of papers that say less it is a hash twice as long, which opens nothing.
fn opens_receipt(printed: &str) -> bool {
    printed.split_once('.').is_some_and(|(_, code)| code.len() == 32)
}

/// Shows the one of the page's sentences about a print that holds now, and no other.
fn say_of_print(now: &str) {
    for which in ["choose", "same", "other"] {
        if let Some(sentence) = by_id(&format!("print-{which}")) {
            let _ = sentence.toggle_attribute_with_force("hidden", which != now);
        }
    }
}

async fn bytes_of(file: &File) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(file.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}
