//! Whether a commitment holds (承诺状态), as one looks for it and reads of it.

use chrono::NaiveDate;

use crate::filing::{Performance, Standing};

/// Whether a commitment holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitmentState {
    /// Neither ended, nor taken back, nor found to be kept or not.
    InForce,
    /// Past its last day, and nothing found.
    Expired,
    /// Taken back.
    Withdrawn,
    /// It was found how far it was kept.
    Found(Performance),
}

impl CommitmentState {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::InForce,
        Self::Expired,
        Self::Withdrawn,
        Self::Found(Performance::Fulfilled),
        Self::Found(Performance::Partly),
        Self::Found(Performance::Not),
    ];

    /// That of a commitment that was granted, on this day. What was found is said first, then that it was taken back: both
    /// stand, whatever the calendar says.
    pub fn of(standing: &Standing, valid_until: Option<NaiveDate>, today: NaiveDate) -> Self {
        match &standing.performance {
            Some(found) => Self::Found(found.performance),
            None if standing.revoked => Self::Withdrawn,
            None if valid_until.is_some_and(|last| last < today) => Self::Expired,
            None => Self::InForce,
        }
    }

    /// Its name in addresses and data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
            Self::Found(Performance::Fulfilled) => "fulfilled",
            Self::Found(Performance::Partly) => "partly",
            Self::Found(Performance::Not) => "not",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}
