//! One event of any shape, right or wrong, and what the portal says to it.

use axum::{
    Json,
    extract::State as Extract,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    clock,
    control::refusal::refusal,
    platform::{
        courier::Parcel,
        event,
        signature::{self, EventKey},
    },
    world::Shared,
};

/// Everything about the event that a test may want to be different.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Order {
    id: Option<String>,
    timestamp: Option<i64>,
    /// Signs with this secret instead of the sandbox's own.
    secret: Option<String>,
    /// Sends this instead of any signature.
    signature: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    occurred_at: Option<String>,
    submission: Option<String>,
    data: Value,
    /// Sends this text instead of a body made from the members above.
    body: Option<String>,
}

/// `POST /control/event`: sends it once and answers with the portal's status and body.
pub(crate) async fn send(Extract(world): Extract<Shared>, Json(order): Json<Order>) -> Response {
    let Some(to) = world.at_portal("platform/events") else {
        return refusal(StatusCode::CONFLICT, "the portal's address is not known yet");
    };
    let id = order.id.unwrap_or_else(event::fresh_id);
    let timestamp = order.timestamp.unwrap_or_else(clock::seconds);
    let body = order.body.unwrap_or_else(|| {
        json!({
            "wire": "1",
            "type": order.kind.unwrap_or_else(|| "submission.under_review".to_owned()),
            "occurred_at": order.occurred_at.unwrap_or_else(clock::instant),
            "submission": order.submission,
            "data": if order.data.is_null() { json!({}) } else { order.data },
        })
        .to_string()
    });
    let signature = match (order.signature, order.secret.as_deref().map(EventKey::read)) {
        (Some(signature), _) => signature,
        (None, Some(Ok(key))) => signature::header(&[key], &id, timestamp, &body),
        (None, Some(Err(error))) => return refusal(StatusCode::UNPROCESSABLE_ENTITY, error),
        (None, None) => world.courier.sign(&id, timestamp, &body),
    };
    match world.courier.send(&to, &Parcel { id, timestamp, signature, body }).await {
        Ok((status, body)) => Json(json!({ "status": status, "body": body })).into_response(),
        Err(error) => refusal(StatusCode::BAD_GATEWAY, error),
    }
}
