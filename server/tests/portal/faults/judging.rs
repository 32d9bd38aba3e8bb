//! What is looked for after a fault: every draft with what was typed, every filing at the platform, once and in order, with a
//! receipt that holds, and the log verified from outside.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use sandbox::Sandbox;
use server::clock::Clock;
use server::config::Config;
use server::portal::Portal;
use server::receipting;
use server::serving::start;
use server::storage::operations::WhichRows;

use super::Tally;
use super::load::Noted;
use crate::browser::Browser;
use crate::licence::id_of;
use crate::program::{mood, verify_log};

/// What the platform has.
struct There {
    id: String,
    /// Which number it is stands in the document that was sent, and is different in each draft.
    number: String,
    is_taken_back: bool,
    /// The filing that it corrects.
    revises: Option<String>,
}

/// Lets everything reach the platform, and compares it with what was answered.
pub async fn settle(config: &Path, sandbox: &Sandbox, noted: &Noted, so_far: Tally) -> Tally {
    mood(sandbox, "normal").await;
    let ids = |drafts: &[String]| drafts.iter().map(|draft| id_of(draft)).collect::<BTreeSet<_>>();
    let (filed, taken_back) = (ids(&noted.filed.lock().unwrap()), ids(&noted.taken_back.lock().unwrap()));
    assert!(filed.len() > 1, "there was no load");
    let there = drained(config, sandbox, &filed, &taken_back).await;
    let corrected = noted.corrected.lock().unwrap().clone();
    let corrects = |id: &str, first: &str| there.iter().any(|it| it.id == id && it.revises.as_deref() == Some(first));
    // The platform takes a correction only of what it has and has sent back.
    let not_corrected = corrected.iter().filter(|(id, first)| !corrects(id, first)).count();
    println!(
        "{} corrections, {not_corrected} of them not there as such; {} more were sent back",
        corrected.len(),
        noted.sent_back.lock().unwrap().len()
    );
    let lost = so_far.lost + missing_there(&there, &filed, &taken_back) + not_corrected;
    let doubled = there.len() - there.iter().map(|it| &it.number).collect::<BTreeSet<_>>().len();
    let answered = noted.kept.lock().unwrap().len() + filed.len() + taken_back.len();
    let tally = Tally { answered, lost, doubled, ..so_far };
    assert!(lost == 0 && doubled == 0, "{tally:?}");
    tally
}

/// How many of the filings are not at the platform, or were taken back and are not taken back there.
fn missing_there(there: &[There], filed: &BTreeSet<String>, taken_back: &BTreeSet<String>) -> usize {
    let has = |id: &String| there.iter().any(|it| it.id == *id);
    let took_back = |id: &String| there.iter().any(|it| it.id == *id && it.is_taken_back);
    filed.iter().filter(|id| !has(id)).count() + taken_back.iter().filter(|id| !took_back(id)).count()
}

/// How many of the drafts that were kept are neither there, with what was typed, nor filed.
pub async fn missing(browser: &Browser, kept: &BTreeMap<String, String>, looked_at: &mut BTreeSet<String>) -> usize {
    let mut missing = 0;
    for (draft, number) in kept.iter().filter(|(draft, _)| !looked_at.contains(*draft)) {
        let mut page = browser.visit(draft).await;
        for _ in 0..150 {
            // A store that recovers says so for a moment.
            if page.status != 503 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
            page = browser.visit(draft).await;
        }
        if page.status != 200 || !page.text().contains(number) {
            println!("{draft} ({number}) is lost: {} {}", page.status, page.page().h1());
            missing += 1;
        }
    }
    looked_at.extend(kept.keys().cloned());
    missing
}

/// What the platform has once the portal has had all the time it wants to send what waits.
async fn drained(config: &Path, sandbox: &Sandbox, filed: &BTreeSet<String>, taken_back: &BTreeSet<String>) -> Vec<There> {
    let clock = Clock::default();
    let settings = Config::parse(&std::fs::read_to_string(config).unwrap(), std::iter::empty()).unwrap();
    let log = settings.public_url.join("log").unwrap();
    let running = start(settings, clock.clone()).await.unwrap();
    let (mut there, mut unsent) = (Vec::new(), 0);
    for _ in 0..1200 {
        there = submissions(sandbox).await;
        unsent = running.portal.storage.outbox_figures().await.unwrap().unsent;
        if missing_there(&there, filed, taken_back) == 0 && unsent == 0 {
            break;
        }
        clock.advance(10 * 60 * 1000);
        running.portal.courier.notify_one();
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let rows = running.portal.storage.outbox_rows(WhichRows::Unsent, 5).await.unwrap();
    assert_eq!(unsent, 0, "a platform that takes everything has not taken {rows:?}");
    assert_eq!(running.portal.storage.untold_failures().await.unwrap(), 0, "somebody was not told of a failure");
    let (holds, said, complaint) = verify_log(&log, None);
    assert!(holds, "the log does not hold: {said} {complaint}");
    receipts_hold(&running.portal, filed).await;
    for it in there.iter().filter(|it| !filed.contains(&it.id)) {
        // Whoever went away before the answer filed it all the same; but what the platform has is known here.
        let receipt = receipting::receipt(&running.portal, &it.id).await.unwrap_or_else(|why| panic!("{}: {why}", it.id));
        assert!(receipt.is_some(), "the platform has {}, and nobody knows it here", it.id);
    }
    running.stop().await;
    there
}

/// Each filing has its own place in the log, and its receipt proves it.
async fn receipts_hold(portal: &Portal, filed: &BTreeSet<String>) {
    let mut places = BTreeSet::new();
    for id in filed {
        let receipt = receipting::receipt(portal, id).await.unwrap_or_else(|why| panic!("the receipt of {id}: {why}"));
        let (bundle, _) = receipt.unwrap_or_else(|| panic!("{id} has no receipt"));
        assert!(places.insert(bundle.accepted.index), "{id} shares its place in the log");
    }
}

async fn submissions(sandbox: &Sandbox) -> Vec<There> {
    let all: serde_json::Value =
        reqwest::get(format!("{}/control/submissions", sandbox.url())).await.unwrap().json().await.unwrap();
    let all = all["submissions"].as_array().unwrap().iter();
    let number = |text: &str| text.split("\"N-").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    all.map(|it| {
        let id = it["id"].as_str().unwrap().to_owned();
        let number = number(&it["envelope"]["content"].to_string()).unwrap_or_else(|| id.clone());
        There {
            id,
            number,
            is_taken_back: !it["withdrawal"].is_null(),
            revises: it["envelope"]["revises"].as_str().map(str::to_owned),
        }
    })
    .collect()
}
