//! The courier, on a store with so many accepted filings.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use server::attachments::Attachments;
use server::clock::Clock;
use server::courier::breaker::Breaker;
use server::courier::{self, Courier};
use server::live::Live;
use server::metrics::Metrics;
use server::platform::client::PlatformClient;
use server::storage::Storage;
use server::storage::postgres::PostgresStorage;
use server::storage::sqlite::SqliteStorage;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::sink::Sink;
use crate::waiting::{accept, enterprise, seed};

/// What waits belongs to so many enterprises.
const ENTERPRISES: usize = 50;

/// What was seen of the courier.
pub struct Seen {
    /// From when it started until so many had arrived and, where no more wait, the outbox was empty.
    pub seconds: f64,
    /// From when it started until the first had arrived, in milliseconds.
    pub first_ms: f64,
}

/// Delivers so many from PostgreSQL, while so many more wait `behind` them.
pub async fn deliver(database: &str, sink: &Sink, jobs: usize, behind: usize) -> Seen {
    let storage: Arc<dyn Storage> = Arc::new(PostgresStorage::open(database).await.expect("the store opens"));
    seed(&storage, jobs, ENTERPRISES).await;
    multiply(database, behind).await;
    run(storage, sink, jobs, behind).await
}

/// Delivers so many from SQLite.
pub async fn deliver_from_sqlite(file: &Path, sink: &Sink, jobs: usize) -> Seen {
    let storage: Arc<dyn Storage> = Arc::new(SqliteStorage::open(file).await.expect("the store opens"));
    seed(&storage, jobs, ENTERPRISES).await;
    run(storage, sink, jobs, 0).await
}

/// How long it takes from when a filing is durable until its first byte is at the sink, in milliseconds, one filing after another; on
/// PostgreSQL perhaps behind so many of another enterprise.
pub async fn pick_up(storage: Arc<dyn Storage>, database: Option<&str>, sink: &Sink, filings: usize, behind: usize) -> Vec<f64> {
    if let (Some(database), 1..) = (database, behind) {
        seed(&storage, 1, 1).await;
        multiply(database, behind - 1).await;
    }
    let (stop, courier) = (CancellationToken::new(), courier(storage.clone(), sink));
    let wake = courier.wake.clone();
    let running = tokio::spawn(courier.run(stop.clone()));
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut waits = Vec::new();
    for _ in 0..filings {
        let id = accept(&*storage, &enterprise(1), Clock::default().now()).await;
        let durable = Instant::now();
        wake.notify_one();
        let came = loop {
            if let Some(came) = sink.came(&id) {
                break came;
            }
            tokio::time::sleep(Duration::from_micros(200)).await;
        };
        waits.push(came.saturating_duration_since(durable).as_secs_f64() * 1000.0);
        // Until it is settled too: the next one meets an idle courier.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stop.cancel();
    running.await.expect("it ends by itself");
    waits.sort_by(f64::total_cmp);
    waits
}

fn courier(storage: Arc<dyn Storage>, sink: &Sink) -> Courier {
    let platform = PlatformClient::new(&sink.url.parse().expect("it is an address"), "t".into(), no_files()).expect("a client");
    Courier {
        storage,
        platform: Arc::new(platform),
        breaker: Mutex::new(Breaker::new(courier::AT_ONCE)),
        chance: courier::by_chance,
        clock: Clock::default(),
        live: Live::default(),
        wake: Arc::new(Notify::new()),
        mailer: Arc::new(Notify::new()),
        scanner: None,
        metrics: Metrics::default(),
    }
}

async fn run(storage: Arc<dyn Storage>, sink: &Sink, jobs: usize, behind: usize) -> Seen {
    let courier = courier(storage.clone(), sink);
    let stop = CancellationToken::new();
    let began = Instant::now();
    let running = tokio::spawn(courier.run(stop.clone()));
    while sink.arrived() == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let first_ms = began.elapsed().as_secs_f64() * 1000.0;
    while sink.arrived() < jobs {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // Until what has arrived is noted in the database too; of more, what is under way at the end makes no difference.
    while behind == 0 && storage.outbox_figures().await.expect("the store answers").unsent > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let seconds = began.elapsed().as_secs_f64();
    stop.cancel();
    running.await.expect("it ends by itself");
    Seen { seconds, first_ms }
}

fn no_files() -> Attachments {
    Attachments::in_folder(&std::env::temp_dir()).expect("the folder for temporary files can be written")
}

/// So many more filings that wait, each like one of those that do: accepted one by one they would take an hour. The tables are not
/// counted (`ANALYZE`), as after an outage.
async fn multiply(database: &str, behind: usize) {
    let mut connection = PgConnection::connect(database).await.expect("the PostgreSQL server answers");
    let those = "WITH few AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place
                              FROM (SELECT id FROM filings ORDER BY id LIMIT 1000) AS first),
                      more AS (SELECT number, few.id AS like_id
                               FROM generate_series(1, $1::bigint) AS number
                               JOIN few ON few.place = number % (SELECT count(*) FROM few))";
    for table in [
        "INSERT INTO filings (id, reference, enterprise_code, enterprise_name, kind, form_version, content, pledge, filed_by, filed_at,
                              state, standing, changes)
         SELECT 'more-' || number, 'more-' || number, enterprise_code, enterprise_name, kind, form_version, content, pledge, filed_by,
                filed_at, state, standing, changes
         FROM more JOIN filings ON filings.id = like_id",
        "INSERT INTO history (filing_id, seq, happened_at, happening, source)
         SELECT 'more-' || number, seq, happened_at, happening, source FROM more JOIN history ON history.filing_id = like_id",
        "INSERT INTO outbox (id, filing_id, seq, cargo, body, due_at, born_at, enterprise_code, lane)
         SELECT 'more-' || number, 'more-' || number, seq, cargo, body, due_at, born_at, enterprise_code, lane
         FROM more JOIN outbox ON outbox.filing_id = like_id",
    ] {
        sqlx::query(AssertSqlSafe(format!("{those} {table}")))
            .bind(i64::try_from(behind).expect("not that many"))
            .execute(&mut connection)
            .await
            .expect("the table takes them");
    }
}
