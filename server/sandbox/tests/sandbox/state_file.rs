//! A demo that is started again still has what it took.

use reqwest::{Method, header};
use sandbox::Extras;
use serde_json::{Value, json};

use crate::world::{World, address, attachment, envelope};

#[tokio::test]
async fn what_was_taken_outlives_a_restart() {
    let folder = std::env::temp_dir().join(format!("sandbox-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir(&folder).unwrap();
    let extras = || Extras { state_file: Some(folder.join("state.json")), ..Extras::default() };
    let bytes = b"%PDF-1.7 kept";
    let mut envelope = envelope();
    envelope["attachments"] = json!([attachment(bytes, "证书.pdf")]);
    let id = envelope["id"].as_str().unwrap().to_owned();

    let world = World::with(extras()).await;
    let place = format!("/attachments/{}", address(bytes));
    let request = world.wire(Method::PUT, &place).header(header::CONTENT_TYPE, "application/pdf");
    request.body(bytes.to_vec()).send().await.unwrap();
    let first: Value = world.put(&envelope).await.json().await.unwrap();
    world.decide(&id, "submission.under_review", Value::Null).await;
    world.portal.hears(1).await;
    world.sandbox.stop().await;

    let world = World::with(extras()).await;
    assert_eq!(first, world.put(&envelope).await.json::<Value>().await.unwrap());
    assert_eq!(world.get(&format!("/submissions/{id}")).await["state"], "under_review");
    let file = format!("/platform/submissions/{id}/attachments/{}", address(bytes));
    let file = world.client.get(world.at(&file)).send().await.unwrap();
    assert_eq!(file.bytes().await.unwrap().as_ref(), bytes);
    std::fs::remove_dir_all(folder).unwrap();
}
