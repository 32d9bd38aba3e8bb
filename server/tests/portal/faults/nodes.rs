//! Several processes of the real program on one PostgreSQL: killed at random moments, and one of them hanging while it holds a
//! lease and woken when others have long gone on without it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use sandbox::Sandbox;
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use super::correcting::people_file_and_correct;
use super::judging::{missing, settle};
use super::load::{Noted, people_commit};
use super::{Chance, Tally, fewer_rounds};
use crate::browser::Browser;
use crate::place::{Database, Folder};
use crate::program::{PROGRAM, Program, command_of, mood, prepared_on, set_mood};
use crate::world::{eventually, free_port};

/// What names the older program to run beside this one.
const OLDER: &str = "FAULT_OLDER_PROGRAM";

/// One process.
struct Node {
    program: PathBuf,
    config: PathBuf,
    deed: &'static [&'static str],
    /// Where its pages are; none: it only works.
    base: Option<String>,
    running: Option<Program>,
}

impl Node {
    async fn begin(&mut self) {
        let (first, rest) = self.deed.split_first().unwrap();
        let mut command = command_of(&self.program, &self.config, first);
        command.args(rest).env("RUST_LOG", "warn");
        self.running = Some(Program::begin(command, &self.config));
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let log = self.config.with_extension("log");
        eventually("the node has started", async || match &self.base {
            Some(base) => client.get(format!("{base}/health/ready")).send().await.ok().filter(|it| it.status() == 200).map(drop),
            None => std::fs::read_to_string(&log).unwrap().contains("chengxin: working").then_some(()),
        })
        .await;
    }

    fn kill(&mut self) {
        if let Some(program) = self.running.take() {
            program.kill();
        }
    }

    fn signal(&self, name: &str) {
        self.running.as_ref().unwrap().signal(name);
    }
}

/// Which processes there are.
enum Nodes {
    TwoThatDoAll,
    PagesAndWork,
    /// The first is another build of the program.
    BesideOlder(PathBuf),
}

impl Nodes {
    fn begin(self, folder: &Folder, first: PathBuf, base: &str) -> [Node; 2] {
        let (config, other_base) = (folder.path("other.toml"), format!("http://127.0.0.1:{}", free_port()));
        let listen = |base: &str| format!("listen = {:?}", base.trim_start_matches("http://"));
        let text = std::fs::read_to_string(&first).unwrap();
        // Both are the same portal, at the same public address; people come in by either.
        std::fs::write(&config, text.replacen(&listen(base), &listen(&other_base), 1)).unwrap();
        let node =
            |config, deed: &'static [&'static str], base| Node { program: PROGRAM.into(), config, deed, base, running: None };
        match self {
            Self::TwoThatDoAll => [node(first, &["serve"], Some(base.to_owned())), node(config, &["serve"], Some(other_base))],
            Self::BesideOlder(program) => {
                let older = Node { program, ..node(first, &["serve"], Some(base.to_owned())) };
                [older, node(config, &["serve"], Some(other_base))]
            }
            Self::PagesAndWork => [node(first, &["serve", "--no-work"], Some(base.to_owned())), node(config, &["work"], None)],
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_two_nodes_answered_is_lost_or_doubled_when_they_are_killed_or_hang() {
    let tally = run(Nodes::TwoThatDoAll, fewer_rounds(3, 2)).await;
    tally.tell("two nodes on one PostgreSQL, killed at random or hanging with leases");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_answered_is_lost_or_doubled_when_pages_or_work_are_killed_or_hang() {
    let tally = run(Nodes::PagesAndWork, fewer_rounds(2, 2)).await;
    tally.tell("pages and work in two processes, killed at random or hanging with leases");
}

/// Programs of two ages on one store (docs/decisions/0018): the older begins, the newer changes the schema beneath it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_doubled_while_an_older_program_works_beside_this_one() {
    let Some(older) = std::env::var_os(OLDER) else {
        println!("{OLDER} names no older program: nothing runs beside this one");
        return;
    };
    let tally = run(Nodes::BesideOlder(older.into()), fewer_rounds(3, 2)).await;
    tally.tell("two nodes on one PostgreSQL, one of them an older program, killed at random or hanging with leases");
}

async fn run(nodes: Nodes, rounds: u32) -> Tally {
    let (folder, database) = (Folder::new(), Database::new().await);
    let (sandbox, config, base) = prepared_on(&folder, Some(&database.url())).await;
    let mut nodes = nodes.begin(&folder, config.clone(), &base);
    for node in &mut nodes {
        node.begin().await;
    }
    let browser = Browser::new(&base, &sandbox.url());
    let mut store = PgConnection::connect(&database.url()).await.unwrap();
    let mut chance = Chance::new("nodes");
    let noted = Noted::default();
    let (mut looked_at, mut lost, mut taken_over) = (Default::default(), 0, 0);
    for round in 0..rounds {
        mood(&sandbox, "normal").await;
        // A commitment is confirmed by who has just shown who they are.
        browser.sign_in("legal-representative").await.page_of(200);
        let windows = nodes.iter().filter_map(|node| node.base.as_ref().map(|base| browser.at(base)));
        let windows: Vec<Browser> = windows.collect();
        let people = windows.iter().map(|window| async {
            tokio::join!(people_file_and_correct(window, &noted), people_commit(window, &noted));
        });
        let people = futures_util::future::join_all(people);
        let fault = fault(&mut nodes, round, &sandbox, &mut store, &mut chance);
        tokio::select! {
            _ = people => {}
            over = fault => taken_over += over,
        }
        let kept = noted.kept.lock().unwrap().clone();
        lost += missing(&browser, &kept, &mut looked_at).await;
    }
    assert!(taken_over > 0, "no lease was taken over from a node that hung");
    nodes.iter_mut().for_each(Node::kill);
    let tally = settle(&config, &sandbox, &noted, Tally { rounds, lost, ..Tally::default() }).await;
    codes_follow_each_other(&mut store).await;
    store.close().await.unwrap();
    database.remove().await;
    tally
}

/// One fault: the first is always a node that hangs. Gives how many leases were taken over by that.
async fn fault(nodes: &mut [Node; 2], round: u32, sandbox: &Sandbox, store: &mut PgConnection, chance: &mut Chance) -> usize {
    let which = if round == 0 { 0 } else { chance.below(5) };
    let victim = chance.below(2);
    let moment = Duration::from_millis(100 + u64::try_from(chance.below(900)).unwrap());
    match which {
        0 | 1 => {
            // The one that delivers, while it waits for the platform's answer.
            let victim = if nodes[1].base.is_none() { 1 } else { victim };
            set_mood(sandbox, serde_json::json!({ "mood": "slow", "seconds": 1 })).await;
            tokio::time::sleep(moment + Duration::from_millis(300)).await;
            let its = hangs_with_leases(&nodes[victim], store).await;
            end_leases(store).await;
            let deed = nodes[1 - victim].deed;
            if nodes[1].base.is_none() {
                // Somebody else must do its work.
                again(&mut nodes[0], &["serve"]).await;
            }
            // Longer than PostgreSQL waits for one that hangs within a transaction, or not.
            let hanging = if round > 0 && chance.below(4) == 0 { 13_000 } else { 2_500 };
            tokio::time::sleep(Duration::from_millis(hanging)).await;
            let mut over = taken_over(&its, store).await;
            if round == 0 && over == 0 {
                // It hangs within a transaction, or the machine is busy.
                tokio::time::sleep(Duration::from_secs(12)).await;
                over = taken_over(&its, store).await;
            }
            nodes[victim].signal("CONT");
            tokio::time::sleep(Duration::from_millis(1500)).await;
            if nodes[1].base.is_none() {
                again(&mut nodes[0], deed).await;
            }
            over
        }
        2 => {
            tokio::time::sleep(moment).await;
            nodes.iter_mut().for_each(Node::kill);
            for node in nodes {
                node.begin().await;
            }
            0
        }
        _ => {
            tokio::time::sleep(moment).await;
            nodes[victim].kill();
            tokio::time::sleep(moment / 2).await;
            nodes[victim].begin().await;
            0
        }
    }
}

async fn again(node: &mut Node, deed: &'static [&'static str]) {
    node.kill();
    node.deed = deed;
    node.begin().await;
}

/// Stops it in a moment in which it holds rows; gives these.
async fn hangs_with_leases(node: &Node, store: &mut PgConnection) -> BTreeSet<(String, String)> {
    for _ in 0..20 {
        let mut at_once = BTreeSet::new();
        while at_once.is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
            at_once = leases(store).await;
        }
        node.signal("STOP");
        // Meanwhile another one settles what it has itself: what is left belongs to the one that hangs.
        tokio::time::sleep(Duration::from_secs(2)).await;
        let its: BTreeSet<_> = leases(store).await.intersection(&at_once).cloned().collect();
        if !its.is_empty() {
            return its;
        }
        node.signal("CONT");
    }
    panic!("it never holds a row");
}

/// How many of these leases are somebody else's now.
async fn taken_over(its: &BTreeSet<(String, String)>, store: &mut PgConnection) -> usize {
    let held = leases(store).await;
    its.iter().filter(|lease| !held.contains(*lease)).count()
}

/// As if the two minutes of every lease were over.
async fn end_leases(store: &mut PgConnection) {
    sqlx::query("UPDATE outbox SET due_at = 0 WHERE state = 'due' AND lease IS NOT NULL").execute(store).await.unwrap();
}

/// The rows that somebody holds, each with the lease.
async fn leases(store: &mut PgConnection) -> BTreeSet<(String, String)> {
    let held = sqlx::query_as("SELECT id, lease FROM outbox WHERE state = 'due' AND lease IS NOT NULL");
    held.fetch_all(store).await.unwrap().into_iter().collect()
}

/// Of each division and day: from one, without a gap and without one twice.
async fn codes_follow_each_other(store: &mut PgConnection) {
    let codes: Vec<String> = sqlx::query_scalar("SELECT code FROM commitments ORDER BY code").fetch_all(store).await.unwrap();
    assert!(!codes.is_empty(), "nobody made a commitment");
    let mut next: BTreeMap<&str, u32> = BTreeMap::new();
    for code in &codes {
        let (beginning, number) = code.split_at(14);
        let next = next.entry(beginning).or_default();
        *next += 1;
        assert_eq!(number.parse(), Ok(*next), "{codes:?}");
    }
}
