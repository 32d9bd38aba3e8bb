//! The public log.

use std::ops::Range;

use async_trait::async_trait;
use credit::log::entry::Entry;
use credit::log::tree::{Frontier, Hash};
use sqlx::sqlite::SqliteConnection;

use super::SqliteStorage;
use crate::storage::Stored;
use crate::storage::log::PublicLog;
use crate::storage::log_rows::{column, columns, dense, frontier, grow, hashes};

/// Appends entries within the caller's transaction, and gives their places.
pub(super) async fn append(connection: &mut SqliteConnection, entries: &[Entry]) -> Stored<Vec<i64>> {
    // The caller's transaction holds the only right to write: nobody else can append between this and its end.
    let head = sqlx::query_as("SELECT size, frontier FROM log_head").fetch_one(&mut *connection).await?;
    let mut edge = frontier(head)?;
    let growth = grow(&mut edge, entries)?;
    let mut numbers = Vec::with_capacity(entries.len());
    for (number, entry) in growth.entries {
        sqlx::query("INSERT INTO log_entries (number, entry) VALUES ($1, $2)")
            .bind(number)
            .bind(entry)
            .execute(&mut *connection)
            .await?;
        numbers.push(number);
    }
    for (level, number, hash) in growth.hashes {
        sqlx::query("INSERT INTO log_hashes (level, number, hash) VALUES ($1, $2, $3)")
            .bind(level)
            .bind(number)
            .bind(hash)
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query("UPDATE log_head SET size = $1, frontier = $2")
        .bind(column(edge.size())?)
        .bind(edge.to_bytes())
        .execute(connection)
        .await?;
    Ok(numbers)
}

#[async_trait]
impl PublicLog for SqliteStorage {
    async fn log_head(&self) -> Stored<Frontier> {
        frontier(sqlx::query_as("SELECT size, frontier FROM log_head").fetch_one(&self.readers).await?)
    }

    async fn log_hashes(&self, level: u8, numbers: Range<u64>) -> Stored<Vec<Hash>> {
        let (from, until) = columns(&numbers);
        let rows =
            sqlx::query_as("SELECT number, hash FROM log_hashes WHERE level = $1 AND number >= $2 AND number < $3 ORDER BY number")
                .bind(i64::from(level))
                .bind(from)
                .bind(until)
                .fetch_all(&self.readers)
                .await?;
        hashes(rows, from)
    }

    async fn log_entries(&self, numbers: Range<u64>) -> Stored<Vec<Vec<u8>>> {
        let (from, until) = columns(&numbers);
        let rows = sqlx::query_as("SELECT number, entry FROM log_entries WHERE number >= $1 AND number < $2 ORDER BY number")
            .bind(from)
            .bind(until)
            .fetch_all(&self.readers)
            .await?;
        dense(rows, from)
    }

    async fn append_alone(&self, entries: &[Entry]) -> Stored<Vec<i64>> {
        let entries = entries.to_vec();
        self.writer.write(move |connection| Box::pin(async move { append(connection, &entries).await })).await
    }

    async fn log_verifier(&self) -> Stored<Option<String>> {
        let (verifier,) = sqlx::query_as("SELECT verifier FROM log_head").fetch_one(&self.readers).await?;
        Ok(verifier)
    }

    async fn claim_log(&self, verifier: &str) -> Stored<String> {
        let verifier = verifier.to_owned();
        self.writer
            .write(move |connection| {
                Box::pin(async move {
                    let (claimed,) = sqlx::query_as("UPDATE log_head SET verifier = coalesce(verifier, $1) RETURNING verifier")
                        .bind(verifier)
                        .fetch_one(connection)
                        .await?;
                    Ok(claimed)
                })
            })
            .await
    }
}
