//! Signing in and out: what the portal believes, and what it does not.

use serde_json::json;

use crate::browser::{Answer, Browser};
use crate::world::World;

/// That nobody is signed in: a page for those who are leads to the provider.
async fn nobody_is_signed_in(browser: &Browser) {
    assert_eq!(browser.get("/filings").await.location(), "/sign-in?return_to=%2Ffilings");
}

#[track_caller]
fn says_that_it_failed(answer: &Answer) {
    let page = answer.page_of(400);
    assert_eq!(page.h1(), "登录没有成功");
    assert_eq!(page.link("/sign-in"), "/sign-in", "it leads to another try");
    // Nothing on the page leads back to the address with the code, which is used up: not even the change of language.
    assert!(!page.html.contains("callback"), "{}", page.html);
}

pub async fn a_page_that_was_asked_for_comes_after_signing_in(world: World) {
    for asked in ["/filings", "/registrations/licence", "/filings?before=1_x"] {
        let browser = world.browser();
        let came = browser.sign_in_through(asked, "legal-representative").await;
        assert_eq!(came.url, format!("{}{asked}", world.base));
        came.page_of(200).must_say("江大海");
    }
}

pub async fn an_id_token_that_does_not_hold_opens_no_session(world: World) {
    for mood in ["wrong_nonce", "wrong_audience", "wrong_issuer", "bad_signature", "expired_token"] {
        let browser = world.browser();
        world.mood(json!({ "mood": mood })).await;
        let answer = browser.sign_in("legal-representative").await;
        world.good_mood().await;
        says_that_it_failed(&answer);
        assert_eq!(browser.cookie("session"), None, "{mood}");
        nobody_is_signed_in(&browser).await;
        // The next try is a fresh one.
        browser.sign_in("legal-representative").await.page_of(200).must_say("江大海");
    }
}

pub async fn a_callback_that_was_tampered_with_opens_no_session(world: World) {
    let changes: [fn(&str) -> String; 5] = [
        |back| back.replace("state=", "state=x"),
        |back| back.replace("state=", "other="),
        |back| back.replace("code=", "other="),
        |back| back.replace("code=", "code=x"),
        |back| back.replace("iss=", "iss=https%3A%2F%2Fevil.example%2F&other="),
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let browser = world.browser();
        let back = browser.choose_at_provider("/sign-in", "legal-representative").await;
        let changed = change(&back);
        assert_ne!(changed, back, "change {at} changes something");
        says_that_it_failed(&browser.get(&changed).await);
        nobody_is_signed_in(&browser).await;
    }
    says_that_it_failed(&world.browser().get("/sign-in/callback").await);
}

pub async fn a_callback_opens_one_session_in_the_browser_that_began(world: World) {
    let browser = world.browser();
    let back = browser.choose_at_provider("/sign-in", "legal-representative").await;
    // Somebody else's browser: without its own sign-in, and with one.
    let stranger = world.browser();
    says_that_it_failed(&stranger.get(&back).await);
    stranger.visit("/sign-in").await.page_of(200);
    says_that_it_failed(&stranger.get(&back).await);
    nobody_is_signed_in(&stranger).await;
    // That has cost the right browser nothing.
    let before_callback = browser.copy();
    browser.visit(&back).await.page_of(200).must_say("江大海");
    says_that_it_failed(&before_callback.get(&back).await);
    nobody_is_signed_in(&before_callback).await;
}

pub async fn a_sign_in_that_took_longer_than_an_hour_is_too_old(world: World) {
    let browser = world.browser();
    let back = browser.choose_at_provider("/sign-in", "legal-representative").await;
    world.clock.advance(61 * crate::world::MINUTE);
    says_that_it_failed(&browser.get(&back).await);
}

pub async fn signing_in_that_was_cancelled_says_so(world: World) {
    let browser = world.browser();
    let request = browser.visit("/sign-in").await.page_of(200).hidden("request");
    let declined = browser.post(&format!("{}/idp/sign-in", world.sandbox.url()), &[("request", &request), ("cancel", "yes")]).await;
    let page = browser.visit(&declined.location()).await.page_of(200);
    assert_eq!(page.h1(), "登录没有完成");
    nobody_is_signed_in(&browser).await;
}

pub async fn who_is_signed_in_and_cancels_confirming_anew_is_led_back_signed_in(world: World) {
    let browser = world.browser();
    browser.sign_in("legal-representative").await.page_of(200);
    browser.forget_provider();
    let request = browser.visit("/sign-in?return_to=/overview").await.page_of(200).hidden("request");
    let declined = browser.post(&format!("{}/idp/sign-in", world.sandbox.url()), &[("request", &request), ("cancel", "yes")]).await;
    let page = browser.visit(&declined.location()).await.page_of(200);
    assert_eq!(page.h1(), "身份没有重新确认");
    page.must_say("您仍然处于登录状态");
    page.must_say("回到刚才的页面");
    assert!(page.links().contains(&"/overview".to_owned()), "{:?}", page.links());
    browser.get("/overview").await.page_of(200);
}

pub async fn a_provider_that_is_down_is_said_to_be(world: World) {
    let browser = world.browser();
    world.mood(json!({ "mood": "idp_down" })).await;
    let answer = browser.visit("/filings").await;
    let page = answer.page_of(503);
    assert_eq!(page.h1(), "暂时无法登录");
    page.must_say("身份认证系统没有响应，不是您的操作有误。");
    assert!(!answer.header("retry-after").is_empty());
    world.good_mood().await;
    let back = browser.choose_at_provider("/filings", "legal-representative").await;
    world.mood(json!({ "mood": "idp_down" })).await;
    assert_eq!(browser.get(&back).await.page_of(503).h1(), "暂时无法登录", "while it is asked who that was");
    nobody_is_signed_in(&browser).await;
    // What needs no sign-in goes on.
    browser.get("/help").await.page_of(200);
}

pub async fn nobody_can_be_sent_elsewhere_after_signing_in(world: World) {
    let elsewhere = [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
    ];
    for place in elsewhere {
        let browser = world.browser();
        let query: String = url::form_urlencoded::byte_serialize(place.as_bytes()).collect();
        let came = browser.sign_in_through(&format!("/sign-in?return_to={query}"), "legal-representative").await;
        assert_eq!(came.url, format!("{}/filings", world.base), "{place:?}");
        let onward = browser.post("/preferences", &[("lang", "en"), ("return_to", place)]).await.location();
        assert_eq!(onward, "/", "{place:?}");
        let enterprise = [("enterprise", "91310120FXXY000194"), ("return_to", place)];
        assert_eq!(browser.post("/enterprise", &enterprise).await.location(), "/filings", "{place:?}");
    }
}

pub async fn a_session_is_a_new_one_after_signing_in(world: World) {
    let browser = world.browser();
    browser.set_cookie("session", "planted-by-somebody-else");
    browser.sign_in("legal-representative").await;
    let first = browser.cookie("session").unwrap();
    assert_ne!(first, "planted-by-somebody-else");
    let old = browser.copy();
    browser.sign_in("agent").await.page_of(200).must_say("白小云");
    assert_ne!(browser.cookie("session").unwrap(), first);
    nobody_is_signed_in(&old).await;
}

pub async fn signing_out_ends_the_session_here_and_at_the_provider(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let old = browser.copy();
    let answer = browser.post("/sign-out", &[]).await;
    let farewell = answer.location();
    assert!(farewell.starts_with(&format!("{}/end-session?", world.sandbox.issuer())), "{farewell}");
    let home = browser.follow(answer).await;
    assert_eq!(home.url, format!("{}/", world.base));
    home.page_of(200).must_say("您已退出登录。");
    browser.get("/").await.page_of(200).must_not_say("您已退出登录。");
    nobody_is_signed_in(&browser).await;
    nobody_is_signed_in(&old).await;
    // At the provider too somebody is asked again.
    assert!(browser.visit("/sign-in").await.url.starts_with(&world.sandbox.url()));
    assert_eq!(world.browser().post("/sign-out", &[]).await.location(), "/", "without a session there is nothing to end");
}
