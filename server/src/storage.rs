//! What is kept, as a small set of transactions named as the business names them.
//!
//! Two stores implement it, each in its own tongue: [`sqlite`] and [`postgres`]. One conformance suite runs over both.
//! Every write is one transaction, durable when the call returns. The rules live in `credit`: a store reads the old value,
//! asks the pure transition, and writes the new one.

pub mod audit;
pub mod commitments;
pub mod faults;
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
mod signing_key_rows;
pub mod signing_keys;
pub mod silences;
pub mod sqlite;
pub mod templates;

use async_trait::async_trait;
use chrono::NaiveDate;
use credit::attachment::Attachment;
use credit::credit_code::CreditCode;
use credit::draft::Draft;
use credit::enterprise::Enterprise;
use credit::filing::{Happening, Impossible, Instant, Standing};
use credit::form::FormKind;
use credit::person::{Capacity, Role};
use credit::pledge::Pledge;
use credit::registration::Content;
use serde::{Deserialize, Serialize};

use self::publications::Publications;

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

/// A person as the identity provider described them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The provider's stable name for the person.
    pub subject: String,
    /// The person's name.
    pub name: String,
    /// The enterprises they act for.
    pub capacities: Vec<Capacity>,
}

/// A signed-in browser. The store knows a hash of its token, never the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie's token, hexadecimal.
    pub token_hash: String,
    /// Who it is.
    pub person: Person,
    /// For which enterprise they act now; none until chosen.
    pub enterprise: Option<CreditCode>,
    /// The ID token, handed back at sign-out at the provider.
    pub id_token: String,
    /// When the provider authenticated the person.
    pub authenticated_at: Instant,
    /// When the session began.
    pub opened_at: Instant,
    /// When it was last used (to the minute).
    pub seen_at: Instant,
}

/// Answers that arrived when nobody was signed in any more; put into the draft after signing in again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parked {
    /// The draft they were meant for.
    pub draft_id: String,
    /// The version of the draft that was being edited.
    pub version: i64,
    /// A name for the window in which it was typed.
    #[serde(default)]
    pub window: String,
    /// What was typed.
    pub draft: Draft,
}

/// A sign-in under way at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// SHA-256 of the `state` parameter, hexadecimal.
    pub state_hash: String,
    /// SHA-256 of the browser's own sign-in cookie: only the browser that began may end it.
    pub browser_hash: String,
    /// The OpenID Connect nonce.
    pub nonce: String,
    /// The PKCE verifier.
    pub verifier: String,
    /// The path to come back to.
    pub return_to: String,
    /// Answers waiting for the sign-in.
    pub parked: Option<Parked>,
    /// When it began.
    pub begun_at: Instant,
}

/// A draft as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDraft {
    /// Its id; a filing made from it has the same.
    pub id: String,
    /// The enterprise it belongs to.
    pub enterprise: Enterprise,
    /// Which form.
    pub kind: FormKind,
    /// Raised with every change of the answers, from 1.
    pub version: i64,
    /// What was typed.
    pub draft: Draft,
    /// Its files, in the order in which they were added.
    pub attachments: Vec<Attachment>,
    /// The returned filing it corrects.
    pub corrects: Option<String>,
    /// When it was begun.
    pub begun_at: Instant,
    /// When its answers last changed.
    pub changed_at: Instant,
    /// The name of who changed them.
    pub changed_by: String,
}

/// A change of a draft's answers.
#[derive(Clone, Debug)]
pub struct Change {
    /// The version that the person saw.
    pub version: i64,
    /// A name for the window in which it was typed; empty where there is none.
    pub window: String,
    /// What was typed.
    pub draft: Draft,
    /// The name of who typed it.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is the draft now, with this version. The same answers again keep the version.
    Kept(i64),
    /// Somebody else changed the draft since: this change is kept beside it as a rival. The draft's version is this.
    Rival(i64),
    /// There is no such draft for this enterprise.
    Gone,
}

/// Answers that were typed over an older version, kept until somebody chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    /// Its id.
    pub id: String,
    /// What was typed.
    pub draft: Draft,
    /// When.
    pub made_at: Instant,
    /// By whom.
    pub made_by: String,
}

/// What became of a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is in the list.
    Added,
    /// There is no such draft for this enterprise.
    Gone,
}

/// Who filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiledBy {
    /// The provider's name for the person.
    pub subject: String,
    /// The person's name.
    pub name: String,
    /// In what capacity.
    pub role: Role,
}

/// A filing to be accepted. Its id is that of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFiling {
    /// The draft's id: filing, outbox row and submission on the wire all have it.
    pub id: String,
    /// The number people use, without look-alike characters.
    pub reference: String,
    /// For whom.
    pub enterprise: Enterprise,
    /// Which form.
    pub kind: FormKind,
    /// The form's version.
    pub form_version: u32,
    /// What was filed, in normal form.
    pub content: Content,
    /// The pledge, as shown.
    pub pledge: Pledge,
    /// By whom.
    pub filed_by: FiledBy,
    /// When.
    pub filed_at: Instant,
    /// The returned filing it replaces.
    pub revises: Option<String>,
    /// The submission's body exactly as it will be sent, but for the code of a commitment.
    pub envelope: String,
    /// What its acceptance is proven by.
    pub receipt: receipts::NewReceipt,
}

/// What became of an acceptance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// Accepted now: filing, history and outbox row are durable, the draft is gone.
    Accepted,
    /// It had been accepted before (the same post twice): nothing changed.
    Before,
    /// The draft's answers or files changed since they were reviewed; its version now.
    Changed(i64),
    /// The filing that it corrects is not returned any more.
    CannotRevise(Impossible),
    /// Another filing of this kind about the same record is open: this one.
    AlreadyOpen(String),
    /// The key that signed it was revoked meanwhile.
    KeyGone,
    /// There is no such draft for this enterprise.
    Gone,
}

/// Who made a history entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A person of the enterprise, by name.
    Enterprise(String),
    /// The portal itself.
    Portal,
    /// The platform.
    Platform,
}

/// One line of a filing's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When it happened; of what somebody entered by hand, when that was entered.
    pub at: Instant,
    /// On which day it happened, where somebody named that.
    pub on: Option<NaiveDate>,
    /// What.
    pub happening: Happening,
    /// Who made it.
    pub source: Source,
    /// It was entered by hand and taken back since: it counts no more.
    pub taken_back: Option<record_matters::TakenBack>,
}

impl HistoryEntry {
    /// Whether it counts.
    pub fn stands(&self) -> bool {
        self.taken_back.is_none()
    }
}

/// How the delivery of a filing stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryProgress {
    /// How many tries so far.
    pub attempts: i64,
    /// When the next is due; none: it is parked and needs attention.
    pub next_at: Option<Instant>,
    /// What the last try met, in words for the operator.
    pub last_problem: Option<String>,
}

/// A filing as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFiling {
    /// Its id.
    pub id: String,
    /// The number people use.
    pub reference: String,
    /// For whom.
    pub enterprise: Enterprise,
    /// Which form.
    pub kind: FormKind,
    /// The form's version.
    pub form_version: u32,
    /// What was filed.
    pub content: Content,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// The pledge, as shown.
    pub pledge: Pledge,
    /// By whom.
    pub filed_by: FiledBy,
    /// When.
    pub filed_at: Instant,
    /// Where it stands.
    pub standing: Standing,
    /// Raised with every history entry, from 1, and with each that is taken back.
    pub changes: i64,
    /// The filing that it replaced.
    pub revises: Option<String>,
    /// Everything that happened, oldest first.
    pub history: Vec<HistoryEntry>,
    /// Deliveries not yet settled.
    pub undelivered: Option<DeliveryProgress>,
}

/// A draft in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLine {
    /// Its id.
    pub id: String,
    /// Which form.
    pub kind: FormKind,
    /// What was typed (for a title).
    pub draft: Draft,
    /// When it last changed.
    pub changed_at: Instant,
    /// By whom.
    pub changed_by: String,
    /// The filing that it corrects.
    pub corrects: Option<String>,
}

/// A filing in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilingLine {
    /// Its id.
    pub id: String,
    /// The number people use.
    pub reference: String,
    /// Which form.
    pub kind: FormKind,
    /// What was filed (for a title).
    pub content: Content,
    /// Where it stands.
    pub standing: Standing,
    /// When it was filed.
    pub filed_at: Instant,
}

/// A place in the list of filings, newest first: everything before (older than) this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// When that filing was filed.
    pub filed_at: Instant,
    /// Its id.
    pub id: String,
}

/// What a delivery carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cargo {
    /// The filing itself.
    Submission,
    /// Its withdrawal.
    Withdrawal,
    /// Which of its authorisations still hold.
    Consents,
}

impl Cargo {
    /// Its name in the stores.
    pub fn name(self) -> &'static str {
        match self {
            Self::Submission => "submission",
            Self::Withdrawal => "withdrawal",
            Self::Consents => "consents",
        }
    }
}

/// What an enterprise takes back: a filing, or an authorisation.
#[derive(Clone, Debug)]
pub struct TakingBack {
    /// What happens to the filing.
    pub happening: Happening,
    /// What the platform is sent.
    pub cargo: Cargo,
    /// The body of that.
    pub body: String,
    /// The name of who does it.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// A delivery that this worker holds until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The outbox row.
    pub id: String,
    /// The filing.
    pub filing_id: String,
    /// What is sent.
    pub cargo: Cargo,
    /// The body, as frozen.
    pub body: String,
    /// The files that must be there first.
    pub attachments: Vec<Attachment>,
    /// Tries so far, this one not counted.
    pub attempts: i64,
    /// When it was accepted.
    pub born_at: Instant,
    /// The lease under which it is held; settling under another changes nothing.
    pub lease: String,
}

/// What a try came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// Delivered; what happened to the filing by it, if anything.
    Delivered(Option<Happening>),
    /// Not a failure: due again at this time, and the try is not counted.
    Waiting(Instant),
    /// It is not to be sent at all: the portal itself sends the filing back, by this happening.
    SentBack(Happening),
    /// Failed: due again at this time.
    Later {
        /// When.
        at: Instant,
        /// What was met.
        problem: String,
    },
    /// The retries are spent: stands until a person moves it.
    Parked {
        /// What was met.
        problem: String,
    },
}

/// An event of the platform, verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformEvent {
    /// The message's id: the key against repetition.
    pub id: String,
    /// Its type, as sent.
    pub kind: String,
    /// The filing it speaks of, if any.
    pub filing_id: Option<String>,
    /// When it happened, as the platform says.
    pub occurred_at: Instant,
    /// When it reached us.
    pub received_at: Instant,
    /// What it means; none: a type that we do not know.
    pub happening: Option<Happening>,
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The filing changed.
    Applied,
    /// This id was handled before.
    Repeated,
    /// A type that we do not know: recorded, no more.
    Unknown,
    /// It makes no sense for the filing where it stands: recorded, reported, not applied.
    Impossible(Impossible),
    /// We have no such filing: recorded and reported.
    NoSuchFiling,
}

/// Figures of the outbox, for readiness, metrics and the operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxFigures {
    /// Rows not yet delivered.
    pub unsent: i64,
    /// When the oldest of them was accepted.
    pub oldest_unsent_at: Option<Instant>,
    /// Rows that need attention.
    pub parked: i64,
}

/// Everything that is kept.
#[async_trait]
pub trait Storage:
    Publications
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
    /// Makes these answers the draft and drops its rivals.
    async fn settle_rivals(&self, id: &str, enterprise: &CreditCode, change: &Change) -> Stored<Kept>;
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
