//! When a delivery that failed is tried again, and when it is given up.

use credit::filing::Instant;

use crate::platform::client::{Fault, Outcome};
use crate::storage::{Delivery, Settlement};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long to wait after the first failure, the second, and so on: 17 tries over 12 days and 3 hours at least, because the
/// platform may be down over a long holiday.
pub const SCHEDULE: [i64; 16] = [
    5 * SECOND,
    30 * SECOND,
    2 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    12 * HOUR,
    24 * HOUR,
    24 * HOUR,
    24 * HOUR,
    48 * HOUR,
    72 * HOUR,
    72 * HOUR,
];

/// [`SCHEDULE`] in words, for the operator.
pub const SCHEDULE_IN_WORDS: &str = "17 tries over 12 days and 3 hours";

/// A delivery's last try is not spent on a platform that is out of order altogether, until the delivery is this old.
pub const PATIENCE: i64 = 30 * DAY;

/// What the platform is not through with is asked about at least this often; staff are told of what takes a day.
const LONGEST_UNFINISHED: i64 = HOUR;

/// How long such a delivery waits before it is tried again.
const NEXT_LAST_TRY: i64 = HOUR;

/// What follows from an outcome. `broken` says that the platform answers nobody. Jitter lengthens a wait by up to a fifth and
/// never shortens it; the platform may ask for more patience, but not beyond the end of the schedule.
pub fn settlement(outcome: Outcome, delivery: &Delivery, now: Instant, jitter: u8, broken: bool) -> Settlement {
    let (after, problem, fault) = match outcome {
        Outcome::Taken(happening) => return Settlement::Delivered(happening),
        Outcome::Refused(happening) => return Settlement::Delivered(Some(happening)),
        Outcome::Stuck(problem) => return Settlement::Parked { problem },
        Outcome::Waiting(after) => {
            let after = i64::try_from(after.as_millis()).unwrap_or(i64::MAX).clamp(SECOND, LONGEST_UNFINISHED);
            return Settlement::Waiting(now + after);
        }
        Outcome::Later { after, problem, fault } => (after, problem, fault),
    };
    let ahead = usize::try_from(delivery.attempts).ok().and_then(|attempts| SCHEDULE.get(attempts..)).unwrap_or_default();
    let spread = |wait: i64| wait / 5 * i64::from(jitter) / 255;
    match ahead.first() {
        Some(wait) => {
            let asked = after.map_or(0, |after| i64::try_from(after.as_millis()).unwrap_or(i64::MAX));
            let asked = asked.min(ahead.iter().sum());
            Settlement::Later { at: now + (wait + spread(*wait)).max(asked), problem }
        }
        None if broken && fault == Fault::Platform && now - delivery.born_at < PATIENCE => {
            Settlement::Waiting(now + NEXT_LAST_TRY + spread(NEXT_LAST_TRY))
        }
        None => Settlement::Parked { problem },
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::storage::Cargo;
    use crate::storage::operations::{LONGEST_FIRST_WAIT_MS, LONGEST_WAIT_MS};

    #[test]
    fn no_wait_is_taken_for_one_of_a_clock_that_was_ahead() {
        assert!(SCHEDULE.iter().all(|wait| wait + wait / 5 < LONGEST_WAIT_MS) && LONGEST_FIRST_WAIT_MS > crate::courier::LEASE_MS);
    }

    fn later(after: Option<u64>) -> Outcome {
        Outcome::Later { after: after.map(Duration::from_secs), problem: "x".into(), fault: Fault::Platform }
    }

    fn tried(attempts: usize) -> Delivery {
        Delivery {
            id: "1".into(),
            filing_id: "1".into(),
            cargo: Cargo::Submission,
            body: "{}".into(),
            attachments: Vec::new(),
            attempts: attempts as i64,
            born_at: 0,
            lease: "lease".into(),
        }
    }

    #[test]
    fn the_schedule_has_at_least_fourteen_tries_over_at_least_ten_days() {
        assert!(SCHEDULE.len() + 1 >= 14);
        let whole: i64 = SCHEDULE.iter().sum();
        assert!(whole >= 10 * DAY);
        let (days, hours) = (whole / DAY, whole % DAY / HOUR);
        assert_eq!(SCHEDULE_IN_WORDS, format!("{} tries over {days} days and {hours} hours", SCHEDULE.len() + 1));
    }

    #[test]
    fn every_failure_is_retried_until_the_schedule_is_spent_and_then_parked() {
        for (attempts, wait) in SCHEDULE.into_iter().enumerate() {
            for jitter in [0, 128, 255] {
                let Settlement::Later { at, .. } = settlement(later(None), &tried(attempts), 1_000, jitter, false) else {
                    panic!("try {attempts} is followed by another")
                };
                assert!((1_000 + wait..=1_000 + wait + wait / 5).contains(&at), "{attempts} {jitter}");
            }
        }
        assert!(matches!(settlement(later(None), &tried(SCHEDULE.len()), 0, 0, false), Settlement::Parked { .. }));
    }

    #[test]
    fn a_platform_that_asks_for_more_patience_gets_it_within_the_schedule() {
        let at = |asked, attempts| match settlement(later(Some(asked)), &tried(attempts), 0, 0, false) {
            Settlement::Later { at, .. } => at,
            other => panic!("it is retried: {other:?}"),
        };
        assert_eq!(at(600, 0), 600 * SECOND);
        assert_eq!(at(100 * 24 * 3600, 15), 72 * HOUR, "and no more than what is left");
    }

    #[test]
    fn what_the_platform_is_not_through_with_costs_no_try() {
        for (after, waits) in [(0, SECOND), (90, 90 * SECOND), (100 * 24 * 3600, HOUR)] {
            for attempts in [0, SCHEDULE.len()] {
                let outcome = Outcome::Waiting(Duration::from_secs(after));
                assert_eq!(settlement(outcome, &tried(attempts), 7, 255, false), Settlement::Waiting(7 + waits));
            }
        }
    }

    #[test]
    fn the_last_try_is_not_spent_on_a_platform_that_answers_nobody() {
        let last = tried(SCHEDULE.len());
        assert_eq!(settlement(later(None), &last, 20 * DAY, 0, true), Settlement::Waiting(20 * DAY + HOUR));
        assert!(matches!(settlement(later(None), &last, PATIENCE, 0, true), Settlement::Parked { .. }), "but not for ever");
        let own = Outcome::Later { after: None, problem: "a file cannot be read here".into(), fault: Fault::Row };
        assert!(matches!(settlement(own, &last, 20 * DAY, 0, true), Settlement::Parked { .. }), "nor for a fault of its own");
    }
}
