//! What the paths that everybody goes cost, in instructions, beside what they cost before: a count tells a change of a hundredth on a
//! machine where times differ by a third.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cargo::Cargo;
use crate::progress::step;
use crate::trouble::{Outcome, Trouble, While};
use crate::{arguments, build, child, packages, place, toolchain};

/// How often a path is gone in the first counting, and in the second; the difference is what it costs, without the preparation.
const FEW: u64 = 4;
const MORE: u64 = 24;
/// By so much a path may cost more before somebody has to say why, in hundredths.
const TOLERANCE: f64 = 2.0;

/// `cargo xtask instructions [--note WHY]`: compares; with a note, writes down what was counted and why it is more.
pub fn run(arguments: &[String]) -> Outcome {
    let given = arguments::pairs(arguments, &["--note"])?;
    let cargo = toolchain::ready()?;
    match given.first() {
        None => compare(&cargo),
        Some((_, note)) => write_down(&cargo, note),
    }
}

/// Counts, and fails where a path costs more than was written down.
///
/// # Errors
/// Naming each path that does.
pub fn compare(cargo: &Cargo) -> Outcome {
    let counted = count(cargo, &written()?)?;
    let grown: Vec<String> = counted.iter().filter(|(line, now)| line.grown(*now) > TOLERANCE).map(told).collect();
    for line in &counted {
        println!("  {}", told(line));
    }
    if grown.is_empty() {
        return Ok(());
    }
    let why = "these cost more instructions than before. Make them cheaper, or say why with `cargo xtask instructions --note WHY`";
    Err(Trouble::new(format!("{why}:\n  {}", grown.join("\n  "))))
}

fn write_down(cargo: &Cargo, note: &str) -> Outcome {
    let counted = count(cargo, &written()?)?;
    let mut page = HEAD.to_owned();
    for (line, now) in &counted {
        let note = if line.grown(*now).abs() > TOLERANCE { note } else { &line.note };
        println!("  {}", told(&(line.clone(), *now)));
        page.push_str(&format!("{}\n", Line { instructions: *now, note: note.to_owned(), ..line.clone() }));
    }
    fs::write(file(), page).during("writing counted.txt")
}

const HEAD: &str = "# Instructions of a round (8 pages, 40 entries, 4 filings, 16 claims; one event) in a build for tests, counted by\n\
                    # `cargo xtask instructions`, which fails where one costs a fiftieth more and nobody has said why.\n\
                    # Path, instructions, why it is what it is.\n";

fn file() -> PathBuf {
    place::root().join("server/benches/instructions/counted.txt")
}

/// One path.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    path: String,
    instructions: u64,
    note: String,
}

impl Line {
    fn read(line: &str) -> Option<Self> {
        let mut words = line.splitn(3, ' ');
        let path = words.next()?.to_owned();
        Some(Self { path, instructions: words.next()?.parse().ok()?, note: words.next().unwrap_or_default().to_owned() })
    }

    /// By how many hundredths it is more now.
    fn grown(&self, now: u64) -> f64 {
        (now as f64 / self.instructions.max(1) as f64 - 1.0) * 100.0
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.path, self.instructions, self.note)
    }
}

fn told((line, now): &(Line, u64)) -> String {
    format!("{}: {now} instructions, {:+.1} % of what was written down", line.path, line.grown(*now))
}

fn written() -> Outcome<Vec<Line>> {
    let page = fs::read_to_string(file()).during("reading counted.txt")?;
    let lines = page.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| Line::read(line).ok_or_else(|| Trouble::new(format!("counted.txt: “{line}” is no line of it")))).collect()
}

fn count(cargo: &Cargo, lines: &[Line]) -> Outcome<Vec<(Line, u64)>> {
    if !child::on_path("valgrind") {
        packages::install("Valgrind, to count instructions", &["valgrind"])?;
    }
    build::site(cargo)?;
    let program = step("building what is counted", || program(cargo))?;
    let one = |line: &Line| {
        step(format!("counting {}", line.path), || {
            let (few, more) = (instructions(&program, &line.path, FEW)?, instructions(&program, &line.path, MORE)?);
            Ok((line.clone(), more.saturating_sub(few) / (MORE - FEW)))
        })
    };
    lines.iter().map(one).collect()
}

/// With the features of the whole workspace and of what only tests depend on, so that the libraries are those that are compiled
/// already; cargo tells where it is.
fn program(cargo: &Cargo) -> Outcome<PathBuf> {
    let what = ["build", "--quiet", "--workspace", "--bins", "--test", "architecture", "--bench", "instructions"];
    let told = child::printed(cargo.command(what).arg("--message-format=json-render-diagnostics"))?;
    executable(&told).map(PathBuf::from).ok_or_else(|| Trouble::new("cargo does not say where it has put the program"))
}

fn executable(told: &str) -> Option<&str> {
    let ours = told.lines().rfind(|line| line.contains("\"kind\":[\"bench\"]") && line.contains("\"name\":\"instructions\""))?;
    ours.split_once("\"executable\":\"")?.1.split('"').next()
}

/// How many instructions all its threads take.
fn instructions(program: &Path, path: &str, times: u64) -> Outcome<u64> {
    let mut valgrind = child::command("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program).args([path, &times.to_string()]);
    let told = child::printed(valgrind.current_dir(place::root().join("server")))?;
    collected(&told).ok_or_else(|| Trouble::new(format!("callgrind does not say what it has counted:\n{told}")))
}

fn collected(told: &str) -> Option<u64> {
    told.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_callgrind_and_cargo_say_is_understood() {
        assert_eq!(collected("==7== Events    : Ir\n==7== Collected : 1234567\n==7==\n"), Some(1_234_567));
        let told = "{\"target\":{\"kind\":[\"bin\"],\"name\":\"chengxin\"},\"executable\":\"/t/chengxin\"}\n\
                    {\"target\":{\"kind\":[\"bench\"],\"name\":\"instructions\"},\"executable\":\"/t/instructions-1\"}\n";
        assert_eq!(executable(told), Some("/t/instructions-1"));
    }

    #[test]
    fn a_line_is_written_as_it_is_read_and_a_fiftieth_more_is_seen() {
        let line = Line::read("form 1000000 first counted").unwrap();
        assert_eq!((line.to_string().as_str(), line.path.as_str()), ("form 1000000 first counted", "form"));
        assert!(line.grown(1_021_000) > TOLERANCE && line.grown(1_019_000) < TOLERANCE);
    }
}
