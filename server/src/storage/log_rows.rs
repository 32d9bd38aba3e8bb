//! Between rows and the model of the log, for both stores.

use std::ops::Range;

use credit::log::entry::Entry;
use credit::log::tiles::HEIGHT;
use credit::log::tree::{Frontier, Hash, leaf_hash};

use super::{StorageError, Stored};

/// What appending entries adds to the tables.
#[derive(Default)]
pub(super) struct Growth {
    /// Their places and bytes.
    pub entries: Vec<(i64, Vec<u8>)>,
    /// What tiles get: level, number, hash.
    pub hashes: Vec<(i64, i64, Vec<u8>)>,
}

/// Grows the tree by these entries.
pub(super) fn grow(frontier: &mut Frontier, entries: &[Entry]) -> Stored<Growth> {
    let mut growth = Growth::default();
    for entry in entries {
        let bytes = entry.write();
        let number = column(frontier.size())?;
        for (node, hash) in frontier.append(leaf_hash(&bytes)) {
            if node.level.is_multiple_of(HEIGHT) {
                growth.hashes.push(((node.level / HEIGHT).into(), column(node.index)?, hash.to_vec()));
            }
        }
        growth.entries.push((number, bytes));
    }
    Ok(growth)
}

/// The head from its row.
pub(super) fn frontier((size, bytes): (i64, Vec<u8>)) -> Stored<Frontier> {
    let read = Frontier::from_bytes(&bytes).ok().filter(|frontier| i64::try_from(frontier.size()) == Ok(size));
    read.ok_or_else(|| StorageError::Inconsistent(format!("log_head: the frontier is not that of {size} entries")))
}

/// Hashes from their rows, which must follow each other without a gap.
pub(super) fn hashes(rows: Vec<(i64, Vec<u8>)>, from: i64) -> Stored<Vec<Hash>> {
    let hash = |bytes: Vec<u8>| bytes.try_into().map_err(|_| StorageError::Inconsistent("log_hashes: not a hash".to_owned()));
    dense(rows, from)?.into_iter().map(hash).collect()
}

/// What stands in rows that must follow each other without a gap.
pub(super) fn dense(rows: Vec<(i64, Vec<u8>)>, from: i64) -> Stored<Vec<Vec<u8>>> {
    let place = |((number, bytes), expected)| {
        if number == expected { Ok(bytes) } else { Err(StorageError::Inconsistent(format!("the log lacks number {expected}"))) }
    };
    rows.into_iter().zip(from..).map(place).collect()
}

/// Numbers as columns have them.
pub(super) fn columns(numbers: &Range<u64>) -> (i64, i64) {
    // What is beyond all numbers is beyond what there is.
    let column = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    (column(numbers.start), column(numbers.end))
}

/// A size or number as its column has it.
pub(super) fn column(number: u64) -> Stored<i64> {
    i64::try_from(number).map_err(|_| StorageError::Inconsistent("the log is longer than numbers go".to_owned()))
}
