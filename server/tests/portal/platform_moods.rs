//! A platform in a bad mood: the filing is accepted at once, waits in words, and arrives once.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::licence::{file, filed, id_of, page_in_state, page_of, press, sound_draft, with};
use crate::world::{HOUR, World, eventually};

/// What the page says of tries so far; none while there is nothing to say.
async fn tries(browser: &Browser, filing: &str) -> Option<String> {
    let text = page_of(browser, filing).await.text();
    let (_, rest) = text.split_once("平台暂时无法接收，已尝试 ")?;
    rest.split_once(" 次，将于 ").map(|(count, _)| count.to_owned())
}

pub async fn a_filing_waits_in_words_and_arrives_once(world: World) {
    let moods = [
        json!({ "mood": "too_many", "seconds": 1 }),
        json!({ "mood": "broken" }),
        json!({ "mood": "rubbish" }),
        json!({ "mood": "down", "seconds": 1 }),
        json!({ "mood": "drop_answer" }),
    ];
    let browser = world.browser_of("legal-representative").await;
    for mood in moods {
        let draft = sound_draft(&browser).await;
        world.mood(mood.clone()).await;
        let filing = file(&browser, &draft, &[]).await;
        eventually(&format!("the page tells of a try: {mood}"), async || {
            tries(&browser, &filing).await.filter(|count| count == "1")
        })
        .await;
        let page = page_of(&browser, &filing).await;
        assert_eq!(page.state(), "已收到，正在送交平台", "{mood}");
        page.must_say("再次自动送交。申报不会丢失。");
        assert_eq!(page.answer_to("平台回执号"), "平台收到后显示", "{mood}");
        // A second try that fails is told too.
        let look = async || {
            world.later(10_000);
            tries(&browser, &filing).await.filter(|count| count == "2")
        };
        eventually("the page tells of the second try", look).await;
        world.good_mood().await;
        let look = async || {
            world.later(60_000);
            Some(page_of(&browser, &filing).await).filter(|page| page.state() == "平台已收到，等待受理")
        };
        eventually(&format!("it arrives: {mood}"), look).await.must_not_say("平台暂时无法接收");
        let submission = world.submission(&id_of(&filing)).await;
        if mood["mood"] == "drop_answer" {
            assert!(submission["puts"].as_i64() >= Some(2), "it came, was not confirmed, and was sent again: {submission}");
        }
        let page = page_of(&browser, &filing).await;
        assert_eq!(page.answer_to("平台回执号"), submission["receipt_number"].as_str().unwrap());
        assert_eq!(page.history().len(), 2, "{:?}", page.history());
    }
    assert_eq!(world.submissions().await, 5, "each filing is one submission");
}

pub async fn a_platform_that_asks_for_patience_gets_it(world: World) {
    let browser = world.browser_of("legal-representative").await;
    world.mood(json!({ "mood": "too_many", "seconds": 1800 })).await;
    let filing = filed(&browser).await;
    eventually("the first try is told of", async || tries(&browser, &filing).await).await;
    world.good_mood().await;
    world.later(HOUR / 2 - 60_000);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(world.submissions().await, 0, "not before the half hour is over");
    world.later(2 * 60_000);
    world.submission(&id_of(&filing)).await;
}

pub async fn a_slow_platform_does_not_slow_the_portal(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    world.mood(json!({ "mood": "slow", "seconds": 2 })).await;
    let began = std::time::Instant::now();
    let filing = file(&browser, &draft, &[]).await;
    let page = page_of(&browser, &filing).await;
    assert!(began.elapsed().as_millis() < 1500, "{:?}", began.elapsed());
    assert_eq!(page.state(), "已收到，正在送交平台");
    page_in_state(&browser, &filing, "平台已收到，等待受理").await;
    assert_eq!(world.submission(&id_of(&filing)).await["puts"], 1);
}

pub async fn what_the_platform_will_not_take_comes_back_with_comments(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    press(&browser, &draft, &with(&[("number", "REFUSE-1")]), "save", &[]).await.location();
    let filing = file(&browser, &draft, &[]).await;
    let page = page_in_state(&browser, &filing, "退回补正").await;
    assert_eq!(page.answer_to("证照编号"), "发证机关查无此编号，请核对后重新填写。");
    let correction = browser.post(&format!("{filing}/correction"), &[]).await.location();
    let page = page_of(&browser, &correction).await;
    assert!(page.remark_at("number").unwrap().contains("发证机关查无此编号"), "{:?}", page.remark_at("number"));
    assert_eq!(page.typed("number"), "REFUSE-1");
    assert_eq!(world.submissions().await, 0);
}

pub async fn a_correction_of_what_the_platform_never_took_is_taken(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    press(&browser, &draft, &with(&[("number", "REFUSE-1")]), "save", &[]).await.location();
    let filing = file(&browser, &draft, &[]).await;
    page_in_state(&browser, &filing, "退回补正").await;
    let correction = browser.post(&format!("{filing}/correction"), &[]).await.location();
    press(&browser, &correction, &with(&[("number", "GOOD-2")]), "continue", &[]).await.location();
    let corrected = file(&browser, &correction, &[]).await;
    page_in_state(&browser, &corrected, "平台已收到，等待受理").await;
    assert_eq!(world.submission(&id_of(&corrected)).await["envelope"]["content"]["number"], "GOOD-2");
}

pub async fn a_spent_schedule_is_shown_and_not_dropped(world: World) {
    let browser = world.browser_of("legal-representative").await;
    world.mood(json!({ "mood": "broken" })).await;
    let filing = filed(&browser).await;
    let look = async || {
        world.later(90 * HOUR);
        let figures = world.portal.portal.storage.outbox_figures().await.unwrap();
        (figures.parked == 1).then_some(())
    };
    eventually("all tries are spent", look).await;
    world.good_mood().await;
    // The session has ended long ago; the provider's tokens go by the real clock.
    let spent = world.clock.now();
    world.clock.advance(real_now() - spent);
    let page = page_of(&world.browser_of("legal-representative").await, &filing).await;
    assert_eq!(page.state(), "已收到，正在送交平台");
    page.must_say("多次送交都没有成功，工作人员已经看到并会处理。申报已安全保存，不需要重新提交。");
}

fn real_now() -> i64 {
    server::clock::Clock::default().now()
}

pub async fn a_platform_that_tells_everything_twice_is_heard_once(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let filing = filed(&browser).await;
    world.submission(&id_of(&filing)).await;
    world.mood(json!({ "mood": "answer_twice" })).await;
    world.decide(&id_of(&filing), "submission.under_review", Value::Null).await;
    world.decide(&id_of(&filing), "submission.granted", Value::Null).await;
    let page = page_in_state(&browser, &filing, "已核验").await;
    assert_eq!(page.history().len(), 4, "{:?}", page.history());
    assert_eq!(world.events("applied").await, 2);
}
