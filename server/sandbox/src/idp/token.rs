//! `/idp/token`: a code against an ID token.

use axum::{
    Json,
    extract::{Form, State, rejection::FormRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    idp::{
        client::{self, NotTheClient},
        id_token,
        provider::{ACCESS_SECONDS, Grant},
    },
    world::Shared,
};

/// The exchange's form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Exchange {
    grant_type: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
}

/// Exchanges a code for tokens.
pub(crate) async fn exchange(
    State(world): State<Shared>,
    headers: HeaderMap,
    form: Result<Form<Exchange>, FormRejection>,
) -> Response {
    let Ok(Form(form)) = form else {
        return refusal(StatusCode::BAD_REQUEST, "invalid_request");
    };
    let (id, secret) = (form.client_id.as_deref(), form.client_secret.as_deref());
    match client::check(&world, &headers, id, secret) {
        Ok(()) => {}
        Err(NotTheClient::Unknown) => return refusal(StatusCode::UNAUTHORIZED, "invalid_client"),
        Err(NotTheClient::Twice) => return refusal(StatusCode::BAD_REQUEST, "invalid_request"),
    }
    match form.grant_type.as_deref() {
        Some("authorization_code") => {}
        Some(_) => return refusal(StatusCode::BAD_REQUEST, "unsupported_grant_type"),
        None => return refusal(StatusCode::BAD_REQUEST, "invalid_request"),
    }
    let Some(code) = form.code.as_deref() else {
        return refusal(StatusCode::BAD_REQUEST, "invalid_request");
    };
    // The code is spent by the attempt, right or wrong: whoever guesses at the verifier has one try.
    let grant = world.provider.take_code(code).filter(|grant| fits(grant, &form));
    let Some(grant) = grant else {
        return refusal(StatusCode::BAD_REQUEST, "invalid_grant");
    };
    let access_token = world.provider.issue_token(grant.session.person, code);
    let id_token = id_token::write(&world, &grant);
    answer(
        StatusCode::OK,
        &json!({
            "access_token": access_token,
            "token_type": "Bearer",
            "expires_in": ACCESS_SECONDS,
            "scope": "openid",
            "id_token": id_token,
        }),
    )
}

fn fits(grant: &Grant, form: &Exchange) -> bool {
    let verifier = form.code_verifier.as_deref().unwrap_or_default();
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    (43..=128).contains(&verifier.len())
        && challenge == grant.asked.challenge
        && form.redirect_uri.as_deref() == Some(&grant.asked.back.redirect_uri)
}

fn refusal(status: StatusCode, error: &str) -> Response {
    let mut response = answer(status, &json!({ "error": error }));
    if status == StatusCode::UNAUTHORIZED {
        let basic = axum::http::HeaderValue::from_static("Basic realm=\"sandbox\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, basic);
    }
    response
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let headers = [(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")];
    (status, headers, Json(body)).into_response()
}
