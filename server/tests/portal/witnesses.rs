//! Witnesses of the public log: shown what it proves, and never waited for.

use std::time::{Duration, Instant};

use credit::log::entry::{Entry, EntryKind, salted};
use credit::log::note::VerifierKey;
use server::public_log::verification::verify;

use crate::witness::{Manner, Witness};
use crate::world::{World, eventually};

async fn enter(world: &World, count: u64) {
    let entry = |number: u64| Entry { kind: EntryKind::Published, at: 1, digest: salted(&[3; 32], &number.to_be_bytes()) };
    let entries: Vec<Entry> = (0..count).map(entry).collect();
    world.portal.portal.storage.append_alone(&entries).await.unwrap();
}

async fn log_key(world: &World) -> VerifierKey {
    VerifierKey::parse(world.browser().get("/log/key").await.text().trim()).unwrap()
}

async fn checkpoint(world: &World) -> String {
    world.browser().get("/log/checkpoint").await.text()
}

/// Watches the log from its beginning.
async fn watches(world: &World, witness: &Witness) {
    witness.watch(&log_key(world).await, 0, credit::log::tree::empty_root());
}

async fn eventually_cosigned(world: &World, witness: &Witness, size: u64) {
    eventually("the witness cosigns", async || {
        let note = checkpoint(world).await;
        (note.lines().nth(1) == Some(&size.to_string()) && witness.cosigned(&note)).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_sees_each_growth_proven_and_its_cosignature_is_published() {
    let witness = Witness::open("witness.example/w", Manner::Honest).await;
    let world = World::with(None, &Witness::settings(&[&witness])).await;
    enter(&world, 3).await;
    watches(&world, &witness).await;
    eventually_cosigned(&world, &witness, 3).await;
    enter(&world, 300).await;
    eventually_cosigned(&world, &witness, 303).await;
    assert_eq!(witness.shown(), [(0, 3), (3, 303)]);
    // Whoever reads the log is told nothing else, only more.
    let address = format!("{}/log", world.base).parse().unwrap();
    assert_eq!(verify(&address, Some(log_key(&world).await)).await.unwrap().checkpoint.size, 303);
    let growth = world.browser().get("/log/growth/3").await.text();
    assert!(witness.cosigned(growth.split_once("\n\n").unwrap().1), "the proof of growth leads to the cosigned checkpoint");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_that_has_seen_more_than_we_think_is_shown_the_proof_from_there() {
    let witness = Witness::open("witness.example/w", Manner::Honest).await;
    let world = World::with(None, &Witness::settings(&[&witness])).await;
    enter(&world, 5).await;
    let seen = world.portal.portal.storage.log_head().await.unwrap();
    enter(&world, 4).await;
    witness.watch(&log_key(&world).await, seen.size(), seen.root());
    eventually_cosigned(&world, &witness, 9).await;
    assert_eq!(witness.shown(), [(5, 9)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_of_another_log_or_of_a_longer_one_does_not_cosign() {
    let [other, longer] = ["other.example/w", "longer.example/w"].map(|name| Witness::open(name, Manner::Honest));
    let (other, longer) = (other.await, longer.await);
    let world = World::with(None, &Witness::settings(&[&other, &longer])).await;
    enter(&world, 5).await;
    let key = log_key(&world).await;
    other.watch(&key, 3, [7; 32]);
    longer.watch(&key, 6, [7; 32]);
    tokio::time::sleep(Duration::from_secs(3)).await;
    let note = checkpoint(&world).await;
    assert!(!other.cosigned(&note) && !longer.cosigned(&note), "{note}");
    assert!(other.shown().is_empty() && longer.shown().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn witnesses_that_are_silent_down_or_forging_delay_nothing_and_leave_no_trace() {
    let honest = Witness::open("honest.example/w", Manner::Honest).await;
    let silent = Witness::open("silent.example/w", Manner::Silent).await;
    let down = Witness::open("down.example/w", Manner::Down).await;
    let forging = Witness::open("forging.example/w", Manner::Forging).await;
    let all = [&silent, &down, &forging, &honest];
    let world = World::with(None, &Witness::settings(&all)).await;
    for witness in all {
        watches(&world, witness).await;
    }
    enter(&world, 2).await;
    let began = Instant::now();
    assert!(checkpoint(&world).await.starts_with("127.0.0.1/log\n2\n"));
    assert!(began.elapsed() < Duration::from_secs(1), "the checkpoint waits for nobody");
    eventually_cosigned(&world, &honest, 2).await;
    let note = checkpoint(&world).await;
    assert_eq!(note.lines().filter(|line| line.starts_with("— ")).count(), 2, "{note}");
    // One that is back is asked again.
    down.becomes(Manner::Honest);
    eventually_cosigned(&world, &down, 2).await;
}
