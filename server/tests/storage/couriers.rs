//! The courier at work on a store, with a platform that takes its time.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use credit::filing::Instant;
use server::clock::Clock;
use server::courier::breaker::{Breaker, OPENS_AFTER};
use server::courier::{AT_ONCE, Courier};
use server::live::Live;
use server::metrics::Metrics;
use server::platform::client::{Deliver, Fault, Outcome};
use server::storage::Delivery;
use server::storage::operations::BreakerState;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::places::Store;
use crate::samples::{MINUTE, NOON, enterprise, filed};

/// A platform that never answers about one filing.
#[derive(Clone)]
struct Slow {
    silent_about: String,
    taken: Arc<Mutex<BTreeSet<String>>>,
}

#[async_trait]
impl Deliver for Slow {
    async fn deliver(&self, delivery: &Delivery, _now: Instant) -> Outcome {
        if delivery.filing_id == self.silent_about {
            std::future::pending::<()>().await;
        }
        self.taken.lock().unwrap().insert(delivery.filing_id.clone());
        Outcome::Taken(None)
    }
}

const NOW: Instant = NOON + 20 * MINUTE;

/// A courier whose clock stands still.
fn courier(store: &Store, platform: Arc<dyn Deliver>) -> Courier {
    Courier {
        storage: store.clone(),
        platform,
        breaker: Mutex::new(Breaker::new(AT_ONCE)),
        chance: || 0,
        clock: Clock::still(NOW),
        live: Live::default(),
        wake: Arc::new(Notify::new()),
        mailer: Arc::new(Notify::new()),
        scanner: None,
        metrics: Metrics::default(),
    }
}

pub async fn what_takes_long_keeps_only_its_own_seat(store: Store) {
    let stuck = filed(&store, &enterprise()).await;
    // Many more than there are seats.
    let mut others = BTreeSet::new();
    for _ in 0..AT_ONCE * 3 {
        others.insert(filed(&store, &enterprise()).await.id);
    }
    let platform = Slow { silent_about: stuck.id, taken: Arc::default() };
    let running = tokio::spawn(courier(&store, Arc::new(platform.clone())).run(CancellationToken::new()));
    for _ in 0..200 {
        if *platform.taken.lock().unwrap() == others {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    running.abort();
    assert_eq!(*platform.taken.lock().unwrap(), others);
}

async fn stands(store: &Store, state: &str) {
    store.keep_breaker(&BreakerState { state: state.to_owned(), since: NOON, problem: None }).await.unwrap();
}

pub async fn a_courier_that_begins_in_an_outage_costs_one_row_a_try_and_no_more(store: Store) {
    for _ in 0..AT_ONCE {
        filed(&store, &enterprise()).await;
    }
    stands(&store, "open").await;
    let platform = Tiring { takes: 0, taken: Arc::default(), failed: Arc::default() };
    let stop = CancellationToken::new();
    let running = tokio::spawn(courier(&store, Arc::new(platform.clone())).run(stop.clone()));
    for _ in 0..200 {
        if !platform.failed.lock().unwrap().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.cancel();
    running.await.unwrap();
    assert_eq!(platform.failed.lock().unwrap().len(), 1);
    assert_eq!(store.breaker().await.unwrap().unwrap().state, "open");
}

/// A platform that takes so many, quickly, and then is out of order.
#[derive(Clone)]
struct Tiring {
    takes: usize,
    taken: Arc<Mutex<BTreeSet<String>>>,
    failed: Arc<Mutex<BTreeSet<String>>>,
}

#[async_trait]
impl Deliver for Tiring {
    async fn deliver(&self, delivery: &Delivery, _now: Instant) -> Outcome {
        // As long as an answer from next door takes.
        tokio::time::sleep(Duration::from_millis(2)).await;
        let mut taken = self.taken.lock().unwrap();
        if taken.len() < self.takes {
            taken.insert(delivery.filing_id.clone());
            return Outcome::Taken(None);
        }
        self.failed.lock().unwrap().insert(delivery.filing_id.clone());
        Outcome::Later { after: None, problem: "out of order".to_owned(), fault: Fault::Platform }
    }
}

pub async fn what_was_claimed_ahead_is_left_to_others_when_the_platform_fails_and_when_the_courier_stops(store: Store) {
    let mut filings = BTreeSet::new();
    for _ in 0..AT_ONCE * 6 {
        filings.insert(filed(&store, &enterprise()).await.id);
    }
    // First it stops by itself, as the platform is out of order; then it is stopped while the platform takes everything.
    for takes in [AT_ONCE as usize * 2, usize::MAX] {
        stands(&store, "closed").await;
        let platform = Tiring { takes, taken: Arc::default(), failed: Arc::default() };
        let stop = CancellationToken::new();
        let running = tokio::spawn(courier(&store, Arc::new(platform.clone())).run(stop.clone()));
        let (tried, enough) = match takes {
            usize::MAX => (&platform.taken, AT_ONCE as usize),
            _ => (&platform.failed, OPENS_AFTER),
        };
        for _ in 0..400 {
            if tried.lock().unwrap().len() >= enough {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stop.cancel();
        running.await.unwrap();
        let (taken, failed) = (platform.taken.lock().unwrap().clone(), platform.failed.lock().unwrap().clone());
        assert!(taken.len() >= AT_ONCE as usize, "{}", taken.len());
        let most = AT_ONCE as usize + OPENS_AFTER;
        assert!(failed.len() <= most, "only what opened the breaker and what was under way then: {}", failed.len());
        filings.retain(|id| !taken.contains(id));
        let due = store.claim_deliveries(NOW, NOW, AT_ONCE * 6).await.unwrap();
        assert!(due.iter().all(|delivery| delivery.attempts == 0), "nothing is counted as a try that was none");
        let due: BTreeSet<String> = due.into_iter().map(|delivery| delivery.filing_id).collect();
        assert_eq!(due, filings.difference(&failed).cloned().collect(), "nothing waits for its lease to end");
        // What failed waits for longer than the next turn takes.
        filings.retain(|id| !failed.contains(id));
    }
}

/// A platform that sees how many it has to answer at once.
#[derive(Clone, Default)]
struct Counting {
    at_once: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    taken: Arc<Mutex<Vec<String>>>,
}

#[async_trait]
impl Deliver for Counting {
    async fn deliver(&self, delivery: &Delivery, _now: Instant) -> Outcome {
        let at_once = self.at_once.fetch_add(1, Ordering::Relaxed) + 1;
        self.most.fetch_max(at_once, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(2)).await;
        self.taken.lock().unwrap().push(delivery.filing_id.clone());
        self.at_once.fetch_sub(1, Ordering::Relaxed);
        Outcome::Taken(None)
    }
}

pub async fn the_platform_has_to_answer_only_so_many_at_once_and_each_once(store: Store) {
    let mut filings = BTreeSet::new();
    for _ in 0..AT_ONCE * 12 {
        filings.insert(filed(&store, &enterprise()).await.id);
    }
    let (platform, stop) = (Counting::default(), CancellationToken::new());
    let running = tokio::spawn(courier(&store, Arc::new(platform.clone())).run(stop.clone()));
    for _ in 0..800 {
        if store.outbox_figures().await.unwrap().unsent == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    stop.cancel();
    running.await.unwrap();
    assert_eq!(platform.most.load(Ordering::Relaxed), AT_ONCE as usize);
    let taken = platform.taken.lock().unwrap().clone();
    assert_eq!((taken.len(), taken.into_iter().collect::<BTreeSet<_>>()), (filings.len(), filings));
}
