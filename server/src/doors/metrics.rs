//! `GET /metrics`, on a listener of its own: figures for Prometheus. No ids and no names are in them.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::metrics::text;
use crate::portal::Portal;

/// The door.
pub async fn show(State(portal): State<Arc<Portal>>) -> Response {
    match text(&portal).await {
        Ok(text) => ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response(),
        Err(error) => {
            tracing::warn!(error.message = %error, "metrics.store_trouble");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
