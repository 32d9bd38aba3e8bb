//! Filings accepted a second, each durable before its answer, and how many commits that took.

use std::time::Instant;

use crate::load::Connection;
use crate::portal::world;

const CLIENTS: usize = 64;
const EACH: usize = 40;

/// Measures and prints.
pub async fn measure() {
    for clients in [1, CLIENTS] {
        one_run(clients, if clients == 1 { 200 } else { EACH }).await;
    }
}

async fn one_run(clients: usize, each: usize) {
    let world = world().await;
    let mut drafts = Vec::new();
    for _ in 0..clients * each {
        drafts.push(world.sound_draft().await);
    }
    let before = world.storage.writer_commits();
    let began = Instant::now();
    let tasks: Vec<_> = drafts
        .chunks(each)
        .map(|drafts| {
            let (drafts, cookie, address) = (drafts.to_vec(), world.cookie.clone(), world.running.address);
            tokio::spawn(async move {
                let mut connection = Connection::open(address).await;
                let mut longest = 0.0_f64;
                for (id, file) in drafts {
                    let body = format!("version=1&files={file}&pledge=yes&purpose=publish");
                    let request = format!(
                        "POST /drafts/{id}/filing HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\
                         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
                        body.len()
                    );
                    let began = Instant::now();
                    let answer = connection.call(request.as_bytes()).await;
                    assert_eq!(answer.status, 303, "{}", answer.head);
                    assert!(answer.head.contains("filed=1"), "{}", answer.head);
                    longest = longest.max(began.elapsed().as_secs_f64());
                }
                longest
            })
        })
        .collect();
    let mut longest = 0.0_f64;
    for task in tasks {
        longest = longest.max(task.await.expect("every filing was accepted"));
    }
    let seconds = began.elapsed().as_secs_f64();
    let commits = world.storage.writer_commits() - before;
    let filings = clients * each;
    println!("accept: {filings} filings by {clients} clients on SQLite, synchronous=FULL, the courier delivering meanwhile");
    println!("  accepted        {:>9.0} filings/s", filings as f64 / seconds);
    println!("  slowest         {:>9.1} ms", longest * 1000.0);
    println!(
        "  commits         {:>9.3} for each filing (each is one fsync; the courier's own are among them)",
        commits as f64 / filings as f64
    );
}
