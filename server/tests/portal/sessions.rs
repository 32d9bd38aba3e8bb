//! How long a session holds.

use crate::licence::{begin, page_of};
use crate::world::{HOUR, MINUTE, World};

pub async fn a_session_ends_after_half_an_hour_without_use(world: World) {
    let browser = world.browser_of("legal-representative").await;
    world.clock.advance(29 * MINUTE);
    page_of(&browser, "/filings").await.must_say("江大海");
    world.clock.advance(29 * MINUTE);
    page_of(&browser, "/filings").await.must_say("江大海");
    world.clock.advance(30 * MINUTE);
    assert_eq!(browser.get("/filings").await.location(), "/sign-in?return_to=%2Ffilings");
    page_of(&browser, "/").await.must_not_say("江大海");
}

pub async fn a_session_ends_after_twelve_hours_of_use(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let mut passed = 0;
    while passed < 12 * HOUR - 20 * MINUTE {
        world.clock.advance(20 * MINUTE);
        passed += 20 * MINUTE;
        page_of(&browser, "/filings").await.must_say("江大海");
    }
    world.clock.advance(20 * MINUTE);
    assert_eq!(browser.get("/filings").await.location(), "/sign-in?return_to=%2Ffilings");
}

pub async fn a_post_without_a_session_says_so_and_leads_back(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    browser.get(&format!("{draft}/deletion")).await.page_of(200);
    browser.forget_cookie("session");
    let page = browser.post(&format!("{draft}/deletion"), &[("action", "confirm")]).await.page_of(401);
    assert_eq!(page.h1(), "请先登录");
    let onward = page.link("/sign-in?");
    let came = browser.sign_in_through(&onward, "legal-representative").await;
    assert_eq!(came.url, format!("{}{draft}/deletion", world.base), "back to the page that was posted from");
    page_of(&browser, &draft).await.must_say("江大海");
}
