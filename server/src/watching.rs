//! What nobody should have to look for: filings that the platform is silent about, failures that nobody was told of, what the
//! loops wrote long ago, and what they put off by a clock that was ahead.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::alarms::Alarms;
use crate::portal::Portal;
use crate::storage::Stored;
use crate::storage::patience::{LONGEST_ROUND, within};
use crate::storage::silences::Told;

/// How often to look.
const EVERY: Duration = Duration::from_secs(10 * 60);
const DAY: i64 = 24 * 60 * 60 * 1000;
/// Delivered rows of the outbox are kept for so long. The filing and its history stay.
pub const KEEP_DELIVERED: i64 = 90 * DAY;
/// Events that changed nothing are kept for so long.
pub const KEEP_EVENTS: i64 = 400 * DAY;
/// How many rows are removed in one transaction.
const AT_ONCE: i64 = 1000;

/// Works until stopped; `alarms` tells staff of what needs them.
pub async fn run(portal: Arc<Portal>, alarms: Option<Alarms>, stop: CancellationToken) {
    loop {
        let looked = async {
            look(&portal).await?;
            match &alarms {
                Some(alarms) => alarms.look(&portal).await,
                None => Ok(()),
            }
        };
        if let Err(error) = within(LONGEST_ROUND, looked).await {
            tracing::warn!(error.message = %error, "watch.store_trouble");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Looks once. What was told before is not told again.
///
/// # Errors
/// When the store does not answer.
pub async fn look(portal: &Portal) -> Stored<()> {
    let (storage, now) = (&portal.storage, portal.clock.now());
    let silence = portal.config.courier.silence_days * DAY;
    for (filing, told) in storage.note_silences(now - silence, now - 2 * silence, now).await? {
        match told {
            Told::Support => tracing::warn!(filing.id = filing, "platform.silent"),
            Told::Owner => tracing::error!(filing.id = filing, "platform.silent_for_long"),
        }
    }
    let untold = storage.untold_failures().await?;
    if untold > 0 {
        tracing::error!(failures.untold = untold, "failures.untold");
    }
    while storage.prune_outbox(now - KEEP_DELIVERED, AT_ONCE).await? > 0 {}
    while storage.prune_mails(now - KEEP_DELIVERED, AT_ONCE).await? > 0 {}
    storage.prune_events(now - KEEP_EVENTS).await?;
    while storage.prune_audit(now - portal.config.audit.keep_days * DAY, AT_ONCE).await? > 0 {}
    let near = storage.bring_near(now).await?;
    if near > 0 {
        tracing::warn!(waits.brought_near = near, "clock.was_ahead");
        portal.courier.notify_one();
    }
    Ok(())
}
