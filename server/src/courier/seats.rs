//! How many deliveries the platform has to answer at once.

use std::sync::Arc;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use super::AT_ONCE;

/// All seats.
pub(super) struct Seats {
    free: Arc<Semaphore>,
    /// Told when one is free again.
    pub(super) freed: Arc<Notify>,
}

/// One delivery's; free again with this.
pub(super) struct Seat {
    permit: Option<OwnedSemaphorePermit>,
    freed: Arc<Notify>,
}

impl Seats {
    pub(super) fn all_free() -> Self {
        Self { free: Arc::new(Semaphore::new(AT_ONCE as usize)), freed: Arc::default() }
    }

    pub(super) fn free(&self) -> usize {
        self.free.available_permits()
    }

    /// One, if one is free.
    pub(super) fn take(&self) -> Option<Seat> {
        let permit = self.free.clone().try_acquire_owned().ok()?;
        Some(Seat { permit: Some(permit), freed: self.freed.clone() })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        // First free, then said to be.
        self.permit = None;
        self.freed.notify_one();
    }
}
