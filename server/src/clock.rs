//! The only place that knows what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate};
use credit::filing::Instant;

/// Time in Shanghai is UTC+8 all year.
const SHANGHAI_MS: i64 = 8 * 60 * 60 * 1000;

/// The system's clock, moved by an offset that is zero outside tests.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_ms: Arc<AtomicI64>,
    /// Where it stands still; none: it goes with the system's.
    still_at: Option<Instant>,
}

impl Clock {
    /// A clock that moves only when it is told to, for simulations.
    pub fn still(at: Instant) -> Self {
        Self { offset_ms: Arc::default(), still_at: Some(at) }
    }

    /// Now, in milliseconds since 1970-01-01 UTC.
    #[allow(clippy::disallowed_methods, reason = "this is the place the others are pointed to")]
    pub fn now(&self) -> Instant {
        if let Some(at) = self.still_at {
            return at + self.offset_ms.load(Ordering::Relaxed);
        }
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX) + self.offset_ms.load(Ordering::Relaxed)
    }

    /// The day in Shanghai: the one by which rules count.
    pub fn today(&self) -> NaiveDate {
        DateTime::from_timestamp_millis(self.now() + SHANGHAI_MS).unwrap_or_default().date_naive()
    }

    /// Moves this clock, for tests of what happens later.
    pub fn advance(&self, by_ms: i64) {
        self.offset_ms.fetch_add(by_ms, Ordering::Relaxed);
    }
}

/// When a day begins in Shanghai.
pub fn begins(day: NaiveDate) -> Instant {
    day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis() - SHANGHAI_MS
}
