//! `kill -9` of the real program at random moments under load, while the platform has its moods; and crashes of PostgreSQL.

use std::collections::BTreeSet;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};

use super::correcting::people_file_and_correct;
use super::judging::{missing, settle};
use super::load::Noted;
use super::{Chance, Tally, rounds};
use crate::browser::Browser;
use crate::place::{Database, Folder};
use crate::program::{Program, mood, prepared_on};

/// What the platform may be like meanwhile.
const MOODS: [&str; 8] = ["normal", "normal", "drop_answer", "answer_twice", "too_many", "rubbish", "broken", "down"];

/// What is looked for after each round.
#[derive(Clone, Copy)]
enum Fault {
    /// The portal is killed.
    Kill,
    /// One of PostgreSQL's processes is killed, so that it ends all others and recovers from its log.
    PostgresCrash,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_answered_is_lost_when_the_portal_is_killed_on_sqlite() {
    let tally = run(None, Fault::Kill, rounds(4)).await;
    tally.tell("kill -9 of the portal under load, on SQLite, with the platform's moods");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "long, and on PostgreSQL: cargo xtask faults"]
async fn nothing_that_was_answered_is_lost_when_the_portal_is_killed_on_postgres() {
    let database = Database::new().await;
    let tally = run(Some(database.url()), Fault::Kill, rounds(4)).await;
    database.remove().await;
    tally.tell("kill -9 of the portal under load, on PostgreSQL, with the platform's moods");
}

/// All databases of the server are thrown back, so no other test may use it meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "it makes PostgreSQL crash under everyone: cargo xtask faults"]
async fn nothing_that_was_answered_is_lost_when_postgres_crashes_and_recovers() {
    let database = Database::new().await;
    let tally = run(Some(database.url()), Fault::PostgresCrash, rounds(4)).await;
    database.remove().await;
    tally.tell("PostgreSQL crashed and recovered under load");
}

async fn run(database: Option<String>, fault: Fault, rounds: u32) -> Tally {
    let folder = Folder::new();
    let (sandbox, config, base) = prepared_on(&folder, database.as_deref()).await;
    let mut chance = Chance::new("kills");
    let browser = Browser::new(&base, &sandbox.url());
    let mut program = Program::serve(&config, &base).await;
    browser.sign_in("legal-representative").await.page_of(200);
    let noted = Noted::default();
    let (mut looked_at, mut lost) = (BTreeSet::new(), 0);
    for _ in 0..rounds {
        mood(&sandbox, MOODS[chance.below(MOODS.len())]).await;
        let moment = Duration::from_millis(50 + u64::try_from(chance.below(900)).unwrap());
        match fault {
            Fault::Kill => {
                tokio::select! {
                    () = people_file_and_correct(&browser, &noted) => {}
                    () = tokio::time::sleep(moment) => {}
                }
                program.kill();
                program = Program::serve(&config, &base).await;
            }
            Fault::PostgresCrash => {
                let crash = async {
                    tokio::time::sleep(moment).await;
                    crash(database.as_deref().unwrap()).await;
                    tokio::time::sleep(Duration::from_millis(1500)).await;
                };
                tokio::select! {
                    () = people_file_and_correct(&browser, &noted) => {}
                    () = crash => {}
                }
            }
        }
        let kept = noted.kept.lock().unwrap().clone();
        lost += missing(&browser, &kept, &mut looked_at).await;
    }
    // Those of the first rounds once more, after all that came since.
    let kept = noted.kept.lock().unwrap().clone();
    lost += missing(&browser, &kept, &mut BTreeSet::new()).await;
    program.kill();
    settle(&config, &sandbox, &noted, Tally { rounds, lost, ..Tally::default() }).await
}

/// Kills one of the server's processes that work for the portal. The others are ended by the server, which then recovers.
async fn crash(url: &str) {
    let mut connection = recovered(&url.parse().unwrap()).await;
    let question = "SELECT pid FROM pg_stat_activity WHERE application_name = 'chengxin' AND datname = current_database() LIMIT 1";
    // The portal may just be coming back from the crash before.
    let until = tokio::time::Instant::now() + Duration::from_secs(60);
    let pid: i32 = loop {
        match sqlx::query_scalar(question).fetch_optional(&mut connection).await.unwrap() {
            Some(pid) => break pid,
            None => assert!(tokio::time::Instant::now() < until, "the portal does not come back"),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert!(std::process::Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap().success());
    let _ = connection.close().await;
}

/// A connection, once the server has recovered from the crash before.
async fn recovered(server: &PgConnectOptions) -> PgConnection {
    let within = tokio::time::Instant::now() + Duration::from_secs(60);
    loop {
        match server.connect().await {
            Ok(connection) => return connection,
            Err(error) => assert!(tokio::time::Instant::now() < within, "PostgreSQL does not recover: {error}"),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
