//! Waits that are longer than any: they were begun while the clock was ahead, and the clock has been put right since.

use credit::filing::Instant;
use sqlx::sqlite::SqliteConnection;

use crate::storage::Stored;
use crate::storage::operations::{LONGEST_FIRST_WAIT_MS, LONGEST_WAIT_MS};

/// Ends them; gives how many.
pub(super) async fn bring_near(connection: &mut SqliteConnection, now: Instant) -> Stored<u64> {
    let first = now + LONGEST_FIRST_WAIT_MS;
    let later = now + LONGEST_WAIT_MS;
    let deliveries = sqlx::query(
        "UPDATE outbox
         SET due_at = $1
         WHERE state = 'due' AND due_at > $2 AND (due_at > $3 OR attempts = 0 OR lease IS NOT NULL)",
    )
    .bind(now)
    .bind(first)
    .bind(later)
    .execute(&mut *connection)
    .await?;
    let mails = sqlx::query(
        "UPDATE mails
         SET due_at = $1
         WHERE state = 'due' AND due_at > $2 AND (due_at > $3 OR attempts = 0 OR lease IS NOT NULL)",
    )
    .bind(now)
    .bind(first)
    .bind(later)
    .execute(&mut *connection)
    .await?;
    let scans = sqlx::query("UPDATE scans SET next_at = $1 WHERE verdict IS NULL AND next_at > $2")
        .bind(now)
        .bind(first)
        .execute(&mut *connection)
        .await?;
    let imports = sqlx::query("UPDATE imports SET lease_until = $1 WHERE state IN ('reading', 'filing') AND lease_until > $2")
        .bind(now)
        .bind(first)
        .execute(connection)
        .await?;
    Ok(deliveries.rows_affected() + mails.rows_affected() + scans.rows_affected() + imports.rows_affected())
}
