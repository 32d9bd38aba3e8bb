//! Sign-ins under way, and sessions.

use credit::credit_code::CreditCode;
use credit::filing::Instant;
use sqlx::postgres::{PgConnection, PgPool};

use crate::storage::rows::{self, SessionRow, SignInRow, json, plain};
use crate::storage::sign_ins::MOST_OF_A_BROWSER;
use crate::storage::{Parked, Session, SignIn, Stored};

pub(super) async fn begin_sign_in(connection: &mut PgConnection, sign_in: &SignIn) -> Stored<()> {
    sqlx::query(
        "INSERT INTO sign_ins (state_hash, browser_hash, nonce, verifier, return_to, parked, begun_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(plain(&sign_in.state_hash))
    .bind(plain(&sign_in.browser_hash))
    .bind(plain(&sign_in.nonce))
    .bind(plain(&sign_in.verifier))
    .bind(plain(&sign_in.return_to))
    .bind(sign_in.parked.as_ref().map(json).transpose()?)
    .bind(sign_in.begun_at)
    .execute(&mut *connection)
    .await?;
    // Each may carry what was typed: one browser has no more of them than it can have windows.
    sqlx::query(
        "DELETE FROM sign_ins
         WHERE browser_hash = $1 AND state_hash <> $3
           AND state_hash NOT IN (SELECT state_hash FROM sign_ins WHERE browser_hash = $1 ORDER BY begun_at DESC LIMIT $2)",
    )
    .bind(plain(&sign_in.browser_hash))
    .bind(MOST_OF_A_BROWSER)
    .bind(plain(&sign_in.state_hash))
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn take_sign_in(connection: &mut PgConnection, state_hash: &str, browser_hash: &str) -> Stored<Option<SignIn>> {
    let row: Option<SignInRow> = sqlx::query_as(
        "DELETE FROM sign_ins
         WHERE state_hash = $1 AND browser_hash = $2
         RETURNING state_hash, browser_hash, nonce, verifier, return_to, parked, begun_at",
    )
    .bind(plain(state_hash))
    .bind(plain(browser_hash))
    .fetch_optional(connection)
    .await?;
    row.map(rows::sign_in).transpose()
}

pub(super) async fn waiting_sign_in(pool: &PgPool, state_hash: &str, browser_hash: &str) -> Stored<Option<SignIn>> {
    let row: Option<SignInRow> = sqlx::query_as(
        "SELECT state_hash, browser_hash, nonce, verifier, return_to, parked, begun_at
         FROM sign_ins
         WHERE state_hash = $1 AND browser_hash = $2",
    )
    .bind(plain(state_hash))
    .bind(plain(browser_hash))
    .fetch_optional(pool)
    .await?;
    row.map(rows::sign_in).transpose()
}

pub(super) async fn forget_parked(connection: &mut PgConnection, browser_hash: &str, parked: &Parked) -> Stored<()> {
    sqlx::query("DELETE FROM sign_ins WHERE browser_hash = $1 AND parked = $2")
        .bind(plain(browser_hash))
        .bind(json(parked)?)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn open(connection: &mut PgConnection, session: &Session, replaces: Option<&str>) -> Stored<()> {
    if let Some(token_hash) = replaces {
        end(connection, token_hash).await?;
    }
    sqlx::query(
        "INSERT INTO sessions (token_hash, person, enterprise_code, id_token, authenticated_at, opened_at, seen_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(plain(&session.token_hash))
    .bind(json(&session.person)?)
    .bind(session.enterprise.as_ref().map(CreditCode::as_str))
    .bind(plain(&session.id_token))
    .bind(session.authenticated_at)
    .bind(session.opened_at)
    .bind(session.seen_at)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn find(pool: &PgPool, token_hash: &str) -> Stored<Option<Session>> {
    let row: Option<SessionRow> = sqlx::query_as(
        "SELECT token_hash, person, enterprise_code, id_token, authenticated_at, opened_at, seen_at
         FROM sessions
         WHERE token_hash = $1",
    )
    .bind(plain(token_hash))
    .fetch_optional(pool)
    .await?;
    row.map(rows::session).transpose()
}

pub(super) async fn touch(connection: &mut PgConnection, token_hash: &str, seen_at: Instant) -> Stored<()> {
    sqlx::query("UPDATE sessions SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2")
        .bind(plain(token_hash))
        .bind(seen_at)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn choose_enterprise(connection: &mut PgConnection, token_hash: &str, enterprise: &CreditCode) -> Stored<()> {
    sqlx::query("UPDATE sessions SET enterprise_code = $2 WHERE token_hash = $1")
        .bind(plain(token_hash))
        .bind(enterprise.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn end(connection: &mut PgConnection, token_hash: &str) -> Stored<()> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(plain(token_hash)).execute(connection).await?;
    Ok(())
}

pub(super) async fn of(pool: &PgPool, subject: &str, most: i64) -> Stored<Vec<Session>> {
    let rows: Vec<SessionRow> = sqlx::query_as(
        "SELECT token_hash, person, enterprise_code, id_token, authenticated_at, opened_at, seen_at
         FROM sessions
         WHERE person::json ->> 'subject' = $1
         ORDER BY opened_at DESC, token_hash
         LIMIT $2",
    )
    .bind(plain(subject))
    .bind(most)
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(rows::session).collect()
}

pub(super) async fn end_of(connection: &mut PgConnection, subject: Option<&str>, but: Option<&str>) -> Stored<u64> {
    let ended = sqlx::query(
        "DELETE FROM sessions
         WHERE ($1::text IS NULL OR person::json ->> 'subject' = $1) AND ($2::text IS NULL OR token_hash <> $2)",
    )
    .bind(subject.map(plain))
    .bind(but.map(plain))
    .execute(connection)
    .await?;
    Ok(ended.rows_affected())
}

pub(super) async fn prune(
    connection: &mut PgConnection,
    seen_before: Instant,
    opened_before: Instant,
    begun_before: Instant,
) -> Stored<()> {
    sqlx::query("DELETE FROM sessions WHERE seen_at < $1 OR opened_at < $2")
        .bind(seen_before)
        .bind(opened_before)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM sign_ins WHERE begun_at < $1").bind(begun_before).execute(connection).await?;
    Ok(())
}
