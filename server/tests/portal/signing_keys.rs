//! Signing keys: enrolled after a step-up by who may sign, tried, revoked. The browser's part is done here by the same code.

use credit::hexadecimal;
use credit::signing::{PublicKey, RevocationReason, SecretKey, fingerprint};

use crate::browser::{Answer, Browser};
use crate::commitments::honest;
use crate::licence::page_of;
use crate::page::{Page, element, words};
use crate::world::{MINUTE, World};

const REPRESENTATIVE: &str = "legal-representative";

/// A key that no other has been.
fn fresh_key() -> SecretKey {
    let mut bytes = [7; 32];
    bytes[..16].copy_from_slice(uuid::Uuid::now_v7().as_bytes());
    SecretKey::from_bytes(&bytes).unwrap()
}

/// The text to be signed, as a browser gives it as `textContent`.
pub fn statement(page: &Page) -> String {
    let begin = page.html.find("id=\"statement\"").expect("there is a statement");
    let content = page.html[begin..].split_once('>').unwrap().1.split_once("</pre>").unwrap().0;
    let mut text = String::new();
    for part in content.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// What the browser posts for this key from the page of an enrolment.
fn made(page: &Page, key: &SecretKey, change: impl Fn(String) -> String) -> [(&'static str, String); 4] {
    let text = statement(page).replace("（制作密钥时填入）", &fingerprint(&key.public()));
    let signature = key.sign(change(text).as_bytes(), &[1; 32]);
    [
        ("id", page.hidden("id")),
        ("label", "财务室电脑".to_owned()),
        ("public_key", hexadecimal::write(&key.public().point())),
        ("signature", signature.hexadecimal()),
    ]
}

async fn post(browser: &Browser, form: &[(&'static str, String); 4]) -> Answer {
    let fields: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post("/signing-keys", &fields).await
}

/// Enrols a key for whoever is signed in; gives its id and the key.
pub async fn enrolled(browser: &Browser) -> (String, SecretKey) {
    let page = page_of(browser, "/signing-keys/new").await;
    let key = fresh_key();
    let location = post(browser, &made(&page, &key, |text| text)).await.location();
    assert_eq!(location, "/signing-keys?done=enrolled");
    (page.hidden("id"), key)
}

pub async fn a_key_is_enrolled_tried_and_revoked(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let page = page_of(&browser, "/signing-keys").await;
    page.must_say("您还没有登记签名密钥。");
    assert_eq!(page.link("/signing-keys/new"), "/signing-keys/new");
    let draft = honest(&browser).await;
    let (id, key) = enrolled(&browser).await;
    let page = page_of(&browser, "/signing-keys?done=enrolled").await;
    page.must_say("密钥已登记");
    // Whoever made the key in order to sign goes on from here.
    let review = format!("{draft}/review");
    assert_eq!(page.link(&review), review);
    page.must_say("财务室电脑 · 江大海（法定代表人）");
    page.must_say(&fingerprint(&key.public()));
    let pem = browser.get(&format!("/signing-keys/{id}/public.pem")).await;
    assert_eq!(PublicKey::from_pem(&pem.text()), Ok(key.public()));
    // Tried.
    let trial = format!("/signing-keys/{id}/trial");
    let page = page_of(&browser, &trial).await;
    let at = page.hidden("at");
    let signed = key.sign(statement(&page).as_bytes(), &[2; 32]).hexadecimal();
    browser.post(&trial, &[("key", &id), ("signature", &signed), ("at", &at)]).await.page_of(200).must_say("签名有效");
    let later = (at.parse::<i64>().unwrap() + 1000).to_string();
    for (key, signature, at) in [(&id, &signed, &later), (&id, &"0".repeat(128), &at), (&"x".to_owned(), &signed, &at)] {
        let answer = browser.post(&trial, &[("key", key), ("signature", signature), ("at", at)]).await;
        answer.page_of(422).must_say("签名无效");
    }
    // Revoked, with a reason.
    let revocation = format!("/signing-keys/{id}/revocation");
    page_of(&browser, &revocation).await.must_say("吊销前签署的文件仍然有效");
    browser.post(&revocation, &[]).await.page_of(422).must_say("请选择吊销原因");
    let revoked = browser.post(&revocation, &[("reason", "lost")]).await.location();
    let page = page_of(&browser, &revoked).await;
    page.must_say("设备丢失，或者数据已清除");
    assert_eq!(browser.post(&revocation, &[("reason", "compromised")]).await.location(), revoked);
    let key = world.portal.portal.storage.key(&id).await.unwrap().unwrap();
    assert_eq!(key.revoked.map(|revoked| revoked.reason), Some(RevocationReason::Lost), "the first reason stays");
    assert_eq!(browser.get(&trial).await.status, 404, "it signs no more");
}

pub async fn what_does_not_hold_enrols_nothing(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let key = fresh_key();
    let page = page_of(&browser, "/signing-keys/new").await;
    let changed = made(&page, &key, |text| text.replace("江大海", "江小海"));
    post(&browser, &changed).await.page_of(422).must_say("没有通过检查");
    let good = made(&page, &key, |text| text);
    for (at, wrong) in [(2, "00".repeat(65)), (2, String::new()), (3, "0".repeat(128)), (3, good[3].1.to_uppercase())] {
        let mut form = good.clone();
        form[at].1 = wrong;
        let again = post(&browser, &form).await.page_of(422);
        again.must_say("没有通过检查");
        assert_eq!(again.typed("label"), "财务室电脑", "what was typed stays");
        assert_ne!(again.hidden("id"), page.hidden("id"), "another enrolment begins");
    }
    // Another's key with this signature; the challenge of another enrolment.
    let mut form = made(&page_of(&browser, "/signing-keys/new").await, &key, |text| text);
    form[0].1 = page.hidden("id");
    post(&browser, &form).await.page_of(422).must_say("没有通过检查");
    page_of(&browser, "/signing-keys").await.must_say("您还没有登记签名密钥。");
    // It is still good, once; the same post again says the same, and the same key is not enrolled again.
    assert_eq!(post(&browser, &good).await.location(), "/signing-keys?done=enrolled");
    assert_eq!(post(&browser, &good).await.location(), "/signing-keys?done=enrolled");
    let again = made(&page_of(&browser, "/signing-keys/new").await, &key, |text| text);
    post(&browser, &again).await.page_of(422).must_say("这个密钥已经登记过");
}

pub async fn an_enrolment_is_its_persons_and_lasts_ten_minutes(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let key = fresh_key();
    let begun = made(&page_of(&browser, "/signing-keys/new").await, &key, |text| text);
    let other = world.browser_of("shopkeeper").await;
    post(&other, &begun).await.page_of(422).must_say("登记已超时或者已经用过");
    world.clock.advance(11 * MINUTE);
    // Too late; and to begin again needs another step-up.
    assert!(post(&browser, &begun).await.location().starts_with("/sign-in?fresh=1"));
    world.clock.advance(-11 * MINUTE);
    assert_eq!(post(&browser, &begun).await.location(), "/signing-keys?done=enrolled");
}

pub async fn a_key_is_enrolled_only_after_showing_anew_who_one_is(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let session = browser.cookie("session");
    world.clock.advance(6 * MINUTE);
    let onward = browser.get("/signing-keys/new").await.location();
    assert_eq!(onward, "/sign-in?fresh=1&return_to=%2Fsigning-keys%2Fnew%3Fback%3D1");
    // The provider knows the browser and asks all the same.
    let asked = browser.visit(&onward).await;
    let request = asked.page_of(200).hidden("request");
    let at = format!("{}/idp/sign-in", world.sandbox.url());
    let back = browser.post(&at, &[("request", &request), ("person", REPRESENTATIVE)]).await.location();
    // The stand-in's clock does not go along with the portal's.
    world.clock.advance(-6 * MINUTE);
    assert_eq!(browser.visit(&back).await.page_of(200).h1(), "登记签名密钥");
    assert_ne!(browser.cookie("session"), session, "the session is a new one");
    // A provider that says an old time sends nobody around in circles.
    world.clock.advance(6 * MINUTE);
    browser.get("/signing-keys/new?back=1").await.page_of(403).must_say("身份认证系统没有重新确认");
}

pub async fn who_acts_for_two_enterprises_goes_on_for_the_same_one(world: World) {
    let browser = world.browser_of("two-enterprises").await;
    browser.post("/enterprise", &[("enterprise", "91310120FXXY000194"), ("return_to", "/filings")]).await.location();
    let came = browser.sign_in_through("/sign-in?fresh=1&return_to=/signing-keys/new", "two-enterprises").await;
    let page = came.page_of(200);
    assert_eq!(page.h1(), "登记签名密钥");
    assert!(statement(&page).contains("身份：证照管理员\n企业名称：上海奉贤示例精密机械有限公司\n"), "{}", statement(&page));
    // Another person in the same browser has chosen nothing yet.
    let came = browser.sign_in_through("/sign-in?fresh=1&return_to=/signing-keys", "legal-representative").await;
    came.page_of(200).must_say("江大海");
}

pub async fn only_who_may_sign_enrols_and_only_owner_or_representative_revokes(world: World) {
    let administrator = world.browser_of("two-enterprises").await;
    administrator.post("/enterprise", &[("enterprise", "91310120FXXY000194"), ("return_to", "/filings")]).await.location();
    let (of_administrator, _) = enrolled(&administrator).await;
    let representative = world.browser_of(REPRESENTATIVE).await;
    let (of_representative, _) = enrolled(&representative).await;
    let agent = world.browser_of("agent").await;
    let page = page_of(&agent, "/signing-keys").await;
    page.must_say("只有法定代表人和证照管理员可以登记签名密钥");
    page.must_say("双木森（证照管理员）");
    page.must_not_say("吊销 ");
    agent.get("/signing-keys/new").await.page_of(403).must_say("只有法定代表人和证照管理员");
    agent.post("/signing-keys", &[("id", "x")]).await.page_of(403);
    let revoking = |id: &str| format!("/signing-keys/{id}/revocation");
    for (browser, id) in [(&agent, &of_administrator), (&administrator, &of_representative)] {
        browser.get(&revoking(id)).await.page_of(403).must_say("只有密钥本人和法定代表人可以吊销密钥");
        browser.post(&revoking(id), &[("reason", "lost")]).await.page_of(403);
        assert_eq!(browser.get(&format!("/signing-keys/{id}/trial")).await.status, 404, "nor do others try it");
    }
    representative.post(&revoking(&of_administrator), &[("reason", "left_office")]).await.location();
    page_of(&administrator, "/signing-keys").await.must_say("不再为企业签署");
}

pub async fn the_pages_bring_every_word_that_the_browser_says(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    for lang in ["zh-CN", "en"] {
        browser.post("/preferences", &[("lang", lang), ("return_to", "/")]).await.location();
        let page = page_of(&browser, "/signing-keys/new").await;
        for word in [
            "working",
            "done",
            "unable",
            "no-key",
            "no-pin",
            "short-pin",
            "pins-differ",
            "wrong-pin",
            "wait",
            "hidden",
            "short-passphrase",
            "bad-file",
        ] {
            let said = element(&page.html, &format!("data-word=\"{word}\"")).map(words).unwrap_or_default();
            assert!(!said.is_empty(), "{word}");
        }
        // PIN fields have no name: they are never sent.
        for tag in page.html.split('<').filter(|tag| tag.contains("type=\"password\"")) {
            assert!(!tag.contains(" name="), "{tag}");
        }
    }
}
