//! A PostgreSQL server whose machine vanishes in mid-load: its lines stay open, and nothing comes on them any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::AbortOnDropHandle;

use super::cluster::{End, Server};
use super::fewer_rounds;
use super::postgres_servers::{Load, moment};
use crate::browser::Browser;
use crate::licence::filed;
use crate::place::Folder;
use crate::world::free_port;

/// What waits on a silent line gives up after less than a minute, whoever it is; then people need a moment to file.
const PATIENCE: Duration = Duration::from_secs(90);

/// So many pages are open.
const PAGES: usize = 40;

/// The way to a server, on an address of its own. Whoever is on it when the server vanishes is not told: what they send is taken (as
/// the system takes it that sends it), and nobody reads it.
struct Way {
    port: u16,
    vanished: Arc<AtomicBool>,
    _lines: AbortOnDropHandle<()>,
}

impl Way {
    async fn to(server: u16) -> Self {
        let port = free_port();
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let vanished = Arc::new(AtomicBool::new(false));
        let lines = AbortOnDropHandle::new(tokio::spawn(lines(listener, server, vanished.clone())));
        Self { port, vanished, _lines: lines }
    }

    /// From now on nothing comes through, either way.
    fn vanish(&self) {
        self.vanished.store(true, Ordering::SeqCst);
    }

    /// A machine stands there again, and knows nothing of the lines from before.
    fn stands_again(&self) {
        self.vanished.store(false, Ordering::SeqCst);
    }
}

async fn lines(listener: TcpListener, server: u16, vanished: Arc<AtomicBool>) {
    let mut all = tokio::task::JoinSet::new();
    loop {
        let (client, _) = listener.accept().await.unwrap();
        let vanished = vanished.clone();
        all.spawn(async move {
            if vanished.load(Ordering::SeqCst) {
                // The lines of a server that vanished are never closed by it.
                return silent(client).await;
            }
            let Ok(upstream) = TcpStream::connect(("127.0.0.1", server)).await else { return };
            let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), upstream.into_split());
            tokio::join!(passed_on(from_client, to_server, &vanished), passed_on(from_server, to_client, &vanished));
        });
    }
}

async fn silent(client: TcpStream) {
    let _kept = client;
    std::future::pending::<()>().await;
}

async fn passed_on(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, vanished: &AtomicBool) {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = from.read(&mut buffer).await;
        if vanished.load(Ordering::SeqCst) {
            return std::future::pending().await;
        }
        match read {
            Ok(0) | Err(_) => return,
            Ok(bytes) => {
                if to.write_all(&buffer[..bytes]).await.is_err() {
                    return;
                }
            }
        }
    }
}

/// As a browser has it open, which comes again when its stream ends.
fn open_page(browser: Browser, filing: String) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(async move {
        loop {
            let stream = browser.request(Method::GET, &format!("{filing}/changes")).send().await;
            if let Ok(mut stream) = stream {
                while let Ok(Some(_)) = stream.chunk().await {}
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_answered_is_lost_when_the_machine_of_the_store_vanishes() {
    let folder = Folder::new();
    let Some(mut primary) = Server::new(&folder).await else {
        println!("There is no PostgreSQL here: a machine that vanishes was not tried.");
        return;
    };
    let mut standby = primary.standby("standby-0", free_port()).await;
    let (mut way, mut way_to_standby) = (Way::to(primary.port()).await, Way::to(standby.port()).await);
    let both = format!(
        "postgres://postgres@127.0.0.1:{},127.0.0.1:{}/postgres?target_session_attrs=read-write",
        way.port, way_to_standby.port
    );
    let mut chance = super::Chance::new("vanishing");
    let mut load = Load::begin(&folder, &both).await;
    let watched = filed(&load.browser).await;
    for round in 1..=fewer_rounds(1, 10) {
        let moment = moment(&mut chance);
        let vanishing = async {
            tokio::time::sleep(moment).await;
            way.vanish();
            primary.end(End::Immediate).await;
            standby.promote().await;
        };
        // Pages that are open ask again and again, more of them than the pool has lines.
        let pages: Vec<_> = (0..PAGES).map(|_| open_page(load.browser.copy(), watched.clone())).collect();
        load.through(vanishing, PATIENCE).await;
        drop(pages);
        let port = primary.remove().await;
        let next = standby.standby(&format!("standby-{round}"), port).await;
        way.stands_again();
        (primary, standby) = (standby, next);
        (way, way_to_standby) = (way_to_standby, way);
    }
    load.end().await.tell("PostgreSQL's machine vanished under load, its synchronous standby promoted");
}
