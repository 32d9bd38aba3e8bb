//! Probes for whatever watches over the portal.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use crate::portal::Portal;

/// `GET /health/live`: the process answers.
pub async fn live() -> &'static str {
    "live\n"
}

/// `GET /health/ready`: it can also keep things. The platform and the identity provider do not count: without them filings are
/// accepted all the same.
pub async fn ready(State(portal): State<Arc<Portal>>) -> (StatusCode, &'static str) {
    match portal.storage.check().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(error.message = %error, "health.not_ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the store cannot be written\n")
        }
    }
}
