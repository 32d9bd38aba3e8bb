//! The store in one SQLite file: one writer with group commit, a few readers.

mod alarms;
mod audit;
pub mod commitment_search;
mod commitments;
pub mod copying;
mod drafts;
mod events;
mod filings;
mod imports;
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
mod shared_buckets;
mod signing_keys;
mod silences;
mod templates;
mod waits;
mod writer;

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use credit::attachment::Attachment;
use credit::credit_code::CreditCode;
use credit::filing::{Impossible, Instant};
use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use self::writer::Writer;
use super::{
    Acceptance, Added, Applied, Before, Change, Delivery, DraftLine, FilingLine, Kept, NewFiling, OutboxFigures, Parked,
    PlatformEvent, Rival, Session, Settlement, SignIn, Storage, StorageError, Stored, StoredDraft, StoredFiling, TakingBack,
};

/// How many connections read at once.
const READERS: u32 = 4;

/// What can be set of a SQLite store.
#[derive(Clone, Copy, Debug)]
pub struct SqliteSettings {
    /// How long to wait for another program that holds the file.
    pub busy_timeout: Duration,
    /// The most pages (of 4 KiB) that the file may have; none: as many as the disk holds.
    pub most_pages: Option<u32>,
}

impl Default for SqliteSettings {
    fn default() -> Self {
        Self { busy_timeout: Duration::from_secs(5), most_pages: None }
    }
}

/// Opens the file for writing. To put it into its journal mode SQLite goes from reading to writing, and there it does not wait for
/// another program that holds the file, whatever the busy timeout says (<https://www.sqlite.org/c3ref/busy_handler.html>): so the
/// waiting is done here.
async fn first_connection(options: &SqliteConnectOptions, patience: Duration) -> Stored<SqliteConnection> {
    const PAUSE: Duration = Duration::from_millis(20);
    let mut waited = Duration::ZERO;
    loop {
        match options.connect().await.map_err(StorageError::from) {
            Err(StorageError::Busy(_)) if waited < patience => {
                tokio::time::sleep(PAUSE).await;
                waited += PAUSE;
            }
            outcome => return outcome,
        }
    }
}

/// The store in one SQLite file. It must be opened within a Tokio runtime, which its writing task lives in.
pub struct SqliteStorage {
    writer: Writer,
    readers: SqlitePool,
}

impl SqliteStorage {
    /// Opens the file, makes it if there is none, and brings it up to this program's schema.
    ///
    /// # Errors
    /// If it cannot be opened or written, or was written by a newer program.
    pub async fn open(path: &Path) -> Stored<Self> {
        Self::open_with(path, SqliteSettings::default()).await
    }

    /// Like [`open`](Self::open), with settings.
    ///
    /// # Errors
    /// If it cannot be opened or written, or was written by a newer program.
    pub async fn open_with(path: &Path, settings: SqliteSettings) -> Stored<Self> {
        let options = SqliteConnectOptions::new().filename(path).foreign_keys(true).busy_timeout(settings.busy_timeout);
        let mut writing = options
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // With NORMAL, a power cut loses rows that were committed and acknowledged since the last checkpoint.
            .synchronous(SqliteSynchronous::Full)
            // After a burst the log gives its room back, in bytes.
            .pragma("journal_size_limit", "67108864");
        if let Some(most_pages) = settings.most_pages {
            writing = writing.pragma("max_page_count", most_pages.to_string());
        }
        let mut connection = first_connection(&writing, settings.busy_timeout).await?;
        migrations::migrate(&mut connection).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(settings.busy_timeout)
            // They are in this process: there is no connection that could have been lost.
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.read_only(true))
            .await?;
        Ok(Self { writer: Writer::start(connection), readers })
    }

    /// How many transactions the writer has committed since it was opened: a figure for benches and tests of group commit.
    pub fn writer_commits(&self) -> u64 {
        self.writer.commits()
    }
}

#[async_trait]
impl Storage for SqliteStorage {
    fn name(&self) -> &'static str {
        "SQLite"
    }

    async fn check(&self) -> Stored<()> {
        self.writer
            .write(|connection| {
                Box::pin(async move {
                    sqlx::query("UPDATE proof_of_writing SET times = times + 1").execute(connection).await?;
                    Ok(())
                })
            })
            .await?;
        sqlx::query("SELECT times FROM proof_of_writing").fetch_one(&self.readers).await?;
        Ok(())
    }

    async fn begin_sign_in(&self, sign_in: &SignIn) -> Stored<()> {
        let sign_in = sign_in.clone();
        self.writer.write(move |connection| Box::pin(async move { sessions::begin_sign_in(connection, &sign_in).await })).await
    }

    async fn take_sign_in(&self, state_hash: &str, browser_hash: &str) -> Stored<Option<SignIn>> {
        let (state_hash, browser_hash) = (state_hash.to_owned(), browser_hash.to_owned());
        self.writer
            .write(move |connection| Box::pin(async move { sessions::take_sign_in(connection, &state_hash, &browser_hash).await }))
            .await
    }

    async fn waiting_sign_in(&self, state_hash: &str, browser_hash: &str) -> Stored<Option<SignIn>> {
        sessions::waiting_sign_in(&self.readers, state_hash, browser_hash).await
    }

    async fn forget_parked(&self, browser_hash: &str, parked: &Parked) -> Stored<()> {
        let (browser_hash, parked) = (browser_hash.to_owned(), parked.clone());
        self.writer
            .write(move |connection| Box::pin(async move { sessions::forget_parked(connection, &browser_hash, &parked).await }))
            .await
    }

    async fn open_session(&self, session: &Session, replaces: Option<&str>) -> Stored<()> {
        let (session, replaces) = (session.clone(), replaces.map(str::to_owned));
        self.writer
            .write(move |connection| Box::pin(async move { sessions::open(connection, &session, replaces.as_deref()).await }))
            .await
    }

    async fn session(&self, token_hash: &str) -> Stored<Option<Session>> {
        sessions::find(&self.readers, token_hash).await
    }

    async fn touch_session(&self, token_hash: &str, seen_at: Instant) -> Stored<()> {
        let token_hash = token_hash.to_owned();
        self.writer.write(move |connection| Box::pin(async move { sessions::touch(connection, &token_hash, seen_at).await })).await
    }

    async fn choose_enterprise(&self, token_hash: &str, enterprise: &CreditCode) -> Stored<()> {
        let (token_hash, enterprise) = (token_hash.to_owned(), enterprise.clone());
        self.writer
            .write(move |connection| {
                Box::pin(async move { sessions::choose_enterprise(connection, &token_hash, &enterprise).await })
            })
            .await
    }

    async fn end_session(&self, token_hash: &str) -> Stored<()> {
        let token_hash = token_hash.to_owned();
        self.writer.write(move |connection| Box::pin(async move { sessions::end(connection, &token_hash).await })).await
    }

    async fn sessions_of(&self, subject: &str, most: i64) -> Stored<Vec<Session>> {
        sessions::of(&self.readers, subject, most).await
    }

    async fn end_sessions_of(&self, subject: Option<&str>, but: Option<&str>) -> Stored<u64> {
        let (subject, but) = (subject.map(str::to_owned), but.map(str::to_owned));
        self.writer
            .write(move |connection| {
                Box::pin(async move { sessions::end_of(connection, subject.as_deref(), but.as_deref()).await })
            })
            .await
    }

    async fn prune_sessions(&self, seen_before: Instant, opened_before: Instant, begun_before: Instant) -> Stored<()> {
        self.writer
            .write(move |connection| {
                Box::pin(async move { sessions::prune(connection, seen_before, opened_before, begun_before).await })
            })
            .await
    }

    async fn begin_draft(&self, draft: &StoredDraft) -> Stored<()> {
        let draft = draft.clone();
        self.writer.write(move |connection| Box::pin(async move { drafts::begin(connection, &draft).await })).await
    }

    async fn draft(&self, id: &str, enterprise: &CreditCode) -> Stored<Option<StoredDraft>> {
        drafts::find(&self.readers, id, enterprise).await
    }

    async fn keep_draft(&self, id: &str, enterprise: &CreditCode, change: &Change) -> Stored<Kept> {
        let (id, enterprise, change) = (id.to_owned(), enterprise.clone(), change.clone());
        self.writer
            .write(move |connection| Box::pin(async move { drafts::keep(connection, &id, &enterprise, &change).await }))
            .await
    }

    async fn rivals(&self, id: &str, enterprise: &CreditCode) -> Stored<Vec<Rival>> {
        drafts::rivals(&self.readers, id, enterprise).await
    }

    async fn settle_rivals(&self, id: &str, enterprise: &CreditCode, change: &Change, seen: &[(String, Instant)]) -> Stored<Kept> {
        let (id, enterprise, change, seen) = (id.to_owned(), enterprise.clone(), change.clone(), seen.to_vec());
        self.writer
            .write(move |connection| {
                Box::pin(async move { drafts::settle_rivals(connection, &id, &enterprise, &change, &seen).await })
            })
            .await
    }

    async fn delete_draft(&self, id: &str, enterprise: &CreditCode) -> Stored<bool> {
        let (id, enterprise) = (id.to_owned(), enterprise.clone());
        self.writer.write(move |connection| Box::pin(async move { drafts::delete(connection, &id, &enterprise).await })).await
    }

    async fn add_attachment(&self, draft_id: &str, enterprise: &CreditCode, attachment: &Attachment, at: Instant) -> Stored<Added> {
        let (id, enterprise, attachment) = (draft_id.to_owned(), enterprise.clone(), attachment.clone());
        self.writer
            .write(move |connection| {
                Box::pin(async move { drafts::add_attachment(connection, &id, &enterprise, &attachment, at).await })
            })
            .await
    }

    async fn remove_attachment(&self, draft_id: &str, enterprise: &CreditCode, attachment_id: &str) -> Stored<bool> {
        let (id, enterprise, attachment_id) = (draft_id.to_owned(), enterprise.clone(), attachment_id.to_owned());
        self.writer
            .write(move |connection| {
                Box::pin(async move { drafts::remove_attachment(connection, &id, &enterprise, &attachment_id).await })
            })
            .await
    }

    async fn drafts_of(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<DraftLine>> {
        drafts::of_enterprise(&self.readers, enterprise, most).await
    }

    async fn accept(&self, filing: &NewFiling, version: i64, files: &[String]) -> Stored<Acceptance> {
        let (filing, files) = (filing.clone(), files.to_vec());
        self.writer
            .write(move |connection| Box::pin(async move { filings::accept(connection, &filing, version, &files).await }))
            .await
    }

    async fn filing(&self, id: &str, enterprise: &CreditCode) -> Stored<Option<StoredFiling>> {
        filings::find(&self.readers, id, enterprise).await
    }

    async fn filing_changes(&self, id: &str, enterprise: &CreditCode) -> Stored<Option<i64>> {
        filings::changes(&self.readers, id, enterprise).await
    }

    async fn filings_of(&self, enterprise: &CreditCode, before: Option<&Before>, most: i64) -> Stored<Vec<FilingLine>> {
        filings::of_enterprise(&self.readers, enterprise, before, most).await
    }

    async fn take_back(&self, id: &str, enterprise: &CreditCode, taking: &TakingBack) -> Stored<Option<Result<(), Impossible>>> {
        let (id, enterprise, taking) = (id.to_owned(), enterprise.clone(), taking.clone());
        self.writer
            .write(move |connection| Box::pin(async move { filings::take_back(connection, &id, &enterprise, &taking).await }))
            .await
    }

    async fn begin_correction(&self, filing_id: &str, draft: &StoredDraft) -> Stored<String> {
        let (filing_id, draft) = (filing_id.to_owned(), draft.clone());
        self.writer
            .write(move |connection| Box::pin(async move { drafts::begin_correction(connection, &filing_id, &draft).await }))
            .await
    }

    async fn claim_deliveries(&self, now: Instant, lease_until: Instant, most: i64) -> Stored<Vec<Delivery>> {
        self.writer.write(move |connection| Box::pin(async move { outbox::claim(connection, now, lease_until, most).await })).await
    }

    async fn settle_delivery(&self, delivery: &Delivery, settlement: &Settlement, at: Instant) -> Stored<bool> {
        let (delivery, settlement) = (delivery.clone(), settlement.clone());
        self.writer
            .write(move |connection| Box::pin(async move { outbox::settle(connection, &delivery, &settlement, at).await }))
            .await
    }

    async fn next_delivery_at(&self) -> Stored<Option<Instant>> {
        outbox::next_at(&self.readers).await
    }

    async fn outbox_figures(&self) -> Stored<OutboxFigures> {
        outbox::figures(&self.readers).await
    }

    async fn apply_event(&self, event: &PlatformEvent) -> Stored<Applied> {
        let event = event.clone();
        self.writer.write(move |connection| Box::pin(async move { events::apply(connection, &event).await })).await
    }

    async fn record_refused_event(&self, claimed_id: &str, reason: &str, at: Instant) -> Stored<()> {
        let (claimed_id, reason) = (claimed_id.to_owned(), reason.to_owned());
        self.writer
            .write(move |connection| Box::pin(async move { events::record_refused(connection, &claimed_id, &reason, at).await }))
            .await
    }

    async fn event_figures(&self) -> Stored<Vec<(String, i64)>> {
        events::figures(&self.readers).await
    }
}
