//! What happens when more is asked than can be answered: a no at once, in words, instead of a queue without end.
//!
//! Two things say so: all places are taken, or a queue has come to stay (decision 0026). Of the second, looks are told before
//! deeds are: who only wants to see something can ask again, who has typed something should be rid of it.

mod queue;
mod shares;
mod standing_queue;

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::wording::overload::{say, say_of_look};
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::metrics::counter::Counter;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;
use url::Url;

use self::queue::Queue;
use self::shares::{Share, Shares};
use crate::caller::Caller;
use crate::kept_form::{self, KeptForm};
use crate::storage::Storage;

/// After so many seconds it is worth trying again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");
/// What watches over the portal must see it as it is, above all now.
const PROBES: [&str; 2] = ["/health/live", "/health/ready"];

/// Below so many places nobody's share is bounded; many people may have one address.
const SMALLEST_SHARE: usize = 64;

/// With fewer requests there is no queue to speak of, whatever makes them wait.
const FEW: usize = 32;
/// An address that has as many is turned away before all others where a queue has come to stay: more than a browser asks for at once.
const MUCH: usize = 8;
/// The log says so often how many were turned away.
const SAID_EVERY: Duration = Duration::from_secs(1);

/// How many requests may wait for their answers to begin, all of them and those of one address. An event stream's answer begins
/// at once, so open pages do not count.
#[derive(Clone, Debug)]
pub struct Places {
    most: usize,
    free: Arc<Semaphore>,
    shares: Arc<Shares>,
    /// The portal's own address: what was typed on a page of it is kept.
    own: Url,
    /// In which header our own proxy names addresses.
    address_header: Option<Arc<str>>,
    /// Where there is a store to wait for.
    queue: Option<Arc<Queue>>,
    turned_away: Arc<TurnedAway>,
}

/// Who was turned away: all are counted, and the log has a line a second of them.
#[derive(Debug, Default)]
struct TurnedAway {
    all: Counter<u64, AtomicU64>,
    unsaid: Mutex<(u64, Option<Instant>)>,
}

impl TurnedAway {
    fn one(&self) {
        self.all.inc();
        let mut unsaid = self.unsaid.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, said_at) = &mut *unsaid;
        *count += 1;
        if said_at.is_none_or(|at| at.elapsed() >= SAID_EVERY) {
            tracing::warn!(request.count = *count, "request.no_place");
            *unsaid = (0, Some(Instant::now()));
        }
    }
}

impl Places {
    /// So many, for the portal at this address; our own proxy names addresses in this header.
    pub fn new(most: usize, own: Url, address_header: Option<String>) -> Self {
        let most = most.min(Semaphore::MAX_PERMITS);
        let share = (most / 8).max(SMALLEST_SHARE).min(most);
        Self {
            most,
            free: Arc::new(Semaphore::new(most)),
            shares: Arc::new(Shares::of(share)),
            own,
            address_header: address_header.map(Arc::from),
            queue: None,
            turned_away: Arc::default(),
        }
    }

    /// As these, and no longer a queue than is good for those who are in it, whose requests all ask this store.
    pub fn watching(self, storage: Arc<dyn Storage>) -> Self {
        Self { queue: Some(Arc::new(Queue::new(storage))), ..self }
    }

    /// As these; who is turned away is counted here.
    pub fn counting(self, all: Counter<u64, AtomicU64>) -> Self {
        Self { turned_away: Arc::new(TurnedAway { all, ..TurnedAway::default() }), ..self }
    }

    /// Whether there are more than a few requests.
    fn are_many(&self) -> bool {
        self.most - self.free.available_permits() >= FEW
    }

    /// Whether a queue has come to stay in which this request of this address should not stand too.
    fn is_crowded(&self, request: &Request, address: Option<IpAddr>) -> bool {
        let Some(queue) = &self.queue else { return false };
        if !self.are_many() {
            return false;
        }
        if queue.is_to_be_measured(Instant::now()) {
            let (queue, places) = (queue.clone(), self.clone());
            tokio::spawn(async move { queue.measure(|| places.are_many()).await });
        }
        queue.turns_away(request, address.is_some_and(|address| self.shares.of_address(address) >= MUCH))
    }

    /// Whose request it is; none where the address would stand for everyone.
    fn address(&self, request: &Request) -> Option<IpAddr> {
        let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| *address);
        Caller::by(self.address_header.as_deref(), request.headers(), connection).counted()
    }

    /// A place, with its share of one address; an address that would stand for everyone has no bound of its own.
    fn take(&self, address: Option<IpAddr>) -> Option<(SemaphorePermit<'_>, Option<Share>)> {
        let share = match address {
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
        let address = self.address(&request);
        let place = if self.is_crowded(&request, address) { None } else { self.take(address) };
        match place {
            Some(_place) => next.run(request).await,
            None => {
                self.turned_away.one();
                let words = if request.method().is_safe() { say_of_look } else { say };
                let kept = KeptForm::of(request, &self.own).await;
                let headers = [(header::RETRY_AFTER, RETRY_AFTER), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
                (StatusCode::SERVICE_UNAVAILABLE, headers, kept_form::page(words, kept.as_ref())).into_response()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::sqlite::SqliteStorage;

    fn places() -> Places {
        Places::new(512, "https://portal.example/".parse().expect("an address"), Some("x-real-ip".to_owned()))
    }

    fn from(address: &str) -> Request {
        Request::builder().header("x-real-ip", address).body(axum::body::Body::empty()).expect("a request")
    }

    #[test]
    fn one_address_has_its_share_of_the_places_and_no_more() {
        let places = places();
        let [slow, other] = ["203.0.113.7", "203.0.113.8"].map(|address| places.address(&from(address)));
        let mut held: Vec<_> = (0..64).map(|_| places.take(slow).expect("a place")).collect();
        assert!(places.take(slow).is_none(), "it has its share");
        assert!(places.take(other).is_some(), "others have theirs");
        held.pop();
        assert!(places.take(slow).is_some(), "what was given back can be taken again");
        drop(held);
        assert!(places.shares.taken().is_empty(), "nothing is kept of who is gone");
    }

    #[tokio::test]
    async fn in_a_queue_who_has_much_under_way_is_turned_away_before_all_others() {
        let folder = std::env::temp_dir().join(format!("chengxin-places-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&folder).expect("a folder can be made");
        let storage = SqliteStorage::open(&folder.join("places.sqlite")).await.expect("the store opens");
        let places = places().watching(Arc::new(storage));
        let queue = places.queue.as_ref().expect("it is watched");
        // Measured by this test alone.
        assert!(queue.is_to_be_measured(Instant::now()));
        let crowded = |address: &str| {
            let request = from(address);
            places.is_crowded(&request, places.address(&request))
        };
        let [greedy, other] = ["203.0.113.7", "203.0.113.8"];
        let _held: Vec<_> = (0..FEW).map(|_| places.take(places.address(&from(greedy))).expect("a place")).collect();
        assert!(!crowded(greedy) && !crowded(other), "there is no queue");
        let begin = Instant::now();
        for (at, wait) in [(0, 7), (100, 7), (110, 1)] {
            queue.waited(Duration::from_millis(wait), begin + Duration::from_millis(at));
        }
        assert!((0..100).all(|_| crowded(greedy)), "whoever asks without pause");
        assert!(!crowded(other), "and has not taken the turn of others");
        let _ = std::fs::remove_dir_all(&folder);
    }
}
