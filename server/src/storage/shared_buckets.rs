//! How much each one who asks may ask for, counted for all processes on one store together.

use async_trait::async_trait;
use credit::filing::Instant;

use super::Stored;
use crate::buckets::Rate;

/// Buckets that processes share.
#[async_trait]
pub trait SharedBuckets: Send + Sync {
    /// Takes one request out of a bucket. A store that only one process serves has none: there that process's own are all.
    /// If there is none in it: in how many seconds there will be one again.
    async fn take_from_bucket(&self, name: &str, rate: Rate, now: Instant) -> Stored<Result<(), u64>>;
    /// Forgets the buckets that are full again: they are as if nobody had asked.
    async fn forget_full_buckets(&self, now: Instant) -> Stored<()>;
}
