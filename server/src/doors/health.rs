//! Probes for whatever watches over the portal.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use tokio::time::Instant;

use crate::portal::Portal;

/// What was found out is said again for so long.
const AT_MOST_EVERY: Duration = Duration::from_secs(1);

/// `GET /health/live`: the process answers.
pub async fn live() -> &'static str {
    "live\n"
}

/// `GET /health/ready`: it can also keep things. The platform and the identity provider do not count: without them filings are
/// accepted all the same.
pub async fn ready(State(portal): State<Arc<Portal>>) -> (StatusCode, &'static str) {
    // It writes, and anyone may ask: whoever asks at the same time, or just after, hears the same.
    let mut last = portal.readiness.lock().await;
    let known = last.filter(|(at, _)| at.elapsed() < AT_MOST_EVERY).map(|(_, is_ready)| is_ready);
    let is_ready = match known {
        Some(is_ready) => is_ready,
        None => {
            let checked = portal.storage.check().await;
            if let Err(error) = &checked {
                tracing::error!(error.message = %error, "health.not_ready");
            }
            *last = Some((Instant::now(), checked.is_ok()));
            checked.is_ok()
        }
    };
    if is_ready { (StatusCode::OK, "ready\n") } else { (StatusCode::SERVICE_UNAVAILABLE, "the store cannot be written\n") }
}
