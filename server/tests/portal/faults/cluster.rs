//! PostgreSQL servers of a test's own, which it can stop, kill and promote without anyone else noticing: one, or one with a
//! standby that has everything before a commit is answered.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use crate::place::Folder;
use crate::world::free_port;

/// Who runs it; PostgreSQL refuses root.
const USER: &str = "postgres";

const PAUSE: Duration = Duration::from_millis(20);

/// How a server is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It ends all sessions, and writes what it has in memory.
    Fast,
    /// It leaves everything as it is, and recovers at its next start.
    Immediate,
}

/// One server. It ends with the test.
pub struct Server {
    programs: PathBuf,
    data: PathBuf,
    port: u16,
    process: Option<Child>,
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            tell(&process, End::Immediate);
            let _ = process.wait();
        }
    }
}

impl Server {
    /// An empty one, which runs. None: there is no PostgreSQL on this machine.
    pub async fn new(folder: &Folder) -> Option<Self> {
        let programs = programs()?;
        let place = folder.path("postgres");
        std::fs::create_dir_all(&place).unwrap();
        if is_root() {
            done(Command::new("chown").arg(USER).arg(&place));
        }
        let mut server = Self { programs, data: place.join("first"), port: free_port(), process: None };
        let mut making = as_user(server.programs.join("initdb"));
        making.args(["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]);
        done(making.arg("--pgdata").arg(&server.data));
        server.begin().await;
        Some(server)
    }

    /// Another one that follows this one: what a client of this one is answered from now on, both have on their disks.
    pub async fn standby(&self, name: &str, port: u16) -> Self {
        let data = self.data.with_file_name(name);
        let mut copying = as_user(self.programs.join("pg_basebackup"));
        copying.args([
            "-h",
            "127.0.0.1",
            "-p",
            &self.port.to_string(),
            "-U",
            USER,
            "-c",
            "fast",
            "-X",
            "stream",
            "-R",
            "--no-sync",
        ]);
        done(copying.arg("-D").arg(&data));
        // Once it is promoted nobody follows it yet: then it must not wait for anybody.
        let settings = data.join("postgresql.auto.conf");
        let text = std::fs::read_to_string(&settings).unwrap();
        let text: String = text.lines().filter(|line| !line.starts_with("synchronous_")).map(|line| format!("{line}\n")).collect();
        std::fs::write(&settings, text).unwrap();
        let mut standby = Self { programs: self.programs.clone(), data, port, process: None };
        standby.begin().await;
        self.waits_for_a_standby("*").await;
        let is_followed = "SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync' AND state = 'streaming'";
        for _ in 0..1500 {
            if sqlx::query_scalar(is_followed).fetch_one(&mut self.connect().await.unwrap()).await.unwrap() {
                return standby;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("nothing follows the server at port {}", self.port)
    }

    /// From now on every commit waits for a standby of this name; for none, if it is empty.
    pub async fn waits_for_a_standby(&self, name: &str) {
        let mut connection = self.connect().await.unwrap();
        let command = AssertSqlSafe(format!("ALTER SYSTEM SET synchronous_standby_names = '{name}'"));
        sqlx::query(command).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        self.command("SELECT pg_reload_conf()").await;
    }

    /// Starts it, and waits until it answers.
    pub async fn begin(&mut self) {
        let log = std::fs::File::options().create(true).append(true).open(self.data.with_extension("log")).unwrap();
        let mut server = as_user(self.programs.join("postgres"));
        server.arg("-D").arg(&self.data);
        let sockets = format!("unix_socket_directories={}", self.data.parent().unwrap().display());
        for setting in ["listen_addresses=127.0.0.1", &format!("port={}", self.port), &sockets, "fsync=on"] {
            server.args(["-c", setting]);
        }
        server.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
        self.process = Some(server.spawn().unwrap());
        for _ in 0..3000 {
            if self.connect().await.is_ok() {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("PostgreSQL did not start: {}", std::fs::read_to_string(self.data.with_extension("log")).unwrap_or_default())
    }

    /// Starts it if it has ended by itself.
    pub async fn begin_if_ended(&mut self) {
        // It may just be about to.
        tokio::time::sleep(Duration::from_millis(500)).await;
        if self.process.as_mut().is_none_or(|process| process.try_wait().unwrap().is_some()) {
            println!("PostgreSQL had ended");
            self.begin().await;
        }
    }

    /// Ends it. Whoever uses it goes on meanwhile.
    pub async fn end(&mut self, how: End) {
        let Some(mut process) = self.process.take() else { return };
        tell(&process, how);
        while process.try_wait().unwrap().is_none() {
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Makes a standby take writes.
    pub async fn promote(&self) {
        self.command("SELECT pg_promote(true, 60)").await;
    }

    /// Takes it away with all that it holds; gives its port.
    pub async fn remove(mut self) -> u16 {
        self.end(End::Immediate).await;
        std::fs::remove_dir_all(&self.data).unwrap();
        self.port
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/postgres", self.port)
    }

    async fn connect(&self) -> sqlx::Result<PgConnection> {
        self.url().parse::<PgConnectOptions>().unwrap().connect().await
    }

    async fn command(&self, sql: &'static str) {
        let mut connection = self.connect().await.unwrap();
        sqlx::query(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

fn tell(process: &Child, how: End) {
    let signal = match how {
        End::Fast => "-INT",
        End::Immediate => "-QUIT",
    };
    let _ = Command::new("kill").args([signal, &process.id().to_string()]).status();
}

/// The newest PostgreSQL of this machine, where Debian has it.
fn programs() -> Option<PathBuf> {
    let versions = Path::new("/usr/lib/postgresql").read_dir().ok()?.flatten();
    let numbered = versions.filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))));
    let complete = numbered.filter(|(_, programs)| programs.join("initdb").exists());
    complete.max_by_key(|(number, _)| *number).map(|(_, programs)| programs)
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

fn as_user(program: PathBuf) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", USER, "--regid", USER, "--init-groups", "--pdeathsig", "QUIT", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    // The folder of the test may not be open to that user.
    command.current_dir("/");
    command
}

fn done(command: &mut Command) {
    let ended = command.output().unwrap();
    assert!(ended.status.success(), "{command:?}: {}", String::from_utf8_lossy(&ended.stderr));
}
