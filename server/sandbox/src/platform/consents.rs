//! `PUT /platform/v1/submissions/{id}/consents`: the filer withdraws an authorisation, with effect from then on.

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
        envelope::{self, Consent, Purpose},
        problem::Problem,
        state::State,
        submissions::{LIMIT, submission_id},
    },
    world::Shared,
};

/// The body: the authorisations as they are from now on. Its version has been looked at already.
#[derive(Debug, Deserialize)]
struct Request {
    changed_at: String,
    consents: Vec<Consent>,
}

/// Takes the authorisations as they are now. Sent again, it changes nothing.
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
    if DateTime::parse_from_rfc3339(&request.changed_at).is_err() {
        return Err(Problem::malformed("changed_at 不是 RFC 3339 时间。"));
    }
    let receipt = world.desk.change(|state| change(state, id, request.consents))?;
    world.courier.visit(&world, id);
    Ok((StatusCode::ACCEPTED, Json(receipt)).into_response())
}

fn change(state: &mut State, id: Uuid, consents: Vec<Consent>) -> Result<Value, Problem> {
    let (change, now) = (state.next_change(), clock::instant());
    let submission = state.submissions.get_mut(&id).ok_or_else(Problem::unknown_submission)?;
    submission.envelope.consents = consents;
    let published = Decision::Stopped { reason: "企业撤回公示授权".to_owned() };
    let may_publish = submission.envelope.consents.iter().any(|one| matches!(one.purpose, Purpose::Publish) && one.given);
    if !may_publish && submission.accepts(&published) {
        submission.apply(&published, &now);
    }
    submission.change = change;
    Ok(json!({ "id": id, "receipt_number": submission.receipt_number, "received_at": now }))
}
