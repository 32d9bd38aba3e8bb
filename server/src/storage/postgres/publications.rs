//! The public items and the index of names: every change of them. The reading stands in `public_search`.

use async_trait::async_trait;
use chrono::NaiveDate;
use credit::credit_code::CreditCode;
use credit::enterprise::Enterprise;
use credit::form::FormKind;
use credit::lookup::{Lookup, grams, name_key};
use credit::public_item::PublicItem;
use credit::registration::Terms;
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use super::{PostgresStorage, commitments, public_search};
use crate::storage::name_search::look_up;
use crate::storage::publications::{
    Found, Outcome, Publications, PublishedItem, RegisteredRow, TermsRow, day_text, outcome, terms, verification_name,
};
use crate::storage::rows::plain;
use crate::storage::{Stored, publications};

/// How many filings are looked at in one transaction when all last days are reckoned anew.
const BATCH: i64 = 200;

#[async_trait]
impl Publications for PostgresStorage {
    async fn use_terms(&self, terms: Terms) -> Stored<()> {
        let row: Option<(i64, i64, bool)> =
            sqlx::query_as("SELECT operations_years, contract_years, settled FROM publication_terms")
                .fetch_optional(&self.pool)
                .await?;
        let (operations, contract) = (i64::from(terms.operations_years), i64::from(terms.contract_years));
        if row == Some((operations, contract, true)) {
            return Ok(());
        }
        let mut connection = self.pool.acquire().await?;
        note_terms(&mut connection, terms, false).await?;
        let mut after = Some(String::new());
        while let Some(id) = after {
            let mut transaction = connection.begin().await?;
            after = refresh_after(&mut transaction, &id).await?;
            transaction.commit().await?;
        }
        note_terms(&mut connection, terms, true).await
    }

    async fn look_up(&self, lookup: &Lookup, after: Option<&str>, today: NaiveDate, most: usize) -> Stored<Found> {
        look_up(&self.pool, lookup, after, &day_text(Some(today)), most).await
    }

    async fn public_enterprise(&self, code: &CreditCode) -> Stored<Option<Enterprise>> {
        let row = sqlx::query_as(public_search::ENTERPRISE).bind(code.as_str()).fetch_optional(&self.pool).await?;
        row.map(publications::enterprise).transpose()
    }

    async fn public_items(
        &self,
        code: &CreditCode,
        kind: FormKind,
        before: Option<i64>,
        today: NaiveDate,
        most: i64,
    ) -> Stored<Vec<PublishedItem>> {
        let rows = sqlx::query_as(public_search::ITEMS)
            .bind(code.as_str())
            .bind(kind.name())
            .bind(before.unwrap_or(i64::MAX))
            .bind(day_text(Some(today)))
            .bind(most)
            .fetch_all(&self.pool)
            .await?;
        rows.into_iter().map(publications::published).collect()
    }

    async fn is_public(&self, filing_id: &str, today: NaiveDate) -> Stored<bool> {
        let row: Option<(i64,)> = sqlx::query_as(public_search::IS_PUBLIC)
            .bind(plain(filing_id))
            .bind(day_text(Some(today)))
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.is_some())
    }
}

async fn note_terms(connection: &mut PgConnection, terms: Terms, settled: bool) -> Stored<()> {
    sqlx::query(
        "INSERT INTO publication_terms (only_row, operations_years, contract_years, settled)
         VALUES (1, $1, $2, $3)
         ON CONFLICT (only_row) DO UPDATE SET operations_years = $1, contract_years = $2, settled = $3",
    )
    .bind(i64::from(terms.operations_years))
    .bind(i64::from(terms.contract_years))
    .bind(settled)
    .execute(connection)
    .await?;
    Ok(())
}

/// Refreshes the next batch of filings; gives the last one's id, or nothing if there was none left.
async fn refresh_after(connection: &mut PgConnection, after: &str) -> Stored<Option<String>> {
    // It holds many enterprises at once. Who holds but one never waits for it in a circle; another one like it could.
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended('publications: refreshing', 0))").execute(&mut *connection).await?;
    let ids: Vec<(String,)> = sqlx::query_as("SELECT id FROM filings WHERE id > $1 AND state = 'decided' ORDER BY id LIMIT $2")
        .bind(after)
        .bind(BATCH)
        .fetch_all(&mut *connection)
        .await?;
    for (id,) in &ids {
        standing_changed(connection, id).await?;
    }
    Ok(ids.into_iter().next_back().map(|(id,)| id))
}

/// Brings the public side in step with where a filing stands now, in the transaction that changed it.
pub(super) async fn standing_changed(connection: &mut PgConnection, filing_id: &str) -> Stored<()> {
    let row: Option<TermsRow> =
        sqlx::query_as("SELECT operations_years, contract_years FROM publication_terms").fetch_optional(&mut *connection).await?;
    let terms = row.map(terms).transpose()?.unwrap_or_default();
    // What is said of one enterprise is summed up over its items: one transaction at a time does so. What it reads, it reads
    // after that lock, so that it sees what the one before it committed.
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended(enterprise_code, 0)) FROM filings WHERE id = $1")
        .bind(plain(filing_id))
        .execute(&mut *connection)
        .await?;
    let row: RegisteredRow = sqlx::query_as(
        "SELECT enterprise_code, enterprise_name, kind, content, pledge, filed_at, standing,
                (SELECT json_agg(json_build_object('at', happened_at, 'happening', happening::json) ORDER BY seq)::text
                 FROM history WHERE filing_id = filings.id)
         FROM filings
         WHERE id = $1",
    )
    .bind(plain(filing_id))
    .fetch_one(&mut *connection)
    .await?;
    let outcome = outcome(row, terms)?;
    let is_public = commitments::standing_changed(connection, filing_id).await?;
    if is_public == Some(true) {
        enter_name(connection, &outcome).await?;
    }
    match &outcome.item {
        Some(item) if is_public.is_none() => {
            enter_name(connection, &outcome).await?;
            enter_item(connection, filing_id, &outcome, item).await?;
        }
        _ => {
            sqlx::query("DELETE FROM public_items WHERE filing_id = $1").bind(plain(filing_id)).execute(&mut *connection).await?;
        }
    }
    sqlx::query(
        "UPDATE public_enterprises
         SET shown_until = greatest(
             coalesce((SELECT max(last_day) FROM public_items WHERE enterprise_code = $1), ''),
             coalesce((SELECT max(shown_until) FROM commitments WHERE enterprise_code = $1), '')
         )
         WHERE code = $1",
    )
    .bind(&outcome.code)
    .execute(connection)
    .await?;
    Ok(())
}

async fn enter_item(connection: &mut PgConnection, filing_id: &str, outcome: &Outcome, item: &PublicItem) -> Stored<()> {
    sqlx::query(
        "INSERT INTO public_items (filing_id, enterprise_code, kind, verification, verified_at, published_at, last_day)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (filing_id) DO UPDATE SET verification = $4, verified_at = $5, published_at = $6, last_day = $7",
    )
    .bind(plain(filing_id))
    .bind(&outcome.code)
    .bind(outcome.kind.name())
    .bind(verification_name(item.verification))
    .bind(item.verified_at)
    .bind(item.published_at)
    .bind(day_text(item.last_day))
    .execute(connection)
    .await?;
    Ok(())
}

/// Enters the enterprise under its name, if this filing has the newest.
async fn enter_name(connection: &mut PgConnection, outcome: &Outcome) -> Stored<()> {
    let known: Option<(String, i64)> = sqlx::query_as("SELECT name_key, named_at FROM public_enterprises WHERE code = $1")
        .bind(&outcome.code)
        .fetch_optional(&mut *connection)
        .await?;
    if known.as_ref().is_some_and(|(_, named_at)| *named_at > outcome.filed_at) {
        return Ok(());
    }
    let key = name_key(&outcome.name);
    sqlx::query(
        "INSERT INTO public_enterprises (code, name, named_at, name_key, shown_until)
         VALUES ($1, $2, $3, $4, '')
         ON CONFLICT (code) DO UPDATE SET name = $2, named_at = $3, name_key = $4",
    )
    .bind(&outcome.code)
    .bind(plain(&outcome.name))
    .bind(outcome.filed_at)
    .bind(&key)
    .execute(&mut *connection)
    .await?;
    let (old, new) = (known.map(|(key, _)| grams(&key)).unwrap_or_default(), grams(&key));
    let gone: Vec<String> = old.difference(&new).cloned().collect();
    let fresh: Vec<String> = new.difference(&old).cloned().collect();
    sqlx::query("DELETE FROM public_name_grams WHERE enterprise_code = $1 AND gram = ANY($2)")
        .bind(&outcome.code)
        .bind(gone)
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO public_name_grams (gram, enterprise_code) SELECT unnest($2), $1")
        .bind(&outcome.code)
        .bind(fresh)
        .execute(connection)
        .await?;
    Ok(())
}
