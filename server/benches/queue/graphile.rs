//! graphile-worker, as a Node program that gets address and database and says how long it took.

use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;

use crate::sink::Sink;

/// Delivers so many; gives the seconds, counted from when the worker starts until all is completed in the database.
pub async fn deliver(database: &str, sink: &Sink, jobs: usize, mode: &str) -> f64 {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/benches/queue.mjs");
    let done = Command::new("node")
        .arg(script)
        .args([mode, &jobs.to_string()])
        .env("DATABASE_URL", database)
        .env("SINK", &sink.url)
        .stderr(Stdio::inherit())
        .output()
        .await
        .expect("node runs");
    assert!(done.status.success(), "the script failed");
    String::from_utf8_lossy(&done.stdout).trim().parse().expect("it says how many seconds it took")
}
