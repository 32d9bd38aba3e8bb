//! Traces, as a collector gets them from the real program.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;

use crate::browser::Browser;
use crate::licence::{TITLE, file, id_of, page_in_state, sound_draft};
use crate::place::Folder;
use crate::program::{Program, prepared};

type Bodies = Arc<Mutex<Vec<Bytes>>>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_gets_each_request_and_delivery_and_nothing_personal() {
    let (endpoint, bodies) = collector().await;
    let folder = Folder::new();
    let (sandbox, config, base) = prepared(&folder).await;
    let settings = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, format!("{settings}[traces]\nendpoint = {endpoint:?}\npercent = 100\n")).unwrap();
    let mut program = Program::serve(&config, &base).await;
    let browser = Browser::new(&base, &sandbox.url());
    browser.sign_in("legal-representative").await.page_of(200);
    let draft = sound_draft(&browser).await;
    let filing = file(&browser, &draft, &[]).await;
    page_in_state(&browser, &filing, "平台已收到，等待受理").await;
    browser.get("/nowhere?q=江大海").await.page_of(404);
    program.terminate();
    assert_eq!(program.ends_within(Duration::from_secs(10)).await.code(), Some(0));

    let bodies = bodies.lock().unwrap().clone();
    let spans: Vec<Span> = bodies.iter().flat_map(spans_of).collect();
    let accepted = named(&spans, "POST /drafts/{id}/filing");
    assert_eq!(attribute(accepted, "http.response.status_code").as_deref(), Some("303"));
    // What the store did for it hangs below it.
    assert!(spans.iter().any(|span| span.name == "accept" && span.parent_span_id == accepted.span_id), "{spans:?}");
    let delivery = named(&spans, "deliver");
    assert_eq!(attribute(delivery, "filing.id"), Some(id_of(&filing)));
    assert_eq!(attribute(delivery, "delivery.outcome").as_deref(), Some("forwarded"));
    assert!(spans.iter().any(|span| span.name == "call" && span.parent_span_id == delivery.span_id));
    let session = browser.cookies_for("/").split_once('=').unwrap().1.to_owned();
    for secret in ["江大海", TITLE, "JY1310", "许可证.pdf", &session] {
        let there = bodies.iter().any(|body| body.windows(secret.len()).any(|part| part == secret.as_bytes()));
        assert!(!there, "{secret} is in a trace");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_that_is_away_holds_nothing_up() {
    let folder = Folder::new();
    let (sandbox, config, base) = prepared(&folder).await;
    let settings = std::fs::read_to_string(&config).unwrap();
    let nobody = format!("http://127.0.0.1:{}/v1/traces", crate::world::free_port());
    std::fs::write(&config, format!("{settings}[traces]\nendpoint = {nobody:?}\npercent = 100\n")).unwrap();
    let mut program = Program::serve(&config, &base).await;
    let browser = Browser::new(&base, &sandbox.url());
    browser.sign_in("legal-representative").await.page_of(200);
    let draft = sound_draft(&browser).await;
    let filing = file(&browser, &draft, &[]).await;
    page_in_state(&browser, &filing, "平台已收到，等待受理").await;
    program.terminate();
    assert_eq!(program.ends_within(Duration::from_secs(15)).await.code(), Some(0));
}

/// A collector that keeps what it gets.
async fn collector() -> (String, Bodies) {
    let bodies = Bodies::default();
    let take = async |State(bodies): State<Bodies>, body: Bytes| bodies.lock().unwrap().push(body);
    let router = Router::new().route("/v1/traces", post(take)).with_state(bodies.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/v1/traces", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, router).await });
    (endpoint, bodies)
}

fn spans_of(body: &Bytes) -> Vec<Span> {
    let request = ExportTraceServiceRequest::decode(body.clone()).unwrap();
    request.resource_spans.into_iter().flat_map(|of| of.scope_spans).flat_map(|of| of.spans).collect()
}

fn named<'a>(spans: &'a [Span], name: &str) -> &'a Span {
    let names: Vec<&str> = spans.iter().map(|span| &*span.name).collect();
    spans.iter().find(|span| span.name == name).unwrap_or_else(|| panic!("{name} is not in {names:?}"))
}

fn attribute(span: &Span, key: &str) -> Option<String> {
    let value = span.attributes.iter().find(|attribute| attribute.key == key)?.value.clone()?.value?;
    Some(match value {
        Value::StringValue(text) => text,
        Value::IntValue(number) => number.to_string(),
        other => panic!("{key} is {other:?}"),
    })
}
