//! The contract in `docs/platform-openapi.yaml`, held against the platform that keeps it.

use std::collections::BTreeSet;

use reqwest::{Method, header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    contract_reader::{Reader, contract},
    schema::{misfits, resolve},
    world::{MACHINERY, World, address, attachment, envelope},
};

/// The contract's operations with a path that exists for each.
fn operations(id: &str, sha256: &str) -> Vec<(&'static str, Method, String)> {
    vec![
        ("/v1/submissions", Method::GET, "/submissions".to_owned()),
        ("/v1/submissions/{id}", Method::GET, format!("/submissions/{id}")),
        ("/v1/submissions/{id}", Method::PUT, format!("/submissions/{id}")),
        ("/v1/submissions/{id}/withdrawal", Method::PUT, format!("/submissions/{id}/withdrawal")),
        ("/v1/submissions/{id}/consents", Method::PUT, format!("/submissions/{id}/consents")),
        ("/v1/attachments/{sha256}", Method::HEAD, format!("/attachments/{sha256}")),
        ("/v1/attachments/{sha256}", Method::PUT, format!("/attachments/{sha256}")),
        ("/v1/enterprises/{code}/records", Method::GET, format!("/enterprises/{MACHINERY}/records")),
        ("/v1/enterprises/{code}/standing", Method::GET, format!("/enterprises/{MACHINERY}/standing")),
    ]
}

async fn submissions(reader: &mut Reader) -> String {
    let bytes = b"%PDF-1.7 contract";
    let mut envelope = envelope();
    envelope["attachments"] = json!([attachment(bytes, "证书.pdf")]);
    reader.put(424, &envelope).await;
    let file = format!("/attachments/{}", address(bytes));
    let template = "/v1/attachments/{sha256}";
    let put = |reader: &Reader, path: &str| reader.wire(Method::PUT, path).header(header::CONTENT_TYPE, "application/pdf");
    reader.expect(template, 404, reader.wire(Method::HEAD, &file)).await;
    reader.expect(template, 400, put(reader, "/attachments/short").body(bytes.to_vec())).await;
    reader.expect(template, 415, reader.wire(Method::PUT, &file).body(bytes.to_vec())).await;
    reader.expect(template, 422, put(reader, &file).body("other")).await;
    reader.expect(template, 413, put(reader, &file).body(vec![0; 32 * 1024 * 1024 + 1])).await;
    reader.expect(template, 201, put(reader, &file).body(bytes.to_vec())).await;
    reader.expect(template, 200, put(reader, &file).body(bytes.to_vec())).await;
    reader.expect(template, 200, reader.wire(Method::HEAD, &file)).await;

    reader.put(202, &envelope).await;
    envelope["reference"] = json!("another");
    reader.put(409, &envelope).await;
    let template = "/v1/submissions/{id}";
    let plain = reader.submission(&envelope).body("not what the digest says");
    reader.expect(template, 400, plain).await;
    let text = reader.wire(Method::PUT, "/submissions/0198f2b4-7c1e-7a55-9d1f-3f6f0a4f2c11").body("x");
    reader.expect(template, 415, text).await;
    let large = reader.submission(&envelope).body(" ".repeat(1024 * 1024 + 1));
    reader.expect(template, 413, large).await;
    envelope["id"] = json!(Uuid::now_v7());
    envelope["content"]["number"] = json!("REFUSE");
    reader.put(422, &envelope).await;

    let id = reader.world.taken().await;
    reader.world.decide(&id, "submission.under_review", Value::Null).await;
    reader.world.decide(&id, "submission.granted", Value::Null).await;
    reader.world.decide(&id, "publication.published", Value::Null).await;
    reader.expect(template, 200, reader.wire(Method::GET, &format!("/submissions/{id}"))).await;
    reader.expect(template, 400, reader.wire(Method::GET, "/submissions/x")).await;
    let nobody = format!("/submissions/{}", Uuid::now_v7());
    reader.expect(template, 404, reader.wire(Method::GET, &nobody)).await;
    reader.expect("/v1/submissions", 200, reader.wire(Method::GET, "/submissions")).await;
    reader.expect("/v1/submissions", 400, reader.wire(Method::GET, "/submissions?since=x")).await;
    id
}

async fn withdrawals(reader: &mut Reader, decided: &str) {
    let template = "/v1/submissions/{id}/withdrawal";
    let body = json!({ "wire": "1", "withdrawn_at": "2026-11-24T01:00:00.000Z", "reason": "" }).to_string();
    let open = reader.world.taken().await;
    let unknown = Uuid::now_v7().to_string();
    for (id, status, body) in [
        (open.as_str(), 400, "{}".to_owned()),
        (&open, 413, " ".repeat(1024 * 1024 + 1)),
        (&open, 202, body.clone()),
        (&unknown, 404, body.clone()),
        (decided, 409, body.clone()),
    ] {
        let request = reader.json(Method::PUT, &format!("/submissions/{id}/withdrawal")).body(body);
        reader.expect(template, status, request).await;
    }
    let request = reader.wire(Method::PUT, &format!("/submissions/{open}/withdrawal")).body(body);
    reader.expect(template, 415, request).await;
}

async fn consents(reader: &mut Reader, decided: &str) {
    let template = "/v1/submissions/{id}/consents";
    let consents = json!([{ "purpose": "publish", "given": false }, { "purpose": "evaluate", "given": true }]);
    let body = json!({ "wire": "1", "changed_at": "2026-11-24T01:00:00.000Z", "consents": consents }).to_string();
    let unknown = Uuid::now_v7().to_string();
    for (id, status, body) in [
        (decided, 400, "{}".to_owned()),
        (decided, 413, " ".repeat(1024 * 1024 + 1)),
        (decided, 202, body.clone()),
        (decided, 202, body.clone()),
        (&unknown, 404, body.clone()),
    ] {
        let request = reader.json(Method::PUT, &format!("/submissions/{id}/consents")).body(body);
        reader.expect(template, status, request).await;
    }
    let request = reader.wire(Method::PUT, &format!("/submissions/{decided}/consents")).body(body);
    reader.expect(template, 415, request).await;
    let told = reader.wire(Method::GET, &format!("/submissions/{decided}")).send().await.unwrap();
    let told: Value = told.json().await.unwrap();
    assert_eq!(told["publication"]["state"], "stopped", "without the authorisation nothing stays published");
}

async fn enterprises(reader: &mut Reader) {
    for matter in ["records", "standing"] {
        let template = format!("/v1/enterprises/{{code}}/{matter}");
        for code in [MACHINERY, "91310120FXXY00027Y", "92310120FXXY00035N", "93310120FXXY00043E", "51310120FXXY00078B"] {
            let request = reader.wire(Method::GET, &format!("/enterprises/{code}/{matter}"));
            reader.expect(&template, 200, request).await;
        }
        let request = reader.wire(Method::GET, &format!("/enterprises/91310120FXXY000190/{matter}"));
        reader.expect(&template, 404, request).await;
    }
}

#[tokio::test]
async fn every_answer_of_the_contract_is_given_and_looks_as_it_says() {
    let mut reader = Reader::start().await;
    let decided = submissions(&mut reader).await;
    withdrawals(&mut reader, &decided).await;
    consents(&mut reader, &decided).await;
    enterprises(&mut reader).await;
    for (template, method, path) in operations(&decided, &address(b"")) {
        let place = format!("{}/v1{path}", reader.world.sandbox.platform_url());
        let stranger = reader.world.client.request(method.clone(), place);
        reader.expect(template, 401, stranger).await;
        for (mood, status) in [("too_many", 429), ("broken", 500), ("down", 503)] {
            reader.world.mood(json!({ "mood": mood, "times": 1 })).await;
            reader.expect(template, status, reader.wire(method.clone(), &path)).await;
        }
    }
    let mut promised = BTreeSet::new();
    for (template, operations) in reader.contract["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            for status in operation["responses"].as_object().into_iter().flatten().map(|(status, _)| status) {
                promised.insert((template.clone(), method.clone(), status.clone()));
            }
        }
    }
    assert!(promised.len() > 50);
    let missed: Vec<_> = promised.difference(&reader.seen).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[tokio::test]
async fn every_event_looks_as_the_contract_says() {
    let world = World::start().await;
    let contract = contract();
    let comments = json!({ "comments": [{ "field": "number", "comment": "看不清" }] });
    let lives: [&[(&str, Value)]; 4] = [
        &[
            ("submission.under_review", Value::Null),
            ("submission.granted", Value::Null),
            ("publication.published", Value::Null),
            ("publication.stopped", json!({ "reason": "失效" })),
        ],
        &[("submission.under_review", Value::Null), ("submission.refused", json!({ "reasons": ["不符"] }))],
        &[
            ("submission.under_review", Value::Null),
            ("submission.granted", Value::Null),
            ("submission.found_untrue", json!({ "reason": "经核查不实" })),
        ],
        &[("submission.under_review", Value::Null), ("submission.returned", comments), ("submission.withdrawn", Value::Null)],
    ];
    for life in lives {
        let id = world.taken().await;
        for (kind, data) in life {
            assert_eq!(world.decide(&id, kind, data.clone()).await, 200, "{kind}");
        }
    }
    let id = world.taken_commitment().await;
    for (kind, data) in
        [("submission.under_review", Value::Null), ("submission.granted", Value::Null), ("commitment.performance", found())]
    {
        assert_eq!(world.decide(&id, kind, data).await, 200, "{kind}");
    }
    let schema = &contract["components"]["schemas"]["Event"];
    let mut kinds = BTreeSet::new();
    for heard in world.portal.hears(15).await {
        assert_eq!(misfits(&contract, schema, &heard.json(), ""), [""; 0]);
        kinds.insert(heard.kind());
    }
    let declared = contract["components"]["schemas"]["EventType"]["enum"].as_array().unwrap();
    assert_eq!(kinds.len(), declared.len());
}

fn found() -> Value {
    json!({
        "performance": "partly", "found_by": "上海市奉贤区示例管理局", "found_by_code": "11310120FXXY0006XF",
        "found_on": "2026-11-30", "unfulfilled": "第二项没有按期补交", "pursued": null,
    })
}

#[test]
fn every_example_fits_its_schema_and_every_reference_leads_somewhere() {
    let contract = contract();
    let mut examples = 0;
    walk(&contract, &contract, &mut examples);
    assert!(examples > 8, "{examples}");
}

fn walk(contract: &Value, node: &Value, examples: &mut usize) {
    if let Some(reference) = node["$ref"].as_str() {
        resolve(contract, reference);
    }
    let named = node["examples"].as_object().into_iter().flatten().map(|(_, example)| &example["value"]);
    for example in node.get("example").into_iter().chain(named) {
        *examples += 1;
        assert_eq!(misfits(contract, &node["schema"], example, ""), [""; 0]);
    }
    for child in node.as_object().into_iter().flatten().map(|(_, child)| child) {
        walk(contract, child, examples);
    }
    for child in node.as_array().into_iter().flatten() {
        walk(contract, child, examples);
    }
}
