//! Every system call failing once: the real program, in each of whose threads one call of some kind ends in an error, at its start
//! or under load. It may say no, or end; what it answered holds after a clean start.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::judging::{missing, settle};
use super::load::{Noted, people_file};
use super::{Chance, Tally, rounds};
use crate::browser::Browser;
use crate::place::Folder;
use crate::program::{Program, prepared};

/// Each call with the errors that it can have (its manual page), and how far into a thread's calls one is made to fail.
const CALLS: &[(&str, &[&str], usize)] = &[
    ("write", &["EIO", "ENOSPC", "EDQUOT"], 60),
    ("pwrite64", &["EIO", "ENOSPC", "EDQUOT"], 600),
    ("fsync", &["EIO", "ENOSPC"], 40),
    ("fdatasync", &["EIO", "ENOSPC"], 150),
    ("openat", &["EIO", "ENOSPC", "EMFILE", "EACCES"], 60),
    ("rename", &["EIO", "ENOSPC"], 10),
    ("mkdir", &["EIO", "ENOSPC"], 10),
    ("unlink", &["EIO", "EACCES"], 20),
    ("ftruncate", &["EIO", "EFBIG"], 4),
    ("pread64", &["EIO"], 300),
    ("read", &["EIO"], 60),
    ("statx", &["EIO"], 30),
    ("lseek", &["EINVAL"], 10),
    ("fcntl", &["EIO", "EAGAIN", "ENOLCK"], 400),
    ("flock", &["EIO", "EAGAIN"], 2),
    ("mmap", &["ENOMEM"], 60),
    ("accept4", &["EMFILE", "ENFILE", "ECONNABORTED", "ENOMEM"], 6),
    ("socket", &["EMFILE", "ENOBUFS"], 4),
    ("connect", &["ECONNREFUSED", "ENETUNREACH", "EADDRNOTAVAIL"], 4),
    ("sendto", &["EPIPE", "ECONNRESET", "ENOBUFS"], 200),
    ("recvfrom", &["ECONNRESET", "EIO"], 200),
    ("setsockopt", &["ENOPROTOOPT", "EINVAL"], 10),
];

/// How long people go on filing.
const LOAD: Duration = Duration::from_millis(1500);
/// How long it may take to be ready, or to have ended.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_answered_is_lost_when_any_system_call_fails_once() {
    if Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        println!("There is no strace here: failing system calls were not tried.");
        return;
    }
    let folder = Folder::new();
    let (sandbox, config, base) = prepared(&folder).await;
    let browser = Browser::new(&base, &sandbox.url());
    let (mut chance, noted) = (Chance::new("system calls"), Noted::default());
    let (mut looked_at, mut tally) = (BTreeSet::new(), Tally::default());
    let mut ended = 0;
    // Through the list in turn, from anywhere.
    let first = chance.below(CALLS.len());
    for round in 0..usize::try_from(rounds(4)).unwrap() * 3 {
        let program = Program::serve(&config, &base).await;
        browser.sign_in("legal-representative").await.page_of(200);
        program.kill();
        let (call, errors, most) = CALLS[(first + round) % CALLS.len()];
        let (error, number) = (errors[chance.below(errors.len())], 1 + chance.below(most));
        let fault = format!("{call}:error={error}:when={number}");
        let trace = folder.path("faults");
        let mut program = Program::begin(failing(&config, call, &fault, &trace), &config);
        if is_ready(&mut program, &base, &fault).await {
            tokio::select! {
                () = people_file(&browser, &noted) => {}
                () = tokio::time::sleep(LOAD) => {}
            }
            is_ready(&mut program, &base, &fault).await;
        }
        let has_ended = program.has_ended();
        ended += usize::from(has_ended);
        if !has_ended {
            program.kill();
        }
        let failed = std::fs::read_to_string(&trace).unwrap_or_default().matches("(INJECTED)").count();
        println!("{fault}: {failed} calls failed{}", if has_ended { ", it ended" } else { "" });
        tally.rounds += u32::from(failed > 0);
        let clean = Program::serve(&config, &base).await;
        let kept = noted.kept.lock().unwrap().clone();
        tally.lost += missing(&browser, &kept, &mut looked_at).await;
        clean.kill();
    }
    println!("it ended by itself in {ended} of {} rounds", tally.rounds);
    settle(&config, &sandbox, &noted, tally).await.tell("one system call of each thread fails, on SQLite");
}

/// The program with this fault. strace stands beside it, so that the program stays ours to kill.
fn failing(config: &Path, call: &str, fault: &str, trace: &Path) -> Command {
    let mut command = Command::new("strace");
    command.args(["-D", "-f", "--seccomp-bpf", "-qq", "-e", &format!("trace={call}"), "-e", "signal=none"]);
    command.args(["-e", &format!("inject={fault}"), "-o"]).arg(trace);
    command.arg(env!("CARGO_BIN_EXE_chengxin")).arg("--config").arg(config).arg("serve").stdin(Stdio::null());
    command
}

/// Waits until it is ready, or has ended: whether it is ready. It must not do neither.
async fn is_ready(program: &mut Program, base: &str, fault: &str) -> bool {
    let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(5)).build().unwrap();
    let until = Instant::now() + PATIENCE;
    while !program.has_ended() {
        let answer = client.get(format!("{base}/health/ready")).send().await;
        if answer.is_ok_and(|answer| answer.status() == 200) {
            return true;
        }
        assert!(Instant::now() < until, "with {fault} it is neither ready nor at an end");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    false
}
