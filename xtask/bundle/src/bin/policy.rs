//! Asks cargo what we depend on and judges it; see `bundle::policy`.

use std::process::ExitCode;

use bundle::cargo::answer;
use bundle::policy;
use bundle::trouble::{Outcome, Trouble, While};

/// What the browser's modules are made of, before the list of their features: no build scripts, no macros. Leptos's own settings
/// crate names regex in its manifest, but the linker leaves it out; `bundle::site` looks into each finished module.
const BROWSER: &str = "tree --locked --package app --no-default-features --target wasm32-unknown-unknown \
    --edges normal,no-proc-macro --prune leptos_config --prefix none --format {p} --features";

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(trouble) => {
            eprintln!("policy: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome<bool> {
    let metadata = answer("metadata --format-version 1 --locked")?;
    let metadata = serde_json::from_str(&metadata).during("reading cargo metadata's answer")?;
    let modules = std::env::args().nth(1).ok_or_else(|| Trouble::new("which modules the browser gets is missing: form,rows"))?;
    let judgement = policy::judge(&metadata, &policy::names(&answer(&format!("{BROWSER} {modules}"))?));
    if !judgement.remarks.is_empty() {
        println!("  in several versions (not forbidden): {}", judgement.remarks.join("; "));
    }
    for fault in &judgement.faults {
        println!("  ✗ {fault}");
    }
    println!("  {} crates, {} faults", judgement.crates, judgement.faults.len());
    Ok(judgement.faults.is_empty())
}
