//! A portal with a sandbox around it, and somebody signed in.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sandbox::{Sandbox, SandboxConfig};
use server::clock::Clock;
use server::config::Config;
use server::serving::{Running, gather_around, start_portal};
use server::storage::sqlite::SqliteStorage;
use server::storage::{Session, Storage, StoredDraft};
use server::token::{fresh_token, token_hash};

const TOKEN: &str = "a-token-for-measuring";
const EVENTS: &str = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

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
    folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn secret(folder: &Path, name: &str, value: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, value).expect("the folder takes files");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("its mode can be set");
    path.display().to_string()
}

/// Starts it all in a temporary folder, on SQLite, with the site as it was built.
pub async fn world() -> World {
    let folder = folder();
    let storage = Arc::new(SqliteStorage::open(&folder.join("bench.sqlite")).await.expect("a fresh store opens"));
    world_around(storage.clone(), Some(storage), folder).await
}

/// As [`world`], on this store.
pub async fn world_on(storage: Arc<dyn Storage>) -> World {
    world_around(storage, None, folder()).await
}

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("chengxin-bench-{}", fresh_token()));
    std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
    folder
}

async fn world_around(storage: Arc<dyn Storage>, sqlite: Option<Arc<SqliteStorage>>, folder: PathBuf) -> World {
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
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site");
    let settings = format!(
        "listen = \"127.0.0.1:0\"\npublic_url = \"http://127.0.0.1/\"\nsite_dir = {site:?}\ndata_dir = {folder:?}\n\
         [identity]\nissuer = \"{}\"\nclient_id = \"chengxin\"\nclient_secret_file = {:?}\n\
         [platform]\nurl = \"{}\"\ntoken_file = {:?}\nevent_secret_files = [{:?}]\n\
         [pace]\nposts_per_minute = 1000000\nposts_burst = 1000000\n",
        sandbox.issuer(),
        secret(&folder, "client", "s"),
        sandbox.platform_url(),
        secret(&folder, "token", TOKEN),
        secret(&folder, "events", EVENTS),
    );
    let config = Config::parse(&settings, std::iter::empty()).expect("the settings are sound");
    let clock = Clock::default();
    let portal =
        gather_around(storage.clone(), config, clock.clone()).await.expect("everything is there: cargo xtask build makes the site");
    let running = start_portal(portal).await.expect("a free port is found");
    let (session, token) = signed_in(&*storage, clock.now()).await;
    let cookie = format!("session={token}");
    World { running, storage, sqlite, cookie, session, _sandbox: sandbox, folder }
}

impl World {
    /// How often the store has committed, where that is counted.
    pub fn commits(&self) -> Option<u64> {
        self.sqlite.as_ref().map(|storage| storage.writer_commits())
    }

    /// Puts a draft that holds into the store, with one file; gives the ids of both.
    pub async fn sound_draft(&self) -> (String, String) {
        use credit::attachment::{Attachment, FileState, MediaType};
        use credit::draft::Draft;
        use credit::form::FormKind;
        let enterprise = self.session.person.capacities[0].enterprise.clone();
        let answers = [
            ("category", "permit"),
            ("title", "食品经营许可证"),
            ("number", "JY13101200000000"),
            ("issuer", "上海市奉贤区示例局"),
            ("issued_on", "2026-03-05"),
            ("valid_until", "2031-03-04"),
        ];
        let [id, file] = [(); 2].map(|()| uuid::Uuid::now_v7().to_string());
        let draft = StoredDraft {
            id: id.clone(),
            kind: FormKind::Licence,
            version: 1,
            draft: Draft::typed(FormKind::Licence.form(), answers),
            attachments: Vec::new(),
            corrects: None,
            begun_at: 0,
            changed_at: 0,
            changed_by: "江大海".into(),
            enterprise,
        };
        self.storage.begin_draft(&draft).await.expect("the store takes it");
        let state = FileState::Kept { sha256: "00".repeat(32), media_type: MediaType::Pdf, bytes: 1000 };
        let attachment = Attachment { id: file.clone(), name: "证照.pdf".into(), state };
        self.storage.add_attachment(&id, &draft.enterprise.code, &attachment, 0).await.expect("the store takes it");
        (id, file)
    }
}

async fn signed_in(storage: &dyn Storage, now: i64) -> (Session, String) {
    use credit::credit_code::CreditCode;
    use credit::enterprise::Enterprise;
    use credit::person::{Capacity, Role};
    let code = CreditCode::parse("91310120FXXY000194").expect("a worked example");
    let enterprise = Enterprise { code: code.clone(), name: "上海奉贤示例精密机械有限公司".into() };
    let capacities = vec![Capacity { enterprise, role: Role::LegalRepresentative, mandate: None }];
    let token = fresh_token();
    let session = Session {
        token_hash: token_hash(&token),
        person: server::storage::Person { subject: "bench".into(), name: "江大海".into(), capacities },
        enterprise: Some(code),
        id_token: String::new(),
        authenticated_at: now,
        opened_at: now,
        seen_at: now,
    };
    storage.open_session(&session, None).await.expect("a fresh store takes it");
    (session, token)
}
