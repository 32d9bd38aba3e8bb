//! Commits that do not hold the head of the log while the disk is waited for.
//!
//! Every filing is entered in the one public log, so acceptances come one after another. If each held the log's head until its
//! commit is on disk, there would be no more of them a second than the disk can sync. So such a transaction is begun by
//! [`begin_early`]: its commit gives back what it held at once, and its caller [`flush`]es before anything is answered: that wait
//! is shared, for PostgreSQL writes all that was committed until then in one go. What a crash takes away between the two was
//! answered to nobody; and since the write-ahead log is a sequence, what was built on it goes with it.
//!
//! What the courier learns needs no flush at all: if a crash takes that away, the row is due again, and the platform, which
//! knows the delivery by its id, gives the same answer. (Two may then be on their way at once, the one that was forgotten and its
//! repetition; whichever arrives second changes nothing, however late, for the platform has that id already.)
//!
//! Others can see such a transaction before it is on disk. That does no harm where they write because of it (their own commit
//! waits for it). What goes out of the house waits: a claim of the courier, which may hold an acceptance of this very moment, and a
//! checkpoint of the log, by [`PostgresStorage::log_is_durable`].

use std::sync::atomic::Ordering;

use sqlx::postgres::{PgConnection, Postgres};
use sqlx::{AssertSqlSafe, Connection, Transaction};

use super::PostgresStorage;
use crate::storage::Stored;

/// Begins a transaction whose commit does not wait for the disk. Nothing that a crash must not take away may be answered before
/// [`flush`].
pub(super) async fn begin_early(connection: &mut PgConnection) -> Stored<Transaction<'_, Postgres>> {
    begin_early_under(connection, "").await
}

/// As [`begin_early`], under settings of its own: statements with a semicolon before each.
pub(super) async fn begin_early_under<'c>(connection: &'c mut PgConnection, settings: &str) -> Stored<Transaction<'c, Postgres>> {
    // In one message, so that it costs no more than any other beginning.
    let begin = AssertSqlSafe(format!("BEGIN; SET LOCAL synchronous_commit TO off{settings}"));
    Ok(connection.begin_with(begin).await?)
}

/// Waits until everything that was committed before is as durable as the session demands (with a synchronous standby: there too).
pub(super) async fn flush(connection: &mut PgConnection) -> Stored<()> {
    // The smallest transaction that has something to write, so that its commit waits for all that was written before.
    sqlx::query("SELECT pg_logical_emit_message(true, 'chengxin', '')").execute(connection).await?;
    Ok(())
}

impl PostgresStorage {
    /// Waits until a log of this size, which was read, is on disk.
    pub(super) async fn log_is_durable(&self, connection: &mut PgConnection, size: u64) -> Stored<()> {
        if self.durable_log.load(Ordering::Acquire) < size {
            flush(connection).await?;
            self.durable_log.fetch_max(size, Ordering::AcqRel);
        }
        Ok(())
    }
}
