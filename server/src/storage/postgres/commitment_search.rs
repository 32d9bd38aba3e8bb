//! Reading commitments: one's own, those to sign, and what everyone may see.

use std::ops::RangeInclusive;

use async_trait::async_trait;
use chrono::NaiveDate;
use credit::credit_code::CreditCode;
use credit::filing::Instant;
use sqlx::{AssertSqlSafe, Postgres, QueryBuilder};

use super::durable::{begin_early, flush};
use super::{PostgresStorage, commitments};
use crate::storage::Stored;
use crate::storage::commitments::{
    AFTER_ALL, CommitmentLine, CommitmentSearch, CommitmentState, Commitments, PublicCommitment, SignatureRequest, ToSign,
    performance_name, under,
};
use crate::storage::receipt_rows::{CommitmentRow, PublicRow, ToSignRow, commitment, end_text, public_commitment, to_sign};
use crate::storage::rows::plain;

/// The columns of a commitment that everyone may see; the conditions follow.
const PUBLIC: &str =
    "SELECT commitments.filing_id, code, filings.enterprise_code, enterprise_name, content, standing, published_at, shown_until,
       CASE WHEN revoked = 1 THEN
           (SELECT max(happened_at) FROM history WHERE filing_id = commitments.filing_id AND happening = '\"revoked\"') END,
       log_number, key_id IS NOT NULL, listed_entry, listed_at, salt
FROM commitments
JOIN filings ON filings.id = commitments.filing_id
JOIN receipts ON receipts.filing_id = commitments.filing_id
WHERE published_at IS NOT NULL AND shown_until >= ";

#[async_trait]
impl Commitments for PostgresStorage {
    async fn request_signature(&self, draft_id: &str, enterprise: &CreditCode, request: &SignatureRequest) -> Stored<bool> {
        let mut connection = self.pool.acquire().await?;
        commitments::request_signature(&mut connection, draft_id, enterprise, request).await
    }

    async fn enter_ends(&self, today: NaiveDate, at: Instant, most: i64) -> Stored<u64> {
        let mut transaction = self.pool.begin().await?;
        let ended = commitments::enter_ends(&mut transaction, today, at, most).await?;
        transaction.commit().await?;
        Ok(ended)
    }

    async fn keep_listed(&self, today: NaiveDate, at: Instant, most: i64) -> Stored<u64> {
        let mut connection = self.pool.acquire().await?;
        let mut transaction = begin_early(&mut connection).await?;
        let entered = commitments::keep_listed(&mut transaction, today, at, most).await?;
        transaction.commit().await?;
        flush(&mut connection).await?;
        Ok(entered)
    }

    async fn signature_request(&self, draft_id: &str) -> Stored<Option<SignatureRequest>> {
        let row: Option<(String, Instant)> =
            sqlx::query_as("SELECT asked_by, asked_at FROM signature_requests WHERE draft_id = $1")
                .bind(plain(draft_id))
                .fetch_optional(&self.pool)
                .await?;
        Ok(row.map(|(by, at)| SignatureRequest { by, at }))
    }

    async fn drafts_to_sign(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<ToSign>> {
        let rows: Vec<ToSignRow> = sqlx::query_as(
            "SELECT id, answers, asked_by, asked_at
             FROM signature_requests JOIN drafts ON drafts.id = draft_id
             WHERE enterprise_code = $1
             ORDER BY asked_at DESC, id DESC
             LIMIT $2",
        )
        .bind(enterprise.as_str())
        .bind(most)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(to_sign).collect()
    }

    async fn commitments_of(&self, enterprise: &CreditCode, before: Option<&str>, most: i64) -> Stored<Vec<CommitmentLine>> {
        let rows: Vec<CommitmentRow> = sqlx::query_as(
            "SELECT filing_id, code, commitments.kind, title, authority, made_on, valid_until, standing
             FROM commitments JOIN filings ON filings.id = filing_id
             WHERE commitments.enterprise_code = $1 AND code < $2
             ORDER BY code DESC
             LIMIT $3",
        )
        .bind(enterprise.as_str())
        .bind(before.unwrap_or("A"))
        .bind(most)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(commitment).collect()
    }

    async fn filing_of_commitment(&self, code: &str, enterprise: &CreditCode) -> Stored<Option<String>> {
        let found: Option<(String,)> = sqlx::query_as("SELECT filing_id FROM commitments WHERE code = $1 AND enterprise_code = $2")
            .bind(plain(code))
            .bind(enterprise.as_str())
            .fetch_optional(&self.pool)
            .await?;
        Ok(found.map(|(id,)| id))
    }

    async fn commitments_ending(
        &self,
        enterprise: &CreditCode,
        days: RangeInclusive<NaiveDate>,
        most: i64,
    ) -> Stored<Vec<CommitmentLine>> {
        let rows: Vec<CommitmentRow> = sqlx::query_as(
            "SELECT filing_id, code, commitments.kind, title, authority, made_on, valid_until, standing
             FROM commitments JOIN filings ON filings.id = filing_id
             WHERE commitments.enterprise_code = $1 AND valid_until >= $2 AND valid_until <= $3
             ORDER BY valid_until, code
             LIMIT $4",
        )
        .bind(enterprise.as_str())
        .bind(end_text(Some(*days.start())))
        .bind(end_text(Some(*days.end())))
        .bind(most)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(commitment).collect()
    }

    async fn commitment_code(&self, filing_id: &str) -> Stored<Option<String>> {
        let row: Option<(String,)> = sqlx::query_as("SELECT code FROM commitments WHERE filing_id = $1")
            .bind(plain(filing_id))
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|(code,)| code))
    }

    async fn public_commitment(&self, code: &str, today: NaiveDate) -> Stored<Option<PublicCommitment>> {
        let search = CommitmentSearch { code: Some(code.to_owned()), ..CommitmentSearch::default() };
        Ok(self.find_commitments(&search, None, today, 1).await?.pop())
    }

    async fn was_public(&self, code: &str) -> Stored<bool> {
        let row: Option<(i64,)> = sqlx::query_as("SELECT was_public FROM commitments WHERE code = $1")
            .bind(plain(code))
            .fetch_optional(&self.pool)
            .await?;
        Ok(row == Some((1,)))
    }

    async fn find_commitments(
        &self,
        search: &CommitmentSearch,
        before: Option<&str>,
        today: NaiveDate,
        most: i64,
    ) -> Stored<Vec<PublicCommitment>> {
        let mut query = statement(search, before, today, most);
        let rows: Vec<PublicRow> = query.build_query_as().fetch_all(&self.pool).await?;
        rows.into_iter().map(public_commitment).collect()
    }

    async fn newest_commitments(&self, today: NaiveDate, most: i64) -> Stored<Vec<PublicCommitment>> {
        let sql = format!("{PUBLIC}$1 ORDER BY published_at DESC, code DESC LIMIT $2");
        let rows: Vec<PublicRow> =
            sqlx::query_as(AssertSqlSafe(sql)).bind(end_text(Some(today))).bind(most).fetch_all(&self.pool).await?;
        rows.into_iter().map(public_commitment).collect()
    }

    async fn count_public_commitments(&self, enterprise: &CreditCode, today: NaiveDate) -> Stored<i64> {
        let (count,): (i64,) = sqlx::query_as(
            "SELECT count(*) FROM commitments
             WHERE enterprise_code = $1 AND published_at IS NOT NULL AND shown_until >= $2",
        )
        .bind(enterprise.as_str())
        .bind(end_text(Some(today)))
        .fetch_one(&self.pool)
        .await?;
        Ok(count)
    }
}

/// The statement that a search becomes. Codes of one division follow the days on which they were made; where days are asked
/// for, the order is said by the days, so that their index is gone along.
pub fn statement(search: &CommitmentSearch, before: Option<&str>, today: NaiveDate, most: i64) -> QueryBuilder<Postgres> {
    let by_day = search.from.is_some() || search.to.is_some();
    let before = before.unwrap_or(AFTER_ALL);
    let mut query = QueryBuilder::<Postgres>::new(PUBLIC);
    query.push_bind(end_text(Some(today)));
    if by_day {
        let (day, code) = under(before, search.to);
        query.push(" AND (made_on, code) < (").push_bind(day).push(", ").push_bind(code).push(")");
    } else {
        query.push(" AND code < ").push_bind(before.to_owned());
    }
    narrow(&mut query, search, today);
    query.push(match (by_day, &search.enterprises) {
        // What few enterprises have is little, and sorted faster than found along an index of all: no index has this order.
        (true, Some(_)) => " ORDER BY made_on || '' DESC, code DESC LIMIT ",
        (false, Some(_)) => " ORDER BY code || '' DESC LIMIT ",
        (true, None) => " ORDER BY made_on DESC, code DESC LIMIT ",
        (false, None) => " ORDER BY code DESC LIMIT ",
    });
    query.push_bind(most);
    query
}

/// Adds the conditions of a search. Everything that somebody wrote is bound, never written into the statement.
fn narrow(query: &mut QueryBuilder<Postgres>, search: &CommitmentSearch, today: NaiveDate) {
    if let Some(enterprises) = &search.enterprises {
        let codes: Vec<&str> = enterprises.iter().map(CreditCode::as_str).collect();
        query.push(" AND commitments.enterprise_code IN (");
        let mut list = query.separated(", ");
        for code in codes {
            list.push_bind(code.to_owned());
        }
        query.push(")");
    }
    if let Some(code) = &search.code {
        query.push(" AND code = ").push_bind(plain(code).into_owned());
    }
    if let Some(kind) = search.kind {
        query.push(" AND commitments.kind = ").push_bind(kind.name());
    }
    if let Some(authority) = &search.authority {
        query.push(" AND authority_code = ").push_bind(authority.as_str().to_owned());
    }
    if let Some(from) = search.from {
        query.push(" AND made_on >= ").push_bind(end_text(Some(from)));
    }
    let today = end_text(Some(today));
    match search.state {
        None => {}
        Some(CommitmentState::InForce) => {
            query.push(" AND revoked = 0 AND performance IS NULL AND valid_until >= ").push_bind(today);
        }
        Some(CommitmentState::Expired) => {
            // Only what was over when it was looked at has its end entered.
            query.push(" AND end_entered = 1 AND revoked = 0 AND performance IS NULL");
        }
        Some(CommitmentState::Withdrawn) => {
            query.push(" AND revoked = 1 AND performance IS NULL");
        }
        Some(CommitmentState::Found(performance)) => {
            query.push(" AND performance = ").push_bind(performance_name(performance));
        }
    }
}
