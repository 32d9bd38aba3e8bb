//! `sessions end`: ends sessions at once, on every node.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{audit, fail};
use crate::config::Config;
use crate::serving;
use crate::storage::audit::Deed;

/// What to do with sessions.
#[derive(Subcommand)]
pub(super) enum SessionsCommand {
    /// End all sessions of a person who left or whose device was lost, or of everyone.
    End(Whose),
}

/// Whose.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(super) struct Whose {
    /// The identity provider's name for the person, as `chengxin audit` prints it.
    #[arg(long)]
    person: Option<String>,
    /// Everyone's.
    #[arg(long)]
    all: bool,
}

pub(super) async fn run(SessionsCommand::End(whose): SessionsCommand, config: &Config) -> ExitCode {
    let storage = match serving::open_storage(config).await {
        Ok(storage) => storage,
        Err(why) => return fail(&why.to_string()),
    };
    match storage.end_sessions_of(whose.person.as_deref(), None).await {
        Ok(ended) => {
            println!("{ended} sessions ended.");
            audit::enter(&*storage, Deed::SessionsEnded, whose.person.as_deref().unwrap_or_default()).await;
            ExitCode::SUCCESS
        }
        Err(error) => fail(&format!("The store does not answer: {error}")),
    }
}
