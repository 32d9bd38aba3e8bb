//! What a portal for measuring is made of: its settings, somebody signed in, a draft that holds.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use credit::attachment::{Attachment, FileState, MediaType};
use credit::credit_code::CreditCode;
use credit::draft::Draft;
use credit::enterprise::Enterprise;
use credit::form::FormKind;
use credit::person::{Capacity, Role};
use server::config::Config;
use server::storage::{Person, Session, Storage, StoredDraft};
use server::token::{fresh_token, token_hash};

/// Under which the platform lets the portal in.
pub const TOKEN: &str = "a-token-for-measuring";
/// With which the platform signs its events.
pub const EVENTS: &str = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

fn secret(folder: &Path, name: &str, value: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, value).expect("the folder takes files");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("its mode can be set");
    path.display().to_string()
}

/// With this folder, identity provider and platform, and the site as it was built.
pub fn settings(folder: &Path, issuer: &str, platform: &str) -> Config {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site");
    let settings = format!(
        "listen = \"127.0.0.1:0\"\npublic_url = \"http://127.0.0.1/\"\nsite_dir = {site:?}\ndata_dir = {folder:?}\n\
         [identity]\nissuer = \"{issuer}\"\nclient_id = \"chengxin\"\nclient_secret_file = {:?}\n\
         [platform]\nurl = \"{platform}\"\ntoken_file = {:?}\nevent_secret_files = [{:?}]\n\
         [pace]\nposts_per_minute = 1000000\nposts_burst = 1000000\n",
        secret(folder, "client", "s"),
        secret(folder, "token", TOKEN),
        secret(folder, "events", EVENTS),
    );
    Config::parse(&settings, std::iter::empty()).expect("the settings are sound")
}

/// Signs a legal representative in; gives the session and its token.
pub async fn signed_in(storage: &dyn Storage, now: i64) -> (Session, String) {
    let code = CreditCode::parse("91310120FXXY000194").expect("a worked example");
    let enterprise = Enterprise { code: code.clone(), name: "上海奉贤示例精密机械有限公司".into() };
    let capacities = vec![Capacity { enterprise, role: Role::LegalRepresentative, mandate: None }];
    let token = fresh_token();
    let session = Session {
        token_hash: token_hash(&token),
        person: Person { subject: "bench".into(), name: "江大海".into(), capacities },
        enterprise: Some(code),
        id_token: String::new(),
        authenticated_at: now,
        opened_at: now,
        seen_at: now,
    };
    storage.open_session(&session, None).await.expect("a fresh store takes it");
    (session, token)
}

/// Puts a draft that holds into the store, with one file; gives the ids of both.
pub async fn sound_draft(storage: &dyn Storage, session: &Session) -> (String, String) {
    let enterprise = session.person.capacities[0].enterprise.clone();
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
    storage.begin_draft(&draft).await.expect("the store takes it");
    let state = FileState::Kept { sha256: "00".repeat(32), media_type: MediaType::Pdf, bytes: 1000 };
    let attachment = Attachment { id: file.clone(), name: "证照.pdf".into(), state };
    storage.add_attachment(&id, &draft.enterprise.code, &attachment, 0).await.expect("the store takes it");
    (id, file)
}
