//! The public log: dense, whole, provable at every size, and never forked.

use std::collections::BTreeSet;

use credit::log::entry::{Entry, EntryKind};
use credit::log::proof::{verify_consistency, verify_inclusion};
use credit::log::tree::{Frontier, Hash, leaf_hash};
use futures_util::future::join_all;

use crate::places::Store;
use crate::samples::NOON;

/// An entry that no other is like.
pub fn entry(number: u64) -> Entry {
    let mut digest = [0x5c; 32];
    digest[..8].copy_from_slice(&number.to_be_bytes());
    Entry { kind: EntryKind::ALL[(number % 7) as usize], at: NOON + number as i64, digest }
}

fn entries(numbers: std::ops::Range<u64>) -> Vec<Entry> {
    numbers.map(entry).collect()
}

/// What is read back is one dense log: its bytes give its hashes, on every level of tiles, and its root. Returns the root at
/// every size.
pub async fn assert_whole(store: &Store, size: u64) -> Vec<Hash> {
    let head = store.log_head().await.unwrap();
    assert_eq!(head.size(), size);
    let read = store.log_entries(0..size + 1).await.unwrap();
    assert_eq!(read.len() as u64, size);
    let mut frontier = Frontier::default();
    let (mut levels, mut roots) = (vec![Vec::new(); 8], vec![frontier.root()]);
    for bytes in read {
        Entry::read(&bytes).unwrap();
        for (node, hash) in frontier.append(leaf_hash(&bytes)) {
            if node.level % 8 == 0 {
                levels[usize::from(node.level / 8)].push(hash);
            }
        }
        roots.push(frontier.root());
    }
    assert_eq!(frontier, head);
    for (level, expected) in (0..).zip(levels) {
        assert_eq!(store.log_hashes(level, 0..size + 1).await.unwrap(), expected, "level {level}");
    }
    roots
}

pub async fn an_empty_log_has_nothing_but_a_head(store: Store) {
    assert_eq!(store.log_head().await.unwrap(), Frontier::default());
    assert_eq!(assert_whole(&store, 0).await.len(), 1);
    assert_eq!(store.inclusion_proof(0, 0).await.unwrap(), None);
    assert_eq!(store.inclusion_proof(0, 1).await.unwrap(), None, "it is not so long");
    assert_eq!(store.append_alone(&[]).await.unwrap(), [0_i64; 0]);
    assert_whole(&store, 0).await;
}

pub async fn entries_come_back_as_they_were_hashed_and_in_order(store: Store) {
    assert_eq!(store.append_alone(&entries(0..3)).await.unwrap(), [0, 1, 2]);
    assert_eq!(store.append_alone(&entries(3..4)).await.unwrap(), [3]);
    let written: Vec<Vec<u8>> = entries(1..4).iter().map(Entry::write).collect();
    assert_eq!(store.log_entries(1..9).await.unwrap(), written);
    assert_eq!(store.log_entries(9..12).await.unwrap(), [[0; 0]; 0]);
    assert_eq!(store.log_hashes(0, 2..3).await.unwrap(), [leaf_hash(&entry(2).write())]);
    assert_eq!(store.log_hashes(0, u64::MAX - 1..u64::MAX).await.unwrap(), [[0; 32]; 0]);
    assert_whole(&store, 4).await;
}

pub async fn every_entry_is_provable_at_every_size(store: Store) {
    store.append_alone(&entries(0..700)).await.unwrap();
    let roots = assert_whole(&store, 700).await;
    for size in [1, 2, 255, 256, 257, 300, 511, 512, 513, 700] {
        let root = &roots[size as usize];
        assert_eq!(store.root_of(size).await.unwrap().as_ref(), Some(root), "{size}");
        for index in [0, 1, 127, 254, 255, 256, 299, 511, 512, size - 1] {
            let proof = store.inclusion_proof(index, size).await.unwrap();
            if index >= size {
                assert_eq!(proof, None);
                continue;
            }
            let leaf = leaf_hash(&entry(index).write());
            assert_eq!(verify_inclusion(&leaf, index, size, root, &proof.unwrap()), Ok(()), "{index} of {size}");
        }
        for old in [0, 1, 100, 256, 300, 512, size] {
            let proof = store.consistency_proof(old, size).await.unwrap();
            if old > size {
                assert_eq!(proof, None);
                continue;
            }
            let held = verify_consistency(old, &roots[old as usize], size, root, &proof.unwrap());
            assert_eq!(held, Ok(()), "{old} to {size}");
        }
    }
    assert_eq!(store.consistency_proof(1, 701).await.unwrap(), None);
    assert_eq!((store.root_of(0).await.unwrap(), store.root_of(701).await.unwrap()), (None, None));
}

pub async fn sixty_four_appends_at_once_make_one_dense_log(store: Store) {
    let appended = join_all((0..64).map(|task| {
        let store = store.clone();
        async move { store.append_alone(&entries(task * 10..task * 10 + 10)).await.unwrap() }
    }))
    .await;
    for numbers in &appended {
        let first = numbers[0];
        assert_eq!(*numbers, (first..first + 10).collect::<Vec<_>>(), "what is appended together stands together");
    }
    let places: BTreeSet<i64> = appended.into_iter().flatten().collect();
    assert_eq!(places, (0..640).collect());
    assert_whole(&store, 640).await;
}

pub async fn a_log_belongs_to_the_key_that_came_first(store: Store) {
    assert_eq!(store.log_verifier().await.unwrap(), None);
    assert_eq!(store.claim_log("portal.example/log+1+a").await.unwrap(), "portal.example/log+1+a");
    assert_eq!(store.claim_log("portal.example/log+2+b").await.unwrap(), "portal.example/log+1+a");
    assert_eq!(store.log_verifier().await.unwrap().as_deref(), Some("portal.example/log+1+a"));
}

/// Two handles on one store, as two programs have them.
pub async fn two_programs_never_fork(one: Store, other: Store) {
    let appended = join_all((0..60).map(|task| {
        let store = if task % 2 == 0 { one.clone() } else { other.clone() };
        async move { store.append_alone(&entries(task * 5..task * 5 + 5)).await.unwrap() }
    }))
    .await;
    let places: BTreeSet<i64> = appended.into_iter().flatten().collect();
    assert_eq!(places, (0..300).collect());
    assert_eq!(assert_whole(&one, 300).await, assert_whole(&other, 300).await);
}
