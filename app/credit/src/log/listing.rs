//! Entries by which anyone can tell that the list of public commitments is complete.
//!
//! When a commitment comes onto the list the log gets an entry of the kind [`Listed`](super::entry::EntryKind::Listed), when it
//! leaves it one of the kind [`Unlisted`](super::entry::EntryKind::Unlisted). Kinds can be read by everyone, so everyone can
//! count: what was listed and not taken off again must be on the list, each with the entry that is its own.

use sha2::{Digest, Sha256};

use super::entry::{Entry, EntryKind, salted};
use crate::filing::Instant;

/// Where a commitment came onto the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The place of the entry in the log.
    pub entry: i64,
    /// The time in it.
    pub at: Instant,
    /// What its hash is salted with. It may be told: the code is public.
    pub salt: [u8; 32],
}

impl Listing {
    /// The salt of these entries, from the one that belongs to the commitment's receipt: that one stays secret, since with it
    /// what is masked could be guessed.
    pub fn salt(receipt: &[u8; 32]) -> [u8; 32] {
        Sha256::new().chain_update(receipt).chain_update(b"listing").finalize().into()
    }

    /// The entry of a commitment with this code.
    pub fn entry_of(kind: EntryKind, code: &str, salt: &[u8; 32], at: Instant) -> Entry {
        Entry { kind, at, digest: salted(salt, format!("{code}\n").as_bytes()) }
    }

    /// Whether an entry of the log is the one by which this commitment came onto the list.
    pub fn is_of(&self, code: &str, entry: &Entry) -> bool {
        *entry == Self::entry_of(EntryKind::Listed, code, &self.salt, self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_of_one_commitment_only() {
        let salt = Listing::salt(&[7; 32]);
        let listing = Listing { entry: 3, at: 5, salt };
        let entry = Listing::entry_of(EntryKind::Listed, "31012020261124000001", &salt, 5);
        assert!(listing.is_of("31012020261124000001", &entry));
        assert!(!listing.is_of("31012020261124000002", &entry));
        assert!(!listing.is_of("31012020261124000001", &Entry { kind: EntryKind::Unlisted, ..entry }));
        assert_ne!(salt, [7; 32], "the receipt's own salt is not told");
    }
}
