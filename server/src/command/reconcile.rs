//! `reconcile`: compares what we hold with the platform's own list.

use std::process::ExitCode;

use super::doctor::tell;
use super::{audit, fail};
use crate::attention::of_reconciling;
use crate::clock::Clock;
use crate::config::Config;
use crate::storage::audit::Deed;
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
            tell(&of_reconciling(&report));
            if report.problem.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Ok(None) => fail("Another process reconciles just now."),
        Err(error) => fail(&format!("The store does not answer: {error}")),
    }
}
