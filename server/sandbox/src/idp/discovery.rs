//! The documents from which a client learns how to speak with the provider.

use axum::{Json, extract::State};
use serde_json::{Value, json};

use crate::world::Shared;

/// `/idp/.well-known/openid-configuration`.
pub(crate) async fn configuration(State(world): State<Shared>) -> Json<Value> {
    let issuer = world.issuer();
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/jwks"),
        "end_session_endpoint": format!("{issuer}/end-session"),
        "scopes_supported": ["openid", "profile", "enterprises"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "acr_values_supported": [super::id_token::ACR],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": ["none", "login"],
        "claims_supported": [
            "iss", "sub", "aud", "azp", "exp", "iat", "auth_time", "nonce", "acr", "amr", "name", "enterprises",
        ],
        "claims_parameter_supported": false,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "authorization_response_iss_parameter_supported": true,
    }))
}

/// `/idp/jwks`.
pub(crate) async fn keys(State(world): State<Shared>) -> Json<Value> {
    Json(json!({ "keys": [world.provider.keys.public()] }))
}
