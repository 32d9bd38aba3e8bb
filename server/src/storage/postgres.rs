//! The store on a PostgreSQL server, for more than one program at a time.
//!
//! Transactions are READ COMMITTED. What a transaction reads in order to change, it holds (`FOR UPDATE`) until its end, and
//! always in this order: scan of a content, draft, outbox row, filing (several by their ids), head of the log. So two of them never
//! wait for each other.

mod alarms;
mod audit;
pub mod commitment_search;
mod commitments;
mod drafts;
mod durable;
mod events;
mod filings;
pub(super) mod hosts;
mod imports;
mod lines;
mod log;
mod mails;
mod migrations;
mod notices;
mod operations;
pub mod outbox;
mod overviews;
pub mod public_search;
mod publications;
mod receipts;
mod reconciliations;
mod record_matters;
mod rows_of_imports;
mod scans;
mod sessions;
mod settling;
mod shared_buckets;
mod signing_keys;
mod silences;
mod templates;
mod waits;

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use async_trait::async_trait;
use credit::attachment::Attachment;
use credit::credit_code::CreditCode;
use credit::filing::{Impossible, Instant};
use sqlx::Connection;
use sqlx::postgres::{PgPool, PgPoolOptions};
use tokio_util::task::AbortOnDropHandle;

use self::hosts::Hosts;
use self::settling::Settler;
use super::{
    Acceptance, Added, Applied, Before, Change, Delivery, DraftLine, FilingLine, Kept, NewFiling, OutboxFigures, Parked,
    PlatformEvent, Rival, Session, Settlement, SignIn, Storage, Stored, StoredDraft, StoredFiling, TakingBack, rows,
};

/// What can be set of a PostgreSQL store.
#[derive(Clone, Copy, Debug)]
pub struct PostgresSettings {
    /// The most connections.
    pub connections: u32,
    /// How long to wait for a connection.
    pub connect_timeout: Duration,
    /// How long to wait for what another transaction holds.
    pub lock_timeout: Duration,
    /// How long one statement may take.
    pub statement_timeout: Duration,
    /// A program that hangs within a transaction holds up the others for so long at most: the head of the log is everyone's.
    pub hanging_timeout: Duration,
}

impl Default for PostgresSettings {
    fn default() -> Self {
        Self {
            connections: 16,
            connect_timeout: Duration::from_secs(5),
            lock_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(30),
            hanging_timeout: Duration::from_secs(10),
        }
    }
}

/// The store on a PostgreSQL server.
pub struct PostgresStorage {
    pool: PgPool,
    /// The largest size of the log that is known to be on disk.
    durable_log: AtomicU64,
    settler: Settler,
    /// Where there are several servers: the task that looks which of them takes writes.
    _leading: Option<AbortOnDropHandle<()>>,
}

impl PostgresStorage {
    /// Connects to a `postgres://` address and brings the database up to this program's schema. Where the address names several
    /// servers (`hosts`) it follows the one that takes writes.
    ///
    /// # Errors
    /// If it cannot be reached or written, or was written by a newer program.
    pub async fn open(url: &str) -> Stored<Self> {
        Self::open_with(url, PostgresSettings::default()).await
    }

    /// Like [`open`](Self::open), with settings.
    ///
    /// # Errors
    /// If it cannot be reached or written, or was written by a newer program.
    pub async fn open_with(url: &str, settings: PostgresSettings) -> Stored<Self> {
        let hosts: Hosts = url.parse()?;
        let several = hosts.are_several();
        // On a connection of its own: a migration may take longer than any other statement.
        let (options, mut connection) = hosts.find(settings.connect_timeout).await?;
        migrations::migrate(&mut connection).await?;
        connection.close().await?;
        let pool = PgPoolOptions::new()
            .max_connections(settings.connections)
            .acquire_timeout(settings.connect_timeout)
            // Questions of our own, which wait no longer than a server takes that is there.
            .test_before_acquire(false)
            .before_acquire(|connection, since| Box::pin(lines::is_there(connection, since)))
            .after_release(|connection, _| Box::pin(lines::is_fit_again(connection)))
            .after_connect(move |connection, _| Box::pin(lines::prepare(connection, settings, several)))
            .connect_with(options)
            .await?;
        let lead = || AbortOnDropHandle::new(tokio::spawn(hosts.lead(pool.clone(), settings.connect_timeout)));
        let leading = several.then(lead);
        let settler = Settler::start(pool.clone());
        Ok(Self { pool, durable_log: AtomicU64::new(0), settler, _leading: leading })
    }
}

#[async_trait]
impl Storage for PostgresStorage {
    fn name(&self) -> &'static str {
        "PostgreSQL"
    }

    async fn check(&self) -> Stored<()> {
        let mut connection = self.pool.acquire().await?;
        sqlx::query("UPDATE proof_of_writing SET times = times + 1").execute(&mut *connection).await?;
        Ok(())
    }

    async fn begin_sign_in(&self, sign_in: &SignIn) -> Stored<()> {
        let mut connection = self.pool.acquire().await?;
        sessions::begin_sign_in(&mut connection, sign_in).await
    }

    async fn take_sign_in(&self, state_hash: &str, browser_hash: &str) -> Stored<Option<SignIn>> {
        let mut connection = self.pool.acquire().await?;
        sessions::take_sign_in(&mut connection, state_hash, browser_hash).await
    }

    async fn waiting_sign_in(&self, state_hash: &str, browser_hash: &str) -> Stored<Option<SignIn>> {
        sessions::waiting_sign_in(&self.pool, state_hash, browser_hash).await
    }

    async fn forget_parked(&self, browser_hash: &str, parked: &Parked) -> Stored<()> {
        let mut connection = self.pool.acquire().await?;
        sessions::forget_parked(&mut connection, browser_hash, parked).await
    }

    async fn open_session(&self, session: &Session, replaces: Option<&str>) -> Stored<()> {
        let mut transaction = self.pool.begin().await?;
        sessions::open(&mut transaction, session, replaces).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn session(&self, token_hash: &str) -> Stored<Option<Session>> {
        sessions::find(&self.pool, token_hash).await
    }

    async fn touch_session(&self, token_hash: &str, seen_at: Instant) -> Stored<()> {
        let mut connection = self.pool.acquire().await?;
        sessions::touch(&mut connection, token_hash, seen_at).await
    }

    async fn choose_enterprise(&self, token_hash: &str, enterprise: &CreditCode) -> Stored<()> {
        let mut connection = self.pool.acquire().await?;
        sessions::choose_enterprise(&mut connection, token_hash, enterprise).await
    }

    async fn end_session(&self, token_hash: &str) -> Stored<()> {
        let mut connection = self.pool.acquire().await?;
        sessions::end(&mut connection, token_hash).await
    }

    async fn sessions_of(&self, subject: &str, most: i64) -> Stored<Vec<Session>> {
        sessions::of(&self.pool, subject, most).await
    }

    async fn end_sessions_of(&self, subject: Option<&str>, but: Option<&str>) -> Stored<u64> {
        let mut connection = self.pool.acquire().await?;
        sessions::end_of(&mut connection, subject, but).await
    }

    async fn prune_sessions(&self, seen_before: Instant, opened_before: Instant, begun_before: Instant) -> Stored<()> {
        let mut transaction = self.pool.begin().await?;
        sessions::prune(&mut transaction, seen_before, opened_before, begun_before).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn begin_draft(&self, draft: &StoredDraft) -> Stored<()> {
        let mut transaction = self.pool.begin().await?;
        drafts::begin(&mut transaction, draft).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn draft(&self, id: &str, enterprise: &CreditCode) -> Stored<Option<StoredDraft>> {
        drafts::find(&self.pool, id, enterprise).await
    }

    async fn keep_draft(&self, id: &str, enterprise: &CreditCode, change: &Change) -> Stored<Kept> {
        let mut transaction = self.pool.begin().await?;
        let kept = drafts::keep(&mut transaction, id, enterprise, change).await?;
        transaction.commit().await?;
        Ok(kept)
    }

    async fn rivals(&self, id: &str, enterprise: &CreditCode) -> Stored<Vec<Rival>> {
        drafts::rivals(&self.pool, id, enterprise).await
    }

    async fn settle_rivals(&self, id: &str, enterprise: &CreditCode, change: &Change, seen: &[(String, Instant)]) -> Stored<Kept> {
        let mut transaction = self.pool.begin().await?;
        let kept = drafts::settle_rivals(&mut transaction, id, enterprise, change, seen).await?;
        transaction.commit().await?;
        Ok(kept)
    }

    async fn delete_draft(&self, id: &str, enterprise: &CreditCode) -> Stored<bool> {
        let mut transaction = self.pool.begin().await?;
        let deleted = drafts::delete(&mut transaction, id, enterprise).await?;
        transaction.commit().await?;
        Ok(deleted)
    }

    async fn add_attachment(&self, draft_id: &str, enterprise: &CreditCode, attachment: &Attachment, at: Instant) -> Stored<Added> {
        let mut transaction = self.pool.begin().await?;
        let added = drafts::add_attachment(&mut transaction, draft_id, enterprise, attachment, at).await?;
        transaction.commit().await?;
        Ok(added)
    }

    async fn remove_attachment(&self, draft_id: &str, enterprise: &CreditCode, attachment_id: &str) -> Stored<bool> {
        let mut transaction = self.pool.begin().await?;
        let removed = drafts::remove_attachment(&mut transaction, draft_id, enterprise, attachment_id).await?;
        transaction.commit().await?;
        Ok(removed)
    }

    async fn drafts_of(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<DraftLine>> {
        drafts::of_enterprise(&self.pool, enterprise, most).await
    }

    async fn accept(&self, filing: &NewFiling, version: i64, files: &[String]) -> Stored<Acceptance> {
        let mut connection = self.pool.acquire().await?;
        let mut transaction = durable::begin_early(&mut connection).await?;
        let acceptance = filings::accept(&mut transaction, filing, version, files).await?;
        transaction.commit().await?;
        durable::flush(&mut connection).await?;
        Ok(acceptance)
    }

    async fn filing(&self, id: &str, enterprise: &CreditCode) -> Stored<Option<StoredFiling>> {
        filings::find(&self.pool, id, enterprise).await
    }

    async fn filing_changes(&self, id: &str, enterprise: &CreditCode) -> Stored<Option<i64>> {
        filings::changes(&self.pool, id, enterprise).await
    }

    async fn filings_of(&self, enterprise: &CreditCode, before: Option<&Before>, most: i64) -> Stored<Vec<FilingLine>> {
        filings::of_enterprise(&self.pool, enterprise, before, most).await
    }

    async fn take_back(&self, id: &str, enterprise: &CreditCode, taking: &TakingBack) -> Stored<Option<Result<(), Impossible>>> {
        let mut transaction = self.pool.begin().await?;
        let taken = filings::take_back(&mut transaction, id, enterprise, taking).await?;
        transaction.commit().await?;
        Ok(taken)
    }

    async fn begin_correction(&self, filing_id: &str, draft: &StoredDraft) -> Stored<String> {
        let mut transaction = self.pool.begin().await?;
        let draft_id = drafts::begin_correction(&mut transaction, filing_id, draft).await?;
        transaction.commit().await?;
        Ok(draft_id)
    }

    async fn claim_deliveries(&self, now: Instant, lease_until: Instant, most: i64) -> Stored<Vec<Delivery>> {
        let mut connection = self.pool.acquire().await?;
        let mut transaction = durable::begin_early_under(&mut connection, outbox::CLAIM_SETTINGS).await?;
        let (claimed, lease) = outbox::claim(&mut transaction, now, lease_until, most).await?;
        transaction.commit().await?;
        if !claimed.is_empty() {
            // What is sent must not be known at the platform alone: an acceptance that is seen here may not be on disk yet.
            durable::flush(&mut connection).await?;
        }
        Ok(rows::deliveries(claimed, &lease))
    }

    async fn settle_delivery(&self, delivery: &Delivery, settlement: &Settlement, at: Instant) -> Stored<bool> {
        self.settler.settle(delivery, settlement, at).await
    }

    async fn next_delivery_at(&self) -> Stored<Option<Instant>> {
        outbox::next_at(&self.pool).await
    }

    async fn outbox_figures(&self) -> Stored<OutboxFigures> {
        outbox::figures(&self.pool).await
    }

    async fn apply_event(&self, event: &PlatformEvent) -> Stored<Applied> {
        let mut connection = self.pool.acquire().await?;
        let mut transaction = durable::begin_early(&mut connection).await?;
        let applied = events::apply(&mut transaction, event).await?;
        transaction.commit().await?;
        durable::flush(&mut connection).await?;
        Ok(applied)
    }

    async fn record_refused_event(&self, claimed_id: &str, reason: &str, at: Instant) -> Stored<()> {
        let mut transaction = self.pool.begin().await?;
        events::record_refused(&mut transaction, claimed_id, reason, at).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn event_figures(&self) -> Stored<Vec<(String, i64)>> {
        events::figures(&self.pool).await
    }
}
