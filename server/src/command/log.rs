//! `chengxin log …`: what anyone can do with the public log of a portal, their own or another's, without its settings.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Subcommand;
use credit::log::note::VerifierKey;
use url::Url;

use super::fail;
use crate::public_log::completeness::Completeness;
use crate::public_log::verification::{Met, verify_with};

/// What can be done.
#[derive(Subcommand)]
pub(super) enum LogCommand {
    /// Read a whole log over HTTP, recompute it, and compare it with what it signs.
    Verify {
        /// Where it is, for example `https://portal.example/log`.
        url: Url,
        /// The key it must be signed with (`NAME+HASH+KEY`); without it, the one it names itself.
        #[arg(long)]
        key: Option<String>,
        /// A file of all public commitments (`/commitments/all.ndjson`, `all.csv`): whether the log has some on the list that are not in it.
        #[arg(long)]
        commitments: Option<PathBuf>,
    },
}

/// Does it.
pub(super) async fn run(command: LogCommand) -> ExitCode {
    let LogCommand::Verify { url, key, commitments } = command;
    let key = match key.as_deref().map(VerifierKey::parse).transpose() {
        Ok(key) => key,
        Err(wrong) => {
            return fail(&format!("--key is no verifier key ({wrong:?}): it looks like NAME+HASH+KEY, as {url}/key shows it."));
        }
    };
    let believed = key.is_none();
    let mut file = match (&commitments, &key) {
        (None, _) => None,
        (Some(_), None) => return fail("--commitments needs --key: what the file was signed with has to be known."),
        (Some(path), Some(key)) => {
            let read = std::fs::read_to_string(path).map_err(|why| why.to_string()).and_then(|text| Completeness::read(&text, key));
            match read {
                Ok(file) => Some(file),
                Err(why) => return fail(&format!("{}: {why}.", path.display())),
            }
        }
    };
    let begun = Instant::now();
    let mut meet = |met: Met<'_>| match (&mut file, met) {
        (Some(file), Met::Entry(number, entry)) => file.see(number, entry),
        (Some(file), Met::Grown(tree)) => file.see_tree(tree),
        (None, _) => {}
    };
    match verify_with(&url, key, &mut meet).await {
        Ok(verified) => {
            match file.map(|file| file.judge().map(|()| (file.count, file.proven))) {
                Some(Err(why)) => return fail(&format!("The file of commitments is not complete: {why}.")),
                Some(Ok((count, proven))) => {
                    println!("The file of {count} commitments is complete: the log has no other on the list.");
                    if proven < count {
                        let others = count - proven;
                        println!("For {others} of them it has no entry yet: they came onto the list while the file was written.");
                    }
                }
                None => {}
            }
            println!("The log {} holds: entries, tiles and the signed root agree.", verified.checkpoint.origin);
            println!("entries    {}", verified.checkpoint.size);
            if let Some(at) = verified.last_at {
                println!("the last   {}", app::time_text::minute(at));
            }
            println!("key        {}{}", verified.key, if believed { ", as the log itself says" } else { "" });
            println!("took       {:.1} s", begun.elapsed().as_secs_f64());
            ExitCode::SUCCESS
        }
        Err(fault) => fail(&format!("The log at {url} does not hold. The first fault: {fault}.")),
    }
}
