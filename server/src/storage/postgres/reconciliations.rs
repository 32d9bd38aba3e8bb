//! What the platform's own list says beside what we hold.

use async_trait::async_trait;
use credit::filing::{Happening, Instant};
use sqlx::postgres::PgConnection;

use super::{PostgresStorage, filings};
use crate::storage::reconciliations::{ListPlace, Listed, MOST_REPORTS, MOST_STRANGE, Reconciliations, Report, Told};
use crate::storage::rows::{beginning, json, new_id, plain, read};
use crate::storage::{Source, Stored};

async fn begin(connection: &mut PgConnection, now: Instant, next_at: Instant, forced: bool) -> Stored<Option<ListPlace>> {
    // If the next one is much further ahead than it would be now, the clock was ahead when that was noted.
    let taken: Option<(Option<String>,)> = sqlx::query_as(
        "UPDATE reconciliation
         SET next_at = $2
         WHERE next_at <= $1 OR next_at > $2 + ($2 - $1) OR $3
         RETURNING cursor",
    )
    .bind(now)
    .bind(next_at)
    .bind(forced)
    .fetch_optional(connection)
    .await?;
    Ok(taken.map(|(cursor,)| ListPlace(cursor)))
}

/// Notes one submission; whether it was confirmed by that.
async fn note(connection: &mut PgConnection, id: &str, receipt_number: &str, at: Instant) -> Stored<bool> {
    sqlx::query(
        "INSERT INTO platform_list (submission, ours, seen_at)
         SELECT $1, CASE WHEN EXISTS (SELECT 1 FROM filings WHERE id = $1) THEN 1 ELSE 0 END, $2
         WHERE true
         ON CONFLICT (submission) DO UPDATE SET seen_at = excluded.seen_at, missing_since = NULL",
    )
    .bind(id)
    .bind(at)
    .execute(&mut *connection)
    .await?;
    confirm(connection, id, receipt_number, at).await
}

async fn note_place(connection: &mut PgConnection, behind: &ListPlace) -> Stored<()> {
    // Whatever others send there must not fill our disk.
    sqlx::query(
        "DELETE FROM platform_list
         WHERE ours = 0 AND seen_at < (SELECT seen_at FROM platform_list WHERE ours = 0 ORDER BY seen_at DESC LIMIT 1 OFFSET $1)",
    )
    .bind(MOST_STRANGE)
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE reconciliation SET cursor = $1").bind(behind.0.as_deref().map(plain)).execute(connection).await?;
    Ok(())
}

async fn note_told(connection: &mut PgConnection, id: &str, told: Told, at: Instant) -> Stored<()> {
    let (seen_at, missing_since) = match told {
        Told::Seen => (Some(at), None),
        Told::Unread => (Some(0), None),
        Told::Missing => (None, Some(at)),
    };
    sqlx::query(
        "INSERT INTO platform_list (submission, ours, seen_at, asked_at, missing_since) VALUES ($1, 1, coalesce(CAST($2 AS BIGINT), 1), $3, $4)
         ON CONFLICT (submission) DO UPDATE
         SET seen_at = coalesce($2, platform_list.seen_at), asked_at = $3,
             missing_since = CASE WHEN CAST($2 AS BIGINT) > 0 THEN NULL ELSE coalesce(platform_list.missing_since, $4) END",
    )
    .bind(plain(id))
    .bind(seen_at)
    .bind(at)
    .bind(missing_since)
    .execute(connection)
    .await?;
    Ok(())
}

/// Settles a submission that counts as unsent although the platform has it. What a courier has just now it settles itself.
async fn confirm(connection: &mut PgConnection, id: &str, receipt_number: &str, at: Instant) -> Stored<bool> {
    let settled = sqlx::query(
        "UPDATE outbox
         SET state = 'done', lease = NULL, settled_at = $2
         WHERE filing_id = $1 AND cargo = 'submission' AND state <> 'done'
           AND (lease IS NULL OR due_at <= $2)",
    )
    .bind(id)
    .bind(at)
    .execute(&mut *connection)
    .await?;
    if settled.rows_affected() == 0 {
        return Ok(false);
    }
    if let Some(stand) = filings::stand(connection, id, None).await? {
        let forwarded = Happening::Forwarded { receipt: beginning(receipt_number) };
        // An event may have told us already: then this changes nothing, and that is well.
        let _ = filings::advance(connection, id, &stand, &forwarded, &Source::Portal, at).await?;
    }
    Ok(true)
}

async fn keep_report(connection: &mut PgConnection, report: &Report) -> Stored<()> {
    sqlx::query("INSERT INTO reconciliations (id, began_at, report) VALUES ($1, $2, $3)")
        .bind(new_id())
        .bind(report.began_at)
        .bind(json(report)?)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM reconciliations WHERE id <= (SELECT id FROM reconciliations ORDER BY id DESC LIMIT 1 OFFSET $1)")
        .bind(MOST_REPORTS)
        .execute(connection)
        .await?;
    Ok(())
}

#[async_trait]
impl Reconciliations for PostgresStorage {
    async fn begin_reconciliation(&self, now: Instant, next_at: Instant, forced: bool) -> Stored<Option<ListPlace>> {
        let mut transaction = self.pool.begin().await?;
        let outcome = begin(&mut transaction, now, next_at, forced).await?;
        transaction.commit().await?;
        Ok(outcome)
    }

    async fn next_reconciliation_at(&self) -> Stored<Instant> {
        let (next_at,): (Instant,) = sqlx::query_as("SELECT next_at FROM reconciliation").fetch_one(&self.pool).await?;
        Ok(next_at)
    }

    async fn ours_among(&self, listed: &[Listed]) -> Stored<Vec<String>> {
        let mut ours = Vec::new();
        for Listed { id, .. } in listed {
            let found: Option<(String,)> =
                sqlx::query_as("SELECT id FROM filings WHERE id = $1").bind(plain(id)).fetch_optional(&self.pool).await?;
            ours.extend(found.map(|(id,)| id));
        }
        Ok(ours)
    }

    async fn note_listed(&self, listed: &[Listed], behind: &ListPlace, at: Instant) -> Stored<Vec<String>> {
        let mut confirmed = Vec::new();
        // Each in a transaction of its own, so that none holds one filing while it waits for another. The place comes last: what
        // was cut off before it is read again.
        for Listed { id, receipt_number } in listed {
            let id = beginning(id);
            let mut transaction = self.pool.begin().await?;
            let is_confirmed = note(&mut transaction, &id, receipt_number, at).await?;
            transaction.commit().await?;
            if is_confirmed {
                confirmed.push(id);
            }
        }
        let mut transaction = self.pool.begin().await?;
        note_place(&mut transaction, behind).await?;
        transaction.commit().await?;
        Ok(confirmed)
    }

    async fn unseen_filings(&self, filed_before: Instant, seen_before: Instant, most: i64) -> Stored<Vec<String>> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT id
             FROM (SELECT id, filed_at, asked_at
                   FROM filings
                   LEFT JOIN platform_list ON submission = filings.id
                   WHERE state IN ('forwarded', 'under_review') AND filed_at < $1 AND coalesce(seen_at, 1) < $2
                   UNION
                   SELECT id, filed_at, asked_at
                   FROM platform_list
                   JOIN filings ON filings.id = submission
                   WHERE ours = 1 AND seen_at = 0) AS unseen
             ORDER BY coalesce(asked_at, 0), filed_at, id
             LIMIT $3",
        )
        .bind(filed_before)
        .bind(seen_before)
        .bind(most)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    async fn note_told(&self, id: &str, told: Told, at: Instant) -> Stored<()> {
        let mut connection = self.pool.acquire().await?;
        note_told(&mut connection, id, told, at).await
    }

    async fn missing_filings(&self, most: i64) -> Stored<(i64, Vec<String>)> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT submission, count(*) OVER ()
             FROM platform_list
             JOIN filings ON filings.id = platform_list.submission
             WHERE missing_since > seen_at AND filings.state IN ('forwarded', 'under_review')
             ORDER BY missing_since, submission
             LIMIT $1",
        )
        .bind(most)
        .fetch_all(&self.pool)
        .await?;
        let all = rows.first().map_or(0, |(_, all)| *all);
        Ok((all, rows.into_iter().map(|(id, _)| id).collect()))
    }

    async fn strange_submissions(&self, most: i64) -> Stored<Vec<String>> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT submission FROM platform_list WHERE ours = 0 ORDER BY seen_at DESC LIMIT $1")
                .bind(most)
                .fetch_all(&self.pool)
                .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    async fn keep_report(&self, report: &Report) -> Stored<()> {
        let mut transaction = self.pool.begin().await?;
        let outcome = keep_report(&mut transaction, report).await?;
        transaction.commit().await?;
        Ok(outcome)
    }

    async fn reports(&self, most: i64) -> Stored<Vec<Report>> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT report FROM reconciliations ORDER BY id DESC LIMIT $1").bind(most).fetch_all(&self.pool).await?;
        rows.iter().map(|(report,)| read("report", report)).collect()
    }
}
