//! Looks every day for items that end soon, and has their enterprises told; and enters into the public log every few minutes which
//! commitments have ended, and which came onto the public list or left it.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use credit::filing::Instant;
use credit::news::{days_left, ends_on};
use credit::registration::Terms;
use tokio_util::sync::CancellationToken;

use crate::portal::Portal;
use crate::storage::patience::{LONGEST_ROUND, within};
use crate::storage::{FilingLine, Storage, Stored};

/// How many filings are read at once.
const AT_ONCE: i64 = 500;
/// How many ends are entered in one transaction; it holds the log meanwhile.
const ENDS_AT_ONCE: i64 = 100;
/// How often to look whether a new day has begun, or whether yesterday's look failed.
const LOOK: Duration = Duration::from_secs(5 * 60);

/// Works until stopped: at the start, and once on every day in Shanghai. Looking twice tells nothing twice.
pub async fn run(portal: Arc<Portal>, stop: CancellationToken) {
    let mut done_on = None;
    loop {
        let today = portal.clock.today();
        if done_on != Some(today) {
            match within(LONGEST_ROUND, look(&portal, today)).await {
                Ok((told, ended)) => {
                    done_on = Some(today);
                    tracing::info!(expiry.told = told, expiry.ended = ended, "expiry.looked");
                    portal.mailer.notify_one();
                }
                Err(error) => tracing::warn!(error.message = %error, "expiry.store_trouble"),
            }
        }
        if let Err(error) = within(LONGEST_ROUND, keep_lists(&portal, today)).await {
            tracing::warn!(error.message = %error, "expiry.store_trouble");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// What everyone can see changes all day long; and one that was granted after its last day has ended at once.
async fn keep_lists(portal: &Portal, today: NaiveDate) -> Stored<()> {
    keep_listed(&*portal.storage, today, portal.clock.now()).await?;
    enter_ends(&*portal.storage, today, portal.clock.now()).await?;
    Ok(())
}

/// Gives how many were told, and how many ends were entered.
async fn look(portal: &Portal, today: NaiveDate) -> Stored<(u64, u64)> {
    let told = tell_expiring(&*portal.storage, portal.config.publication.terms(), today, portal.clock.now()).await?;
    Ok((told, enter_ends(&*portal.storage, today, portal.clock.now()).await?))
}

/// Enters into the log every commitment that ended before today; gives how many. Doing it twice enters nothing twice.
///
/// # Errors
/// When the store does not answer; what was entered stays entered.
pub async fn enter_ends(storage: &dyn Storage, today: NaiveDate, now: Instant) -> Stored<u64> {
    let mut ended = 0;
    loop {
        let some = storage.enter_ends(today, now, ENDS_AT_ONCE).await?;
        ended += some;
        if some == 0 {
            return Ok(ended);
        }
    }
}

/// Enters into the log which commitments came onto the public list, and which left it; gives how many.
///
/// # Errors
/// When the store does not answer; what was entered stays entered.
pub async fn keep_listed(storage: &dyn Storage, today: NaiveDate, now: Instant) -> Stored<u64> {
    let mut entered = 0;
    loop {
        let some = storage.keep_listed(today, now, ENDS_AT_ONCE).await?;
        entered += some;
        if some == 0 {
            return Ok(entered);
        }
    }
}

/// Tells of every item that ends within thirty days; gives how many were told now.
///
/// # Errors
/// When the store does not answer; what was told stays told.
pub async fn tell_expiring(storage: &dyn Storage, terms: Terms, today: NaiveDate, now: Instant) -> Stored<u64> {
    let mut told = 0;
    let mut after = String::new();
    loop {
        let filings = storage.decided_filings(None, &after, AT_ONCE).await?;
        let Some(last) = filings.last() else { return Ok(told) };
        after.clone_from(&last.id);
        for (filing, day, _) in near(filings, terms, today) {
            told += u64::from(storage.tell_expiry(&filing.id, &day.to_string(), now).await?);
        }
    }
}

/// Of these filings, those whose items end within thirty days, with the day and the days until then.
pub fn near(filings: Vec<FilingLine>, terms: Terms, today: NaiveDate) -> impl Iterator<Item = (FilingLine, NaiveDate, u64)> {
    filings.into_iter().filter_map(move |filing| {
        let day = ends_on(filing.kind, &filing.content, &filing.standing, terms)?;
        Some((filing, day, days_left(day, today)?))
    })
}
