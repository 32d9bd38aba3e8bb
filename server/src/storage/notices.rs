//! What enterprises are told, and whether they have read it.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::filing::Instant;
use credit::form::FormKind;
use credit::news::News;
use credit::registration::Content;

use super::{FilingLine, Stored};

/// A notice in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeLine {
    /// Its id.
    pub id: String,
    /// The filing it speaks of.
    pub filing_id: String,
    /// That filing's number.
    pub reference: String,
    /// Which form.
    pub kind: FormKind,
    /// What was filed (for a title).
    pub content: Content,
    /// What it tells.
    pub news: News,
    /// When it happened.
    pub told_at: Instant,
    /// Whether somebody of the enterprise has read it.
    pub read: bool,
}

/// A place in the list of notices, newest first: everything before (older than) this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeforeNotice {
    /// When that notice was told.
    pub told_at: Instant,
    /// Its id.
    pub id: String,
}

/// Which notices were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhichNotices {
    /// Those of one filing.
    OfFiling(String),
    /// All that were told until then.
    Until(Instant),
}

/// Notices. Those of a filing's changes are born with its history, where each store adds to that.
#[async_trait]
pub trait Notices: Send + Sync {
    /// The enterprise's notices, newest first, at most `most`, from a place on.
    async fn notices_of(&self, enterprise: &CreditCode, before: Option<&BeforeNotice>, most: i64) -> Stored<Vec<NoticeLine>>;
    /// How many of them nobody has read.
    async fn unread_notices(&self, enterprise: &CreditCode) -> Stored<i64>;
    /// The newest of those that nobody has read, at most `most`.
    async fn newest_unread(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<NoticeLine>>;
    /// Notes that they were read; gives how many of them had not been.
    async fn read_notices(&self, enterprise: &CreditCode, which: &WhichNotices, at: Instant) -> Stored<u64>;
    /// Decided filings in the order of their ids, of one enterprise or of all, at most `most`, after an id (at first the
    /// empty one).
    async fn decided_filings(&self, enterprise: Option<&CreditCode>, after: &str, most: i64) -> Stored<Vec<FilingLine>>;
    /// Tells that a filing's item ends on a day (`YYYY-MM-DD`), once for each day that it ever ended on. False: told before.
    async fn tell_expiry(&self, filing_id: &str, ends_on: &str, at: Instant) -> Stored<bool>;
}
