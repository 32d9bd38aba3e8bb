//! Making commitments: drafted, signed or confirmed, granted and published.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::licence::{filing_of, id_of, page_of, press};
use crate::public_side::publish;
use crate::signing_keys::{enrolled, statement};
use crate::world::{World, eventually};

/// What a commitment to take goods back is made of; it may be confirmed.
pub const RETURN_OF_GOODS: &[(&str, &str)] =
    &[("blank.shop", "示例精密机械门市部，南桥镇示例路 1 号"), ("blank.days", "7"), ("blank.goods", "全部标准件")];

/// Begins a draft from a template and fills it in; its review page is next.
pub async fn drafted(browser: &Browser, template: &str, answers: &[(&str, &str)]) -> String {
    let draft = browser.post("/drafts", &[("kind", "commitment"), ("template", template)]).await.location();
    let onward = press(browser, &draft, answers, "continue", &[]).await.location();
    assert_eq!(onward, format!("{draft}/review"), "{}", page_of(browser, &onward).await.text());
    draft
}

/// Confirms a draft, by somebody who has just signed in; gives the filing's address.
pub async fn confirm(browser: &Browser, draft: &str) -> String {
    let review = page_of(browser, &format!("{draft}/review")).await;
    let (version, at) = (review.version(), review.hidden("at"));
    let fields = [("version", version.as_str()), ("at", &at), ("chosen", "yes"), ("confirm", "yes")];
    let onward = browser.post(&format!("{draft}/signature"), &fields).await.location();
    assert_eq!(onward, format!("{}?filed=1", filing_of(draft)));
    filing_of(draft)
}

/// Signs a draft with a fresh key; gives the filing's address.
pub async fn sign(browser: &Browser, draft: &str) -> String {
    let (key_id, key) = enrolled(browser).await;
    let review = page_of(browser, &format!("{draft}/review")).await;
    let (version, at) = (review.version(), review.hidden("at"));
    let signature = key.sign(statement(&review).as_bytes(), &[2; 32]).hexadecimal();
    let fields =
        [("version", version.as_str()), ("at", &at), ("chosen", "yes"), ("key", &key_id), ("signature", signature.as_str())];
    let onward = browser.post(&format!("{draft}/signature"), &fields).await.location();
    assert_eq!(onward, format!("{}?filed=1", filing_of(draft)));
    filing_of(draft)
}

/// One that everyone may see, once that is so: the filing's address, and its code.
pub async fn published(world: &World, owner: &Browser, filing: &str, until: Value) -> String {
    publish(world, filing, until).await;
    let code = page_of(owner, filing).await.answer_to("承诺编码");
    let stranger = world.browser();
    eventually("the commitment is public", async || {
        (stranger.get(&format!("/commitments/{code}")).await.status == 200).then_some(())
    })
    .await;
    code
}

/// An authority finds how far it was kept.
pub async fn found(world: &World, filing: &str, performance: &str, unfulfilled: Value) {
    let data = json!({
        "performance": performance,
        "found_by": "奉贤区市场监督管理局",
        "found_by_code": "11310120FXXY0006XF",
        "found_on": world.clock.today().to_string(),
        "unfulfilled": unfulfilled,
    });
    world.decide(&id_of(filing), "commitment.performance", data).await;
}
