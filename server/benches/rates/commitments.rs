//! Signed commitments accepted a second, on both stores: signature verified, code given, entered into the public log, and put
//! into the outbox, in one transaction that is durable before the answer; and how many are published a second.

use std::sync::Arc;
use std::time::Instant;

use credit::filing::{Decision, Happening, Verification};
use futures_util::stream::{self, StreamExt};
use server::expiry::keep_listed;
use server::storage::postgres::PostgresStorage;
use server::storage::{Applied, PlatformEvent};

use crate::accept::{RUNS, print_commits};
use crate::database::Database;
use crate::pledging::{enrolled, signed_draft};
use crate::portal::{World, world, world_on};
use crate::posting::post_all;

/// Measures and prints.
pub async fn measure() {
    for (clients, each) in RUNS {
        one_run(&world().await, clients, clients * each).await;
        if let Some(database) = Database::fresh().await {
            let storage = PostgresStorage::open(&database.url).await.expect("a fresh store opens");
            let world = world_on(Arc::new(storage)).await;
            one_run(&world, clients, clients * each).await;
            drop(world);
            database.remove().await;
        }
    }
}

async fn one_run(world: &World, clients: usize, commitments: usize) {
    let key = enrolled(world).await;
    let (mut ids, mut posts) = (Vec::new(), Vec::new());
    for _ in 0..commitments {
        let (id, post) = signed_draft(world, &key).await;
        ids.push(id);
        posts.push(post);
    }
    let entered = world.storage.log_head().await.expect("there is a head").size();
    let before = world.commits();
    let posted = post_all(world, clients, &posts).await;
    let now = world.storage.log_head().await.expect("there is a head").size();
    assert!(now - entered >= commitments as u64, "each is entered in the public log");
    let store = world.storage.name();
    println!("accept: {commitments} signed commitments by {clients} clients on {store}, the courier delivering meanwhile");
    println!("  accepted        {:>9.0} commitments/s", commitments as f64 / posted.seconds);
    println!("  slowest         {:>9.1} ms", posted.slowest * 1000.0);
    print_commits(world, before, commitments);
    let before = world.commits();
    let seconds = published(world, clients, &ids).await;
    println!(
        "  published       {:>9.0} commitments/s (granted and published by the platform's events, by so many at once)",
        commitments as f64 / seconds
    );
    print_commits(world, before, commitments);
}

/// The platform grants and publishes each: how long until all of it is durable, in the public log and on the list.
async fn published(world: &World, at_once: usize, ids: &[String]) -> f64 {
    let began = Instant::now();
    let tell = async |id: &String| {
        let granted = Decision::Granted { verification: Verification::Verified, note: None };
        for happening in [Happening::Decided(granted), Happening::Published { until: None }] {
            let now = world.running.portal.clock.now();
            let event = PlatformEvent {
                id: uuid::Uuid::now_v7().to_string(),
                kind: "filing.changed".to_owned(),
                filing_id: Some(id.clone()),
                occurred_at: now,
                received_at: now,
                happening: Some(happening),
            };
            let applied = world.storage.apply_event(&event).await.expect("the store takes it");
            assert_eq!(applied, Applied::Applied);
        }
    };
    stream::iter(ids).for_each_concurrent(at_once, tell).await;
    let (today, now) = (world.running.portal.clock.today(), world.running.portal.clock.now());
    keep_listed(&*world.storage, today, now).await.expect("the store takes it");
    began.elapsed().as_secs_f64()
}
