//! Every test: Rust with both stores, and real browsers.

use std::path::Path;

use crate::cargo::Cargo;
use crate::postgres::{Cluster, Commits};
use crate::progress::{Summary, loud_step, step};
use crate::trouble::Outcome;
use crate::{child, end2end, faults, instructions, packages, toolchain};

/// Names the PostgreSQL server that tests and benches use.
pub const STORE: &str = "TEST_POSTGRES_URL";

/// `cargo xtask test`.
pub fn run(arguments: &[String]) -> Outcome {
    let (rust, browser, filters) = match arguments.split_first() {
        Some((part, rest)) if part == "rust" => (true, false, rest),
        Some((part, rest)) if part == "browser" => (false, true, rest),
        _ => (true, true, arguments),
    };
    let cargo = toolchain::ready()?;
    let mut summary = Summary::default();
    if rust {
        summary.part("Rust tests", || rust_tests(&cargo, filters));
    }
    if rust && filters.is_empty() {
        summary.part("instructions", || instructions::compare(&cargo));
    }
    if browser {
        summary.part("browser tests", || end2end::run(&cargo, filters));
    }
    summary.end()
}

fn rust_tests(cargo: &Cargo, filters: &[String]) -> Outcome {
    virus_scanner()?;
    other_signatures()?;
    faults::tracer()?;
    let mut command = cargo.command(["test", "--workspace", "--no-fail-fast", "--"]);
    command.args(filters);
    // Somebody who has a server to test with (or no Debian) names it.
    let cluster = match std::env::var_os(STORE) {
        Some(_) => None,
        None => Some(step("starting a PostgreSQL of our own", || Cluster::start(Commits::WaitForNothing))?),
    };
    if let Some(cluster) = &cluster {
        command.env(STORE, cluster.url());
    }
    loud_step("the Rust tests", || child::aloud(&mut command))
}

/// Signatures are compared with those of a library that is not ours.
fn other_signatures() -> Outcome {
    let mut asked = child::command("/usr/bin/python3");
    let there =
        child::answer(asked.args(["-c", "try:\n import botan3\nexcept ImportError:\n import botan2\nprint('yes')"])).is_some();
    if there { Ok(()) } else { packages::install("Botan for Python", &["python3-botan"]) }
}

/// The tests start it themselves, with a signature of their own; Debian keeps it where only root's path leads.
fn virus_scanner() -> Outcome {
    let there = child::on_path("clamd") || Path::new("/usr/sbin/clamd").exists();
    if there { Ok(()) } else { packages::install("a virus scanner", &["clamav-daemon"]) }
}
