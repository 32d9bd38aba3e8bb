//! `reconcile`: compares what we hold with the platform's own list.

use std::process::ExitCode;

use app::time_text::minute;

use super::{audit, fail};
use crate::clock::Clock;
use crate::config::Config;
use crate::storage::audit::Deed;
use crate::storage::reconciliations::Report;
use crate::{serving, working};

/// Fails if it could not be done; what differs is a finding and no failure.
pub(super) async fn run(config: Config) -> ExitCode {
    let portal = match serving::gather(config, Clock::default()).await {
        Ok(portal) => portal,
        Err(why) => return fail(&why.to_string()),
    };
    audit::enter(&*portal.storage, Deed::Reconciled, "").await;
    match working::reconciler(&portal).reconcile(true).await {
        Ok(Some(report)) => {
            tell(&report);
            if report.problem.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Ok(None) => fail("Another process reconciles just now."),
        Err(error) => fail(&format!("The store does not answer: {error}")),
    }
}

/// Prints a report.
pub(super) fn tell(report: &Report) {
    println!(
        "reconciled {}: {} listed, {} events caught up, {} deliveries confirmed, {} events make no sense",
        minute(report.began_at),
        report.listed,
        report.caught_up,
        report.confirmed,
        report.impossible
    );
    if let Some(problem) = &report.problem {
        println!("           IT ENDED EARLY: {problem}");
    }
    if !report.missing_there.is_empty() {
        println!("           THE PLATFORM DOES NOT HAVE: {}", report.missing_there.join(", "));
        println!("           send each again: `chengxin outbox retry ID --by NAME`");
    }
    if !report.unknown_here.is_empty() {
        println!("           the platform has, and we do not: {}", report.unknown_here.join(", "));
    }
}
