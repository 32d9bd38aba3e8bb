//! Probes for whatever watches over the portal.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use tokio::time::Instant;

use crate::portal::Portal;
use crate::storage::patience::within;

/// What it was is said again for so long.
const AT_MOST_EVERY: Duration = Duration::from_secs(1);
/// A store that takes longer cannot be worked with. Longer than it waits for a line, or for another's transaction.
const ANSWER: Duration = Duration::from_secs(12);

/// `GET /health/live`: the process answers.
pub async fn live() -> &'static str {
    "live\n"
}

/// `GET /health/ready`: it can also keep things. The platform and the identity provider do not count: without them filings are
/// accepted all the same.
pub async fn ready(State(portal): State<Arc<Portal>>) -> (StatusCode, &'static str) {
    // It writes, and anyone may ask: one at a time, and whoever asks just after hears the same.
    let mut asked = portal.ready_at.lock().await;
    let is_ready = match *asked {
        Some((at, is_ready)) if at.elapsed() < AT_MOST_EVERY => is_ready,
        _ => {
            let checked = within(ANSWER, portal.storage.check()).await;
            if let Err(error) = &checked {
                tracing::error!(error.message = %error, "health.not_ready");
            }
            *asked = Some((Instant::now(), checked.is_ok()));
            checked.is_ok()
        }
    };
    match is_ready {
        true => (StatusCode::OK, "ready\n"),
        false => (StatusCode::SERVICE_UNAVAILABLE, "the store cannot be written\n"),
    }
}
