//! What the platform told us.

use credit::filing::{Happening, Instant};
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::{filings, outbox};
use crate::storage::rows::{MOST_REFUSED, beginning, impossible_name, json, plain, read};
use crate::storage::{Applied, PlatformEvent, Source, Stored};

pub(super) async fn apply(connection: &mut SqliteConnection, event: &PlatformEvent) -> Stored<Applied> {
    let stand = match (&event.happening, &event.filing_id) {
        (Some(_), Some(id)) => filings::stand(connection, id, None).await?,
        _ => None,
    };
    let (applied, verdict) = match (&event.happening, &stand) {
        (None, _) => (Applied::Unknown, "unknown"),
        (Some(_), None) => (Applied::NoSuchFiling, "no_such_filing"),
        (Some(happening), Some(stand)) => match stand.standing.apply(happening) {
            Ok(_) => (Applied::Applied, "applied"),
            Err(impossible) => (Applied::Impossible(impossible), "impossible"),
        },
    };
    if !record(connection, event, verdict, applied).await? {
        return Ok(Applied::Repeated);
    }
    if let (Applied::Applied, Some(happening), Some(id), Some(stand)) = (applied, &event.happening, &event.filing_id, &stand) {
        // That it can be applied was found out above.
        let _ = filings::advance(connection, id, stand, happening, &Source::Platform, event.occurred_at).await?;
        apply_overtaken(connection, id, event.occurred_at).await?;
        outbox::settle_parked(connection, id, event.received_at).await?;
    }
    Ok(applied)
}

/// Applies what had come before the event that it follows: it happened after `since`, and made no sense then. What makes none now
/// either stays kept.
async fn apply_overtaken(connection: &mut SqliteConnection, filing_id: &str, since: Instant) -> Stored<()> {
    let mut since = since;
    loop {
        let waiting: Vec<(String, Instant, String)> = sqlx::query_as(
            "SELECT id, occurred_at, happening
             FROM platform_events
             WHERE filing_id = $1 AND verdict = 'impossible' AND happening IS NOT NULL AND occurred_at >= $2
             ORDER BY occurred_at, id
             LIMIT 20",
        )
        .bind(plain(filing_id))
        .bind(since)
        .fetch_all(&mut *connection)
        .await?;
        if waiting.is_empty() {
            return Ok(());
        }
        let Some(stand) = filings::stand(connection, filing_id, None).await? else { return Ok(()) };
        let mut fits = None;
        for (id, occurred_at, happening) in waiting {
            let happening: Happening = read("happening", &happening)?;
            if stand.standing.apply(&happening).is_ok() {
                fits = Some((id, occurred_at, happening));
                break;
            }
        }
        let Some((id, occurred_at, happening)) = fits else { return Ok(()) };
        // That it can be applied was found out above.
        let _ = filings::advance(connection, filing_id, &stand, &happening, &Source::Platform, occurred_at).await?;
        sqlx::query("UPDATE platform_events SET verdict = 'applied', detail = NULL, happening = NULL WHERE id = $1")
            .bind(&id)
            .execute(&mut *connection)
            .await?;
        since = occurred_at;
    }
}

/// Records an event; false if its id was recorded before.
async fn record(connection: &mut SqliteConnection, event: &PlatformEvent, verdict: &'static str, applied: Applied) -> Stored<bool> {
    let detail = match applied {
        Applied::Impossible(impossible) => Some(impossible_name(impossible)),
        _ => None,
    };
    // It may have overtaken the one that it follows.
    let kept = match (applied, &event.happening) {
        (Applied::Impossible(_), Some(happening)) => Some(json(happening)?),
        _ => None,
    };
    let recorded = sqlx::query(
        "INSERT INTO platform_events (id, kind, filing_id, occurred_at, received_at, verdict, detail, happening)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(plain(&event.id))
    .bind(beginning(&event.kind))
    .bind(event.filing_id.as_deref().map(beginning))
    .bind(event.occurred_at)
    .bind(event.received_at)
    .bind(verdict)
    .bind(detail)
    .bind(kept)
    .execute(connection)
    .await?;
    Ok(recorded.rows_affected() > 0)
}

pub(super) async fn record_refused(connection: &mut SqliteConnection, claimed_id: &str, reason: &str, at: Instant) -> Stored<()> {
    sqlx::query("INSERT INTO refused_events (claimed_id, reason, refused_at) VALUES ($1, $2, $3)")
        .bind(beginning(claimed_id))
        .bind(beginning(reason))
        .bind(at)
        .execute(&mut *connection)
        .await?;
    // Anyone can send rubbish: it must not fill the disk.
    sqlx::query("DELETE FROM refused_events WHERE id <= (SELECT id FROM refused_events ORDER BY id DESC LIMIT 1 OFFSET $1)")
        .bind(MOST_REFUSED)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn figures(readers: &SqlitePool) -> Stored<Vec<(String, i64)>> {
    Ok(sqlx::query_as(
        "SELECT verdict, count(*) FROM platform_events GROUP BY verdict
         UNION ALL
         SELECT 'refused', count(*) FROM refused_events HAVING count(*) > 0
         ORDER BY 1",
    )
    .fetch_all(readers)
    .await?)
}
