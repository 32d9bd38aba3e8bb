//! What an enterprise is told of its own filings (通知): every change that it did not make itself, and an item's last day
//! while there is time to renew it.
//!
//! News say *that* something changed, never what was filed or remarked: they also travel by e-mail.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::date::parse_date;
use crate::filing::{Decision, Happening, Performance, Publication, Standing, State, Verification};
use crate::form::FormKind;
use crate::registration::{Content, Terms, last_day};

/// How many days before its last day an enterprise is told that an item ends.
pub const DAYS_AHEAD: u64 = 30;

/// One piece of news about one filing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// The platform has it.
    Taken,
    /// The platform checks it.
    UnderReview,
    /// The platform sent it back to be mended.
    Returned,
    /// Decided: verified, wholly or in part.
    Granted(Verification),
    /// Decided: not verified.
    Refused,
    /// Found untrue after it had been verified.
    FoundUntrue,
    /// The platform confirmed that it is withdrawn.
    WithdrawalConfirmed,
    /// The platform had decided before the withdrawal reached it.
    WithdrawalTooLate,
    /// An authority found how far a commitment was kept.
    PerformanceFound(Performance),
    /// Published.
    Published,
    /// No longer published.
    PublicationStopped,
    /// It could not be delivered after many tries; the operator has to act.
    Undelivered,
    /// Its last day is near.
    Expiring {
        /// That day, `YYYY-MM-DD`.
        on: String,
    },
}

impl News {
    /// The news in a happening; none in what the enterprise did itself.
    pub fn of(happening: &Happening) -> Option<Self> {
        Some(match happening {
            Happening::Accepted
            | Happening::Withdrawn
            | Happening::AuthorisationWithdrawn { .. }
            | Happening::Revoked
            | Happening::Superseded { .. } => return None,
            Happening::Forwarded { .. } => Self::Taken,
            Happening::ReviewBegan { .. } => Self::UnderReview,
            Happening::Returned { .. } => Self::Returned,
            Happening::Decided(Decision::Granted { verification, .. }) => Self::Granted(*verification),
            Happening::Decided(Decision::Refused { .. }) => Self::Refused,
            Happening::Decided(Decision::FoundUntrue { .. }) => Self::FoundUntrue,
            Happening::PerformanceFound(found) => Self::PerformanceFound(found.performance),
            Happening::WithdrawalConfirmed => Self::WithdrawalConfirmed,
            Happening::WithdrawalTooLate => Self::WithdrawalTooLate,
            Happening::Published { .. } => Self::Published,
            Happening::PublicationStopped { .. } => Self::PublicationStopped,
        })
    }
}

/// The last day on which a granted item counts: that of its content or of its publication, whichever is earlier. None: it
/// has no end, was not granted, or is no longer published.
///
/// A commitment binds until its own last day, published or not; one that was taken back or found to be kept or not ends no
/// more.
pub fn ends_on(kind: FormKind, content: &Content, standing: &Standing, terms: Terms) -> Option<NaiveDate> {
    if !matches!(standing.state, State::Decided(Decision::Granted { .. })) {
        return None;
    }
    if kind == FormKind::Commitment {
        return if standing.may_be_revoked() { last_day(kind, content, terms) } else { None };
    }
    let published_until = match &standing.publication {
        Publication::Stopped { .. } | Publication::Ended => return None,
        Publication::Published { until } => until.as_deref().and_then(|day| parse_date(day).ok()),
        Publication::None => None,
    };
    [last_day(kind, content, terms), published_until].into_iter().flatten().min()
}

/// Days from today to a day that is near: from 0 on the day itself to [`DAYS_AHEAD`]. None before and after.
pub fn days_left(ends_on: NaiveDate, today: NaiveDate) -> Option<u64> {
    let near = today <= ends_on && ends_on <= today.checked_add_days(Days::new(DAYS_AHEAD))?;
    near.then(|| u64::try_from((ends_on - today).num_days()).unwrap_or_default())
}
