//! How fast waiting rows are delivered from PostgreSQL to one sink: the courier, and graphile-worker from npm, turn by turn on the
//! same server, sixteen at once each, every delivery settled durably.
//!
//! `cargo xtask bench queue [--jobs 4000]`, or `--behind 1000000`: the courier alone, with nothing else and with so many more that
//! wait, as after an outage of days: whether a delivery costs more where a million wait. What is sent is the same, to the same address of the same handler. The courier does more
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
    let asked = Asked::read().unwrap_or_else(|why| panic!("{why}"));
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        let sink = Sink::open().await;
        match asked.behind {
            0 => beside_graphile(&sink, asked.jobs).await,
            behind => after_an_outage(&sink, asked.jobs, behind).await,
        }
    });
    runtime.shutdown_background();
}

async fn beside_graphile(sink: &Sink, jobs: usize) {
    let (mut courier, mut default, mut batched) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
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
    let (courier, default, batched) = (median(courier), median(default), median(batched));
    println!("queue: {jobs} deliveries over HTTP, 16 at once, PostgreSQL, a second (medians of {TURNS} turns)");
    println!("  the courier                            {courier:>7.0}");
    println!("  graphile-worker                        {default:>7.0}   ratio {:.2}", courier / default);
    println!("  graphile-worker, fetching and completing in batches {batched:>7.0}   ratio {:.2}", courier / batched);
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
}

impl Asked {
    fn read() -> Result<Self, String> {
        let mut asked = Self { jobs: 4_000, behind: 0 };
        let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
        while let Some(name) = arguments.next() {
            let place = match name.as_str() {
                "--jobs" => &mut asked.jobs,
                "--behind" => &mut asked.behind,
                _ => return Err(format!("there is --jobs NUMBER and --behind NUMBER, not {name}")),
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
