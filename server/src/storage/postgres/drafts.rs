//! Drafts, their rivals and their files.

use credit::attachment::Attachment;
use credit::credit_code::CreditCode;
use credit::draft::Draft;
use credit::filing::Instant;
use sqlx::postgres::{PgConnection, PgPool};

use super::{filings, scans};
use crate::storage::drafts::beside;
use crate::storage::rows::{self, DraftLineRow, DraftRow, RivalRow, json, new_id, plain, read};
use crate::storage::{Added, Change, DraftLine, Kept, Rival, StorageError, Stored, StoredDraft};

pub(super) async fn begin(connection: &mut PgConnection, draft: &StoredDraft) -> Stored<()> {
    let files = scans::as_known(connection, &draft.attachments).await?;
    insert(connection, draft, &files).await
}

async fn insert(connection: &mut PgConnection, draft: &StoredDraft, files: &[Attachment]) -> Stored<()> {
    sqlx::query(
        "INSERT INTO drafts (id, enterprise_code, enterprise_name, kind, version, answers, corrects,
                             begun_at, changed_at, changed_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(plain(&draft.id))
    .bind(draft.enterprise.code.as_str())
    .bind(plain(&draft.enterprise.name))
    .bind(draft.kind.name())
    .bind(draft.version)
    .bind(json(&draft.draft)?)
    .bind(draft.corrects.as_deref())
    .bind(draft.begun_at)
    .bind(draft.changed_at)
    .bind(plain(&draft.changed_by))
    .execute(&mut *connection)
    .await?;
    for file in files {
        append(connection, &draft.id, file, draft.begun_at).await?;
    }
    Ok(())
}

/// The draft that corrects this filing; the filing must be this enterprise's.
pub(super) async fn begin_correction(connection: &mut PgConnection, filing_id: &str, draft: &StoredDraft) -> Stored<String> {
    let files = scans::as_known(connection, &draft.attachments).await?;
    if filings::stand(connection, filing_id, Some(&draft.enterprise.code)).await?.is_none() {
        return Err(StorageError::Inconsistent("the enterprise has no such filing to correct".to_owned()));
    }
    // A statement of its own: it sees what was committed while this one waited for the filing.
    let already: Option<(String,)> =
        sqlx::query_as("SELECT id FROM drafts WHERE corrects = $1").bind(plain(filing_id)).fetch_optional(&mut *connection).await?;
    if let Some((already,)) = already {
        return Ok(already);
    }
    insert(connection, &StoredDraft { corrects: Some(filing_id.to_owned()), ..draft.clone() }, &files).await?;
    Ok(draft.id.clone())
}

pub(super) async fn find(pool: &PgPool, id: &str, enterprise: &CreditCode) -> Stored<Option<StoredDraft>> {
    let row: Option<DraftRow> = sqlx::query_as(
        "SELECT id, enterprise_code, enterprise_name, kind, version, answers,
                (SELECT coalesce(json_agg(file::json ORDER BY seq)::text, '[]') FROM attachments WHERE owner_id = drafts.id),
                corrects, begun_at, changed_at, changed_by
         FROM drafts
         WHERE id = $1 AND enterprise_code = $2",
    )
    .bind(plain(id))
    .bind(enterprise.as_str())
    .fetch_optional(pool)
    .await?;
    row.map(rows::draft).transpose()
}

pub(super) async fn keep(connection: &mut PgConnection, id: &str, enterprise: &CreditCode, change: &Change) -> Stored<Kept> {
    let Some((version, answers)) = current(connection, id, enterprise).await? else { return Ok(Kept::Gone) };
    if answers == change.draft {
        return Ok(Kept::Kept(version));
    }
    if version == change.version {
        return replace(connection, id, version + 1, change).await;
    }
    add_rival(connection, id, change).await?;
    Ok(Kept::Rival(version))
}

pub(super) async fn rivals(pool: &PgPool, id: &str, enterprise: &CreditCode) -> Stored<Vec<Rival>> {
    let found: Vec<RivalRow> = sqlx::query_as(
        "SELECT rivals.id, rivals.answers, rivals.made_at, rivals.made_by
         FROM rivals JOIN drafts ON drafts.id = rivals.draft_id
         WHERE drafts.id = $1 AND drafts.enterprise_code = $2
         ORDER BY rivals.made_at, rivals.id",
    )
    .bind(plain(id))
    .bind(enterprise.as_str())
    .fetch_all(pool)
    .await?;
    found.into_iter().map(rows::rival).collect()
}

pub(super) async fn settle_rivals(
    connection: &mut PgConnection,
    id: &str,
    enterprise: &CreditCode,
    change: &Change,
    seen: &[(String, Instant)],
) -> Stored<Kept> {
    let Some((version, answers)) = current(connection, id, enterprise).await? else { return Ok(Kept::Gone) };
    if version == change.version {
        for (rival, made_at) in seen {
            sqlx::query("DELETE FROM rivals WHERE draft_id = $1 AND id = $2 AND made_at = $3")
                .bind(plain(id))
                .bind(plain(rival))
                .bind(made_at)
                .execute(&mut *connection)
                .await?;
        }
        return replace(connection, id, version + 1, change).await;
    }
    if answers != change.draft {
        add_rival(connection, id, change).await?;
    }
    Ok(Kept::Rival(version))
}

pub(super) async fn delete(connection: &mut PgConnection, id: &str, enterprise: &CreditCode) -> Stored<bool> {
    // Its rivals go with it.
    let deleted = sqlx::query("DELETE FROM drafts WHERE id = $1 AND enterprise_code = $2")
        .bind(plain(id))
        .bind(enterprise.as_str())
        .execute(&mut *connection)
        .await?;
    if deleted.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("DELETE FROM attachments WHERE owner_id = $1").bind(plain(id)).execute(connection).await?;
    Ok(true)
}

pub(super) async fn add_attachment(
    connection: &mut PgConnection,
    id: &str,
    enterprise: &CreditCode,
    attachment: &Attachment,
    at: Instant,
) -> Stored<Added> {
    let known = scans::as_known(connection, std::slice::from_ref(attachment)).await?;
    if current(connection, id, enterprise).await?.is_none() {
        return Ok(Added::Gone);
    }
    let there: Vec<String> =
        sqlx::query_scalar("SELECT file FROM attachments WHERE owner_id = $1").bind(plain(id)).fetch_all(&mut *connection).await?;
    let there = there.iter().map(|file| read("attachments", file)).collect::<Stored<Vec<Attachment>>>()?;
    for file in &known {
        // The same upload may end twice: the answer was lost, or its last part came twice at once.
        if !there.iter().any(|other| other.id == file.id) {
            append(connection, id, &beside(&there, file), at).await?;
        }
    }
    Ok(Added::Added)
}

pub(super) async fn remove_attachment(
    connection: &mut PgConnection,
    id: &str,
    enterprise: &CreditCode,
    attachment_id: &str,
) -> Stored<bool> {
    // It holds the draft, so that no file is taken from a filing that is being accepted.
    if current(connection, id, enterprise).await?.is_none() {
        return Ok(false);
    }
    let removed = sqlx::query("DELETE FROM attachments WHERE id = $2 AND owner_id = $1")
        .bind(plain(id))
        .bind(plain(attachment_id))
        .execute(connection)
        .await?;
    Ok(removed.rows_affected() > 0)
}

pub(super) async fn of_enterprise(pool: &PgPool, enterprise: &CreditCode, most: i64) -> Stored<Vec<DraftLine>> {
    let found: Vec<DraftLineRow> = sqlx::query_as(
        "SELECT id, kind, answers, changed_at, changed_by, corrects
         FROM drafts
         WHERE enterprise_code = $1
         ORDER BY changed_at DESC, id DESC
         LIMIT $2",
    )
    .bind(enterprise.as_str())
    .bind(most)
    .fetch_all(pool)
    .await?;
    found.into_iter().map(rows::draft_line).collect()
}

/// The draft's version and answers; the draft is held until the transaction ends.
async fn current(connection: &mut PgConnection, id: &str, enterprise: &CreditCode) -> Stored<Option<(i64, Draft)>> {
    let row: Option<(i64, String)> =
        sqlx::query_as("SELECT version, answers FROM drafts WHERE id = $1 AND enterprise_code = $2 FOR UPDATE")
            .bind(plain(id))
            .bind(enterprise.as_str())
            .fetch_optional(connection)
            .await?;
    row.map(|(version, answers)| Ok((version, read("answers", &answers)?))).transpose()
}

async fn replace(connection: &mut PgConnection, id: &str, version: i64, change: &Change) -> Stored<Kept> {
    sqlx::query("UPDATE drafts SET version = $2, answers = $3, changed_at = $4, changed_by = $5 WHERE id = $1")
        .bind(plain(id))
        .bind(version)
        .bind(json(&change.draft)?)
        .bind(change.at)
        .bind(plain(&change.by))
        .execute(connection)
        .await?;
    Ok(Kept::Kept(version))
}

/// Keeps answers beside the draft: once, and of one window the latest.
async fn add_rival(connection: &mut PgConnection, id: &str, change: &Change) -> Stored<()> {
    sqlx::query(
        "INSERT INTO rivals (id, draft_id, answers, made_at, made_by, typed_in)
         SELECT $1, $2, $3, $4, $5, $6
         WHERE NOT EXISTS (SELECT 1 FROM rivals WHERE draft_id = $2 AND answers = $3 AND typed_in <> $6)
         ON CONFLICT (draft_id, typed_in)
         DO UPDATE SET answers = excluded.answers, made_at = excluded.made_at, made_by = excluded.made_by",
    )
    .bind(new_id())
    .bind(plain(id))
    .bind(json(&change.draft)?)
    .bind(change.at)
    .bind(plain(&change.by))
    .bind(plain(&change.window))
    .execute(connection)
    .await?;
    Ok(())
}

async fn append(connection: &mut PgConnection, owner_id: &str, attachment: &Attachment, at: Instant) -> Stored<()> {
    sqlx::query(
        "INSERT INTO attachments (id, owner_id, seq, file, added_at)
         SELECT $1, $2, coalesce(max(seq), 0) + 1, $3, $4 FROM attachments WHERE owner_id = $2",
    )
    .bind(plain(&attachment.id))
    .bind(plain(owner_id))
    .bind(json(attachment)?)
    .bind(at)
    .execute(connection)
    .await?;
    Ok(())
}
