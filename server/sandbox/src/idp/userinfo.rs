//! `/idp/userinfo`: who the access token stands for.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::world::Shared;

/// The person's claims.
pub(crate) async fn userinfo(State(world): State<Shared>, headers: HeaderMap) -> Response {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim());
    match token.map(|token| world.provider.person_of(token)) {
        Some(Some(person)) => Json(json!({
            "sub": person.subject(),
            "name": person.name,
            "enterprises": person.enterprises(),
        }))
        .into_response(),
        Some(None) => refusal("Bearer error=\"invalid_token\""),
        None => refusal("Bearer"),
    }
}

fn refusal(challenge: &'static str) -> Response {
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, challenge)]).into_response()
}
