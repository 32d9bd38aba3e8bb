//! Deciding from a test.

use axum::{
    Json,
    extract::{Path, State as Extract},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    control::refusal::refusal,
    platform::{decision::Decision, desk::NotDecided, submission::Submission},
    world::Shared,
};

/// A decision: the type and data of its event.
#[derive(Debug, Deserialize)]
pub(crate) struct Order {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    data: Value,
}

/// `POST /control/submissions/{id}/decision`. Answers with the submission as it now stands.
pub(crate) async fn decide(Extract(world): Extract<Shared>, Path(id): Path<Uuid>, Json(order): Json<Order>) -> Response {
    let decision = match Decision::read(&order.kind, order.data) {
        Ok(decision) => decision,
        Err(why) => return refusal(StatusCode::UNPROCESSABLE_ENTITY, why),
    };
    match world.desk.decide(id, decision) {
        Ok(()) => {
            world.courier.visit(&world, id);
            let now = world.desk.read(|state| state.submissions.get(&id).map(Submission::with_events));
            Json(now).into_response()
        }
        Err(error @ NotDecided::Unknown) => refusal(StatusCode::NOT_FOUND, error),
        Err(error @ NotDecided::OutOfTurn) => refusal(StatusCode::CONFLICT, error),
    }
}
