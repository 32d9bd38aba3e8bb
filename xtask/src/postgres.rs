//! A PostgreSQL of our own for the time of a test run.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::trouble::{Outcome, Trouble, While};
use crate::{child, http, packages};

const START: Duration = Duration::from_secs(30);
/// The user that Debian's package makes; PostgreSQL refuses to run as root.
const USER: &str = "postgres";

/// What a server's commits wait for.
#[derive(Clone, Copy)]
pub enum Commits {
    /// For the disk, as in service: where rates are measured and servers are made to fail.
    WaitForTheDisk,
    /// For nothing: hundreds of small databases come and go, and nobody cuts the power.
    WaitForNothing,
}

/// A throw-away cluster; it ends, and its files go, when this does.
pub struct Cluster {
    server: Child,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes and starts one on a free port.
    pub fn start(commits: Commits) -> Outcome<Self> {
        let programs = programs()?;
        let folder = std::env::temp_dir().join(format!("chengxin-postgres-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let started = Self::start_in(&programs, &folder, commits);
        if started.is_err() {
            let _ = fs::remove_dir_all(&folder);
        }
        started
    }

    fn start_in(programs: &Path, folder: &Path, commits: Commits) -> Outcome<Self> {
        fs::create_dir(folder).during("making a folder for PostgreSQL")?;
        if packages::is_root() {
            child::quietly(child::command("chown").arg(USER).arg(folder))?;
        }
        let data = folder.join("data");
        let mut init = as_user(programs.join("initdb"));
        init.arg("--pgdata").arg(&data).args(["--username", USER, "--auth", "trust", "--encoding", "UTF8"]);
        child::quietly(init.args(["--locale", "C.UTF-8", "--no-sync"]).current_dir(folder))?;

        let [port] = http::free_ports()?;
        let log = File::create(folder.join("log")).during("writing PostgreSQL's log")?;
        let second = log.try_clone().during("writing PostgreSQL's log")?;
        let mut postgres = as_user(programs.join("postgres"));
        postgres.arg("-D").arg(&data);
        for setting in [
            "listen_addresses=127.0.0.1".into(),
            format!("port={port}"),
            format!("unix_socket_directories={}", folder.display()),
            format!("fsync={}", if matches!(commits, Commits::WaitForTheDisk) { "on" } else { "off" }),
            "max_connections=300".into(),
        ] {
            postgres.args(["-c", &setting]);
        }
        postgres.stdin(Stdio::null()).stdout(log).stderr(second).current_dir(folder);
        let server = postgres.spawn().during("starting PostgreSQL")?;
        let mut cluster = Self { server, folder: folder.to_owned(), port };
        cluster.wait_until_ready(programs)?;
        Ok(cluster)
    }

    fn wait_until_ready(&mut self, programs: &Path) -> Outcome {
        let started = Instant::now();
        let port = self.port.to_string();
        while started.elapsed() < START && !matches!(self.server.try_wait(), Ok(Some(_))) {
            let mut question = child::command(programs.join("pg_isready"));
            if child::answer(question.args(["-h", "127.0.0.1", "-p", &port])).is_some() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(Trouble::new(format!("PostgreSQL did not start:\n{log}")))
    }

    /// Where the tests find it.
    pub fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's "fast": it does not wait for clients.
        child::end_with("INT", &mut self.server);
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Installs PostgreSQL if it is not there; says where its newest programs are.
fn programs() -> Outcome<PathBuf> {
    if let Some(folder) = newest() {
        return Ok(folder);
    }
    packages::install("PostgreSQL", &["postgresql"])?;
    newest().ok_or_else(|| Trouble::new("PostgreSQL was installed, but its programs are not where Debian has them"))
}

fn newest() -> Option<PathBuf> {
    let versions = Path::new("/usr/lib/postgresql").read_dir().ok()?.flatten();
    let numbered = versions.filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path())));
    let complete = numbered.filter(|(_, path)| path.join("bin/initdb").exists());
    Some(complete.max_by_key(|(number, _)| *number)?.1.join("bin"))
}

fn as_user(program: PathBuf) -> Command {
    if !packages::is_root() {
        return child::command(program);
    }
    let mut command = child::command("setpriv");
    // Whatever ends us ends the cluster too, even where we get no chance to do it ourselves.
    command.args(["--reuid", USER, "--regid", USER, "--init-groups", "--pdeathsig", "INT", "--"]).arg(program);
    command
}
