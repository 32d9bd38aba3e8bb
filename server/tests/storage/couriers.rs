//! The courier at work on a store, with a platform that takes its time.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use credit::filing::Instant;
use server::clock::Clock;
use server::courier::breaker::Breaker;
use server::courier::{AT_ONCE, Courier};
use server::live::Live;
use server::metrics::Metrics;
use server::platform::client::{Deliver, Outcome};
use server::storage::Delivery;
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

pub async fn what_takes_long_keeps_only_its_own_seat(store: Store) {
    let stuck = filed(&store, &enterprise()).await;
    // Many more than there are seats.
    let mut others = BTreeSet::new();
    for _ in 0..AT_ONCE * 3 {
        others.insert(filed(&store, &enterprise()).await.id);
    }
    let platform = Slow { silent_about: stuck.id, taken: Arc::default() };
    let courier = Courier {
        storage: store.clone(),
        platform: Arc::new(platform.clone()),
        breaker: Mutex::new(Breaker::new(AT_ONCE)),
        chance: || 0,
        clock: Clock::still(NOON + 20 * MINUTE),
        live: Live::default(),
        wake: Arc::new(Notify::new()),
        mailer: Arc::new(Notify::new()),
        scanner: None,
        metrics: Metrics::default(),
    };
    let running = tokio::spawn(courier.run(CancellationToken::new()));
    for _ in 0..200 {
        if *platform.taken.lock().unwrap() == others {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    running.abort();
    assert_eq!(*platform.taken.lock().unwrap(), others);
}
