//! What an enterprise has here in sum, and the last reading from the platform.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::on_file::OnFile;

use super::PostgresStorage;
use crate::storage::notice_rows::{CountRow, filing_counts};
use crate::storage::overviews::{FilingCount, Overviews};
use crate::storage::rows::{self, FilingLineRow, json, plain, read};
use crate::storage::{FilingLine, Stored};

#[async_trait]
impl Overviews for PostgresStorage {
    async fn filing_counts(&self, enterprise: &CreditCode) -> Stored<Vec<FilingCount>> {
        let found: Vec<CountRow> = sqlx::query_as(
            "SELECT kind, state, CASE WHEN (standing::json #> '{state,decided,granted}') IS NOT NULL THEN 'granted'
                         WHEN (standing::json #> '{state,decided,found_untrue}') IS NOT NULL THEN 'found_untrue'
                         ELSE '' END AS decision,
                    count(*), count(standing::json #> '{publication,published}')
             FROM filings
             WHERE enterprise_code = $1 AND state <> 'superseded'
             GROUP BY kind, state, decision",
        )
        .bind(enterprise.as_str())
        .fetch_all(&self.pool)
        .await?;
        filing_counts(found)
    }

    async fn returned_filings(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<FilingLine>> {
        let found: Vec<FilingLineRow> = sqlx::query_as(
            "SELECT id, reference, kind, content, standing, filed_at
             FROM filings
             WHERE enterprise_code = $1 AND state = 'returned'
             ORDER BY filed_at DESC, id DESC
             LIMIT $2",
        )
        .bind(enterprise.as_str())
        .bind(most)
        .fetch_all(&self.pool)
        .await?;
        found.into_iter().map(rows::filing_line).collect()
    }

    async fn filing_ids(&self, enterprise: &CreditCode, after: &str, most: i64) -> Stored<Vec<String>> {
        let found: Vec<(String,)> =
            sqlx::query_as("SELECT id FROM filings WHERE enterprise_code = $1 AND id > $2 ORDER BY id LIMIT $3")
                .bind(enterprise.as_str())
                .bind(plain(after))
                .bind(most)
                .fetch_all(&self.pool)
                .await?;
        Ok(found.into_iter().map(|(id,)| id).collect())
    }

    async fn keep_reading(&self, enterprise: &CreditCode, reading: &OnFile) -> Stored<()> {
        sqlx::query(
            "INSERT INTO readings (enterprise_code, on_file, read_at) VALUES ($1, $2, $3)
             ON CONFLICT (enterprise_code) DO UPDATE SET on_file = excluded.on_file, read_at = excluded.read_at
             WHERE readings.read_at <= excluded.read_at",
        )
        .bind(enterprise.as_str())
        .bind(json(reading)?)
        .bind(reading.read_at)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    async fn last_reading(&self, enterprise: &CreditCode) -> Stored<Option<OnFile>> {
        let row: Option<(String,)> = sqlx::query_as("SELECT on_file FROM readings WHERE enterprise_code = $1")
            .bind(enterprise.as_str())
            .fetch_optional(&self.pool)
            .await?;
        row.map(|(text,)| read("on_file", &text)).transpose()
    }
}
