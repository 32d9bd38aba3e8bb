//! Every message of the platform lost: `chengxin reconcile` brings in what it had decided, each thing once. And what nobody was
//! told of is named by the doctor.

use std::collections::BTreeMap;
use std::time::Duration;

use sandbox::Sandbox;
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use super::judging::settle;
use super::load::{Noted, people_file};
use super::{Tally, rounds};
use crate::browser::Browser;
use crate::licence::{id_of, page_of};
use crate::place::Folder;
use crate::program::{Program, command, mood, prepared};
use crate::world::eventually;

/// What the page of a filing says that was granted.
const GRANTED: &str = "已核验";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_lost_messages_told_is_brought_in_by_reconciling() {
    let folder = Folder::new();
    let (sandbox, config, base) = prepared(&folder).await;
    let program = Program::serve(&config, &base).await;
    let browser = Browser::new(&base, &sandbox.url());
    let (noted, mut tally, mut decided) = (Noted::default(), Tally::default(), BTreeMap::new());
    let run = |deed: &str| {
        let ended = command(&config, deed).env("RUST_LOG", "error").output().unwrap();
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(ended.status.success(), "{deed}: {said} {}", String::from_utf8_lossy(&ended.stderr));
        said
    };
    for _ in 0..rounds(1) {
        mood(&sandbox, "lose_events").await;
        browser.sign_in("legal-representative").await.page_of(200);
        tokio::select! {
            () = people_file(&browser, &noted) => {}
            () = tokio::time::sleep(Duration::from_millis(800)) => {}
        }
        // What was under way when people left is over: nothing more is taken back.
        tokio::time::sleep(Duration::from_millis(300)).await;
        eventually("everything has gone out", async || {
            let unsent = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM outbox WHERE state <> 'done'");
            let unsent = unsent.fetch_one(&mut open(&folder).await).await.unwrap();
            (unsent == 0).then_some(())
        })
        .await;
        let told = decide(&sandbox, &noted, &mut decided).await;
        tally.answered += told.len();
        run("reconcile");
        for (filing, state) in &told {
            let page = page_of(&browser, filing).await;
            tally.lost += usize::from(page.state() != *state);
            // Accepted, forwarded, taken up, decided.
            tally.doubled += page.history().len().saturating_sub(4);
        }
        let again = run("reconcile");
        assert!(again.contains(" 0 events caught up"), "{again}");
        tally.rounds += 1;
    }
    assert!(tally.answered > 2 && tally.lost == 0 && tally.doubled == 0, "{tally:?}");
    assert!(run("doctor").contains("were told of every one"));
    // Should a notice ever be missing, somebody hears of it.
    let mut store = open(&folder).await;
    sqlx::raw_sql("CREATE TABLE put_aside AS SELECT * FROM notices; DELETE FROM notices").execute(&mut store).await.unwrap();
    let untold = decided.iter().filter(|(_, state)| **state != GRANTED).count();
    let doctor = run("doctor");
    assert!(doctor.contains(&format!("WERE NOT TOLD OF {untold}.")), "{doctor}");
    let back = "INSERT INTO notices SELECT * FROM put_aside; DROP TABLE put_aside";
    sqlx::raw_sql(back).execute(&mut store).await.unwrap();
    store.close().await.unwrap();
    program.kill();
    let answered = tally.answered;
    let settled = settle(&config, &sandbox, &noted, tally).await;
    Tally { answered, ..settled }.tell("every message of the platform lost, and reconciled");
}

async fn open(folder: &Folder) -> SqliteConnection {
    SqliteConnectOptions::new().filename(folder.path("data/chengxin.sqlite")).connect().await.unwrap()
}

/// The platform decides about everything that it has and that nobody took back; gives the filings with what they say then.
async fn decide(sandbox: &Sandbox, noted: &Noted, before: &mut BTreeMap<String, &'static str>) -> Vec<(String, &'static str)> {
    let drafts = noted.filed.lock().unwrap().clone();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let all: Value = client.get(format!("{}/control/submissions", sandbox.url())).send().await.unwrap().json().await.unwrap();
    let mut told = Vec::new();
    for it in all["submissions"].as_array().unwrap().iter().filter(|it| it["withdrawal"].is_null()) {
        let id = it["id"].as_str().unwrap().to_owned();
        if !drafts.iter().any(|draft| id_of(draft) == id) || before.contains_key(&id) {
            continue;
        }
        let (kind, data, state) = match told.len() % 3 {
            0 => ("submission.refused", json!({ "reasons": ["证照已注销"] }), "未通过核验"),
            1 => ("submission.granted", json!({ "verification": "verified" }), GRANTED),
            _ => ("submission.returned", json!({ "comments": [], "note": "请尽快补正" }), "退回补正"),
        };
        let place = format!("{}/control/submissions/{id}/decision", sandbox.url());
        for (kind, data) in [("submission.under_review", json!({ "handler": "审核一岗" })), (kind, data)] {
            let answer = client.post(&place).json(&json!({ "type": kind, "data": data })).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{kind}");
        }
        before.insert(id.clone(), state);
        told.push((format!("/filings/{id}"), state));
    }
    told
}
