//! The page on which the platform's people work, without a script.

use reqwest::{Method, header};
use serde_json::{Value, json};

use crate::world::{World, address, attachment, envelope};

#[tokio::test]
async fn what_was_filed_is_shown_as_text_whatever_it_contains() {
    let world = World::start().await;
    let bytes = b"<script>alert(3)</script>";
    let place = format!("/attachments/{}", address(bytes));
    let request = world.wire(Method::PUT, &place).header(header::CONTENT_TYPE, "text/html");
    request.body(bytes.to_vec()).send().await.unwrap();
    let mut envelope = envelope();
    envelope["content"] = json!({ "<script>alert(1)</script>": "<script>alert(2)</script>\"'&" });
    envelope["enterprise"]["name"] = json!("<script>名称</script>");
    envelope["attachments"] = json!([attachment(bytes, "<script>.html")]);
    assert_eq!(world.put(&envelope).await.status(), 202);
    let id = envelope["id"].as_str().unwrap();
    world.decide(id, "submission.under_review", json!({ "handler": "<script>岗</script>" })).await;
    for path in ["/platform/".to_owned(), format!("/platform/submissions/{id}")] {
        let page = world.page(&path).await;
        assert!(!page.contains("<script"), "{path}");
        assert!(page.contains("&lt;script&gt;名称"), "{path}");
    }
    let file = format!("/platform/submissions/{id}/attachments/{}", address(bytes));
    let file = world.client.get(world.at(&file)).send().await.unwrap();
    assert!(file.headers()[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment;"));
    assert_eq!(file.headers()[header::CONTENT_TYPE], "application/octet-stream");
    assert_eq!(file.bytes().await.unwrap().as_ref(), bytes);
}

#[tokio::test]
async fn a_submission_is_decided_with_plain_forms() {
    let world = World::start().await;
    let id = world.taken().await;
    let place = format!("/platform/submissions/{id}");
    let decide = async |fields: &[(&str, &str)]| world.post_form(&format!("{place}/decision"), fields).await.status().as_u16();
    assert!(world.page(&place).await.contains("value=\"submission.under_review\""));
    assert_eq!(decide(&[("type", "submission.under_review"), ("handler", "二岗")]).await, 303);
    let page = world.page(&place).await;
    assert!(page.contains("<option value=\"number\">") && page.contains("<option value=\"attachments\">"));
    let comments = [
        ("type", "submission.returned"),
        ("field", "number"),
        ("comment", "编号看不清"),
        ("field", ""),
        ("comment", ""),
        ("field", "attachments"),
        ("comment", "缺第二页"),
        ("note", ""),
    ];
    assert_eq!(decide(&comments).await, 303);
    let heard = world.portal.hears(2).await;
    let told = json!([
        { "field": "number", "comment": "编号看不清" },
        { "field": "attachments", "comment": "缺第二页" },
    ]);
    assert_eq!(heard[1].json()["data"]["comments"], told);
}

#[tokio::test]
async fn a_deed_that_does_not_fit_is_explained_on_the_page() {
    let world = World::start().await;
    let id = world.taken().await;
    let place = format!("/platform/submissions/{id}/decision");
    let early = world.post_form(&place, &[("type", "submission.granted"), ("verification", "verified")]).await;
    assert_eq!(early.status(), 409);
    assert!(early.text().await.unwrap().contains("role=\"alert\""));
    world.decide(&id, "submission.under_review", Value::Null).await;
    let empty = world.post_form(&place, &[("type", "submission.refused"), ("reasons", " \n ")]).await;
    assert_eq!(empty.status(), 422);
    assert!(empty.text().await.unwrap().contains("理由"));
}

#[tokio::test]
async fn from_grant_to_the_end_of_publication_and_the_switches() {
    let world = World::start().await;
    let id = world.taken().await;
    let place = format!("/platform/submissions/{id}/decision");
    for fields in [
        &[("type", "submission.under_review")][..],
        &[("type", "submission.granted"), ("verification", "partly_verified"), ("note", "第三项未核")],
        &[("type", "publication.published"), ("until", "")],
        &[("type", "publication.stopped"), ("reason", "证书失效")],
    ] {
        assert_eq!(world.post_form(&place, fields).await.status(), 303, "{fields:?}");
    }
    let last = world.portal.hears(4).await.remove(3);
    assert_eq!(last.json()["data"], json!({ "reason": "证书失效" }));
    let mood = [("mood", "slow"), ("times", "3"), ("seconds", "")];
    assert_eq!(world.post_form("/platform/mood", &mood).await.status(), 303);
    let set = json!({ "mood": "slow", "times": 3, "seconds": null, "only": null });
    assert_eq!(world.look("/mood").await, set);
    assert_eq!(world.post_form("/platform/auto", &[("mode", "review")]).await.status(), 303);
    assert!(world.page("/platform/").await.contains("<option value=\"review\" selected>"));
}
