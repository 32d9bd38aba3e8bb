//! Notices: their birth, their reading.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::filing::Instant;
use credit::news::News;
use sqlx::postgres::PgConnection;

use super::{PostgresStorage, mails};
use crate::storage::notice_rows::{NoticeRow, notice_line};
use crate::storage::notices::{BeforeNotice, NoticeLine, Notices, WhichNotices};
use crate::storage::rows::{self, FilingLineRow, json, new_id, plain};
use crate::storage::{FilingLine, Stored};

/// Tells the enterprise of a filing, here and to its addresses.
pub(super) async fn tell(connection: &mut PgConnection, filing_id: &str, news: &News, at: Instant) -> Stored<()> {
    tell_all(connection, &[(filing_id, news, at)]).await
}

/// Tells enterprises what is new of their filings, and since when.
pub(super) async fn tell_all(connection: &mut PgConnection, all: &[(&str, &News, Instant)]) -> Stored<()> {
    if all.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = all.iter().map(|_| new_id()).collect();
    sqlx::query(
        "INSERT INTO notices (id, enterprise_code, filing_id, news, told_at)
         SELECT told.id, filings.enterprise_code, filings.id, told.news, told.told_at
         FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS told (id, filing_id, news, told_at)
         JOIN filings ON filings.id = told.filing_id",
    )
    .bind(&ids)
    .bind(all.iter().map(|(filing_id, ..)| plain(filing_id)).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, news, _)| json(news)).collect::<Stored<Vec<_>>>()?)
    .bind(all.iter().map(|(.., at)| *at).collect::<Vec<_>>())
    .execute(&mut *connection)
    .await?;
    mails::of_notices(connection, &ids).await
}

async fn tell_expiry(connection: &mut PgConnection, filing_id: &str, ends_on: &str, at: Instant) -> Stored<bool> {
    let told = sqlx::query("INSERT INTO expiries_told (filing_id, ends_on) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(plain(filing_id))
        .bind(ends_on)
        .execute(&mut *connection)
        .await?;
    if told.rows_affected() == 0 {
        return Ok(false);
    }
    tell(connection, filing_id, &News::Expiring { on: ends_on.to_owned() }, at).await?;
    Ok(true)
}

async fn read(connection: &mut PgConnection, enterprise: &CreditCode, which: &WhichNotices, at: Instant) -> Stored<u64> {
    let read = match which {
        WhichNotices::OfFiling(filing_id) => {
            sqlx::query("UPDATE notices SET read_at = $3 WHERE filing_id = $2 AND enterprise_code = $1 AND read_at IS NULL")
                .bind(enterprise.as_str())
                .bind(plain(filing_id))
                .bind(at)
                .execute(connection)
                .await?
        }
        WhichNotices::Until(until) => {
            sqlx::query("UPDATE notices SET read_at = $3 WHERE enterprise_code = $1 AND told_at <= $2 AND read_at IS NULL")
                .bind(enterprise.as_str())
                .bind(until)
                .bind(at)
                .execute(connection)
                .await?
        }
    };
    Ok(read.rows_affected())
}

#[async_trait]
impl Notices for PostgresStorage {
    async fn notices_of(&self, enterprise: &CreditCode, before: Option<&BeforeNotice>, most: i64) -> Stored<Vec<NoticeLine>> {
        let found: Vec<NoticeRow> = match before {
            None => {
                sqlx::query_as(
                    "SELECT notices.id, filing_id, reference, kind, content, news, told_at, read_at
                     FROM notices JOIN filings ON filings.id = filing_id
                     WHERE notices.enterprise_code = $1
                     ORDER BY told_at DESC, notices.id DESC
                     LIMIT $2",
                )
                .bind(enterprise.as_str())
                .bind(most)
                .fetch_all(&self.pool)
                .await?
            }
            Some(before) => {
                sqlx::query_as(
                    "SELECT notices.id, filing_id, reference, kind, content, news, told_at, read_at
                     FROM notices JOIN filings ON filings.id = filing_id
                     WHERE notices.enterprise_code = $1 AND (told_at, notices.id) < ($3, $4)
                     ORDER BY told_at DESC, notices.id DESC
                     LIMIT $2",
                )
                .bind(enterprise.as_str())
                .bind(most)
                .bind(before.told_at)
                .bind(plain(&before.id))
                .fetch_all(&self.pool)
                .await?
            }
        };
        found.into_iter().map(notice_line).collect()
    }

    async fn unread_notices(&self, enterprise: &CreditCode) -> Stored<i64> {
        let (count,): (i64,) = sqlx::query_as("SELECT count(*) FROM notices WHERE enterprise_code = $1 AND read_at IS NULL")
            .bind(enterprise.as_str())
            .fetch_one(&self.pool)
            .await?;
        Ok(count)
    }

    async fn newest_unread(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<NoticeLine>> {
        let found: Vec<NoticeRow> = sqlx::query_as(
            "SELECT notices.id, filing_id, reference, kind, content, news, told_at, read_at
             FROM notices JOIN filings ON filings.id = filing_id
             WHERE notices.enterprise_code = $1 AND read_at IS NULL
             ORDER BY told_at DESC, notices.id DESC
             LIMIT $2",
        )
        .bind(enterprise.as_str())
        .bind(most)
        .fetch_all(&self.pool)
        .await?;
        found.into_iter().map(notice_line).collect()
    }

    async fn read_notices(&self, enterprise: &CreditCode, which: &WhichNotices, at: Instant) -> Stored<u64> {
        let mut transaction = self.pool.begin().await?;
        let done = read(&mut transaction, enterprise, which, at).await?;
        transaction.commit().await?;
        Ok(done)
    }

    async fn decided_filings(&self, enterprise: Option<&CreditCode>, after: &str, most: i64) -> Stored<Vec<FilingLine>> {
        let found: Vec<FilingLineRow> = match enterprise {
            Some(enterprise) => {
                sqlx::query_as(
                    "SELECT id, reference, kind, content, standing, filed_at
                     FROM filings
                     WHERE enterprise_code = $3 AND state = 'decided' AND id > $1
                     ORDER BY id
                     LIMIT $2",
                )
                .bind(plain(after))
                .bind(most)
                .bind(enterprise.as_str())
                .fetch_all(&self.pool)
                .await?
            }
            None => {
                sqlx::query_as(
                    "SELECT id, reference, kind, content, standing, filed_at
                     FROM filings
                     WHERE state = 'decided' AND id > $1
                     ORDER BY id
                     LIMIT $2",
                )
                .bind(plain(after))
                .bind(most)
                .fetch_all(&self.pool)
                .await?
            }
        };
        found.into_iter().map(rows::filing_line).collect()
    }

    async fn tell_expiry(&self, filing_id: &str, ends_on: &str, at: Instant) -> Stored<bool> {
        let mut transaction = self.pool.begin().await?;
        let done = tell_expiry(&mut transaction, filing_id, ends_on, at).await?;
        transaction.commit().await?;
        Ok(done)
    }
}
