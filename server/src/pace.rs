//! How fast one person and one address may sign in and post. What is too fast is answered with 429 and a page that keeps what
//! was typed.
//!
//! Parts of files (`PATCH`) are not counted: the browser sends them as fast as the line takes them, and how many a draft
//! takes is bounded there. Nor is signing out, which must always be possible.

use std::net::IpAddr;
use std::sync::Arc;

use app::wording::notices::Notice;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use credit::filing::Instant;

use crate::buckets::{Buckets, Rate};
use crate::caller::Caller;
use crate::config::PaceSettings;
use crate::doors::answer::Refusal;
use crate::kept_form::{self, KeptForm};
use crate::portal::Portal;
use crate::storage::Storage;
use crate::visitor::Visitor;

/// The buckets of everyone.
#[derive(Debug)]
pub struct Pace {
    sign_ins: Buckets<IpAddr>,
    /// By the provider's name for the person.
    persons_sign_ins: Buckets<String>,
    posts: Buckets<IpAddr>,
    /// By the provider's name for the person, whichever of their sessions it is.
    persons_posts: Buckets<String>,
    refused_events: Buckets<IpAddr>,
}

/// So many refused messages of one address are recorded a minute, and at once: enough to see what is wrong, and too few to push out
/// what was recorded before.
const REFUSED_EVENTS: (i64, i64) = (10, 100);

impl Pace {
    /// By these settings.
    pub fn new(settings: &PaceSettings) -> Self {
        Self {
            sign_ins: Buckets::new("sign-ins from", Rate::new(settings.sign_ins_per_minute, settings.sign_ins_burst)),
            persons_sign_ins: Buckets::new(
                "sign-ins of",
                Rate::new(settings.person_sign_ins_per_minute, settings.person_sign_ins_burst),
            ),
            posts: Buckets::new("posts from", Rate::new(settings.address_posts_per_minute, settings.address_posts_burst)),
            persons_posts: Buckets::new("posts of", Rate::new(settings.posts_per_minute, settings.posts_burst)),
            refused_events: Buckets::new("refused events from", Rate::new(REFUSED_EVENTS.0, REFUSED_EVENTS.1)),
        }
    }

    /// Counts a session that a person opens.
    ///
    /// # Errors
    /// That it is one too many.
    pub async fn person_signs_in(&self, store: &dyn Storage, subject: &str, now: Instant) -> Result<(), Refusal> {
        self.persons_sign_ins.take(store, subject.to_owned(), now).await.map_err(|seconds| {
            tracing::info!(pace.wait_s = seconds, "pace.person_signs_in_too_often");
            Refusal::Notice(Notice::TooMany, StatusCode::TOO_MANY_REQUESTS)
        })
    }

    /// Whether another message is recorded that could not be verified. Anyone can send one, and each is a write.
    pub fn records_refused_event(&self, from: IpAddr, now: Instant) -> bool {
        self.refused_events.take_here(from, now).is_ok()
    }
}

/// What a request is counted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    SignIn,
    Post,
}

fn counted(method: &Method, path: &str) -> Option<Counted> {
    match (method, path) {
        (&Method::GET, "/sign-in" | "/sign-in/callback") => Some(Counted::SignIn),
        (&Method::POST, "/sign-out") => None,
        (&Method::POST | &Method::PUT | &Method::DELETE, _) => Some(Counted::Post),
        _ => None,
    }
}

async fn take(portal: &Portal, counted: Counted, address: Option<IpAddr>, person: Option<String>) -> Result<(), u64> {
    let (pace, store, now) = (&portal.pace, &*portal.storage, portal.clock.now());
    if let (Counted::Post, Some(person)) = (counted, person) {
        pace.persons_posts.take(store, person, now).await?;
    }
    match (counted, address) {
        (Counted::SignIn, Some(address)) => pace.sign_ins.take(store, address, now).await,
        (Counted::Post, Some(address)) => pace.posts.take(store, address, now).await,
        (_, None) => Ok(()),
    }
}

/// Answers what is not too fast.
pub async fn keep_pace(State(portal): State<Arc<Portal>>, request: Request, next: Next) -> Response {
    let Some(counted) = counted(request.method(), request.uri().path()) else { return next.run(request).await };
    let address = Caller::of(&portal, request.headers(), request.extensions()).counted();
    let session = request.extensions().get::<Visitor>().and_then(|visitor| visitor.session.as_ref());
    let person = session.map(|session| session.person.subject.clone());
    let Err(seconds) = take(&portal, counted, address, person).await else { return next.run(request).await };
    tracing::info!(pace.wait_s = seconds, "pace.too_fast");
    if *request.method() != Method::POST {
        return Refusal::Notice(Notice::TooMany, StatusCode::TOO_MANY_REQUESTS).into_response();
    }
    let kept = KeptForm::of(request, &portal.config.public_url).await;
    let page = kept_form::page(app::wording::overload::too_fast, kept.as_ref());
    let headers = [(header::RETRY_AFTER, seconds.to_string()), (header::CACHE_CONTROL, "no-store".to_owned())];
    (StatusCode::TOO_MANY_REQUESTS, headers, page).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_and_sign_ins_are_counted_and_nothing_else() {
        for (method, path, as_what) in [
            (Method::GET, "/sign-in", Some(Counted::SignIn)),
            (Method::GET, "/sign-in/callback", Some(Counted::SignIn)),
            (Method::POST, "/drafts/1", Some(Counted::Post)),
            (Method::PUT, "/drafts/1", Some(Counted::Post)),
            (Method::POST, "/sign-out", None),
            (Method::PATCH, "/drafts/1/uploads/2", None),
            (Method::GET, "/filings", None),
        ] {
            assert_eq!(counted(&method, path), as_what, "{method} {path}");
        }
    }
}
