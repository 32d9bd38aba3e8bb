//! What an enterprise has here in sum, and what the platform last said of it.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::form::FormKind;
use credit::on_file::OnFile;

use super::{FilingLine, Stored};

/// What a count counts. Superseded filings are not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// Received or with the platform, not decided.
    Checking,
    /// Sent back, to be mended by the enterprise.
    Returned,
    /// Verified, wholly or in part.
    Granted,
    /// Not verified.
    Refused,
    /// Granted once, and found untrue since.
    FoundUntrue,
    /// Withdrawn.
    Withdrawn,
}

/// How many filings of a kind are in a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilingCount {
    /// Which form.
    pub kind: FormKind,
    /// Where they stand.
    pub phase: Phase,
    /// How many.
    pub count: i64,
    /// How many of them are published now.
    pub published: i64,
}

/// The overview of an enterprise.
#[async_trait]
pub trait Overviews: Send + Sync {
    /// How many filings of each kind stand where.
    async fn filing_counts(&self, enterprise: &CreditCode) -> Stored<Vec<FilingCount>>;
    /// The filings that wait for the enterprise to mend them, newest first, at most `most`.
    async fn returned_filings(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<FilingLine>>;
    /// The ids of all its filings, also of those that were superseded or withdrawn, in their order, after an id (at first the
    /// empty one), at most `most`.
    async fn filing_ids(&self, enterprise: &CreditCode, after: &str, most: i64) -> Stored<Vec<String>>;
    /// Keeps a reading in place of an older one.
    async fn keep_reading(&self, enterprise: &CreditCode, reading: &OnFile) -> Stored<()>;
    /// The last reading, if there ever was one.
    async fn last_reading(&self, enterprise: &CreditCode) -> Stored<Option<OnFile>>;
}
