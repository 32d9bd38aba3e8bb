//! Passes on what was accepted: claims rows of the outbox under a lease, delivers them, settles each. Waiting is not
//! failing; a spent schedule is shown, never dropped.

use std::sync::Arc;
use std::time::Duration;

use credit::filing::Instant;
use futures_util::future::join_all;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::live::Live;
use crate::platform::client::{Outcome, PlatformClient};
use crate::scanning::{infected_among, sent_back};
use crate::storage::{Delivery, Settlement, Storage, Stored};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// How long to wait after the first failure, the second, and so on: 17 tries over at least 12 days and 4 hours, because the
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

/// A delivery is given up for this try after so long; the lease is longer, so that a retry never overlaps it.
const TRY: Duration = Duration::from_secs(100);
const LEASE_MS: i64 = 120 * SECOND;
/// How many deliveries run at once.
const AT_ONCE: i64 = 16;
/// What waits for the scanner is looked at again after so long.
const SCAN_MS: i64 = 5 * SECOND;
/// Without any sign, look this often: correctness never hangs on being woken.
const LOOK: Duration = Duration::from_secs(5);

/// The courier.
pub struct Courier {
    /// Where the outbox is.
    pub storage: Arc<dyn Storage>,
    /// Where it delivers.
    pub platform: PlatformClient,
    /// The clock.
    pub clock: Clock,
    /// Whom it tells of changes.
    pub live: Live,
    /// Wakes it.
    pub wake: Arc<Notify>,
    /// Wakes the sending of mails: what it brings about may be told by mail.
    pub mailer: Arc<Notify>,
    /// Wakes the scanner; none where nothing is scanned.
    pub scanner: Option<Arc<Notify>>,
}

impl Courier {
    /// Works until stopped; the round under way is finished.
    pub async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let delivered = match self.round().await {
                Ok(delivered) => delivered,
                Err(error) => {
                    tracing::warn!(error.message = %error, "courier.store_trouble");
                    0
                }
            };
            if delivered == 0 {
                let pause = self.pause().await;
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = self.wake.notified() => {}
                    () = tokio::time::sleep(pause) => {}
                }
            }
        }
    }

    /// Until the next delivery is due, at most [`LOOK`].
    async fn pause(&self) -> Duration {
        match self.storage.next_delivery_at().await {
            Ok(Some(at)) => {
                Duration::from_millis(u64::try_from(at - self.clock.now()).unwrap_or(0)).clamp(Duration::from_millis(20), LOOK)
            }
            _ => LOOK,
        }
    }

    /// Takes what is due and delivers it; gives how many there were.
    ///
    /// # Errors
    /// When the store does not answer; what was claimed comes back when its lease ends.
    pub async fn round(&self) -> Stored<usize> {
        let now = self.clock.now();
        let deliveries = self.storage.claim_deliveries(now, now + LEASE_MS, AT_ONCE).await?;
        let results = join_all(deliveries.iter().map(|delivery| self.deliver(delivery))).await;
        results.into_iter().collect::<Stored<Vec<()>>>()?;
        Ok(deliveries.len())
    }

    async fn deliver(&self, delivery: &Delivery) -> Stored<()> {
        let settlement = match self.held_back(delivery).await? {
            Some(settlement) => settlement,
            None => self.send(delivery).await,
        };
        if let Settlement::Later { problem, .. } | Settlement::Parked { problem } = &settlement {
            tracing::warn!(filing.id = %delivery.filing_id, delivery.attempts = delivery.attempts + 1, problem, "courier.not_delivered");
        }
        let settled = self.storage.settle_delivery(delivery, &settlement, self.clock.now()).await?;
        // Nobody sees that something is waited for.
        if settled && !matches!(settlement, Settlement::Waiting(_)) {
            self.live.tell(&delivery.filing_id);
            self.mailer.notify_one();
        }
        Ok(())
    }

    async fn send(&self, delivery: &Delivery) -> Settlement {
        let outcome = tokio::time::timeout(TRY, self.platform.deliver(delivery))
            .await
            .unwrap_or_else(|_| Outcome::Later { after: None, problem: "the delivery took too long".into() });
        settlement(outcome, delivery.attempts, self.clock.now(), jitter())
    }

    /// Why it is not sent now, or never: its files were not looked at yet, or something harmful was found in one.
    async fn held_back(&self, delivery: &Delivery) -> Stored<Option<Settlement>> {
        let now = self.clock.now();
        let infected = infected_among(&*self.storage, self.scanner.as_deref(), &delivery.attachments, now).await?;
        Ok(match infected {
            None => Some(Settlement::Waiting(now + SCAN_MS)),
            Some(infected) if infected.is_empty() => None,
            Some(infected) => {
                tracing::warn!(filing.id = %delivery.filing_id, files = infected.len(), "courier.infected");
                Some(Settlement::SentBack(sent_back(&infected)))
            }
        })
    }
}

/// A number from 0 to 255, to spread retries.
fn jitter() -> u8 {
    let mut byte = [0; 1];
    getrandom::fill(&mut byte).map_or(0, |()| byte[0])
}

/// What follows from an outcome after so many earlier tries. Jitter lengthens a wait by up to a fifth and never shortens it.
pub fn settlement(outcome: Outcome, attempts: i64, now: Instant, jitter: u8) -> Settlement {
    match outcome {
        Outcome::Taken(happening) => Settlement::Delivered(happening),
        Outcome::Refused(happening) => Settlement::Delivered(Some(happening)),
        Outcome::Stuck(problem) => Settlement::Parked { problem },
        Outcome::Later { after, problem } => {
            let Some(wait) = usize::try_from(attempts).ok().and_then(|attempts| SCHEDULE.get(attempts)) else {
                return Settlement::Parked { problem };
            };
            let spread = wait / 5 * i64::from(jitter) / 255;
            let asked = after.map_or(0, |after| i64::try_from(after.as_millis()).unwrap_or(i64::MAX));
            Settlement::Later { at: now + (wait + spread).max(asked), problem }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn later(after: Option<u64>) -> Outcome {
        Outcome::Later { after: after.map(Duration::from_secs), problem: "x".into() }
    }

    #[test]
    fn the_schedule_has_at_least_fourteen_tries_over_at_least_ten_days() {
        assert!(SCHEDULE.len() + 1 >= 14);
        assert!(SCHEDULE.iter().sum::<i64>() >= 10 * 24 * HOUR);
    }

    #[test]
    fn every_failure_is_retried_until_the_schedule_is_spent_and_then_parked() {
        for (attempts, wait) in SCHEDULE.into_iter().enumerate() {
            for jitter in [0, 128, 255] {
                let Settlement::Later { at, .. } = settlement(later(None), attempts as i64, 1_000, jitter) else {
                    panic!("try {attempts} is followed by another")
                };
                assert!((1_000 + wait..=1_000 + wait + wait / 5).contains(&at), "{attempts} {jitter}");
            }
        }
        assert!(matches!(settlement(later(None), SCHEDULE.len() as i64, 0, 0), Settlement::Parked { .. }));
    }

    #[test]
    fn a_platform_that_asks_for_more_patience_gets_it() {
        let Settlement::Later { at, .. } = settlement(later(Some(600)), 0, 0, 0) else { panic!("it is retried") };
        assert_eq!(at, 600 * SECOND);
    }
}
