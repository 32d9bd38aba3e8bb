//! ClamAV's daemon as a test has it: its own settings, a signature of its own, nothing from the network.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use server::config::ScannerPlace;
use server::scanning::Scanner;
use server::scanning::clamd::Clamd;
use tokio::net::TcpListener;

use crate::multipart::ChosenFile;
use crate::place::Folder;
use crate::world::eventually;

/// What the signature finds. Harmless, and no scanner on a developer's machine knows it.
const HARMFUL: &str = "harmful-only-to-the-tests-of-this-portal";

/// A running daemon. It is killed when the test ends.
pub struct RunningClamd(Child);

impl Drop for RunningClamd {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A PDF in which the signature is found.
pub fn harmful_pdf(name: &str) -> ChosenFile {
    ChosenFile::new(name, format!("%PDF-1.7\n% {name} {HARMFUL}\n%%EOF\n"))
}

/// The socket beside the port.
pub fn socket_in(folder: &Folder) -> PathBuf {
    folder.path("clamd.ctl")
}

/// Starts a daemon on this port and on a socket in the folder, and waits until it answers.
pub async fn start(folder: &Folder, port: u16) -> RunningClamd {
    let database = folder.path("signatures");
    std::fs::create_dir_all(&database).unwrap();
    let signature: String = credit::hexadecimal::write(HARMFUL.as_bytes());
    // Name, any kind of file, any place in it, the bytes.
    std::fs::write(database.join("test.ndb"), format!("Portal.Test.Harmful:0:*:{signature}\n")).unwrap();
    let config = folder.path("clamd.conf");
    let settings = format!(
        "Foreground yes\nTCPAddr 127.0.0.1\nTCPSocket {port}\nLocalSocket {}\nDatabaseDirectory {}\nTemporaryDirectory {}\n",
        socket_in(folder).display(),
        database.display(),
        folder.as_ref().display(),
    );
    std::fs::write(&config, settings).unwrap();
    let log = std::fs::File::create(folder.path("clamd.log")).unwrap();
    let mut command = Command::new(program());
    command.arg("--config-file").arg(&config).stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
    let running = RunningClamd(command.spawn().unwrap());
    let clamd = Clamd::at(ScannerPlace::Tcp(format!("127.0.0.1:{port}")));
    eventually("clamd answers", async || clamd.check().await.ok()).await;
    running
}

/// Debian keeps it where only root's path leads.
fn program() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::env::split_paths(&path).chain(["/usr/sbin".into()]);
    let found = folders.find_map(|folder| Some(folder.join("clamd")).filter(|program| program.is_file()));
    found.expect("clamd is not installed: run `cargo xtask test`, which installs it, or `apt-get install clamav-daemon`")
}

/// Something that takes connections and never says anything, until it is dropped.
pub struct Mute(tokio::task::JoinHandle<()>);

impl Drop for Mute {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Mute {
    pub async fn listen(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        Self(tokio::spawn(async move {
            let mut taken = Vec::new();
            while let Ok((line, _)) = listener.accept().await {
                taken.push(line);
            }
        }))
    }
}
