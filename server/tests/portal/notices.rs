//! Notices: told in the portal, read with the filing, told again on coming back.

use serde_json::json;

use crate::browser::Browser;
use crate::licence::{TITLE, filed, id_of, page_of};
use crate::world::{World, eventually};

/// Waits until the header says that so many notices are unread.
async fn unread(world: &World, browser: &Browser, count: usize) {
    let expected = if count == 0 { None } else { Some(format!("通知 {count} 条未读")) };
    let look = async || {
        // Looking at this page marks nothing as read.
        let header = browser.get("/help").await.page_of(200).words_in("<header").unwrap_or_default();
        match &expected {
            Some(words) => header.contains(words.as_str()).then_some(()),
            None => (!header.contains("条未读")).then_some(()),
        }
    };
    eventually(&format!("{count} unread notices at {}", world.base), look).await;
}

pub async fn what_the_platform_does_is_told_and_read_with_its_filing(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let page = page_of(&browser, "/notices").await;
    assert_eq!(page.h1(), "通知");
    page.must_say("还没有通知。");
    let filing = filed(&browser).await;
    let id = id_of(&filing);
    unread(&world, &browser, 1).await;
    world.decide(&id, "submission.under_review", json!({ "handler": "审核一岗" })).await;
    world.decide(&id, "submission.returned", json!({ "comments": [], "note": "请江大海补正" })).await;
    unread(&world, &browser, 3).await;

    // Told again on coming back, whoever comes.
    let colleague = world.browser_of("agent").await;
    let desk = page_of(&colleague, "/filings").await;
    desk.must_say("上次查看以来有 3 条新通知");
    desk.must_say(&format!("{TITLE}：退回补正，需要您修改后重新提交"));

    let page = page_of(&colleague, "/notices").await;
    let text = page.text();
    let [returned, review, taken] =
        ["退回补正，需要您修改后重新提交", "平台开始核验", "平台已收到，等待受理"].map(|words| text.find(words));
    assert!(returned.is_some() && returned < review && review < taken, "newest first: {text}");
    assert_eq!(text.matches("未读").count(), 4, "in words, at each and in the header: {text}");
    page.must_not_say("江大海补正");
    assert_eq!(page.link("/filings/"), filing);
    // Looking at the list reads nothing; opening the filing does, for everyone of the enterprise.
    unread(&world, &browser, 3).await;
    let opened = page_of(&colleague, &filing).await;
    assert!(!opened.words_in("<header").unwrap().contains("条未读"), "the page that was opened says so already");
    unread(&world, &browser, 0).await;
    page_of(&browser, "/filings").await.must_not_say("上次查看以来");
    page_of(&browser, "/notices").await.must_not_say("未读");
}

pub async fn all_notices_can_be_marked_as_read_at_once(world: World) {
    let browser = world.browser_of("legal-representative").await;
    filed(&browser).await;
    unread(&world, &browser, 1).await;
    let page = page_of(&browser, "/notices").await;
    page.must_say("全部标为已读");
    let until = page.hidden("until");
    let second = filed(&browser).await;
    world.submission(&id_of(&second)).await;
    unread(&world, &browser, 2).await;
    // What came after the page was made stays unread.
    assert_eq!(browser.post("/notices/reading", &[("until", &until)]).await.location(), "/notices");
    unread(&world, &browser, 1).await;
    let until = page_of(&browser, "/notices").await.hidden("until");
    browser.post("/notices/reading", &[("until", &until)]).await.location();
    unread(&world, &browser, 0).await;
    page_of(&browser, "/notices").await.must_not_say("全部标为已读");
}

pub async fn nobody_sees_the_notices_of_another_enterprise(world: World) {
    let owner = world.browser_of("legal-representative").await;
    let filing = filed(&owner).await;
    unread(&world, &owner, 1).await;
    let stranger = world.browser_of("shopkeeper").await;
    unread(&world, &stranger, 0).await;
    page_of(&stranger, "/notices").await.must_say("还没有通知。");
    page_of(&stranger, "/filings").await.must_not_say("上次查看以来");
    page_of(&stranger, "/overview").await.must_not_say(TITLE);
    stranger.post("/notices/reading", &[("until", "9999999999999")]).await.location();
    assert_eq!(stranger.get(&filing).await.status, 404);
    unread(&world, &owner, 1).await;
    for path in ["/notices", "/notices/settings", "/overview", "/overview/print", "/overview/everything.json"] {
        let expected = format!("/sign-in?return_to={}", path.replace('/', "%2F"));
        assert_eq!(world.browser().get(path).await.location(), expected);
    }
}

pub async fn notices_are_english_for_who_chose_it(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let filing = filed(&browser).await;
    unread(&world, &browser, 1).await;
    browser.set_cookie("lang", "en");
    let page = page_of(&browser, "/notices").await;
    assert_eq!((page.lang().as_str(), page.h1().as_str()), ("en", "Notices"));
    page.must_say("The platform has it");
    page.must_say("Unread");
    page_of(&browser, "/filings").await.must_say("One new notice since you last looked");
    let page = page_of(&browser, "/overview").await;
    assert_eq!(page.h1(), "My credit information");
    page.must_say("Being verified 1");
    page_of(&browser, &filing).await;
}
