//! What a receipt cannot know: whether the log of today goes on from the one that it names, and what became of the commitment.

use credit::bundle::{Bundle, Proven};
use credit::log::checkpoint::Checkpoint;
use credit::log::growth::Growth;
use credit::log::note::VerifierKey;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::Promise;
use web_sys::{RequestInit, Response};

use super::{said, showing, spoken};

/// An answer's status and body; none: there was none.
pub(super) async fn fetched(address: &str) -> Option<(u16, String)> {
    read(web_sys::window()?.fetch_with_str(address)).await
}

/// What the portal gives to whoever holds the receipt that is named so.
pub(super) async fn held(what: &str, named: &str) -> Option<(u16, String)> {
    let post = RequestInit::new();
    post.set_method("POST");
    post.set_body(&JsValue::from_str(named));
    read(web_sys::window()?.fetch_with_str_and_init(&format!("/receipts/held{what}"), &post)).await
}

async fn read(asked: Promise) -> Option<(u16, String)> {
    let answer: Response = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(answer.text().ok()?).await.ok()?;
    Some((answer.status(), text.as_string()?))
}

/// Asks, and adds to the result what it heard.
pub(super) async fn ask(bundle: &Bundle, proven: &Proven, key: &VerifierKey, is_newest: &dyn Fn() -> bool) {
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
    if proven.acceptance.code.is_some() && sentence == "grown" {
        let named = format!("{}.{}", proven.acceptance.reference, bundle.holder_code());
        match held("/standing", &named).await {
            Some((200, lines)) => facts.extend(lines.lines().filter_map(fact)),
            _ => sentences.push(spoken("not-asked")),
        }
    }
    if is_newest() {
        showing::add(&spoken("today"), &sentences, &facts);
    }
}

/// A line of label and answer, in the page's language.
fn fact(line: &str) -> Option<(String, String)> {
    line.split_once('\t').map(|(label, answer)| (label.to_owned(), answer.to_owned()))
}
