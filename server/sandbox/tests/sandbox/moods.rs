//! The platform misbehaving as told.

use std::time::{Duration, Instant};

use reqwest::{Method, header};
use serde_json::{Value, json};

use crate::world::{World, envelope};

#[tokio::test]
async fn a_dropped_answer_cuts_the_line_after_the_work_is_done() {
    let world = World::start().await;
    world.mood(json!({ "mood": "drop_answer", "times": 1 })).await;
    let envelope = envelope();
    let lost = world.try_put(&envelope).await.unwrap_err();
    assert!(lost.is_request() || lost.is_body(), "{lost:?}");
    let seen = world.look("/submissions").await;
    assert_eq!(seen["submissions"].as_array().unwrap().len(), 1);
    assert_eq!(world.put(&envelope).await.status(), 202);
    assert_eq!(world.look("/submissions").await["submissions"][0]["puts"], 2);
}

#[tokio::test]
async fn the_refusals_say_how_long_to_wait_and_take_nothing() {
    let world = World::start().await;
    for (mood, status, wait) in [("too_many", 429, Some("7")), ("down", 503, Some("7")), ("broken", 500, None)] {
        world.mood(json!({ "mood": mood, "times": 1, "seconds": 7 })).await;
        let answer = world.put(&envelope()).await;
        assert_eq!(answer.status(), status);
        let said = answer.headers().get(header::RETRY_AFTER).map(|value| value.to_str().unwrap());
        assert_eq!(said, wait, "{mood}");
    }
    assert_eq!(world.look("/submissions").await["submissions"], json!([]));
}

#[tokio::test]
async fn rubbish_is_no_json_and_slow_is_slow() {
    let world = World::start().await;
    world.mood(json!({ "mood": "rubbish", "times": 1 })).await;
    let rubbish = world.put(&envelope()).await;
    assert_eq!(rubbish.status(), 200);
    assert!(rubbish.json::<Value>().await.is_err());
    world.mood(json!({ "mood": "slow", "seconds": 1, "times": 1 })).await;
    let begun = Instant::now();
    assert_eq!(world.put(&envelope()).await.status(), 202);
    assert!(begun.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_mood_can_be_for_some_paths_only_and_unknown_ones_are_refused() {
    let world = World::start().await;
    world.mood(json!({ "mood": "broken", "only": "/platform/v1/attachments" })).await;
    assert_eq!(world.put(&envelope()).await.status(), 202);
    let place = format!("/attachments/{}", "0".repeat(64));
    assert_eq!(world.wire(Method::HEAD, &place).send().await.unwrap().status(), 500);
    assert_eq!(world.control("/mood", json!({ "mood": "sulking" })).await.status(), 422);
    assert_eq!(world.look("/mood").await["mood"], "broken");
}

#[tokio::test]
async fn each_event_comes_twice_under_one_id() {
    let world = World::start().await;
    world.mood(json!({ "mood": "answer_twice" })).await;
    let id = world.taken().await;
    world.decide(&id, "submission.under_review", Value::Null).await;
    let heard = world.portal.hears(2).await;
    assert_eq!((&heard[0].id, &heard[0].body), (&heard[1].id, &heard[1].body));
}

#[tokio::test]
async fn lost_events_are_in_the_list_all_the_same() {
    let world = World::start().await;
    world.mood(json!({ "mood": "lose_events" })).await;
    let id = world.taken().await;
    world.decide(&id, "submission.under_review", Value::Null).await;
    while world.look("/deliveries").await["deliveries"][0]["delivery"] != "given_up" {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    world.mood(json!({ "mood": "normal" })).await;
    world.decide(&id, "submission.granted", Value::Null).await;
    let heard = world.portal.hears(1).await;
    assert!(heard[0].body.contains("submission.granted"), "{}", heard[0].body);
    let listed: Value = world.wire(Method::GET, &format!("/submissions/{id}")).send().await.unwrap().json().await.unwrap();
    assert_eq!(listed["events"].as_array().unwrap().len(), 2);
}
