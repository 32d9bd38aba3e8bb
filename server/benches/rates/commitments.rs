//! Signed commitments accepted a second, on both stores: signature verified, code given, entered into the public log, and put
//! into the outbox, in one transaction that is durable before the answer.

use std::sync::Arc;

use server::storage::postgres::PostgresStorage;

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
    let mut posts = Vec::new();
    for _ in 0..commitments {
        posts.push(signed_draft(world, &key).await.1);
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
}
