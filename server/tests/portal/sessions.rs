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

pub async fn a_person_sees_where_they_are_signed_in_and_ends_it_elsewhere(world: World) {
    let own = world.browser_of("two-enterprises").await;
    own.post("/enterprise", &[("enterprise", "91310120FXXY000194")]).await.location();
    let elsewhere = world.browser_of("two-enterprises").await;
    let stranger = world.browser_of("legal-representative").await;
    let page = page_of(&own, "/sessions").await;
    page.must_say("上海奉贤示例精密机械有限公司");
    page.must_say("还没有选择企业");
    assert_eq!(page.text().matches("登录时间").count(), 2, "{}", page.text());
    assert_eq!(page.text().matches("这个浏览器").count(), 1, "{}", page.text());
    assert_eq!(page_of(&stranger, "/sessions").await.text().matches("登录时间").count(), 1, "nobody else’s");
    // A browser that was left alone does not sign its owner out everywhere.
    world.clock.advance(6 * MINUTE);
    assert_eq!(own.post("/sessions/ending", &[]).await.location(), "/sign-in?fresh=1&return_to=%2Fsessions");
    assert_eq!(elsewhere.get("/enterprise").await.status, 200);
    world.clock.advance(-6 * MINUTE);
    assert_eq!(own.post("/sessions/ending", &[]).await.location(), "/sessions?done=1");
    let page = page_of(&own, "/sessions?done=1").await;
    page.must_say("其他浏览器中的登录已全部退出");
    page.must_say("没有其他浏览器登录。");
    assert_eq!(elsewhere.get("/enterprise").await.location(), "/sign-in?return_to=%2Fenterprise");
    page_of(&stranger, "/filings").await.must_say("江大海");
    page_of(&own, "/signing-keys").await.link("/sessions");
}
