//! What the platform does by itself once it has taken a submission.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{platform::decision::Decision, world::Shared};

/// How far the platform goes without a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Auto {
    /// Nothing happens until somebody decides.
    #[default]
    Manual,
    /// Each submission is taken up for review.
    Review,
    /// Each submission is taken up and granted.
    Grant,
}

impl Auto {
    /// All modes with what a person reads in the operator's list.
    pub(crate) const ALL: [(Self, &'static str); 3] =
        [(Self::Manual, "人工办理"), (Self::Review, "自动受理"), (Self::Grant, "自动受理并通过")];

    fn decisions(self) -> Vec<Decision> {
        let review = Decision::UnderReview { handler: "自动受理岗".to_owned() };
        let grant = Decision::Granted { verification: Default::default(), note: None };
        match self {
            Self::Manual => Vec::new(),
            Self::Review => vec![review],
            Self::Grant => vec![review, grant],
        }
    }
}

/// Does what the mode says with a submission that has just come.
pub(crate) fn follow_up(world: &Shared, id: Uuid) {
    for decision in world.desk.auto().decisions() {
        if let Err(error) = world.desk.decide(id, decision) {
            tracing::warn!(%id, %error, "the automatic decision did not fit");
        }
    }
    world.courier.visit(world, id);
}
