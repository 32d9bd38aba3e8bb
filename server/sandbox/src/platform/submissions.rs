//! `PUT /platform/v1/submissions/{id}`: taking a submission, once.

use axum::{
    Json,
    body::Body,
    extract::{Path, State as Extract},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    clock,
    platform::{
        auto, body, check,
        envelope::{self, Envelope},
        problem::Problem,
        state::State,
        submission::{Stage, Submission},
    },
    world::Shared,
};

/// The largest body of a submission.
pub(crate) const LIMIT: usize = 1024 * 1024;

/// Takes the submission, or says again that it has been taken.
pub(crate) async fn take(
    Extract(world): Extract<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let id = submission_id(&id)?;
    body::require_json(&headers)?;
    let bytes = body::read(body, LIMIT).await?;
    let digest = body::check_digest(&headers, &bytes)?;
    let envelope: Envelope = envelope::read(&bytes)?;
    if envelope.id != id {
        return Err(Problem::malformed("报文中的 id 与地址不符。"));
    }
    let (receipt, is_new) = world.desk.change(|state| enter(state, envelope, digest))?;
    if is_new {
        auto::follow_up(&world, id);
    }
    Ok((StatusCode::ACCEPTED, Json(receipt)).into_response())
}

/// The id in a path.
pub(crate) fn submission_id(text: &str) -> Result<Uuid, Problem> {
    text.parse().map_err(|_| Problem::malformed("地址中的编号不是 UUID。"))
}

fn enter(state: &mut State, envelope: Envelope, digest: String) -> Result<(Value, bool), Problem> {
    let id = envelope.id;
    *state.puts.entry(id).or_default() += 1;
    if let Some(known) = state.submissions.get(&id) {
        return if known.digest == digest { Ok((known.receipt(), false)) } else { Err(Problem::id_reused()) };
    }
    check::check(&envelope, state)?;
    let now = clock::instant();
    let submission = Submission {
        envelope,
        digest,
        receipt_number: state.next_receipt(),
        received_at: now.clone(),
        stage: Stage::Received,
        state_changed_at: now,
        change: state.next_change(),
        publication: None,
        performance: None,
        withdrawal: None,
        events: Vec::new(),
    };
    let receipt = submission.receipt();
    state.submissions.insert(id, submission);
    Ok((receipt, true))
}
