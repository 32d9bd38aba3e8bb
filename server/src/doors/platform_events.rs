//! `POST /platform/events`: what the platform tells us. A message is unverified until its signature holds, and is applied once.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use credit::filing::Instant;

use crate::caller::{Caller, whose};
use crate::platform::wire_v1::Event;
use crate::portal::Portal;
use crate::storage::{Applied, PlatformEvent, StorageError};

/// The door. Whatever is not verified is answered 401 and recorded, of one address only so much; what is verified is answered 200
/// once it is durable, even if it changes nothing, so that the platform does not send it for ever.
pub async fn receive(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, &'static str) {
    let now = portal.clock.now();
    let id = match portal.event_keys.verify(&headers, &body, now) {
        Ok(id) => id,
        Err(why) => return refuse(&portal, caller, &headers, &why.to_string(), StatusCode::UNAUTHORIZED).await,
    };
    let event = match read(id, &body, now) {
        Ok(event) => event,
        Err(why) => return refuse(&portal, caller, &headers, &why, StatusCode::BAD_REQUEST).await,
    };
    match portal.storage.apply_event(&event).await {
        Ok(applied) => {
            report(&event, applied);
            if let (Applied::Applied, Some(filing)) = (applied, &event.filing_id) {
                portal.live.tell(filing);
                portal.mailer.notify_one();
            }
            (StatusCode::OK, "recorded\n")
        }
        Err(error) => unavailable(&error),
    }
}

fn read(id: &str, body: &[u8], now: Instant) -> Result<PlatformEvent, String> {
    let event: Event = serde_json::from_slice(body).map_err(|error| format!("not an event: {error}"))?;
    event.read(id, now)
}

fn report(event: &PlatformEvent, applied: Applied) {
    match applied {
        Applied::Applied | Applied::Repeated => {
            tracing::info!(event.id, event.kind, event.verdict = ?applied, "platform_event.recorded")
        }
        Applied::Unknown | Applied::Impossible(_) | Applied::NoSuchFiling => {
            tracing::warn!(event.id, event.kind, event.verdict = ?applied, "platform_event.not_applied");
        }
    }
}

async fn refuse(portal: &Portal, caller: Caller, headers: &HeaderMap, why: &str, status: StatusCode) -> (StatusCode, &'static str) {
    let now = portal.clock.now();
    let claimed = headers.get("webhook-id").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let claimed: String = claimed.chars().take(200).collect();
    tracing::warn!(event.claimed_id = %claimed, event.refusal = why, "platform_event.refused");
    if !portal.pace.records_refused_event(whose(caller.address), now) {
        return (status, "refused\n");
    }
    match portal.storage.record_refused_event(&claimed, why, now).await {
        Ok(()) => (status, "refused\n"),
        Err(error) => unavailable(&error),
    }
}

fn unavailable(error: &StorageError) -> (StatusCode, &'static str) {
    tracing::error!(error.message = %error, "platform_event.store_trouble");
    (StatusCode::SERVICE_UNAVAILABLE, "not recorded\n")
}
