//! Handing a submission over: once, whatever happens on the way.

use reqwest::{Method, header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{MACHINERY, World, address, attachment, commitment, digest, envelope};

async fn problem(response: reqwest::Response) -> (u16, Value) {
    let status = response.status().as_u16();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    (status, response.json().await.unwrap())
}

#[tokio::test]
async fn the_same_bytes_get_the_same_receipt_and_are_taken_once() {
    let world = World::start().await;
    let envelope = envelope();
    let first = world.put(&envelope).await;
    assert_eq!(first.status(), 202);
    let first: Value = first.json().await.unwrap();
    assert!(first["receipt_number"].as_str().unwrap().starts_with("FX20"));
    let second: Value = world.put(&envelope).await.json().await.unwrap();
    assert_eq!(first, second);
    let seen = world.look("/submissions").await;
    assert_eq!(seen["submissions"].as_array().unwrap().len(), 1);
    assert_eq!(seen["submissions"][0]["puts"], 2);
    assert_eq!(seen["submissions"][0]["envelope"], envelope);
}

#[tokio::test]
async fn an_id_cannot_be_used_for_other_content() {
    let world = World::start().await;
    let mut envelope = envelope();
    world.put(&envelope).await;
    envelope["content"]["name"] = json!("别的证书");
    let (status, body) = problem(world.put(&envelope).await).await;
    assert_eq!((status, &body["code"]), (409, &json!("id-reused")));
}

#[tokio::test]
async fn attachments_come_first_and_are_kept_once() {
    let world = World::start().await;
    let bytes = b"%PDF-1.7 example";
    let mut envelope = envelope();
    envelope["attachments"] = json!([attachment(bytes, "证书.pdf")]);
    let (status, body) = problem(world.put(&envelope).await).await;
    assert_eq!((status, &body["missing"]), (424, &json!([address(bytes)])));

    let place = format!("/attachments/{}", address(bytes));
    let head = async || world.wire(Method::HEAD, &place).send().await.unwrap();
    let send = async |bytes: &[u8]| {
        let request = world.wire(Method::PUT, &place).header(header::CONTENT_TYPE, "application/pdf");
        request.body(bytes.to_vec()).send().await.unwrap()
    };
    assert_eq!(head().await.status(), 404);
    let (status, body) = problem(send(b"other bytes").await).await;
    assert_eq!((status, &body["code"]), (422, &json!("digest-mismatch")));
    assert_eq!(send(bytes).await.status(), 201);
    assert_eq!(send(bytes).await.status(), 200);
    assert_eq!(head().await.headers()[header::CONTENT_LENGTH], "16");
    assert_eq!(world.put(&envelope).await.status(), 202);
}

#[tokio::test]
async fn content_is_refused_with_reasons_at_its_fields() {
    let world = World::start().await;
    let cases: [(&str, Value, &str, &str); 7] = [
        ("/content/number", json!("REFUSE-1"), "number", "not-found-at-issuer"),
        ("/enterprise/credit_code", json!("91310120FXXY000190"), "enterprise", "invalid-credit-code"),
        ("/enterprise/credit_code", json!("91310000MA1K000009"), "enterprise", "unknown-enterprise"),
        ("/content", json!({ "name": " " }), "content", "required"),
        ("/content", json!({}), "content", "required"),
        ("/pledge/text", json!("另一份承诺"), "pledge", "pledge-mismatch"),
        ("/revises", json!(Uuid::now_v7()), "revises", "unknown-submission"),
    ];
    for (pointer, value, field, code) in cases {
        let mut envelope = envelope();
        *envelope.pointer_mut(pointer).unwrap() = with_check_digit(value);
        let (status, body) = problem(world.put(&envelope).await).await;
        assert_eq!(status, 422, "{pointer}");
        assert_eq!(body["errors"][0]["field"], field, "{body}");
        assert_eq!(body["errors"][0]["code"], code, "{body}");
    }
}

/// One of the cases needs a valid code of an enterprise that does not exist; its last digit is found by trying.
fn with_check_digit(value: Value) -> Value {
    match value.as_str() {
        Some("91310000MA1K000009") => {
            let alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
            let body = "91310000MA1K00000";
            let sum: usize = body
                .chars()
                .scan(1, |weight, character| {
                    let part = alphabet.find(character)? * *weight;
                    *weight = *weight * 3 % 31;
                    Some(part)
                })
                .sum();
            let last = alphabet.chars().nth((31 - sum % 31) % 31).unwrap();
            json!(format!("{body}{last}"))
        }
        _ => value,
    }
}

#[tokio::test]
async fn a_body_that_is_not_what_its_headers_say_is_not_read() {
    let world = World::start().await;
    let envelope = envelope();
    let (id, body) = (envelope["id"].as_str().unwrap(), envelope.to_string());
    let send = async |digest: Option<String>, kind: &str, body: String| {
        let mut request = world.wire(Method::PUT, &format!("/submissions/{id}")).header(header::CONTENT_TYPE, kind);
        if let Some(digest) = digest {
            request = request.header("content-digest", digest);
        }
        problem(request.body(body).send().await.unwrap()).await
    };
    let json = "application/json";
    let (status, answer) = send(None, json, body.clone()).await;
    assert_eq!((status, &answer["code"]), (400, &json!("digest-mismatch")));
    let (status, _) = send(Some(digest(b"other")), json, body.clone()).await;
    assert_eq!(status, 400);
    let (status, _) = send(Some(digest(body.as_bytes())), "text/plain", body.clone()).await;
    assert_eq!(status, 415);
    let later = body.replace("\"wire\":\"1\"", "\"wire\":\"2\"");
    let (status, answer) = send(Some(digest(later.as_bytes())), json, later).await;
    assert_eq!((status, &answer["code"]), (400, &json!("unknown-wire-version")));
    let large = format!("{body}{}", " ".repeat(1024 * 1024));
    let (status, answer) = send(Some(digest(large.as_bytes())), json, large).await;
    assert_eq!((status, &answer["code"]), (413, &json!("too-large")));
}

#[tokio::test]
async fn a_revision_is_taken_for_a_returned_submission_only() {
    let world = World::start().await;
    let id = world.taken().await;
    let mut revision = envelope();
    revision["revises"] = json!(id);
    assert_eq!(world.put(&revision).await.status(), 422);
    world.decide(&id, "submission.under_review", Value::Null).await;
    let comments = json!({ "comments": [{ "field": "number", "comment": "看不清" }] });
    assert_eq!(world.decide(&id, "submission.returned", comments).await, 200);
    assert_eq!(world.put(&revision).await.status(), 202);
}

#[tokio::test]
async fn a_withdrawal_counts_once_and_not_after_the_decision() {
    let world = World::start().await;
    let id = world.taken().await;
    let first = world.withdraw(&id).await;
    assert_eq!(first.status(), 202);
    let first: Value = first.json().await.unwrap();
    assert_eq!(first, world.withdraw(&id).await.json::<Value>().await.unwrap());
    assert_eq!(world.portal.hears(1).await[0].kind(), "submission.withdrawn");

    let id = world.taken().await;
    world.decide(&id, "submission.under_review", Value::Null).await;
    world.decide(&id, "submission.granted", Value::Null).await;
    assert_eq!(world.withdraw(&id).await.status(), 409);
    assert_eq!(world.withdraw(&Uuid::now_v7().to_string()).await.status(), 404);
}

#[tokio::test]
async fn a_commitment_can_be_withdrawn_until_its_performance_was_found() {
    let world = World::start().await;
    for (found, status) in [(false, 202), (true, 409)] {
        let id = world.taken_commitment().await;
        world.decide(&id, "submission.under_review", Value::Null).await;
        world.decide(&id, "submission.granted", Value::Null).await;
        if found {
            let finding = json!({
                "performance": "fulfilled", "found_by": "示例局", "found_by_code": "11310120FXXY0006XF", "found_on": "2026-11-30",
            });
            assert_eq!(world.decide(&id, "commitment.performance", finding).await, 200);
        }
        assert_eq!(world.withdraw(&id).await.status(), status, "{found}");
    }
    let licence = world.taken().await;
    world.decide(&licence, "submission.under_review", Value::Null).await;
    world.decide(&licence, "submission.granted", Value::Null).await;
    assert_eq!(world.decide(&licence, "commitment.performance", json!({})).await, 422, "only a commitment is kept or not");
}

#[tokio::test]
async fn a_commitment_whose_letter_was_changed_on_the_way_is_refused() {
    let world = World::start().await;
    let mut envelope = commitment();
    envelope["commitment"]["statement"] = "格式：chengxin-commitment/1\n承诺人：别人\n".into();
    assert_eq!(world.put(&envelope).await.status(), 422);
}

#[tokio::test]
async fn a_submission_that_changed_stands_in_the_list_again() {
    let world = World::start().await;
    let (first, second) = (world.taken().await, world.taken().await);
    let page = world.get("/submissions?limit=1").await;
    assert_eq!((&page["items"][0]["id"], &page["more"]), (&json!(first), &json!(true)));
    let cursor = page["next"].as_str().unwrap();
    world.decide(&first, "submission.under_review", Value::Null).await;
    let page = world.get(&format!("/submissions?since={cursor}")).await;
    let ids: Vec<_> = page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect();
    assert_eq!((ids, &page["more"]), (vec![json!(second), json!(first)], &json!(false)));
    assert_eq!(page["items"][1]["state"], "under_review");
    let cursor = page["next"].as_str().unwrap();
    let page = world.get(&format!("/submissions?since={cursor}")).await;
    assert_eq!((&page["items"], page["next"].as_str()), (&json!([]), Some(cursor)));
}

#[tokio::test]
async fn a_granted_repair_stops_its_record_and_an_open_objection_marks_it() {
    let world = World::start().await;
    let place = format!("/enterprises/{MACHINERY}/records");
    for (kind, record) in [("repair", "FXR-0001"), ("objection", "FXR-0002")] {
        let mut envelope = envelope();
        envelope["kind"] = json!(kind);
        envelope["content"] = json!({ "record": record, "statement": "已履行" });
        world.put(&envelope).await;
        if kind == "repair" {
            let id = envelope["id"].as_str().unwrap();
            world.decide(id, "submission.under_review", Value::Null).await;
            world.decide(id, "submission.granted", Value::Null).await;
        }
    }
    let found = world.get(&place).await;
    assert!(found["records"][0]["stopped_on"].is_string());
    assert_eq!(found["records"][0]["disputed"], false);
    assert_eq!(found["records"][1]["disputed"], true);
    assert!(found["records"][1]["stopped_on"].is_null());
}

#[tokio::test]
async fn standing_tells_who_broke_a_commitment() {
    let world = World::start().await;
    let good = world.get(&format!("/enterprises/{MACHINERY}/standing")).await;
    assert_eq!((&good["in_good_standing"], &good["breaches"]), (&json!(true), &json!([])));
    let breached = world.get("/enterprises/91310120FXXY00027Y/standing").await;
    assert_eq!(breached["in_good_standing"], false);
    assert!(breached["breaches"][0]["until"].is_null());
}

#[tokio::test]
async fn an_association_is_barred_from_applying_until_a_day() {
    let world = World::start().await;
    let standing = world.get("/enterprises/51310120FXXY00078B/standing").await;
    assert_eq!(standing["bars"].as_array().map(Vec::len), Some(1));
    assert!(standing["bars"][0]["until"].as_str() > standing["as_of"].as_str().and_then(|at| at.get(..10)), "{standing}");
    assert_eq!(world.get(&format!("/enterprises/{MACHINERY}/standing")).await["bars"], json!([]));
}

#[tokio::test]
async fn an_enterprise_is_given_as_many_records_as_a_measurement_needs() {
    let world = World::start().await;
    let place = format!("/enterprises/{MACHINERY}/records");
    let count = async || world.get(&place).await["records"].as_array().map(Vec::len);
    let usual = count().await;
    world.control("/records", json!({ "credit_code": MACHINERY, "more": 500 })).await;
    assert_eq!(count().await, usual.map(|usual| usual + 500));
    world.control("/reset", json!({})).await;
    assert_eq!(count().await, usual);
}
