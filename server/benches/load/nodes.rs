//! The real program, one process or two on one store, with the stand-in platform and provider.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use sandbox::{Sandbox, SandboxConfig};

const TOKEN: &str = "a-token-for-measuring";
const EVENTS: &str = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// The running nodes. They are killed at the end.
pub struct Nodes {
    /// Where each is reached.
    pub urls: Vec<String>,
    /// The platform.
    pub platform: Sandbox,
    programs: Vec<Child>,
    folder: PathBuf,
}

/// How nodes are started.
#[derive(Clone, Copy, Default)]
struct Manner<'a> {
    database: Option<&'a str>,
    processor: Option<Processor>,
    behind_proxy: bool,
}

/// A processor of this machine, by its number.
#[derive(Clone, Copy)]
pub struct Processor(usize);

impl Processor {
    /// The first two, if there are as many.
    pub fn two() -> Option<[Self; 2]> {
        std::thread::available_parallelism().is_ok_and(|count| count.get() > 1).then_some([Self(0), Self(1)])
    }

    /// Moves this process to it: threads that begin later stay there.
    pub fn take(self) {
        let (number, process) = (self.0.to_string(), std::process::id().to_string());
        let moved = Command::new("taskset").args(["-cp", &number, &process]).stdout(Stdio::null()).status();
        assert!(moved.is_ok_and(|status| status.success()), "taskset (util-linux) moves a process to a processor");
    }

    /// A program on it.
    fn runs(self, program: &str) -> Command {
        let mut taskset = Command::new("taskset");
        taskset.args(["-c", &self.0.to_string(), program]);
        taskset
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        for program in &mut self.programs {
            let _ = program.kill();
            let _ = program.wait();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Nodes {
    /// Starts so many on this database, or one on SQLite, and waits until each is ready.
    pub async fn start(database: Option<&str>, count: usize) -> Self {
        Self::start_as(Manner { database, ..Manner::default() }, count).await
    }

    /// Starts one on SQLite to which a proxy names addresses (`X-Real-IP`), on this processor, and waits until it is ready.
    pub async fn start_behind_proxy(processor: Option<Processor>) -> Self {
        Self::start_as(Manner { database: None, processor, behind_proxy: true }, 1).await
    }

    async fn start_as(manner: Manner<'_>, count: usize) -> Self {
        let folder = std::env::temp_dir().join(format!("chengxin-load-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
        let ports: Vec<u16> = (0..count).map(|_| free_port()).collect();
        let urls: Vec<String> = ports.iter().map(|port| format!("http://127.0.0.1:{port}")).collect();
        let platform = sandbox::start(SandboxConfig {
            listen: ([127, 0, 0, 1], 0).into(),
            portal: Some(urls[0].parse().expect("it is an address")),
            client_id: "chengxin".into(),
            client_secret: "s".into(),
            platform_token: TOKEN.into(),
            event_secret: EVENTS.into(),
        })
        .await
        .expect("the sandbox starts");
        let mut nodes = Self { urls, platform, programs: Vec::new(), folder };
        for port in ports {
            nodes.start_one(port, manner).await;
        }
        nodes
    }

    async fn start_one(&mut self, port: u16, manner: Manner<'_>) {
        let config = self.folder.join(format!("node-{port}.toml"));
        std::fs::write(&config, self.settings(port, manner)).expect("the folder takes files");
        let log = std::fs::File::create(config.with_extension("log")).expect("the folder takes files");
        let program = env!("CARGO_BIN_EXE_chengxin");
        let mut program = manner.processor.map_or_else(|| Command::new(program), |processor| processor.runs(program));
        program.env_clear().arg("--config").arg(&config).arg("serve").stdin(Stdio::null());
        program.stdout(log.try_clone().expect("a file can be had twice")).stderr(log);
        self.programs.push(program.spawn().expect("the program starts"));
        let ready = format!("http://127.0.0.1:{port}/health/ready");
        for _ in 0..200 {
            if reqwest::get(&ready).await.is_ok_and(|answer| answer.status() == 200) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the program is not ready: {}", std::fs::read_to_string(config.with_extension("log")).unwrap_or_default());
    }

    fn settings(&self, port: u16, manner: Manner<'_>) -> String {
        let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site");
        let database = manner.database.map(|url| format!("database = {url:?}\n")).unwrap_or_default();
        let look_up = if manner.behind_proxy { "[look_up]\naddress_header = \"x-real-ip\"\n" } else { "" };
        format!(
            "listen = \"127.0.0.1:{port}\"\npublic_url = \"{}\"\nsite_dir = {site:?}\ndata_dir = {:?}\n{database}\
             [identity]\nissuer = \"{}\"\nclient_id = \"chengxin\"\nclient_secret_file = {:?}\n\
             [platform]\nurl = \"{}\"\ntoken_file = {:?}\nevent_secret_files = [{:?}]\n\
             [pace]\nposts_per_minute = 1000000\nposts_burst = 1000000\n{look_up}",
            self.urls[0],
            self.folder.join("data"),
            self.platform.issuer(),
            self.secret("client", "s"),
            self.platform.platform_url(),
            self.secret("token", TOKEN),
            self.secret("events", EVENTS),
        )
    }

    fn secret(&self, name: &str, value: &str) -> PathBuf {
        let path = self.folder.join(name);
        std::fs::write(&path, value).expect("the folder takes files");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("its mode can be set");
        path
    }

    /// How much room the SQLite store takes, in bytes.
    pub fn sqlite_bytes(&self) -> u64 {
        let data = self.folder.join("data");
        let size = |name: &str| std::fs::metadata(data.join(name)).map(|file| file.len()).unwrap_or_default();
        size("chengxin.sqlite") + size("chengxin.sqlite-wal")
    }

    /// The most memory that they ever held, in bytes, together (`VmHWM`).
    pub fn memory(&self) -> u64 {
        let most = |program: &Child| {
            let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).ok()?;
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()
        };
        self.programs.iter().filter_map(most).sum::<u64>() * 1024
    }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it is bound").port()
}
