//! What the platform has, in the order of its changes: from this the portal learns what an event missed.

use axum::{
    Json,
    extract::{Path, Query, State as Extract, rejection::QueryRejection},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    platform::{problem::Problem, submission::Submission, submissions::submission_id},
    world::Shared,
};

/// The most items on a page.
const MOST: usize = 200;

/// Where to go on, and how far.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Page {
    since: Option<String>,
    limit: Option<String>,
}

/// `GET /platform/v1/submissions`. A submission that has changed again stands once, at its last change.
pub(crate) async fn list(
    Extract(world): Extract<Shared>,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<Value>, Problem> {
    let Query(page) = page.map_err(|_| Problem::malformed("查询参数无法读取。"))?;
    let since: u64 = match page.since.as_deref().unwrap_or_default() {
        "" => 0,
        cursor => cursor
            .strip_prefix('c')
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| Problem::malformed("since 不是本平台给出的游标。"))?,
    };
    let limit = match page.limit.as_deref() {
        None => 100,
        Some(limit) => match limit.parse() {
            Ok(limit @ 1..=MOST) => limit,
            _ => return Err(Problem::malformed("limit 须为 1 至 200。")),
        },
    };
    Ok(Json(world.desk.read(|state| {
        let mut changed: Vec<_> = state.submissions.values().filter(|submission| submission.change > since).collect();
        changed.sort_by_key(|submission| submission.change);
        let more = changed.len() > limit;
        changed.truncate(limit);
        let next = changed.last().map_or(since, |submission| submission.change);
        let items: Vec<_> = changed.into_iter().map(Submission::listed).collect();
        json!({ "items": items, "next": format!("c{next}"), "more": more })
    })))
}

/// `GET /platform/v1/submissions/{id}`.
pub(crate) async fn one(Extract(world): Extract<Shared>, Path(id): Path<String>) -> Result<Json<Value>, Problem> {
    let id = submission_id(&id)?;
    world
        .desk
        .read(|state| state.submissions.get(&id).map(Submission::with_events))
        .map(Json)
        .ok_or_else(Problem::unknown_submission)
}
