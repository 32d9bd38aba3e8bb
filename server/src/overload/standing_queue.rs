//! Whether a queue has come to stay. One that comes and goes with a burst does no harm, however long; one that stays makes everybody
//! wait and nobody be served sooner.
//!
//! After CoDel (RFC 8289, 3.2 and 5): the measure is how long one waits, not how many there are; short of a whole interval above the
//! target nothing is done, and a queue that was there a moment ago need not prove itself again.

use std::time::Duration;

use tokio::time::Instant;

/// So long a wait must have been above the target without a break.
const INTERVAL: Duration = Duration::from_millis(100);
/// So long a queue is remembered.
const MEMORY: Duration = Duration::from_secs(2);

/// What is known of a queue.
#[derive(Debug)]
pub(super) struct StandingQueue {
    target: Duration,
    above_since: Option<Instant>,
    /// When a wait was last seen: of the time in which nobody looked nothing is known.
    seen_at: Option<Instant>,
    stood_at: Option<Instant>,
}

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// Everybody.
    Open,
    /// A few until the next look: a queue was here a moment ago, and those who are turned away are many.
    Ajar,
    /// Nobody.
    Shut,
}

impl StandingQueue {
    /// One in which a wait of this is too long.
    pub(super) fn above(target: Duration) -> Self {
        Self { target, above_since: None, seen_at: None, stood_at: None }
    }

    /// Somebody has waited so long until now.
    pub(super) fn waited(&mut self, wait: Duration, now: Instant) -> Gate {
        let unseen = self.seen_at.replace(now).map_or(Duration::MAX, |at| now.saturating_duration_since(at).saturating_sub(wait));
        if unseen >= INTERVAL {
            self.above_since = None;
        }
        if wait < self.target {
            self.above_since = None;
            return if self.stood_lately(now) { Gate::Ajar } else { Gate::Open };
        }
        let since = *self.above_since.get_or_insert(now);
        if now - since < INTERVAL && !self.stood_lately(now) {
            return Gate::Open;
        }
        self.stood_at = Some(now);
        Gate::Shut
    }

    /// Whether it was here a moment ago.
    pub(super) fn stood_lately(&self, now: Instant) -> bool {
        self.stood_at.is_some_and(|at| now - at < MEMORY)
    }
}

#[cfg(test)]
mod tests {
    use super::Gate::{Ajar, Open, Shut};
    use super::*;

    const TARGET: Duration = Duration::from_millis(5);

    /// What is said each time where these waits (ms) are seen at these times (ms).
    fn said(seen: &[(u64, u64)]) -> Vec<Gate> {
        let (mut queue, begin) = (StandingQueue::above(TARGET), Instant::now());
        seen.iter().map(|(at, wait)| queue.waited(Duration::from_millis(*wait), begin + Duration::from_millis(*at))).collect()
    }

    #[test]
    fn a_burst_is_borne_and_a_queue_that_stays_is_not() {
        assert_eq!(said(&[(0, 200), (50, 80), (99, 6), (110, 4)]), [Open; 4], "a burst");
        assert_eq!(said(&[(0, 6), (60, 9), (100, 6), (101, 4)]), [Open, Open, Shut, Ajar], "a queue, until it is gone");
        assert_eq!(said(&[(0, 6), (60, 4), (100, 6), (190, 6)]), [Open; 4], "with a break between it is none");
        assert_eq!(said(&[(0, 40), (3_600_000, 40)]), [Open; 2], "nor are two bursts an hour apart");
        assert_eq!(said(&[(0, 200), (202, 200), (404, 200)]), [Open, Shut, Shut], "a long wait is no break");
    }

    #[test]
    fn a_queue_that_was_there_a_moment_ago_need_not_prove_itself_again() {
        assert_eq!(said(&[(0, 6), (100, 6), (110, 4), (120, 6), (130, 4)]), [Open, Shut, Ajar, Shut, Ajar]);
        assert_eq!(said(&[(0, 6), (100, 6), (2099, 4), (2100, 4), (2101, 6)]), [Open, Shut, Ajar, Open, Open], "later it must");
    }
}
