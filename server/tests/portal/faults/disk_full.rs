//! The disk fills up under load, and later there is room again: nothing was answered that is not there, and nobody has to
//! start the portal anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::judging::{missing, settle};
use super::load::{Noted, people_file};
use super::{Tally, rounds};
use crate::browser::Browser;
use crate::place::Folder;
use crate::program::{Program, prepared};
use crate::world::eventually;

/// A small disk in memory, which goes when this does.
struct Disk(PathBuf);

impl Disk {
    fn mount(place: &Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(place).unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(place).output();
        mounted.is_ok_and(|mounted| mounted.status.success()).then(|| Self(place.to_owned()))
    }

    fn resize(&self, size: &str) {
        let resized = Command::new("mount").args(["-o", &format!("remount,size={size}")]).arg(&self.0).status().unwrap();
        assert!(resized.success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

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
