//! The program itself: killed, told to end, wrongly configured.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use reqwest::Method;
use sandbox::Sandbox;

use crate::browser::Browser;
use crate::licence::{file, id_of, page_in_state, page_of, sound_draft};
use crate::place::Folder;
use crate::world::{World, eventually, free_port, mail_settings, sandbox_for, scanner_settings, settings};

/// A running program. It is killed when the test ends.
pub struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Program {
    /// Starts it and waits until it answers.
    pub async fn serve(config: &PathBuf, base: &str) -> Self {
        Self::started(command(config, "serve"), config, base).await
    }

    /// As [`Program::serve`], logging as much as it can.
    pub async fn serve_talkative(config: &PathBuf, base: &str) -> Self {
        let mut command = command(config, "serve");
        command.env("RUST_LOG", "trace");
        Self::started(command, config, base).await
    }

    async fn started(command: Command, config: &Path, base: &str) -> Self {
        let program = Self::begin(command, config);
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let look = async || client.get(format!("{base}/health/ready")).send().await.ok().filter(|answer| answer.status() == 200);
        eventually("the program is ready", look).await;
        program
    }

    /// Starts this. What it says stands beside its settings.
    pub fn begin(mut command: Command, config: &Path) -> Self {
        let log = std::fs::File::create(config.with_extension("log")).unwrap();
        Self(command.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap())
    }

    /// Sends it a signal of this name.
    pub fn signal(&self, name: &str) {
        let told = Command::new("kill").arg(format!("-{name}")).arg(self.0.id().to_string()).status().unwrap();
        assert!(told.success());
    }

    pub fn has_ended(&mut self) -> bool {
        self.0.try_wait().unwrap().is_some()
    }

    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    pub async fn ends_within(&mut self, patience: Duration) -> ExitStatus {
        let began = Instant::now();
        while began.elapsed() < patience {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("it still runs after {patience:?}")
    }

    pub fn terminate(&self) {
        self.signal("TERM");
    }
}

/// Where the program is.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_chengxin");

/// The program, told to do this; not started yet.
pub fn command(config: &PathBuf, deed: &str) -> Command {
    command_of(Path::new(PROGRAM), config, deed)
}

/// Another build of it, told to do this.
pub fn command_of(program: &Path, config: &PathBuf, deed: &str) -> Command {
    let mut command = Command::new(program);
    // Nothing of the machine's own environment may configure it.
    command.env_clear().arg("--config").arg(config).arg(deed).stdin(Stdio::null());
    command
}

/// What `doctor` says of a world whose portal keeps things in SQLite.
pub fn doctor(world: &World) -> String {
    let config = world.folder.path("chengxin.toml");
    let port: u16 = world.base.rsplit(':').next().unwrap().parse().unwrap();
    let text = settings(&world.folder, port, &world.sandbox, None)
        + &mail_settings(&world.mailbox)
        + &world.scanner.map(scanner_settings).unwrap_or_default();
    std::fs::write(&config, text).unwrap();
    let ended = command(&config, "doctor").output().unwrap();
    let said = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(ended.status.success(), "{said} {}", String::from_utf8_lossy(&ended.stderr));
    said
}

/// What `log verify` comes to, from anywhere and without settings: whether it holds, what is said, and what is complained of.
pub fn verify_log(log: &url::Url, key: Option<&str>) -> (bool, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chengxin"));
    command.env_clear().args(["log", "verify", log.as_str()]).stdin(Stdio::null());
    if let Some(key) = key {
        command.args(["--key", key]);
    }
    let ended = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (ended.status.success(), text(&ended.stdout), text(&ended.stderr))
}

/// What `verify` comes to, from anywhere and without settings: whether it holds, what is said, and what is complained of.
pub fn verify_receipt(file: &Path, key: &str) -> (bool, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chengxin"));
    command.env_clear().arg("verify").arg(file).args(["--log-key", key]).stdin(Stdio::null());
    let ended = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (ended.status.success(), text(&ended.stdout), text(&ended.stderr))
}

/// For tests that post as fast as they can: no pace is too fast.
const UNHURRIED: &str = "[pace]\nposts_per_minute = 1000000\nposts_burst = 1000000\n\
                         person_sign_ins_per_minute = 1000000\nperson_sign_ins_burst = 1000000\n";

/// A sandbox and a configuration for a program on a free port.
pub async fn prepared(folder: &Folder) -> (Sandbox, PathBuf, String) {
    prepared_on(folder, None).await
}

/// As [`prepared`], with this database.
pub async fn prepared_on(folder: &Folder, database: Option<&str>) -> (Sandbox, PathBuf, String) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let port = free_port();
    let sandbox = sandbox_for(port).await;
    let config = folder.path("chengxin.toml");
    std::fs::write(&config, settings(folder, port, &sandbox, database) + UNHURRIED).unwrap();
    (sandbox, config, format!("http://127.0.0.1:{port}"))
}

pub async fn mood(sandbox: &Sandbox, mood: &str) {
    set_mood(sandbox, serde_json::json!({ "mood": mood })).await;
}

/// As [`mood`], with how long or how often.
pub async fn set_mood(sandbox: &Sandbox, setting: serde_json::Value) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.post(format!("{}/control/mood", sandbox.url())).json(&setting).send().await.unwrap();
    assert_eq!(answer.status(), 200);
}

async fn puts(sandbox: &Sandbox, id: &str) -> Option<i64> {
    let all: serde_json::Value =
        reqwest::get(format!("{}/control/submissions", sandbox.url())).await.unwrap().json().await.unwrap();
    all["submissions"].as_array().unwrap().iter().find(|submission| submission["id"] == id)?["puts"].as_i64()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_filing_is_forwarded_after_the_server_was_killed() {
    let folder = Folder::new();
    let (sandbox, config, base) = prepared(&folder).await;
    let program = Program::serve(&config, &base).await;
    let browser = Browser::new(&base, &sandbox.url());
    browser.sign_in("legal-representative").await.page_of(200);
    mood(&sandbox, "down").await;
    let draft = sound_draft(&browser).await;
    let filing = file(&browser, &draft, &[]).await;
    eventually("a try has failed", async || page_of(&browser, &filing).await.says("已尝试 1 次").then_some(())).await;
    let typed = sound_draft(&browser).await;
    program.kill();
    mood(&sandbox, "normal").await;
    let _program = Program::serve(&config, &base).await;
    // Still signed in, still there, on its way; and then with the platform, once.
    assert_eq!(page_of(&browser, &typed).await.files().len(), 1);
    let page = page_in_state(&browser, &filing, "平台已收到，等待受理").await;
    assert_eq!(page.history().len(), 2, "{:?}", page.history());
    assert_eq!(puts(&sandbox, &id_of(&filing)).await, Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_end_it_ends_cleanly_even_with_an_open_page() {
    let folder = Folder::new();
    let (sandbox, config, base) = prepared(&folder).await;
    let mut program = Program::serve(&config, &base).await;
    let browser = Browser::new(&base, &sandbox.url());
    browser.sign_in("legal-representative").await.page_of(200);
    let draft = sound_draft(&browser).await;
    let filing = file(&browser, &draft, &[]).await;
    let mut stream = browser.request(Method::GET, &format!("{filing}/changes")).send().await.unwrap();
    assert!(stream.chunk().await.unwrap().is_some(), "the stream is open");
    program.terminate();
    let status = program.ends_within(Duration::from_secs(10)).await;
    assert_eq!(status.code(), Some(0));
    let log = std::fs::read_to_string(config.with_extension("log")).unwrap();
    assert!(!log.contains("panicked"), "{log}");
    assert!(!log.contains("江大海") && !log.contains("食品经营许可证"), "neither names nor what was typed is for the log: {log}");
}

/// What a collector reads: one JSON object a line, with when, how serious and what.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_is_json_with_dotted_names_where_that_is_set() {
    let folder = Folder::new();
    let (sandbox, config, base) = prepared(&folder).await;
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, format!("log_json = true\n{text}")).unwrap();
    let mut program = Program::serve(&config, &base).await;
    let browser = Browser::new(&base, &sandbox.url());
    browser.sign_in("legal-representative").await.page_of(200);
    let filing = file(&browser, &sound_draft(&browser).await, &[]).await;
    program.terminate();
    program.ends_within(Duration::from_secs(10)).await;
    let log = std::fs::read_to_string(config.with_extension("log")).unwrap();
    let mut accepted = 0;
    for line in log.lines().filter(|line| !line.starts_with("chengxin: ")) {
        let told: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let at = told["timestamp"].as_str().unwrap();
        assert!(at.ends_with('Z') && chrono::DateTime::parse_from_rfc3339(at).is_ok(), "UTC: {line}");
        assert!(["ERROR", "WARN", "INFO"].contains(&told["level"].as_str().unwrap()), "{line}");
        let fields = told["fields"].as_object().unwrap();
        let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'_'));
        assert!(fields.keys().all(|name| is_name(name)), "{line}");
        if fields["message"] == "filing.accepted" {
            accepted += 1;
            assert_eq!(fields["filing.id"], id_of(&filing).as_str(), "{line}");
        }
    }
    assert_eq!(accepted, 1, "{log}");
}

/// What counts sign-ins and tells open pages of changes is in the memory of the one that runs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_process_on_one_sqlite_store_is_refused_until_the_first_has_ended() {
    let folder = Folder::new();
    let (_sandbox, config, base) = prepared(&folder).await;
    let first = Program::serve(&config, &base).await;
    for deed in ["serve", "work"] {
        let second = command(&config, deed).output().unwrap();
        let said = String::from_utf8_lossy(&second.stderr);
        assert_eq!(second.status.code(), Some(1), "{said}");
        assert!(said.contains("data_dir") && said.contains("several need PostgreSQL"), "{said}");
    }
    first.kill();
    Program::serve(&config, &base).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_setting_is_named_and_nothing_starts() {
    let folder = Folder::new();
    let (_sandbox, config, base) = prepared(&folder).await;
    let sound = std::fs::read_to_string(&config).unwrap();
    let open = folder.secret("open-secret", "x");
    std::fs::set_permissions(&open, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    folder.secret("empty-secret", "");
    let port = base.rsplit(':').next().unwrap();
    let taken = std::net::TcpListener::bind(format!("127.0.0.1:{port}")).unwrap();
    let cases = [
        ("client_id = \"chengxin\"", "client_id = \"\"", "identity.client_id"),
        ("[site]", "[site]\nmotto = \"x\"", "motto"),
        ("public_url = \"http://127", "public_url = \"http://example.com:1\" #", "public_url"),
        ("client-secret\"", "no-such-file\"", "identity.client_secret_file"),
        ("client-secret\"", "empty-secret\"", "identity.client_secret_file"),
        ("platform-token\"", "open-secret\"", "platform.token_file"),
        ("/event-key\"", "/client-secret\"", "platform.event_secret_files"),
        ("/site\"", "/no-site\"", "site_dir"),
        ("[identity]", "database = \"mysql://x\"\n[identity]", "database"),
        ("listen", "listen", "Cannot listen"),
        ("listen", "\u{0}", "TOML"),
    ];
    for (old, new, named) in cases {
        assert!(sound.contains(old), "{old}");
        std::fs::write(&config, sound.replacen(old, new, 1)).unwrap();
        let ended = command(&config, "serve").output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(1), "{new}: {said}");
        assert!(said.contains(named), "{new} is not named as {named}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
    drop(taken);
    let none = command(&folder.path("no-such.toml"), "serve").output().unwrap();
    assert_eq!(none.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&none.stderr).contains("no-such.toml"));
    // And with the sound one, the doctor is content.
    std::fs::write(&config, &sound).unwrap();
    let doctor = command(&config, "doctor").output().unwrap();
    let said = String::from_utf8_lossy(&doctor.stdout);
    assert!(doctor.status.success(), "{said} {}", String::from_utf8_lossy(&doctor.stderr));
    assert!(said.contains("the provider answers") && said.contains("SQLite takes writes"), "{said}");
}

/// The harness would hide it if a world were never really there.
pub async fn a_world_answers(world: World) {
    assert_eq!(world.browser().get("/health/live").await.text(), "live\n");
    assert_eq!(world.browser().get("/health/ready").await.text(), "ready\n");
}
