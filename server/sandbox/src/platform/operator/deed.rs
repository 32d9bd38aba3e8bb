//! What the page's forms do.

use axum::{
    extract::{Form, Path, State as Extract},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    mood::{Mood, Setting},
    platform::{auto::Auto, decision::Decision, desk::NotDecided, operator::detail},
    world::Shared,
};

/// `POST /platform/submissions/{id}/decision`.
pub(crate) async fn decide(
    Extract(world): Extract<Shared>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let decision = match read(&fields) {
        Ok(decision) => decision,
        Err(why) => return detail::page(&world, id, StatusCode::UNPROCESSABLE_ENTITY, Some(&why)),
    };
    match world.desk.decide(id, decision) {
        Ok(()) => {
            world.courier.visit(&world, id);
            Redirect::to(&format!("/platform/submissions/{id}")).into_response()
        }
        Err(error @ (NotDecided::Unknown | NotDecided::OutOfTurn)) => {
            detail::page(&world, id, StatusCode::CONFLICT, Some(&error.to_string()))
        }
    }
}

/// The mood's form. Blank numbers are no numbers.
#[derive(Debug, Deserialize)]
pub(crate) struct MoodForm {
    mood: Mood,
    #[serde(default)]
    times: String,
    #[serde(default)]
    seconds: String,
}

/// `POST /platform/mood`.
pub(crate) async fn set_mood(Extract(world): Extract<Shared>, Form(form): Form<MoodForm>) -> Redirect {
    let (times, seconds) = (form.times.trim().parse().ok(), form.seconds.trim().parse().ok());
    world.mood.set(Setting { mood: form.mood, times, seconds, only: None });
    Redirect::to("/platform/")
}

/// The form for what happens by itself.
#[derive(Debug, Deserialize)]
pub(crate) struct AutoForm {
    mode: Auto,
}

/// `POST /platform/auto`.
pub(crate) async fn set_auto(Extract(world): Extract<Shared>, Form(form): Form<AutoForm>) -> Redirect {
    world.desk.set_auto(form.mode);
    Redirect::to("/platform/")
}

fn read(fields: &[(String, String)]) -> Result<Decision, String> {
    let all = |name: &'static str| fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim());
    let first = |name| all(name).next().unwrap_or_default();
    let filled = |name| Some(first(name)).filter(|value| !value.is_empty());
    let kind = first("type");
    let data = match kind {
        "submission.under_review" => filled("handler").map_or(json!({}), |handler| json!({ "handler": handler })),
        "submission.returned" => json!({ "comments": comments(fields), "note": first("note") }),
        "submission.granted" => {
            json!({ "verification": first("verification"), "note": filled("note") })
        }
        "submission.refused" => {
            let reasons: Vec<_> = first("reasons").lines().map(str::trim).filter(|reason| !reason.is_empty()).collect();
            json!({ "reasons": reasons, "comments": comments(fields) })
        }
        "commitment.performance" => json!({
            "performance": first("performance"),
            "found_by": first("found_by"),
            "found_by_code": first("found_by_code"),
            "found_on": first("found_on"),
            "unfulfilled": filled("unfulfilled"),
            "pursued": filled("pursued"),
        }),
        "publication.published" => json!({ "until": filled("until") }),
        "publication.stopped" | "submission.found_untrue" => json!({ "reason": first("reason") }),
        _ => return Err("没有这种办理方式。".to_owned()),
    };
    Decision::read(kind, data)
}

/// What is wrong with which field, as far as it was filled in.
fn comments(fields: &[(String, String)]) -> Vec<Value> {
    let all = |name: &'static str| fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim());
    let filled = all("field").zip(all("comment")).filter(|pair| *pair != ("", ""));
    filled.map(|(field, comment)| json!({ "field": field, "comment": comment })).collect()
}
