//! What an enterprise does about its dishonesty records: applications for repair, and objections.

use async_trait::async_trait;
use chrono::NaiveDate;
use credit::credit_code::CreditCode;
use credit::filing::{Happening, Impossible, Instant};

use super::{DraftLine, FilingLine, Stored};

/// What an enterprise says of a filing that it handed over by itself.
#[derive(Clone, Debug)]
pub struct OwnNote {
    /// What happened.
    pub happening: Happening,
    /// On which day, where the enterprise names that.
    pub on: Option<NaiveDate>,
    /// The name of who says so.
    pub by: String,
    /// When it was said.
    pub at: Instant,
}

/// That an entry was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// When.
    pub at: Instant,
    /// The name of who did it.
    pub by: String,
}

/// The latest entry by hand is to be taken back, because it was mistyped.
#[derive(Clone, Debug)]
pub struct TakingEntryBack {
    /// How often the filing had changed when it was shown: only then is it known which entry is meant.
    pub changes: i64,
    /// By whom and when.
    pub taken: TakenBack,
}

/// What became of taking an entry back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryBack {
    /// It counts no more, and stays in the history as taken back.
    Taken,
    /// Something has happened since it was shown (the same post twice is that, too): nothing was taken back.
    Changed,
    /// The latest that happened was not entered by hand.
    NotByHand,
    /// The platform has told something since, even if that changed nothing.
    PlatformTold,
    /// It would be open again, and another filing about the same record is open: this one.
    OtherOpen(String),
}

/// Applications for repair, and objections.
#[async_trait]
pub trait RecordMatters: Send + Sync {
    /// The filed ones, newest first, at most `most`; also those that a correction has replaced: they are part of what passed.
    async fn record_filings(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<FilingLine>>;
    /// The drafted ones, latest change first, at most `most`.
    async fn record_drafts(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<DraftLine>>;
    /// Notes what happened to a filing that nobody sends; nothing goes to the platform. None: no such filing. A withdrawal is
    /// confirmed with it, and a decision stands until the platform tells one ([`credit::filing::Standing::apply_own_word`]).
    async fn note(&self, id: &str, enterprise: &CreditCode, note: &OwnNote) -> Stored<Option<Result<(), Impossible>>>;
    /// Takes back the latest entry by hand: the filing stands where it stood before it
    /// ([`credit::filing::Standing::without_latest_entry`]). None: no such filing.
    async fn take_entry_back(&self, id: &str, enterprise: &CreditCode, taking: &TakingEntryBack) -> Stored<Option<EntryBack>>;
}
