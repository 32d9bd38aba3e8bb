//! What the portal is told, and that it can believe it.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::{
    portal::Heard,
    world::{SECRET, World},
};

fn fits(heard: &Heard, secret: &str) -> bool {
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{}.{}.{}", heard.id, heard.timestamp, heard.body).as_bytes());
    let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    heard.signature.split(' ').any(|one| one == signature)
}

#[tokio::test]
async fn a_decision_is_told_in_a_signed_event() {
    let world = World::start().await;
    let id = world.taken().await;
    world.decide(&id, "submission.under_review", json!({ "handler": "一岗" })).await;
    let heard = world.portal.hears(1).await.remove(0);
    assert!(fits(&heard, SECRET));
    assert!(heard.id.starts_with("msg_"));
    let event = heard.json();
    assert_eq!((&event["wire"], &event["submission"]), (&json!("1"), &json!(id)));
    assert_eq!(event["data"], json!({ "handler": "一岗" }));
    let kept = world.get(&format!("/submissions/{id}")).await;
    assert_eq!((&kept["state"], &kept["events"][0]["id"]), (&json!("under_review"), &json!(heard.id)));
}

#[tokio::test]
async fn events_of_a_submission_come_in_order_and_again_until_the_portal_has_them() {
    let world = World::start().await;
    world.portal.will_answer(&[500, 503]);
    let id = world.taken().await;
    world.decide(&id, "submission.under_review", Value::Null).await;
    world.decide(&id, "submission.granted", Value::Null).await;
    let heard = world.portal.hears(4).await;
    let kinds: Vec<_> = heard.iter().map(Heard::kind).collect();
    let review = "submission.under_review";
    assert_eq!(kinds, [review, review, review, "submission.granted"]);
    assert_eq!(heard[0].id, heard[2].id);
    let deliveries = world.look("/deliveries").await;
    let first = &deliveries["deliveries"][0];
    let statuses: Vec<_> = first["attempts"].as_array().unwrap().iter().map(|attempt| attempt["status"].clone()).collect();
    assert_eq!((statuses, &first["delivery"]), (vec![json!(500), json!(503), json!(204)], &json!("delivered")));
}

#[tokio::test]
async fn decisions_come_in_a_sensible_order() {
    let world = World::start().await;
    let id = world.taken().await;
    let stop = json!({ "reason": "证书已失效" });
    assert_eq!(world.decide(&id, "submission.granted", Value::Null).await, 409);
    assert_eq!(world.decide(&id, "publication.published", Value::Null).await, 409);
    assert_eq!(world.decide(&id, "submission.under_review", Value::Null).await, 200);
    assert_eq!(world.decide(&id, "submission.under_review", Value::Null).await, 409);
    assert_eq!(world.decide(&id, "submission.granted", json!({ "verification": "partly_verified" })).await, 200);
    assert_eq!(world.decide(&id, "submission.refused", json!({ "reasons": ["晚了"] })).await, 409);
    assert_eq!(world.decide(&id, "publication.stopped", stop.clone()).await, 409);
    assert_eq!(world.decide(&id, "publication.published", json!({ "until": "2029-11-25" })).await, 200);
    assert_eq!(world.decide(&id, "publication.published", Value::Null).await, 409);
    assert_eq!(world.decide(&id, "publication.stopped", stop).await, 200);
    assert_eq!(world.decide(&id, "submission.refused", json!({ "reasons": [] })).await, 422);
    let nobody = "0198f2b4-7c1e-7a55-9d1f-3f6f0a4f2c11";
    assert_eq!(world.decide(nobody, "submission.under_review", Value::Null).await, 404);
}

#[tokio::test]
async fn while_the_key_is_changed_both_signatures_are_sent() {
    let world = World::start().await;
    let new = format!("whsec_{}", STANDARD.encode("the new secret"));
    assert_eq!(world.control("/rotate", json!({ "secret": new })).await.status(), 204);
    let id = world.taken().await;
    world.decide(&id, "submission.under_review", Value::Null).await;
    let heard = world.portal.hears(1).await.remove(0);
    assert!(fits(&heard, &new) && fits(&heard, SECRET));
}

#[tokio::test]
async fn an_event_of_any_shape_can_be_sent_and_the_portals_answer_comes_back() {
    let world = World::start().await;
    world.portal.will_answer(&[401]);
    let other = format!("whsec_{}", STANDARD.encode("another secret"));
    let order = json!({ "id": "msg_1", "timestamp": 1, "secret": other, "body": "no json" });
    let answer: Value = world.control("/event", order).await.json().await.unwrap();
    assert_eq!(answer["status"], 401);
    let heard = world.portal.heard().remove(0);
    assert_eq!((heard.id.as_str(), heard.timestamp.as_str(), heard.body.as_str()), ("msg_1", "1", "no json"));
    assert!(fits(&heard, &other));
    let order = json!({ "type": "submission.granted", "submission": "x", "data": { "note": 1 } });
    world.control("/event", order).await;
    let heard = world.portal.heard().remove(1);
    assert!(fits(&heard, SECRET));
    assert_eq!(heard.json()["data"], json!({ "note": 1 }));
}

#[tokio::test]
async fn what_should_happen_by_itself_does() {
    let world = World::start().await;
    assert_eq!(world.control("/auto", json!({ "mode": "grant" })).await.status(), 200);
    let id = world.taken().await;
    let kinds: Vec<_> = world.portal.hears(2).await.iter().map(Heard::kind).collect();
    assert_eq!(kinds, ["submission.under_review", "submission.granted"]);
    assert_eq!(world.get(&format!("/submissions/{id}")).await["state"], "granted");
}
