//! Filings that the platform has said nothing of for too long.

use async_trait::async_trait;
use credit::filing::Instant;
use sqlx::sqlite::SqliteConnection;

use super::SqliteStorage;
use crate::storage::Stored;
use crate::storage::silences::{SilenceFigures, Silences, Told};

async fn note(
    connection: &mut SqliteConnection,
    support_before: Instant,
    owner_before: Instant,
    at: Instant,
) -> Stored<Vec<(String, Told)>> {
    sqlx::query(
        "DELETE FROM silences
         WHERE NOT EXISTS (
             SELECT 1
             FROM filings
             WHERE filings.id = silences.filing_id
               AND state IN ('forwarded', 'under_review')
               AND (SELECT max(happened_at)
                    FROM history
                    WHERE history.filing_id = filings.id AND source IN ('\"portal\"', '\"platform\"')) < $1
         )",
    )
    .bind(support_before)
    .execute(&mut *connection)
    .await?;
    let support: Vec<(String,)> = sqlx::query_as(
        "INSERT INTO silences (filing_id, told, told_at)
         SELECT id, 'support', $2
         FROM filings
         WHERE state IN ('forwarded', 'under_review')
           AND filed_at < $1
           AND (SELECT max(happened_at)
                FROM history
                WHERE history.filing_id = filings.id AND source IN ('\"portal\"', '\"platform\"')) < $1
         ON CONFLICT (filing_id) DO NOTHING
         RETURNING filing_id",
    )
    .bind(support_before)
    .bind(at)
    .fetch_all(&mut *connection)
    .await?;
    let owner: Vec<(String,)> = sqlx::query_as(
        "UPDATE silences
         SET told = 'owner', told_at = $2
         WHERE told = 'support'
           AND (SELECT max(happened_at)
                FROM history
                WHERE history.filing_id = silences.filing_id AND source IN ('\"portal\"', '\"platform\"')) < $1
         RETURNING filing_id",
    )
    .bind(owner_before)
    .bind(at)
    .fetch_all(connection)
    .await?;
    let support = support.into_iter().map(|(id,)| (id, Told::Support));
    Ok(support.chain(owner.into_iter().map(|(id,)| (id, Told::Owner))).collect())
}

#[async_trait]
impl Silences for SqliteStorage {
    async fn note_silences(&self, support_before: Instant, owner_before: Instant, at: Instant) -> Stored<Vec<(String, Told)>> {
        self.writer.write(move |connection| Box::pin(async move { note(connection, support_before, owner_before, at).await })).await
    }

    async fn silence_figures(&self) -> Stored<SilenceFigures> {
        let (support, owner): (i64, i64) =
            sqlx::query_as("SELECT count(*) FILTER (WHERE told = 'support'), count(*) FILTER (WHERE told = 'owner') FROM silences")
                .fetch_one(&self.readers)
                .await?;
        Ok(SilenceFigures { support, owner })
    }

    async fn silent_references(&self, most: i64) -> Stored<Vec<String>> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT reference FROM silences JOIN filings ON filings.id = filing_id ORDER BY told_at, filing_id LIMIT $1",
        )
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().map(|(reference,)| reference).collect())
    }
}
