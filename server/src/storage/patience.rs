//! How long anything waits for the store. A server whose machine vanished says nothing at all, not even that it is gone: what waits
//! for its answer would wait for ever, and what works in a round would never begin the next.

use std::time::Duration;

use super::{StorageError, Stored};

/// For one thing that is asked of a store: longer than a store that is there ever takes, or lets a statement take.
pub const PATIENCE: Duration = Duration::from_secs(45);

/// For a round of work that asks many things one after another, on one line, and goes on in the next where this one was cut off.
pub const LONGEST_ROUND: Duration = Duration::from_secs(5 * 60);

/// What came of it, or, after so long, that the store does not answer. What was given up may be done all the same, as with any
/// answer that is lost on its way.
///
/// # Errors
/// What it failed of; or [`StorageError::Unavailable`].
pub async fn within<T>(limit: Duration, work: impl Future<Output = Stored<T>>) -> Stored<T> {
    let silent = || StorageError::Unavailable(format!("no answer within {} s", limit.as_secs()));
    tokio::time::timeout(limit, work).await.unwrap_or_else(|_| Err(silent()))
}
