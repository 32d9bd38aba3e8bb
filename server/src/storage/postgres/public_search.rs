//! The statements that strangers' questions become. None may go through a whole table: a test reads their plans.

use async_trait::async_trait;
use sqlx::postgres::PgPool;

use crate::storage::Stored;
use crate::storage::name_search::{NameIndex, Window};
use crate::storage::publications::EnterpriseRow;

/// code
pub(super) const ENTERPRISE: &str = "SELECT code, name FROM public_enterprises WHERE code = $1";

/// code, kind, before number, today, most
pub(super) const ITEMS: &str = "SELECT number, item.kind, content, filed_at, verification, verified_at, published_at, last_day
     FROM public_items AS item
     JOIN filings ON filings.id = item.filing_id
     WHERE item.enterprise_code = $1 AND item.kind = $2 AND number < $3 AND last_day >= $4
     ORDER BY number DESC
     LIMIT $5";

/// filing, today
pub(super) const IS_PUBLIC: &str = "SELECT number FROM public_items WHERE filing_id = $1 AND last_day >= $2";

/// beginning of codes, end of codes that begin so, after code, today, most
const BY_CODE: &str = "SELECT code, name
     FROM public_enterprises
     WHERE code >= $1 AND code < $2 AND code > $3 AND shown_until >= $4
     ORDER BY code
     LIMIT $5";

/// grams, most. The order keeps the server at its index: without it, going through the table can look cheaper.
const COUNTS: &str = "SELECT gram, (SELECT count(*)
                    FROM (SELECT 1 FROM public_name_grams WHERE gram = asked.gram ORDER BY enterprise_code LIMIT $2) AS counted)
     FROM unnest($1::text[]) AS asked (gram)";

/// gram, after code, size, today, key. `OFFSET 0` keeps each look at an enterprise a look by its code.
const IN_WINDOW: &str = "SELECT enterprise.code, enterprise.name
     FROM (SELECT enterprise_code AS code
           FROM public_name_grams
           WHERE gram = $1 AND enterprise_code > $2
           ORDER BY enterprise_code
           LIMIT $3) AS entry
     CROSS JOIN LATERAL (SELECT code, name
                         FROM public_enterprises
                         WHERE code = entry.code AND shown_until >= $4 AND strpos(name_key, $5) > 0
                         OFFSET 0) AS enterprise";

/// gram, after code, size less one
const END_OF: &str = "SELECT enterprise_code
     FROM public_name_grams
     WHERE gram = $1 AND enterprise_code > $2
     ORDER BY enterprise_code
     LIMIT 1 OFFSET $3";

/// All of them by name, for the test that reads their plans.
pub const STATEMENTS: &[(&str, &str)] = &[
    ("enterprise", ENTERPRISE),
    ("items", ITEMS),
    ("is_public", IS_PUBLIC),
    ("by_code", BY_CODE),
    ("counts", COUNTS),
    ("in_window", IN_WINDOW),
    ("end_of", END_OF),
];

#[async_trait]
impl NameIndex for PgPool {
    async fn by_code(&self, prefix: &str, after: &str, today: &str, most: i64) -> Stored<Vec<EnterpriseRow>> {
        // After every code that begins so: no code holds a `Z`.
        let end = format!("{prefix}Z");
        let rows = sqlx::query_as(BY_CODE).bind(prefix).bind(end).bind(after).bind(today).bind(most);
        Ok(rows.fetch_all(self).await?)
    }

    async fn counts(&self, grams: &[String], most: i64) -> Stored<Vec<(String, i64)>> {
        Ok(sqlx::query_as(COUNTS).bind(grams).bind(most).fetch_all(self).await?)
    }

    async fn in_window(&self, window: &Window<'_>) -> Stored<Vec<EnterpriseRow>> {
        let Window { gram, key, after, size, today } = window;
        let rows = sqlx::query_as(IN_WINDOW).bind(*gram).bind(*after).bind(size).bind(*today).bind(*key);
        Ok(rows.fetch_all(self).await?)
    }

    async fn end_of(&self, window: &Window<'_>) -> Stored<Option<String>> {
        let Window { gram, after, size, .. } = window;
        let row: Option<(String,)> = sqlx::query_as(END_OF).bind(*gram).bind(*after).bind(size - 1).fetch_optional(self).await?;
        Ok(row.map(|(code,)| code))
    }
}
