//! Proofs of RFC 6962, sections 2.1.1 and 2.1.2: that an entry is in the tree, and that a tree only grew.
//!
//! A hash of a proof may stand for a part that is not perfect (the right edge). So a [`Plan`] says which perfect subtrees each
//! hash is made of; those are what a store keeps.

use std::ops::Range;

use super::tree::{Hash, Node, empty_root, joined, node_hash};

/// The most hashes a proof can have: a size has 64 bits, and a consistency proof one hash more than levels.
const MOST: usize = 65;

/// Why a proof proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unproven {
    /// There is no such leaf in a tree of this size, or the older size is larger than the newer one.
    Outside,
    /// It has too few or too many hashes.
    Length,
    /// It leads to another root.
    Root,
}

/// Which perfect subtrees a proof is made of: a list for each of its hashes, largest subtree first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan(Vec<Vec<Node>>);

impl Plan {
    /// That leaf `index` is in the tree of `size` leaves; none where it is not.
    pub fn inclusion(index: u64, size: u64) -> Option<Self> {
        (index < size).then(|| {
            let mut parts = Vec::new();
            inclusion(index, 0..size, &mut parts);
            Self(parts.into_iter().map(perfect_subtrees).collect())
        })
    }

    /// That the tree of `old` leaves is the beginning of the one of `new`; none where it is larger. Of an empty tree, and of
    /// the same one, the proof is empty.
    pub fn consistency(old: u64, new: u64) -> Option<Self> {
        (old <= new).then(|| {
            let mut parts = Vec::new();
            if old > 0 {
                consistency(old, 0..new, true, &mut parts);
            }
            Self(parts.into_iter().map(perfect_subtrees).collect())
        })
    }

    /// The root of the tree of `size` leaves, as the only hash of a proof; none of an empty tree.
    pub fn root(size: u64) -> Option<Self> {
        (size > 0).then(|| Self(vec![perfect_subtrees(0..size)]))
    }

    /// Every perfect subtree that is needed.
    pub fn nodes(&self) -> impl Iterator<Item = Node> {
        self.0.iter().flatten().copied()
    }

    /// The proof, from the subtrees' hashes; none where one is missing.
    pub fn proof(&self, hash_of: impl Fn(Node) -> Option<Hash>) -> Option<Vec<Hash>> {
        self.0
            .iter()
            .map(|nodes| {
                let hashes: Vec<Hash> = nodes.iter().map(|node| hash_of(*node)).collect::<Option<_>>()?;
                joined(&hashes)
            })
            .collect()
    }
}

/// The largest power of two that is smaller than `size`, which is at least 2.
fn split(size: u64) -> u64 {
    1 << (u64::BITS - 1 - (size - 1).leading_zeros())
}

/// PATH of RFC 6962, within the leaves of `tree`.
fn inclusion(index: u64, tree: Range<u64>, parts: &mut Vec<Range<u64>>) {
    let size = tree.end - tree.start;
    if size <= 1 {
        return;
    }
    let middle = tree.start + split(size);
    if index < middle {
        inclusion(index, tree.start..middle, parts);
        parts.push(middle..tree.end);
    } else {
        inclusion(index, middle..tree.end, parts);
        parts.push(tree.start..middle);
    }
}

/// SUBPROOF of RFC 6962, within the leaves of `tree`; `old` is counted from the whole tree's beginning.
fn consistency(old: u64, tree: Range<u64>, whole: bool, parts: &mut Vec<Range<u64>>) {
    if old == tree.end {
        if !whole {
            parts.push(tree);
        }
        return;
    }
    let middle = tree.start + split(tree.end - tree.start);
    if old <= middle {
        consistency(old, tree.start..middle, whole, parts);
        parts.push(middle..tree.end);
    } else {
        consistency(old, middle..tree.end, false, parts);
        parts.push(tree.start..middle);
    }
}

/// The perfect subtrees that a part of a tree is made of, largest first. A part begins at a multiple of the largest.
fn perfect_subtrees(part: Range<u64>) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut start = part.start;
    while start < part.end {
        let level = (part.end - start).ilog2();
        // A size has 64 bits.
        nodes.push(Node { level: level as u8, index: start >> level });
        start += 1 << level;
    }
    nodes
}

/// Whether `proof` shows that the leaf with this hash is number `index` of the tree with this size and root.
///
/// # Errors
/// [`Unproven`].
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, root: &Hash, proof: &[Hash]) -> Result<(), Unproven> {
    if index >= size {
        return Err(Unproven::Outside);
    }
    if proof.len() > MOST {
        return Err(Unproven::Length);
    }
    // RFC 9162, section 2.1.3.2.
    let (mut place, mut last, mut hash) = (index, size - 1, *leaf);
    for part in proof {
        if last == 0 {
            return Err(Unproven::Length);
        }
        if place % 2 == 1 || place == last {
            hash = node_hash(part, &hash);
            while place.is_multiple_of(2) && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            hash = node_hash(&hash, part);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    if last != 0 {
        return Err(Unproven::Length);
    }
    if hash == *root { Ok(()) } else { Err(Unproven::Root) }
}

/// Whether `proof` shows that the tree of `old` leaves with `old_root` is the beginning of that of `new` with `new_root`.
///
/// # Errors
/// [`Unproven`].
pub fn verify_consistency(old: u64, old_root: &Hash, new: u64, new_root: &Hash, proof: &[Hash]) -> Result<(), Unproven> {
    if old > new {
        return Err(Unproven::Outside);
    }
    if old == 0 || old == new {
        if !proof.is_empty() {
            return Err(Unproven::Length);
        }
        let expected = if old == 0 { &empty_root() } else { new_root };
        let holds = old_root == expected && (new > 0 || *new_root == empty_root());
        return if holds { Ok(()) } else { Err(Unproven::Root) };
    }
    if proof.len() > MOST {
        return Err(Unproven::Length);
    }
    // RFC 9162, section 2.1.4.2. A perfect older tree is itself the first part.
    let (first, rest) = if old.is_power_of_two() {
        (*old_root, proof)
    } else {
        let (first, rest) = proof.split_first().ok_or(Unproven::Length)?;
        (*first, rest)
    };
    let skip = (old - 1).trailing_ones();
    // Shifted out altogether only where the older size is 2^64, which is none.
    let (mut place, mut last) = ((old - 1) >> skip, (new - 1) >> skip);
    let (mut old_hash, mut new_hash) = (first, first);
    for part in rest {
        if last == 0 {
            return Err(Unproven::Length);
        }
        if place % 2 == 1 || place == last {
            old_hash = node_hash(part, &old_hash);
            new_hash = node_hash(part, &new_hash);
            while place.is_multiple_of(2) && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            new_hash = node_hash(&new_hash, part);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    if last != 0 {
        return Err(Unproven::Length);
    }
    if old_hash == *old_root && new_hash == *new_root { Ok(()) } else { Err(Unproven::Root) }
}
