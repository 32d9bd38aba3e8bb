//! What an operator has to know, in lines, what needs a person first: `doctor` prints them, and they are the front page of the figures.

use app::time_text::minute;

use crate::courier::schedule::SCHEDULE_IN_WORDS;
use crate::portal::Portal;
use crate::storage::Stored;
use crate::storage::operations::WhichRows;
use crate::storage::reconciliations::Report;

/// How many rows of a kind are shown.
const MOST_SHOWN: i64 = 10;

/// How delivering goes, a line each.
///
/// # Errors
/// When the store does not answer.
pub async fn of_delivering(portal: &Portal) -> Stored<Vec<String>> {
    let storage = &portal.storage;
    let mut lines = Vec::new();
    let figures = storage.outbox_figures().await?;
    for row in storage.outbox_rows(WhichRows::Parked, MOST_SHOWN).await? {
        let problem = row.last_problem.as_deref().unwrap_or_default();
        lines.push(format!("PARKED     {} ({}) accepted {}: {problem}", row.id, row.reference, minute(row.born_at)));
    }
    if figures.parked > 0 {
        lines.push("           see `chengxin outbox list --parked`, and `chengxin outbox retry ID --by NAME`".into());
    }
    lines.push(format!("outbox     {} unsent, {} need attention", figures.unsent, figures.parked));
    if let Some(at) = figures.oldest_unsent_at {
        lines.push(format!("           the oldest unsent was accepted {}", minute(at)));
    }
    lines.push(match storage.untold_failures().await? {
        0 => "failures   the enterprises were told of every one".into(),
        untold => format!("failures   THE ENTERPRISES WERE NOT TOLD OF {untold}. Tell them, and look at the log"),
    });
    lines.push(match storage.breaker().await? {
        Some(breaker) if breaker.state == "open" => {
            let problem = breaker.problem.as_deref().unwrap_or_default();
            format!("platform   OUT OF ORDER since {}: {problem}", minute(breaker.since))
        }
        Some(breaker) if breaker.state == "releasing" => {
            format!("platform   answers again since {}; what waited is sent little by little", minute(breaker.since))
        }
        _ => format!("platform   nothing is held back; a delivery has {SCHEDULE_IN_WORDS}"),
    });
    let silent = storage.silence_figures().await?;
    if silent.support + silent.owner > 0 {
        let days = portal.config.courier.silence_days;
        lines.push(format!(
            "silence    the platform has said nothing for {days} days of {} filings, and for twice as long of {}",
            silent.support, silent.owner
        ));
        lines.push(format!("           {}", storage.silent_references(MOST_SHOWN).await?.join(", ")));
    }
    match storage.reports(1).await?.first() {
        Some(report) => lines.extend(of_reconciling(report)),
        None => lines.push("reconciled not yet".into()),
    }
    Ok(lines)
}

/// What a reconciliation found.
pub fn of_reconciling(report: &Report) -> Vec<String> {
    let mut lines = vec![format!(
        "reconciled {}: {} listed, {} events caught up, {} deliveries confirmed, {} events make no sense",
        minute(report.began_at),
        report.listed,
        report.caught_up,
        report.confirmed,
        report.impossible
    )];
    if let Some(problem) = &report.problem {
        lines.push(format!("           IT ENDED EARLY: {problem}"));
    }
    if !report.missing_there.is_empty() {
        let more = report.missing() - i64::try_from(report.missing_there.len()).unwrap_or_default();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        lines.push(format!("           THE PLATFORM DOES NOT HAVE: {}{more}", report.missing_there.join(", ")));
        lines.push("           send each again: `chengxin outbox retry ID --by NAME`".into());
    }
    if !report.unknown_here.is_empty() {
        lines.push(format!("           the platform has, and we do not: {}", report.unknown_here.join(", ")));
    }
    lines
}

/// How mails and the platform's messages go, a line each.
///
/// # Errors
/// When the store does not answer.
pub async fn of_messages(portal: &Portal) -> Stored<Vec<String>> {
    let mut lines = Vec::new();
    let mails = portal.storage.mail_figures().await?;
    let server = if portal.config.mail.is_some() { "" } else { " (no mail server is configured)" };
    lines.push(format!("mails      {} waiting, {} failed{server}", mails.waiting, mails.failed));
    if let Some(at) = mails.oldest_waiting_at {
        lines.push(format!("           the oldest waiting was written {}", minute(at)));
    }
    if let Some(problem) = mails.last_problem {
        lines.push(format!("           the last problem: {problem}"));
    }
    lines.push(match portal.config.mail.as_ref().map(|mail| mail.support.is_some() || mail.owner.is_some()) {
        Some(true) => "alarms     what needs a person is mailed to support and the owner".into(),
        _ => "alarms     NOBODY IS MAILED of what needs a person: set mail.support and mail.owner".into(),
    });
    let events = portal.storage.event_figures().await?;
    let events: Vec<String> = events.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect();
    lines.push(format!("events     {}", if events.is_empty() { "none yet".to_owned() } else { events.join(", ") }));
    Ok(lines)
}
