//! What happens when more is asked than can be answered: a no at once, in words, instead of a queue without end.

use std::sync::Arc;

use app::wording::overload::say;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;
use url::Url;

use crate::kept_form::{self, KeptForm};

/// After so many seconds it is worth trying again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");
/// What watches over the portal must see it as it is, above all now.
const PROBES: &str = "/health/";

/// How many requests may wait for their answers to begin. An event stream's answer begins at once, so open pages do not
/// count.
#[derive(Clone, Debug)]
pub struct Places {
    free: Arc<Semaphore>,
    /// The portal's own address: what was typed on a page of it is kept.
    own: Url,
}

impl Places {
    /// So many, for the portal at this address.
    pub fn new(most: usize, own: Url) -> Self {
        Self { free: Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS))), own }
    }

    /// Answers if there is a place; otherwise says no, before anything is looked up or done. What was typed into a form comes
    /// back with the answer.
    pub async fn answer(self, request: Request, next: Next) -> Response {
        if request.uri().path().starts_with(PROBES) {
            return next.run(request).await;
        }
        match self.free.try_acquire() {
            Ok(_place) => next.run(request).await,
            Err(_) => {
                tracing::warn!("request.no_place");
                let kept = KeptForm::of(request, &self.own).await;
                let headers = [(header::RETRY_AFTER, RETRY_AFTER), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
                (StatusCode::SERVICE_UNAVAILABLE, headers, kept_form::page(say, kept.as_ref())).into_response()
            }
        }
    }
}
