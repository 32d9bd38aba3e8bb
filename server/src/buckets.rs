//! Buckets that fill up again evenly: how much each one who asks may ask for.
//!
//! Where several processes share a store, so they share the buckets in it. Each asks its own first: what it alone would refuse
//! costs the store no question.

use std::collections::HashMap;
use std::fmt::Display;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use credit::filing::Instant;

use crate::storage::Storage;
use crate::token::token_hash;

/// So many buckets are remembered here; beyond that, those that are full again are forgotten, and then all.
const MOST_BUCKETS: usize = 20_000;

/// So far apart the clocks of those who share a bucket may be, in microseconds. One that is emptied beyond that was emptied before
/// the clock was set back: it counts as full, so that nobody is shut out for that.
pub const MOST_APART: i64 = 60_000_000;

/// How fast a bucket fills, and what it holds.
///
/// A bucket is one number: when it will be full again, in microseconds since 1970 (the generic cell rate algorithm of ITU-T I.371
/// in its form of virtual scheduling).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    per_minute: i64,
    burst: i64,
}

impl Rate {
    /// Buckets that hold `burst` requests and gain `per_minute`, neither of them 0.
    pub fn new(per_minute: i64, burst: i64) -> Self {
        Self { per_minute, burst }
    }

    /// In what time a bucket gains one request, in microseconds.
    pub fn interval(self) -> i64 {
        60_000_000 / self.per_minute
    }

    /// In what time an empty bucket fills, in microseconds.
    pub fn whole(self) -> i64 {
        self.interval() * self.burst
    }

    /// In how many seconds a bucket has a request again that will be full at this time.
    pub fn wait(self, full_at: i64, now: Instant) -> u64 {
        let has_one_at = full_at + self.interval() - self.whole();
        u64::try_from(has_one_at - now * 1000).unwrap_or(0).div_ceil(1_000_000).max(1)
    }

    /// Takes one request out of a bucket that would be full at this time; gives when it will be now.
    ///
    /// # Errors
    /// If there is none: when it will be full.
    fn take(self, full_at: i64, now: Instant) -> Result<i64, i64> {
        let now = now * 1000;
        let is_of_another_time = full_at > now + self.whole() + MOST_APART;
        let full_at = if is_of_another_time { now } else { full_at.clamp(now, now + self.whole()) };
        let then = full_at + self.interval();
        if then <= now + self.whole() { Ok(then) } else { Err(full_at) }
    }
}

/// A bucket for each key.
#[derive(Debug)]
pub struct Buckets<K> {
    of_what: &'static str,
    rate: Rate,
    full_at: Mutex<HashMap<K, i64>>,
}

impl<K: Eq + Hash + Display> Buckets<K> {
    /// Buckets for one kind of request.
    pub fn new(of_what: &'static str, rate: Rate) -> Self {
        Self { of_what, rate, full_at: Mutex::default() }
    }

    /// Takes one request out of a bucket. A store that does not answer refuses nothing: then the bucket of this process counts.
    ///
    /// # Errors
    /// In how many seconds there will be one again.
    pub async fn take(&self, store: &dyn Storage, whose: K, now: Instant) -> Result<(), u64> {
        // Who it is shall not be read in the store at a glance, nor make a name of any length.
        let name = token_hash(&format!("{} {whose}", self.of_what));
        self.take_here(whose, now)?;
        store.take_from_bucket(&name, self.rate, now).await.unwrap_or_else(|error| {
            tracing::warn!(error.message = %error, "buckets.store_trouble");
            Ok(())
        })
    }

    /// As [`take`](Self::take), counting in this process alone.
    ///
    /// # Errors
    /// As [`take`](Self::take).
    pub fn take_here(&self, whose: K, now: Instant) -> Result<(), u64> {
        let mut buckets = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_BUCKETS {
            buckets.retain(|_, full_at| *full_at > now * 1000);
            if buckets.len() >= MOST_BUCKETS {
                buckets.clear();
            }
        }
        let full_at = buckets.entry(whose).or_insert(i64::MIN);
        let taken = self.rate.take(*full_at, now);
        *full_at = taken.unwrap_or_else(|full_at| full_at);
        taken.map(|_| ()).map_err(|full_at| self.rate.wait(full_at, now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_up_again_evenly() {
        let buckets = Buckets::new("tests", Rate::new(60, 3));
        for _ in 0..3 {
            assert_eq!(buckets.take_here("one", 1_000), Ok(()));
        }
        assert_eq!(buckets.take_here("one", 1_000), Err(1));
        assert_eq!(buckets.take_here("one", 1_999), Err(1));
        assert_eq!(buckets.take_here("one", 2_000), Ok(()));
        assert_eq!(buckets.take_here("one", 2_000), Err(1));
        assert_eq!(buckets.take_here("another", 2_000), Ok(()), "another has its own");
        for _ in 0..3 {
            assert_eq!(buckets.take_here("one", 1_000_000), Ok(()), "and is full after a long time");
        }
        assert_eq!(buckets.take_here("one", 1_000_000), Err(1), "but not fuller");
        let slow = Buckets::new("tests", Rate::new(1, 1));
        assert_eq!((slow.take_here("one", 0), slow.take_here("one", 0)), (Ok(()), Err(60)));
    }

    #[test]
    fn a_clock_that_is_set_back_shuts_nobody_out() {
        let buckets = Buckets::new("tests", Rate::new(60, 2));
        for _ in 0..2 {
            assert_eq!(buckets.take_here("one", 9_000_000), Ok(()));
        }
        assert_eq!(buckets.take_here("one", 9_000_000 - 59_000), Err(1), "clocks that are a little apart fill nothing");
        for _ in 0..2 {
            assert_eq!(buckets.take_here("one", 1_000), Ok(()));
        }
        assert_eq!(buckets.take_here("one", 1_000), Err(1));
    }

    #[test]
    fn never_more_buckets_are_remembered_than_the_bound() {
        let buckets = Buckets::new("tests", Rate::new(60, 1));
        for n in 0..MOST_BUCKETS + 10 {
            let _ = buckets.take_here(n, 0);
        }
        assert!(buckets.full_at.lock().expect("sound").len() <= MOST_BUCKETS);
    }
}
