//! Buckets in a table that is in no write-ahead log: nothing waits for a disk, and after a crash they are all full.

use async_trait::async_trait;
use credit::filing::Instant;

use super::PostgresStorage;
use crate::buckets::{MOST_APART, Rate};
use crate::storage::Stored;
use crate::storage::shared_buckets::SharedBuckets;

/// As [`Rate`] has it. Changes no row, and so gives none, where the bucket is empty: a flood that is refused writes nothing.
const TAKE: &str = "INSERT INTO buckets AS bucket (name, full_at)
    VALUES ($1, $2::bigint + $3::bigint)
    ON CONFLICT (name) DO UPDATE
    SET full_at = CASE WHEN bucket.full_at > $2 + $4::bigint + $5::bigint THEN $2 ELSE greatest(bucket.full_at, $2) END + $3
    WHERE bucket.full_at > $2 + $4 + $5 OR greatest(bucket.full_at, $2) + $3 <= $2 + $4
    RETURNING full_at";

#[async_trait]
impl SharedBuckets for PostgresStorage {
    async fn take_from_bucket(&self, name: &str, rate: Rate, now: Instant) -> Stored<Result<(), u64>> {
        let taken: Option<(i64,)> = sqlx::query_as(TAKE)
            .bind(name)
            .bind(now * 1000)
            .bind(rate.interval())
            .bind(rate.whole())
            .bind(MOST_APART)
            .fetch_optional(&self.pool)
            .await?;
        if taken.is_some() {
            return Ok(Ok(()));
        }
        let row: Option<(i64,)> =
            sqlx::query_as("SELECT full_at FROM buckets WHERE name = $1").bind(name).fetch_optional(&self.pool).await?;
        // It may have been forgotten in the meantime: then it is full.
        Ok(Err(row.map_or(1, |(full_at,)| rate.wait(full_at, now))))
    }

    async fn forget_full_buckets(&self, now: Instant) -> Stored<()> {
        sqlx::query("DELETE FROM buckets WHERE full_at <= $1").bind(now * 1000).execute(&self.pool).await?;
        Ok(())
    }
}
