//! `chengxin log …`: what anyone can do with the public log of a portal, their own or another's, without its settings.

use std::process::ExitCode;
use std::time::Instant;

use clap::Subcommand;
use credit::log::note::VerifierKey;
use url::Url;

use super::fail;
use crate::public_log::verification::verify;

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
    },
}

/// Does it.
pub(super) async fn run(command: LogCommand) -> ExitCode {
    let LogCommand::Verify { url, key } = command;
    let key = match key.as_deref().map(VerifierKey::parse).transpose() {
        Ok(key) => key,
        Err(wrong) => {
            return fail(&format!("--key is no verifier key ({wrong:?}): it looks like NAME+HASH+KEY, as {url}/key shows it."));
        }
    };
    let believed = key.is_none();
    let begun = Instant::now();
    match verify(&url, key).await {
        Ok(verified) => {
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
