//! What a receipt cannot know: whether the log of today goes on from the one that it names, and what became of the commitment.

use credit::bundle::{Bundle, Proven};
use credit::log::checkpoint::Checkpoint;
use credit::log::growth::Growth;
use credit::log::note::VerifierKey;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;
use web_sys::js_sys::{JSON, Reflect};

use super::showing;
use crate::verification::{standing_now, tell_disbelief};
use crate::wording::Lang;
use crate::wording::verdict::VERDICT;
use crate::wording::verifying::Disbelief;

/// An answer's status and body; none: there was none.
pub(super) async fn fetched(address: &str) -> Option<(u16, String)> {
    let asked = web_sys::window()?.fetch_with_str(address);
    let answer: Response = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(answer.text().ok()?).await.ok()?;
    Some((answer.status(), text.as_string()?))
}

/// Asks, and adds to the result what it heard.
pub(super) async fn ask(bundle: &Bundle, proven: &Proven, key: &VerifierKey, lang: Lang, is_newest: &dyn Fn() -> bool) {
    let say = |phrase| lang.say(phrase).to_owned();
    let grown = fetched(&format!("/log/growth/{}", proven.log_size)).await;
    if !is_newest() {
        return;
    }
    let mut sentences = Vec::new();
    match grown {
        // The log of today is shorter than the one that was signed: it was set back.
        Some((404, _)) => return showing::show(&tell_disbelief(Disbelief::Forked, lang), lang),
        Some((200, text)) => {
            let before = Checkpoint::open(&bundle.checkpoint, key);
            if !before.is_ok_and(|before| Growth::read(&text).is_some_and(|growth| growth.goes_on_from(&before, key))) {
                return showing::show(&tell_disbelief(Disbelief::Forked, lang), lang);
            }
            sentences.push(say(VERDICT.grown));
        }
        _ => sentences.push(say(VERDICT.not_asked)),
    }
    let mut facts = Vec::new();
    if let (Some(code), true) = (&proven.acceptance.code, sentences == [say(VERDICT.grown)]) {
        match fetched(&format!("/commitments/{code}/state.json")).await {
            Some((200, json)) => match state(&json, lang) {
                Some(now) => facts = now,
                None => sentences.push(say(VERDICT.not_public)),
            },
            _ => sentences.push(say(VERDICT.not_asked)),
        }
    }
    if is_newest() {
        showing::add(lang.say(VERDICT.today), &sentences, &facts);
    }
}

/// None: it is not public. Read by the browser's own reader: one of ours would be carried for this alone.
fn state(json: &str, lang: Lang) -> Option<Vec<(String, String)>> {
    let read = JSON::parse(json).ok()?;
    let text = |name: &str| Reflect::get(&read, &JsValue::from_str(name)).ok().and_then(|value| value.as_string());
    standing_now(&text("state")?, text("found_by").as_deref(), text("found_on").as_deref(), lang)
}
