//! Filings accepted a second, each durable before its answer, and how many commits that took.

use crate::portal::world;
use crate::posting::{Post, post_all};

/// How many clients, and how many filings of each.
pub const RUNS: [(usize, usize); 2] = [(1, 200), (64, 40)];

/// Measures and prints.
pub async fn measure() {
    for (clients, each) in RUNS {
        one_run(clients, clients * each).await;
    }
}

async fn one_run(clients: usize, filings: usize) {
    let world = world().await;
    let mut posts = Vec::new();
    for _ in 0..filings {
        let (id, file) = world.sound_draft().await;
        posts.push(Post {
            path: format!("/drafts/{id}/filing"),
            body: format!("version=1&files={file}&pledge=yes&purpose=publish"),
        });
    }
    let before = world.commits();
    let posted = post_all(&world, clients, &posts).await;
    println!("accept: {filings} filings by {clients} clients on SQLite, synchronous=FULL, the courier delivering meanwhile");
    println!("  accepted        {:>9.0} filings/s", filings as f64 / posted.seconds);
    println!("  slowest         {:>9.1} ms", posted.slowest * 1000.0);
    print_commits(&world, before, filings);
}

/// Prints how many commits so many filings took, where they are counted.
pub fn print_commits(world: &crate::portal::World, before: Option<u64>, filings: usize) {
    if let Some((before, after)) = before.zip(world.commits()) {
        let each = (after - before) as f64 / filings as f64;
        println!("  commits         {each:>9.3} for each filing (each is one fsync; the courier's own are among them)");
    }
}
