//! How long requests wait for the store, and so for each other: measured while there are many of them.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::Request;
use tokio::time::Instant;

use super::standing_queue::{Gate, StandingQueue};
use crate::storage::Storage;
use crate::storage::patience::within;

/// The wait for the first thing that every request asks of the store, above which looks, and above which deeds, are turned away
/// once it stays. A request asks four or five times.
const LOOKS: Duration = Duration::from_millis(5);
const DEEDS: Duration = Duration::from_millis(10);
/// While there are more than a few, it is measured so often.
const EVERY: Duration = Duration::from_millis(2);

/// A store that does not answer within this is silent, and no queue.
const SILENT: Duration = Duration::from_secs(1);

/// So many come in between two measurings where a queue was a moment ago.
const A_FEW: i64 = 8;
/// No queue.
const EVERYBODY: i64 = i64::MAX;

/// How long requests wait, measured by asking as they do.
pub(super) struct Queue {
    storage: Arc<dyn Storage>,
    is_measured: AtomicBool,
    /// How many looks, and how many deeds, may still come in.
    may_come: [AtomicI64; 2],
    /// As looks and as deeds see it. It outlives a measuring: a queue that goes and comes again is one that stays.
    seen: Mutex<[StandingQueue; 2]>,
}

impl Queue {
    pub(super) fn new(storage: Arc<dyn Storage>) -> Self {
        Self {
            storage,
            is_measured: AtomicBool::default(),
            may_come: [(); 2].map(|()| AtomicI64::new(EVERYBODY)),
            seen: Mutex::new([LOOKS, DEEDS].map(StandingQueue::above)),
        }
    }

    fn seen(&self) -> MutexGuard<'_, [StandingQueue; 2]> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this request is not to stand in the queue too. Whose address has much under way is told so before all others: else
    /// one who asks without pause would have everybody turned away.
    pub(super) fn turns_away(&self, request: &Request, has_much: bool) -> bool {
        let kind = usize::from(!request.method().is_safe());
        let may_come = &self.may_come[kind];
        if may_come.load(Ordering::Relaxed) == EVERYBODY {
            return false;
        }
        has_much || may_come.fetch_sub(1, Ordering::Relaxed) <= 0
    }

    /// Whether nobody measures and somebody now must. What was said of a queue long gone no longer counts.
    pub(super) fn is_to_be_measured(&self, now: Instant) -> bool {
        let is_first = !self.is_measured.swap(true, Ordering::Relaxed);
        if is_first {
            for (queue, may_come) in self.seen().iter().zip(&self.may_come) {
                if !queue.stood_lately(now) {
                    may_come.store(EVERYBODY, Ordering::Relaxed);
                }
            }
        }
        is_first
    }

    /// Measures until there are only a few again.
    pub(super) async fn measure(&self, are_many: impl Fn() -> bool) {
        while are_many() {
            let asked = Instant::now();
            // Nobody's session.
            match within(SILENT, self.storage.session("")).await {
                Ok(_) => self.waited(asked.elapsed(), Instant::now()),
                // A store that fails is no queue, and each door's to say.
                Err(_) => self.may_come.iter().for_each(|may_come| may_come.store(EVERYBODY, Ordering::Relaxed)),
            }
            tokio::time::sleep(EVERY).await;
        }
        self.is_measured.store(false, Ordering::Relaxed);
    }

    pub(super) fn waited(&self, wait: Duration, now: Instant) {
        for (queue, may_come) in self.seen().iter_mut().zip(&self.may_come) {
            let most = match queue.waited(wait, now) {
                Gate::Open => EVERYBODY,
                Gate::Ajar => A_FEW,
                Gate::Shut => 0,
            };
            may_come.store(most, Ordering::Relaxed);
        }
    }
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue").field("may_come", &self.may_come).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;
    use crate::storage::sqlite::SqliteStorage;

    /// How many of a hundred looks, and of a hundred deeds, are turned away.
    fn turned_away(queue: &Queue) -> [usize; 2] {
        ["GET", "POST"].map(|method| {
            let request = Request::builder().method(method).body(Body::empty()).expect("a request");
            (0..100).filter(|_| queue.turns_away(&request, false)).count()
        })
    }

    #[tokio::test]
    async fn looks_are_turned_away_before_deeds_are_and_a_few_are_let_in_again_first() {
        let folder = std::env::temp_dir().join(format!("chengxin-queue-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&folder).expect("a folder can be made");
        let storage = SqliteStorage::open(&folder.join("queue.sqlite")).await.expect("the store opens");
        let queue = Queue::new(Arc::new(storage));
        let mut now = Instant::now();
        let mut waits = |wait: u64| {
            for _ in 0..4 {
                now += Duration::from_millis(50);
                queue.waited(Duration::from_millis(wait), now);
            }
            now
        };
        assert_eq!(turned_away(&queue), [0, 0]);
        waits(7);
        assert_eq!(turned_away(&queue), [100, 0]);
        waits(12);
        assert_eq!(turned_away(&queue), [100, 100]);
        waits(7);
        assert_eq!(turned_away(&queue), [100, 92]);
        let last = waits(1);
        assert_eq!(turned_away(&queue), [92, 92]);
        let later = last + Duration::from_secs(3);
        assert!(queue.is_to_be_measured(later) && !queue.is_to_be_measured(later), "by one");
        assert_eq!(turned_away(&queue), [0, 0], "what was said of a queue long gone does not count");
        let _ = std::fs::remove_dir_all(&folder);
    }
}
