//! How fast waiting rows are delivered from PostgreSQL to one sink: the courier, and graphile-worker from npm, turn by turn on the
//! same server, sixteen at once each, every delivery settled durably.
//!
//! `cargo xtask bench queue [--jobs 4000]`. What is sent is the same, to the same address of the same handler. The courier does more
//! for it: order within a filing, fairness between enterprises, a lease, history, and the state that people see.

#[path = "../places/database.rs"]
mod database;
mod graphile;
mod ours;
mod sink;

use self::database::Database;
use self::sink::Sink;

/// How often each has its turn.
const TURNS: usize = 3;

fn main() {
    let jobs = jobs().unwrap_or_else(|why| panic!("{why}"));
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        let sink = Sink::open().await;
        let (mut courier, mut default, mut batched) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..TURNS {
            for (rates, who) in [(&mut courier, "courier"), (&mut default, "default"), (&mut batched, "batched")] {
                let Some(database) = Database::fresh().await else { return };
                sink.forget();
                let seconds = match who {
                    "courier" => ours::deliver(&database.url, &sink, jobs).await,
                    mode => graphile::deliver(&database.url, &sink, jobs, mode).await,
                };
                assert_eq!(sink.arrived(), jobs, "{who}: each arrives once");
                rates.push(jobs as f64 / seconds);
                database.remove().await;
            }
        }
        let (courier, default, batched) = (median(courier), median(default), median(batched));
        println!("queue: {jobs} deliveries over HTTP, 16 at once, PostgreSQL, a second (medians of {TURNS} turns)");
        println!("  the courier                            {courier:>7.0}");
        println!("  graphile-worker                        {default:>7.0}   ratio {:.2}", courier / default);
        println!("  graphile-worker, fetching and completing in batches {batched:>7.0}   ratio {:.2}", courier / batched);
    });
    runtime.shutdown_background();
}

fn jobs() -> Result<usize, String> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => Ok(4_000),
        ["--jobs", number] => number.parse().map_err(|_| format!("--jobs wants a number, not {number}")),
        _ => Err(format!("there is --jobs NUMBER, not {arguments:?}")),
    }
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
