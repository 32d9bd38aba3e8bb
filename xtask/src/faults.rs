//! `cargo xtask faults`: the fault tests for long, and what came of them in docs/reliability.md.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::postgres::{Cluster, Commits};
use crate::progress::step;
use crate::test::STORE;
use crate::trouble::{Outcome, Trouble, While};
use crate::{arguments, child, packages, place, toolchain};

/// The table stands between these lines.
const BEGIN: &str = "<!-- made by cargo xtask faults -->";
const END: &str = "<!-- until here -->";

/// `cargo xtask faults [--rounds N] [--seed N] [--only FILE] [--older PROGRAM]`: `--only power_cuts` runs the faults of one file, and
/// leaves the rows of the others in the table; an older program is run beside this one.
pub fn run(arguments: &[String]) -> Outcome {
    let given: BTreeMap<_, _> = arguments::pairs(arguments, &["--rounds", "--seed", "--only", "--older"])?.into_iter().collect();
    let rounds = given.get("--rounds").map_or("100", String::as_str);
    tracer()?;
    let cargo = toolchain::ready()?;
    let cluster = step("starting a PostgreSQL of our own", || Cluster::start(Commits::WaitForTheDisk))?;
    // One after another: a crash of PostgreSQL is everyone's.
    let which = format!("faults::{}", given.get("--only").map_or("", String::as_str));
    let mut command = cargo.command(["test", "--workspace", "--test", "portal", "--", &which]);
    command.args(["--include-ignored", "--nocapture", "--test-threads=1"]);
    command.env(STORE, cluster.url()).env("FAULT_ROUNDS", rounds);
    if let Some(seed) = given.get("--seed") {
        command.env("FAULT_SEED", seed);
    }
    println!("· {rounds} rounds of each fault (fewer of those that take long; with 20 it takes about 25 minutes)");
    if let Some(older) = given.get("--older") {
        command.env("FAULT_OLDER_PROGRAM", std::path::absolute(older).during("reading --older")?);
    }
    let mut testing = command.stdout(Stdio::piped()).spawn().during("running the fault tests")?;
    let mut rows = Vec::new();
    for line in testing.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
        let line = line.during("reading what the fault tests say")?;
        // What else they say, seeds above all, helps when one fails.
        println!("{line}");
        rows.extend(row(&line));
    }
    let passed = testing.wait().during("running the fault tests")?.success();
    let path = place::root().join("docs/reliability.md");
    let page = fs::read_to_string(&path).during("reading docs/reliability.md")?;
    let page = with_table(&page, &rows).ok_or_else(|| Trouble::new("docs/reliability.md has no place for the table"))?;
    fs::write(&path, page).during("writing docs/reliability.md")?;
    println!("· written to docs/reliability.md: {} rows", rows.len());
    if passed && !rows.is_empty() { Ok(()) } else { Err(Trouble::new("a fault test failed")) }
}

/// Power cuts and failing system calls are made with it.
pub fn tracer() -> Outcome {
    if child::on_path("strace") { Ok(()) } else { packages::install("strace, to see what is written", &["strace"]) }
}

/// `FAULT|fault|rounds|answered|lost|doubled`, which the test harness may have begun the line with words of its own before.
fn row(line: &str) -> Option<String> {
    let (_, told) = line.split_once("FAULT|")?;
    Some(format!("| {} |", told.split('|').collect::<Vec<_>>().join(" | ")))
}

/// The page with these rows, each in the place of the one about the same fault, or below the others.
fn with_table(page: &str, rows: &[String]) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (table, after) = rest.split_once(END)?;
    let head = "| fault | rounds | answers looked for | lost | doubled |\n| --- | --- | --- | --- | --- |";
    let mut all: Vec<&str> = table.trim().strip_prefix(head).unwrap_or_default().lines().filter(|line| !line.is_empty()).collect();
    for row in rows {
        match all.iter_mut().find(|old| fault(old) == fault(row)) {
            Some(old) => *old = row,
            None => all.push(row),
        }
    }
    Some(format!("{before}{BEGIN}\n\n{head}\n{}\n\n{END}{after}", all.join("\n")))
}

/// Which fault a row is about.
fn fault(row: &str) -> &str {
    row.split('|').nth(1).unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_take_the_places_of_those_about_the_same_fault_and_nothing_else_changes() {
        let first = with_table(&format!("a\n{BEGIN}\nold\n{END}\nb\n"), &["| cut | 5 | 9 | 0 | 0 |".to_owned()]).expect("a place");
        let rows: Vec<String> =
            ["test x ... FAULT|kill|3|40|0|0", "ok", "FAULT|cut|6|10|0|0"].iter().filter_map(|line| row(line)).collect();
        let page = with_table(&first, &rows).expect("there is a place");
        assert!(page.starts_with(&format!("a\n{BEGIN}\n\n| fault |")) && page.ends_with(&format!("{END}\nb\n")), "{page}");
        assert!(page.contains("| --- |\n| cut | 6 | 10 | 0 | 0 |\n| kill | 3 | 40 | 0 | 0 |\n\n"), "{page}");
        assert!(!page.contains("old") && !page.contains("| 5 |"), "{page}");
    }
}
