//! Applications that the enterprise takes to the official entrance by itself: the package, and what is entered by hand of what
//! happened there. Nothing of it goes to the platform, and the platform's own events go first.

use std::sync::Arc;

use app::pages::filing::{RefusedEntry, filing as filing_page};
use app::wording::notices::Notice;
use app::wording::repair_steps::WORDS;
use axum::Form;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use credit::filing::{Happening, Impossible};
use credit::record::Channel;
use credit::repair::own_word::{OwnWordFault, Told, handling_number};
use credit::repair::{AUTHORITY, CHANNEL, HandOver};
use serde::Deserialize;

use super::answer::{Answer, Refusal, page, see_other};
use super::filings::{may_take_back, own_filing, seen, shown};
use super::receipts::attachment;
use crate::package::{NotPacked, archived, files_of};
use crate::portal::Portal;
use crate::scanning::infected_among;
use crate::storage::StoredFiling;
use crate::storage::record_matters::OwnNote;
use crate::visitor::Acting;

/// The filing, if the enterprise hands it over by itself.
async fn packaged(portal: &Portal, acting: &Acting, id: &str) -> Result<StoredFiling, Refusal> {
    let filing = own_filing(portal, acting, id).await?;
    let is_packaged = filing.kind.is_about_record() && HandOver::of(&filing.content) == HandOver::Package;
    if is_packaged { Ok(filing) } else { Err(Refusal::NotFound) }
}

/// The official entrance that it is taken to, as the settings name it now.
pub(super) fn entrance(portal: &Portal, filing: &StoredFiling) -> Option<String> {
    let channel = filing.content.get(CHANNEL.name).and_then(|name| Channel::named(name)).unwrap_or(Channel::Other);
    portal.config.repair.hand_over(channel).address.as_ref().map(ToString::to_string)
}

/// `GET /filings/{id}/package.zip`: only where every file was found clean.
pub async fn package(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let filing = packaged(&portal, &acting, &id).await?;
    let scanner = portal.scanner.as_deref();
    match infected_among(&*portal.storage, scanner, &filing.attachments, portal.clock.now()).await? {
        None => return Err(Refusal::Notice(Notice::BeingScanned, StatusCode::CONFLICT)),
        Some(infected) if !infected.is_empty() => {
            let words = acting.frame.lang.say(WORDS.infected);
            return Err(Refusal::Notice(Notice::NotPossible(words), StatusCode::FORBIDDEN));
        }
        Some(_) => {}
    }
    let files = files_of(&portal, &filing, entrance(&portal, &filing).as_deref()).await.map_err(|why| match why {
        NotPacked::Unsigned(why) => why.into(),
        NotPacked::Document(problem) => {
            tracing::error!(filing.id = %id, problem, "package.not_made");
            Refusal::Notice(Notice::Fault, StatusCode::INTERNAL_SERVER_ERROR)
        }
    })?;
    let archive = archived(files, portal.attachments.clone(), filing.filed_at);
    Ok(attachment(Body::from_stream(archive), "application/zip", &format!("{}.zip", filing.reference)))
}

/// The number as it was typed.
#[derive(Deserialize)]
pub struct Numbered {
    #[serde(default)]
    number: String,
}

/// `POST /filings/{id}/handling-number`: it was handed over, and has an official number.
pub async fn enter_number(
    State(portal): State<Arc<Portal>>,
    acting: Acting,
    Path(id): Path<String>,
    Form(typed): Form<Numbered>,
) -> Answer {
    let filing = packaged(&portal, &acting, &id).await?;
    may_take_back(&portal, &acting, &filing)?;
    match handling_number(&typed.number) {
        Ok(number) => note(&portal, &acting, &id, Happening::Forwarded { receipt: number }).await,
        Err(fault) => {
            let refused = RefusedEntry { number: typed.number, fault: Some(fault), ..RefusedEntry::default() };
            show_again(&portal, &acting, filing, refused).await
        }
    }
}

/// What was told, as it was typed.
#[derive(Deserialize)]
pub struct Answered {
    #[serde(default)]
    told: String,
    #[serde(default)]
    words: String,
}

/// `POST /filings/{id}/progress`: what the official entrance told the enterprise.
pub async fn enter_answer(
    State(portal): State<Arc<Portal>>,
    acting: Acting,
    Path(id): Path<String>,
    Form(typed): Form<Answered>,
) -> Answer {
    let filing = packaged(&portal, &acting, &id).await?;
    may_take_back(&portal, &acting, &filing)?;
    let authority = filing.content.get(AUTHORITY.name).map_or("", String::as_str);
    let told = Told::named(&typed.told).ok_or(OwnWordFault::AnswerMissing);
    match told.and_then(|told| told.happening(&typed.words, authority)) {
        Ok(happening) => note(&portal, &acting, &id, happening).await,
        Err(fault) => {
            let refused = RefusedEntry { told: typed.told, words: typed.words, fault: Some(fault), ..RefusedEntry::default() };
            show_again(&portal, &acting, filing, refused).await
        }
    }
}

/// Notes what the enterprise says. The same again changes nothing.
pub(super) async fn note(portal: &Portal, acting: &Acting, id: &str, happening: Happening) -> Answer {
    let note = OwnNote { happening, by: acting.name().to_owned(), at: portal.clock.now() };
    let why = match portal.storage.note(id, acting.code(), &note).await? {
        None => return Err(Refusal::NotFound),
        Some(Ok(())) => {
            portal.live.tell(id);
            return Ok(see_other(&format!("/filings/{id}")));
        }
        Some(Err(why)) => why,
    };
    if own_filing(portal, acting, id).await?.history.iter().any(|entry| entry.happening == note.happening) {
        return Ok(see_other(&format!("/filings/{id}")));
    }
    let words = if why == Impossible::Already { WORDS.already } else { WORDS.ended };
    Err(Refusal::Notice(Notice::NotPossible(acting.frame.lang.say(words)), StatusCode::CONFLICT))
}

async fn show_again(portal: &Portal, acting: &Acting, filing: StoredFiling, refused: RefusedEntry) -> Answer {
    let mut seen = seen(portal, acting, &filing, false).await?;
    seen.refuse(refused);
    Ok(page(&acting.frame, StatusCode::UNPROCESSABLE_ENTITY, |lang| filing_page(shown(filing, seen, lang), lang)))
}
