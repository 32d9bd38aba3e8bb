//! So that one machine cannot take the public pages away from everyone else: each address has a bucket of questions that
//! fills up again evenly.

use std::net::IpAddr;
use std::sync::Arc;

use app::wording::notices::Notice;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use credit::filing::Instant;

use crate::buckets::{Buckets, Rate};
use crate::caller::{Caller, whose};
use crate::config::LookUpSettings;
use crate::doors::answer::Refusal;
use crate::portal::Portal;
use crate::storage::Storage;

/// The buckets of all addresses.
#[derive(Debug)]
pub struct LookUpLimit(Buckets<IpAddr>);

impl LookUpLimit {
    /// By these settings.
    pub fn new(settings: &LookUpSettings) -> Self {
        Self(Buckets::new("looking up from", Rate::new(settings.per_minute, settings.burst)))
    }

    /// Takes one question out of an address's bucket.
    ///
    /// # Errors
    /// In how many seconds there will be one again.
    pub async fn take(&self, store: &dyn Storage, address: IpAddr, now: Instant) -> Result<(), u64> {
        self.0.take(store, whose(address), now).await
    }
}

/// Lets an address look up only so much.
pub async fn limit(State(portal): State<Arc<Portal>>, request: Request, next: Next) -> Response {
    let caller = Caller::of(&portal, request.headers(), request.extensions());
    match portal.look_ups.take(&*portal.storage, caller.address, portal.clock.now()).await {
        Ok(()) => next.run(request).await,
        Err(seconds) => {
            tracing::info!(look_up.wait_s = seconds, "look_up.too_many");
            Refusal::Notice(Notice::TooMany, StatusCode::TOO_MANY_REQUESTS).into_response()
        }
    }
}
