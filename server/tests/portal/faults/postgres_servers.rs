//! PostgreSQL restarted in mid-load, and failed over to its standby for good: one that runs goes on by itself.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use sandbox::Sandbox;

use super::cluster::{End, Server};
use super::correcting::people_file_and_correct;
use super::judging::{missing, settle};
use super::load::Noted;
use super::{Chance, Tally, fewer_rounds, rounds};
use crate::browser::Browser;
use crate::licence::{SOUND, begin, id_of, page_of, press, ticked};
use crate::multipart::ChosenFile;
use crate::place::Folder;
use crate::program::{Program, prepared_on};

/// How long a portal may take to find its way back.
const PATIENCE: Duration = Duration::from_secs(30);

/// People who file on a portal that has these servers.
pub(super) struct Load {
    sandbox: Sandbox,
    config: PathBuf,
    pub(super) browser: Browser,
    program: Program,
    pub(super) noted: Arc<Noted>,
    looked_at: BTreeSet<String>,
    tally: Tally,
}

impl Load {
    pub(super) async fn begin(folder: &Folder, database: &str) -> Self {
        let (sandbox, config, base) = prepared_on(folder, Some(database)).await;
        let program = Program::serve(&config, &base).await;
        let browser = Browser::new(&base, &sandbox.url());
        browser.sign_in("legal-representative").await.page_of(200);
        let (noted, looked_at, tally) = (Arc::<Noted>::default(), BTreeSet::new(), Tally::default());
        Self { sandbox, config, browser, program, noted, looked_at, tally }
    }

    /// People file through what happens, and all of them must be able to go on after it, and what they file must reach the platform.
    /// Then everything that they were told is looked for.
    pub(super) async fn through(&mut self, fault: impl Future<Output = ()>, patience: Duration) {
        let (browser, noted, sandbox) = (&self.browser, &*self.noted, &self.sandbox);
        let happening = async {
            fault.await;
            let until = Instant::now() + patience;
            while browser.get("/health/ready").await.status != 200 {
                assert!(Instant::now() < until, "the portal does not find its way back");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            let filed = || noted.by_window.each_ref().map(|count| count.load(Ordering::Relaxed));
            let before = filed();
            while filed().iter().zip(before).any(|(now, before)| *now == before) {
                assert!(Instant::now() < until, "somebody cannot go on: {:?}, before {before:?}", filed());
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            let newest = id_of(noted.filed.lock().unwrap().last().unwrap());
            while !sent(sandbox).await.contains(&newest) {
                assert!(Instant::now() < until, "what is filed is not sent");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::select! {
            () = people_file_and_correct(browser, noted) => {}
            () = happening => {}
        }
        let kept = noted.kept.lock().unwrap().clone();
        self.tally.lost += missing(browser, &kept, &mut self.looked_at).await;
        self.tally.rounds += 1;
    }

    pub(super) async fn end(mut self) -> Tally {
        let kept = self.noted.kept.lock().unwrap().clone();
        self.tally.lost += missing(&self.browser, &kept, &mut BTreeSet::new()).await;
        self.program.kill();
        settle(&self.config, &self.sandbox, &self.noted, self.tally).await
    }
}

pub(super) fn moment(chance: &mut Chance) -> Duration {
    Duration::from_millis(100 + u64::try_from(chance.below(900)).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_answered_is_lost_when_postgres_is_restarted() {
    let folder = Folder::new();
    let Some(mut server) = Server::new(&folder).await else {
        println!("There is no PostgreSQL here: a restart was not tried.");
        return;
    };
    let mut chance = Chance::new("PostgreSQL restarted");
    let mut load = Load::begin(&folder, &server.url()).await;
    for round in 0..rounds(2) {
        let moment = moment(&mut chance);
        let restart = async {
            tokio::time::sleep(moment).await;
            server.end(if round.is_multiple_of(2) { End::Fast } else { End::Immediate }).await;
            server.begin().await;
        };
        load.through(restart, PATIENCE).await;
    }
    load.end().await.tell("PostgreSQL restarted under load, fast and immediate in turn");
}

/// A standby that does not answer: an acceptance waits for it, and so must the courier, which sees it already. Else a failover would
/// leave a filing at the platform that nobody knows here.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_sent_before_it_is_where_a_failover_finds_it() {
    let folder = Folder::new();
    let Some(server) = Server::new(&folder).await else {
        println!("There is no PostgreSQL here: a standby that hangs was not tried.");
        return;
    };
    let load = Load::begin(&folder, &server.url()).await;
    let draft = begin(&load.browser).await;
    press(&load.browser, &draft, SOUND, "continue", &[ChosenFile::pdf("a.pdf")]).await.location();
    let page = page_of(&load.browser, &format!("{draft}/review")).await;
    let (version, files) = (page.version(), page.hidden("files"));
    let agreed = ticked(&version, &files, &[]);
    server.waits_for_a_standby("nobody").await;
    let door = format!("{draft}/filing");
    let filing = load.browser.post(&door, &agreed);
    let answer = tokio::select! {
        answer = filing => panic!("it was answered before it was safe: {}", answer.status),
        there = sent_within(&load.sandbox, Duration::from_secs(3)) => there,
    };
    assert!(!answer, "it was sent before it was safe");
    server.waits_for_a_standby("").await;
    assert!(sent_within(&load.sandbox, PATIENCE).await, "it is sent as soon as it is safe");
    load.program.kill();
}

/// What the platform has.
async fn sent(sandbox: &Sandbox) -> Vec<String> {
    let all: serde_json::Value =
        reqwest::get(format!("{}/control/submissions", sandbox.url())).await.unwrap().json().await.unwrap();
    all["submissions"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
}

/// Whether the platform gets something within this time.
async fn sent_within(sandbox: &Sandbox, time: Duration) -> bool {
    let until = Instant::now() + time;
    while Instant::now() < until {
        if !sent(sandbox).await.is_empty() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    false
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_answered_is_lost_when_the_standby_takes_over() {
    let folder = Folder::new();
    let Some(mut primary) = Server::new(&folder).await else {
        println!("There is no PostgreSQL here: a failover was not tried.");
        return;
    };
    let mut standby = primary.standby("standby-0", crate::world::free_port()).await;
    let both = format!(
        "postgres://postgres@127.0.0.1:{},127.0.0.1:{}/postgres?target_session_attrs=read-write",
        primary.port(),
        standby.port()
    );
    let mut chance = Chance::new("failover");
    let mut load = Load::begin(&folder, &both).await;
    for round in 1..=fewer_rounds(1, 4) {
        let moment = moment(&mut chance);
        let failover = async {
            tokio::time::sleep(moment).await;
            primary.end(End::Immediate).await;
            standby.promote().await;
        };
        load.through(failover, PATIENCE).await;
        // The next standby stands where the first server stood.
        let port = primary.remove().await;
        let next = standby.standby(&format!("standby-{round}"), port).await;
        (primary, standby) = (standby, next);
    }
    load.end().await.tell("PostgreSQL killed under load, its synchronous standby promoted");
}
