//! What the platform has on file of an enterprise: whether it keeps its commitments, and its dishonesty records (失信信息).
//!
//! Classes and dates come from the authority that determined a record and are shown as given; the portal infers none.

use serde::{Deserialize, Serialize};

use crate::filing::Instant;

/// One reading of everything, at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnFile {
    /// When the platform answered, by our clock.
    pub read_at: Instant,
    /// Whether the enterprise keeps its commitments (守信状况).
    pub in_good_standing: bool,
    /// Commitments it did not keep.
    pub breaches: Vec<Breach>,
    /// Its dishonesty records.
    pub records: Vec<Record>,
}

/// A commitment that was not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// 违背承诺的情形.
    pub what: String,
    /// Since when, `YYYY-MM-DD`.
    pub since: String,
    /// Until when, if that is set.
    pub until: Option<String>,
    /// 依据.
    pub basis: String,
}

/// A dishonesty record, as far as the overview shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// 文号, as given.
    pub document_number: String,
    /// 认定单位.
    pub authority: String,
    /// 处罚类别, or the list.
    pub kind: String,
    /// The day of the finding.
    pub decided_on: String,
    /// 公示截止期, if there is one.
    pub publication_ends_on: Option<String>,
    /// The first day on which a repair may be applied for.
    pub earliest_repair_on: Option<String>,
    /// Whether an objection is open (异议处理中).
    pub disputed: bool,
    /// The day its publication was stopped.
    pub stopped_on: Option<String>,
}
