//! What the operator sees and does: rows of the outbox, the breaker, who did what.

use std::sync::Arc;

use async_trait::async_trait;
use credit::filing::Instant;

use super::Stored;

/// No delivery, mail, scan or import that was never tried, or that is under way, has to wait longer, in milliseconds.
pub const LONGEST_FIRST_WAIT_MS: i64 = 60 * 60 * 1000;
/// No delivery or mail that was tried has to wait longer, in milliseconds: four days.
pub const LONGEST_WAIT_MS: i64 = 4 * 24 * LONGEST_FIRST_WAIT_MS;

/// A row of the outbox as the operator sees it: nothing of what was filed, and nobody's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its id.
    pub id: String,
    /// The filing.
    pub filing_id: String,
    /// The filing's number.
    pub reference: String,
    /// What is sent: `submission`, `withdrawal` or `consents`.
    pub cargo: String,
    /// `due`, `parked` or `done`.
    pub state: String,
    /// Tries so far.
    pub attempts: i64,
    /// When it is due; while it is under way, when that is given up.
    pub due_at: Instant,
    /// Whether a courier has it.
    pub under_way: bool,
    /// When it was accepted.
    pub born_at: Instant,
    /// When it was settled.
    pub settled_at: Option<Instant>,
    /// What the last try met.
    pub last_problem: Option<String>,
    /// The row that has to be delivered before this one, whenever this one is due: an earlier one of its filing, or one of the
    /// filing that it replaces. A parked one, if there is one such.
    pub behind: Option<String>,
}

/// The question for rows of the outbox, as [`OutboxRowRow`] has them; what follows it says which. Both stores understand it.
macro_rules! outbox_rows {
    ($which:literal) => {
        concat!(
            "SELECT *
             FROM (SELECT outbox.id, filing_id, reference, cargo, outbox.state, attempts, due_at, lease IS NOT NULL AS under_way,
                          born_at, settled_at, last_problem,
                          (SELECT before.id
                           FROM outbox AS before
                           WHERE before.state <> 'done'
                             AND (before.filing_id = outbox.filing_id AND before.seq < outbox.seq
                                  OR before.filing_id = filings.revises)
                           ORDER BY before.state = 'parked' DESC, before.born_at, before.id
                           LIMIT 1) AS behind
                   FROM outbox
                   JOIN filings ON filings.id = filing_id) AS shown
             ",
            $which
        )
    };
}
pub(super) use outbox_rows;

/// id, filing_id, reference, cargo, state, attempts, due_at, under way, born_at, settled_at, last_problem, behind
pub(super) type OutboxRowRow =
    (String, String, String, String, String, i64, Instant, bool, Instant, Option<Instant>, Option<String>, Option<String>);

impl From<OutboxRowRow> for OutboxRow {
    fn from(row: OutboxRowRow) -> Self {
        let (id, filing_id, reference, cargo, state, attempts, due_at, under_way, born_at, settled_at, last_problem, behind) = row;
        Self { id, filing_id, reference, cargo, state, attempts, due_at, under_way, born_at, settled_at, last_problem, behind }
    }
}

/// Which rows of the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichRows {
    /// All that are not delivered: parked ones first, then the oldest.
    Unsent,
    /// Those that need attention, the oldest first.
    Parked,
    /// Those that are to go out now, the first due first; none that is behind another.
    Due(Instant),
}

/// What the operator does to a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperatorDeed {
    /// Sends it again from the beginning of its schedule; a delivered one too.
    Retry,
    /// Stops it.
    Park {
        /// Why.
        reason: String,
    },
}

impl OperatorDeed {
    /// Its name in the stores.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Retry => "outbox.retry",
            Self::Park { .. } => "outbox.park",
        }
    }

    pub(super) fn reason(&self) -> Option<&str> {
        match self {
            Self::Retry => None,
            Self::Park { reason } => Some(reason),
        }
    }
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// It is done, and entered in the audit.
    Moved,
    /// There is no such row.
    NoSuchRow,
    /// A courier has it just now.
    UnderWay,
    /// It is parked, or delivered, already.
    Already,
}

/// A line of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// When.
    pub at: Instant,
    /// By whom, as they said.
    pub by: String,
    /// What.
    pub deed: String,
    /// To which row.
    pub about: String,
    /// Why, where that was asked.
    pub reason: Option<String>,
}

/// at, by_whom, deed, about, reason
pub(super) type AuditedRow = (Instant, String, String, String, Option<String>);

impl From<AuditedRow> for Audited {
    fn from((at, by, deed, about, reason): AuditedRow) -> Self {
        Self { at, by, deed, about, reason }
    }
}

/// How the breaker of the courier last changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakerState {
    /// `closed`, `open` or `releasing`.
    pub state: String,
    /// Since when.
    pub since: Instant,
    /// What opened it.
    pub problem: Option<String>,
}

/// What other processes on the same store signal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Something is to be delivered.
    ToDeliver,
    /// The filing of this id changed.
    Changed(String),
}

/// What the operator sees and does.
#[async_trait]
pub trait Operations: Send + Sync {
    /// Rows of the outbox, at most `most`.
    async fn outbox_rows(&self, which: WhichRows, most: i64) -> Stored<Vec<OutboxRow>>;
    /// One row.
    async fn outbox_row(&self, id: &str) -> Stored<Option<OutboxRow>>;
    /// Does something to a row, and enters in the same transaction who did it.
    async fn operate(&self, id: &str, deed: &OperatorDeed, by: &str, at: Instant) -> Stored<Moved>;
    /// What was done to a row, the oldest first.
    async fn audit_about(&self, id: &str) -> Stored<Vec<Audited>>;
    /// Listens to what other processes signal, until the line breaks. A store that only one process uses hears nothing, for ever.
    async fn listen(&self, heard: Arc<dyn Fn(Sign) + Send + Sync>) -> Stored<()>;
    /// Keeps how the breaker stands, for those who look.
    async fn keep_breaker(&self, breaker: &BreakerState) -> Stored<()>;
    /// How it last changed; none: never.
    async fn breaker(&self) -> Stored<Option<BreakerState>>;
    /// How many failures the enterprise was not told of: parked deliveries and filings sent back or refused, without a notice.
    /// It must be zero.
    async fn untold_failures(&self) -> Stored<i64>;
    /// Removes deliveries settled before a time, at most `most`; gives how many.
    async fn prune_outbox(&self, settled_before: Instant, most: i64) -> Stored<u64>;
    /// Removes events that changed nothing and came before a time; gives how many. Applied ones stay: the platform's list may
    /// repeat any of them, and they are no more than the histories of the filings.
    async fn prune_events(&self, received_before: Instant) -> Stored<u64>;
    /// Ends what waits longer than anything ever has to: it was put off while the clock was ahead. Gives how many.
    async fn bring_near(&self, now: Instant) -> Stored<u64>;
}
