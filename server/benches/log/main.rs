//! How fast the public log grows, and how long it takes to verify the whole of it over HTTP, on SQLite and on PostgreSQL.
//!
//! `cargo xtask bench log [--entries 1000000]`. Entries go through the storage, a thousand in a transaction; then the log is
//! served by a real portal and read by what `chengxin log verify` runs.

#[path = "../places/database.rs"]
mod database;
#[path = "../places/folder.rs"]
mod folder;
mod grow;
mod place;

use std::sync::Arc;
use std::time::Instant;

use server::public_log::verification::verify;
use server::serving::{gather_around, start_portal};
use server::storage::Storage;
use server::storage::postgres::PostgresStorage;
use server::storage::sqlite::SqliteStorage;

use self::database::Database;
use self::folder::Folder;

fn main() {
    let entries = entries().unwrap_or_else(|why| panic!("{why}"));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        println!("log: {entries} entries");
        let folder = Folder::fresh();
        let path = folder.0.join("log.sqlite");
        let storage = SqliteStorage::open(&path).await.expect("the store opens");
        measure(Arc::new(storage), entries).await;
        let bytes = std::fs::metadata(&path).map(|file| file.len()).unwrap_or_default();
        println!("  SQLite: {} MB, {} bytes an entry", bytes / 1_000_000, bytes / entries.max(1));
        if let Some(database) = Database::fresh().await {
            let storage = PostgresStorage::open(&database.url).await.expect("the store opens");
            measure(Arc::new(storage), entries).await;
            database.remove().await;
        }
    });
}

fn entries() -> Result<u64, String> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => Ok(1_000_000),
        ["--entries", number] => number.parse().map_err(|_| format!("--entries wants a number, not {number}")),
        _ => Err(format!("there is --entries NUMBER, not {arguments:?}")),
    }
}

async fn measure(storage: Arc<dyn Storage>, entries: u64) {
    let name = storage.name();
    let begun = Instant::now();
    grow::by_thousands(storage.as_ref(), entries).await;
    let took = begun.elapsed().as_secs_f64();
    println!("  {name}: grown in {took:.1} s, {:.0} entries/s", entries as f64 / took);
    let median = grow::one_by_one(storage.as_ref(), entries).await;
    println!("  {name}: one entry in a transaction of its own, {:.2} ms at the median", median.as_secs_f64() * 1000.0);
    let size = entries + grow::SINGLE;
    let median = grow::proofs(storage.as_ref(), size).await;
    println!("  {name}: an inclusion proof, {:.2} ms at the median", median.as_secs_f64() * 1000.0);

    let folder = Folder::fresh();
    let portal = gather_around(storage, place::config(&folder.0), Default::default()).await.expect("everything is there");
    let running = start_portal(portal).await.expect("a free port is found");
    let address = format!("http://{}/log", running.address).parse().expect("it is an address");
    let begun = Instant::now();
    let verified = verify(&address, None).await.unwrap_or_else(|fault| panic!("the log does not hold: {fault}"));
    assert_eq!(verified.checkpoint.size, size);
    let took = begun.elapsed().as_secs_f64();
    println!("  {name}: verified over HTTP in {took:.1} s, {:.0} entries/s", size as f64 / took);
    running.stop().await;
}
