//! `doctor`: looks at everything the portal needs, and says in words what is wrong.

use std::process::ExitCode;

use app::time_text::minute;

use super::fail;
use crate::clock::Clock;
use crate::config::Config;
use crate::courier::schedule::SCHEDULE_IN_WORDS;
use crate::portal::Portal;
use crate::serving;
use crate::storage::Stored;
use crate::storage::operations::WhichRows;
use crate::storage::scans::ScanFigures;

/// How many rows of a kind are shown.
const MOST_SHOWN: i64 = 10;

/// Each thing the portal needs, with what to do where it is missing. Fails if the portal could not accept a filing.
pub(super) async fn run(config: Config) -> ExitCode {
    println!("settings   sound");
    let portal = match serving::gather(config, Clock::default()).await {
        Ok(portal) => portal,
        Err(why) => return fail(&why.to_string()),
    };
    println!("site       {} is served with {} modules", portal.assets.css, portal.assets.modules.len());
    if let Err(error) = portal.storage.check().await {
        return fail(&format!("The {} store does not take writes: {error}. No filing can be accepted.", portal.storage.name()));
    }
    println!("store      {} takes writes", portal.storage.name());
    if let Err(error) = portal.attachments.check().await {
        return fail(&format!("Attachments cannot be kept: {error}. No file can be sent."));
    }
    println!("files      attachments can be kept");
    super::backup::tell_of_last(&portal.config);
    match portal.storage.scan_figures().await {
        Ok(figures) => tell_of_scanner(&portal, figures).await,
        Err(error) => return fail(&format!("The scans cannot be read: {error}")),
    }
    match portal.storage.log_head().await {
        Ok(head) => println!("log        {} entries, signed as {}", head.size(), portal.log.verifier()),
        Err(error) => return fail(&format!("The public log cannot be read: {error}")),
    }
    match portal.identity.check().await {
        Ok(()) => println!("identity   the provider answers at {}", portal.config.identity.issuer),
        Err(error) => println!("identity   NOBODY CAN SIGN IN: {error}. Check identity.issuer and the line to it."),
    }
    if let Err(error) = tell_of_courier(&portal).await {
        return fail(&format!("The outbox cannot be read: {error}"));
    }
    match portal.font {
        Some(_) => println!("documents  a font is there: PDF is offered"),
        None => println!("documents  no font (Noto Sans CJK): PDF is not offered. Install it, or set documents.fonts"),
    }
    match portal.storage.mail_figures().await {
        Ok(figures) => {
            let server = if portal.config.mail.is_some() { "" } else { " (no mail server is configured)" };
            println!("mails      {} waiting, {} failed{server}", figures.waiting, figures.failed);
            if let Some(at) = figures.oldest_waiting_at {
                println!("           the oldest waiting was written {}", app::time_text::minute(at));
            }
            if let Some(problem) = figures.last_problem {
                println!("           the last problem: {problem}");
            }
        }
        Err(error) => return fail(&format!("The mails cannot be read: {error}")),
    }
    match portal.storage.event_figures().await {
        Ok(figures) => {
            let words: Vec<String> = figures.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect();
            println!("events     {}", if words.is_empty() { "none yet".to_owned() } else { words.join(", ") });
        }
        Err(error) => return fail(&format!("The events cannot be read: {error}")),
    }
    ExitCode::SUCCESS
}

/// Without a scanner, or while it is down, filings are accepted all the same: nothing here makes the doctor fail.
async fn tell_of_scanner(portal: &Portal, figures: ScanFigures) {
    let (Some(settings), Ok(Some(scanner))) = (&portal.config.scanner, serving::scanner(&portal.config)) else {
        println!("scanner    none is configured: files open unchecked");
        return;
    };
    let counts = format!("{} waiting, {} infected", figures.waiting, figures.infected);
    match scanner.check().await {
        Ok(()) => println!("scanner    answers at {}: {counts}", settings.address),
        Err(why) => {
            println!("scanner    DOES NOT ANSWER at {}: {why}. What waits is neither opened nor sent: {counts}", settings.address);
        }
    }
    if let Some(at) = figures.oldest_waiting_at {
        println!("           the oldest waiting came {}", app::time_text::minute(at));
    }
}

/// What needs attention stands first.
async fn tell_of_courier(portal: &Portal) -> Stored<()> {
    let storage = &portal.storage;
    let figures = storage.outbox_figures().await?;
    for row in storage.outbox_rows(WhichRows::Parked, MOST_SHOWN).await? {
        let problem = row.last_problem.as_deref().unwrap_or_default();
        println!("PARKED     {} ({}) accepted {}: {problem}", row.id, row.reference, minute(row.born_at));
    }
    if figures.parked > 0 {
        println!("           see `chengxin outbox list --parked`, and `chengxin outbox retry ID --by NAME`");
    }
    println!("outbox     {} unsent, {} need attention", figures.unsent, figures.parked);
    if let Some(at) = figures.oldest_unsent_at {
        println!("           the oldest unsent was accepted {}", minute(at));
    }
    match storage.untold_failures().await? {
        0 => println!("failures   the enterprises were told of every one"),
        untold => println!("failures   THE ENTERPRISES WERE NOT TOLD OF {untold}. Tell them, and look at the log"),
    }
    match storage.breaker().await? {
        Some(breaker) if breaker.state != "closed" => {
            let problem = breaker.problem.as_deref().unwrap_or("it answers again");
            println!("platform   OUT OF ORDER ({}) since {}: {problem}", breaker.state, minute(breaker.since));
        }
        _ => println!("platform   nothing is held back; a delivery has {SCHEDULE_IN_WORDS}"),
    }
    let silent = storage.silence_figures().await?;
    if silent.support + silent.owner > 0 {
        let days = portal.config.courier.silence_days;
        println!(
            "silence    the platform has said nothing for {days} days of {} filings, and for twice as long of {}",
            silent.support, silent.owner
        );
        println!("           {}", storage.silent_references(MOST_SHOWN).await?.join(", "));
    }
    match storage.reports(1).await?.first() {
        Some(report) => super::reconcile::tell(report),
        None => println!("reconciled not yet"),
    }
    Ok(())
}
