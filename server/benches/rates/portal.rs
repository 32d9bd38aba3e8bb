//! A portal with a sandbox around it, and somebody signed in.

use std::net::SocketAddr;
use std::sync::Arc;

use sandbox::{Sandbox, SandboxConfig};
use server::clock::Clock;
use server::serving::{Running, gather_around, start_portal};
use server::storage::sqlite::SqliteStorage;
use server::storage::{Session, Storage};

use crate::folder::Folder;
use crate::place::{EVENTS, TOKEN, settings, signed_in, sound_draft};

/// Everything that runs.
pub struct World {
    /// The portal.
    pub running: Running,
    /// Its store.
    pub storage: Arc<dyn Storage>,
    /// The store again where it is SQLite, to count its commits.
    sqlite: Option<Arc<SqliteStorage>>,
    /// The session's cookie.
    pub cookie: String,
    /// The session.
    pub session: Session,
    _sandbox: Sandbox,
    _folder: Folder,
}

/// Starts it all in a temporary folder, on SQLite, with the site as it was built.
pub async fn world() -> World {
    let folder = Folder::fresh();
    let storage = Arc::new(SqliteStorage::open(&folder.0.join("bench.sqlite")).await.expect("a fresh store opens"));
    world_around(storage.clone(), Some(storage), folder).await
}

/// As [`world`], on this store.
pub async fn world_on(storage: Arc<dyn Storage>) -> World {
    world_around(storage, None, Folder::fresh()).await
}

async fn world_around(storage: Arc<dyn Storage>, sqlite: Option<Arc<SqliteStorage>>, folder: Folder) -> World {
    let sandbox = sandbox::start(SandboxConfig {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        portal: None,
        client_id: "chengxin".into(),
        client_secret: "s".into(),
        platform_token: TOKEN.into(),
        event_secret: EVENTS.into(),
    })
    .await
    .expect("the sandbox starts");
    let config = settings(&folder.0, &sandbox.issuer().to_string(), &sandbox.platform_url().to_string());
    let clock = Clock::default();
    let portal =
        gather_around(storage.clone(), config, clock.clone()).await.expect("everything is there: cargo xtask build makes the site");
    let running = start_portal(portal).await.expect("a free port is found");
    let (session, token) = signed_in(&*storage, clock.now()).await;
    let cookie = format!("session={token}");
    World { running, storage, sqlite, cookie, session, _sandbox: sandbox, _folder: folder }
}

impl World {
    /// How often the store has committed, where that is counted.
    pub fn commits(&self) -> Option<u64> {
        self.sqlite.as_ref().map(|storage| storage.writer_commits())
    }

    /// Puts a draft that holds into the store, with one file; gives the ids of both.
    pub async fn sound_draft(&self) -> (String, String) {
        sound_draft(&*self.storage, &self.session).await
    }
}
