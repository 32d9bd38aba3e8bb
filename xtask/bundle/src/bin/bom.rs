//! Writes the bill of materials; see `bundle::bom`. In the root of the workspace: `bom FILE TARGET…`, the targets that are shipped for.

use std::process::ExitCode;

use bundle::bom;
use bundle::cargo::answer;
use bundle::trouble::{Outcome, Trouble, While};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("bom: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or_else(|| Trouble::new("the file to write is missing"))?;
    let targets: String = arguments.map(|target| format!(" --filter-platform {target}")).collect();
    let metadata = answer(&format!("metadata --format-version 1 --locked{targets}"))?;
    let metadata = serde_json::from_str(&metadata).during("reading cargo metadata's answer")?;
    let lock = std::fs::read_to_string("Cargo.lock").during("reading Cargo.lock")?;
    let bill = serde_json::to_string_pretty(&bom::bill(&metadata, &lock)).during("writing the bill")?;
    std::fs::write(&file, bill).during(format!("writing {file}"))
}
