//! Applications for repair, and objections.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::filing::{Happening, Impossible};
use credit::form::FormKind;
use sqlx::sqlite::SqliteConnection;

use super::{SqliteStorage, filings};
use crate::storage::record_matters::{OwnNote, RecordMatters};
use crate::storage::rows::{self, DraftLineRow, FilingLineRow};
use crate::storage::{DraftLine, FilingLine, NewFiling, Source, Stored};

/// Another filing about the same record that is still open, if this is about one.
pub(super) async fn rival(connection: &mut SqliteConnection, filing: &NewFiling) -> Stored<Option<String>> {
    if !matches!(filing.kind, FormKind::Repair | FormKind::Objection) {
        return Ok(None);
    }
    let record = filing.content.get(credit::repair::RECORD.name).map_or("", String::as_str);
    let found: Option<(String,)> = sqlx::query_as(
        "SELECT id
         FROM filings
         WHERE enterprise_code = $1 AND kind = $2 AND json_extract(content, '$.record') = $3
           AND state IN ('accepted', 'forwarded', 'under_review', 'returned') AND id <> $4
         LIMIT 1",
    )
    .bind(filing.enterprise.code.as_str())
    .bind(filing.kind.name())
    .bind(record)
    .bind(filing.revises.as_deref().unwrap_or_default())
    .fetch_optional(connection)
    .await?;
    Ok(found.map(|(id,)| id))
}

async fn noted(
    connection: &mut SqliteConnection,
    id: &str,
    enterprise: &CreditCode,
    note: &OwnNote,
) -> Stored<Option<Result<(), Impossible>>> {
    let Some(stand) = filings::stand(connection, id, Some(enterprise)).await? else { return Ok(None) };
    let source = Source::Enterprise(note.by.clone());
    let noted = filings::advance(connection, id, &stand, &note.happening, &source, note.at).await?;
    // Whoever handed it over by its own hand waits for nobody to confirm that it is taken back.
    if let (Ok(()), Happening::Withdrawn) = (noted, &note.happening)
        && let Some(withdrawn) = filings::stand(connection, id, Some(enterprise)).await?
    {
        return filings::advance(connection, id, &withdrawn, &Happening::WithdrawalConfirmed, &source, note.at).await.map(Some);
    }
    Ok(Some(noted))
}

#[async_trait]
impl RecordMatters for SqliteStorage {
    async fn record_filings(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<FilingLine>> {
        let found: Vec<FilingLineRow> = sqlx::query_as(
            "SELECT id, reference, kind, content, standing, filed_at
             FROM filings
             WHERE enterprise_code = $1 AND kind IN ('repair', 'objection') AND state <> 'superseded'
             ORDER BY filed_at DESC, id DESC
             LIMIT $2",
        )
        .bind(enterprise.as_str())
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        found.into_iter().map(rows::filing_line).collect()
    }

    async fn record_drafts(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<DraftLine>> {
        let found: Vec<DraftLineRow> = sqlx::query_as(
            "SELECT id, kind, answers, changed_at, changed_by, corrects
             FROM drafts
             WHERE enterprise_code = $1 AND kind IN ('repair', 'objection')
             ORDER BY changed_at DESC, id DESC
             LIMIT $2",
        )
        .bind(enterprise.as_str())
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        found.into_iter().map(rows::draft_line).collect()
    }

    async fn note(&self, id: &str, enterprise: &CreditCode, note: &OwnNote) -> Stored<Option<Result<(), Impossible>>> {
        let (id, enterprise, note) = (id.to_owned(), enterprise.clone(), note.clone());
        self.writer.write(move |connection| Box::pin(async move { noted(connection, &id, &enterprise, &note).await })).await
    }
}
