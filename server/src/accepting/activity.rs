//! Whether a request is under way on a connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Waker;

use futures_util::task::AtomicWaker;

/// What a connection does, as its line and its requests see it.
#[derive(Clone, Debug, Default)]
pub(super) struct Activity(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    begun: AtomicUsize,
    ended: AtomicUsize,
    /// Whoever waits for a request to end.
    waiting: AtomicWaker,
}

impl Activity {
    /// A request begins; it lasts until what this gives is dropped.
    pub(super) fn begin(&self) -> Underway {
        self.0.begun.fetch_add(1, Ordering::Relaxed);
        Underway(self.clone())
    }

    fn is_busy(&self) -> bool {
        self.0.begun.load(Ordering::Relaxed) != self.answered()
    }

    /// Whether a request is under way; if so, this waker is woken when it ends.
    pub(super) fn is_busy_until(&self, waker: &Waker) -> bool {
        // Noted before it is looked: one that ends in between wakes it.
        self.0.waiting.register(waker);
        self.is_busy()
    }

    /// How many requests have had their answer.
    pub(super) fn answered(&self) -> usize {
        self.0.ended.load(Ordering::Acquire)
    }
}

/// A request under way, until the last byte of its answer is made.
#[derive(Debug)]
pub(super) struct Underway(Activity);

impl Drop for Underway {
    fn drop(&mut self) {
        let counts = &(self.0).0;
        counts.ended.fetch_add(1, Ordering::Release);
        counts.waiting.wake();
    }
}
