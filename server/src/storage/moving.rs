//! Moves everything that a SQLite store holds into a PostgreSQL database, in one transaction, and compares.
//!
//! Both stores have the same tables with the same columns, of four types; each value travels as a text. Afterwards every
//! table is read back and compared by its count and a sum of its rows' hashes, before the transaction is committed.

use std::collections::BTreeSet;

use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row};

use super::postgres::hosts::Hosts;
use super::postgres::{PostgresSettings, PostgresStorage};
use super::sqlite::SqliteStorage;
use super::{StorageError, Stored};

/// So many rows travel at once.
const BATCH: usize = 500;

/// A table that was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its name.
    pub table: String,
    /// How many rows.
    pub rows: u64,
    /// The sum of the rows' hashes, hexadecimal: the same on both sides.
    pub hash: String,
}

/// A column as PostgreSQL has it.
struct Column {
    name: String,
    kind: String,
    is_identity: bool,
}

/// One row, each value as a text.
type Values = Vec<Option<String>>;

/// Moves everything.
///
/// # Errors
/// [`StorageError::Inconsistent`] if the target is not empty or something differs afterwards. Then nothing was written.
pub async fn move_all(sqlite: &std::path::Path, postgres: &str) -> Stored<Vec<Moved>> {
    // Both are brought up to this program's tables first.
    drop(SqliteStorage::open(sqlite).await?);
    drop(PostgresStorage::open(postgres).await?);
    let mut from = SqliteConnectOptions::new().filename(sqlite).create_if_missing(false).connect().await?;
    let (_, mut to) = postgres.parse::<Hosts>()?.find(PostgresSettings::default().connect_timeout).await?;
    sqlx::query("BEGIN").execute(&mut from).await?;
    let mut transaction = to.begin().await?;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name <> '_sqlx_migrations'
         ORDER BY name",
    )
    .fetch_all(&mut from)
    .await?;
    set_references(&mut transaction, "DEFERRABLE INITIALLY DEFERRED").await?;
    let mut moved = Vec::new();
    for table in &tables {
        let columns = columns(&mut transaction, table).await?;
        same_columns(&mut from, table, &columns).await?;
        clear(&mut transaction, table, &columns).await?;
        let here = carry(&mut from, &mut transaction, table, &columns).await?;
        let there = sum_of(&mut transaction, table, &columns).await?;
        if here != there {
            return Err(StorageError::Inconsistent(format!("the table {table} differs after it was moved: nothing was moved")));
        }
        go_on_counting(&mut from, &mut transaction, table, &columns).await?;
        moved.push(Moved { table: table.clone(), rows: here.rows, hash: format!("{:032x}", here.hashes) });
    }
    sqlx::query("SET CONSTRAINTS ALL IMMEDIATE").execute(&mut *transaction).await?;
    set_references(&mut transaction, "NOT DEFERRABLE").await?;
    transaction.commit().await?;
    Ok(moved)
}

/// References are looked at in the end: until then, rows may come before those they refer to.
async fn set_references(to: &mut PgConnection, when: &str) -> Stored<()> {
    let references: Vec<(String, String)> = sqlx::query_as(
        "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint
         WHERE contype = 'f' AND connamespace = current_schema()::regnamespace",
    )
    .fetch_all(&mut *to)
    .await?;
    for (table, name) in references {
        sqlx::query(AssertSqlSafe(format!("ALTER TABLE {table} ALTER CONSTRAINT {name} {when}"))).execute(&mut *to).await?;
    }
    Ok(())
}

async fn columns(to: &mut PgConnection, table: &str) -> Stored<Vec<Column>> {
    let found: Vec<(String, String, bool)> = sqlx::query_as(
        "SELECT column_name::text, data_type::text, is_identity = 'YES' FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
    )
    .bind(table)
    .fetch_all(to)
    .await?;
    if found.is_empty() {
        return Err(StorageError::Inconsistent(format!("PostgreSQL has no table {table}")));
    }
    Ok(found.into_iter().map(|(name, kind, is_identity)| Column { name, kind, is_identity }).collect())
}

/// A column that one side has alone would be lost, or be empty, and no sum would show it.
async fn same_columns(from: &mut SqliteConnection, table: &str, columns: &[Column]) -> Stored<()> {
    let here: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info(?)").bind(table).fetch_all(from).await?;
    let here: BTreeSet<&str> = here.iter().map(String::as_str).collect();
    let there: BTreeSet<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    match here.symmetric_difference(&there).next() {
        None => Ok(()),
        Some(column) => Err(StorageError::Inconsistent(format!(
            "{table}.{column} is on one side only: use the program that the SQLite store was last opened with. Nothing was moved"
        ))),
    }
}

/// Takes away what a fresh database has in tables of one row. Anything else there means that somebody uses it.
async fn clear(to: &mut PgConnection, table: &str, columns: &[Column]) -> Stored<()> {
    let count: i64 = sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {table}"))).fetch_one(&mut *to).await?;
    if count == 0 {
        return Ok(());
    }
    if !columns.iter().any(|column| column.name == "only_row") {
        return Err(StorageError::Inconsistent(format!(
            "the PostgreSQL database is not empty ({table} has {count} rows): nothing was moved"
        )));
    }
    sqlx::query(AssertSqlSafe(format!("DELETE FROM {table}"))).execute(to).await?;
    Ok(())
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    rows: u64,
    /// Whatever the order of the rows.
    hashes: u128,
}

impl Sum {
    fn add(&mut self, values: &Values) {
        let mut hash = Sha256::new();
        for value in values {
            match value {
                // With its length, so that no two rows are spelled alike.
                Some(value) => hash.update(format!("{}:{value}", value.len())),
                None => hash.update("-"),
            }
        }
        let hash: [u8; 16] = hash.finalize()[..16].try_into().unwrap_or_default();
        self.rows += 1;
        self.hashes = self.hashes.wrapping_add(u128::from_be_bytes(hash));
    }
}

async fn carry(from: &mut SqliteConnection, to: &mut PgConnection, table: &str, columns: &[Column]) -> Stored<Sum> {
    let spelled: Vec<String> = columns
        .iter()
        .map(|Column { name, kind, .. }| match kind.as_str() {
            // hex(NULL) is an empty text, and nothing is not the same as no bytes.
            "bytea" => format!("iif({name} IS NULL, NULL, '\\x' || lower(hex({name})))"),
            "text" => name.clone(),
            _ => format!("CAST({name} AS TEXT)"),
        })
        .collect();
    let question = format!("SELECT {} FROM {table}", spelled.join(", "));
    let mut rows = sqlx::query(AssertSqlSafe(question)).fetch(from);
    let (mut sum, mut batch) = (Sum::default(), Vec::new());
    while let Some(row) = rows.try_next().await? {
        let values = (0..columns.len()).map(|n| row.try_get(n)).collect::<Result<Values, _>>()?;
        sum.add(&values);
        batch.push(values);
        if batch.len() == BATCH {
            put(to, table, columns, std::mem::take(&mut batch)).await?;
        }
    }
    put(to, table, columns, batch).await?;
    Ok(sum)
}

async fn put(to: &mut PgConnection, table: &str, columns: &[Column], batch: Vec<Values>) -> Stored<()> {
    if batch.is_empty() {
        return Ok(());
    }
    let list = |each: &dyn Fn(usize, &Column) -> String| {
        columns.iter().enumerate().map(|(n, column)| each(n, column)).collect::<Vec<_>>().join(", ")
    };
    let deed = format!(
        "INSERT INTO {table} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM unnest({}) AS sent ({})",
        list(&|_, column| column.name.clone()),
        list(&|n, column| format!("c{n}::{}", column.kind)),
        list(&|n, _| format!("${}::text[]", n + 1)),
        list(&|n, _| format!("c{n}")),
    );
    let mut query = sqlx::query(AssertSqlSafe(deed));
    for n in 0..columns.len() {
        query = query.bind(batch.iter().map(|values| values[n].clone()).collect::<Values>());
    }
    query.execute(to).await?;
    Ok(())
}

async fn sum_of(to: &mut PgConnection, table: &str, columns: &[Column]) -> Stored<Sum> {
    let spelled: Vec<String> = columns
        .iter()
        .map(|column| match column.kind.as_str() {
            "boolean" => format!("{}::integer::text", column.name),
            "bytea" => format!("'\\x' || encode({}, 'hex')", column.name),
            _ => format!("{}::text", column.name),
        })
        .collect();
    let question = format!("SELECT {} FROM {table}", spelled.join(", "));
    let mut rows = sqlx::query(AssertSqlSafe(question)).fetch(to);
    let mut sum = Sum::default();
    while let Some(row) = rows.try_next().await? {
        sum.add(&(0..columns.len()).map(|n| row.try_get(n)).collect::<Result<Values, _>>()?);
    }
    Ok(sum)
}

/// The next row gets a number that was never given, not even to a row that is gone.
async fn go_on_counting(from: &mut SqliteConnection, to: &mut PgConnection, table: &str, columns: &[Column]) -> Stored<()> {
    for column in columns.iter().filter(|column| column.is_identity) {
        let last: Option<i64> =
            sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = ?").bind(table).fetch_optional(&mut *from).await?;
        if let Some(last) = last.filter(|last| *last > 0) {
            let deed = "SELECT setval(pg_get_serial_sequence($1, $2), $3)";
            sqlx::query(deed).bind(table).bind(&column.name).bind(last).execute(&mut *to).await?;
        }
    }
    Ok(())
}
