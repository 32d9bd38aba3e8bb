//! Applications for repair, and objections.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::filing::{Happening, Impossible, Instant, Standing};
use credit::form::FormKind;
use credit::registration::Content;
use sqlx::postgres::PgConnection;

use super::{PostgresStorage, filings};
use crate::storage::record_matters::{EntryBack, OwnNote, RecordMatters, TakingEntryBack};
use crate::storage::rows::{self, DraftLineRow, FilingLineRow, HistoryLine, plain, read};
use crate::storage::{DraftLine, FilingLine, NewFiling, Source, Stored};

/// What one may have one open filing about.
struct About {
    enterprise: CreditCode,
    kind: FormKind,
    record: String,
}

impl About {
    fn of(enterprise: &CreditCode, kind: FormKind, content: &Content) -> Option<Self> {
        let record = content.get(credit::repair::RECORD.name).cloned().unwrap_or_default();
        kind.is_about_record().then(|| Self { enterprise: enterprise.clone(), kind, record })
    }
}

/// Another filing about the same record that is still open, if this is about one.
pub(super) async fn rival(connection: &mut PgConnection, filing: &NewFiling) -> Stored<Option<String>> {
    let Some(about) = About::of(&filing.enterprise.code, filing.kind, &filing.content) else { return Ok(None) };
    hold_record(connection, &about).await?;
    other_open(connection, &about, filing.revises.as_deref().unwrap_or_default()).await
}

/// Holds a record until the transaction ends: two filings about it that come at once both see none otherwise.
async fn hold_record(connection: &mut PgConnection, about: &About) -> Stored<()> {
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
        .bind(format!("{} {} {}", about.enterprise.as_str(), about.kind.name(), about.record))
        .execute(connection)
        .await?;
    Ok(())
}

/// An open filing about it other than this one.
async fn other_open(connection: &mut PgConnection, about: &About, than: &str) -> Stored<Option<String>> {
    let found: Option<(String,)> = sqlx::query_as(
        "SELECT id
         FROM filings
         WHERE enterprise_code = $1 AND kind = $2 AND content::json ->> 'record' = $3
           AND state IN ('accepted', 'forwarded', 'under_review', 'returned') AND id <> $4
         LIMIT 1",
    )
    .bind(about.enterprise.as_str())
    .bind(about.kind.name())
    .bind(&about.record)
    .bind(than)
    .fetch_optional(connection)
    .await?;
    Ok(found.map(|(id,)| id))
}

async fn noted(
    connection: &mut PgConnection,
    id: &str,
    enterprise: &CreditCode,
    note: &OwnNote,
) -> Stored<Option<Result<(), Impossible>>> {
    let Some(stand) = filings::stand(connection, id, Some(enterprise)).await? else { return Ok(None) };
    let source = Source::Enterprise(note.by.clone());
    let line = HistoryLine { on: note.on, ..HistoryLine::of(&note.happening, &source, note.at) };
    let noted = filings::advance_by(connection, id, &stand, &line).await?;
    // Whoever handed it over by its own hand waits for nobody to confirm that it is taken back.
    if let (Ok(()), Happening::Withdrawn) = (noted, &note.happening)
        && let Some(withdrawn) = filings::stand(connection, id, Some(enterprise)).await?
    {
        return filings::advance(connection, id, &withdrawn, &Happening::WithdrawalConfirmed, &source, note.at).await.map(Some);
    }
    Ok(Some(noted))
}

/// What a filing is about, if it is the enterprise's and about a record.
async fn about(connection: &mut PgConnection, id: &str, enterprise: &CreditCode) -> Stored<Option<About>> {
    let row: Option<(String, String)> = sqlx::query_as("SELECT kind, content FROM filings WHERE id = $1 AND enterprise_code = $2")
        .bind(plain(id))
        .bind(enterprise.as_str())
        .fetch_optional(connection)
        .await?;
    let Some((kind, content)) = row else { return Ok(None) };
    Ok(About::of(enterprise, rows::kind(&kind)?, &read("content", &content)?))
}

/// Whether the platform has told something since that could not be applied: it may have said the same.
async fn platform_told_since(connection: &mut PgConnection, id: &str, at: Instant) -> Stored<bool> {
    let (told,): (bool,) = sqlx::query_as(
        "SELECT EXISTS (SELECT 1 FROM platform_events WHERE filing_id = $1 AND verdict = 'impossible' AND received_at >= $2)",
    )
    .bind(plain(id))
    .bind(at)
    .fetch_one(connection)
    .await?;
    Ok(told)
}

async fn entry_taken_back(
    connection: &mut PgConnection,
    id: &str,
    enterprise: &CreditCode,
    taking: &TakingEntryBack,
) -> Stored<Option<EntryBack>> {
    let Some(about) = about(connection, id, enterprise).await? else { return Ok(None) };
    // In the order in which filing something locks: first the record, then the filing.
    hold_record(connection, &about).await?;
    let Some(stand) = filings::stand(connection, id, Some(enterprise)).await? else { return Ok(None) };
    if stand.changes != taking.changes {
        return Ok(Some(EntryBack::Changed));
    }
    let history = filings::standing_history(connection, id).await?;
    let happened: Vec<_> = history.iter().map(|entry| (&entry.happening, entry.is_own)).collect();
    let (Some(standing), Some(latest)) = (Standing::without_latest_entry(&happened), history.last()) else {
        return Ok(Some(EntryBack::NotByHand));
    };
    if platform_told_since(connection, id, latest.at).await? {
        return Ok(Some(EntryBack::PlatformTold));
    }
    if let Some(other) = other_open(connection, &about, id).await? {
        return Ok(Some(EntryBack::OtherOpen(other)));
    }
    filings::step_back(connection, id, &stand, &standing, (latest.seq, &taking.taken)).await?;
    Ok(Some(EntryBack::Taken))
}

#[async_trait]
impl RecordMatters for PostgresStorage {
    async fn record_filings(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<FilingLine>> {
        let found: Vec<FilingLineRow> = sqlx::query_as(
            "SELECT id, reference, kind, content, standing, filed_at
             FROM filings
             WHERE enterprise_code = $1 AND kind IN ('repair', 'objection')
             ORDER BY filed_at DESC, id DESC
             LIMIT $2",
        )
        .bind(enterprise.as_str())
        .bind(most)
        .fetch_all(&self.pool)
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
        .fetch_all(&self.pool)
        .await?;
        found.into_iter().map(rows::draft_line).collect()
    }

    async fn note(&self, id: &str, enterprise: &CreditCode, note: &OwnNote) -> Stored<Option<Result<(), Impossible>>> {
        let mut transaction = self.pool.begin().await?;
        let noted = noted(&mut transaction, id, enterprise, note).await?;
        transaction.commit().await?;
        Ok(noted)
    }

    async fn take_entry_back(&self, id: &str, enterprise: &CreditCode, taking: &TakingEntryBack) -> Stored<Option<EntryBack>> {
        let mut transaction = self.pool.begin().await?;
        let taken = entry_taken_back(&mut transaction, id, enterprise, taking).await?;
        transaction.commit().await?;
        Ok(taken)
    }
}
