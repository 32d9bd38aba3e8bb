//! A submission on the platform's desk.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::platform::{
    decision::{Decision, Performance},
    envelope::Envelope,
    event::Event,
};

/// What the platform knows of one submission.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Submission {
    /// What was sent.
    pub(crate) envelope: Envelope,
    /// The digest of the very bytes that were sent.
    pub(crate) digest: String,
    /// The platform's own number for it.
    pub(crate) receipt_number: String,
    /// When it came.
    pub(crate) received_at: String,
    /// How far it is.
    pub(crate) stage: Stage,
    /// When that, or its publication, last changed.
    pub(crate) state_changed_at: String,
    /// Its place in the order of changes.
    pub(crate) change: u64,
    /// What became of its publication, once it has been published.
    pub(crate) publication: Option<Publication>,
    /// Of a commitment: how far it was kept, once that was found.
    #[serde(default)]
    pub(crate) performance: Option<Performance>,
    /// Its withdrawal, if there was one.
    pub(crate) withdrawal: Option<Withdrawal>,
    /// What the portal is told, in order.
    pub(crate) events: Vec<Event>,
}

/// How far a submission is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    /// Taken, not looked at.
    Received,
    /// Somebody looks at it.
    UnderReview,
    /// Given back for correction; a revision may follow under an id of its own.
    Returned,
    /// Decided in favour.
    Granted,
    /// Decided against.
    Refused,
    /// Granted once, and found untrue since.
    FoundUntrue,
    /// Taken back by the filer.
    Withdrawn,
}

/// What became of a publication.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum Publication {
    /// Everybody can see it.
    Published {
        /// The last day, if it is known.
        until: Option<String>,
    },
    /// Nobody can see it any more.
    Stopped {
        /// Why.
        reason: String,
    },
}

/// A withdrawal by the filer.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Withdrawal {
    pub(crate) withdrawn_at: String,
    pub(crate) reason: String,
    pub(crate) received_at: String,
}

impl Stage {
    /// The word of the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::UnderReview => "under_review",
            Self::Returned => "returned",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::FoundUntrue => "found_untrue",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The word for a person.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Received => "待受理",
            Self::UnderReview => "已受理",
            Self::Returned => "退回补正",
            Self::Granted => "通过",
            Self::Refused => "不通过",
            Self::FoundUntrue => "失实",
            Self::Withdrawn => "已撤回",
        }
    }

    /// Whether the filer may still take it back.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::UnderReview | Self::Returned)
    }
}

impl Submission {
    /// Whether the decision makes sense now.
    pub(crate) fn accepts(&self, decision: &Decision) -> bool {
        match decision {
            Decision::UnderReview { .. } => self.stage == Stage::Received,
            Decision::Returned { .. } | Decision::Granted { .. } | Decision::Refused { .. } => self.stage == Stage::UnderReview,
            Decision::FoundUntrue { .. } => self.stage == Stage::Granted,
            Decision::Performance { .. } => self.stage == Stage::Granted && self.is_commitment(),
            Decision::Withdrawn {} => self.stage.is_open(),
            Decision::Published { .. } => {
                self.stage == Stage::Granted && !matches!(self.publication, Some(Publication::Published { .. }))
            }
            Decision::Stopped { .. } => {
                matches!(self.publication, Some(Publication::Published { .. }))
            }
        }
    }

    /// Whether it is a commitment 信用承诺.
    pub(crate) fn is_commitment(&self) -> bool {
        self.envelope.commitment.is_some()
    }

    /// Whether the filer may take it back: until it is decided, and a commitment as long as nobody found how far it was kept.
    pub(crate) fn may_be_withdrawn(&self) -> bool {
        self.stage.is_open() || (self.is_commitment() && self.stage == Stage::Granted && self.performance.is_none())
    }

    /// Applies a decision that makes sense.
    pub(crate) fn apply(&mut self, decision: &Decision, at: &str) {
        match decision {
            Decision::UnderReview { .. } => self.stage = Stage::UnderReview,
            Decision::Returned { .. } => self.stage = Stage::Returned,
            Decision::Granted { .. } => self.stage = Stage::Granted,
            Decision::Refused { .. } => self.stage = Stage::Refused,
            Decision::FoundUntrue { reason } => {
                self.stage = Stage::FoundUntrue;
                if self.publication.is_some() {
                    self.publication = Some(Publication::Stopped { reason: reason.clone() });
                }
            }
            Decision::Withdrawn {} => self.stage = Stage::Withdrawn,
            Decision::Performance { performance, .. } => self.performance = Some(*performance),
            Decision::Published { until } => {
                self.publication = Some(Publication::Published { until: until.clone() });
            }
            Decision::Stopped { reason } => {
                self.publication = Some(Publication::Stopped { reason: reason.clone() });
            }
        }
        self.state_changed_at = at.to_owned();
        self.events.push(Event::of(decision, at));
    }

    /// What the portal is answered when the submission is taken, each time it is sent.
    pub(crate) fn receipt(&self) -> Value {
        json!({
            "id": self.envelope.id,
            "receipt_number": self.receipt_number,
            "received_at": self.received_at,
        })
    }

    /// The submission in the list of changes.
    pub(crate) fn listed(&self) -> Value {
        let mut item = self.receipt();
        item["digest"] = self.digest.as_str().into();
        item["state"] = self.stage.name().into();
        item["state_changed_at"] = self.state_changed_at.as_str().into();
        item["publication"] = json!(self.publication);
        item
    }

    /// The submission with everything that the portal was told.
    pub(crate) fn with_events(&self) -> Value {
        let mut item = self.listed();
        item["events"] = self.events.iter().map(Event::told).collect();
        item
    }

    /// The values of the content that name something, such as the record a repair is about.
    pub(crate) fn mentions(&self, word: &str) -> bool {
        self.envelope.content.values().any(|value| value == word)
    }
}
