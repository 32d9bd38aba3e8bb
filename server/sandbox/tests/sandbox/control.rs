//! Beginning anew, and starting before the portal is known.

use sandbox::{SandboxConfig, start};
use serde_json::{Value, json};

use crate::{
    portal::Portal,
    world::{MACHINERY, SECRET, World, envelope},
};

#[tokio::test]
async fn after_a_reset_nothing_is_left_and_the_records_dates_hang_on_the_day_given() {
    let world = World::start().await;
    world.put(&envelope()).await;
    world.mood(json!({ "mood": "broken" })).await;
    assert_eq!(world.control("/reset", json!({ "began_on": "2027-04-30" })).await.status(), 204);
    assert_eq!(world.look("/submissions").await["submissions"], json!([]));
    let found = world.get(&format!("/enterprises/{MACHINERY}/records")).await;
    assert_eq!(found["records"][0]["decided_on"], "2026-11-30");
    assert_eq!(found["records"][0]["earliest_repair_on"], "2027-03-01");
}

#[tokio::test]
async fn a_record_says_what_it_is_told_to_say_until_a_reset() {
    let world = World::start().await;
    let changed = json!({ "record": "FXR-0001", "says": { "document_number": "", "stopped_on": "2026-01-01" } });
    assert_eq!(world.control("/records/change", changed).await.status(), 204);
    let found = world.get(&format!("/enterprises/{MACHINERY}/records")).await;
    assert_eq!((&found["records"][0]["document_number"], &found["records"][0]["stopped_on"]), (&json!(""), &json!("2026-01-01")));
    assert_eq!(found["records"][0]["kind"], "罚款");
    world.control("/reset", json!({})).await;
    let found = world.get(&format!("/enterprises/{MACHINERY}/records")).await;
    assert_ne!(found["records"][0]["document_number"], "");
}

#[tokio::test]
async fn the_portal_can_be_named_after_the_start_and_gets_what_had_to_wait() {
    let config = SandboxConfig {
        listen: "127.0.0.1:0".parse().unwrap(),
        portal: None,
        client_id: "chengxin".to_owned(),
        client_secret: "secret".to_owned(),
        platform_token: crate::world::TOKEN.to_owned(),
        event_secret: SECRET.to_owned(),
    };
    let sandbox = start(config).await.unwrap();
    let (portal, client) = (Portal::start().await, reqwest::Client::new());
    let world = World { sandbox, portal, client };
    let id = world.taken().await;
    world.decide(&id, "submission.under_review", Value::Null).await;
    assert!(world.portal.heard().is_empty());
    world.sandbox.set_portal(world.portal.url.clone());
    assert_eq!(world.portal.hears(1).await.len(), 1);
    let url = world.sandbox.url();
    world.sandbox.stop().await;
    assert!(reqwest::Client::new().get(url).send().await.is_err());
}

#[tokio::test]
async fn a_secret_that_is_none_is_refused_at_the_start() {
    let config = SandboxConfig {
        listen: "127.0.0.1:0".parse().unwrap(),
        portal: None,
        client_id: String::new(),
        client_secret: String::new(),
        platform_token: String::new(),
        event_secret: "not a secret".to_owned(),
    };
    assert_eq!(start(config).await.unwrap_err().kind(), std::io::ErrorKind::InvalidInput);
}

#[tokio::test]
async fn the_front_page_says_what_this_is_and_who_is_there() {
    let world = World::start().await;
    let page = world.page("/").await;
    for part in ["演示环境", "href=\"/platform/\"", "江大海", "田小点"] {
        assert!(page.contains(part), "{part}");
    }
    let page = world.page("/platform/").await;
    assert!(page.contains("尚未收到申报件"));
}
