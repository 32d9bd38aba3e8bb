//! Who did what.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::filing::Instant;
use sqlx::postgres::PgConnection;

use super::PostgresStorage;
use crate::storage::Stored;
use crate::storage::audit::{AddressKind, Audit, AuditLine, AuditLineRow, Deed, MOST_REFUSED_SIGN_INS, NewEntry, line};
use crate::storage::rows::{beginning, new_id};

async fn enter(connection: &mut PgConnection, entry: &NewEntry) -> Stored<()> {
    let (actor, by) = entry.actor.columns();
    sqlx::query(
        "INSERT INTO audit (id, at, actor, by_whom, deed, enterprise_code, about, reason, address_kind)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new_id())
    .bind(entry.at)
    .bind(actor)
    .bind(beginning(by))
    .bind(entry.deed.name())
    .bind(entry.enterprise.as_ref().map(CreditCode::as_str))
    .bind(beginning(&entry.about))
    .bind(entry.reason)
    .bind(entry.address.map(AddressKind::name))
    .execute(&mut *connection)
    .await?;
    if entry.deed == Deed::SignInRefused {
        sqlx::query(
            "DELETE FROM audit
             WHERE id IN (SELECT id FROM audit WHERE deed = 'sign_in.refused' ORDER BY id DESC OFFSET $1 FOR UPDATE SKIP LOCKED)",
        )
        .bind(MOST_REFUSED_SIGN_INS)
        .execute(connection)
        .await?;
    }
    Ok(())
}

async fn prune(connection: &mut PgConnection, before: Instant, most: i64) -> Stored<u64> {
    let pruned = sqlx::query("DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < $1 ORDER BY at, id LIMIT $2)")
        .bind(before)
        .bind(most)
        .execute(connection)
        .await?;
    Ok(pruned.rows_affected())
}

#[async_trait]
impl Audit for PostgresStorage {
    async fn enter_deed(&self, entry: &NewEntry) -> Stored<()> {
        let mut transaction = self.pool.begin().await?;
        enter(&mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn audit(&self, since: Instant, enterprise: Option<&CreditCode>, most: i64) -> Stored<Vec<AuditLine>> {
        let mut rows: Vec<AuditLineRow> = match enterprise {
            Some(code) => {
                sqlx::query_as(
                    "SELECT at, actor, by_whom, deed, enterprise_code, about, reason, address_kind
                     FROM audit
                     WHERE enterprise_code = $1 AND at >= $2
                     ORDER BY at DESC, id DESC
                     LIMIT $3",
                )
                .bind(code.as_str())
                .bind(since)
                .bind(most)
                .fetch_all(&self.pool)
                .await?
            }
            None => {
                sqlx::query_as(
                    "SELECT at, actor, by_whom, deed, enterprise_code, about, reason, address_kind
                     FROM audit
                     WHERE at >= $1
                     ORDER BY at DESC, id DESC
                     LIMIT $2",
                )
                .bind(since)
                .bind(most)
                .fetch_all(&self.pool)
                .await?
            }
        };
        rows.reverse();
        rows.into_iter().map(line).collect()
    }

    async fn prune_audit(&self, before: Instant, most: i64) -> Stored<u64> {
        let mut transaction = self.pool.begin().await?;
        let pruned = prune(&mut transaction, before, most).await?;
        transaction.commit().await?;
        Ok(pruned)
    }
}
