//! How fast waiting rows are delivered from PostgreSQL to one sink: the courier, and graphile-worker from npm, turn by turn on the
//! same server, sixteen at once each, every delivery settled durably.
//!
//! `cargo xtask bench queue [--jobs 4000]`, or `--behind 1000000`: the courier alone, with nothing else and with so many more that
//! wait, as after an outage of days: whether a delivery costs more where a million wait. Or `--pickup 300`: how long a filing waits for
//! its delivery to begin, in an idle portal and behind 100,000 of another enterprise. What is sent is the same, to the same address of
//! the same handler. The courier does more for it: order within a filing, fairness between enterprises, a lease, history, and the state
//! that people see.

#[path = "../places/database.rs"]
mod database;
#[path = "../places/folder.rs"]
mod folder;
mod graphile;
mod ours;
mod sink;
#[path = "../places/waiting.rs"]
mod waiting;

use std::sync::Arc;

use server::storage::postgres::PostgresStorage;
use server::storage::sqlite::SqliteStorage;

use self::database::Database;
use self::folder::Folder;
use self::sink::Sink;

/// How often each has its turn.
const TURNS: usize = 3;

fn main() {
    let asked = Asked::read().unwrap_or_else(|why| panic!("{why}"));
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        let sink = Sink::open().await;
        match (asked.pickup, asked.behind) {
            (0, 0) => beside_graphile(&sink, asked.jobs).await,
            (0, behind) => after_an_outage(&sink, asked.jobs, behind).await,
            (filings, _) => pick_up(&sink, filings).await,
        }
    });
    runtime.shutdown_background();
}

async fn beside_graphile(sink: &Sink, jobs: usize) {
    let (mut courier, mut default, mut batched, mut sqlite) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let folder = Folder::fresh();
        sink.forget();
        let seconds = ours::deliver_from_sqlite(&folder.0.join("queue.sqlite"), sink, jobs).await.seconds;
        assert_eq!(sink.arrived(), jobs, "SQLite: each arrives once");
        sqlite.push(jobs as f64 / seconds);
        for (rates, who) in [(&mut courier, "courier"), (&mut default, "default"), (&mut batched, "batched")] {
            let Some(database) = Database::fresh().await else { return };
            sink.forget();
            let seconds = match who {
                "courier" => ours::deliver(&database.url, sink, jobs, 0).await.seconds,
                mode => graphile::deliver(&database.url, sink, jobs, mode).await,
            };
            assert_eq!(sink.arrived(), jobs, "{who}: each arrives once");
            rates.push(jobs as f64 / seconds);
            database.remove().await;
        }
    }
    let (courier, default, batched, sqlite) = (median(courier), median(default), median(batched), median(sqlite));
    println!("queue: {jobs} deliveries over HTTP, 16 at once, PostgreSQL, a second (medians of {TURNS} turns)");
    println!("  the courier                            {courier:>7.0}");
    println!("  graphile-worker                        {default:>7.0}   ratio {:.2}", courier / default);
    println!("  graphile-worker, fetching and completing in batches {batched:>7.0}   ratio {:.2}", courier / batched);
    println!("  the courier on SQLite                  {sqlite:>7.0}   of graphile-worker in batches {:.2}", sqlite / batched);
}

/// Of another enterprise, before one that files.
const BACKLOG: usize = 100_000;

async fn pick_up(sink: &Sink, filings: usize) {
    println!("queue: from a durable filing to the first byte of its delivery, {filings} one after another, ms: p50, p95, p99");
    let print = |place: &str, waits: Vec<f64>| {
        let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
        println!("  {place:<40} {:>6.1} {:>6.1} {:>6.1}", at(0.5), at(0.95), at(0.99));
    };
    let folder = Folder::fresh();
    let sqlite = SqliteStorage::open(&folder.0.join("queue.sqlite")).await.expect("the store opens");
    print("SQLite, idle", ours::pick_up(Arc::new(sqlite), None, sink, filings, 0).await);
    for (place, behind) in [("PostgreSQL, idle", 0), ("PostgreSQL, 100,000 of another wait", BACKLOG)] {
        let Some(database) = Database::fresh().await else { return };
        sink.forget();
        let storage = Arc::new(PostgresStorage::open(&database.url).await.expect("the store opens"));
        print(place, ours::pick_up(storage, Some(&database.url), sink, filings, behind).await);
        database.remove().await;
    }
}

async fn after_an_outage(sink: &Sink, jobs: usize, behind: usize) {
    println!("queue: {jobs} deliveries over HTTP, 16 at once, PostgreSQL, by how many more wait");
    for behind in [0, behind] {
        let Some(database) = Database::fresh().await else { return };
        sink.forget();
        let seen = ours::deliver(&database.url, sink, jobs, behind).await;
        println!("  {behind:>9} more: {:>6.0} a second, the first after {:.0} ms", jobs as f64 / seen.seconds, seen.first_ms);
        database.remove().await;
    }
}

/// What was asked for.
struct Asked {
    jobs: usize,
    behind: usize,
    pickup: usize,
}

impl Asked {
    fn read() -> Result<Self, String> {
        let mut asked = Self { jobs: 4_000, behind: 0, pickup: 0 };
        let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
        while let Some(name) = arguments.next() {
            let place = match name.as_str() {
                "--jobs" => &mut asked.jobs,
                "--behind" => &mut asked.behind,
                "--pickup" => &mut asked.pickup,
                _ => return Err(format!("there are --jobs NUMBER, --behind NUMBER and --pickup NUMBER, not {name}")),
            };
            let number = arguments.next().unwrap_or_default();
            *place = number.parse().map_err(|_| format!("{name} wants a number, not “{number}”"))?;
        }
        Ok(asked)
    }
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
