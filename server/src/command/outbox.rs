//! `outbox list | show | retry | park`: what waits to be delivered, and what the operator does about it. Nothing of what was
//! filed and nobody's name of an enterprise is printed.

use std::process::ExitCode;

use app::time_text::minute;
use clap::{Args, Subcommand};

use super::fail;
use crate::clock::Clock;
use crate::config::Config;
use crate::serving;
use crate::storage::operations::{Moved, OperatorDeed, OutboxRow, WhichRows};
use crate::storage::{Storage, StorageError};

/// What to do with the outbox.
#[derive(Subcommand)]
pub(super) enum OutboxCommand {
    /// List what is not delivered, parked rows first.
    List(List),
    /// Show one row, and what was done to it.
    Show {
        /// The row's id.
        id: String,
    },
    /// Send a row again, from the beginning of its schedule.
    Retry {
        /// The row's id.
        id: String,
        /// Your name, for the audit.
        #[arg(long)]
        by: String,
    },
    /// Stop a row until somebody retries it.
    Park {
        /// The row's id.
        id: String,
        /// Your name, for the audit.
        #[arg(long)]
        by: String,
        /// Why, for the audit.
        #[arg(long)]
        reason: String,
    },
}

/// Which rows.
#[derive(Args)]
pub(super) struct List {
    /// Only those that need attention.
    #[arg(long, conflicts_with = "due")]
    parked: bool,
    /// Only those that are to go out now.
    #[arg(long)]
    due: bool,
    /// The most rows.
    #[arg(long, default_value_t = 100)]
    most: i64,
}

pub(super) async fn run(command: OutboxCommand, config: &Config) -> ExitCode {
    let storage = match serving::open_storage(config).await {
        Ok(storage) => storage,
        Err(why) => return fail(&why.to_string()),
    };
    let (clock, storage) = (Clock::default(), &*storage);
    let done = match command {
        OutboxCommand::List(which) => list(storage, &which, clock.now()).await,
        OutboxCommand::Show { id } => show(storage, &id).await,
        OutboxCommand::Retry { id, by } => operate(storage, &id, &OperatorDeed::Retry, &by, clock.now()).await,
        OutboxCommand::Park { id, by, reason } => operate(storage, &id, &OperatorDeed::Park { reason }, &by, clock.now()).await,
    };
    done.unwrap_or_else(|error| fail(&format!("The outbox cannot be read: {error}")))
}

async fn list(storage: &dyn Storage, which: &List, now: i64) -> Result<ExitCode, StorageError> {
    let which_rows = match which {
        List { parked: true, .. } => WhichRows::Parked,
        List { due: true, .. } => WhichRows::Due(now),
        _ => WhichRows::Unsent,
    };
    let rows = storage.outbox_rows(which_rows, which.most.clamp(1, 100_000)).await?;
    for row in &rows {
        println!("{}", line(row));
    }
    let figures = storage.outbox_figures().await?;
    println!("{} shown; {} unsent, {} of them parked", rows.len(), figures.unsent, figures.parked);
    Ok(ExitCode::SUCCESS)
}

fn line(row: &OutboxRow) -> String {
    let when = match row.state.as_str() {
        "due" if row.under_way => "under way".to_owned(),
        "due" => row.behind.as_ref().map_or_else(|| format!("due {}", minute(row.due_at)), |before| format!("behind {before}")),
        _ => format!("accepted {}", minute(row.born_at)),
    };
    let problem = row.last_problem.as_deref().unwrap_or("no problem so far");
    format!("{}  {}  {:<10}  {:<6}  {:>2} tries  {when}  {problem}", row.id, row.reference, row.cargo, row.state, row.attempts)
}

async fn show(storage: &dyn Storage, id: &str) -> Result<ExitCode, StorageError> {
    let Some(row) = storage.outbox_row(id).await? else { return Ok(fail("There is no such row.")) };
    println!("row        {}", row.id);
    println!("filing     {} ({})", row.filing_id, row.reference);
    println!("cargo      {}", row.cargo);
    println!("state      {}{}", row.state, if row.under_way { ", under way" } else { "" });
    println!("accepted   {}", minute(row.born_at));
    println!("tries      {}", row.attempts);
    match row.settled_at {
        Some(at) => println!("settled    {}", minute(at)),
        None if row.state == "due" => println!("due        {}{}", minute(row.due_at), behind(row.behind.as_deref())),
        None => println!("due        not until somebody retries it"),
    }
    println!("problem    {}", row.last_problem.as_deref().unwrap_or("none so far"));
    for done in storage.audit_about(id).await? {
        let reason = done.reason.map(|reason| format!(": {reason}")).unwrap_or_default();
        println!("audit      {} {} by {}{reason}", minute(done.at), done.deed, done.by);
    }
    Ok(ExitCode::SUCCESS)
}

/// Which row has to go first.
fn behind(row: Option<&str>) -> String {
    row.map(|row| format!(", but not before {row} is delivered")).unwrap_or_default()
}

async fn operate(storage: &dyn Storage, id: &str, deed: &OperatorDeed, by: &str, now: i64) -> Result<ExitCode, StorageError> {
    if by.trim().is_empty() {
        return Ok(fail("--by is empty: the audit needs your name."));
    }
    if matches!(deed, OperatorDeed::Park { reason } if reason.trim().is_empty()) {
        return Ok(fail("--reason is empty: whoever finds the row parked needs to know why."));
    }
    Ok(match storage.operate(id, deed, by.trim(), now).await? {
        Moved::Moved => {
            println!("Done, and entered in the audit.");
            ExitCode::SUCCESS
        }
        Moved::NoSuchRow => fail("There is no such row."),
        Moved::UnderWay => fail("A courier has it just now. Look again in two minutes."),
        Moved::Already => fail("It is not waiting: it is parked or delivered already."),
    })
}
