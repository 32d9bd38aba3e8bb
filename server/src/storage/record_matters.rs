//! What an enterprise does about its dishonesty records: applications for repair, and objections.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::filing::{Happening, Impossible, Instant};

use super::{DraftLine, FilingLine, Stored};

/// What an enterprise says of a filing that it handed over by itself.
#[derive(Clone, Debug)]
pub struct OwnNote {
    /// What happened.
    pub happening: Happening,
    /// The name of who says so.
    pub by: String,
    /// When it was said.
    pub at: Instant,
}

/// Applications for repair, and objections.
#[async_trait]
pub trait RecordMatters: Send + Sync {
    /// The filed ones, newest first, at most `most`. Superseded ones are left out.
    async fn record_filings(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<FilingLine>>;
    /// The drafted ones, latest change first, at most `most`.
    async fn record_drafts(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<DraftLine>>;
    /// Notes what happened to a filing that nobody sends; nothing goes to the platform. None: no such filing. A withdrawal is
    /// confirmed with it, and a decision stands until the platform tells one ([`credit::filing::Standing::apply_own_word`]).
    async fn note(&self, id: &str, enterprise: &CreditCode, note: &OwnNote) -> Stored<Option<Result<(), Impossible>>>;
}
