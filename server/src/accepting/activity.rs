//! Whether a request is under way on a connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a connection does, as its line and its requests see it.
#[derive(Clone, Debug, Default)]
pub(super) struct Activity(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    begun: AtomicUsize,
    ended: AtomicUsize,
}

impl Activity {
    /// A request begins; it lasts until what this gives is dropped.
    pub(super) fn begin(&self) -> Underway {
        self.0.begun.fetch_add(1, Ordering::Relaxed);
        Underway(self.clone())
    }

    /// Whether a request is under way.
    pub(super) fn is_busy(&self) -> bool {
        self.0.begun.load(Ordering::Relaxed) != self.answered()
    }

    /// How many requests have had their answer.
    pub(super) fn answered(&self) -> usize {
        self.0.ended.load(Ordering::Relaxed)
    }
}

/// A request under way, until the last byte of its answer is made.
#[derive(Debug)]
pub(super) struct Underway(Activity);

impl Drop for Underway {
    fn drop(&mut self) {
        (self.0).0.ended.fetch_add(1, Ordering::Relaxed);
    }
}
