//! The switches: mood, what happens by itself, secrets, how many records, and beginning anew.

use axum::{
    Json,
    extract::State as Extract,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    clock,
    control::refusal::refusal,
    enterprises,
    mood::Setting,
    platform::{auto::Auto, signature::EventKey},
    world::Shared,
};

/// `GET /control/mood`.
pub(crate) async fn mood(Extract(world): Extract<Shared>) -> Json<Setting> {
    Json(world.mood.get())
}

/// `POST /control/mood`.
pub(crate) async fn set_mood(Extract(world): Extract<Shared>, Json(setting): Json<Setting>) -> Json<Setting> {
    world.mood.set(setting);
    Json(world.mood.get())
}

/// What happens by itself.
#[derive(Debug, Deserialize)]
pub(crate) struct AutoOrder {
    mode: Auto,
}

/// `POST /control/auto`.
pub(crate) async fn set_auto(Extract(world): Extract<Shared>, Json(order): Json<AutoOrder>) -> Json<Value> {
    world.desk.set_auto(order.mode);
    Json(json!({ "mode": order.mode }))
}

/// How many records an enterprise has beside its usual ones.
#[derive(Debug, Deserialize)]
pub(crate) struct RecordOrder {
    credit_code: String,
    more: u32,
}

/// The most records more; nobody measures with more.
const MOST_RECORDS: u32 = 9_999;

/// `POST /control/records`. The order before it no longer counts.
pub(crate) async fn set_records(Extract(world): Extract<Shared>, Json(order): Json<RecordOrder>) -> Response {
    match enterprises::find(&order.credit_code) {
        Some(enterprise) if order.more <= MOST_RECORDS => {
            world.more_records.set(enterprise.credit_code, order.more);
            StatusCode::NO_CONTENT.into_response()
        }
        Some(_) => refusal(StatusCode::UNPROCESSABLE_ENTITY, format!("at most {MOST_RECORDS} records more")),
        None => refusal(StatusCode::NOT_FOUND, "there is no such enterprise"),
    }
}

/// What a record says from now on; a member that is not named stays as it is.
#[derive(Debug, Deserialize)]
pub(crate) struct ChangeOrder {
    record: String,
    says: Map<String, Value>,
}

/// `POST /control/records/change`.
pub(crate) async fn change_record(Extract(world): Extract<Shared>, Json(order): Json<ChangeOrder>) -> StatusCode {
    world.changed_records.change(order.record, order.says);
    StatusCode::NO_CONTENT
}

/// A new secret.
#[derive(Debug, Deserialize)]
pub(crate) struct Rotation {
    secret: String,
}

/// `POST /control/rotate`.
pub(crate) async fn rotate(Extract(world): Extract<Shared>, Json(rotation): Json<Rotation>) -> Response {
    match EventKey::read(&rotation.secret) {
        Ok(key) => {
            world.courier.rotate(key);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => refusal(StatusCode::UNPROCESSABLE_ENTITY, error),
    }
}

/// How to begin anew.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Beginning {
    /// The day on which the dates of the records hang; today when left out.
    began_on: Option<NaiveDateText>,
}

#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct NaiveDateText(NaiveDate);

impl TryFrom<String> for NaiveDateText {
    type Error = chrono::ParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

/// `POST /control/reset`, with or without a body. Submissions, attachments, sign-ins, added and changed records and the mood
/// are gone; the mode, the secrets and the portal's address stay.
pub(crate) async fn reset(Extract(world): Extract<Shared>, body: Bytes) -> Response {
    let beginning: Beginning = if body.is_empty() {
        Beginning::default()
    } else {
        match serde_json::from_slice(&body) {
            Ok(beginning) => beginning,
            Err(error) => return refusal(StatusCode::UNPROCESSABLE_ENTITY, error),
        }
    };
    world.mood.set(Setting::default());
    world.more_records.forget();
    world.changed_records.forget();
    world.provider.forget();
    world.desk.reset(beginning.began_on.map_or_else(clock::today, |text| text.0));
    StatusCode::NO_CONTENT.into_response()
}
