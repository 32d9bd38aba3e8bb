//! Filings: their birth, their reading, and every change of where they stand.

use std::borrow::Cow;

use credit::attachment::Attachment;
use credit::credit_code::CreditCode;
use credit::filing::{Happening, Impossible, Instant, Publication, Standing};
use credit::news::News;
use credit::repair::HandOver;
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::{commitments, notices, outbox, publications, receipts, record_matters};
use crate::storage::receipts::Signing;
use crate::storage::record_matters::TakenBack;
use crate::storage::rows::{
    self, FilingLineRow, FilingRow, HistoryLine, Stand, StandRow, StandingEntry, StandingEntryRow, json, plain, read, same_files,
    state_name,
};
use crate::storage::{Acceptance, Before, Cargo, FilingLine, NewFiling, Source, Stored, StoredFiling, TakingBack};

pub(super) async fn accept(
    connection: &mut SqliteConnection,
    filing: &NewFiling,
    version: i64,
    files: &[String],
) -> Stored<Acceptance> {
    let Some((current, attachments)) = reviewed(connection, filing).await? else {
        let before = exists(connection, &filing.id, &filing.enterprise.code).await?;
        return Ok(if before { Acceptance::Before } else { Acceptance::Gone });
    };
    if current != version || !same_files(&attachments, files) {
        return Ok(Acceptance::Changed(current));
    }
    if let Some(other) = record_matters::rival(connection, filing).await? {
        return Ok(Acceptance::AlreadyOpen(other));
    }
    if !key_signs(connection, &filing.receipt.signing).await? {
        return Ok(Acceptance::KeyGone);
    }
    let source = Source::Enterprise(filing.filed_by.name.clone());
    if let Some(old) = &filing.revises {
        let Some(stand) = stand(connection, old, Some(&filing.enterprise.code)).await? else {
            return Ok(Acceptance::CannotRevise(Impossible::NotReturned));
        };
        let superseded = Happening::Superseded { by: filing.id.clone() };
        if let Err(impossible) = advance(connection, old, &stand, &superseded, &source, filing.filed_at).await? {
            return Ok(Acceptance::CannotRevise(impossible));
        }
    }
    insert(connection, filing).await?;
    let accepted = HistoryLine::of(&Happening::Accepted, &source, filing.filed_at);
    add_history(connection, &filing.id, 1, &accepted).await?;
    let (code, envelope) = match &filing.receipt.commitment {
        Some(commitment) => {
            let code = commitments::next_code(connection, commitment).await?;
            commitments::enter(connection, filing, commitment, &code).await?;
            let envelope = filing.envelope.replace(&commitment.code_place, &code);
            (Some(code), Cow::Owned(envelope))
        }
        None => (None, Cow::Borrowed(&filing.envelope)),
    };
    if HandOver::of(&filing.content) == HandOver::Platform {
        outbox::add(connection, &filing.id, &filing.id, Cargo::Submission, &envelope, filing.filed_at).await?;
    }
    // Its rivals go with it. The files stay: they are the filing's now.
    sqlx::query("DELETE FROM drafts WHERE id = $1").bind(plain(&filing.id)).execute(&mut *connection).await?;
    // Last, because it holds the log until the transaction ends.
    receipts::enter(connection, filing, code.as_deref()).await?;
    Ok(Acceptance::Accepted)
}

/// The version and the files of the draft that is to be accepted.
async fn reviewed(connection: &mut SqliteConnection, filing: &NewFiling) -> Stored<Option<(i64, Vec<Attachment>)>> {
    let row: Option<(i64, String)> = sqlx::query_as(
        "SELECT version, (SELECT json_group_array(json(file)) FROM attachments WHERE owner_id = drafts.id)
         FROM drafts
         WHERE id = $1 AND enterprise_code = $2",
    )
    .bind(plain(&filing.id))
    .bind(filing.enterprise.code.as_str())
    .fetch_optional(connection)
    .await?;
    row.map(|(version, attachments)| Ok((version, read("attachments", &attachments)?))).transpose()
}

/// Whether the key of a signature is not revoked.
async fn key_signs(connection: &mut SqliteConnection, signing: &Signing) -> Stored<bool> {
    let Signing::Signed { key, .. } = signing else { return Ok(true) };
    let active: Option<(String,)> = sqlx::query_as("SELECT id FROM signing_keys WHERE id = $1 AND revoked_at IS NULL")
        .bind(plain(key))
        .fetch_optional(connection)
        .await?;
    Ok(active.is_some())
}

async fn exists(connection: &mut SqliteConnection, id: &str, enterprise: &CreditCode) -> Stored<bool> {
    let row: Option<(i64,)> = sqlx::query_as("SELECT changes FROM filings WHERE id = $1 AND enterprise_code = $2")
        .bind(plain(id))
        .bind(enterprise.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

async fn insert(connection: &mut SqliteConnection, filing: &NewFiling) -> Stored<()> {
    let standing = Standing::accepted();
    sqlx::query(
        "INSERT INTO filings (id, reference, enterprise_code, enterprise_name, kind, form_version, content, pledge,
                              filed_by, filed_at, state, standing, changes, revises)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13)",
    )
    .bind(plain(&filing.id))
    .bind(plain(&filing.reference))
    .bind(filing.enterprise.code.as_str())
    .bind(plain(&filing.enterprise.name))
    .bind(filing.kind.name())
    .bind(i64::from(filing.form_version))
    .bind(json(&filing.content)?)
    .bind(json(&filing.pledge)?)
    .bind(json(&filing.filed_by)?)
    .bind(filing.filed_at)
    .bind(state_name(&standing.state))
    .bind(json(&standing)?)
    .bind(filing.revises.as_deref())
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn find(readers: &SqlitePool, id: &str, enterprise: &CreditCode) -> Stored<Option<StoredFiling>> {
    let row: Option<FilingRow> = sqlx::query_as(
        "SELECT id, reference, enterprise_code, enterprise_name, kind, form_version, content,
                (SELECT json_group_array(json(file) ORDER BY seq) FROM attachments WHERE owner_id = filings.id),
                pledge, filed_by, filed_at, standing, changes, revises,
                (SELECT json_group_array(json_object('at', happened_at, 'on', happened_on, 'happening', json(happening),
                                                     'source', json(source), 'taken_back_at', taken_back_at,
                                                     'taken_back_by', taken_back_by)
                                         ORDER BY seq)
                 FROM history WHERE filing_id = filings.id),
                (SELECT json_object('attempts', attempts,
                                    'next_at', CASE outbox.state WHEN 'due' THEN due_at END,
                                    'last_problem', last_problem,
                                    'is_held_up', json(iif(EXISTS (SELECT 1 FROM outbox AS before
                                                                   WHERE before.filing_id = filings.revises
                                                                     AND before.state = 'parked'), 'true', 'false')))
                 FROM outbox WHERE filing_id = filings.id AND outbox.state <> 'done' ORDER BY seq LIMIT 1)
         FROM filings
         WHERE id = $1 AND enterprise_code = $2",
    )
    .bind(plain(id))
    .bind(enterprise.as_str())
    .fetch_optional(readers)
    .await?;
    row.map(rows::filing).transpose()
}

pub(super) async fn changes(readers: &SqlitePool, id: &str, enterprise: &CreditCode) -> Stored<Option<i64>> {
    let row: Option<(i64,)> = sqlx::query_as("SELECT changes FROM filings WHERE id = $1 AND enterprise_code = $2")
        .bind(plain(id))
        .bind(enterprise.as_str())
        .fetch_optional(readers)
        .await?;
    Ok(row.map(|(changes,)| changes))
}

pub(super) async fn of_enterprise(
    readers: &SqlitePool,
    enterprise: &CreditCode,
    before: Option<&Before>,
    most: i64,
) -> Stored<Vec<FilingLine>> {
    let found: Vec<FilingLineRow> = match before {
        None => {
            sqlx::query_as(
                "SELECT id, reference, kind, content, standing, filed_at
                 FROM filings
                 WHERE enterprise_code = $1 AND state <> 'superseded'
                 ORDER BY filed_at DESC, id DESC
                 LIMIT $2",
            )
            .bind(enterprise.as_str())
            .bind(most)
            .fetch_all(readers)
            .await?
        }
        Some(before) => {
            sqlx::query_as(
                "SELECT id, reference, kind, content, standing, filed_at
                 FROM filings
                 WHERE enterprise_code = $1 AND state <> 'superseded' AND (filed_at, id) < ($3, $4)
                 ORDER BY filed_at DESC, id DESC
                 LIMIT $2",
            )
            .bind(enterprise.as_str())
            .bind(most)
            .bind(before.filed_at)
            .bind(plain(&before.id))
            .fetch_all(readers)
            .await?
        }
    };
    found.into_iter().map(rows::filing_line).collect()
}

pub(super) async fn take_back(
    connection: &mut SqliteConnection,
    id: &str,
    enterprise: &CreditCode,
    taking: &TakingBack,
) -> Stored<Option<Result<(), Impossible>>> {
    let Some(before) = stand(connection, id, Some(enterprise)).await? else { return Ok(None) };
    let source = Source::Enterprise(taking.by.clone());
    if let Err(impossible) = advance(connection, id, &before, &taking.happening, &source, taking.at).await? {
        return Ok(Some(Err(impossible)));
    }
    let Some(after) = stand(connection, id, Some(enterprise)).await? else { return Ok(None) };
    let body = (taking.body)(&after.standing);
    outbox::add(connection, &rows::new_id(), id, taking.cargo, &body, taking.at).await?;
    Ok(Some(Ok(())))
}

/// Where a filing stands; of this enterprise, or of any.
pub(super) async fn stand(connection: &mut SqliteConnection, id: &str, enterprise: Option<&CreditCode>) -> Stored<Option<Stand>> {
    let row: Option<StandRow> = sqlx::query_as(
        "SELECT standing, changes
         FROM filings
         WHERE id = $1 AND ($2 IS NULL OR enterprise_code = $2)",
    )
    .bind(plain(id))
    .bind(enterprise.map(CreditCode::as_str))
    .fetch_optional(connection)
    .await?;
    row.map(rows::stand).transpose()
}

/// Applies a happening to a filing, with its history entry; or changes nothing and says why.
pub(super) async fn advance(
    connection: &mut SqliteConnection,
    id: &str,
    stand: &Stand,
    happening: &Happening,
    source: &Source,
    at: Instant,
) -> Stored<Result<(), Impossible>> {
    advance_by(connection, id, stand, &HistoryLine::of(happening, source, at)).await
}

/// Applies what a line says to a filing and adds it to the history; or changes nothing and says why.
pub(super) async fn advance_by(
    connection: &mut SqliteConnection,
    id: &str,
    stand: &Stand,
    line: &HistoryLine<'_>,
) -> Stored<Result<(), Impossible>> {
    let standing = match rows::moved(&stand.standing, line.happening, line.source) {
        Ok(standing) => standing,
        Err(impossible) => return Ok(Err(impossible)),
    };
    let changes = stand.changes + 1;
    set_standing(connection, id, &standing, changes).await?;
    add_history(connection, id, changes, line).await?;
    let is_public_matter = stand.standing.publication != Publication::None || standing.publication != Publication::None;
    if is_public_matter || stand.standing.holds() != standing.holds() {
        publications::standing_changed(connection, id).await?;
    }
    receipts::log_happening(connection, id, line.happening, line.at).await?;
    Ok(Ok(()))
}

async fn set_standing(connection: &mut SqliteConnection, id: &str, standing: &Standing, changes: i64) -> Stored<()> {
    sqlx::query("UPDATE filings SET state = $2, standing = $3, changes = $4 WHERE id = $1")
        .bind(plain(id))
        .bind(state_name(&standing.state))
        .bind(json(standing)?)
        .bind(changes)
        .execute(connection)
        .await?;
    Ok(())
}

/// The lines of a history that count, oldest first.
pub(super) async fn standing_history(connection: &mut SqliteConnection, id: &str) -> Stored<Vec<StandingEntry>> {
    let found: Vec<StandingEntryRow> = sqlx::query_as(
        "SELECT seq, happened_at, happening, source
         FROM history
         WHERE filing_id = $1 AND taken_back_at IS NULL
         ORDER BY seq",
    )
    .bind(plain(id))
    .fetch_all(connection)
    .await?;
    found.into_iter().map(rows::standing_entry).collect()
}

/// Takes a line of the history back; `standing` is where the filing stands without it. What is entered by hand is neither
/// published nor in the log, so nothing else has to follow.
pub(super) async fn step_back(
    connection: &mut SqliteConnection,
    id: &str,
    stand: &Stand,
    standing: &Standing,
    (seq, taken): (i64, &TakenBack),
) -> Stored<()> {
    set_standing(connection, id, standing, stand.changes + 1).await?;
    sqlx::query("UPDATE history SET taken_back_at = $3, taken_back_by = $4 WHERE filing_id = $1 AND seq = $2")
        .bind(plain(id))
        .bind(seq)
        .bind(taken.at)
        .bind(plain(&taken.by))
        .execute(&mut *connection)
        .await?;
    Ok(())
}

/// Adds a line to the history; what the enterprise did not do itself it is told in the same transaction.
async fn add_history(connection: &mut SqliteConnection, filing_id: &str, seq: i64, line: &HistoryLine<'_>) -> Stored<()> {
    sqlx::query(
        "INSERT INTO history (filing_id, seq, happened_at, happening, source, happened_on)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(plain(filing_id))
    .bind(seq)
    .bind(line.at)
    .bind(json(line.happening)?)
    .bind(json(line.source)?)
    .bind(line.on.map(|day| day.to_string()))
    .execute(&mut *connection)
    .await?;
    match (line.source, News::of(line.happening)) {
        (Source::Portal | Source::Platform, Some(news)) => notices::tell(connection, filing_id, &news, line.at).await,
        _ => Ok(()),
    }
}
