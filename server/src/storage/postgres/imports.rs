//! Files with many registrations at once, and their rows.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::filing::Instant;
use credit::import::{Note, Refusal};
use sqlx::postgres::{PgConnection, PgPool};

use super::{PostgresStorage, rows_of_imports};
use crate::storage::import_rows::{self, CountColumns, ImportColumns};
use crate::storage::imports::{FilingOrders, ImportRow, Imports, Mended, NewImport, RowCounts, StoredImport, Which};
use crate::storage::rows::{json, plain};
use crate::storage::{NewFiling, Stored, StoredDraft};

#[async_trait]
impl Imports for PostgresStorage {
    async fn begin_import(&self, import: &NewImport) -> Stored<()> {
        let mut transaction = self.pool.begin().await?;
        begin(&mut transaction, import).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn import(&self, id: &str, enterprise: &CreditCode) -> Stored<Option<StoredImport>> {
        find(&self.pool, id, Some(enterprise)).await
    }

    async fn imports_of(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<StoredImport>> {
        of_enterprise(&self.pool, enterprise, most).await
    }

    async fn close_import(&self, id: &str, enterprise: &CreditCode) -> Stored<bool> {
        let mut transaction = self.pool.begin().await?;
        let done = close(&mut transaction, id, enterprise).await?;
        transaction.commit().await?;
        Ok(done)
    }

    async fn claim_import(&self, now: Instant, lease_until: Instant) -> Stored<Option<StoredImport>> {
        let mut transaction = self.pool.begin().await?;
        let claimed = claim(&mut transaction, now, lease_until).await?;
        transaction.commit().await?;
        match claimed {
            Some(id) => find(&self.pool, &id, None).await,
            None => Ok(None),
        }
    }

    async fn reading_was_none(&self, id: &str) -> Stored<()> {
        reading_was_none(&mut *self.pool.acquire().await?, id).await
    }

    async fn add_import_rows(&self, id: &str, rows: &[ImportRow], lease_until: Instant) -> Stored<()> {
        let mut transaction = self.pool.begin().await?;
        rows_of_imports::add_rows(&mut transaction, id, rows, lease_until).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn end_reading(&self, id: &str, outcome: &Result<Vec<Note>, Refusal>) -> Stored<()> {
        let mut transaction = self.pool.begin().await?;
        end_reading(&mut transaction, id, outcome).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn import_rows(&self, id: &str, enterprise: &CreditCode, which: Which, after: i64, most: i64) -> Stored<Vec<ImportRow>> {
        rows_of_imports::rows(&self.pool, id, enterprise, which, after, most).await
    }

    async fn import_row(&self, id: &str, enterprise: &CreditCode, line: i64) -> Stored<Option<ImportRow>> {
        let found = rows_of_imports::rows(&self.pool, id, enterprise, Which::All, line - 1, 1).await?;
        Ok(found.into_iter().find(|row| row.line == line))
    }

    async fn mend_row(&self, id: &str, enterprise: &CreditCode, mended: &ImportRow) -> Stored<Mended> {
        let mut transaction = self.pool.begin().await?;
        let done = rows_of_imports::mend(&mut transaction, id, enterprise, mended).await?;
        transaction.commit().await?;
        Ok(done)
    }

    async fn drop_row(&self, id: &str, enterprise: &CreditCode, line: i64) -> Stored<bool> {
        let mut transaction = self.pool.begin().await?;
        let done = rows_of_imports::drop_row(&mut transaction, id, enterprise, line).await?;
        transaction.commit().await?;
        Ok(done)
    }

    async fn draft_rows(&self, id: &str, enterprise: &CreditCode, by: &str, at: Instant) -> Stored<i64> {
        let mut transaction = self.pool.begin().await?;
        let done = rows_of_imports::draft_rows(&mut transaction, id, enterprise, by, at).await?;
        transaction.commit().await?;
        Ok(done)
    }

    async fn order_filing(&self, id: &str, enterprise: &CreditCode, orders: &FilingOrders, mark: i64) -> Stored<bool> {
        let mut transaction = self.pool.begin().await?;
        let done = order_filing(&mut transaction, id, enterprise, orders, mark).await?;
        transaction.commit().await?;
        Ok(done)
    }

    async fn file_row(&self, import_id: &str, row: &ImportRow, draft: &StoredDraft, filing: &NewFiling) -> Stored<bool> {
        let mut transaction = self.pool.begin().await?;
        let done = rows_of_imports::file_row(&mut transaction, import_id, row, draft, filing).await?;
        transaction.commit().await?;
        Ok(done)
    }

    async fn judge_row(&self, import_id: &str, row: &ImportRow, lease_until: Instant) -> Stored<()> {
        let mut transaction = self.pool.begin().await?;
        rows_of_imports::judge(&mut transaction, import_id, row).await?;
        hold(&mut transaction, import_id, lease_until).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn hold_import(&self, id: &str, lease_until: Instant) -> Stored<()> {
        let mut transaction = self.pool.begin().await?;
        hold(&mut transaction, id, lease_until).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn end_filing(&self, id: &str) -> Stored<()> {
        let mut transaction = self.pool.begin().await?;
        end_filing(&mut transaction, id).await?;
        transaction.commit().await?;
        Ok(())
    }
}

async fn begin(connection: &mut PgConnection, import: &NewImport) -> Stored<()> {
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
async fn find(pool: &PgPool, id: &str, enterprise: Option<&CreditCode>) -> Stored<Option<StoredImport>> {
    let row: Option<ImportColumns> = sqlx::query_as(
        "SELECT id, enterprise_code, enterprise_name, kind, file_name, sha256, bytes, state, refusal, notes, orders, made_at, made_by,
                readings
         FROM imports
         WHERE id = $1 AND (enterprise_code = $2 OR $2 = '')",
    )
    .bind(plain(id))
    .bind(enterprise.map_or("", CreditCode::as_str))
    .fetch_optional(pool)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let counts = counts(pool, id).await?;
    import_rows::import(row, counts).map(Some)
}

async fn counts(pool: &PgPool, id: &str) -> Stored<RowCounts> {
    let rows: Vec<CountColumns> = sqlx::query_as(
        "SELECT state, faults > 0, count(*), sum(line * (line + 31 * version) + 1000000007)::bigint
         FROM import_rows
         WHERE import_id = $1
         GROUP BY state, faults > 0",
    )
    .bind(plain(id))
    .fetch_all(pool)
    .await?;
    Ok(import_rows::counts(rows))
}

async fn of_enterprise(pool: &PgPool, enterprise: &CreditCode, most: i64) -> Stored<Vec<StoredImport>> {
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
    .fetch_all(pool)
    .await?;
    let mut imports = Vec::with_capacity(found.len());
    for row in found {
        let counts = counts(pool, &row.0).await?;
        imports.push(import_rows::import(row, counts)?);
    }
    Ok(imports)
}

async fn close(connection: &mut PgConnection, id: &str, enterprise: &CreditCode) -> Stored<bool> {
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

async fn claim(connection: &mut PgConnection, now: Instant, lease_until: Instant) -> Stored<Option<String>> {
    let row: Option<(String,)> = sqlx::query_as(
        "UPDATE imports
         SET lease_until = $2, readings = readings + CASE state WHEN 'reading' THEN 1 ELSE 0 END
         WHERE id = (SELECT id FROM imports
                     WHERE state IN ('reading', 'filing') AND lease_until <= $1
                     ORDER BY made_at
                     LIMIT 1
                     FOR UPDATE SKIP LOCKED)
         RETURNING id",
    )
    .bind(now)
    .bind(lease_until)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|(id,)| id))
}

async fn reading_was_none(connection: &mut PgConnection, id: &str) -> Stored<()> {
    sqlx::query("UPDATE imports SET readings = readings - 1 WHERE id = $1 AND state = 'reading' AND readings > 0")
        .bind(plain(id))
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn hold(connection: &mut PgConnection, id: &str, lease_until: Instant) -> Stored<()> {
    sqlx::query("UPDATE imports SET lease_until = $2 WHERE id = $1").bind(plain(id)).bind(lease_until).execute(connection).await?;
    Ok(())
}

async fn end_reading(connection: &mut PgConnection, id: &str, outcome: &Result<Vec<Note>, Refusal>) -> Stored<()> {
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
    connection: &mut PgConnection,
    id: &str,
    enterprise: &CreditCode,
    orders: &FilingOrders,
    mark: i64,
) -> Stored<bool> {
    // Whoever mends a row at this moment is waited for: the rows are looked at after that.
    sqlx::query("UPDATE imports SET lease_until = lease_until WHERE id = $1").bind(plain(id)).execute(&mut *connection).await?;
    let ordered = sqlx::query(
        "UPDATE imports SET state = 'filing', orders = $3, lease_until = 0
         WHERE id = $1 AND enterprise_code = $2 AND state = 'open'
               AND (SELECT sum(line * (line + 31 * version) + 1000000007)::bigint
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

async fn end_filing(connection: &mut PgConnection, id: &str) -> Stored<()> {
    sqlx::query("UPDATE imports SET state = 'open', lease_until = 0 WHERE id = $1 AND state = 'filing'")
        .bind(plain(id))
        .execute(connection)
        .await?;
    Ok(())
}
