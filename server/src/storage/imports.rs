//! Files with many registrations at once, and their rows.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::draft::Draft;
use credit::enterprise::Enterprise;
use credit::filing::Instant;
use credit::form::FormKind;
use credit::import::{Note, Refusal};
use credit::pledge::Pledge;
use serde::{Deserialize, Serialize};

use super::{FiledBy, NewFiling, Stored, StoredDraft};

/// A file or pasted rows that have just been kept, to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport {
    /// Its id.
    pub id: String,
    /// For whom.
    pub enterprise: Enterprise,
    /// Which form its rows are.
    pub kind: FormKind,
    /// The name that the file had on the person's device; shown, never trusted. None for rows that were pasted.
    pub file_name: Option<String>,
    /// SHA-256 of its content, lower-case hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// When it was sent.
    pub made_at: Instant,
    /// The name of who sent it.
    pub made_by: String,
}

/// Where an import stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportState {
    /// Its file is being read, or waits for it.
    Reading,
    /// Nothing of it could be read.
    Refused(Refusal),
    /// Its rows can be mended, dropped, filed.
    Open,
    /// Its faultless rows are being filed by these orders.
    Filing(FilingOrders),
    /// Somebody put it away.
    Closed,
}

impl ImportState {
    /// Its name in the stores.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Refused(_) => "refused",
            Self::Open => "open",
            Self::Filing(_) => "filing",
            Self::Closed => "closed",
        }
    }

    /// Whether the portal works on it by itself.
    pub fn is_under_way(&self) -> bool {
        matches!(self, Self::Reading | Self::Filing(_))
    }
}

/// By whom, and with which pledge, the rows of an import are filed: frozen when it was ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingOrders {
    /// The pledge as it was shown, with the purposes that were agreed to.
    pub pledge: Pledge,
    /// Who.
    pub filed_by: FiledBy,
}

/// How many rows stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// To be decided on, without fault.
    pub sound: i64,
    /// Another number wherever these, or what stands in them, are others.
    pub sound_mark: i64,
    /// To be decided on, with faults.
    pub faulty: i64,
    /// Drafts now.
    pub drafted: i64,
    /// Filings now.
    pub filed: i64,
    /// Dropped by somebody.
    pub dropped: i64,
}

impl RowCounts {
    /// All rows.
    pub fn all(self) -> i64 {
        self.sound + self.faulty + self.drafted + self.filed + self.dropped
    }
}

/// An import as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredImport {
    /// What it began as.
    pub begun: NewImport,
    /// Where it stands.
    pub state: ImportState,
    /// What people are told of its file.
    pub notes: Vec<Note>,
    /// How many rows stand where.
    pub counts: RowCounts,
    /// How often its reading was begun.
    pub readings: i64,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowState {
    /// To be decided on.
    Open,
    /// A draft now, under the row's id.
    Drafted,
    /// A filing now, under the row's id.
    Filed,
    /// Dropped by somebody.
    Dropped,
}

impl RowState {
    const ALL: [Self; 4] = [Self::Open, Self::Drafted, Self::Filed, Self::Dropped];

    /// Its name in the stores.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Drafted => "drafted",
            Self::Filed => "filed",
            Self::Dropped => "dropped",
        }
    }

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// Its number as the spreadsheet counts it.
    pub line: i64,
    /// The id of the draft or filing that it becomes.
    pub id: String,
    /// What was written or mended.
    pub draft: Draft,
    /// Raised with every change, from 1.
    pub version: i64,
    /// Where it stands.
    pub state: RowState,
    /// How many faults it had when it was last judged; files, which no spreadsheet brings, not counted.
    pub faults: i64,
}

/// Which rows are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// To be decided on, with faults.
    Faulty,
    /// To be decided on, without fault.
    Sound,
    /// All.
    All,
}

impl Which {
    /// How the stores ask for it: the state (empty: any), and between which numbers of faults.
    pub(super) fn asked(self) -> (&'static str, i64, i64) {
        match self {
            Self::Faulty => ("open", 1, i64::MAX),
            Self::Sound => ("open", 0, 0),
            Self::All => ("", 0, i64::MAX),
        }
    }
}

/// What became of a mended row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mended {
    /// It is the row now.
    Mended,
    /// Somebody else changed, dropped or filed it since; nothing was written.
    Changed,
    /// There is no such row for this enterprise.
    Gone,
}

/// Imports and their rows.
#[async_trait]
pub trait Imports: Send + Sync {
    /// Notes a file that is kept; it is to be read.
    async fn begin_import(&self, import: &NewImport) -> Stored<()>;
    /// The import, if this enterprise has it.
    async fn import(&self, id: &str, enterprise: &CreditCode) -> Stored<Option<StoredImport>>;
    /// The enterprise's imports that are not put away and have rows to decide on or are under way, newest first.
    async fn imports_of(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<StoredImport>>;
    /// Puts an import away, unless the portal is at work on it. False: it is not there, or under way.
    async fn close_import(&self, id: &str, enterprise: &CreditCode) -> Stored<bool>;

    /// Takes back that its reading was begun: it failed for a reason that is not in the file.
    async fn reading_was_none(&self, id: &str) -> Stored<()>;

    /// Takes the oldest import that is to be worked on and that nobody holds, until `lease_until`.
    async fn claim_import(&self, now: Instant, lease_until: Instant) -> Stored<Option<StoredImport>>;
    /// Adds rows that were read, and holds the import on until `lease_until`. Rows that are there already stay as they are.
    async fn add_import_rows(&self, id: &str, rows: &[ImportRow], lease_until: Instant) -> Stored<()>;
    /// Ends the reading: the rows are open, or nothing could be read.
    async fn end_reading(&self, id: &str, outcome: &Result<Vec<Note>, Refusal>) -> Stored<()>;

    /// Rows after a line, in order.
    async fn import_rows(&self, id: &str, enterprise: &CreditCode, which: Which, after: i64, most: i64) -> Stored<Vec<ImportRow>>;
    /// One row.
    async fn import_row(&self, id: &str, enterprise: &CreditCode, line: i64) -> Stored<Option<ImportRow>>;
    /// Keeps what was mended in an open row over the version that the person saw.
    async fn mend_row(&self, id: &str, enterprise: &CreditCode, mended: &ImportRow) -> Stored<Mended>;
    /// Drops an open row. False: it is not there or not open.
    async fn drop_row(&self, id: &str, enterprise: &CreditCode, line: i64) -> Stored<bool>;
    /// Makes drafts of all open rows without fault, in one transaction; gives how many.
    async fn draft_rows(&self, id: &str, enterprise: &CreditCode, by: &str, at: Instant) -> Stored<i64>;

    /// Orders that the faultless rows be filed, if they are those of this mark ([`RowCounts::sound_mark`]): what somebody pledges is
    /// what was shown. False: they are others, there is no such import, or it is not open.
    async fn order_filing(&self, id: &str, enterprise: &CreditCode, orders: &FilingOrders, sound_mark: i64) -> Stored<bool>;
    /// Accepts an open row of this version as a filing, with its draft for the moment between, in one transaction. False: the
    /// row is not open any more, or another version, or other orders hold than the filing's; nothing was written. So a row never becomes two filings.
    async fn file_row(&self, import_id: &str, row: &ImportRow, draft: &StoredDraft, filing: &NewFiling) -> Stored<bool>;
    /// Notes that a row was judged again, and holds the import on until `lease_until`.
    async fn judge_row(&self, import_id: &str, row: &ImportRow, lease_until: Instant) -> Stored<()>;
    /// Holds an import on until `lease_until`.
    async fn hold_import(&self, id: &str, lease_until: Instant) -> Stored<()>;
    /// Ends the filing: the import is open again.
    async fn end_filing(&self, id: &str) -> Stored<()>;
}
