//! How long a look-up takes among a million public items and as many public commitments, on SQLite and on PostgreSQL.
//!
//! `cargo xtask bench search [--items 1000000]`. The items are made up: four of each enterprise. They are entered straight
//! through SQL, as filing a million would measure something else; the questions go through the storage as the pages' do.

mod commitments;
#[path = "../places/database.rs"]
mod database;
mod measure;
mod names;
mod seed;

use std::path::PathBuf;
use std::time::Instant;

use server::storage::Storage;
use server::storage::postgres::PostgresStorage;
use server::storage::sqlite::SqliteStorage;

use self::database::Database;

fn main() {
    let items = items().unwrap_or_else(|why| panic!("{why}"));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        println!("search: {items} public items of {} enterprises", items.div_ceil(seed::ITEMS_OF_EACH));
        on_sqlite(items).await;
        if let Some(database) = Database::fresh().await {
            on_postgres(items, database).await;
        }
    });
}

fn items() -> Result<usize, String> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => Ok(1_000_000),
        ["--items", number] => number.parse().map_err(|_| format!("--items wants a number, not {number}")),
        _ => Err(format!("there is --items NUMBER, not {arguments:?}")),
    }
}

async fn on_sqlite(items: usize) {
    let folder = Folder::new();
    let path = folder.0.join("search.sqlite");
    drop(SqliteStorage::open(&path).await.expect("the store opens"));
    let begun = Instant::now();
    seed::sqlite(&path, items).await;
    commitments::seed_sqlite(&path).await;
    println!("  SQLite: seeded in {:.0} s", begun.elapsed().as_secs_f64());
    let storage = SqliteStorage::open(&path).await.expect("the store opens");
    measure::measure(&storage, items).await;
    commitments::measure(&storage, items).await;
}

async fn on_postgres(items: usize, database: Database) {
    drop(PostgresStorage::open(&database.url).await.expect("the store opens"));
    let begun = Instant::now();
    seed::postgres(&database.url, items).await;
    commitments::seed_postgres(&database.url).await;
    println!("  PostgreSQL: seeded in {:.0} s", begun.elapsed().as_secs_f64());
    let storage: Box<dyn Storage> = Box::new(PostgresStorage::open(&database.url).await.expect("the store opens"));
    measure::measure(storage.as_ref(), items).await;
    commitments::measure(storage.as_ref(), items).await;
    drop(storage);
    database.remove().await;
}

/// A folder that goes at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("chengxin-search-{}", std::process::id()));
        std::fs::create_dir(&folder).expect("the folder for temporary files can be written");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
