//! What the platform's own list says beside what we hold.

use async_trait::async_trait;
use credit::filing::Instant;
use serde::{Deserialize, Serialize};

use super::Stored;

/// How many reports are kept.
pub(super) const MOST_REPORTS: i64 = 100;

/// Of what the list holds and we do not, how much is kept.
pub(super) const MOST_STRANGE: i64 = 1000;

/// A place in the platform's list; none: its beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPlace(pub Option<String>);

/// A submission in the platform's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// The platform's number for it.
    pub receipt_number: String,
}

/// What one reconciliation came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// When it began.
    pub began_at: Instant,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
    /// Submissions in the list since the last time.
    pub listed: u64,
    /// Events that had not reached us, applied now.
    pub caught_up: u64,
    /// Events that make no sense where the filing stands: kept, not applied.
    pub impossible: u64,
    /// Deliveries that counted as unsent here and that the platform has.
    pub confirmed: u64,
    /// Filings that we hold as forwarded and that the platform says it does not have (ids, at most 20).
    pub missing_there: Vec<String>,
    /// How many of these there are.
    pub all_missing_there: i64,
    /// Submissions that the platform has and we do not (ids, at most 20).
    pub unknown_here: Vec<String>,
    /// Why it ended early, if it did.
    pub problem: Option<String>,
}

impl Report {
    /// How many filings the platform says it does not have. (A report of an older program names them and does not count them.)
    pub fn missing(&self) -> i64 {
        self.all_missing_there.max(i64::try_from(self.missing_there.len()).unwrap_or(i64::MAX))
    }

    /// Whether both sides hold the same.
    pub fn is_clean(&self) -> bool {
        self.missing_there.is_empty() && self.unknown_here.is_empty() && self.impossible == 0 && self.problem.is_none()
    }
}

/// What the platform told of a filing that it was asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It has it, and said what happened to it.
    Seen,
    /// That could not be read: it is asked again each time.
    Unread,
    /// It has none such.
    Missing,
}

/// What reconciliation keeps.
#[async_trait]
pub trait Reconciliations: Send + Sync {
    /// Takes up a reconciliation if one is due (or in any case, if `forced`), and lets the next be due at `next_at`. None:
    /// it is not due, or another process has taken it up.
    async fn begin_reconciliation(&self, now: Instant, next_at: Instant, forced: bool) -> Stored<Option<ListPlace>>;
    /// When the next is due.
    async fn next_reconciliation_at(&self) -> Stored<Instant>;
    /// Which of these are filings of ours.
    async fn ours_among(&self, listed: &[Listed]) -> Stored<Vec<String>>;
    /// Notes a page of the list and the place behind it. A submission that still counts as unsent here is settled: the
    /// platform has it. Gives the filings of which that was so.
    async fn note_listed(&self, listed: &[Listed], behind: &ListPlace, at: Instant) -> Stored<Vec<String>>;
    /// Filings to ask the platform about, at most `most`, those that were asked about longest ago first: those that it has to have
    /// (forwarded, not decided, filed before a time) and that were not seen there since `seen_before`, and those whose events could
    /// not be read.
    async fn unseen_filings(&self, filed_before: Instant, seen_before: Instant, most: i64) -> Stored<Vec<String>>;
    /// Notes what the platform told of a filing.
    async fn note_told(&self, id: &str, told: Told, at: Instant) -> Stored<()>;
    /// Filings that the platform has to have and said it has not, the first of them first: how many, and at most `most` ids.
    async fn missing_filings(&self, most: i64) -> Stored<(i64, Vec<String>)>;
    /// The newest submissions in the list that are none of ours, at most `most`.
    async fn strange_submissions(&self, most: i64) -> Stored<Vec<String>>;
    /// Keeps a report; the last hundred are kept.
    async fn keep_report(&self, report: &Report) -> Stored<()>;
    /// The newest reports, at most `most`.
    async fn reports(&self, most: i64) -> Stored<Vec<Report>>;
}
