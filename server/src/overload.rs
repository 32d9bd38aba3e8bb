//! What happens when more is asked than can be answered: a no at once, in words, instead of a queue without end.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use app::wording::overload::say;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::{Semaphore, SemaphorePermit};
use url::Url;

use crate::caller::Caller;
use crate::kept_form::{self, KeptForm};

/// After so many seconds it is worth trying again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");
/// What watches over the portal must see it as it is, above all now.
const PROBES: [&str; 2] = ["/health/live", "/health/ready"];

/// Below so many places nobody's share is bounded; many people may have one address.
const SMALLEST_SHARE: usize = 64;

/// How many requests may wait for their answers to begin, all of them and those of one address. An event stream's answer begins
/// at once, so open pages do not count.
#[derive(Clone, Debug)]
pub struct Places {
    free: Arc<Semaphore>,
    shares: Arc<Shares>,
    /// The portal's own address: what was typed on a page of it is kept.
    own: Url,
    /// In which header our own proxy names addresses.
    address_header: Option<Arc<str>>,
}

/// How many places each address has now: bodies may arrive slowly, and a few slow ones must not shut everyone out.
#[derive(Debug)]
struct Shares {
    most: usize,
    taken: Mutex<HashMap<IpAddr, usize>>,
}

/// A place of an address; it is free again with this.
#[derive(Debug)]
struct Share {
    shares: Arc<Shares>,
    address: IpAddr,
}

impl Shares {
    fn taken(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// None: the address has as many as it may.
    fn take(self: &Arc<Self>, address: IpAddr) -> Option<Share> {
        let mut taken = self.taken();
        let count = taken.entry(address).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Share { shares: self.clone(), address })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.shares.taken();
        if let Some(count) = taken.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.address);
            }
        }
    }
}

impl Places {
    /// So many, for the portal at this address; our own proxy names addresses in this header.
    pub fn new(most: usize, own: Url, address_header: Option<String>) -> Self {
        let share = (most / 8).max(SMALLEST_SHARE).min(most);
        Self {
            free: Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS))),
            shares: Arc::new(Shares { most: share, taken: Mutex::default() }),
            own,
            address_header: address_header.map(Arc::from),
        }
    }

    /// A place, with its share of one address; an address that would stand for everyone has no bound of its own.
    fn take(&self, request: &Request) -> Option<(SemaphorePermit<'_>, Option<Share>)> {
        let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| *address);
        let caller = Caller::by(self.address_header.as_deref(), request.headers(), connection);
        let share = match caller.counted() {
            Some(address) => Some(self.shares.take(address)?),
            None => None,
        };
        Some((self.free.try_acquire().ok()?, share))
    }

    /// Answers if there is a place; otherwise says no, before anything is looked up or done. What was typed into a form comes
    /// back with the answer.
    pub async fn answer(self, request: Request, next: Next) -> Response {
        if PROBES.contains(&request.uri().path()) {
            return next.run(request).await;
        }
        match self.take(&request) {
            Some(_place) => next.run(request).await,
            None => {
                tracing::warn!("request.no_place");
                let kept = KeptForm::of(request, &self.own).await;
                let headers = [(header::RETRY_AFTER, RETRY_AFTER), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
                (StatusCode::SERVICE_UNAVAILABLE, headers, kept_form::page(say, kept.as_ref())).into_response()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_its_share_of_the_places_and_no_more() {
        let places = Places::new(512, "https://portal.example/".parse().expect("an address"), Some("x-real-ip".to_owned()));
        let from =
            |address: &str| Request::builder().header("x-real-ip", address).body(axum::body::Body::empty()).expect("a request");
        let (slow, other) = (from("203.0.113.7"), from("203.0.113.8"));
        let mut held: Vec<_> = (0..64).map(|_| places.take(&slow).expect("a place")).collect();
        assert!(places.take(&slow).is_none(), "it has its share");
        assert!(places.take(&other).is_some(), "others have theirs");
        held.pop();
        assert!(places.take(&slow).is_some(), "what was given back can be taken again");
        drop(held);
        assert!(places.shares.taken().is_empty(), "nothing is kept of who is gone");
    }
}
