//! Stores to try things on: each is made for one test and removed after it.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use server::storage::Storage;
use server::storage::postgres::PostgresStorage;
use server::storage::sqlite::SqliteStorage;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

/// The store that a case is run on.
pub type Store = Arc<dyn Storage>;

/// A folder for one SQLite file.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("chengxin-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&folder).expect("the folder for temporary files can be written");
        Self(folder)
    }

    pub fn file(&self) -> PathBuf {
        self.0.join("chengxin.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A database of its own on the PostgreSQL server.
pub struct Database {
    server: PgConnectOptions,
    name: String,
}

impl Database {
    pub async fn new() -> Self {
        let url = std::env::var("TEST_POSTGRES_URL")
            .expect("TEST_POSTGRES_URL is not set: run `cargo xtask test`, which starts a PostgreSQL server for the tests");
        let server = PgConnectOptions::from_str(&url).expect("TEST_POSTGRES_URL is a postgres:// address");
        let database = Self { server, name: format!("chengxin_{}", uuid::Uuid::now_v7().simple()) };
        database.command(format!("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", database.name)).await;
        database
    }

    pub fn url(&self) -> String {
        self.server.clone().database(&self.name).to_url_lossy().to_string()
    }

    pub async fn connect(&self) -> PgConnection {
        self.server.clone().database(&self.name).connect().await.unwrap()
    }

    pub async fn remove(self) {
        self.command(format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }

    async fn command(&self, sql: String) {
        let mut connection = self.server.connect().await.expect("the PostgreSQL server for the tests answers");
        sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

/// Runs a case on an empty SQLite store.
pub async fn on_sqlite<C, F>(case: C)
where
    C: FnOnce(Store) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    let folder = Folder::new();
    let store = SqliteStorage::open(&folder.file()).await.unwrap();
    case(Arc::new(store)).await;
}

/// Runs a case on an empty PostgreSQL store.
pub async fn on_postgres<C, F>(case: C)
where
    C: FnOnce(Store) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    let database = Database::new().await;
    let store = PostgresStorage::open(&database.url()).await.unwrap();
    // As a task of its own, so that the database is removed after a failure too.
    let outcome = tokio::spawn(case(Arc::new(store))).await;
    database.remove().await;
    if let Err(failure) = outcome {
        std::panic::resume_unwind(failure.into_panic());
    }
}
