//! The clock jumps both ways under load: days ahead and back, minutes, and more than a year. Nothing is lost, doubled, or stuck
//! until a time comes that the wrong clock had set.

use std::collections::BTreeSet;
use std::time::Duration;

use server::clock::Clock;
use server::config::Config;
use server::serving::start;
use server::watching;

use super::judging::{missing, settle};
use super::load::{Noted, people_file};
use super::{Chance, Tally, rounds};
use crate::browser::Browser;
use crate::place::{Database, Folder};
use crate::program::{mood, prepared_on};
use crate::world::{HOUR, MINUTE};

const DAY: i64 = 24 * HOUR;
/// How far it jumps, ahead or back.
const JUMPS: [i64; 8] = [MINUTE / 2, 3 * MINUTE, 20 * MINUTE, 2 * HOUR, DAY, 10 * DAY, 100 * DAY, 400 * DAY];
/// What the platform is like meanwhile, so that something waits.
const MOODS: [&str; 5] = ["normal", "down", "too_many", "drop_answer", "broken"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_answered_is_lost_or_stuck_when_the_clock_jumps_on_sqlite() {
    run(None).await.tell("the clock jumping both ways under load, on SQLite");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_answered_is_lost_or_stuck_when_the_clock_jumps_on_postgres() {
    let database = Database::new().await;
    let tally = run(Some(database.url())).await;
    database.remove().await;
    tally.tell("the clock jumping both ways under load, on PostgreSQL");
}

async fn run(database: Option<String>) -> Tally {
    let folder = Folder::new();
    let (sandbox, config, base) = prepared_on(&folder, database.as_deref()).await;
    let settings = Config::parse(&std::fs::read_to_string(&config).unwrap(), std::iter::empty()).unwrap();
    let clock = Clock::default();
    let running = start(settings, clock.clone()).await.unwrap();
    let portal = running.portal.clone();
    let browser = Browser::new(&base, &sandbox.url());
    let (mut chance, noted) = (Chance::new("clock jumps"), Noted::default());
    let (mut looked_at, mut tally) = (BTreeSet::new(), Tally::default());
    let mut ahead = 0;
    for _ in 0..rounds(4) {
        mood(&sandbox, MOODS[chance.below(MOODS.len())]).await;
        // Who a wrong clock signs out signs in again, once it is right: the provider's tokens go by the real time.
        browser.sign_in("legal-representative").await.page_of(200);
        let moment = Duration::from_millis(200 + u64::try_from(chance.below(400)).unwrap());
        let jumps = async {
            for _ in 0..3 {
                tokio::time::sleep(moment).await;
                let by = JUMPS[chance.below(JUMPS.len())] * if chance.below(2) == 0 { 1 } else { -1 };
                clock.advance(by);
                ahead += by;
                portal.courier.notify_one();
                watching::look(&portal).await.unwrap();
            }
            tokio::time::sleep(moment).await;
            clock.advance(-std::mem::take(&mut ahead));
        };
        tokio::select! {
            () = people_file(&browser, &noted) => {}
            () = jumps => {}
        }
        browser.sign_in("legal-representative").await.page_of(200);
        let kept = noted.kept.lock().unwrap().clone();
        tally.lost += missing(&browser, &kept, &mut looked_at).await;
        tally.rounds += 1;
    }
    // The clock is right again and stays so: what waits must go out in the time that a wait can take by right.
    mood(&sandbox, "normal").await;
    watching::look(&portal).await.unwrap();
    for _ in 0..600 {
        let Some(due_at) = portal.storage.next_delivery_at().await.unwrap() else { break };
        let wait = due_at - clock.now();
        assert!(wait < 5 * DAY, "a delivery waits for {} days", wait / DAY);
        // What is due waits for the platform to be asked again, perhaps: that has a time of its own.
        clock.advance(wait.clamp(MINUTE / 60, DAY));
        portal.courier.notify_one();
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    assert_eq!(portal.storage.next_delivery_at().await.unwrap(), None, "something is stuck");
    running.stop().await;
    settle(&config, &sandbox, &noted, tally).await
}
