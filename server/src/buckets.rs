//! Buckets that fill up again evenly: how much each one who asks may ask for.
//!
//! They are kept in this process: where several serve the same pages, each of them allows as much.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use credit::filing::Instant;

/// So many buckets are remembered; beyond that, those that are full again are forgotten, and then all.
const MOST_BUCKETS: usize = 20_000;

/// What one request takes out, so that a bucket fills by whole numbers each millisecond.
const PRICE: i64 = 60_000;

/// A bucket for each key.
#[derive(Debug)]
pub struct Buckets<K> {
    /// What a bucket gains in a millisecond.
    gain: i64,
    /// What a bucket holds.
    most: i64,
    buckets: Mutex<HashMap<K, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: i64,
    at: Instant,
}

impl<K: Eq + Hash> Buckets<K> {
    /// Buckets that hold `burst` requests and gain `per_minute`.
    pub fn new(per_minute: i64, burst: i64) -> Self {
        Self { gain: per_minute, most: burst * PRICE, buckets: Mutex::default() }
    }

    /// Takes one request out of a bucket.
    ///
    /// # Errors
    /// In how many seconds there will be one again.
    pub fn take(&self, whose: K, now: Instant) -> Result<(), u64> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_BUCKETS {
            buckets.retain(|_, bucket| self.left(*bucket, now) < self.most);
            if buckets.len() >= MOST_BUCKETS {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(whose).or_insert(Bucket { left: self.most, at: now });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_up_again_evenly() {
        let buckets = Buckets::new(60, 3);
        for _ in 0..3 {
            assert_eq!(buckets.take("one", 1_000), Ok(()));
        }
        assert_eq!(buckets.take("one", 1_000), Err(1));
        assert_eq!(buckets.take("one", 1_999), Err(1));
        assert_eq!(buckets.take("one", 2_000), Ok(()));
        assert_eq!(buckets.take("one", 2_000), Err(1));
        assert_eq!(buckets.take("another", 2_000), Ok(()), "another has its own");
        for _ in 0..3 {
            assert_eq!(buckets.take("one", 1_000_000), Ok(()), "and is full after a long time");
        }
        assert_eq!(buckets.take("one", 1_000_000), Err(1), "but not fuller");
        let slow = Buckets::new(1, 1);
        assert_eq!((slow.take("one", 0), slow.take("one", 0)), (Ok(()), Err(60)));
    }

    #[test]
    fn never_more_buckets_are_remembered_than_the_bound() {
        let buckets = Buckets::new(60, 1);
        for n in 0..MOST_BUCKETS + 10 {
            let _ = buckets.take(n, 0);
        }
        assert!(buckets.buckets.lock().expect("sound").len() <= MOST_BUCKETS);
    }
}
