//! Sends what is due: claims mails under a lease, sends each, settles it. A mail that is given up is counted and shown by
//! `doctor`; nothing else hangs on it, as every notice also stands in the portal.

use std::sync::Arc;
use std::time::Duration;

use credit::filing::Instant;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::sender::{MailSender, NotSent};
use crate::clock::Clock;
use crate::storage::mails::MailSettlement;
use crate::storage::patience::{PATIENCE, within};
use crate::storage::{Storage, Stored};

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;

/// How long to wait after the first failure, the second, and so on: seven tries over two days.
pub const SCHEDULE: [i64; 6] = [MINUTE, 10 * MINUTE, HOUR, 5 * HOUR, 18 * HOUR, 24 * HOUR];

/// Longer than a batch of dialogues may take.
const LEASE_MS: i64 = 15 * MINUTE;
/// How many mails are taken at once; they are sent one after the other, as mail servers like it.
const AT_ONCE: i64 = 8;
/// A try takes at most this long.
const TRY: Duration = Duration::from_secs(90);
/// Without any sign, look this often.
const LOOK: Duration = Duration::from_secs(5);

/// The task.
pub struct MailWorker {
    /// Where mails wait.
    pub storage: Arc<dyn Storage>,
    /// Where they go.
    pub sender: MailSender,
    /// The clock.
    pub clock: Clock,
    /// Wakes it.
    pub wake: Arc<Notify>,
}

impl MailWorker {
    /// Works until stopped; the mail under way is finished.
    pub async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let sent = match self.round(&stop).await {
                Ok(sent) => sent,
                Err(error) => {
                    tracing::warn!(error.message = %error, "mail.store_trouble");
                    0
                }
            };
            if sent == 0 {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = self.wake.notified() => {}
                    () = tokio::time::sleep(LOOK) => {}
                }
            }
        }
    }

    /// Takes what is due and sends it; gives how many there were.
    ///
    /// # Errors
    /// When the store does not answer; what was claimed comes back when its lease ends.
    pub async fn round(&self, stop: &CancellationToken) -> Stored<usize> {
        let now = self.clock.now();
        let mails = within(PATIENCE, self.storage.claim_mails(now, now + LEASE_MS, AT_ONCE)).await?;
        for mail in &mails {
            if stop.is_cancelled() {
                break;
            }
            let outcome = tokio::time::timeout(TRY, self.sender.send(mail))
                .await
                .unwrap_or_else(|_| Err(NotSent::Later("the dialogue with the mail server took too long".into())));
            let settlement = settlement(outcome, mail.attempts, self.clock.now());
            match &settlement {
                MailSettlement::Sent => tracing::info!(mail.id, "mail.sent"),
                MailSettlement::Later { problem, .. } => {
                    tracing::warn!(mail.id, mail.attempts = mail.attempts + 1, problem, "mail.not_sent");
                }
                MailSettlement::Failed { problem } => tracing::warn!(mail.id, problem, "mail.given_up"),
            }
            within(PATIENCE, self.storage.settle_mail(mail, &settlement)).await?;
        }
        Ok(mails.len())
    }
}

/// What follows from a try after so many earlier ones.
pub fn settlement(outcome: Result<(), NotSent>, attempts: i64, now: Instant) -> MailSettlement {
    match outcome {
        Ok(()) => MailSettlement::Sent,
        Err(NotSent::Never(problem)) => MailSettlement::Failed { problem },
        Err(NotSent::Later(problem)) => match usize::try_from(attempts).ok().and_then(|attempts| SCHEDULE.get(attempts)) {
            Some(wait) => MailSettlement::Later { at: now + wait, problem },
            None => MailSettlement::Failed { problem },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_over_two_days_and_then_given_up() {
        assert!((47 * HOUR..=50 * HOUR).contains(&SCHEDULE.iter().sum::<i64>()));
        let later = || Err(NotSent::Later("x".into()));
        for (attempts, wait) in SCHEDULE.into_iter().enumerate() {
            let expected = MailSettlement::Later { at: 7 + wait, problem: "x".into() };
            assert_eq!(settlement(later(), attempts as i64, 7), expected);
        }
        assert_eq!(settlement(later(), SCHEDULE.len() as i64, 7), MailSettlement::Failed { problem: "x".into() });
        assert_eq!(settlement(Err(NotSent::Never("y".into())), 0, 7), MailSettlement::Failed { problem: "y".into() });
        assert_eq!(settlement(Ok(()), 3, 7), MailSettlement::Sent);
    }
}
