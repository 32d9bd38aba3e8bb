//! What the platform tells, and what others pretend that it tells.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::licence::{filed, id_of, page_in_state, page_of};
use crate::world::{NEXT_EVENT_SECRET, STRANGE_EVENT_SECRET, World};

/// A filing that the platform has, and its id there.
async fn forwarded(world: &World, browser: &Browser) -> (String, String) {
    let filing = filed(browser).await;
    page_in_state(browser, &filing, "平台已收到，等待受理").await;
    let id = id_of(&filing);
    world.submission(&id).await;
    (filing, id)
}

fn granted(id: &str) -> Value {
    json!({ "type": "submission.granted", "submission": id, "data": { "verification": "verified" } })
}

fn and(mut order: Value, more: Value) -> Value {
    order.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    order
}

pub async fn a_message_that_cannot_be_verified_changes_nothing(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let (filing, id) = forwarded(&world, &browser).await;
    let now = world.clock.now() / 1000;
    let cases = [
        (json!({ "secret": STRANGE_EVENT_SECRET }), 401),
        (json!({ "signature": "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" }), 401),
        (json!({ "signature": "" }), 401),
        (json!({ "signature": "nonsense" }), 401),
        (json!({ "timestamp": now - 302 }), 401),
        (json!({ "timestamp": now + 310 }), 401),
        (json!({ "body": "not JSON" }), 400),
        (json!({ "body": "{}" }), 400),
        (
            json!({ "body": format!("{{\"wire\":\"2\",\"type\":\"submission.granted\",\"occurred_at\":\"x\",\"submission\":\"{id}\"}}") }),
            400,
        ),
        (json!({ "data": { "verification": "no such word" } }), 400),
    ];
    let expected = cases.len() + 1;
    for (changed, status) in cases {
        assert_eq!(world.event(and(granted(&id), changed.clone())).await, status, "{changed}");
    }
    let bare = browser.request(reqwest::Method::POST, "/platform/events").json(&granted(&id));
    assert_eq!(browser.send(bare).await.status, 401, "without any of the headers");
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.state(), "平台已收到，等待受理");
    assert_eq!(page.history().len(), 2);
    assert_eq!(world.events("refused").await, i64::try_from(expected).unwrap(), "each is recorded for the operator");
    assert_eq!(world.events("applied").await, 0);
    // The same message, rightly signed, is believed.
    assert_eq!(world.event(granted(&id)).await, 200);
    assert_eq!(page_of(&browser, &filing).await.state(), "已核验");
}

pub async fn forged_messages_are_refused_each_time_and_recorded_only_so_often(world: World) {
    let stranger = world.browser();
    for _ in 0..150 {
        let forged = stranger.request(reqwest::Method::POST, "/platform/events").json(&json!({ "type": "submission.granted" }));
        assert_eq!(stranger.send(forged).await.status, 401);
    }
    let recorded = world.events("refused").await;
    assert!((100..120).contains(&recorded), "{recorded}");
}

pub async fn keys_can_change_without_losing_a_message(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let (filing, id) = forwarded(&world, &browser).await;
    let review = json!({ "type": "submission.under_review", "submission": id, "data": { "handler": "新钥匙岗" }, "secret": NEXT_EVENT_SECRET });
    assert_eq!(world.event(review).await, 200);
    page_of(&browser, &filing).await.must_say("正在由新钥匙岗核验");
    world.rotate(NEXT_EVENT_SECRET).await;
    assert_eq!(world.event(granted(&id)).await, 200, "signed with both, the one we know first will do");
    assert_eq!(page_of(&browser, &filing).await.state(), "已核验");
}

pub async fn a_message_that_comes_again_changes_nothing(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let (filing, id) = forwarded(&world, &browser).await;
    let order = and(granted(&id), json!({ "id": "msg_the-same" }));
    for _ in 0..3 {
        assert_eq!(world.event(order.clone()).await, 200);
    }
    // The same news under another id changes nothing either.
    assert_eq!(world.event(granted(&id)).await, 200);
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.state(), "已核验");
    assert_eq!(page.history().iter().filter(|entry| entry.starts_with("核验通过")).count(), 1, "{:?}", page.history());
    assert_eq!((world.events("applied").await, world.events("impossible").await), (1, 1));
}

pub async fn messages_out_of_order_and_of_unknown_kinds_are_tolerated(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let (filing, id) = forwarded(&world, &browser).await;
    assert_eq!(world.event(json!({ "type": "submission.blessed", "submission": id, "data": { "x": 1 } })).await, 200);
    assert_eq!(world.events("unknown").await, 1);
    assert_eq!(page_of(&browser, &filing).await.state(), "平台已收到，等待受理");
    // Publication before the decision makes no sense; the decision before the review does.
    assert_eq!(world.event(json!({ "type": "publication.published", "submission": id, "data": {} })).await, 200);
    assert_eq!(world.events("impossible").await, 1);
    assert_eq!(world.event(granted(&id)).await, 200);
    assert_eq!(
        world.event(json!({ "type": "submission.under_review", "submission": id, "data": { "handler": "迟到岗" } })).await,
        200
    );
    let page = page_of(&browser, &filing).await;
    assert_eq!(world.events("impossible").await, 2, "what happened before the decision is not published because of it");
    assert_eq!(page.state(), "已核验", "the late news does not undo the decision");
    page.must_not_say("迟到岗");
    let nobodys = uuid::Uuid::now_v7().to_string();
    assert_eq!(world.event(granted(&nobodys)).await, 200);
    assert_eq!(world.event(json!({ "type": "submission.granted", "submission": "'; DROP TABLE filings", "data": { "verification": "verified" } })).await, 200);
    assert_eq!(world.events("no_such_filing").await, 2);
    page_of(&browser, &filing).await.must_say("已核验");
}

pub async fn an_event_may_overtake_the_answer_to_our_own_delivery(world: World) {
    let browser = world.browser_of("legal-representative").await;
    world.mood(json!({ "mood": "drop_answer", "only": "/platform/v1/submissions" })).await;
    let filing = filed(&browser).await;
    let id = id_of(&filing);
    world.submission(&id).await;
    world.decide(&id, "submission.under_review", json!({ "handler": "快手岗" })).await;
    let page = page_in_state(&browser, &filing, "平台核验中").await;
    assert_eq!(page.answer_to("平台回执号"), "平台收到后显示");
    world.good_mood().await;
    let receipt = world.submission(&id).await["receipt_number"].as_str().unwrap().to_owned();
    let look = async || {
        world.later(10_000);
        Some(page_of(&browser, &filing).await).filter(|page| page.answer_to("平台回执号") == receipt)
    };
    let page = crate::world::eventually("the receipt number comes after the event", look).await;
    assert_eq!(page.state(), "平台核验中");
    page.must_not_say("平台暂时无法接收");
}
