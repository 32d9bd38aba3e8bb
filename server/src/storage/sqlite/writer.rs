//! The one writer, with group commit.
//!
//! SQLite has one writer at a time, and an fsync costs more than everything else a small transaction does. So all writes
//! go to one task. It begins a transaction, does every deed that waits, each within a savepoint of its own, commits once,
//! and only then answers. Nobody waits longer for it: while one batch commits, the next one gathers.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::{mpsc, oneshot};

use crate::storage::{StorageError, Stored};

/// The most deeds that share one commit.
const MOST_IN_A_BATCH: usize = 256;

/// The most deeds that wait; those who come after wait for a place.
const MOST_WAITING: usize = 1024;

/// A way to the writing task. The task ends when the last deed is done after this is dropped.
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
    commits: Arc<AtomicU64>,
}

impl Writer {
    /// Starts the task on its connection.
    pub fn start(connection: SqliteConnection) -> Self {
        let (queue, waiting) = mpsc::channel(MOST_WAITING);
        let commits = Arc::new(AtomicU64::new(0));
        tokio::spawn(work(connection, waiting, Arc::clone(&commits)));
        Self { queue, commits }
    }

    /// How many transactions were committed.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Does a deed and answers when it is durable. If the deed fails, nothing of it is written. A caller that goes away does
    /// not stop it.
    pub async fn write<T, F>(&self, deed: F) -> Stored<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Stored<T>> + Send + 'static,
    {
        let (caller, answer) = oneshot::channel();
        let job = Box::new(Deed { deed: Some(deed), outcome: None, caller });
        self.queue.send(job).await.map_err(|_| ended())?;
        answer.await.map_err(|_| ended())?
    }
}

fn ended() -> StorageError {
    StorageError::Unavailable("the writer has ended".to_owned())
}

/// A deed of any type, as the task sees it.
trait Job: Send {
    /// Does it. An error means that what it wrote must be undone.
    fn run<'a>(&'a mut self, connection: &'a mut SqliteConnection) -> BoxFuture<'a, Stored<()>>;
    /// Tells the caller, after the commit or after its failure.
    fn answer(self: Box<Self>, batch: &Stored<()>);
}

struct Deed<T, F> {
    deed: Option<F>,
    outcome: Option<Stored<T>>,
    caller: oneshot::Sender<Stored<T>>,
}

impl<T, F> Job for Deed<T, F>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Stored<T>> + Send + 'static,
{
    fn run<'a>(&'a mut self, connection: &'a mut SqliteConnection) -> BoxFuture<'a, Stored<()>> {
        Box::pin(async move {
            let Some(deed) = self.deed.take() else { return Ok(()) };
            // A panic in one deed must not end the writer for all.
            let outcome = AssertUnwindSafe(async { deed(connection).await })
                .catch_unwind()
                .await
                .unwrap_or_else(|_| Err(StorageError::Unavailable("the write was given up: a panic".to_owned())));
            let holds = outcome.as_ref().map(|_| ()).map_err(Clone::clone);
            self.outcome = Some(outcome);
            holds
        })
    }

    fn answer(self: Box<Self>, batch: &Stored<()>) {
        let answer = match (self.outcome, batch) {
            (Some(Err(own)), _) => Err(own),
            (_, Err(error)) => Err(error.clone()),
            (Some(outcome), Ok(())) => outcome,
            (None, Ok(())) => Err(ended()),
        };
        // A caller that has gone away needs no answer.
        let _ = self.caller.send(answer);
    }
}

async fn work(mut connection: SqliteConnection, mut waiting: mpsc::Receiver<Box<dyn Job>>, commits: Arc<AtomicU64>) {
    while let Some(first) = waiting.recv().await {
        let mut batch = Vec::new();
        let outcome = write_batch(&mut connection, first, &mut waiting, &mut batch).await;
        match &outcome {
            Ok(()) => {
                commits.fetch_add(1, Ordering::Relaxed);
            }
            Err(error) => {
                tracing::warn!(%error, writes = batch.len(), "a batch of writes was given up");
                // Some errors (a full disk, say) have ended the transaction already: then this one fails, and rightly.
                let _ = sqlx::query("ROLLBACK").execute(&mut connection).await;
            }
        }
        for job in batch {
            job.answer(&outcome);
        }
    }
}

async fn write_batch(
    connection: &mut SqliteConnection,
    first: Box<dyn Job>,
    waiting: &mut mpsc::Receiver<Box<dyn Job>>,
    batch: &mut Vec<Box<dyn Job>>,
) -> Stored<()> {
    if let Err(error) = sqlx::query("BEGIN IMMEDIATE; SAVEPOINT deed").execute(&mut *connection).await {
        // Who waits behind would only wait for the same lock once more.
        batch.push(first);
        batch.extend(std::iter::from_fn(|| waiting.try_recv().ok()).take(MOST_IN_A_BATCH));
        return Err(error.into());
    }
    let mut next = Some(first);
    while let Some(mut job) = next {
        let outcome = job.run(connection).await;
        batch.push(job);
        match outcome {
            Ok(()) => sqlx::query("RELEASE deed; SAVEPOINT deed").execute(&mut *connection).await?,
            // If SQLite has undone the whole transaction there is no savepoint to go back to: then the batch fails of the
            // same cause.
            Err(cause) => sqlx::query("ROLLBACK TO deed").execute(&mut *connection).await.map_err(|_| cause)?,
        };
        next = if batch.len() < MOST_IN_A_BATCH { waiting.try_recv().ok() } else { None };
    }
    sqlx::query("COMMIT").execute(&mut *connection).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;
    use sqlx::Connection;

    use super::*;

    #[tokio::test]
    async fn a_deed_that_panics_leaves_the_others_of_its_batch() {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        sqlx::query("CREATE TABLE deeds (n INTEGER NOT NULL) STRICT").execute(&mut connection).await.unwrap();
        let writer = Writer::start(connection);
        let deeds = (0_i64..9).map(|n| {
            writer.write(move |connection| {
                Box::pin(async move {
                    sqlx::query("INSERT INTO deeds (n) VALUES ($1)").bind(n).execute(connection).await?;
                    assert!(n % 3 != 0, "a mistake in a deed");
                    Ok(n)
                })
            })
        });
        for (n, outcome) in join_all(deeds).await.into_iter().enumerate() {
            assert_eq!(outcome.is_err(), n % 3 == 0, "{outcome:?}");
        }
        let count = writer.write(|connection| {
            Box::pin(async move { Ok(sqlx::query_as::<_, (i64,)>("SELECT count(*) FROM deeds").fetch_one(connection).await?) })
        });
        assert_eq!(count.await.unwrap(), (6,));
    }
}
