//! `doctor`: looks at everything the portal needs, and says in words what is wrong.

use std::process::ExitCode;

use super::fail;
use crate::alarms::Alarms;
use crate::clock::Clock;
use crate::config::Config;
use crate::mail::sender::MailSender;
use crate::platform::list::{NotListed, PlatformList};
use crate::portal::Portal;
use crate::storage::reconciliations::ListPlace;
use crate::storage::scans::ScanFigures;
use crate::{attention, serving};

/// Each thing the portal needs, with what to do where it is missing. Fails if the portal could not start, or not accept a filing.
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
    if let Some(mail) = &portal.config.mail
        && let Err(wrong) = MailSender::new(mail, &portal.config.public_url)
    {
        return fail(&wrong);
    }
    if let Err(wrong) = Alarms::new(&portal.config) {
        return fail(&wrong);
    }
    super::backup::tell_of_last(&portal.config);
    match portal.storage.scan_figures().await {
        Ok(figures) => tell_of_scanner(&portal, figures).await,
        Err(error) => return fail(&format!("The scans cannot be read: {error}")),
    }
    match portal.storage.log_head().await {
        Ok(head) => println!("log        {} entries, signed as {}", head.size(), portal.log.verifier()),
        Err(error) => return fail(&format!("The public log cannot be read: {error}")),
    }
    let sign_in = portal.identity.check().await;
    match &sign_in {
        Ok(()) => println!("identity   the provider answers at {}", portal.config.identity.issuer),
        Err(error) => println!("identity   NOBODY CAN SIGN IN: {error}. Check identity.issuer and the line to it."),
    }
    // Filings are accepted without it.
    match portal.platform.page(&ListPlace(None)).await {
        Ok(_) => println!("platform   answers"),
        Err(NotListed::NoSuchPlace) => {
            println!("platform   GIVES NO LIST of what it has: nothing can be reconciled. Check platform.url")
        }
        Err(NotListed::Trouble(why)) => println!("platform   NOTHING CAN BE DELIVERED: {why}. Check platform.url and its token"),
    }
    match attention::of_delivering(&portal).await {
        Ok(lines) => tell(&lines),
        Err(error) => return fail(&format!("The outbox cannot be read: {error}")),
    }
    if portal.config.templates.folder.is_none() {
        println!("templates  THE BUILT-IN SAMPLES are offered: the codes of their authorities are made up. Set templates.folder");
    }
    match portal.font {
        Some(_) => println!("documents  a font is there: PDF is offered"),
        None => println!("documents  no font (Noto Sans CJK): PDF is not offered. Install it, or set documents.fonts"),
    }
    match attention::of_messages(&portal).await {
        Ok(lines) => tell(&lines),
        Err(error) => return fail(&format!("Mails and events cannot be read: {error}")),
    }
    match sign_in {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => fail("Nobody can sign in, so nobody can file."),
    }
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

/// Prints lines.
pub(super) fn tell(lines: &[String]) {
    for line in lines {
        println!("{line}");
    }
}
