//! What the drivers' errors mean to a caller.

use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::error::DatabaseError;
use sqlx::migrate::MigrateError;
use sqlx::postgres::PgDatabaseError;

use super::StorageError;

/// How often the stores of this process failed: busy, full, unavailable, inconsistent.
static FAULTS: [AtomicU64; 4] = [const { AtomicU64::new(0) }; 4];

/// How often the stores of this process failed, by kind.
pub fn counted() -> [(&'static str, u64); 4] {
    let count = |place: usize| FAULTS[place].load(Ordering::Relaxed);
    [("busy", count(0)), ("full", count(1)), ("unavailable", count(2)), ("inconsistent", count(3))]
}

fn count(error: StorageError) -> StorageError {
    let place = match &error {
        StorageError::Busy(_) => 0,
        StorageError::Full(_) => 1,
        StorageError::Unavailable(_) => 2,
        StorageError::Inconsistent(_) => 3,
    };
    FAULTS[place].fetch_add(1, Ordering::Relaxed);
    error
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        count(Self::of(error))
    }
}

impl StorageError {
    fn of(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => match error.try_downcast_ref::<PgDatabaseError>() {
                Some(error) => of_postgres(error),
                None => of_sqlite(error.as_ref()),
            },
            sqlx::Error::RowNotFound
            | sqlx::Error::TypeNotFound { .. }
            | sqlx::Error::ColumnIndexOutOfBounds { .. }
            | sqlx::Error::ColumnNotFound(_)
            | sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::Decode(_) => Self::Inconsistent(error.to_string()),
            sqlx::Error::Io(ref cause) if cause.kind() == std::io::ErrorKind::StorageFull => Self::Full(error.to_string()),
            _ => Self::Unavailable(error.to_string()),
        }
    }
}

impl From<MigrateError> for StorageError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            MigrateError::VersionMissing(version) => {
                Self::Inconsistent(format!("it was written by a newer program: migration {version} is not known to this one"))
            }
            MigrateError::VersionMismatch(_) | MigrateError::Dirty(_) => Self::Inconsistent(error.to_string()),
            _ => Self::Unavailable(error.to_string()),
        }
    }
}

/// By extended result code (<https://www.sqlite.org/rescode.html>), whose low byte is the primary one.
fn of_sqlite(error: &dyn DatabaseError) -> StorageError {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    const CORRUPT: i32 = 11;
    const FULL: i32 = 13;
    const NOT_A_DATABASE: i32 = 26;
    // The shared memory beside the write-ahead log could not grow.
    const IO_SHM_SIZE: i32 = 4874;
    let words = error.to_string();
    let code = error.code().and_then(|code| code.parse::<i32>().ok()).unwrap_or_default();
    match (code, code & 0xff) {
        (IO_SHM_SIZE, _) | (_, FULL) => StorageError::Full(words),
        (_, BUSY | LOCKED) => StorageError::Busy(words),
        (_, CORRUPT | NOT_A_DATABASE) => StorageError::Inconsistent(words),
        _ => StorageError::Unavailable(words),
    }
}

/// By SQLSTATE (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).
fn of_postgres(error: &PgDatabaseError) -> StorageError {
    let words = format!("{} (SQLSTATE {})", error.message(), error.code());
    match error.code() {
        // serialization_failure, deadlock_detected, lock_not_available, query_canceled (by the statement's time limit)
        "40001" | "40P01" | "55P03" | "57014" => StorageError::Busy(words),
        // disk_full
        "53100" => StorageError::Full(words),
        // data_corrupted, index_corrupted
        "XX001" | "XX002" => StorageError::Inconsistent(words),
        _ => StorageError::Unavailable(words),
    }
}
