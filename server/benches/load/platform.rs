//! What has arrived at the stand-in platform.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use sandbox::Sandbox;

/// Waits until all of these have arrived, or the time is over; gives how many of them are there exactly once.
pub async fn all_arrive(platform: &Sandbox, filed: &[String], patience: Duration) -> usize {
    let wanted: BTreeSet<&str> = filed.iter().map(String::as_str).collect();
    let began = Instant::now();
    loop {
        let there = submissions(platform).await;
        let once = wanted.iter().filter(|id| there.get(**id) == Some(&1)).count();
        if once == wanted.len() || began.elapsed() > patience {
            return once;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// How often each id is there.
async fn submissions(platform: &Sandbox) -> BTreeMap<String, usize> {
    let answer = reqwest::get(format!("{}/control/submissions", platform.url())).await.expect("the platform answers");
    let all: serde_json::Value = answer.json().await.expect("it answers in JSON");
    let mut there = BTreeMap::new();
    for submission in all["submissions"].as_array().into_iter().flatten() {
        *there.entry(submission["id"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    there
}
