//! Nothing to share: one process serves a SQLite store, and counts in its memory.

use async_trait::async_trait;
use credit::filing::Instant;

use super::SqliteStorage;
use crate::buckets::Rate;
use crate::storage::Stored;
use crate::storage::shared_buckets::SharedBuckets;

#[async_trait]
impl SharedBuckets for SqliteStorage {
    async fn take_from_bucket(&self, _: &str, _: Rate, _: Instant) -> Stored<Result<(), u64>> {
        Ok(Ok(()))
    }

    async fn forget_full_buckets(&self, _: Instant) -> Stored<()> {
        Ok(())
    }
}
