//! A SQLite store as a whole: looked through, and copied while it is in use.

use std::collections::BTreeSet;
use std::path::Path;

use credit::attachment::{Attachment, FileState};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use crate::storage::rows::read as read_json;
use crate::storage::{StorageError, Stored};

/// How thoroughly to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thoroughness {
    /// Every page, but not whether indexes and tables agree.
    Quick,
    /// That too, and that every reference leads somewhere.
    Full,
}

/// Looks through a store.
///
/// # Errors
/// [`StorageError::Inconsistent`] with what is wrong, or why it cannot be read.
pub async fn check(path: &Path, thoroughness: Thoroughness) -> Stored<()> {
    let mut connection = read(path).await?;
    let question = match thoroughness {
        Thoroughness::Quick => "PRAGMA quick_check(5)",
        Thoroughness::Full => "PRAGMA integrity_check(5)",
    };
    let said: Vec<String> = sqlx::query_scalar(question).fetch_all(&mut connection).await?;
    if said != ["ok"] {
        return Err(StorageError::Inconsistent(said.join("; ")));
    }
    if thoroughness == Thoroughness::Full {
        let astray = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut connection).await?.len();
        if astray > 0 {
            return Err(StorageError::Inconsistent(format!("{astray} references lead nowhere")));
        }
    }
    Ok(connection.close().await?)
}

/// Copies a store as it is at one moment, while others write on. The copy is one file and durable.
///
/// # Errors
/// If the copy is there already, or there is no room.
pub async fn copy(from: &Path, to: &Path) -> Stored<()> {
    let place = to.to_str().ok_or_else(|| StorageError::Unavailable("the file's name is not UTF-8".to_owned()))?;
    let mut connection = read(from).await?;
    sqlx::query("VACUUM INTO ?").bind(place).execute(&mut connection).await?;
    connection.close().await?;
    // SQLite leaves this to whoever wants the copy to last.
    let copy = tokio::fs::File::open(to).await.map_err(sqlx::Error::Io)?;
    Ok(copy.sync_all().await.map_err(sqlx::Error::Io)?)
}

/// The names (SHA-256, hexadecimal) of all contents that a store speaks of.
///
/// # Errors
/// If it cannot be read.
pub async fn contents(path: &Path) -> Stored<BTreeSet<String>> {
    let mut connection = read(path).await?;
    let files: Vec<String> = sqlx::query_scalar("SELECT file FROM attachments").fetch_all(&mut connection).await?;
    let imported: Vec<String> = sqlx::query_scalar("SELECT sha256 FROM imports").fetch_all(&mut connection).await?;
    connection.close().await?;
    let mut contents: BTreeSet<String> = imported.into_iter().collect();
    for file in files {
        if let FileState::Kept { sha256, .. } = read_json::<Attachment>("attachments", &file)?.state {
            contents.insert(sha256);
        }
    }
    Ok(contents)
}

/// Has a store that comes back go on from the numbers that a newer one gave, so that none is given twice. Gives how many entries the
/// public log of the newer one has, and of this one.
///
/// # Errors
/// If one of them cannot be read, or this one not be written.
pub async fn go_on_counting(store: &Path, newer: &Path) -> Stored<(u64, u64)> {
    let mut connection = read(newer).await?;
    let numbers: Vec<(String, i64)> =
        sqlx::query_as("SELECT beginning, last_number FROM commitment_numbers").fetch_all(&mut connection).await?;
    let size_there: i64 = sqlx::query_scalar("SELECT size FROM log_head").fetch_one(&mut connection).await?;
    connection.close().await?;
    let mut connection = read(store).await?;
    for (beginning, last) in numbers {
        sqlx::query(
            "INSERT INTO commitment_numbers (beginning, last_number) VALUES ($1, $2)
             ON CONFLICT (beginning) DO UPDATE SET last_number = max(commitment_numbers.last_number, excluded.last_number)",
        )
        .bind(beginning)
        .bind(last)
        .execute(&mut connection)
        .await?;
    }
    let size_here: i64 = sqlx::query_scalar("SELECT size FROM log_head").fetch_one(&mut connection).await?;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await?;
    connection.close().await?;
    Ok((u64::try_from(size_there).unwrap_or(0), u64::try_from(size_here).unwrap_or(0)))
}

/// Brings everything that a store's write-ahead log holds into its one file.
///
/// # Errors
/// If it cannot be read or written.
pub async fn settle(path: &Path) -> Stored<()> {
    let mut connection = read(path).await?;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await?;
    Ok(connection.close().await?)
}

async fn read(path: &Path) -> Stored<SqliteConnection> {
    // Not read-only: after a crash, the first who opens it has to bring in what its log holds.
    Ok(SqliteConnectOptions::new().filename(path).create_if_missing(false).connect().await?)
}
