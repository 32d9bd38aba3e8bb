//! What is to be delivered to the platform, and what came of a try.

use std::sync::Arc;

use credit::attachment::Attachment;
use credit::filing::{Happening, Instant, Standing};
use serde::{Deserialize, Serialize};

/// What a delivery carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cargo {
    /// The filing itself.
    Submission,
    /// Its withdrawal.
    Withdrawal,
    /// Which of its authorisations still hold.
    Consents,
}

impl Cargo {
    /// Its name in the stores.
    pub fn name(self) -> &'static str {
        match self {
            Self::Submission => "submission",
            Self::Withdrawal => "withdrawal",
            Self::Consents => "consents",
        }
    }
}

/// What an enterprise takes back: a filing, or an authorisation.
#[derive(Clone)]
pub struct TakingBack {
    /// What happens to the filing.
    pub happening: Happening,
    /// What the platform is sent.
    pub cargo: Cargo,
    /// The body of that, made from how the filing stands afterwards: another may have taken something back at the same moment.
    pub body: Arc<dyn Fn(&Standing) -> String + Send + Sync>,
    /// The name of who does it.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// A delivery that this worker holds until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The outbox row.
    pub id: String,
    /// The filing.
    pub filing_id: String,
    /// What is sent.
    pub cargo: Cargo,
    /// The body, as frozen.
    pub body: String,
    /// The files that must be there first.
    pub attachments: Vec<Attachment>,
    /// Tries so far, this one not counted.
    pub attempts: i64,
    /// When it was accepted.
    pub born_at: Instant,
    /// The lease under which it is held; settling under another changes nothing.
    pub lease: String,
}

/// What a try came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// Delivered; what happened to the filing by it, if anything.
    Delivered(Option<Happening>),
    /// Not a failure: due again at this time, and the try is not counted.
    Waiting(Instant),
    /// It is not to be sent at all: the portal itself sends the filing back, by this happening.
    SentBack(Happening),
    /// Failed: due again at this time.
    Later {
        /// When.
        at: Instant,
        /// What was met.
        problem: String,
    },
    /// The retries are spent: stands until a person moves it.
    Parked {
        /// What was met.
        problem: String,
    },
}

/// Figures of the outbox, for readiness, metrics and the operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxFigures {
    /// Rows not yet delivered.
    pub unsent: i64,
    /// When the oldest of them was accepted.
    pub oldest_unsent_at: Option<Instant>,
    /// When the oldest of those was accepted that are tried again by themselves.
    pub oldest_waiting_at: Option<Instant>,
    /// Rows that need attention.
    pub parked: i64,
}
