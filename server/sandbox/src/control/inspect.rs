//! What has happened so far.

use axum::{Json, extract::State as Extract};
use serde_json::{Value, json};

use crate::world::Shared;

/// `GET /control/submissions`: everything that was taken, and how often each id and each file was sent.
pub(crate) async fn submissions(Extract(world): Extract<Shared>) -> Json<Value> {
    Json(world.desk.read(|state| {
        let submissions: Vec<_> = state
            .submissions
            .values()
            .map(|submission| {
                let mut item = submission.with_events();
                item["puts"] = json!(state.puts.get(&submission.envelope.id));
                item["withdrawal"] = json!(submission.withdrawal);
                item["envelope"] = json!(submission.envelope);
                item
            })
            .collect();
        json!({
            "began_on": state.began_on,
            "submissions": submissions,
            "puts": state.puts,
            "attachments": state.attachments,
        })
    }))
}

/// `GET /control/deliveries`: each event with its attempts, in the order of the events.
pub(crate) async fn deliveries(Extract(world): Extract<Shared>) -> Json<Value> {
    let mut events: Vec<_> = world.desk.read(|state| {
        let of = |submission: &crate::platform::submission::Submission| {
            let id = submission.envelope.id;
            submission.events.iter().map(move |event| (id, event.clone())).collect::<Vec<_>>()
        };
        state.submissions.values().flat_map(of).collect()
    });
    // The ids are made from the time, so their order is that of the events.
    events.sort_by(|(_, one), (_, other)| one.id.cmp(&other.id));
    let deliveries: Vec<_> = events
        .into_iter()
        .map(|(submission, event)| {
            json!({
                "submission": submission,
                "id": event.id,
                "type": event.kind,
                "delivery": event.delivery,
                "attempts": event.attempts,
            })
        })
        .collect();
    Json(json!({ "deliveries": deliveries }))
}
