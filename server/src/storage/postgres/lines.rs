//! The lines to a server: what makes one fit to be used, and how one is found out whose server is gone.
//!
//! The driver itself waits for ever for an answer. Where a machine vanishes, its lines stay open and silent; each that is waited for
//! would keep a seat of the pool.

use std::time::Duration;

use sqlx::Row;
use sqlx::pool::PoolConnectionMetadata;
use sqlx::postgres::{PgConnection, PgPool};

use super::{PostgresSettings, hosts};

/// A server that is there answers a question that needs nothing within this.
const ANSWER: Duration = Duration::from_secs(2);
/// One that was used a moment ago is not asked whether it is still there.
const FRESH: Duration = Duration::from_secs(1);

/// Makes a new connection what the transactions rely on, whatever the server's defaults are.
pub(super) async fn prepare(connection: &mut PgConnection, settings: PostgresSettings, several: bool) -> sqlx::Result<()> {
    if several && !hosts::takes_writes(connection).await? {
        // The pool tries again, by then perhaps at the server that has taken over.
        return Err(sqlx::Error::Protocol("this server takes no writes".to_owned()));
    }
    sqlx::query(
        "SELECT set_config('default_transaction_isolation', 'read committed', false),
                set_config('lock_timeout', $1, false),
                set_config('statement_timeout', $2, false),
                set_config('idle_in_transaction_session_timeout', $3, false),
                -- `off` loses acknowledged transactions in a crash; all else is as strict as `on`, or a wish of the operator.
                set_config('synchronous_commit',
                           CASE current_setting('synchronous_commit')
                               WHEN 'off' THEN 'on'
                               ELSE current_setting('synchronous_commit')
                           END,
                           false)",
    )
    .bind(settings.lock_timeout.as_millis().to_string())
    .bind(settings.statement_timeout.as_millis().to_string())
    .bind(settings.hanging_timeout.as_millis().to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether a connection that comes back is fit for the next caller. One whose `BEGIN` was under way when its caller went away (a
/// browser that left, say) comes back within a transaction, and sqlx does not know it: what is written there would be answered and
/// never committed. Such a connection is closed, and so is one that does not answer.
pub(super) async fn is_fit_again(connection: &mut PgConnection) -> sqlx::Result<bool> {
    // Outside of a transaction a statement in one message is a transaction of its own, and both times are the same.
    let question = sqlx::raw_sql("SELECT now() = statement_timestamp()").fetch_one(connection);
    tokio::time::timeout(ANSWER, question).await.map_err(|_| silent())??.try_get(0)
}

/// Whether a connection from the pool still leads to its server.
pub(super) async fn is_there(connection: &mut PgConnection, since: PoolConnectionMetadata) -> sqlx::Result<bool> {
    if since.idle_for > FRESH {
        ask(connection).await?;
    }
    Ok(true)
}

/// Asks the server for a sign of life.
pub(super) async fn ask<'c>(line: impl sqlx::Executor<'c, Database = sqlx::Postgres>) -> sqlx::Result<()> {
    tokio::time::timeout(ANSWER, line.execute("SELECT")).await.map_err(|_| silent())??;
    Ok(())
}

/// Closes the lines that nobody uses just now: their server is gone.
pub(super) fn let_go(pool: &PgPool) {
    while let Some(mut line) = pool.try_acquire() {
        line.close_on_drop();
    }
}

fn silent() -> sqlx::Error {
    sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, "the server does not answer"))
}
