//! On a listener of its own: `GET /metrics`, figures for Prometheus, without ids and names; and `GET /`, the same for people, what
//! needs them first.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::attention;
use crate::metrics::text;
use crate::portal::Portal;
use crate::storage::{StorageError, Stored};

/// The front page: what `doctor` says of delivering, mails and messages.
pub async fn front(State(portal): State<Arc<Portal>>) -> Response {
    let lines = async {
        let mut lines = attention::of_delivering(&portal).await?;
        lines.extend(attention::of_messages(&portal).await?);
        Stored::Ok(lines)
    };
    match lines.await {
        Ok(lines) => ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], lines.join("\n") + "\n").into_response(),
        Err(error) => away(&error),
    }
}

/// The figures.
pub async fn show(State(portal): State<Arc<Portal>>) -> Response {
    match text(&portal).await {
        Ok(text) => ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response(),
        Err(error) => away(&error),
    }
}

fn away(error: &StorageError) -> Response {
    tracing::warn!(error.message = %error, "metrics.store_trouble");
    (StatusCode::SERVICE_UNAVAILABLE, "The store does not answer.\n").into_response()
}
