//! A SQLite store as a whole: looked through, and copied while it is in use.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

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

async fn read(path: &Path) -> Stored<SqliteConnection> {
    // Not read-only: after a crash, the first who opens it has to bring in what its log holds.
    Ok(SqliteConnectOptions::new().filename(path).create_if_missing(false).connect().await?)
}
