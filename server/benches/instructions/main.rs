//! The paths that everybody goes, to be counted instruction by instruction.
//!
//! `cargo xtask instructions` runs each under callgrind, a few times and some times more, and compares what one of them takes with
//! `counted.txt` beside this. A count does not depend on what else the machine does. By hand:
//! `instructions PATH TIMES`; everything is prepared as for [`MOST`] times, so that only the times make a difference.

#[path = "../places/folder.rs"]
mod folder;
#[path = "../places/portal.rs"]
mod place;
#[allow(dead_code, reason = "it is what the queue's benchmark delivers")]
#[path = "../places/waiting.rs"]
mod waiting;

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use credit::log::entry::{Entry, EntryKind, salted};
use hmac::{Hmac, Mac};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use server::clock::Clock;
use server::platform::events::EventKeys;
use server::platform::wire_v1::Event;
use server::router::router;
use server::serving::gather_around;
use server::storage::Storage;
use server::storage::sqlite::SqliteStorage;

use self::folder::Folder;

/// The most times that a path is gone.
const MOST: usize = 24;
/// So many pages, entries and filings count as one: what a run begins with is a little different each time, and must not show.
const PAGES: usize = 8;
const ENTRIES: usize = 40;
const FILINGS: usize = 4;
/// So many deliveries are claimed at once.
const BATCH: i64 = 16;
/// When it is.
const NOW: i64 = 1_790_000_000_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let (path, times) = match arguments.as_slice() {
        [path, times] => (path.as_str(), times.parse().expect("a number of times")),
        _ => panic!("a path (form, event, append, accept, claim) and how many times"),
    };
    assert!(times <= MOST, "at most {MOST} times");
    // One thread beside the store's: what threads do to hand work to each other depends on the machine.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(async {
        match path {
            "form" => form(times).await,
            "event" => event(times),
            "append" => append(times).await,
            "accept" => accept(times).await,
            "claim" => claim(times).await,
            _ => panic!("there is no path {path:?}"),
        }
    });
}

async fn store(folder: &Folder) -> Arc<dyn Storage> {
    Arc::new(SqliteStorage::open(&folder.0.join("counted.sqlite")).await.expect("a fresh store opens"))
}

/// The form of a draft, for somebody signed in, from the request to the last byte of the page.
async fn form(times: usize) {
    let (folder, clock) = (Folder::fresh(), Clock::default());
    let storage = store(&folder).await;
    let nobody = "http://127.0.0.1:9/";
    let config = place::settings(&folder.0, nobody, nobody);
    let portal = gather_around(storage.clone(), config, clock.clone()).await.expect("everything is there");
    let (session, token) = place::signed_in(&*storage, clock.now()).await;
    let (draft, _) = place::sound_draft(&*storage, &session).await;
    let service = TowerToHyperService::new(router(Arc::new(portal)));
    for _ in 0..times * PAGES {
        let request = Request::get(format!("/drafts/{draft}")).header("cookie", format!("session={token}"));
        let answer = service.call(request.body(Body::empty()).expect("a request")).await.expect("a router answers");
        assert_eq!(answer.status(), 200);
        let page = to_bytes(answer.into_body(), usize::MAX).await.expect("it comes whole");
        assert!(page.ends_with(b"</html>"), "it is a page");
    }
}

/// An event of the platform: its signature verified, its words read.
fn event(times: usize) {
    let keys = EventKeys::parse(&[place::EVENTS.to_owned()]).expect("a key");
    let body = r#"{"wire":"1","type":"submission.granted","occurred_at":"2026-09-21T12:00:00+08:00",
        "submission":"01990000-0000-7000-8000-000000000000","data":{"verification":"verified","note":"已核对。"}}"#
        .as_bytes();
    let key = STANDARD.decode(place::EVENTS.trim_start_matches("whsec_")).expect("it is base64");
    let seconds = (NOW / 1000).to_string();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).expect("any length is one");
    for part in [&b"msg_1."[..], seconds.as_bytes(), b".", body] {
        mac.update(part);
    }
    let mut headers = HeaderMap::new();
    let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    for (name, value) in [("webhook-id", "msg_1"), ("webhook-timestamp", &seconds), ("webhook-signature", &signature)] {
        headers.insert(name, value.parse().expect("a header's value"));
    }
    for _ in 0..times {
        let id = keys.verify(&headers, body, NOW).expect("it holds");
        let event: Event = serde_json::from_slice(body).expect("it is one");
        assert!(event.read(id, NOW).is_ok(), "it is understood");
    }
}

/// Entries of the public log, each in a transaction of its own.
async fn append(times: usize) {
    let folder = Folder::fresh();
    let storage = store(&folder).await;
    let entry = |number: usize| {
        let digest = salted(&[0; 32], &number.to_be_bytes());
        Entry { kind: EntryKind::Accepted, at: NOW + i64::try_from(number).expect("few"), digest }
    };
    // In a log that has some already.
    storage.append_alone(&(0..1000).map(entry).collect::<Vec<_>>()).await.expect("they are appended");
    for number in 0..times * ENTRIES {
        storage.append_alone(&[entry(1000 + number)]).await.expect("it is appended");
    }
}

/// Drafts begun and filed: each with its filing, its history, its receipt, its entry in the log and its row for the courier.
async fn accept(times: usize) {
    let folder = Folder::fresh();
    let storage = store(&folder).await;
    let enterprise = waiting::enterprise(1);
    for _ in 0..times * FILINGS {
        waiting::accept(&*storage, &enterprise, NOW).await;
    }
}

/// Sixteen deliveries claimed at once, of ever so many that wait.
async fn claim(times: usize) {
    let folder = Folder::fresh();
    let storage = store(&folder).await;
    let batch = usize::try_from(BATCH).expect("few");
    waiting::seed(&storage, MOST * batch, 50).await;
    let now = Clock::default().now();
    for _ in 0..times {
        assert_eq!(storage.claim_deliveries(now, now + 60_000, BATCH).await.expect("the store answers").len(), batch);
    }
}
