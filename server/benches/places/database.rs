//! A database of its own on the PostgreSQL server that `cargo xtask bench` starts.

use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions};

/// Where the PostgreSQL server for tests and benches is.
pub const STORE: &str = "TEST_POSTGRES_URL";

/// A database of its own.
pub struct Database {
    server: PgConnectOptions,
    name: String,
    /// Its address.
    pub url: String,
}

impl Database {
    /// A fresh one; none where there is no server, which is said.
    pub async fn fresh() -> Option<Self> {
        let Ok(url) = std::env::var(STORE) else {
            println!("  PostgreSQL: not measured, as {STORE} is not set (cargo xtask bench sets it)");
            return None;
        };
        let server = PgConnectOptions::from_str(&url).expect("it is a postgres:// address");
        let name = format!("bench_{}", uuid::Uuid::now_v7().simple());
        let url = server.clone().database(&name).to_url_lossy().to_string();
        let database = Self { server, name, url };
        database.command(format!("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", database.name)).await;
        Some(database)
    }

    /// How much room it takes, in bytes.
    #[allow(dead_code, reason = "not every bench asks")]
    pub async fn bytes(&self) -> u64 {
        let mut connection = self.server.clone().database(&self.name).connect().await.expect("the PostgreSQL server answers");
        let question = "SELECT pg_database_size(current_database())";
        let bytes: i64 = sqlx::query_scalar(question).fetch_one(&mut connection).await.expect("it says how large it is");
        bytes.unsigned_abs()
    }

    /// Removes it with all that is in it.
    pub async fn remove(self) {
        self.command(format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }

    async fn command(&self, sql: String) {
        let mut connection = self.server.connect().await.expect("the PostgreSQL server answers");
        sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("it is done");
    }
}
