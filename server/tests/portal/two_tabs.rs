//! One draft in two windows: nothing that was typed is lost, and people choose.

use crate::browser::Browser;
use crate::licence::{begin, page_of, press, press_over, with};
use crate::world::World;

/// A draft that was saved in one window and then, over the older version, in another.
async fn typed_twice(browser: &Browser) -> String {
    let draft = begin(browser).await;
    let old = page_of(browser, &draft).await.version();
    press_over(browser, &draft, &old, &with(&[("number", "FIRST-1")]), "save", &[]).await.location();
    let onward = press_over(browser, &draft, &old, &with(&[("number", "SECOND-2")]), "continue", &[]).await.location();
    assert_eq!(onward, format!("{draft}/versions"));
    draft
}

pub async fn two_versions_stand_side_by_side_and_either_can_stay(world: World) {
    for (button, stays) in [("current", "FIRST-1"), ("other", "SECOND-2")] {
        let browser = world.browser_of("legal-representative").await;
        let draft = typed_twice(&browser).await;
        page_of(&browser, &draft).await.must_say("这份草稿在另一个窗口也被修改过，两份内容都已保留。");
        let page = page_of(&browser, &format!("{draft}/versions")).await;
        assert_eq!(page.h1(), "同一份草稿有两份内容");
        page.must_say("证照编号 不同 FIRST-1 SECOND-2");
        page.must_not_say("证照名称 不同");
        let (version, rival, seen) = (page.version(), page.hidden("rival"), page.hidden("seen"));
        let fields = [("version", version.as_str()), ("rival", &rival), ("seen", &seen), ("action", button)];
        let onward = browser.post(&format!("{draft}/versions"), &fields).await.location();
        let page = page_of(&browser, &onward).await;
        assert_eq!(page.typed("number"), stays);
        page.must_not_say("另一个窗口");
        assert_eq!(browser.get(&format!("{draft}/versions")).await.location(), draft, "nothing is left to compare");
    }
}

pub async fn a_choice_over_an_older_version_is_asked_again(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = typed_twice(&browser).await;
    let page = page_of(&browser, &format!("{draft}/versions")).await;
    let (version, rival, seen) = (page.version(), page.hidden("rival"), page.hidden("seen"));
    press(&browser, &draft, &with(&[("number", "THIRD-3")]), "save", &[]).await.location();
    let fields = [("version", version.as_str()), ("rival", &rival), ("seen", &seen), ("action", "other")];
    assert_eq!(browser.post(&format!("{draft}/versions"), &fields).await.location(), format!("{draft}/versions"));
    page_of(&browser, &format!("{draft}/versions")).await.must_say("THIRD-3 SECOND-2");
}

pub async fn what_was_typed_while_somebody_compared_is_shown_before_it_is_chosen_over(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = typed_twice(&browser).await;
    let versions = format!("{draft}/versions");
    let page = page_of(&browser, &versions).await;
    let (version, rival, seen) = (page.version(), page.hidden("rival"), page.hidden("seen"));
    // The draft stays as it is; another window saves over the old version.
    assert_eq!(browser.autosave(&draft, 1, &with(&[("number", "THIRD-3")])).await.status, 409);
    let fields = [("version", version.as_str()), ("rival", &rival), ("seen", &seen), ("action", "current")];
    assert_eq!(browser.post(&versions, &fields).await.location(), versions);
    let page = page_of(&browser, &versions).await;
    page.must_say("FIRST-1 THIRD-3");
    page.must_not_say("SECOND-2");
}

pub async fn the_same_answers_in_two_windows_are_no_conflict(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let old = page_of(&browser, &draft).await.version();
    for _ in 0..3 {
        let onward = press_over(&browser, &draft, &old, &with(&[]), "save", &[]).await.location();
        assert_eq!(onward, format!("{draft}?saved=1"));
    }
}

pub async fn a_draft_saves_itself_and_says_when(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let saved = browser.autosave(&draft, 1, &[("title", "第一次"), ("not-a-field", "x")]).await;
    assert_eq!(saved.status, 200);
    let text = saved.text();
    let (version, time) = text.split_once(' ').unwrap();
    assert_eq!(version, "2");
    assert!(time.len() == 5 && time.as_bytes()[2] == b':', "{time}");
    let page = page_of(&browser, &draft).await;
    assert_eq!((page.version(), page.typed("title")), ("2".into(), "第一次".into()));
    // Over an older version it is kept aside, never dropped.
    assert_eq!(browser.autosave(&draft, 1, &[("title", "第二次")]).await.status, 409);
    page_of(&browser, &format!("{draft}/versions")).await.must_say("第一次 第二次");
    assert_eq!(browser.autosave(&format!("/drafts/{}", uuid::Uuid::now_v7()), 1, &[("title", "x")]).await.status, 404);
    let signed_out = browser.copy();
    signed_out.forget_cookie("session");
    assert_eq!(signed_out.autosave(&draft, 2, &[("title", "x")]).await.status, 401);
    assert_eq!(page_of(&browser, &draft).await.typed("title"), "第一次");
}
