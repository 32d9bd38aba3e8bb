//! Entries, and the proofs of them.

use std::time::{Duration, Instant};

use credit::log::entry::{Entry, EntryKind, salted};
use credit::log::proof::verify_inclusion;
use credit::log::tree::leaf_hash;
use server::storage::Storage;

/// How many entries are appended one by one.
pub const SINGLE: u64 = 500;

fn entry(number: u64) -> Entry {
    let digest = salted(&[0; 32], &number.to_be_bytes());
    Entry { kind: EntryKind::Accepted, at: 1_795_521_120_000 + number as i64, digest }
}

/// Appends so many entries, a thousand in a transaction.
pub async fn by_thousands(storage: &dyn Storage, entries: u64) {
    for start in (0..entries).step_by(1000) {
        let batch: Vec<Entry> = (start..entries.min(start + 1000)).map(entry).collect();
        storage.append_alone(&batch).await.expect("they are appended");
    }
}

/// Appends one after another from this number on. Returns the median.
pub async fn one_by_one(storage: &dyn Storage, from: u64) -> Duration {
    let mut times = Vec::new();
    for number in from..from + SINGLE {
        let begun = Instant::now();
        storage.append_alone(&[entry(number)]).await.expect("it is appended");
        times.push(begun.elapsed());
    }
    median(times)
}

/// Proves entries all over a log of this size, and verifies each proof. Returns the median of the proving.
pub async fn proofs(storage: &dyn Storage, size: u64) -> Duration {
    let root = storage.log_head().await.expect("there is a head").root();
    let mut times = Vec::new();
    for step in 0..200 {
        let index = size * step / 200;
        let begun = Instant::now();
        let proof = storage.inclusion_proof(index, size).await.expect("it is read").expect("it is in the log");
        times.push(begun.elapsed());
        verify_inclusion(&leaf_hash(&entry(index).write()), index, size, &root, &proof).expect("it is proved");
    }
    median(times)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
