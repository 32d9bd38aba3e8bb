//! What the operator sees and does.

use std::sync::Arc;

use async_trait::async_trait;
use credit::filing::Instant;
use credit::news::News;
use sqlx::sqlite::SqliteConnection;

use super::{SqliteStorage, notices, waits};
use crate::storage::Stored;
use crate::storage::operations::{
    Audited, AuditedRow, BreakerState, Moved, Operations, OperatorDeed, OutboxRow, OutboxRowRow, Sign, WhichRows, outbox_rows,
};
use crate::storage::rows::{beginning, new_id, plain};

/// The only platform there is.
const PLATFORM: &str = "platform";

async fn operate(connection: &mut SqliteConnection, id: &str, deed: &OperatorDeed, by: &str, at: Instant) -> Stored<Moved> {
    let found: Option<(String, String, bool)> =
        sqlx::query_as("SELECT filing_id, state, lease IS NOT NULL AND due_at > $2 FROM outbox WHERE id = $1")
            .bind(plain(id))
            .bind(at)
            .fetch_optional(&mut *connection)
            .await?;
    let filing_id = match (found, deed) {
        (None, _) => return Ok(Moved::NoSuchRow),
        (Some((_, _, true)), _) => return Ok(Moved::UnderWay),
        (Some((_, state, _)), OperatorDeed::Park { .. }) if state != "due" => return Ok(Moved::Already),
        (Some((filing_id, ..)), _) => filing_id,
    };
    match deed {
        OperatorDeed::Retry => {
            sqlx::query(
                "UPDATE outbox
                 SET state = 'due', due_at = $2, attempts = 0, lease = NULL, settled_at = NULL
                 WHERE id = $1",
            )
            .bind(plain(id))
            .bind(at)
            .execute(&mut *connection)
            .await?;
        }
        OperatorDeed::Park { .. } => {
            sqlx::query(
                "UPDATE outbox
                 SET state = 'parked', lease = NULL, last_problem = 'parked by the operator'
                 WHERE id = $1",
            )
            .bind(plain(id))
            .execute(&mut *connection)
            .await?;
            notices::tell(connection, &filing_id, &News::Undelivered, at).await?;
        }
    }
    sqlx::query("INSERT INTO audit (id, at, by_whom, deed, about, reason) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(new_id())
        .bind(at)
        .bind(beginning(by))
        .bind(deed.name())
        .bind(plain(id))
        .bind(deed.reason().map(beginning))
        .execute(connection)
        .await?;
    Ok(Moved::Moved)
}

async fn keep_breaker(connection: &mut SqliteConnection, breaker: &BreakerState) -> Stored<()> {
    sqlx::query(
        "INSERT INTO breakers (platform, state, since, problem) VALUES ($1, $2, $3, $4)
         ON CONFLICT (platform) DO UPDATE SET state = excluded.state, since = excluded.since, problem = excluded.problem",
    )
    .bind(PLATFORM)
    .bind(&breaker.state)
    .bind(breaker.since)
    .bind(breaker.problem.as_deref().map(beginning))
    .execute(connection)
    .await?;
    Ok(())
}

async fn prune_outbox(connection: &mut SqliteConnection, settled_before: Instant, most: i64) -> Stored<u64> {
    let pruned = sqlx::query(
        "DELETE FROM outbox
         WHERE id IN (SELECT outbox.id
                      FROM outbox JOIN filings ON filings.id = filing_id
                      WHERE outbox.state = 'done' AND settled_at < $1 AND filings.state IN ('decided', 'withdrawn', 'superseded')
                      ORDER BY settled_at
                      LIMIT $2)",
    )
    .bind(settled_before)
    .bind(most)
    .execute(connection)
    .await?;
    Ok(pruned.rows_affected())
}

async fn prune_events(connection: &mut SqliteConnection, received_before: Instant) -> Stored<u64> {
    let pruned = sqlx::query("DELETE FROM platform_events WHERE verdict <> 'applied' AND received_at < $1")
        .bind(received_before)
        .execute(connection)
        .await?;
    Ok(pruned.rows_affected())
}

#[async_trait]
impl Operations for SqliteStorage {
    async fn outbox_rows(&self, which: WhichRows, most: i64) -> Stored<Vec<OutboxRow>> {
        let rows: Vec<OutboxRowRow> = match which {
            WhichRows::Unsent => {
                sqlx::query_as(outbox_rows!("WHERE state <> 'done' ORDER BY state = 'parked' DESC, born_at, id LIMIT $1"))
                    .bind(most)
                    .fetch_all(&self.readers)
                    .await?
            }
            WhichRows::Parked => {
                sqlx::query_as(outbox_rows!("WHERE state = 'parked' ORDER BY born_at, id LIMIT $1"))
                    .bind(most)
                    .fetch_all(&self.readers)
                    .await?
            }
            WhichRows::Due(now) => {
                sqlx::query_as(outbox_rows!("WHERE state = 'due' AND due_at <= $2 AND behind IS NULL ORDER BY due_at, id LIMIT $1"))
                    .bind(most)
                    .bind(now)
                    .fetch_all(&self.readers)
                    .await?
            }
        };
        Ok(rows.into_iter().map(OutboxRow::from).collect())
    }

    async fn outbox_row(&self, id: &str) -> Stored<Option<OutboxRow>> {
        let row: Option<OutboxRowRow> =
            sqlx::query_as(outbox_rows!("WHERE id = $1")).bind(plain(id)).fetch_optional(&self.readers).await?;
        Ok(row.map(OutboxRow::from))
    }

    async fn operate(&self, id: &str, deed: &OperatorDeed, by: &str, at: Instant) -> Stored<Moved> {
        let (id, deed, by) = (id.to_owned(), deed.clone(), by.to_owned());
        self.writer.write(move |connection| Box::pin(async move { operate(connection, &id, &deed, &by, at).await })).await
    }

    async fn audit_about(&self, id: &str) -> Stored<Vec<Audited>> {
        let rows: Vec<AuditedRow> =
            sqlx::query_as("SELECT at, by_whom, deed, about, reason FROM audit WHERE about = $1 ORDER BY id")
                .bind(plain(id))
                .fetch_all(&self.readers)
                .await?;
        Ok(rows.into_iter().map(Audited::from).collect())
    }

    async fn listen(&self, _heard: Arc<dyn Fn(Sign) + Send + Sync>) -> Stored<()> {
        // Another process on the same file looks every few seconds.
        std::future::pending().await
    }

    async fn keep_breaker(&self, breaker: &BreakerState) -> Stored<()> {
        let breaker = breaker.clone();
        self.writer.write(move |connection| Box::pin(async move { keep_breaker(connection, &breaker).await })).await
    }

    async fn breaker(&self) -> Stored<Option<BreakerState>> {
        let row: Option<(String, Instant, Option<String>)> =
            sqlx::query_as("SELECT state, since, problem FROM breakers WHERE platform = $1")
                .bind(PLATFORM)
                .fetch_optional(&self.readers)
                .await?;
        Ok(row.map(|(state, since, problem)| BreakerState { state, since, problem }))
    }

    async fn untold_failures(&self) -> Stored<i64> {
        let (untold,): (i64,) = sqlx::query_as(
            "SELECT (SELECT count(*)
                     FROM outbox
                     WHERE state = 'parked'
                       AND NOT EXISTS (SELECT 1 FROM notices
                                       WHERE notices.filing_id = outbox.filing_id AND news = '\"undelivered\"'))
                  + (SELECT count(*)
                     FROM (SELECT id,
                                  CASE
                                      WHEN state = 'returned' THEN '\"returned\"'
                                      WHEN standing LIKE '{\"state\":{\"decided\":{\"refused\":%' THEN '\"refused\"'
                                      WHEN standing LIKE '{\"state\":{\"decided\":{\"found_untrue\":%' THEN '\"found_untrue\"'
                                  END AS failure
                           FROM filings
                           WHERE state IN ('returned', 'decided')
                             -- Who entered it by hand knows it.
                             AND coalesce(standing ->> '$.by_own_word', 0) = 0) AS failed
                     WHERE failure IS NOT NULL
                       AND NOT EXISTS (SELECT 1 FROM notices WHERE notices.filing_id = failed.id AND news = failure))",
        )
        .fetch_one(&self.readers)
        .await?;
        Ok(untold)
    }

    async fn prune_outbox(&self, settled_before: Instant, most: i64) -> Stored<u64> {
        self.writer.write(move |connection| Box::pin(async move { prune_outbox(connection, settled_before, most).await })).await
    }

    async fn prune_events(&self, received_before: Instant) -> Stored<u64> {
        self.writer.write(move |connection| Box::pin(async move { prune_events(connection, received_before).await })).await
    }

    async fn bring_near(&self, now: Instant) -> Stored<u64> {
        self.writer.write(move |connection| Box::pin(async move { waits::bring_near(connection, now).await })).await
    }
}
