//! The public log as it is kept: entries, the hashes that its tiles hold, and its head.
//!
//! In each store there is also a function `append` that other transactions call, so that an entry is born with what it tells of.

use std::collections::HashMap;
use std::ops::Range;

use async_trait::async_trait;
use credit::log::entry::Entry;
use credit::log::proof::Plan;
use credit::log::tiles::{FULL, HEIGHT};
use credit::log::tree::{Frontier, Hash, Node, perfect_root};

use super::{StorageError, Stored};

/// The public log. Whatever was read once stays as it was: entries and hashes are added and never changed.
#[async_trait]
pub trait PublicLog: Send + Sync {
    /// Its size and right edge, from which its root follows.
    async fn log_head(&self) -> Stored<Frontier>;
    /// The hashes of a level of tiles, as many of them as there are.
    async fn log_hashes(&self, level: u8, numbers: Range<u64>) -> Stored<Vec<Hash>>;
    /// Entries, exactly as they were hashed, as many of them as there are.
    async fn log_entries(&self, numbers: Range<u64>) -> Stored<Vec<Vec<u8>>>;
    /// Appends entries in a transaction of their own, and gives their places. What an entry tells of, if it is kept here,
    /// belongs in the same transaction: then this is not the way.
    async fn append_alone(&self, entries: &[Entry]) -> Stored<Vec<i64>>;
    /// The verifier key that this log belongs to, if it was claimed.
    async fn log_verifier(&self) -> Stored<Option<String>>;
    /// The verifier key that this log belongs to: the one offered, if there was none yet.
    async fn claim_log(&self, verifier: &str) -> Stored<String>;

    /// The proof that entry `index` is in the log of `size` entries; none where it is not, or the log is not so long.
    async fn inclusion_proof(&self, index: u64, size: u64) -> Stored<Option<Vec<Hash>>> {
        prove(self, Plan::inclusion(index, size), size).await
    }

    /// The proof that the log of `old` entries is the beginning of the one of `new`; none where it is longer, or the log is not
    /// so long.
    async fn consistency_proof(&self, old: u64, new: u64) -> Stored<Option<Vec<Hash>>> {
        prove(self, Plan::consistency(old, new), new).await
    }

    /// The root that the log had when it had `size` entries; none where it is not so long, or had none.
    async fn root_of(&self, size: u64) -> Stored<Option<Hash>> {
        let proof = prove(self, Plan::root(size), size).await?;
        Ok(proof.and_then(|hashes| hashes.first().copied()))
    }
}

async fn prove<L: PublicLog + ?Sized>(log: &L, plan: Option<Plan>, size: u64) -> Stored<Option<Vec<Hash>>> {
    let Some(plan) = plan else { return Ok(None) };
    if log.log_head().await?.size() < size {
        return Ok(None);
    }
    // The needed nodes of one tile come in one reading.
    let mut readings: HashMap<(u8, u64), Range<u64>> = HashMap::new();
    for node in plan.nodes() {
        let (level, hashes) = hashes_under(node);
        let reading = readings.entry((level, hashes.start / FULL)).or_insert_with(|| hashes.clone());
        *reading = reading.start.min(hashes.start)..reading.end.max(hashes.end);
    }
    let mut read: HashMap<(u8, u64), (u64, Vec<Hash>)> = HashMap::new();
    for (tile, numbers) in readings {
        let hashes = log.log_hashes(tile.0, numbers.clone()).await?;
        read.insert(tile, (numbers.start, hashes));
    }
    let hash_of = |node| {
        let (level, hashes) = hashes_under(node);
        let (start, found) = read.get(&(level, hashes.start / FULL))?;
        let place = |number: u64| usize::try_from(number - start).ok();
        perfect_root(found.get(place(hashes.start)?..place(hashes.end)?)?)
    };
    plan.proof(hash_of).map(Some).ok_or_else(|| StorageError::Inconsistent(format!("the log of {size} entries lacks hashes")))
}

/// Which hashes of which level of tiles a perfect subtree is made of: all in one tile.
fn hashes_under(node: Node) -> (u8, Range<u64>) {
    let above = node.level % HEIGHT;
    (node.level / HEIGHT, node.index << above..(node.index + 1) << above)
}
