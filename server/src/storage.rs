//! What is kept, as a small set of transactions named as the business names them.
//!
//! Two stores implement it, each in its own tongue: [`sqlite`] and [`postgres`]. One conformance suite runs over both.
//! Every write is one transaction, durable when the call returns. The rules live in `credit`: a store reads the old value,
//! asks the pure transition, and writes the new one.

pub mod alarms;
pub mod audit;
pub mod commitments;
mod deliveries;
mod drafts;
mod events;
pub mod faults;
mod filings;
mod import_rows;
pub mod imports;
pub mod log;
mod log_rows;
pub mod mails;
pub mod moving;
mod name_search;
mod notice_rows;
pub mod notices;
pub mod operations;
pub mod overviews;
pub mod patience;
pub mod postgres;
pub mod publications;
mod receipt_rows;
pub mod receipts;
pub mod reconciliations;
pub mod record_matters;
mod rows;
mod scan_rows;
pub mod scans;
pub mod shared_buckets;
mod sign_ins;
mod signing_key_rows;
pub mod signing_keys;
pub mod silences;
pub mod sqlite;
pub mod templates;

use async_trait::async_trait;
use credit::attachment::Attachment;
use credit::credit_code::CreditCode;
use credit::filing::{Impossible, Instant};

pub use self::deliveries::{Cargo, Delivery, OutboxFigures, Settlement, TakingBack};
pub use self::drafts::{Added, Change, Kept, Rival, StoredDraft};
pub use self::events::{Applied, PlatformEvent};
pub use self::filings::{
    Acceptance, Before, DeliveryProgress, DraftLine, FiledBy, FilingLine, HistoryEntry, NewFiling, Source, StoredFiling,
};
use self::publications::Publications;
pub use self::sign_ins::{Parked, Person, Session, SignIn};

/// Why the store did not do it. Nothing was written.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StorageError {
    /// Another writer holds it for longer than we wait.
    #[error("the store is busy: {0}")]
    Busy(String),
    /// No room on the disk.
    #[error("the store is full: {0}")]
    Full(String),
    /// Not reachable, or any other fault of the store.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// What is stored cannot be read as what it should be.
    #[error("the store is inconsistent: {0}")]
    Inconsistent(String),
}

/// The result of a transaction.
pub type Stored<T> = Result<T, StorageError>;

/// Everything that is kept.
#[async_trait]
pub trait Storage:
    Publications
    + alarms::Alarms
    + audit::Audit
    + commitments::Commitments
    + imports::Imports
    + log::PublicLog
    + notices::Notices
    + mails::Mails
    + operations::Operations
    + overviews::Overviews
    + receipts::Receipts
    + reconciliations::Reconciliations
    + record_matters::RecordMatters
    + scans::Scans
    + shared_buckets::SharedBuckets
    + signing_keys::SigningKeys
    + silences::Silences
    + templates::Templates
    + Send
    + Sync
    + 'static
{
    /// Says in one word which store this is (`SQLite`, `PostgreSQL`).
    fn name(&self) -> &'static str;
    /// Proves that the store answers and can be written.
    async fn check(&self) -> Stored<()>;

    // — Sign-in and sessions —

    /// Notes a sign-in under way.
    async fn begin_sign_in(&self, sign_in: &SignIn) -> Stored<()>;
    /// Takes it, once and only for the browser that began it: a second taking finds nothing.
    async fn take_sign_in(&self, state_hash: &str, browser_hash: &str) -> Stored<Option<SignIn>>;
    /// One that waits, which stays: answers are parked in it.
    async fn waiting_sign_in(&self, state_hash: &str, browser_hash: &str) -> Stored<Option<SignIn>>;
    /// Drops what waits in this browser with these answers: they are back where they belong.
    async fn forget_parked(&self, browser_hash: &str, parked: &Parked) -> Stored<()>;
    /// Opens a session, and ends the one it replaces.
    async fn open_session(&self, session: &Session, replaces: Option<&str>) -> Stored<()>;
    /// The session of this token.
    async fn session(&self, token_hash: &str) -> Stored<Option<Session>>;
    /// Notes that it was used.
    async fn touch_session(&self, token_hash: &str, seen_at: Instant) -> Stored<()>;
    /// Chooses the enterprise to act for.
    async fn choose_enterprise(&self, token_hash: &str, enterprise: &CreditCode) -> Stored<()>;
    /// Ends it.
    async fn end_session(&self, token_hash: &str) -> Stored<()>;
    /// The sessions of a person, by the provider's name for them, the newest first, at most `most`: those that have ended by
    /// themselves too, until they are pruned.
    async fn sessions_of(&self, subject: &str, most: i64) -> Stored<Vec<Session>>;
    /// Ends every session of a person, by the provider's name for them, or of everyone, but for one; gives how many there were.
    async fn end_sessions_of(&self, subject: Option<&str>, but: Option<&str>) -> Stored<u64>;
    /// Removes sessions not used since `seen_before` or opened before `opened_before`, and sign-ins begun before `begun_before`.
    async fn prune_sessions(&self, seen_before: Instant, opened_before: Instant, begun_before: Instant) -> Stored<()>;

    // — Drafts —

    /// Begins a draft.
    async fn begin_draft(&self, draft: &StoredDraft) -> Stored<()>;
    /// The draft, if this enterprise has it.
    async fn draft(&self, id: &str, enterprise: &CreditCode) -> Stored<Option<StoredDraft>>;
    /// Keeps what was typed, as the draft or as its rival: never nowhere. Answers equal to the draft's change nothing.
    async fn keep_draft(&self, id: &str, enterprise: &CreditCode, change: &Change) -> Stored<Kept>;
    /// What was typed over older versions, oldest first.
    async fn rivals(&self, id: &str, enterprise: &CreditCode) -> Stored<Vec<Rival>>;
    /// Makes these answers the draft and drops the rivals that were seen (each with when it was made): one that came or was typed
    /// over since then stays.
    async fn settle_rivals(&self, id: &str, enterprise: &CreditCode, change: &Change, seen: &[(String, Instant)]) -> Stored<Kept>;
    /// Deletes a draft with its rivals and files' rows.
    async fn delete_draft(&self, id: &str, enterprise: &CreditCode) -> Stored<bool>;
    /// Adds a file to a draft. Files do not change the draft's version. One whose content is known as infected is added as
    /// refused, here as where a draft is begun with files.
    async fn add_attachment(&self, draft_id: &str, enterprise: &CreditCode, attachment: &Attachment, at: Instant) -> Stored<Added>;
    /// Takes a file away.
    async fn remove_attachment(&self, draft_id: &str, enterprise: &CreditCode, attachment_id: &str) -> Stored<bool>;
    /// The enterprise's drafts, latest change first, at most `most`.
    async fn drafts_of(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<DraftLine>>;

    // — Filings —

    /// Accepts a filing: it, its first history entry and, where it is to be sent, its outbox row are born together, and the draft
    /// ends. The files
    /// stay with the id. `version` and `files` (ids) are what was reviewed; a file that was found infected since counts as
    /// changed. What it revises becomes superseded by it.
    async fn accept(&self, filing: &NewFiling, version: i64, files: &[String]) -> Stored<Acceptance>;
    /// The filing, if this enterprise has it.
    async fn filing(&self, id: &str, enterprise: &CreditCode) -> Stored<Option<StoredFiling>>;
    /// How often the filing has changed; none if this enterprise does not have it.
    async fn filing_changes(&self, id: &str, enterprise: &CreditCode) -> Stored<Option<i64>>;
    /// The enterprise's filings, newest first, at most `most`, from a place on. Superseded ones are left out.
    async fn filings_of(&self, enterprise: &CreditCode, before: Option<&Before>, most: i64) -> Stored<Vec<FilingLine>>;
    /// Takes something back: the standing changes and an outbox row is born together. None: no such filing.
    async fn take_back(&self, id: &str, enterprise: &CreditCode, taking: &TakingBack) -> Stored<Option<Result<(), Impossible>>>;
    /// Begins a draft that corrects a returned filing, with its files. Gives the id of the draft that already does so, if there is one.
    async fn begin_correction(&self, filing_id: &str, draft: &StoredDraft) -> Stored<String>;

    // — The courier —

    /// Takes up to `most` deliveries that are due, oldest first, until `lease_until`. Of one filing only the oldest
    /// undelivered row is ever given out.
    async fn claim_deliveries(&self, now: Instant, lease_until: Instant, most: i64) -> Stored<Vec<Delivery>>;
    /// Settles a try, and applies its happening to the filing in the same transaction. False: the lease was lost, nothing changed.
    async fn settle_delivery(&self, delivery: &Delivery, settlement: &Settlement, at: Instant) -> Stored<bool>;
    /// When the next delivery is due (a leased one when its lease ends).
    async fn next_delivery_at(&self) -> Stored<Option<Instant>>;
    /// Figures for the operator.
    async fn outbox_figures(&self) -> Stored<OutboxFigures>;

    // — Events of the platform —

    /// Records an event and applies it, in one transaction, once for its id.
    async fn apply_event(&self, event: &PlatformEvent) -> Stored<Applied>;
    /// Records a message that was refused (forged, replayed, unreadable); only the newest thousand are kept.
    async fn record_refused_event(&self, claimed_id: &str, reason: &str, at: Instant) -> Stored<()>;
    /// How many events were recorded with each verdict, for the operator: `(verdict, count)`. The refused messages that are
    /// still kept are counted as `refused`.
    async fn event_figures(&self) -> Stored<Vec<(String, i64)>>;
}
