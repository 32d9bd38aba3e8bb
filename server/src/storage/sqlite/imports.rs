//! Files with many registrations at once, and their rows.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::filing::Instant;
use credit::import::{Note, Refusal};
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::{SqliteStorage, rows_of_imports};
use crate::storage::import_rows::{self, CountColumns, ImportColumns};
use crate::storage::imports::{FilingOrders, ImportRow, Imports, Mended, NewImport, RowCounts, StoredImport, Which};
use crate::storage::rows::{json, plain};
use crate::storage::{NewFiling, Stored, StoredDraft};

#[async_trait]
impl Imports for SqliteStorage {
    async fn begin_import(&self, import: &NewImport) -> Stored<()> {
        let import = import.clone();
        self.writer.write(move |connection| Box::pin(async move { begin(connection, &import).await })).await
    }

    async fn import(&self, id: &str, enterprise: &CreditCode) -> Stored<Option<StoredImport>> {
        find(&self.readers, id, Some(enterprise)).await
    }

    async fn imports_of(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<StoredImport>> {
        of_enterprise(&self.readers, enterprise, most).await
    }

    async fn close_import(&self, id: &str, enterprise: &CreditCode) -> Stored<bool> {
        let (id, enterprise) = (id.to_owned(), enterprise.clone());
        self.writer.write(move |connection| Box::pin(async move { close(connection, &id, &enterprise).await })).await
    }

    async fn claim_import(&self, now: Instant, lease_until: Instant) -> Stored<Option<StoredImport>> {
        let claimed =
            self.writer.write(move |connection| Box::pin(async move { claim(connection, now, lease_until).await })).await?;
        match claimed {
            Some(id) => find(&self.readers, &id, None).await,
            None => Ok(None),
        }
    }

    async fn reading_was_none(&self, id: &str) -> Stored<()> {
        let id = id.to_owned();
        self.writer.write(move |connection| Box::pin(async move { reading_was_none(connection, &id).await })).await
    }

    async fn add_import_rows(&self, id: &str, rows: &[ImportRow], lease_until: Instant) -> Stored<()> {
        let (id, rows) = (id.to_owned(), rows.to_vec());
        self.writer
            .write(move |connection| Box::pin(async move { rows_of_imports::add_rows(connection, &id, &rows, lease_until).await }))
            .await
    }

    async fn end_reading(&self, id: &str, outcome: &Result<Vec<Note>, Refusal>) -> Stored<()> {
        let (id, outcome) = (id.to_owned(), outcome.clone());
        self.writer.write(move |connection| Box::pin(async move { end_reading(connection, &id, &outcome).await })).await
    }

    async fn import_rows(&self, id: &str, enterprise: &CreditCode, which: Which, after: i64, most: i64) -> Stored<Vec<ImportRow>> {
        rows_of_imports::rows(&self.readers, id, enterprise, which, after, most).await
    }

    async fn import_row(&self, id: &str, enterprise: &CreditCode, line: i64) -> Stored<Option<ImportRow>> {
        let found = rows_of_imports::rows(&self.readers, id, enterprise, Which::All, line - 1, 1).await?;
        Ok(found.into_iter().find(|row| row.line == line))
    }

    async fn mend_row(&self, id: &str, enterprise: &CreditCode, mended: &ImportRow) -> Stored<Mended> {
        let (id, enterprise, mended) = (id.to_owned(), enterprise.clone(), mended.clone());
        self.writer
            .write(move |connection| Box::pin(async move { rows_of_imports::mend(connection, &id, &enterprise, &mended).await }))
            .await
    }

    async fn drop_row(&self, id: &str, enterprise: &CreditCode, line: i64) -> Stored<bool> {
        let (id, enterprise) = (id.to_owned(), enterprise.clone());
        self.writer
            .write(move |connection| Box::pin(async move { rows_of_imports::drop_row(connection, &id, &enterprise, line).await }))
            .await
    }

    async fn draft_rows(&self, id: &str, enterprise: &CreditCode, by: &str, at: Instant) -> Stored<i64> {
        let (id, enterprise, by) = (id.to_owned(), enterprise.clone(), by.to_owned());
        self.writer
            .write(move |connection| {
                Box::pin(async move { rows_of_imports::draft_rows(connection, &id, &enterprise, &by, at).await })
            })
            .await
    }

    async fn order_filing(&self, id: &str, enterprise: &CreditCode, orders: &FilingOrders, mark: i64) -> Stored<bool> {
        let (id, enterprise, orders) = (id.to_owned(), enterprise.clone(), orders.clone());
        self.writer
            .write(move |connection| Box::pin(async move { order_filing(connection, &id, &enterprise, &orders, mark).await }))
            .await
    }

    async fn file_row(&self, import_id: &str, row: &ImportRow, draft: &StoredDraft, filing: &NewFiling) -> Stored<bool> {
        let (import_id, row, draft, filing) = (import_id.to_owned(), row.clone(), draft.clone(), filing.clone());
        self.writer
            .write(move |connection| {
                Box::pin(async move { rows_of_imports::file_row(connection, &import_id, &row, &draft, &filing).await })
            })
            .await
    }

    async fn judge_row(&self, import_id: &str, row: &ImportRow, lease_until: Instant) -> Stored<()> {
        let (import_id, row) = (import_id.to_owned(), row.clone());
        self.writer
            .write(move |connection| {
                Box::pin(async move {
                    rows_of_imports::judge(connection, &import_id, &row).await?;
                    hold(connection, &import_id, lease_until).await
                })
            })
            .await
    }

    async fn hold_import(&self, id: &str, lease_until: Instant) -> Stored<()> {
        let id = id.to_owned();
        self.writer.write(move |connection| Box::pin(async move { hold(connection, &id, lease_until).await })).await
    }

    async fn end_filing(&self, id: &str) -> Stored<()> {
        let id = id.to_owned();
        self.writer.write(move |connection| Box::pin(async move { end_filing(connection, &id).await })).await
    }
}

async fn begin(connection: &mut SqliteConnection, import: &NewImport) -> Stored<()> {
    sqlx::query(
        "INSERT INTO imports (id, enterprise_code, enterprise_name, kind, file_name, sha256, bytes, state, notes, made_at, made_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'reading', '[]', $8, $9)",
    )
    .bind(plain(&import.id))
    .bind(import.enterprise.code.as_str())
    .bind(plain(&import.enterprise.name))
    .bind(import.kind.name())
    .bind(plain(import.file_name.as_deref().unwrap_or_default()))
    .bind(&import.sha256)
    .bind(i64::try_from(import.bytes).unwrap_or(i64::MAX))
    .bind(import.made_at)
    .bind(plain(&import.made_by))
    .execute(connection)
    .await?;
    Ok(())
}

/// The import; of this enterprise, or of any.
async fn find(readers: &SqlitePool, id: &str, enterprise: Option<&CreditCode>) -> Stored<Option<StoredImport>> {
    let row: Option<ImportColumns> = sqlx::query_as(
        "SELECT id, enterprise_code, enterprise_name, kind, file_name, sha256, bytes, state, refusal, notes, orders, made_at, made_by,
                readings
         FROM imports
         WHERE id = $1 AND (enterprise_code = $2 OR $2 = '')",
    )
    .bind(plain(id))
    .bind(enterprise.map_or("", CreditCode::as_str))
    .fetch_optional(readers)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let counts = counts(readers, id).await?;
    import_rows::import(row, counts).map(Some)
}

async fn counts(readers: &SqlitePool, id: &str) -> Stored<RowCounts> {
    let rows: Vec<CountColumns> = sqlx::query_as(
        "SELECT state, faults > 0, count(*), sum(line * (line + 31 * version) + 1000000007)
         FROM import_rows
         WHERE import_id = $1
         GROUP BY state, faults > 0",
    )
    .bind(plain(id))
    .fetch_all(readers)
    .await?;
    Ok(import_rows::counts(rows))
}

async fn of_enterprise(readers: &SqlitePool, enterprise: &CreditCode, most: i64) -> Stored<Vec<StoredImport>> {
    let found: Vec<ImportColumns> = sqlx::query_as(
        "SELECT id, enterprise_code, enterprise_name, kind, file_name, sha256, bytes, state, refusal, notes, orders, made_at, made_by,
                readings
         FROM imports
         WHERE enterprise_code = $1 AND state <> 'closed'
               AND (state <> 'open' OR EXISTS (
                       SELECT 1 FROM import_rows WHERE import_id = imports.id AND import_rows.state = 'open'))
         ORDER BY made_at DESC, id DESC
         LIMIT $2",
    )
    .bind(enterprise.as_str())
    .bind(most)
    .fetch_all(readers)
    .await?;
    let mut imports = Vec::with_capacity(found.len());
    for row in found {
        let counts = counts(readers, &row.0).await?;
        imports.push(import_rows::import(row, counts)?);
    }
    Ok(imports)
}

async fn close(connection: &mut SqliteConnection, id: &str, enterprise: &CreditCode) -> Stored<bool> {
    let closed = sqlx::query(
        "UPDATE imports SET state = 'closed'
         WHERE id = $1 AND enterprise_code = $2 AND state IN ('refused', 'open', 'closed')",
    )
    .bind(plain(id))
    .bind(enterprise.as_str())
    .execute(connection)
    .await?;
    Ok(closed.rows_affected() > 0)
}

async fn claim(connection: &mut SqliteConnection, now: Instant, lease_until: Instant) -> Stored<Option<String>> {
    let row: Option<(String,)> = sqlx::query_as(
        "UPDATE imports
         SET lease_until = $2, readings = readings + CASE state WHEN 'reading' THEN 1 ELSE 0 END
         WHERE id = (SELECT id FROM imports
                     WHERE state IN ('reading', 'filing') AND lease_until <= $1
                     ORDER BY made_at
                     LIMIT 1)
         RETURNING id",
    )
    .bind(now)
    .bind(lease_until)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|(id,)| id))
}

async fn reading_was_none(connection: &mut SqliteConnection, id: &str) -> Stored<()> {
    sqlx::query("UPDATE imports SET readings = readings - 1 WHERE id = $1 AND state = 'reading' AND readings > 0")
        .bind(plain(id))
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn hold(connection: &mut SqliteConnection, id: &str, lease_until: Instant) -> Stored<()> {
    sqlx::query("UPDATE imports SET lease_until = $2 WHERE id = $1").bind(plain(id)).bind(lease_until).execute(connection).await?;
    Ok(())
}

async fn end_reading(connection: &mut SqliteConnection, id: &str, outcome: &Result<Vec<Note>, Refusal>) -> Stored<()> {
    let (state, notes, refusal) = match outcome {
        Ok(notes) => ("open", json(notes)?, None),
        Err(refusal) => ("refused", "[]".to_owned(), Some(json(refusal)?)),
    };
    sqlx::query(
        "UPDATE imports SET state = $2, notes = $3, refusal = $4, lease_until = 0
         WHERE id = $1 AND state = 'reading'",
    )
    .bind(plain(id))
    .bind(state)
    .bind(notes)
    .bind(refusal)
    .execute(connection)
    .await?;
    Ok(())
}

async fn order_filing(
    connection: &mut SqliteConnection,
    id: &str,
    enterprise: &CreditCode,
    orders: &FilingOrders,
    mark: i64,
) -> Stored<bool> {
    let ordered = sqlx::query(
        "UPDATE imports SET state = 'filing', orders = $3, lease_until = 0
         WHERE id = $1 AND enterprise_code = $2 AND state = 'open'
               AND (SELECT sum(line * (line + 31 * version) + 1000000007)
                    FROM import_rows
                    WHERE import_id = $1 AND import_rows.state = 'open' AND faults = 0) = $4",
    )
    .bind(plain(id))
    .bind(enterprise.as_str())
    .bind(json(orders)?)
    .bind(mark)
    .execute(connection)
    .await?;
    Ok(ordered.rows_affected() > 0)
}

async fn end_filing(connection: &mut SqliteConnection, id: &str) -> Stored<()> {
    sqlx::query("UPDATE imports SET state = 'open', lease_until = 0 WHERE id = $1 AND state = 'filing'")
        .bind(plain(id))
        .execute(connection)
        .await?;
    Ok(())
}
