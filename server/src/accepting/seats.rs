//! How many connections there are: of everyone, and of each address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use super::Bounds;
use crate::caller::whose;

/// The seats.
#[derive(Debug)]
pub(super) struct Seats {
    bounds: Bounds,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    of: HashMap<IpAddr, usize>,
}

/// One connection's seat; free again when dropped.
#[derive(Debug)]
pub(super) struct Seat {
    seats: Arc<Seats>,
    whose: IpAddr,
}

impl Seats {
    pub(super) fn new(bounds: Bounds) -> Self {
        Self { bounds, taken: Mutex::default() }
    }

    /// A seat for this address, if there is one.
    pub(super) fn take(self: &Arc<Self>, address: IpAddr) -> Option<Seat> {
        let whose = whose(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let theirs = taken.of.get(&whose).copied().unwrap_or_default();
        if taken.all >= self.bounds.connections || theirs >= self.bounds.per_address {
            return None;
        }
        taken.all += 1;
        taken.of.insert(whose, theirs + 1);
        Some(Seat { seats: self.clone(), whose })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        if let Some(theirs) = taken.of.get_mut(&self.whose) {
            *theirs -= 1;
            if *theirs == 0 {
                taken.of.remove(&self.whose);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_only_its_share_and_what_is_left_is_free_again() {
        let seats = Arc::new(Seats::new(Bounds { connections: 3, per_address: 2 }));
        let (one, other): (IpAddr, IpAddr) = ("192.0.2.1".parse().expect("sound"), "192.0.2.2".parse().expect("sound"));
        let first = seats.take(one);
        let second = seats.take(one);
        assert!(first.is_some() && second.is_some() && seats.take(one).is_none(), "two and no third");
        let third = seats.take(other);
        assert!(third.is_some() && seats.take(other).is_none(), "three of everyone and no fourth");
        drop(first);
        assert!(seats.take(other).is_some());
        drop((second, third));
        let taken = seats.taken.lock().expect("sound");
        assert_eq!((taken.all, taken.of.len()), (0, 0), "nobody is remembered who has left");
    }
}
