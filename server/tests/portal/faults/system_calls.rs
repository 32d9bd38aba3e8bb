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
use crate::place::{Database, Folder};
use crate::program::{Program, prepared, prepared_on};

/// Each call with the errors that it can have (its manual page), and how far into a thread's calls one is made to fail.
const CALLS: &[(&str, &[&str], usize)] = &[
    ("write", &["EIO", "ENOSPC", "EDQUOT"], 60),
    ("pwrite64", &["EIO", "ENOSPC", "EDQUOT"], 600),
    ("fsync", &["EIO", "ENOSPC"], 40),
    ("fdatasync", &["EIO", "ENOSPC"], 60),
    ("openat", &["EIO", "ENOSPC", "EMFILE", "EACCES"], 60),
    ("rename", &["EIO", "ENOSPC"], 5),
    ("mkdir", &["EIO", "ENOSPC"], 10),
    ("unlink", &["EIO", "EACCES"], 20),
    ("ftruncate", &["EIO", "EFBIG"], 2),
    ("pread64", &["EIO"], 300),
    ("read", &["EIO"], 60),
    ("statx", &["EIO"], 30),
    ("lseek", &["EINVAL"], 2),
    ("fcntl", &["EIO", "EAGAIN", "ENOLCK"], 400),
    ("flock", &["EIO", "EAGAIN"], 1),
    ("mmap", &["ENOMEM"], 40),
    ("accept4", &["EMFILE", "ENFILE", "ECONNABORTED", "ENOMEM"], 6),
    ("socket", &["EMFILE", "ENOBUFS"], 4),
    ("connect", &["ECONNREFUSED", "ENETUNREACH", "EADDRNOTAVAIL"], 4),
    ("sendto", &["EPIPE", "ECONNRESET", "ENOBUFS"], 12),
    ("recvfrom", &["ECONNRESET", "EIO"], 200),
    ("setsockopt", &["ENOPROTOOPT", "EINVAL"], 10),
    ("writev", &["EPIPE", "ECONNRESET"], 12),
    ("sendmsg", &["EPIPE", "ENOBUFS"], 4),
    ("bind", &["EADDRINUSE", "EACCES"], 2),
    ("close", &["EIO", "EINTR"], 60),
    ("clone3", &["EAGAIN", "ENOMEM"], 8),
    ("epoll_ctl", &["ENOMEM", "ENOSPC"], 12),
    ("eventfd2", &["EMFILE", "ENOMEM"], 1),
    ("getrandom", &["EAGAIN", "ENOSYS"], 30),
    ("getdents64", &["EIO"], 6),
    ("readlink", &["EIO", "EACCES"], 4),
    ("newfstatat", &["EIO"], 6),
    ("munmap", &["ENOMEM"], 12),
    ("mprotect", &["ENOMEM"], 12),
];

/// How long people go on filing.
const LOAD: Duration = Duration::from_millis(1500);
/// How long it may take to be ready, or to have ended; SQLite waits five seconds for a lock.
const PATIENCE: Duration = Duration::from_secs(15);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_answered_is_lost_when_any_system_call_fails_once() {
    any_call_fails_once(None).await.tell("one system call of each thread fails, on SQLite");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "long: cargo xtask faults"]
async fn nothing_that_was_answered_is_lost_when_any_system_call_fails_once_on_postgres() {
    let database = Database::new().await;
    let tally = any_call_fails_once(Some(&database.url())).await;
    database.remove().await;
    tally.tell("one system call of each thread fails, on PostgreSQL");
}

async fn any_call_fails_once(database: Option<&str>) -> Tally {
    let tracer = Command::new("strace").arg("-V").stdout(Stdio::null()).status();
    assert!(tracer.is_ok(), "strace is missing: cargo xtask test installs it");
    let folder = Folder::new();
    let (sandbox, config, base) = prepared_on(&folder, database).await;
    let browser = Browser::new(&base, &sandbox.url());
    let (mut chance, noted) = (Chance::new("system calls"), Noted::default());
    let (mut looked_at, mut tally) = (BTreeSet::new(), Tally::default());
    let mut ended = 0;
    // Every call with every error in turn, from anywhere; which of a thread's calls it is, is chance.
    let pairs: Vec<_> =
        CALLS.iter().flat_map(|(call, errors, most)| errors.iter().map(move |error| (*call, *error, *most))).collect();
    let (first, mut met) = (chance.below(pairs.len()), BTreeSet::new());
    for round in 0..usize::try_from(rounds(4)).unwrap() * 3 {
        let program = Program::serve(&config, &base).await;
        browser.sign_in("legal-representative").await.page_of(200);
        program.kill();
        let (call, error, most) = pairs[(first + round) % pairs.len()];
        let number = 1 + chance.below(most);
        let fault = format!("{call}:error={error}:when={number}");
        let trace = folder.path("faults");
        let mut program = Program::begin(failing(&config, call, &fault, &trace), &config);
        if looked_at_from_outside(&mut program, &base, &fault, &config).await == Health::Ready {
            tokio::select! {
                () = people_file(&browser, &noted) => {}
                () = tokio::time::sleep(LOAD) => {}
            }
            looked_at_from_outside(&mut program, &base, &fault, &config).await;
        }
        let has_ended = program.has_ended();
        ended += usize::from(has_ended);
        if !has_ended {
            program.kill();
        }
        let failed = std::fs::read_to_string(&trace).unwrap_or_default().matches("(INJECTED)").count();
        println!("{fault}: {failed} calls failed{}", if has_ended { ", it ended" } else { "" });
        tally.rounds += u32::from(failed > 0);
        if failed > 0 {
            met.insert((call, error));
        }
        let clean = Program::serve(&config, &base).await;
        let kept = noted.kept.lock().unwrap().clone();
        tally.lost += missing(&browser, &kept, &mut looked_at).await;
        clean.kill();
    }
    println!("it ended by itself in {ended} of {} rounds", tally.rounds);
    println!("{} of {} calls with their errors have failed", met.len(), pairs.len());
    settle(&config, &sandbox, &noted, tally).await
}

/// Where the system gives it no more threads while it starts, it must not hang.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_gets_too_few_threads_serves_or_ends() {
    let tracer = Command::new("strace").arg("-V").stdout(Stdio::null()).status();
    assert!(tracer.is_ok(), "strace is missing: cargo xtask test installs it");
    let folder = Folder::new();
    let (_sandbox, config, base) = prepared(&folder).await;
    // A thread that is refused, and room for its stack.
    let refused = (1..=4).map(|number| ("clone3", format!("clone3:error=EAGAIN:when={number}")));
    for (call, fault) in refused.chain((16..=22).map(|number| ("mmap", format!("mmap:error=ENOMEM:when={number}")))) {
        let mut program = Program::begin(failing(&config, call, &fault, &folder.path("faults")), &config);
        looked_at_from_outside(&mut program, &base, &fault, &config).await;
        if !program.has_ended() {
            program.kill();
        }
    }
}

/// The program with this fault. strace stands beside it, so that the program stays ours to kill.
fn failing(config: &Path, call: &str, fault: &str, trace: &Path) -> Command {
    let mut command = Command::new("strace");
    command.args(["-D", "-f", "--seccomp-bpf", "-qq", "-e", &format!("trace={call}"), "-e", "signal=none"]);
    command.args(["-e", &format!("inject={fault}"), "-o"]).arg(trace);
    command.arg(env!("CARGO_BIN_EXE_chengxin")).arg("--config").arg(config).arg("serve").stdin(Stdio::null());
    command
}

/// What a probe sees.
#[derive(Debug, PartialEq, Eq)]
enum Health {
    Ready,
    /// It answers, and says for long that it cannot write: whoever watches starts it anew. So it is when SQLite could not give
    /// back a lock, for which it waits ten seconds each time.
    SaysNo,
    Ended,
}

/// Waits until it is ready, has ended, or has said no for long. It must not stay without an answer.
async fn looked_at_from_outside(program: &mut Program, base: &str, fault: &str, config: &Path) -> Health {
    // SQLite itself waits for ten seconds where it finds its locks in disorder.
    let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(25)).build().unwrap();
    let until = Instant::now() + PATIENCE;
    while !program.has_ended() {
        let answer = client.get(format!("{base}/health/ready")).send().await.map(|answer| answer.status().as_u16());
        match answer {
            Ok(200) => return Health::Ready,
            Ok(503) if Instant::now() > until => {
                println!("{fault}: it says no until it is started anew");
                return Health::SaysNo;
            }
            _ if Instant::now() > until => {
                let said = std::fs::read_to_string(config.with_extension("log")).unwrap_or_default();
                panic!("with {fault} it neither answers nor ends: {answer:?}\n{said}");
            }
            _ => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    Health::Ended
}
