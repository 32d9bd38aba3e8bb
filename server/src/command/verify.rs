//! `chengxin verify FILE`: checks a receipt or certificate, offline; needs no settings.

use std::path::PathBuf;
use std::process::ExitCode;

use app::verification::{check, tell};
use app::wording::Lang;
use clap::Args;
use credit::bundle::MOST_BYTES;
use credit::log::note::VerifierKey;

use super::fail;
use crate::clock::Clock;

/// What is checked, and against what.
#[derive(Args)]
pub(super) struct Verify {
    /// The receipt (JSON), or the certificate (PDF) that has it attached.
    file: PathBuf,
    /// The public log's key, or a file with it: `NAME+HASH+KEY`, as `/log/key` of the portal shows it.
    #[arg(long)]
    log_key: String,
}

/// Says in Chinese what holds or what is doubted. Only a receipt that holds is a success.
pub(super) fn run(command: &Verify) -> ExitCode {
    let written = std::fs::read_to_string(&command.log_key).unwrap_or_else(|_| command.log_key.clone());
    let Ok(key) = VerifierKey::parse(written.trim()) else {
        return fail("--log-key is neither a verifier key nor a file with one: it looks like NAME+HASH+KEY, as /log/key shows it.");
    };
    let file = match std::fs::metadata(&command.file).and_then(|about| Ok((about.len(), std::fs::read(&command.file)?))) {
        Ok((size, file)) if size <= MOST_BYTES as u64 => file,
        Ok(_) => return fail(&format!("{} is too large to be a receipt.", command.file.display())),
        Err(error) => return fail(&format!("{} cannot be read: {error}", command.file.display())),
    };
    let told = tell(&file, &check(&file, &key), Clock::default().today(), Lang::Zh);
    println!("{}", told.heading);
    if let Some(meaning) = told.meaning {
        println!("{meaning}");
    }
    for (label, answer) in told.facts {
        println!("{label}：{answer}");
    }
    for check in told.checks {
        println!("✓ {check}");
    }
    if let Some(document) = told.document {
        println!("\n{document}");
    }
    if told.holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
