//! People who sign in, draft, upload and file without pause, on the real program: one node on SQLite, one and two on PostgreSQL.
//!
//! `cargo xtask bench load [--windows 32] [--seconds 20]`. Each window begins a draft, sends the form with a PDF, reads the review
//! and files, as fast as it is answered. At the end every filing that was answered has to be at the platform, once. The same
//! requests go to a bare handler, which says what the generator itself could do. Everything shares the machine with the generator,
//! PostgreSQL and the stand-in platform: ratios and percentiles count. `cargo xtask bench overload`: what happens when more is asked
//! than can be answered.

mod arguments;
mod bare;
#[allow(dead_code, clippy::unwrap_used, reason = "it is the tests' own")]
#[path = "../../tests/portal/browser.rs"]
mod browser;
#[allow(dead_code, reason = "it is the rates' own")]
#[path = "../rates/load.rs"]
mod connection;
#[path = "../places/database.rs"]
mod database;
mod figures;
#[allow(dead_code, clippy::unwrap_used, reason = "it is the tests' own")]
#[path = "../../tests/portal/multipart.rs"]
mod multipart;
mod nodes;
mod overload;
#[allow(dead_code, clippy::unwrap_used, reason = "it is the tests' own")]
#[path = "../../tests/portal/page.rs"]
mod page;
mod people;
mod platform;

use std::time::{Duration, Instant};

use self::arguments::Arguments;
use self::browser::Browser;
use self::database::Database;
use self::figures::Figures;
use self::nodes::Nodes;
use self::people::Windows;

fn main() {
    let arguments = Arguments::given().unwrap_or_else(|why| panic!("{why}"));
    let _ = rustls::crypto::ring::default_provider().install_default();
    let portal = if arguments.overload { overload::keep_apart() } else { None };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        if arguments.overload {
            return overload::measure(arguments, portal).await;
        }
        println!("load: {} windows for {} s each", arguments.windows, arguments.lasting.as_secs());
        println!("{}", Figures::HEAD);
        bare::measure(arguments).await;
        on("SQLite, 1 node", None, 1, arguments).await;
        for (name, nodes) in [("PostgreSQL, 1 node", 1), ("PostgreSQL, 2 nodes", 2)] {
            if let Some(database) = Database::fresh().await {
                on(name, Some(&database), nodes, arguments).await;
                database.remove().await;
            }
        }
    });
    runtime.shutdown_background();
}

async fn on(name: &str, database: Option<&Database>, count: usize, arguments: Arguments) {
    let nodes = Nodes::start(database.map(|database| &*database.url), count).await;
    let first = Browser::new(&nodes.urls[0], &nodes.platform.url());
    first.sign_in("legal-representative").await.page_of(200);
    let session = first.cookies_for("/");
    let before = stored(database, &nodes).await;
    let began = Instant::now();
    let windows = Windows::file(&nodes.urls, &session, arguments).await;
    let filing = began.elapsed();
    let memory = nodes.memory();
    let arrived = platform::all_arrive(&nodes.platform, &windows.filed, Duration::from_secs(120)).await;
    let forwarding = began.elapsed();
    let each = (stored(database, &nodes).await - before) / windows.filed.len().max(1) as u64;
    assert_eq!(arrived, windows.filed.len(), "not every filing that was answered is at the platform once");
    let store = Some((memory, each));
    println!("{}", Figures { name, windows: &windows, filing, forwarded: Some((arrived, forwarding)), store });
}

/// How much room the store takes, in bytes, without the files.
async fn stored(database: Option<&Database>, nodes: &Nodes) -> u64 {
    match database {
        Some(database) => database.bytes().await,
        None => nodes.sqlite_bytes(),
    }
}
