//! The disk fills up under load, the portal's or PostgreSQL's, and later there is room again: nothing was answered that is not there,
//! and nobody has to start the portal anew.

use std::collections::BTreeSet;
use std::time::Duration;

use super::cluster::Server;
use super::disk::Disk;
use super::judging::{missing, settle};
use super::load::{Noted, people_file};
use super::postgres_servers::Load;
use super::{Tally, rounds};
use crate::browser::Browser;
use crate::place::Folder;
use crate::program::{Program, prepared};
use crate::world::eventually;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_answered_is_lost_when_the_disk_is_full_and_with_room_it_goes_on() {
    let folder = Folder::new();
    let (sandbox, config, base) = prepared(&folder).await;
    let Some(disk) = Disk::mount(&folder.path("data"), "4m") else {
        println!("A disk cannot be mounted here: a full one was not tried.");
        return;
    };
    let program = Program::serve(&config, &base).await;
    let browser = Browser::new(&base, &sandbox.url());
    browser.sign_in("legal-representative").await.page_of(200);
    let noted = Noted::default();
    let (mut looked_at, mut lost) = (BTreeSet::new(), 0);
    let rounds = rounds(1).min(10);
    let mut size = 4;
    for _ in 0..rounds {
        let full = async {
            while browser.get("/health/ready").await.status != 503 {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            // People go on for a while, in vain.
            tokio::time::sleep(Duration::from_millis(500)).await;
        };
        tokio::select! {
            () = people_file(&browser, &noted) => {}
            () = full => {}
            () = tokio::time::sleep(Duration::from_secs(60)) => panic!("the disk was never full"),
        }
        size += 4;
        disk.resize(&format!("{size}m"));
        eventually("it takes writes again", async || (browser.get("/health/ready").await.status == 200).then_some(())).await;
        let kept = noted.kept.lock().unwrap().clone();
        lost += missing(&browser, &kept, &mut looked_at).await;
    }
    disk.resize("200m");
    program.kill();
    let tally = settle(&config, &sandbox, &noted, Tally { rounds, lost, ..Tally::default() }).await;
    tally.tell("disk full under load, on SQLite");
}

/// A PostgreSQL that cannot write its log ends; whoever makes room starts it again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_answered_is_lost_when_the_disk_of_postgres_is_full_and_with_room_it_goes_on() {
    let folder = Folder::new();
    let Some(disk) = Disk::mount(&folder.path("postgres"), "200m") else {
        println!("A disk cannot be mounted here: a full one was not tried.");
        return;
    };
    let Some(mut server) = Server::new(&folder).await else {
        println!("There is no PostgreSQL here: its full disk was not tried.");
        return;
    };
    let mut load = Load::begin(&folder, &server.url()).await;
    let noted = load.noted.clone();
    for _ in 0..rounds(1).min(10) {
        let full = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            disk.fill();
            // Until nobody can file any more: what fits into pages that are there already still does.
            let mut before = None;
            while before != Some(noted.filed_by_all()) {
                before = Some(noted.filed_by_all());
                tokio::time::sleep(Duration::from_millis(1500)).await;
            }
            disk.clear();
            server.begin_if_ended().await;
        };
        load.through(full, Duration::from_secs(60)).await;
    }
    load.end().await.tell("PostgreSQL's disk full under load");
}
