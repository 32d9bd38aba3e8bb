//! Asking cargo.

use std::process::Command;

use crate::trouble::{Outcome, Trouble, While};

/// What cargo answers.
///
/// # Errors
/// If it cannot be started or fails: with what it said.
pub fn answer(arguments: &str) -> Outcome<String> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program).args(arguments.split_whitespace()).output().during("starting cargo")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(Trouble::new(format!("cargo {arguments} failed:\n{said}")));
    }
    String::from_utf8(output.stdout).during("reading cargo's answer")
}
