//! What a receipt cannot know: whether the log of today goes on from the one that it names, and what became of the commitment.

use credit::bundle::{Bundle, Proven};
use credit::log::checkpoint::Checkpoint;
use credit::log::growth::Growth;
use credit::log::note::VerifierKey;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;
use web_sys::js_sys::{JSON, Reflect};

use super::{said, showing, spoken};
use crate::verification::standing_now;
use crate::wording::Lang;

/// An answer's status and body; none: there was none.
pub(super) async fn fetched(address: &str) -> Option<(u16, String)> {
    let asked = web_sys::window()?.fetch_with_str(address);
    let answer: Response = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(answer.text().ok()?).await.ok()?;
    Some((answer.status(), text.as_string()?))
}

/// Asks, and adds to the result what it heard.
pub(super) async fn ask(bundle: &Bundle, proven: &Proven, key: &VerifierKey, lang: Lang, is_newest: &dyn Fn() -> bool) {
    let grown = fetched(&format!("/log/growth/{}", proven.log_size)).await;
    if !is_newest() {
        return;
    }
    let mut sentence = "not-asked";
    let mut facts = Vec::new();
    match grown {
        // The log of today is shorter than the one that was signed: it was set back.
        Some((404, _)) => return showing::show(&said("forked", "forked-text")),
        Some((200, text)) => {
            let before = Checkpoint::open(&bundle.checkpoint, key);
            if !before.is_ok_and(|before| Growth::read(&text).is_some_and(|growth| growth.goes_on_from(&before, key))) {
                return showing::show(&said("forked", "forked-text"));
            }
            sentence = "grown";
        }
        _ => {}
    }
    let mut sentences = vec![spoken(sentence)];
    if let (Some(code), "grown") = (&proven.acceptance.code, sentence) {
        match fetched(&format!("/commitments/{code}/state.json")).await {
            Some((200, json)) => match state(&json, lang) {
                Some(now) => facts = now,
                None => sentences.push(spoken("not-public")),
            },
            _ => sentences.push(spoken("not-asked")),
        }
    }
    if is_newest() {
        showing::add(&spoken("today"), &sentences, &facts);
    }
}

/// None: it is not public. Read by the browser's own reader: one of ours would be carried for this alone.
fn state(json: &str, lang: Lang) -> Option<Vec<(String, String)>> {
    let read = JSON::parse(json).ok()?;
    let text = |name: &str| Reflect::get(&read, &JsValue::from_str(name)).ok().and_then(|value| value.as_string());
    standing_now(&text("state")?, text("found_by").as_deref(), text("found_on").as_deref(), lang)
}
