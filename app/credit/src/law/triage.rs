//! Which way is the right one. People mix them up, so the first screen asks.
//!
//! Repair is for a record that is right and put right; objection (异议) for one whose data are wrong; review or litigation
//! (行政复议, 行政诉讼) for a penalty that is itself wrong. An appeal does not suspend the publication.

use crate::form::{Phrase, phrase};

/// What somebody says of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grievance {
    /// What the penalty says is right, and the wrong has been put right.
    PutRight,
    /// What is published is not what was decided, is not about this enterprise, or should be gone.
    DataWrong,
    /// The penalty itself should not have been imposed, or not like this.
    PenaltyWrong,
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// 信用修复.
    Repair,
    /// 异议申诉.
    Objection,
    /// 行政复议 or 行政诉讼, outside of this portal. Once a penalty is revoked, an objection takes the record down.
    Appeal,
}

impl Grievance {
    /// Every answer, in the order in which they are asked.
    pub const ALL: [Self; 3] = [Self::PutRight, Self::DataWrong, Self::PenaltyWrong];

    /// Its name in URLs.
    pub fn name(self) -> &'static str {
        match self {
            Self::PutRight => "put_right",
            Self::DataWrong => "data_wrong",
            Self::PenaltyWrong => "penalty_wrong",
        }
    }

    /// The answer of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grievance| grievance.name() == name)
    }

    /// How it is said.
    pub fn label(self) -> Phrase {
        match self {
            Self::PutRight => phrase("记录没有错，我们已经整改", "The record is right, and we have put the matter right"),
            Self::DataWrong => phrase("记录的内容有错", "What the record says is wrong"),
            Self::PenaltyWrong => phrase("处罚决定本身有错", "The penalty itself is wrong"),
        }
    }

    /// What to do about it.
    pub fn way(self) -> Way {
        match self {
            Self::PutRight => Way::Repair,
            Self::DataWrong => Way::Objection,
            Self::PenaltyWrong => Way::Appeal,
        }
    }
}
