//! Addresses for notices, and the mails that go there.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::filing::Instant;
use sqlx::sqlite::SqliteConnection;

use super::SqliteStorage;
use crate::storage::Stored;
use crate::storage::mails::{
    AddressEntered, DueMail, LINK_MS, MOST_ADDRESSES, MOST_REQUESTS, MailAddress, MailFigures, MailSettlement, Mails, NewAddress,
};
use crate::storage::notice_rows::{MailAddressRow, MailRow, day_of, due_mails, mail_address};
use crate::storage::rows::{beginning, new_id, plain};
use crate::token::token_hash;

/// The mails of a notice: one for each confirmed address of the enterprise, due at once.
pub(super) async fn of_notice(connection: &mut SqliteConnection, notice_id: &str, at: Instant) -> Stored<()> {
    sqlx::query(
        "INSERT INTO mails (id, address_id, notice_id, due_at, born_at)
         SELECT notices.id || '.' || mail_addresses.id, mail_addresses.id, notices.id, $2, $2
         FROM notices JOIN mail_addresses ON mail_addresses.enterprise_code = notices.enterprise_code
         WHERE notices.id = $1 AND confirmed_at IS NOT NULL",
    )
    .bind(notice_id)
    .bind(at)
    .execute(connection)
    .await?;
    Ok(())
}

async fn enter(connection: &mut SqliteConnection, new: &NewAddress) -> Stored<AddressEntered> {
    let code = new.enterprise.code.as_str();
    let known: Option<(String, Option<Instant>)> =
        sqlx::query_as("SELECT id, confirmed_at FROM mail_addresses WHERE enterprise_code = $1 AND address = $2")
            .bind(code)
            .bind(plain(&new.address))
            .fetch_optional(&mut *connection)
            .await?;
    if let Some((_, Some(_))) = known {
        return Ok(AddressEntered::Confirmed);
    }
    let (count,): (i64,) = sqlx::query_as("SELECT count(*) FROM mail_addresses WHERE enterprise_code = $1")
        .bind(code)
        .fetch_one(&mut *connection)
        .await?;
    if known.is_none() && count >= MOST_ADDRESSES {
        return Ok(AddressEntered::TooMany);
    }
    let (times,): (i64,) = sqlx::query_as(
        "INSERT INTO mail_address_requests (enterprise_code, day, times) VALUES ($1, $2, 1)
         ON CONFLICT (enterprise_code, day) DO UPDATE SET times = mail_address_requests.times + 1
         RETURNING times",
    )
    .bind(code)
    .bind(day_of(new.at))
    .fetch_one(&mut *connection)
    .await?;
    if times > MOST_REQUESTS {
        return Ok(AddressEntered::TooOften);
    }
    let id = known.map_or_else(new_id, |(id, _)| id);
    sqlx::query(
        "INSERT INTO mail_addresses (id, enterprise_code, enterprise_name, address, lang, token_hash, requested_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE
         SET lang = excluded.lang, token_hash = excluded.token_hash, requested_at = excluded.requested_at",
    )
    .bind(&id)
    .bind(code)
    .bind(plain(&new.enterprise.name))
    .bind(plain(&new.address))
    .bind(&new.lang)
    .bind(token_hash(&new.token))
    .bind(new.at)
    .execute(&mut *connection)
    .await?;
    // An older link to it is worth nothing any more: its mail need not go.
    sqlx::query("DELETE FROM mails WHERE address_id = $1 AND state = 'due'").bind(&id).execute(&mut *connection).await?;
    sqlx::query("INSERT INTO mails (id, address_id, token, due_at, born_at) VALUES ($1, $2, $3, $4, $4)")
        .bind(new_id())
        .bind(&id)
        .bind(&new.token)
        .bind(new.at)
        .execute(connection)
        .await?;
    Ok(AddressEntered::LinkSent)
}

async fn confirm(connection: &mut SqliteConnection, token_hash: &str, now: Instant) -> Stored<bool> {
    let confirmed =
        sqlx::query("UPDATE mail_addresses SET confirmed_at = $2, token_hash = NULL WHERE token_hash = $1 AND requested_at > $3")
            .bind(token_hash)
            .bind(now)
            .bind(now - LINK_MS)
            .execute(connection)
            .await?;
    Ok(confirmed.rows_affected() > 0)
}

async fn claim(connection: &mut SqliteConnection, now: Instant, lease_until: Instant, most: i64) -> Stored<Vec<DueMail>> {
    let lease = new_id();
    sqlx::query(
        "UPDATE mails
         SET lease = $1, due_at = $2
         WHERE id IN (SELECT id FROM mails WHERE state = 'due' AND due_at <= $3 ORDER BY due_at, id LIMIT $4)",
    )
    .bind(&lease)
    .bind(lease_until)
    .bind(now)
    .bind(most)
    .execute(&mut *connection)
    .await?;
    let claimed: Vec<MailRow> = sqlx::query_as(
        "SELECT mails.id, address, lang, mail_addresses.enterprise_name, mails.token, news, filing_id, kind, reference, attempts
         FROM mails
         JOIN mail_addresses ON mail_addresses.id = address_id
         LEFT JOIN notices ON notices.id = notice_id
         LEFT JOIN filings ON filings.id = filing_id
         WHERE mails.state = 'due' AND mails.due_at = $2 AND lease = $1
         ORDER BY mails.born_at, mails.id",
    )
    .bind(&lease)
    .bind(lease_until)
    .fetch_all(connection)
    .await?;
    due_mails(claimed, &lease)
}

async fn settle(connection: &mut SqliteConnection, mail: &DueMail, settlement: &MailSettlement) -> Stored<bool> {
    let (state, due_at, problem) = match settlement {
        MailSettlement::Sent => ("sent", None, None),
        MailSettlement::Later { at, problem } => ("due", Some(*at), Some(problem)),
        MailSettlement::Failed { problem } => ("failed", None, Some(problem)),
    };
    let settled = sqlx::query(
        "UPDATE mails
         SET state = $3, due_at = coalesce($4, due_at), last_problem = $5, lease = NULL, attempts = attempts + 1,
             token = CASE $3 WHEN 'due' THEN token END
         WHERE id = $1 AND lease = $2 AND state = 'due'",
    )
    .bind(plain(&mail.id))
    .bind(&mail.lease)
    .bind(state)
    .bind(due_at)
    .bind(problem.map(|problem| beginning(problem)))
    .execute(connection)
    .await?;
    Ok(settled.rows_affected() > 0)
}

async fn prune_mails(connection: &mut SqliteConnection, born_before: Instant, most: i64) -> Stored<u64> {
    let pruned = sqlx::query(
        "DELETE FROM mails
         WHERE id IN (SELECT id FROM mails WHERE state <> 'due' AND born_at < $1 ORDER BY born_at LIMIT $2)",
    )
    .bind(born_before)
    .bind(most)
    .execute(connection)
    .await?;
    Ok(pruned.rows_affected())
}

#[async_trait]
impl Mails for SqliteStorage {
    async fn mail_addresses(&self, enterprise: &CreditCode) -> Stored<Vec<MailAddress>> {
        let found: Vec<MailAddressRow> = sqlx::query_as(
            "SELECT id, address, confirmed_at, requested_at FROM mail_addresses WHERE enterprise_code = $1 ORDER BY id",
        )
        .bind(enterprise.as_str())
        .fetch_all(&self.readers)
        .await?;
        Ok(found.into_iter().map(mail_address).collect())
    }

    async fn enter_address(&self, new: &NewAddress) -> Stored<AddressEntered> {
        let new = new.clone();
        self.writer.write(move |connection| Box::pin(async move { enter(connection, &new).await })).await
    }

    async fn awaiting_address(&self, token_hash: &str, now: Instant) -> Stored<Option<(String, String)>> {
        Ok(sqlx::query_as("SELECT address, enterprise_name FROM mail_addresses WHERE token_hash = $1 AND requested_at > $2")
            .bind(token_hash)
            .bind(now - LINK_MS)
            .fetch_optional(&self.readers)
            .await?)
    }

    async fn confirm_address(&self, token_hash: &str, now: Instant) -> Stored<bool> {
        let token_hash = token_hash.to_owned();
        self.writer.write(move |connection| Box::pin(async move { confirm(connection, &token_hash, now).await })).await
    }

    async fn remove_address(&self, enterprise: &CreditCode, id: &str) -> Stored<bool> {
        let (enterprise, id) = (enterprise.clone(), id.to_owned());
        self.writer
            .write(move |connection| {
                Box::pin(async move {
                    let removed = sqlx::query("DELETE FROM mail_addresses WHERE id = $1 AND enterprise_code = $2")
                        .bind(plain(&id))
                        .bind(enterprise.as_str())
                        .execute(connection)
                        .await?;
                    Ok(removed.rows_affected() > 0)
                })
            })
            .await
    }

    async fn claim_mails(&self, now: Instant, lease_until: Instant, most: i64) -> Stored<Vec<DueMail>> {
        self.writer.write(move |connection| Box::pin(async move { claim(connection, now, lease_until, most).await })).await
    }

    async fn settle_mail(&self, mail: &DueMail, settlement: &MailSettlement) -> Stored<bool> {
        let (mail, settlement) = (mail.clone(), settlement.clone());
        self.writer.write(move |connection| Box::pin(async move { settle(connection, &mail, &settlement).await })).await
    }

    async fn next_mail_at(&self) -> Stored<Option<Instant>> {
        let row: Option<(Instant,)> = sqlx::query_as("SELECT due_at FROM mails WHERE state = 'due' ORDER BY due_at LIMIT 1")
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.map(|(due_at,)| due_at))
    }

    async fn prune_mails(&self, born_before: Instant, most: i64) -> Stored<u64> {
        self.writer.write(move |connection| Box::pin(async move { prune_mails(connection, born_before, most).await })).await
    }

    async fn mail_figures(&self) -> Stored<MailFigures> {
        // In one statement: a mail that is settled meanwhile is counted once.
        let (waiting, oldest_waiting_at, failed, last_problem): (i64, Option<Instant>, i64, Option<String>) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM mails WHERE state = 'due'),
                    (SELECT min(born_at) FROM mails WHERE state = 'due'),
                    (SELECT count(*) FROM mails WHERE state = 'failed'),
                    (SELECT last_problem FROM mails
                     WHERE state <> 'sent' AND last_problem IS NOT NULL
                     ORDER BY born_at DESC, id DESC
                     LIMIT 1)",
        )
        .fetch_one(&self.readers)
        .await?;
        Ok(MailFigures { waiting, oldest_waiting_at, failed, last_problem })
    }
}
