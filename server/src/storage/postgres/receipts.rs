//! Receipts: their birth with the acceptance, and what the log says of a filing from then on.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::filing::{Happening, Instant};
use credit::log::entry::EntryKind;
use sqlx::postgres::PgConnection;

use super::{PostgresStorage, log};
use crate::storage::receipt_rows::{self, LoggedEventRow, ReceiptRow, logged, logged_event, salt, signature};
use crate::storage::receipts::{LoggedEvent, Receipts, Signing, StoredReceipt};
use crate::storage::rows::{code, plain};
use crate::storage::signing_keys::SigningKeys;
use crate::storage::{NewFiling, StorageError, Stored};

/// Enters the acceptance into the log and keeps what proves it, in the transaction that accepts.
pub(super) async fn enter(connection: &mut PgConnection, filing: &NewFiling, code: Option<&str>) -> Stored<()> {
    let receipt = &filing.receipt;
    let (text, entry) = receipt.accepted(filing, code)?;
    let number = only(log::append(connection, &[entry]).await?)?;
    let (key, signature) = match &receipt.signing {
        Signing::Signed { key, signature, .. } => (Some(key.as_str()), Some(signature.bytes().to_vec())),
        Signing::Filed | Signing::Confirmed => (None, None),
    };
    sqlx::query(
        "INSERT INTO receipts (filing_id, document, acceptance, salt, accepted_at, log_number, key_id, signature)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(plain(&filing.id))
    .bind(plain(&receipt.document))
    .bind(text)
    .bind(&receipt.salt[..])
    .bind(filing.filed_at)
    .bind(number)
    .bind(key)
    .bind(signature)
    .execute(connection)
    .await?;
    Ok(())
}

/// Enters into the log what happened to a filing, if the log is told of such things and the filing has a receipt.
pub(super) async fn log_happening(
    connection: &mut PgConnection,
    filing_id: &str,
    happening: &Happening,
    at: Instant,
) -> Stored<()> {
    match logged(happening) {
        Some(event) => log_event(connection, filing_id, event, at).await,
        None => Ok(()),
    }
}

/// Enters something about a filing into the log, if it has a receipt.
pub(super) async fn log_event(
    connection: &mut PgConnection,
    filing_id: &str,
    event: (EntryKind, String),
    at: Instant,
) -> Stored<()> {
    let row: Option<(Vec<u8>,)> = sqlx::query_as("SELECT salt FROM receipts WHERE filing_id = $1")
        .bind(plain(filing_id))
        .fetch_optional(&mut *connection)
        .await?;
    let Some((salt_bytes,)) = row else { return Ok(()) };
    let (entry, subject) = receipt_rows::entry(filing_id, &salt(salt_bytes)?, event, at);
    let number = only(log::append(connection, &[entry]).await?)?;
    sqlx::query("INSERT INTO logged_events (log_number, filing_id, kind, happened_at, subject) VALUES ($1, $2, $3, $4, $5)")
        .bind(number)
        .bind(plain(filing_id))
        .bind(entry.kind.name())
        .bind(at)
        .bind(subject)
        .execute(connection)
        .await?;
    Ok(())
}

fn only(numbers: Vec<i64>) -> Stored<i64> {
    numbers.first().copied().ok_or_else(|| StorageError::Inconsistent("the log gave no place to an entry".to_owned()))
}

#[async_trait]
impl Receipts for PostgresStorage {
    async fn receipt(&self, filing_id: &str) -> Stored<Option<StoredReceipt>> {
        let row: Option<ReceiptRow> = sqlx::query_as(
            "SELECT document, acceptance, salt, accepted_at, log_number, key_id, signature FROM receipts WHERE filing_id = $1",
        )
        .bind(plain(filing_id))
        .fetch_optional(&self.pool)
        .await?;
        let Some((document, acceptance, salt_bytes, accepted_at, log_number, key_id, signature_bytes)) = row else {
            return Ok(None);
        };
        let signed = match (key_id, signature_bytes) {
            (Some(id), Some(bytes)) => {
                let key = self.key(&id).await?;
                let place: Option<(Option<i64>,)> = sqlx::query_as("SELECT log_number FROM signing_keys WHERE id = $1")
                    .bind(&id)
                    .fetch_optional(&self.pool)
                    .await?;
                match (key, place) {
                    (Some(key), Some((Some(place),))) => Some((key, place, signature(&bytes)?)),
                    _ => return Err(StorageError::Inconsistent("receipts: the key is not in the log".to_owned())),
                }
            }
            _ => None,
        };
        Ok(Some(StoredReceipt { document, acceptance, salt: salt(salt_bytes)?, accepted_at, log_number, signed }))
    }

    async fn filing_named(&self, reference: &str) -> Stored<Option<(String, CreditCode)>> {
        let row: Option<(String, String)> = sqlx::query_as("SELECT id, enterprise_code FROM filings WHERE reference = $1")
            .bind(plain(reference))
            .fetch_optional(&self.pool)
            .await?;
        row.map(|(id, enterprise)| Ok((id, code(enterprise)?))).transpose()
    }

    async fn logged_events(&self, filing_id: &str) -> Stored<Vec<LoggedEvent>> {
        let rows: Vec<LoggedEventRow> = sqlx::query_as(
            "SELECT log_number, kind, happened_at, subject FROM logged_events WHERE filing_id = $1 ORDER BY log_number",
        )
        .bind(plain(filing_id))
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(logged_event).collect()
    }
}
