//! Where a portal of a test keeps things: a folder, and a database of its own on the PostgreSQL server.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use app::module::Module;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

/// A folder that goes when the test ends.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("chengxin-portal-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&folder).expect("the folder for temporary files can be written");
        Self(folder)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A file that only its owner can read, as the portal wants its secrets.
    pub fn secret(&self, name: &str, content: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        path
    }

    /// The least that counts as a built site: a manifest and the files that it names.
    pub fn site(&self) -> PathBuf {
        let site = self.path("site");
        let modules = Module::ALL.iter().flat_map(|module| ["js", "wasm"].map(|ending| (module.name(), ending)));
        std::fs::create_dir_all(site.join("assets")).unwrap();
        let mut manifest = serde_json::Map::new();
        for (name, ending) in [("main", "css"), ("loader", "js")].into_iter().chain(modules) {
            let hashed = format!("assets/{name}-0000.{ending}");
            std::fs::write(site.join(&hashed), format!("/* {name}.{ending} */")).unwrap();
            manifest.insert(format!("{name}.{ending}"), format!("/{hashed}").into());
        }
        std::fs::write(site.join("manifest.json"), serde_json::Value::Object(manifest).to_string()).unwrap();
        std::fs::write(site.join("favicon.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
        std::fs::write(site.join("robots.txt"), "User-agent: *\n").unwrap();
        site
    }
}

impl AsRef<Path> for Folder {
    fn as_ref(&self) -> &Path {
        &self.0
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
        let database = Self { server, name: format!("portal_{}", uuid::Uuid::now_v7().simple()) };
        database.command(format!("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", database.name)).await;
        database
    }

    pub fn url(&self) -> String {
        self.server.clone().database(&self.name).to_url_lossy().to_string()
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
