//! The tree of RFC 6962 (and 9162), section 2.1, as it grows at its right edge.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The hash of a leaf: SHA-256 of a zero byte and the entry.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash of an inner node: SHA-256 of a one byte, the left hash and the right one.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of a tree without leaves: SHA-256 of nothing.
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The place of a perfect subtree, one with 2^`level` leaves: it begins with leaf `index` · 2^`level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// How far above the leaves; a leaf has 0.
    pub level: u8,
    /// How many subtrees of this level stand to its left.
    pub index: u64,
}

/// The root over perfect subtrees side by side, each smaller than the one to its left; none: there are none.
pub fn joined(largest_first: &[Hash]) -> Option<Hash> {
    let (last, others) = largest_first.split_last()?;
    Some(others.iter().rev().fold(*last, |right, left| node_hash(left, &right)))
}

/// The root of a perfect subtree from the hashes of its lowest level; none unless their number is a power of two.
pub fn perfect_root(hashes: &[Hash]) -> Option<Hash> {
    if !hashes.len().is_power_of_two() {
        return None;
    }
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        row = row.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
    }
    row.first().copied()
}

/// Bytes that are no frontier: too few, too many, or not those of the size they begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFrontier;

/// The right edge of a tree: its size and the roots of the perfect subtrees that it is made of. No more is needed to go on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// One for each bit that is set in the size, largest subtree first.
    subtrees: Vec<Hash>,
}

impl Frontier {
    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The tree's root.
    pub fn root(&self) -> Hash {
        joined(&self.subtrees).unwrap_or_else(empty_root)
    }

    /// Appends a leaf by its hash. Returns every perfect subtree that it completes, itself first, each with its root.
    pub fn append(&mut self, leaf: Hash) -> Vec<(Node, Hash)> {
        let number = self.size;
        // As many subtrees are completed as the old size ends in ones.
        let mut completed = vec![(Node { level: 0, index: number }, leaf)];
        let mut hash = leaf;
        for level in 1..=number.trailing_ones() {
            let Some(left) = self.subtrees.pop() else { break };
            hash = node_hash(&left, &hash);
            // A size has 64 bits.
            completed.push((Node { level: level as u8, index: number >> level }, hash));
        }
        self.subtrees.push(hash);
        self.size += 1;
        completed
    }

    /// As it is stored: the size (eight bytes, the highest first), then the roots.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        bytes.extend(self.subtrees.iter().flatten());
        bytes
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    /// [`NoFrontier`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NoFrontier> {
        let (size, roots) = bytes.split_first_chunk::<8>().ok_or(NoFrontier)?;
        let size = u64::from_be_bytes(*size);
        let (subtrees, rest) = roots.as_chunks::<32>();
        if !rest.is_empty() || subtrees.len() != size.count_ones() as usize {
            return Err(NoFrontier);
        }
        Ok(Self { size, subtrees: subtrees.to_vec() })
    }
}
