//! The public log.

use std::ops::Range;

use async_trait::async_trait;
use credit::log::entry::Entry;
use credit::log::tree::{Frontier, Hash};
use sqlx::postgres::PgConnection;

use super::PostgresStorage;
use super::durable::{begin_early, flush};
use crate::storage::Stored;
use crate::storage::log::PublicLog;
use crate::storage::log_rows::{column, columns, dense, frontier, grow, hashes};

/// Appends entries within the caller's transaction, and gives their places. The head is held until that ends, so this comes
/// after everything else that the transaction holds.
pub(super) async fn append(connection: &mut PgConnection, entries: &[Entry]) -> Stored<Vec<i64>> {
    let head = sqlx::query_as("SELECT size, frontier FROM log_head FOR UPDATE").fetch_one(&mut *connection).await?;
    let mut edge = frontier(head)?;
    let growth = grow(&mut edge, entries)?;
    let (numbers, entries): (Vec<i64>, Vec<Vec<u8>>) = growth.entries.into_iter().unzip();
    sqlx::query("INSERT INTO log_entries (number, entry) SELECT * FROM unnest($1::bigint[], $2::bytea[])")
        .bind(&numbers)
        .bind(&entries)
        .execute(&mut *connection)
        .await?;
    let (mut levels, mut places, mut roots) = (Vec::new(), Vec::new(), Vec::new());
    for (level, place, root) in growth.hashes {
        levels.push(level);
        places.push(place);
        roots.push(root);
    }
    sqlx::query("INSERT INTO log_hashes (level, number, hash) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[])")
        .bind(levels)
        .bind(places)
        .bind(roots)
        .execute(&mut *connection)
        .await?;
    sqlx::query("UPDATE log_head SET size = $1, frontier = $2")
        .bind(column(edge.size())?)
        .bind(edge.to_bytes())
        .execute(connection)
        .await?;
    Ok(numbers)
}

#[async_trait]
impl PublicLog for PostgresStorage {
    async fn log_head(&self) -> Stored<Frontier> {
        let mut connection = self.pool.acquire().await?;
        let head = frontier(sqlx::query_as("SELECT size, frontier FROM log_head").fetch_one(&mut *connection).await?)?;
        self.log_is_durable(&mut connection, head.size()).await?;
        Ok(head)
    }

    async fn log_hashes(&self, level: u8, numbers: Range<u64>) -> Stored<Vec<Hash>> {
        let (from, until) = columns(&numbers);
        let rows =
            sqlx::query_as("SELECT number, hash FROM log_hashes WHERE level = $1 AND number >= $2 AND number < $3 ORDER BY number")
                .bind(i64::from(level))
                .bind(from)
                .bind(until)
                .fetch_all(&self.pool)
                .await?;
        hashes(rows, from)
    }

    async fn log_entries(&self, numbers: Range<u64>) -> Stored<Vec<Vec<u8>>> {
        let (from, until) = columns(&numbers);
        let rows = sqlx::query_as("SELECT number, entry FROM log_entries WHERE number >= $1 AND number < $2 ORDER BY number")
            .bind(from)
            .bind(until)
            .fetch_all(&self.pool)
            .await?;
        dense(rows, from)
    }

    async fn append_alone(&self, entries: &[Entry]) -> Stored<Vec<i64>> {
        let mut connection = self.pool.acquire().await?;
        let mut transaction = begin_early(&mut connection).await?;
        let numbers = append(&mut transaction, entries).await?;
        transaction.commit().await?;
        flush(&mut connection).await?;
        Ok(numbers)
    }

    async fn log_verifier(&self) -> Stored<Option<String>> {
        let (verifier,) = sqlx::query_as("SELECT verifier FROM log_head").fetch_one(&self.pool).await?;
        Ok(verifier)
    }

    async fn claim_log(&self, verifier: &str) -> Stored<String> {
        let (claimed,) = sqlx::query_as("UPDATE log_head SET verifier = coalesce(verifier, $1) RETURNING verifier")
            .bind(verifier)
            .fetch_one(&self.pool)
            .await?;
        Ok(claimed)
    }
}
