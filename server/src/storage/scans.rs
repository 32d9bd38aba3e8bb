//! What the virus scanner is asked and what it found, once for each content: two files of the same content share one scan.

use async_trait::async_trait;
use credit::filing::Instant;

use super::Stored;

/// What a scanner found in a content. It stands: nothing is scanned twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Clean,
    /// Something harmful; the scanner's name for it.
    Infected(String),
}

/// How the scan of a content stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanState {
    /// When it was asked for.
    pub asked_at: Instant,
    /// What was found; none until it was looked at.
    pub verdict: Option<Verdict>,
    /// How many tries came to nothing so far.
    pub attempts: i64,
}

/// A content that a worker may scan until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueScan {
    /// SHA-256 of the content, lower-case hexadecimal.
    pub sha256: String,
    /// Tries so far, this one not counted.
    pub attempts: i64,
}

/// What a try came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScanSettlement {
    /// It was looked at.
    Found(Verdict),
    /// It could not be looked at: due again at this time.
    Later(Instant),
}

/// Figures of the scans, for the operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScanFigures {
    /// Contents not looked at yet.
    pub waiting: i64,
    /// When the oldest of those was asked for.
    pub oldest_waiting_at: Option<Instant>,
    /// Contents in which something harmful was found.
    pub infected: i64,
}

/// Scans. No file of a content that is known as infected is ever in a draft as kept: those that are there become refused with
/// the verdict, in its transaction, and one that comes later is refused as it comes. Files of filings stay as they were filed.
#[async_trait]
pub trait Scans: Send + Sync {
    /// Asks for a scan of this content; asked for already, nothing changes.
    async fn ask_scan(&self, sha256: &str, at: Instant) -> Stored<()>;
    /// How its scan stands; none: nobody asked for one.
    async fn scan_of(&self, sha256: &str) -> Stored<Option<ScanState>>;
    /// Takes up to `most` contents that are due, longest due first, until `lease_until`.
    async fn claim_scans(&self, now: Instant, lease_until: Instant, most: i64) -> Stored<Vec<DueScan>>;
    /// Settles a try. The lease has no name, as whoever brings a verdict brings the same one. False: there was a verdict
    /// already, nothing changed.
    async fn settle_scan(&self, sha256: &str, settlement: &ScanSettlement, at: Instant) -> Stored<bool>;
    /// Figures for the operator.
    async fn scan_figures(&self) -> Stored<ScanFigures>;
}
