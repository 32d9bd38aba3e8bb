//! Scans what is asked for: claims contents under a lease, has each looked at, settles it. Nothing is given up: as long as
//! there is no verdict, it is tried again.

use std::sync::Arc;
use std::time::Duration;

use credit::filing::Instant;
use futures_util::future::join_all;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{Scanner, Trouble};
use crate::attachments::Attachments;
use crate::clock::Clock;
use crate::storage::patience::{PATIENCE, within};
use crate::storage::scans::{DueScan, ScanSettlement, Verdict};
use crate::storage::{Storage, Stored};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;

/// How long to wait after the first failure, the second, and so on; the last for ever.
pub const WAITS: [i64; 5] = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE];

/// A try takes at most this long: longer than clamd itself takes for a content (its `MaxScanTime` is two minutes).
const TRY: Duration = Duration::from_secs(130);
/// Longer than a try.
const LEASE_MS: i64 = 150 * SECOND;
/// How many contents are looked at at once.
const AT_ONCE: usize = 4;
/// Without any sign, look this often.
const LOOK: Duration = Duration::from_secs(5);

/// The task.
pub struct ScanWorker {
    /// Where scans wait.
    pub storage: Arc<dyn Storage>,
    /// Where the contents are.
    pub attachments: Attachments,
    /// Who looks at them.
    pub scanner: Arc<dyn Scanner>,
    /// The clock.
    pub clock: Clock,
    /// Wakes it.
    pub wake: Arc<Notify>,
}

impl ScanWorker {
    /// Works until stopped; what is under way then is given back.
    pub async fn run(self, stop: CancellationToken) {
        // Each for itself, so that a content which takes its time does not hold up the next.
        join_all((0..AT_ONCE).map(|_| self.work(&stop))).await;
    }

    async fn work(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            let worked = match self.round(stop).await {
                Ok(worked) => worked,
                Err(error) => {
                    tracing::warn!(error.message = %error, "scanner.store_trouble");
                    false
                }
            };
            if !worked {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = self.wake.notified() => {}
                    () = tokio::time::sleep(LOOK) => {}
                }
            }
        }
    }

    /// Takes a content that is due and has it looked at; false if there was none.
    ///
    /// # Errors
    /// When the store does not answer; what was claimed comes back when its lease ends.
    pub async fn round(&self, stop: &CancellationToken) -> Stored<bool> {
        let now = self.clock.now();
        let Some(scan) = within(PATIENCE, self.storage.claim_scans(now, now + LEASE_MS, 1)).await?.pop() else { return Ok(false) };
        self.work_on(&scan, stop).await?;
        Ok(true)
    }

    async fn work_on(&self, scan: &DueScan, stop: &CancellationToken) -> Stored<()> {
        let outcome = tokio::select! {
            outcome = tokio::time::timeout(TRY, self.look_at(scan)) => {
                outcome.unwrap_or_else(|_| Err(Trouble("the scan took too long".into())))
            }
            () = stop.cancelled() => {
                // A scan can begin anew at any time; whoever works next need not wait for the lease to end.
                let given_back = ScanSettlement::Later(self.clock.now());
                return within(PATIENCE, self.storage.settle_scan(&scan.sha256, &given_back, self.clock.now())).await.map(|_| ());
            }
        };
        let now = self.clock.now();
        match &outcome {
            Ok(Verdict::Clean) => tracing::info!(scan.sha256, "scanner.clean"),
            Ok(Verdict::Infected(signature)) => tracing::warn!(scan.sha256, scan.signature = %signature, "scanner.infected"),
            Err(Trouble(problem)) => tracing::warn!(scan.sha256, scan.attempts = scan.attempts + 1, problem, "scanner.trouble"),
        }
        within(PATIENCE, self.storage.settle_scan(&scan.sha256, &settlement(outcome, scan.attempts, now), now)).await?;
        Ok(())
    }

    async fn look_at(&self, scan: &DueScan) -> Result<Verdict, Trouble> {
        let content = self.attachments.content(&scan.sha256).await;
        self.scanner.scan(content.map_err(|error| Trouble(format!("the content cannot be read here: {error}")))?).await
    }
}

/// What follows from a try after so many earlier ones.
pub fn settlement(outcome: Result<Verdict, Trouble>, attempts: i64, now: Instant) -> ScanSettlement {
    match outcome {
        Ok(verdict) => ScanSettlement::Found(verdict),
        Err(_) => {
            let place = usize::try_from(attempts).unwrap_or(0).min(WAITS.len() - 1);
            ScanSettlement::Later(now + WAITS[place])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_is_tried_for_ever_at_least_every_ten_minutes() {
        let trouble = || Err(Trouble("x".into()));
        for (attempts, wait) in WAITS.into_iter().enumerate() {
            assert_eq!(settlement(trouble(), attempts as i64, 7), ScanSettlement::Later(7 + wait));
        }
        assert_eq!(settlement(trouble(), 100_000, 7), ScanSettlement::Later(7 + 10 * MINUTE));
        assert_eq!(settlement(Ok(Verdict::Clean), 100_000, 7), ScanSettlement::Found(Verdict::Clean));
    }

    #[test]
    fn a_lease_outlasts_a_try() {
        assert!(i64::try_from(TRY.as_millis()).expect("a short time") < LEASE_MS);
    }
}
