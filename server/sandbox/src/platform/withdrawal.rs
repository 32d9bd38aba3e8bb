//! `PUT /platform/v1/submissions/{id}/withdrawal`: the filer takes a submission back.

use axum::{
    Json,
    body::Body,
    extract::{Path, State as Extract},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use chrono::DateTime;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    clock,
    platform::{
        body,
        decision::Decision,
        envelope,
        problem::Problem,
        state::State,
        submission::{Submission, Withdrawal},
        submissions::{LIMIT, submission_id},
    },
    world::Shared,
};

/// The body. Its version has been looked at already.
#[derive(Debug, Deserialize)]
struct Request {
    withdrawn_at: String,
    #[serde(default)]
    reason: String,
}

/// Takes the withdrawal, or says again that it has been taken.
pub(crate) async fn take(
    Extract(world): Extract<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let id = submission_id(&id)?;
    body::require_json(&headers)?;
    let bytes = body::read(body, LIMIT).await?;
    if headers.contains_key("content-digest") {
        body::check_digest(&headers, &bytes)?;
    }
    let request: Request = envelope::read(&bytes)?;
    if DateTime::parse_from_rfc3339(&request.withdrawn_at).is_err() {
        return Err(Problem::malformed("withdrawn_at 不是 RFC 3339 时间。"));
    }
    let receipt = world.desk.change(|state| withdraw(state, id, request))?;
    world.courier.visit(&world, id);
    Ok((StatusCode::ACCEPTED, Json(receipt)).into_response())
}

fn withdraw(state: &mut State, id: Uuid, request: Request) -> Result<Value, Problem> {
    let submission = state.submissions.get(&id).ok_or_else(Problem::unknown_submission)?;
    if let Some(withdrawal) = &submission.withdrawal {
        return Ok(receipt(submission, withdrawal));
    }
    if !submission.may_be_withdrawn() {
        return Err(Problem::already_decided());
    }
    let is_open = submission.stage.is_open();
    let (change, now) = (state.next_change(), clock::instant());
    let submission = state.submissions.get_mut(&id).ok_or_else(Problem::unknown_submission)?;
    let withdrawal = Withdrawal { withdrawn_at: request.withdrawn_at, reason: request.reason, received_at: now.clone() };
    let receipt = receipt(submission, &withdrawal);
    submission.withdrawal = Some(withdrawal);
    // A commitment that held stays on file as one that was taken back: nothing about the decision changes.
    if is_open {
        submission.apply(&Decision::Withdrawn {}, &now);
    }
    submission.change = change;
    Ok(receipt)
}

/// The submission's receipt with the moment at which the withdrawal came.
fn receipt(submission: &Submission, withdrawal: &Withdrawal) -> Value {
    json!({
        "id": submission.envelope.id,
        "receipt_number": submission.receipt_number,
        "received_at": withdrawal.received_at,
    })
}
