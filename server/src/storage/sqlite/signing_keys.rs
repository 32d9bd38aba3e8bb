//! Keys with which people sign for an enterprise.

use async_trait::async_trait;
use credit::bundle::enrolment_subject;
use credit::credit_code::CreditCode;
use credit::filing::Instant;
use credit::log::entry::{Entry, EntryKind, salted};
use sqlx::sqlite::SqliteConnection;

use super::{SqliteStorage, log};
use crate::storage::rows::plain;
use crate::storage::signing_key_rows::{self, BegunRow, KeyRow, role_name};
use crate::storage::signing_keys::{ENROLMENT_MS, Enrolling, EnrolmentBegun, Revocation, SigningKey, SigningKeys};
use crate::storage::{Stored, receipt_rows};

async fn begin(connection: &mut SqliteConnection, begun: &EnrolmentBegun) -> Stored<()> {
    sqlx::query("DELETE FROM signing_key_challenges WHERE begun_at < $1")
        .bind(begun.begun_at - ENROLMENT_MS)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO signing_key_challenges
             (id, enterprise_code, enterprise_name, subject, name, role, challenge, authenticated_at, begun_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(plain(&begun.id))
    .bind(begun.enterprise.code.as_str())
    .bind(plain(&begun.enterprise.name))
    .bind(plain(&begun.person.subject))
    .bind(plain(&begun.person.name))
    .bind(role_name(begun.person.role))
    .bind(plain(&begun.challenge))
    .bind(begun.authenticated_at)
    .bind(begun.begun_at)
    .execute(connection)
    .await?;
    Ok(())
}

async fn enrol(connection: &mut SqliteConnection, key: &SigningKey) -> Stored<Enrolling> {
    let begun: Option<(Instant,)> = sqlx::query_as(
        "DELETE FROM signing_key_challenges WHERE id = $1 AND enterprise_code = $2 AND subject = $3 RETURNING begun_at",
    )
    .bind(plain(&key.id))
    .bind(key.enterprise.code.as_str())
    .bind(plain(&key.person.subject))
    .fetch_optional(&mut *connection)
    .await?;
    if begun.is_none_or(|(begun_at,)| key.enrolled_at - begun_at > ENROLMENT_MS) {
        return Ok(Enrolling::Gone);
    }
    let enrolled = sqlx::query(
        "INSERT INTO signing_keys
             (id, enterprise_code, enterprise_name, subject, name, role, label, public_key, enrolment, signature, salt,
              authenticated_at, enrolled_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT (public_key) DO NOTHING",
    )
    .bind(plain(&key.id))
    .bind(key.enterprise.code.as_str())
    .bind(plain(&key.enterprise.name))
    .bind(plain(&key.person.subject))
    .bind(plain(&key.person.name))
    .bind(role_name(key.person.role))
    .bind(plain(&key.label))
    .bind(key.public.spki())
    .bind(plain(&key.enrolment))
    .bind(key.signature.bytes().to_vec())
    .bind(key.salt.to_vec())
    .bind(key.authenticated_at)
    .bind(key.enrolled_at)
    .execute(&mut *connection)
    .await?;
    if enrolled.rows_affected() == 0 {
        return Ok(Enrolling::KeyKnown);
    }
    enter_enrolment_in_log(connection, key).await?;
    Ok(Enrolling::Enrolled)
}

async fn revoke(connection: &mut SqliteConnection, id: &str, enterprise: &CreditCode, revocation: &Revocation) -> Stored<bool> {
    let revoked = sqlx::query(
        "UPDATE signing_keys
         SET revoked_at = $3, revoked_by = $4, reason = $5
         WHERE id = $1 AND enterprise_code = $2 AND revoked_at IS NULL",
    )
    .bind(plain(id))
    .bind(enterprise.as_str())
    .bind(revocation.at)
    .bind(plain(&revocation.by))
    .bind(revocation.reason.name())
    .execute(&mut *connection)
    .await?;
    if revoked.rows_affected() == 0 {
        return Ok(false);
    }
    enter_revocation_in_log(connection, id, revocation).await?;
    Ok(true)
}

/// Enters the enrolment into the public log, and notes where.
async fn enter_enrolment_in_log(connection: &mut SqliteConnection, key: &SigningKey) -> Stored<()> {
    let subject = enrolment_subject(&key.enrolment, &key.signature);
    let entry = Entry { kind: EntryKind::KeyEnrolled, at: key.enrolled_at, digest: salted(&key.salt, &subject) };
    let numbers = log::append(connection, &[entry]).await?;
    sqlx::query("UPDATE signing_keys SET log_number = $2 WHERE id = $1")
        .bind(plain(&key.id))
        .bind(numbers.first())
        .execute(connection)
        .await?;
    Ok(())
}

/// Enters the revocation into the public log.
async fn enter_revocation_in_log(connection: &mut SqliteConnection, id: &str, revocation: &Revocation) -> Stored<()> {
    let (salt,): (Vec<u8>,) =
        sqlx::query_as("SELECT salt FROM signing_keys WHERE id = $1").bind(plain(id)).fetch_one(&mut *connection).await?;
    let (kind, reason) = (EntryKind::KeyRevoked, revocation.reason.name().to_owned());
    let (entry, _) = receipt_rows::entry(id, &receipt_rows::salt(salt)?, (kind, reason), revocation.at);
    log::append(connection, &[entry]).await?;
    Ok(())
}

#[async_trait]
impl SigningKeys for SqliteStorage {
    async fn begin_enrolment(&self, begun: &EnrolmentBegun) -> Stored<()> {
        let begun = begun.clone();
        self.writer.write(move |connection| Box::pin(async move { begin(connection, &begun).await })).await
    }

    async fn enrol(&self, key: &SigningKey) -> Stored<Enrolling> {
        let key = key.clone();
        self.writer.write(move |connection| Box::pin(async move { enrol(connection, &key).await })).await
    }

    async fn revoke_key(&self, id: &str, enterprise: &CreditCode, revocation: &Revocation) -> Stored<bool> {
        let (id, enterprise, revocation) = (id.to_owned(), enterprise.clone(), revocation.clone());
        self.writer.write(move |connection| Box::pin(async move { revoke(connection, &id, &enterprise, &revocation).await })).await
    }

    async fn enrolment(&self, id: &str, enterprise: &CreditCode, subject: &str, now: Instant) -> Stored<Option<EnrolmentBegun>> {
        let row: Option<BegunRow> = sqlx::query_as(
            "SELECT id, enterprise_code, enterprise_name, subject, name, role, challenge, authenticated_at, begun_at
             FROM signing_key_challenges
             WHERE id = $1 AND enterprise_code = $2 AND subject = $3 AND begun_at >= $4",
        )
        .bind(plain(id))
        .bind(enterprise.as_str())
        .bind(plain(subject))
        .bind(now - ENROLMENT_MS)
        .fetch_optional(&self.readers)
        .await?;
        row.map(signing_key_rows::begun).transpose()
    }

    async fn keys_of(&self, enterprise: &CreditCode) -> Stored<Vec<SigningKey>> {
        let rows: Vec<KeyRow> = sqlx::query_as(
            "SELECT id, enterprise_code, enterprise_name, subject, name, role, label, public_key, enrolment, signature, salt,
                    authenticated_at, enrolled_at, revoked_at, revoked_by, reason
             FROM signing_keys
             WHERE enterprise_code = $1
             ORDER BY enrolled_at DESC, id DESC",
        )
        .bind(enterprise.as_str())
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(signing_key_rows::key).collect()
    }

    async fn keys_of_person(&self, enterprise: &CreditCode, subject: &str) -> Stored<Vec<SigningKey>> {
        let rows: Vec<KeyRow> = sqlx::query_as(
            "SELECT id, enterprise_code, enterprise_name, subject, name, role, label, public_key, enrolment, signature, salt,
                    authenticated_at, enrolled_at, revoked_at, revoked_by, reason
             FROM signing_keys
             WHERE enterprise_code = $1 AND subject = $2
             ORDER BY enrolled_at DESC, id DESC",
        )
        .bind(enterprise.as_str())
        .bind(plain(subject))
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(signing_key_rows::key).collect()
    }

    async fn key(&self, id: &str) -> Stored<Option<SigningKey>> {
        let row: Option<KeyRow> = sqlx::query_as(
            "SELECT id, enterprise_code, enterprise_name, subject, name, role, label, public_key, enrolment, signature, salt,
                    authenticated_at, enrolled_at, revoked_at, revoked_by, reason
             FROM signing_keys
             WHERE id = $1",
        )
        .bind(plain(id))
        .fetch_optional(&self.readers)
        .await?;
        row.map(signing_key_rows::key).transpose()
    }
}
