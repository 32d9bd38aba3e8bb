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
use credit::log::note::VerifierKey;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::js_sys::Uint8Array;
use web_sys::{Document, DragEvent, Element, Event, File, HtmlFormElement, HtmlInputElement};

use crate::verification::{Told, check, tell};
use crate::wording::Lang;
use crate::wording::verdict::VERDICT;

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

/// Wakes what is on the page.
pub fn begin() {
    let Some(verifier) = Verifier::of_page() else { return };
    if let Some(how) = by_id("file-how") {
        how.set_text_content(Some(verifier.lang.say(VERDICT.in_browser)));
    }
    if printed().is_some() {
        showing::say(verifier.lang.say(VERDICT.print_choose));
    }
    if let Some(address) = verifier.form.get_attribute("data-receipt") {
        verifier.begin(move |verifier, turn| async move {
            // What the server said of it stays if the receipt does not come.
            if let Some((200, receipt)) = asking::fetched(&address).await {
                verifier.judge(receipt.as_bytes(), turn).await;
            }
        });
    }
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
                    self.begin_check(file);
                }
            }
            "submit" | "change" => match self.chosen() {
                Some(file) => self.begin_check(file),
                None => showing::show(&self.said(VERDICT.no_file, VERDICT.no_file_text), self.lang),
            },
            _ => {}
        }
    }

    fn chosen(&self) -> Option<File> {
        let field: HtmlInputElement = by_id("file")?.dyn_into().ok()?;
        field.files()?.item(0)
    }

    fn begin_check(&self, file: File) {
        showing::say(self.lang.say(VERDICT.working));
        self.begin(move |verifier, turn| async move { verifier.check(file, turn).await });
    }

    /// Begins a check, after which no older one shows anything any more.
    fn begin<F: Future<Output = ()> + 'static>(&self, check: impl FnOnce(Self, u32) -> F) {
        self.turn.set(self.turn.get().wrapping_add(1));
        spawn_local(check(self.clone(), self.turn.get()));
    }

    async fn check(&self, file: File, turn: u32) {
        if file.size() > MOST_BYTES as f64 {
            showing::show(&self.said(VERDICT.too_large, VERDICT.too_large_text), self.lang);
            return;
        }
        let Ok(bytes) = bytes_of(&file).await else {
            showing::say(self.lang.say(VERDICT.unable));
            return;
        };
        self.judge(&bytes, turn).await;
    }

    /// Says what a file shows, and what the portal says of today.
    async fn judge(&self, bytes: &[u8], turn: u32) {
        let is_newest = || self.turn.get() == turn;
        if !is_newest() {
            return;
        }
        let checked = check(bytes, &self.key);
        showing::show(&tell(bytes, &checked, self.today, self.lang), self.lang);
        if let Ok((bundle, proven)) = checked {
            if let Some(printed) = printed() {
                let same =
                    printed == format!("{}.{}", proven.acceptance.reference, hexadecimal(&sha256(bundle.acceptance.as_bytes())));
                let said = if same { VERDICT.print_same } else { VERDICT.print_other };
                showing::add(self.lang.say(VERDICT.print), &[self.lang.say(said).to_owned()], &[]);
            }
            asking::ask(&bundle, &proven, &self.key, self.lang, &is_newest).await;
        }
    }

    fn said(&self, heading: credit::form::Phrase, meaning: credit::form::Phrase) -> Told {
        let say = |phrase| self.lang.say(phrase).to_owned();
        Told { heading: say(heading), meaning: Some(say(meaning)), ..Told::default() }
    }
}

/// What the code on a printed certificate says after the `#`: the reference, and the hash of the acceptance.
fn printed() -> Option<String> {
    let hash = web_sys::window()?.location().hash().ok()?;
    hash.strip_prefix('#').filter(|printed| printed.contains('.')).map(str::to_owned)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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
