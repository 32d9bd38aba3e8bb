//! What the virus scanner is asked and what it found.

use async_trait::async_trait;
use credit::attachment::Attachment;
use credit::filing::Instant;
use sqlx::sqlite::SqliteConnection;

use super::SqliteStorage;
use crate::storage::Stored;
use crate::storage::rows::{beginning, json, read};
use crate::storage::scan_rows::{DueScanRow, ScanRow, due_scan, is_infected, kept_hash, refused, scan, verdict_columns};
use crate::storage::scans::{DueScan, ScanFigures, ScanSettlement, ScanState, Scans};

/// The files as they come into a draft: those whose content is known as infected are refused.
pub(super) async fn as_known(connection: &mut SqliteConnection, files: &[Attachment]) -> Stored<Vec<Attachment>> {
    let mut known = Vec::with_capacity(files.len());
    for file in files {
        let infected: Option<(i64,)> = match kept_hash(file) {
            Some(sha256) => {
                sqlx::query_as("SELECT 1 FROM scans WHERE sha256 = $1 AND verdict = 'infected'")
                    .bind(sha256)
                    .fetch_optional(&mut *connection)
                    .await?
            }
            None => None,
        };
        known.push(if infected.is_some() { refused(file) } else { file.clone() });
    }
    Ok(known)
}

async fn settle(connection: &mut SqliteConnection, sha256: &str, settlement: &ScanSettlement, at: Instant) -> Stored<bool> {
    let settled = match settlement {
        ScanSettlement::Found(verdict) => {
            let (verdict, signature) = verdict_columns(verdict);
            sqlx::query("UPDATE scans SET verdict = $2, signature = $3, looked_at = $4 WHERE sha256 = $1 AND verdict IS NULL")
                .bind(sha256)
                .bind(verdict)
                .bind(signature.map(beginning))
                .bind(at)
                .execute(&mut *connection)
                .await?
        }
        ScanSettlement::Later(next_at) => {
            sqlx::query("UPDATE scans SET next_at = $2, attempts = attempts + 1 WHERE sha256 = $1 AND verdict IS NULL")
                .bind(sha256)
                .bind(next_at)
                .execute(&mut *connection)
                .await?
        }
    };
    if settled.rows_affected() == 0 {
        return Ok(false);
    }
    if is_infected(settlement) {
        refuse_in_drafts(connection, sha256).await?;
    }
    Ok(true)
}

/// What was kept under this hash for a draft is not any more. Drafts are few beside filings, so it is they that are walked.
async fn refuse_in_drafts(connection: &mut SqliteConnection, sha256: &str) -> Stored<()> {
    let found: Vec<(String,)> =
        sqlx::query_as("SELECT file FROM attachments WHERE owner_id IN (SELECT id FROM drafts) AND instr(file, $1) > 0")
            .bind(sha256)
            .fetch_all(&mut *connection)
            .await?;
    for (text,) in found {
        let file: Attachment = read("file", &text)?;
        // The hash may also stand in a file's name.
        if kept_hash(&file) == Some(sha256) {
            sqlx::query("UPDATE attachments SET file = $2 WHERE id = $1")
                .bind(&file.id)
                .bind(json(&refused(&file))?)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

#[async_trait]
impl Scans for SqliteStorage {
    async fn ask_scan(&self, sha256: &str, at: Instant) -> Stored<()> {
        let sha256 = sha256.to_owned();
        self.writer
            .write(move |connection| {
                Box::pin(async move {
                    sqlx::query(
                        "INSERT INTO scans (sha256, asked_at, next_at) VALUES ($1, $2, $2) ON CONFLICT (sha256) DO NOTHING",
                    )
                    .bind(sha256)
                    .bind(at)
                    .execute(connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }

    async fn scan_of(&self, sha256: &str) -> Stored<Option<ScanState>> {
        let row: Option<ScanRow> = sqlx::query_as("SELECT asked_at, verdict, signature, attempts FROM scans WHERE sha256 = $1")
            .bind(sha256)
            .fetch_optional(&self.readers)
            .await?;
        row.map(scan).transpose()
    }

    async fn claim_scans(&self, now: Instant, lease_until: Instant, most: i64) -> Stored<Vec<DueScan>> {
        self.writer
            .write(move |connection| {
                Box::pin(async move {
                    // Being due again when the lease ends is all that a lease does.
                    let claimed: Vec<DueScanRow> = sqlx::query_as(
                        "UPDATE scans
                         SET next_at = $1
                         WHERE sha256 IN (SELECT sha256 FROM scans
                                          WHERE verdict IS NULL AND next_at <= $2
                                          ORDER BY next_at, sha256
                                          LIMIT $3)
                         RETURNING sha256, attempts",
                    )
                    .bind(lease_until)
                    .bind(now)
                    .bind(most)
                    .fetch_all(connection)
                    .await?;
                    Ok(claimed.into_iter().map(due_scan).collect())
                })
            })
            .await
    }

    async fn settle_scan(&self, sha256: &str, settlement: &ScanSettlement, at: Instant) -> Stored<bool> {
        let (sha256, settlement) = (sha256.to_owned(), settlement.clone());
        self.writer.write(move |connection| Box::pin(async move { settle(connection, &sha256, &settlement, at).await })).await
    }

    async fn scan_figures(&self) -> Stored<ScanFigures> {
        let (waiting, oldest_waiting_at): (i64, Option<Instant>) =
            sqlx::query_as("SELECT count(*), min(asked_at) FROM scans WHERE verdict IS NULL").fetch_one(&self.readers).await?;
        let (infected,): (i64,) =
            sqlx::query_as("SELECT count(*) FROM scans WHERE verdict = 'infected'").fetch_one(&self.readers).await?;
        Ok(ScanFigures { waiting, oldest_waiting_at, infected })
    }
}
