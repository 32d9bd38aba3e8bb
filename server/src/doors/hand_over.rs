//! Applications that the enterprise takes to the official entrance by itself: the package, and what is entered by hand of what
//! happened there. Nothing of it goes to the platform, and the platform's own events go first.

use std::sync::Arc;

use app::pages::filing::{RefusedEntry, filing as filing_page};
use app::time_text;
use app::wording::notices::Notice;
use app::wording::repair_steps::WORDS;
use axum::Form;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::NaiveDate;
use credit::filing::{Happening, Impossible, State as FilingState};
use credit::form::Phrase;
use credit::record::Channel;
use credit::repair::own_word::{DayBounds, OwnWordFault, Told, day, handling_number};
use credit::repair::{AUTHORITY, CHANNEL, HandOver};
use serde::Deserialize;

use super::answer::{Answer, Refusal, page, see_other};
use super::filings::{may_take_back, own_filing, seen, shown};
use super::receipts::attachment;
use crate::applying::commitment_stands;
use crate::package::{NotPacked, archived, files_of};
use crate::portal::Portal;
use crate::scanning::infected_among;
use crate::storage::record_matters::{EntryBack, OwnNote, TakenBack, TakingEntryBack};
use crate::storage::{HistoryEntry, StoredFiling};
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

/// The day in Shanghai on which something happened: the one that was named for it, or that of its time.
pub(super) fn day_of(entry: &HistoryEntry) -> NaiveDate {
    entry.on.unwrap_or_else(|| time_text::date(entry.at))
}

/// The day as it was typed, if a step can have happened on it that comes after one of `last_on`.
fn judged_day(portal: &Portal, filing: &StoredFiling, typed: &str, last_on: Option<NaiveDate>) -> Result<NaiveDate, OwnWordFault> {
    let (filed_on, today) = (time_text::date(filing.filed_at), portal.clock.today());
    let bounds = DayBounds { filed_on, last_on, today };
    let day = day(typed)?;
    bounds.check(day).map(|()| day)
}

/// The number and the day as they were typed.
#[derive(Deserialize)]
pub struct Numbered {
    #[serde(default)]
    number: String,
    #[serde(default)]
    on: String,
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
    let entered = handling_number(&typed.number).map(|number| Happening::Forwarded { receipt: number });
    if stands_so(&filing, &entered, &typed.on) {
        return Ok(see_other(&format!("/filings/{id}")));
    }
    // The platform may have told that somebody checks it before the number was entered.
    if !matches!(filing.standing.state, FilingState::Accepted | FilingState::UnderReview { receipt: None, .. }) {
        let words = if filing.standing.may_be_withdrawn() { WORDS.already } else { WORDS.ended };
        return Err(not_possible(&acting, words));
    }
    match (entered, judged_day(&portal, &filing, &typed.on, None)) {
        (Ok(happening), Ok(on)) => note(&portal, &acting, &id, happening, Some(on)).await,
        (number, on) => {
            let faults = number.err().into_iter().chain(on.err()).collect();
            let refused = RefusedEntry { number: typed.number, on: typed.on, faults, ..RefusedEntry::default() };
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
    #[serde(default)]
    on: String,
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
    let entered = told.and_then(|told| told.happening(&typed.words, authority));
    if stands_so(&filing, &entered, &typed.on) {
        return Ok(see_other(&format!("/filings/{id}")));
    }
    match filing.standing.state {
        FilingState::Forwarded { .. } | FilingState::UnderReview { .. } => {}
        // The number was taken back in another window, say.
        FilingState::Accepted => return Err(not_possible(&acting, WORDS.number_first)),
        FilingState::Returned { .. } => return Err(not_possible(&acting, WORDS.already)),
        _ => return Err(not_possible(&acting, WORDS.ended)),
    }
    let steps = filing.history.iter().filter(|entry| entry.stands() && entry.happening != Happening::Accepted);
    match (entered, judged_day(&portal, &filing, &typed.on, steps.map(day_of).max())) {
        (Ok(happening), Ok(on)) => note(&portal, &acting, &id, happening, Some(on)).await,
        (answer, on) => {
            let faults = answer.err().into_iter().chain(on.err()).collect();
            let refused = RefusedEntry { told: typed.told, words: typed.words, on: typed.on, faults, ..RefusedEntry::default() };
            show_again(&portal, &acting, filing, refused).await
        }
    }
}

/// How often the filing had changed when it was shown.
#[derive(Deserialize)]
pub struct ShownAt {
    #[serde(default)]
    changes: String,
}

/// `POST /filings/{id}/entry-withdrawal`: the latest entry by hand is taken back, to be entered anew.
pub async fn take_entry_back(
    State(portal): State<Arc<Portal>>,
    acting: Acting,
    Path(id): Path<String>,
    Form(shown): Form<ShownAt>,
) -> Answer {
    let filing = packaged(&portal, &acting, &id).await?;
    may_take_back(&portal, &acting, &filing)?;
    if !commitment_stands(&portal, &acting, &filing).await? {
        return Err(not_possible(&acting, WORDS.commitment_gone));
    }
    let taken = TakenBack { at: portal.clock.now(), by: acting.name().to_owned() };
    // What is no number is none that it ever had.
    let changes = shown.changes.parse().unwrap_or_default();
    let taking = TakingEntryBack { changes, taken };
    let words = match portal.storage.take_entry_back(&id, acting.code(), &taking).await? {
        None => return Err(Refusal::NotFound),
        Some(EntryBack::Taken) => {
            portal.live.tell(&id);
            return Ok(see_other(&format!("/filings/{id}#hand-over")));
        }
        Some(EntryBack::Changed) if was_just_taken_back(&own_filing(&portal, &acting, &id).await?, changes) => {
            return Ok(see_other(&format!("/filings/{id}#hand-over")));
        }
        Some(EntryBack::Changed) => WORDS.changed_meanwhile,
        Some(EntryBack::NotByHand) => WORDS.not_by_hand,
        Some(EntryBack::PlatformTold) => WORDS.platform_told,
        Some(EntryBack::OtherOpen(_)) => WORDS.other_open,
    };
    Err(not_possible(&acting, words))
}

/// Whether that is all that has happened since it had changed so often: the same post twice.
fn was_just_taken_back(filing: &StoredFiling, changes: i64) -> bool {
    filing.changes - 1 == changes && filing.history.last().is_some_and(|entry| !entry.stands())
}

fn not_possible(acting: &Acting, words: Phrase) -> Refusal {
    Refusal::Notice(Notice::NotPossible(acting.frame.lang.say(words)), StatusCode::CONFLICT)
}

/// Whether just this was entered before, with the same day: the same post twice.
fn stands_so(filing: &StoredFiling, entered: &Result<Happening, OwnWordFault>, on: &str) -> bool {
    let (Ok(happening), Ok(on)) = (entered, day(on)) else { return false };
    filing.history.iter().any(|entry| entry.stands() && entry.happening == *happening && entry.on == Some(on))
}

/// Notes what the enterprise says. The same again changes nothing.
pub(super) async fn note(portal: &Portal, acting: &Acting, id: &str, happening: Happening, on: Option<NaiveDate>) -> Answer {
    let note = OwnNote { happening, on, by: acting.name().to_owned(), at: portal.clock.now() };
    let why = match portal.storage.note(id, acting.code(), &note).await? {
        None => return Err(Refusal::NotFound),
        Some(Ok(())) => {
            portal.live.tell(id);
            return Ok(see_other(&format!("/filings/{id}")));
        }
        Some(Err(why)) => why,
    };
    let is_same = |entry: &HistoryEntry| entry.stands() && entry.happening == note.happening && entry.on == on;
    if own_filing(portal, acting, id).await?.history.iter().any(is_same) {
        return Ok(see_other(&format!("/filings/{id}")));
    }
    Err(not_possible(acting, if why == Impossible::Already { WORDS.already } else { WORDS.ended }))
}

async fn show_again(portal: &Portal, acting: &Acting, filing: StoredFiling, refused: RefusedEntry) -> Answer {
    let mut seen = seen(portal, acting, &filing, false).await?;
    seen.refuse(refused);
    Ok(page(&acting.frame, StatusCode::UNPROCESSABLE_ENTITY, |lang| filing_page(shown(filing, seen, lang), lang)))
}
