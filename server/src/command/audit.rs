//! `audit`: who did what for whom. And entering there what the operator does.

use std::process::ExitCode;

use app::time_text::second;
use clap::Args;
use credit::credit_code::CreditCode;
use credit::date::read_day;

use super::fail;
use crate::clock::{Clock, begins};
use crate::config::Config;
use crate::serving;
use crate::storage::Storage;
use crate::storage::audit::{Actor, AddressKind, AuditLine, Deed, NewEntry};

/// Which lines.
#[derive(Args)]
pub(super) struct AuditCommand {
    /// Only what was done since the beginning of this day (2026-11-01).
    #[arg(long)]
    since: Option<String>,
    /// Only what was done for the enterprise of this credit code.
    #[arg(long)]
    enterprise: Option<String>,
    /// The most lines; the newest are shown.
    #[arg(long, default_value_t = 200)]
    most: i64,
}

pub(super) async fn run(which: AuditCommand, config: &Config) -> ExitCode {
    let Ok(enterprise) = which.enterprise.as_deref().map(CreditCode::parse).transpose() else {
        return fail("--enterprise is no credit code.");
    };
    let since = match which.since.as_deref().map(read_day) {
        Some(None) => return fail("--since is no day: write it as 2026-11-01."),
        Some(Some(day)) => begins(day),
        None => 0,
    };
    let storage = match serving::open_storage(config).await {
        Ok(storage) => storage,
        Err(why) => return fail(&why.to_string()),
    };
    match storage.audit(since, enterprise.as_ref(), which.most).await {
        Ok(lines) => {
            for line in &lines {
                println!("{}", told(line));
            }
            ExitCode::SUCCESS
        }
        Err(error) => fail(&format!("The audit cannot be read: {error}")),
    }
}

/// A line of words between tabs: when, what, who, for whom, from where, to what, why. What is not known is a dash.
fn told(line: &AuditLine) -> String {
    let who = match &line.actor {
        Actor::Operator(name) => format!("operator {name}"),
        Actor::Person(subject) => format!("person {subject}"),
        Actor::Nobody => "-".to_owned(),
    };
    let about = if line.about.is_empty() { "-" } else { line.about.as_str() };
    let parts = [
        second(line.at),
        line.deed.clone(),
        who,
        line.enterprise.clone().unwrap_or_else(|| "-".to_owned()),
        line.address.map_or("-", AddressKind::name).to_owned(),
        about.to_owned(),
        line.reason.clone().unwrap_or_else(|| "-".to_owned()),
    ];
    // Names come from outside, and a terminal obeys what is in them.
    parts.map(|part| part.replace(char::is_control, "\u{fffd}")).join("\t")
}

/// Enters what the operator did, by the name that the machine has for them. It is done already: that it cannot be entered is said,
/// and is no failure of the command.
pub(super) async fn enter(storage: &dyn Storage, deed: Deed, about: &str) {
    let names = ["SUDO_USER", "USER", "LOGNAME"];
    let name = names.into_iter().find_map(|name| std::env::var(name).ok().filter(|name| !name.is_empty()));
    let entry = NewEntry {
        at: Clock::default().now(),
        actor: Actor::Operator(name.unwrap_or_else(|| "unknown".to_owned())),
        deed,
        enterprise: None,
        about: about.to_owned(),
        reason: None,
        address: Some(AddressKind::ThisMachine),
    };
    if let Err(error) = storage.enter_deed(&entry).await {
        eprintln!("chengxin: It is done, but could not be entered in the audit: {error}");
    }
}

/// As [`enter`], in the store of the settings.
pub(super) async fn enter_into(config: &Config, deed: Deed, about: &str) {
    match serving::open_storage_unchecked(config).await {
        Ok(storage) => enter(&*storage, deed, about).await,
        Err(why) => eprintln!("chengxin: It is done, but could not be entered in the audit: {why}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_not_printed() {
        let line = AuditLine {
            at: 0,
            actor: Actor::Person("\u{1b}[2J\nsession.opened\troot".to_owned()),
            deed: "session.opened".to_owned(),
            enterprise: None,
            about: "\u{7f}".to_owned(),
            reason: None,
            address: None,
        };
        let told = told(&line);
        assert_eq!(told.matches(char::is_control).count(), 6, "the six tabs between its seven parts: {told:?}");
        assert_eq!(
            told,
            "1970-01-01 08:00:00\tsession.opened\tperson \u{fffd}[2J\u{fffd}session.opened\u{fffd}root\t-\t-\t\u{fffd}\t-"
        );
    }
}
