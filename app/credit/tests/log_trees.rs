//! The log's tree and its proofs: the known roots of RFC 6962's test vectors, and the reader `tlog_tiles` as the judge.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use credit::log::proof::{Plan, Unproven, verify_consistency, verify_inclusion};
use credit::log::tree::{Frontier, Hash, NoFrontier, Node, leaf_hash, perfect_root};
use proptest::prelude::*;
use tlog_tiles::tlog::{Hash as TheirHash, check_record, check_tree};

/// The eight leaves that Certificate Transparency's own tests use, in hexadecimal.
const LEAVES: [&str; 8] = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

/// The root after each of them, none first.
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn bytes(hexadecimal: &str) -> Vec<u8> {
    hexadecimal.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// A tree that remembers everything: its nodes, and its root at every size.
struct Tree {
    nodes: HashMap<Node, Hash>,
    roots: Vec<Hash>,
}

impl Tree {
    fn of(size: u64) -> Self {
        let mut frontier = Frontier::default();
        let mut tree = Self { nodes: HashMap::new(), roots: vec![frontier.root()] };
        for number in 0..size {
            tree.nodes.extend(frontier.append(leaf_hash(&number.to_be_bytes())));
            tree.roots.push(frontier.root());
        }
        tree
    }

    fn proof(&self, plan: &Plan) -> Vec<Hash> {
        plan.proof(|node| self.nodes.get(&node).copied()).unwrap()
    }

    fn root(&self, size: u64) -> Hash {
        self.roots[size as usize]
    }
}

fn theirs(proof: &[Hash]) -> Vec<TheirHash> {
    proof.iter().map(|hash| TheirHash(*hash)).collect()
}

fn flipped(hash: &Hash, bit: usize) -> Hash {
    let mut other = *hash;
    other[bit / 8 % 32] ^= 1 << (bit % 8);
    other
}

#[test]
fn the_known_roots_come_out() {
    let mut frontier = Frontier::default();
    assert_eq!(frontier.root().to_vec(), bytes(ROOTS[0]));
    for (leaf, root) in LEAVES.iter().zip(&ROOTS[1..]) {
        frontier.append(leaf_hash(&bytes(leaf)));
        assert_eq!(frontier.root().to_vec(), bytes(root));
    }
    assert_eq!(frontier.size(), 8);
}

#[test]
fn a_frontier_comes_back_from_its_bytes_and_from_no_others() {
    let mut frontier = Frontier::default();
    for number in 0_u64..70 {
        let bytes = frontier.to_bytes();
        assert_eq!(Frontier::from_bytes(&bytes), Ok(frontier.clone()));
        assert_eq!(Frontier::from_bytes(&bytes[..bytes.len() - 1]), Err(NoFrontier));
        assert_eq!(Frontier::from_bytes(&[&bytes[..], &[0]].concat()), Err(NoFrontier));
        assert_eq!(Frontier::from_bytes(&[&bytes[..], &[0; 32]].concat()), Err(NoFrontier));
        frontier.append(leaf_hash(&number.to_be_bytes()));
    }
}

#[test]
fn every_proof_of_small_trees_holds_for_us_and_for_another_reader() {
    let tree = Tree::of(70);
    for size in 0_u64..=70 {
        for index in 0..size {
            let (leaf, root) = (leaf_hash(&index.to_be_bytes()), tree.root(size));
            let proof = tree.proof(&Plan::inclusion(index, size).unwrap());
            assert_eq!(verify_inclusion(&leaf, index, size, &root, &proof), Ok(()));
            check_record(&theirs(&proof), size, TheirHash(root), index, TheirHash(leaf)).unwrap();
        }
        for old in 0..=size {
            let proof = tree.proof(&Plan::consistency(old, size).unwrap());
            assert_eq!(verify_consistency(old, &tree.root(old), size, &tree.root(size), &proof), Ok(()), "{old} {size}");
            // That an empty tree is the beginning of every other is not asked of the other reader.
            if old > 0 {
                check_tree(&theirs(&proof), size, TheirHash(tree.root(size)), old, TheirHash(tree.root(old))).unwrap();
            }
        }
    }
}

#[test]
fn what_is_not_in_the_tree_has_no_proof() {
    assert_eq!(Plan::inclusion(5, 5), None);
    assert_eq!(Plan::inclusion(0, 0), None);
    assert_eq!(Plan::consistency(6, 5), None);
    let tree = Tree::of(5);
    assert_eq!(verify_inclusion(&[0; 32], 5, 5, &tree.root(5), &[]), Err(Unproven::Outside));
    assert_eq!(verify_consistency(5, &tree.root(5), 4, &tree.root(4), &[]), Err(Unproven::Outside));
    assert_eq!(verify_consistency(0, &tree.root(1), 5, &tree.root(5), &[]), Err(Unproven::Root));
    assert_eq!(verify_consistency(5, &tree.root(4), 5, &tree.root(5), &[]), Err(Unproven::Root));
    assert_eq!(perfect_root(&[[0; 32]; 3]), None);
    assert_eq!(perfect_root(&[]), None);
}

#[test]
fn the_largest_sizes_are_no_trouble() {
    for index in [0, 1, u64::MAX / 2, u64::MAX - 1] {
        let plan = Plan::inclusion(index, u64::MAX).unwrap();
        let proof = plan.proof(|_| Some([7; 32])).unwrap();
        assert_eq!(verify_inclusion(&[0; 32], index, u64::MAX, &[0; 32], &proof), Err(Unproven::Root));
    }
    for old in [1, 1 << 63, u64::MAX - 1] {
        let proof = Plan::consistency(old, u64::MAX).unwrap().proof(|_| Some([7; 32])).unwrap();
        assert_eq!(verify_consistency(old, &[0; 32], u64::MAX, &[0; 32], &proof), Err(Unproven::Root));
    }
}

proptest! {
    #[test]
    fn a_proof_that_was_touched_anywhere_proves_nothing(size in 2_u64..600, index: u64, other: u64, place: prop::sample::Index, bit in 0_usize..256) {
        let tree = Tree::of(size);
        let (index, root) = (index % size, tree.root(size));
        let leaf = leaf_hash(&index.to_be_bytes());
        let proof = tree.proof(&Plan::inclusion(index, size).unwrap());
        prop_assert_eq!(verify_inclusion(&leaf, index, size, &root, &proof), Ok(()));
        let mut touched = proof.clone();
        let at = place.index(proof.len());
        touched[at] = flipped(&touched[at], bit);
        prop_assert_eq!(verify_inclusion(&leaf, index, size, &root, &touched), Err(Unproven::Root));
        prop_assert!(verify_inclusion(&flipped(&leaf, bit), index, size, &root, &proof).is_err());
        prop_assert!(verify_inclusion(&leaf, index, size, &flipped(&root, bit), &proof).is_err());
        prop_assert!(verify_inclusion(&leaf, index, size, &root, &proof[1..]).is_err());
        prop_assert!(verify_inclusion(&leaf, index, size, &root, &[&proof[..], &[[0; 32]]].concat()).is_err());
        let other = other % size;
        if other != index {
            prop_assert!(verify_inclusion(&leaf, other, size, &root, &proof).is_err());
        }
    }

    #[test]
    fn a_tree_that_did_not_only_grow_is_found_out(new in 2_u64..600, old: u64, place: prop::sample::Index, bit in 0_usize..256) {
        let tree = Tree::of(new);
        let old = 1 + old % (new - 1);
        let (old_root, new_root) = (tree.root(old), tree.root(new));
        let proof = tree.proof(&Plan::consistency(old, new).unwrap());
        prop_assert_eq!(verify_consistency(old, &old_root, new, &new_root, &proof), Ok(()));
        let mut touched = proof.clone();
        let at = place.index(proof.len());
        touched[at] = flipped(&touched[at], bit);
        prop_assert_eq!(verify_consistency(old, &old_root, new, &new_root, &touched), Err(Unproven::Root));
        prop_assert!(verify_consistency(old, &flipped(&old_root, bit), new, &new_root, &proof).is_err());
        prop_assert!(verify_consistency(old, &old_root, new, &flipped(&new_root, bit), &proof).is_err());
        prop_assert!(verify_consistency(old, &old_root, new, &new_root, &proof[1..]).is_err());
        prop_assert!(verify_consistency(old, &old_root, new, &new_root, &[&proof[..], &[[0; 32]]].concat()).is_err());
    }

    #[test]
    fn no_proof_whatever_makes_a_panic(index: u64, size: u64, old: u64, leaf: [u8; 32], root: [u8; 32], proof in prop::collection::vec(any::<[u8; 32]>(), 0..80)) {
        let _ = verify_inclusion(&leaf, index, size, &root, &proof);
        let _ = verify_inclusion(&leaf, index % 300, size % 300, &root, &proof);
        let _ = verify_consistency(old, &leaf, size, &root, &proof);
        let _ = verify_consistency(old % 300, &leaf, size % 300, &root, &proof);
    }
}
