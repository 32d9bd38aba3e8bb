//! Something the portal is told, and how the telling went.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::platform::decision::Decision;

/// An event and its deliveries.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Event {
    /// The webhook's id, the same at every attempt.
    pub(crate) id: String,
    /// The type and data.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) data: Value,
    pub(crate) occurred_at: String,
    /// Whether the portal has it.
    pub(crate) delivery: Delivery,
    /// Each attempt to deliver it.
    pub(crate) attempts: Vec<Attempt>,
}

/// How far the telling is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Delivery {
    /// Still to be delivered.
    Pending,
    /// The portal said yes.
    Delivered,
    /// No more attempts; the portal learns it from the list.
    GivenUp,
}

/// One attempt.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Attempt {
    /// When it began.
    pub(crate) at: String,
    /// The portal's status, if it answered.
    pub(crate) status: Option<u16>,
    /// The beginning of the portal's answer, or what went wrong on the way.
    pub(crate) answer: String,
}

impl Event {
    /// The event that tells of a decision.
    pub(crate) fn of(decision: &Decision, at: &str) -> Self {
        let (kind, data) = decision.told();
        Self { id: fresh_id(), kind, data, occurred_at: at.to_owned(), delivery: Delivery::Pending, attempts: Vec::new() }
    }

    /// The body as it is sent. The same bytes at every attempt.
    pub(crate) fn body(&self, submission: Uuid) -> String {
        json!({
            "wire": "1",
            "type": self.kind,
            "occurred_at": self.occurred_at,
            "submission": submission,
            "data": self.data,
        })
        .to_string()
    }

    /// The event as the list of changes tells it; with its id, so that nothing counts twice.
    pub(crate) fn told(&self) -> Value {
        json!({ "id": self.id, "type": self.kind, "occurred_at": self.occurred_at, "data": self.data })
    }
}

/// A webhook id that no event has had.
pub(crate) fn fresh_id() -> String {
    format!("msg_{}", Uuid::now_v7().simple())
}
