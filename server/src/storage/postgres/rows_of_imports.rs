//! The rows of files with many registrations.

use credit::credit_code::CreditCode;
use credit::filing::Instant;
use sqlx::postgres::{PgConnection, PgPool};

use super::{drafts, filings, imports};
use crate::storage::import_rows::{self, RowColumns};
use crate::storage::imports::{FilingOrders, ImportRow, Mended, Which};
use crate::storage::rows::{json, plain};
use crate::storage::{Acceptance, NewFiling, StorageError, Stored, StoredDraft};

pub(super) async fn add_rows(connection: &mut PgConnection, id: &str, rows: &[ImportRow], lease_until: Instant) -> Stored<()> {
    for row in rows {
        sqlx::query(
            "INSERT INTO import_rows (import_id, line, id, answers, version, state, faults)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (import_id, line) DO NOTHING",
        )
        .bind(plain(id))
        .bind(row.line)
        .bind(plain(&row.id))
        .bind(json(&row.draft)?)
        .bind(row.version)
        .bind(row.state.name())
        .bind(row.faults)
        .execute(&mut *connection)
        .await?;
    }
    imports::hold(connection, id, lease_until).await
}

pub(super) async fn rows(
    pool: &PgPool,
    id: &str,
    enterprise: &CreditCode,
    which: Which,
    after: i64,
    most: i64,
) -> Stored<Vec<ImportRow>> {
    let (state, least, most_faults) = which.asked();
    let found: Vec<RowColumns> = sqlx::query_as(
        "SELECT import_rows.line, import_rows.id, import_rows.answers, import_rows.version, import_rows.state, import_rows.faults
         FROM import_rows JOIN imports ON imports.id = import_rows.import_id
         WHERE imports.id = $1 AND imports.enterprise_code = $2 AND import_rows.line > $3
               AND (import_rows.state = $4 OR $4 = '') AND import_rows.faults BETWEEN $5 AND $6
         ORDER BY import_rows.line
         LIMIT $7",
    )
    .bind(plain(id))
    .bind(enterprise.as_str())
    .bind(after)
    .bind(state)
    .bind(least)
    .bind(most_faults)
    .bind(most)
    .fetch_all(pool)
    .await?;
    found.into_iter().map(import_rows::row).collect()
}

pub(super) async fn mend(connection: &mut PgConnection, id: &str, enterprise: &CreditCode, mended: &ImportRow) -> Stored<Mended> {
    // Nothing of it is ordered to be filed, or made into drafts, while this is kept.
    let there: Option<(i64,)> = sqlx::query_as(
        "SELECT import_rows.version
         FROM import_rows JOIN imports ON imports.id = import_rows.import_id
         WHERE imports.id = $1 AND imports.enterprise_code = $2 AND import_rows.line = $3
         FOR SHARE OF imports",
    )
    .bind(plain(id))
    .bind(enterprise.as_str())
    .bind(mended.line)
    .fetch_optional(&mut *connection)
    .await?;
    if there.is_none() {
        return Ok(Mended::Gone);
    }
    let kept = sqlx::query(
        "UPDATE import_rows SET answers = $4, faults = $5, version = version + 1
         WHERE import_id = $1 AND line = $2 AND version = $3 AND state = 'open'
               AND (SELECT state FROM imports WHERE id = $1) = 'open'",
    )
    .bind(plain(id))
    .bind(mended.line)
    .bind(mended.version)
    .bind(json(&mended.draft)?)
    .bind(mended.faults)
    .execute(connection)
    .await?;
    Ok(if kept.rows_affected() > 0 { Mended::Mended } else { Mended::Changed })
}

pub(super) async fn drop_row(connection: &mut PgConnection, id: &str, enterprise: &CreditCode, line: i64) -> Stored<bool> {
    let dropped = sqlx::query(
        "UPDATE import_rows SET state = 'dropped'
         WHERE line = $3 AND state = 'open'
               AND import_id = (SELECT id FROM imports WHERE id = $1 AND enterprise_code = $2 AND state = 'open' FOR SHARE)",
    )
    .bind(plain(id))
    .bind(enterprise.as_str())
    .bind(line)
    .execute(connection)
    .await?;
    Ok(dropped.rows_affected() > 0)
}

pub(super) async fn draft_rows(
    connection: &mut PgConnection,
    id: &str,
    enterprise: &CreditCode,
    by: &str,
    at: Instant,
) -> Stored<i64> {
    // Of two at once the second waits here until the first is done.
    sqlx::query("UPDATE imports SET lease_until = lease_until WHERE id = $1").bind(plain(id)).execute(&mut *connection).await?;
    let drafted = sqlx::query(
        "INSERT INTO drafts (id, enterprise_code, enterprise_name, kind, version, answers, begun_at, changed_at, changed_by)
         SELECT import_rows.id, imports.enterprise_code, imports.enterprise_name, imports.kind, 1, import_rows.answers, $3::bigint, $3::bigint, $4::text
         FROM import_rows JOIN imports ON imports.id = import_rows.import_id
         WHERE imports.id = $1 AND imports.enterprise_code = $2 AND imports.state = 'open'
               AND import_rows.state = 'open' AND import_rows.faults = 0
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(plain(id))
    .bind(enterprise.as_str())
    .bind(at)
    .bind(plain(by))
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE import_rows SET state = 'drafted'
         WHERE import_id = $1 AND state = 'open' AND id IN (SELECT id FROM drafts WHERE enterprise_code = $2)",
    )
    .bind(plain(id))
    .bind(enterprise.as_str())
    .execute(connection)
    .await?;
    Ok(i64::try_from(drafted.rows_affected()).unwrap_or(i64::MAX))
}

pub(super) async fn file_row(
    connection: &mut PgConnection,
    import_id: &str,
    row: &ImportRow,
    draft: &StoredDraft,
    filing: &NewFiling,
) -> Stored<bool> {
    let taken = sqlx::query(
        "UPDATE import_rows SET state = 'filed'
         WHERE import_id = $1 AND line = $2 AND id = $3 AND version = $4 AND state = 'open'
               AND EXISTS (SELECT 1 FROM imports WHERE id = $1 AND state = 'filing' AND orders = $5)",
    )
    .bind(plain(import_id))
    .bind(row.line)
    .bind(plain(&row.id))
    .bind(row.version)
    .bind(json(&FilingOrders { pledge: filing.pledge.clone(), filed_by: filing.filed_by.clone() })?)
    .execute(&mut *connection)
    .await?;
    if taken.rows_affected() == 0 {
        return Ok(false);
    }
    drafts::begin(connection, draft).await?;
    match filings::accept(connection, filing, draft.version, &[]).await? {
        Acceptance::Accepted => Ok(true),
        // An error undoes the row's new state and the draft.
        other => Err(StorageError::Inconsistent(format!("the row of an import was not accepted: {other:?}"))),
    }
}

pub(super) async fn judge(connection: &mut PgConnection, import_id: &str, row: &ImportRow) -> Stored<()> {
    sqlx::query("UPDATE import_rows SET faults = $4 WHERE import_id = $1 AND line = $2 AND version = $3 AND state = 'open'")
        .bind(plain(import_id))
        .bind(row.line)
        .bind(row.version)
        .bind(row.faults)
        .execute(connection)
        .await?;
    Ok(())
}
