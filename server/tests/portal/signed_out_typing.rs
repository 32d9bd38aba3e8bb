//! The session ends while somebody types: what was typed waits for the next sign-in, and comes back.

use crate::browser::Browser;
use crate::licence::{SOUND, begin, page_of, press, press_over, with};
use crate::multipart::ChosenFile;
use crate::world::{MINUTE, World};

/// Half an hour passes before the post and none after it: the provider's tokens go by the real clock.
async fn post_too_late(world: &World, browser: &Browser, draft: &str, version: &str, answers: &[(&str, &str)]) -> String {
    world.clock.advance(31 * MINUTE);
    let answer = press_over(browser, draft, version, answers, "continue", &[ChosenFile::pdf("a.pdf")]).await;
    world.clock.advance(-31 * MINUTE);
    browser.forget_cookie("session");
    let page = answer.page_of(401);
    assert_eq!(page.h1(), "登录已失效，请重新登录");
    page.must_say("您刚才填写的内容已经暂存 1 小时。");
    page.must_say("如果刚才选择了文件，请在重新登录后再选一次。");
    page.link("/sign-in?parked=")
}

pub async fn what_was_typed_comes_back_after_signing_in_again(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let link = post_too_late(&world, &browser, &draft, "1", &with(&[("number", "TYPED-LATE")])).await;
    let other_window = world.browser_of("legal-representative").await;
    assert_eq!(page_of(&other_window, &draft).await.typed("number"), "", "it waits for the sign-in");
    let came = browser.sign_in_through(&link, "legal-representative").await;
    assert_eq!(came.url, format!("{}{draft}?restored=1", world.base));
    let page = came.page_of(200);
    page.must_say("已重新登录，刚才填写的内容已放回草稿。");
    assert_eq!(page.typed("number"), "TYPED-LATE");
    assert_eq!(page.typed("title"), "食品经营许可证");
    assert!(page.files().is_empty(), "files are chosen again, as the page said");
}

pub async fn a_draft_that_was_changed_meanwhile_shows_both_versions(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let colleague = world.browser_of("agent").await;
    press(&colleague, &draft, &with(&[("number", "COLLEAGUE")]), "save", &[]).await.location();
    let link = post_too_late(&world, &browser, &draft, "1", &with(&[("number", "TYPED-LATE")])).await;
    let came = browser.sign_in_through(&link, "legal-representative").await;
    assert_eq!(came.url, format!("{}{draft}/versions", world.base));
    came.page_of(200).must_say("证照编号 不同 COLLEAGUE TYPED-LATE");
}

pub async fn more_than_any_form_holds_is_kept_for_no_stranger(world: World) {
    let long = "长".repeat(20_000);
    let names: Vec<String> = (0..12).map(|number| format!("blank.{number}")).collect();
    let typed: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), long.as_str())).collect();
    let stranger = world.browser();
    let answers = [&[("kind", "commitment"), ("version", "1")], &typed[..8]].concat();
    assert_eq!(stranger.post_with_files("/drafts/x", &answers, &[]).await.status, 401, "as much as a long form");
    let answers = [&[("kind", "commitment"), ("version", "1")], &typed[..]].concat();
    stranger.post_with_files("/drafts/x", &answers, &[]).await.page_of(413);
}

pub async fn what_was_typed_is_not_put_into_another_enterprises_draft(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let link = post_too_late(&world, &browser, &draft, "1", SOUND).await;
    browser.sign_in_through(&link, "shopkeeper").await.page_of(404);
    let owner = world.browser_of("legal-representative").await;
    assert_eq!(page_of(&owner, &draft).await.typed("title"), "");
    // They go on waiting for the one who typed them.
    let came = browser.sign_in_through(&link, "legal-representative").await;
    assert_eq!(came.url, format!("{}{draft}?restored=1", world.base));
}

pub async fn a_person_of_two_enterprises_comes_back_to_the_drafts_own(world: World) {
    let browser = world.browser_of("two-enterprises").await;
    browser.post("/enterprise", &[("enterprise", "91310120FXXY000194")]).await.location();
    let draft = begin(&browser).await;
    let link = post_too_late(&world, &browser, &draft, "1", SOUND).await;
    let came = browser.sign_in_through(&link, "two-enterprises").await;
    assert_eq!(came.url, format!("{}{draft}?restored=1", world.base));
    came.page_of(200).must_say("上海奉贤示例精密机械有限公司（证照管理员）");
}

pub async fn posts_of_two_windows_both_come_back(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let (one, other) = (begin(&browser).await, begin(&browser).await);
    let link_of_one = post_too_late(&world, &browser, &one, "1", &with(&[("number", "WINDOW-1")])).await;
    let link_of_other = post_too_late(&world, &browser, &other, "1", &with(&[("number", "WINDOW-2")])).await;
    for (link, draft, typed) in [(link_of_one, one, "WINDOW-1"), (link_of_other, other, "WINDOW-2")] {
        let came = browser.sign_in_through(&link, "legal-representative").await;
        assert_eq!(came.url, format!("{}{draft}?restored=1", world.base));
        assert_eq!(came.page_of(200).typed("number"), typed);
    }
}

pub async fn what_was_typed_is_kept_while_the_provider_is_down(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    world.mood(serde_json::json!({ "mood": "idp_down" })).await;
    let link = post_too_late(&world, &browser, &draft, "1", &with(&[("number", "TYPED-LATE")])).await;
    world.good_mood().await;
    browser.sign_in_through(&link, "legal-representative").await;
    assert_eq!(page_of(&browser, &draft).await.typed("number"), "TYPED-LATE");
}

pub async fn what_was_typed_is_not_used_up_by_a_way_that_was_not_gone_to_its_end(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let link = post_too_late(&world, &browser, &draft, "1", &with(&[("number", "TYPED-LATE")])).await;
    // Clicked twice; and given up at the provider, after which the page leads on to the next try.
    browser.choose_at_provider(&link, "legal-representative").await;
    let back = browser.choose_at_provider(&link, "legal-representative").await;
    let page = browser.get(&format!("{back}&error=access_denied")).await.page_of(200);
    assert_eq!(page.h1(), "登录没有完成");
    page.must_say("您先前填写的内容仍然暂存，重新登录后会放回草稿。");
    // The provider does not hold what it promises this time.
    world.mood(serde_json::json!({ "mood": "bad_signature" })).await;
    let page = browser.sign_in_through(&page.link("/sign-in?parked="), "legal-representative").await.page_of(400);
    world.good_mood().await;
    let last = page.link("/sign-in?parked=");
    let came = browser.sign_in_through(&last, "legal-representative").await;
    assert_eq!(came.url, format!("{}{draft}?restored=1", world.base));
    assert_eq!(came.page_of(200).typed("number"), "TYPED-LATE");
    // Then they are back where they belong, and no link brings them again.
    for link in [link, last] {
        let came = browser.sign_in_through(&link, "legal-representative").await;
        assert_eq!(came.url, format!("{}/filings", world.base));
    }
}
