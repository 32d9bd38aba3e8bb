//! Reconciliation against a list of the platform's that is not what it should be.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use credit::filing::{Decision, State};
use serde_json::json;
use server::clock::Clock;
use server::platform::list::{NotListed, PlatformList};
use server::platform::wire_v1::{SubmissionPage, SubmissionWithEvents};
use server::storage::reconciliations::{ListPlace, Report};
use server::storage::{NewFiling, Settlement};

use crate::places::Store;
use crate::samples::{MINUTE, NOON, enterprise, filed, forwarded, reconciler};

const DAY: i64 = 24 * 60 * MINUTE;

/// A list whose places are numbers of changes, in the order in which they came.
#[derive(Default)]
struct List {
    /// Which list it is: a restored platform begins another one.
    name: &'static str,
    changes: Vec<String>,
    /// What is said of each that is there.
    held: BTreeMap<String, serde_json::Value>,
    /// Which one cannot be read.
    broken: Option<String>,
}

#[derive(Clone, Default)]
struct Platform(Arc<Mutex<List>>);

impl Platform {
    fn holds(&self, filing: &NewFiling, events: serde_json::Value) {
        let mut list = self.0.lock().unwrap();
        list.changes.push(filing.id.clone());
        list.held.insert(filing.id.clone(), json!({ "events": events }));
    }
}

#[async_trait]
impl PlatformList for Platform {
    async fn page(&self, since: &ListPlace) -> Result<SubmissionPage, NotListed> {
        let list = self.0.lock().unwrap();
        let since = match since.0.as_deref() {
            None => 0,
            Some(place) => place.strip_prefix(list.name).and_then(|at| at.parse().ok()).ok_or(NotListed::NoSuchPlace)?,
        };
        let items: Vec<_> = list.changes[since..].iter().map(|id| json!({ "id": id, "receipt_number": "FX-1" })).collect();
        let next = format!("{}{}", list.name, list.changes.len());
        Ok(serde_json::from_value(json!({ "items": items, "next": next, "more": false })).unwrap())
    }

    async fn submission(&self, id: &str) -> Result<Option<SubmissionWithEvents>, NotListed> {
        let list = self.0.lock().unwrap();
        if list.broken.as_deref() == Some(id) {
            return Err(NotListed::Trouble("the platform answered 500".to_owned()));
        }
        Ok(list.held.get(id).map(|held| serde_json::from_value(held.clone()).unwrap()))
    }
}

async fn reconciled(store: &Store, platform: &Platform, now: i64) -> Report {
    reconciler(store, platform.clone(), &Clock::still(now)).reconcile(true).await.unwrap().expect("it is forced")
}

/// One that the platform took.
async fn handed_over(store: &Store) -> NewFiling {
    let filing = filed(store, &enterprise()).await;
    for delivery in store.claim_deliveries(NOON + MINUTE, NOON + 2 * MINUTE, 10).await.unwrap() {
        store.settle_delivery(&delivery, &Settlement::Delivered(Some(forwarded())), NOON + MINUTE).await.unwrap();
    }
    filing
}

fn granted(id: &str) -> serde_json::Value {
    json!([{ "id": id, "type": "submission.granted", "occurred_at": "2026-11-24T14:00:00.000Z", "data": { "verification": "verified" } }])
}

pub async fn what_a_restored_platform_has_lost_is_named(store: Store) {
    let platform = Platform::default();
    platform.0.lock().unwrap().name = "first-";
    let (kept, lost) = (handed_over(&store).await, handed_over(&store).await);
    platform.holds(&kept, json!([]));
    platform.holds(&lost, json!([]));
    assert!(reconciled(&store, &platform, NOON + 10 * MINUTE).await.is_clean());
    // Its list goes on as if nothing had happened: the loss is found within a day, by asking.
    platform.0.lock().unwrap().held.remove(&lost.id);
    assert!(reconciled(&store, &platform, NOON + 20 * MINUTE).await.is_clean());
    let report = reconciled(&store, &platform, NOON + 20 * MINUTE + DAY).await;
    assert_eq!(report.missing_there, std::slice::from_ref(&lost.id));
    // It begins its list anew: the loss is found at once.
    let other = handed_over(&store).await;
    platform.holds(&other, json!([]));
    reconciled(&store, &platform, NOON + 30 * MINUTE + DAY).await;
    {
        let mut list = platform.0.lock().unwrap();
        (list.name, list.changes) = ("second-", vec![kept.id.clone()]);
        list.held.remove(&other.id);
    }
    let mut named = reconciled(&store, &platform, NOON + 40 * MINUTE + DAY).await.missing_there;
    named.sort_unstable();
    let mut both = [lost.id, other.id];
    both.sort_unstable();
    assert_eq!(named, both);
}

pub async fn one_submission_that_cannot_be_read_holds_up_no_other(store: Store) {
    let platform = Platform::default();
    let (broken, sound) = (handed_over(&store).await, handed_over(&store).await);
    platform.holds(&broken, granted("m-1"));
    platform.holds(&sound, granted("m-2"));
    platform.0.lock().unwrap().broken = Some(broken.id.clone());
    let report = reconciled(&store, &platform, NOON + 10 * MINUTE).await;
    assert_eq!(report.caught_up, 1);
    assert!(report.problem.as_ref().is_some_and(|problem| problem.contains(&broken.id)), "{report:?}");
    let state = async |filing: &NewFiling| store.filing(&filing.id, &filing.enterprise.code).await.unwrap().unwrap().standing.state;
    assert!(matches!(state(&sound).await, State::Decided(Decision::Granted { .. })));
    // As soon as it can be read, it is.
    platform.0.lock().unwrap().broken = None;
    let report = reconciled(&store, &platform, NOON + 20 * MINUTE).await;
    assert_eq!((report.caught_up, report.problem), (1, None));
    assert!(matches!(state(&broken).await, State::Decided(Decision::Granted { .. })));
}
