//! So that one machine cannot take the public pages away from everyone else: each address has a bucket of questions that
//! fills up again evenly.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use app::wording::notices::Notice;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use credit::filing::Instant;

use crate::config::LookUpSettings;
use crate::doors::answer::Refusal;
use crate::portal::Portal;

/// So many addresses are remembered; beyond that, those whose buckets are full again are forgotten, and then all.
const MOST_ADDRESSES: usize = 20_000;

/// A question's price, so that a bucket fills by whole numbers each millisecond.
const PRICE: i64 = 60_000;

/// The buckets of all addresses.
#[derive(Debug)]
pub struct LookUpLimit {
    /// What a bucket gains in a millisecond.
    gain: i64,
    /// What a bucket holds.
    most: i64,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: i64,
    at: Instant,
}

impl LookUpLimit {
    /// By these settings.
    pub fn new(settings: &LookUpSettings) -> Self {
        Self { gain: settings.per_minute, most: settings.burst * PRICE, buckets: Mutex::default() }
    }

    /// Takes one question out of an address's bucket.
    ///
    /// # Errors
    /// In how many seconds there will be one again.
    pub fn take(&self, address: IpAddr, now: Instant) -> Result<(), u64> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_ADDRESSES {
            buckets.retain(|_, bucket| self.left(*bucket, now) < self.most);
            if buckets.len() >= MOST_ADDRESSES {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(whose(address)).or_insert(Bucket { left: self.most, at: now });
        let left = self.left(*bucket, now);
        if left < PRICE {
            *bucket = Bucket { left, at: now };
            return Err(u64::try_from((PRICE - left + self.gain * 1000 - 1) / (self.gain * 1000)).unwrap_or(1));
        }
        *bucket = Bucket { left: left - PRICE, at: now };
        Ok(())
    }

    fn left(&self, bucket: Bucket, now: Instant) -> i64 {
        // A clock that was set back fills nothing.
        let gained = (now - bucket.at).max(0).saturating_mul(self.gain);
        bucket.left.saturating_add(gained).min(self.most)
    }
}

/// An address stands for whoever can choose it: of IPv6, everyone has at least a whole network of 64 bits.
pub(crate) fn whose(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) & !u128::from(u64::MAX)).into()),
        address => address,
    }
}

/// The address that asks: the connection's or, where the settings trust a header, the last one in it, which our own proxy
/// has written.
fn address_of(header: Option<&str>, headers: &HeaderMap, connection: Option<SocketAddr>) -> IpAddr {
    let named = header.and_then(|name| headers.get_all(name).iter().next_back()).and_then(|value| {
        let last = value.to_str().ok()?.rsplit(',').next()?.trim();
        last.parse::<IpAddr>().or_else(|_| last.parse().map(|address: SocketAddr| address.ip())).ok()
    });
    named.or(connection.map(|connection| connection.ip())).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

/// Lets an address look up only so much.
pub async fn limit(State(portal): State<Arc<Portal>>, request: Request, next: Next) -> Response {
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| *address);
    let address = address_of(portal.config.look_up.address_header.as_deref(), request.headers(), connection);
    match portal.look_ups.take(address, portal.clock.now()) {
        Ok(()) => next.run(request).await,
        Err(seconds) => {
            tracing::info!(look_up.wait_s = seconds, "look_up.too_many");
            Refusal::Notice(Notice::TooMany, StatusCode::TOO_MANY_REQUESTS).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(per_minute: i64, burst: i64) -> LookUpLimit {
        LookUpLimit::new(&LookUpSettings { per_minute, burst, address_header: None })
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn a_bucket_empties_and_fills_up_again_evenly() {
        let (limit, address) = (limit(60, 3), ip("192.0.2.1"));
        for _ in 0..3 {
            assert_eq!(limit.take(address, 1_000), Ok(()));
        }
        assert_eq!(limit.take(address, 1_000), Err(1));
        assert_eq!(limit.take(address, 1_999), Err(1));
        assert_eq!(limit.take(address, 2_000), Ok(()));
        assert_eq!(limit.take(address, 2_000), Err(1));
        assert_eq!(limit.take(ip("192.0.2.2"), 2_000), Ok(()), "another address has its own");
        for _ in 0..3 {
            assert_eq!(limit.take(address, 1_000_000), Ok(()), "and is full after a long time");
        }
        assert_eq!(limit.take(address, 1_000_000), Err(1), "but not fuller");
        let slow = self::limit(1, 1);
        assert_eq!((slow.take(address, 0), slow.take(address, 0)), (Ok(()), Err(60)));
    }

    #[test]
    fn a_network_of_version_six_is_one_address() {
        let limit = limit(60, 1);
        assert_eq!(limit.take(ip("2001:db8:1:2::1"), 0), Ok(()));
        assert_eq!(limit.take(ip("2001:db8:1:2:ffff::2"), 0), Err(1));
        assert_eq!(limit.take(ip("2001:db8:1:3::1"), 0), Ok(()));
        assert_eq!((limit.take(ip("::ffff:192.0.2.1"), 0), limit.take(ip("192.0.2.1"), 0)), (Ok(()), Err(1)));
    }

    #[test]
    fn never_more_addresses_are_remembered_than_the_bound() {
        let limit = limit(60, 1);
        for n in 0..u32::try_from(MOST_ADDRESSES).expect("it is small") + 10 {
            let _ = limit.take(IpAddr::V4(Ipv4Addr::from(n)), 0);
        }
        assert!(limit.buckets.lock().expect("sound").len() <= MOST_ADDRESSES);
    }

    #[test]
    fn a_header_counts_only_where_it_is_trusted_and_only_its_last_entry() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "198.51.100.7, 203.0.113.9".parse().expect("a value"));
        let connection = Some("192.0.2.1:4000".parse().expect("an address"));
        assert_eq!(address_of(None, &headers, connection), ip("192.0.2.1"));
        assert_eq!(address_of(Some("x-forwarded-for"), &headers, connection), ip("203.0.113.9"));
        headers.append("x-forwarded-for", "nonsense".parse().expect("a value"));
        assert_eq!(address_of(Some("x-forwarded-for"), &headers, connection), ip("192.0.2.1"));
    }
}
