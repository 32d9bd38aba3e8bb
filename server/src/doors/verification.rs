//! Verifying what somebody brings, for everyone; and what became of a public commitment.

use std::sync::Arc;

use app::components::receipt_links::PublicReceipt;
use app::pages::verify::{VerifyPage, verify as verify_page};
use app::verification::{Told, check, standing_now, tell, validity};
use app::wording::Lang;
use app::wording::verdict::VERDICT;
use app::wording::verifying::WORDS;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use chrono::NaiveDate;
use credit::bundle::MOST_BYTES;
use credit::commitment::{AUTHORITY, MADE_ON, TITLE, VALID_UNTIL};
use credit::date::parse_date;
use credit::form::Phrase;
use credit::log::checkpoint::Checkpoint;
use credit::masking::masked;
use credit::normal_text::normal_code;
use serde::{Deserialize, Serialize};

use super::answer::{Answer, Refusal, encode, page, see_other};
use super::draft_post::unreadable;
use super::held_receipts::{held, standing};

use crate::parts::Parts;
use crate::portal::Portal;
use crate::public_log::Unsigned;
use crate::receipting::public_receipt;
use crate::storage::commitments::{CommitmentState, PublicCommitment};
use crate::visitor::Visitor;

/// What is looked up.
#[derive(Default, Deserialize)]
pub struct Question {
    #[serde(default)]
    code: String,
}

/// `GET /verify`
pub async fn show(State(portal): State<Arc<Portal>>, visitor: Visitor, Query(question): Query<Question>) -> Answer {
    let code = question.code.trim().to_owned();
    if code.is_empty() {
        return Ok(answer(&visitor, blank(&portal), StatusCode::OK));
    }
    let found = portal.storage.public_commitment(&code, portal.clock.today()).await?;
    let has_receipt = match &found {
        Some(found) => public_receipt(&portal, found).await? == PublicReceipt::Offered,
        None => false,
    };
    let (told, status) = looked_up(&portal, &visitor, &code, found).await?;
    Ok(answer(&visitor, VerifyPage { code, told, has_receipt, ..blank(&portal) }, status))
}

fn blank(portal: &Portal) -> VerifyPage {
    VerifyPage {
        key: portal.log.verifier().to_string(),
        today: portal.clock.today(),
        code: String::new(),
        told: None,
        has_receipt: false,
    }
}

fn answer(visitor: &Visitor, shown: VerifyPage, status: StatusCode) -> Response {
    page(&visitor.frame, status, |lang| verify_page(shown, lang))
}

async fn looked_up(
    portal: &Portal,
    visitor: &Visitor,
    code: &str,
    found: Option<PublicCommitment>,
) -> Result<(Option<Told>, StatusCode), Refusal> {
    let (lang, today) = (visitor.frame.lang, portal.clock.today());
    if let Some(found) = found {
        return Ok((Some(of_public(&found, today, lang)), StatusCode::OK));
    }
    Ok(if portal.storage.was_public(code).await? {
        (Some(said(WORDS.code_ended, WORDS.code_ended_text, lang)), StatusCode::GONE)
    } else {
        (Some(said(WORDS.code_unknown, WORDS.code_unknown_text, lang)), StatusCode::NOT_FOUND)
    })
}

fn said(heading: Phrase, meaning: Phrase, lang: Lang) -> Told {
    Told { heading: lang.say(heading).to_owned(), meaning: Some(lang.say(meaning).to_owned()), ..Told::default() }
}

/// What is public of a commitment in a few lines; no person is named.
fn of_public(found: &PublicCommitment, today: NaiveDate, lang: Lang) -> Told {
    let held = |name: &str| found.content.get(name).cloned().unwrap_or_default();
    let line = |label: Phrase, answer: String| (lang.say(label).to_owned(), answer);
    let mut facts = vec![
        line(VERDICT.who, format!("{} {}", found.enterprise.name, found.enterprise.code)),
        line(VERDICT.matter, held(TITLE.name)),
        line(VERDICT.commitment_code, found.code.clone()),
        line(AUTHORITY.label, held(AUTHORITY.name)),
        line(MADE_ON.label, held(MADE_ON.name)),
        line(VERDICT.valid_until, validity(valid_until(found), today, lang)),
    ];
    facts.push(standing_now(&found.standing, valid_until(found), today, lang));
    Told { holds: true, facts, ..said(WORDS.code_public, WORDS.code_public_text, lang) }
}

/// What somebody types or pastes.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Pasted {
    code: String,
}

/// What that names.
#[derive(Debug, PartialEq, Eq)]
enum Named<'a> {
    /// 承诺编码, or what is taken for one.
    Code(&'a str),
    /// A receipt, as the code of a certificate names it: reference, point, holder's code.
    Receipt(&'a str),
}

impl<'a> Named<'a> {
    /// As typed off a paper, or the whole address that a code holds.
    fn read(typed: &'a str) -> Self {
        match (typed.split_once('#'), typed.split_once("code=")) {
            (Some((_, named)), _) => Self::Receipt(named),
            (None, Some((_, code))) => Self::Code(code),
            (None, None) if typed.contains('.') => Self::Receipt(typed),
            (None, None) => Self::Code(typed),
        }
    }
}

/// `POST /verify/code`: the code of a commitment, or what the QR code of a certificate holds, for who cannot open it.
pub async fn look_up(State(portal): State<Arc<Portal>>, visitor: Visitor, Form(pasted): Form<Pasted>) -> Answer {
    let typed = normal_code(&pasted.code);
    let named = match Named::read(&typed) {
        Named::Code(code) => return Ok(see_other(&format!("/verify?code={}", encode(code)))),
        Named::Receipt(named) => named,
    };
    let (lang, today) = (visitor.frame.lang, portal.clock.today());
    let (told, status) = match held(&portal, named).await {
        Ok((bundle, _)) => (checked(&portal, bundle.write().as_bytes(), today, lang).await?, StatusCode::OK),
        Err(Refusal::NotFound) => (said(WORDS.print_unknown, WORDS.print_unknown_text, lang), StatusCode::NOT_FOUND),
        Err(refusal) => return Err(refusal),
    };
    Ok(answer(&visitor, VerifyPage { told: Some(told), ..blank(&portal) }, status))
}

/// `POST /verify`: a file, for browsers in which the module does not run.
pub async fn verify(State(portal): State<Arc<Portal>>, visitor: Visitor, mut parts: Parts) -> Answer {
    let (lang, today) = (visitor.frame.lang, portal.clock.today());
    let mut file = Vec::new();
    while let Some(mut part) = parts.next().await.map_err(unreadable)? {
        let is_file = part.file_name().is_some() && file.is_empty();
        while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
            // One byte more tells that there were too many.
            let room = if is_file { (MOST_BYTES + 1).saturating_sub(file.len()) } else { 0 };
            file.extend_from_slice(&chunk[..chunk.len().min(room)]);
        }
    }
    let told = if file.is_empty() {
        said(WORDS.no_file, WORDS.no_file_text, lang)
    } else if file.len() > MOST_BYTES {
        said(WORDS.too_large, WORDS.too_large_text, lang)
    } else {
        checked(&portal, &file, today, lang).await?
    };
    let status = if told.holds { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(answer(&visitor, VerifyPage { told: Some(told), ..blank(&portal) }, status))
}

async fn checked(portal: &Portal, file: &[u8], today: NaiveDate, lang: Lang) -> Result<Told, Refusal> {
    let verifier = portal.log.verifier();
    let checked = check(file, verifier);
    let mut told = tell(file, &checked, today, lang);
    let Ok((bundle, proven)) = checked else { return Ok(told) };
    match portal.log.growth(proven.log_size).await {
        Ok(Some(growth)) => {
            let before = Checkpoint::open(&bundle.checkpoint, verifier);
            if !before.is_ok_and(|before| growth.goes_on_from(&before, verifier)) {
                return Ok(said(WORDS.forked, WORDS.forked_text, lang));
            }
            told.checks.push(lang.say(WORDS.grown).to_owned());
        }
        Ok(None) | Err(Unsigned::Changed(_)) => return Ok(said(WORDS.forked, WORDS.forked_text, lang)),
        Err(Unsigned::Storage(error)) => return Err(error.into()),
    }
    told.facts.extend(standing(portal, &proven, lang).await?);
    Ok(told)
}

/// What became of a public commitment, as `state.json` tells it.
#[derive(Serialize)]
pub struct StateJson {
    code: String,
    /// `in_force`, `expired`, `withdrawn`, `fulfilled`, `partly` or `not`.
    state: &'static str,
    /// `fulfilled`, `partly`, `not`, once that was found.
    performance: Option<&'static str>,
    found_by: Option<String>,
    found_on: Option<String>,
    valid_until: Option<NaiveDate>,
    published: bool,
}

fn valid_until(found: &PublicCommitment) -> Option<NaiveDate> {
    parse_date(found.content.get(VALID_UNTIL.name)?).ok()
}

impl StateJson {
    fn of(found: &PublicCommitment, today: NaiveDate) -> Self {
        let valid_until = valid_until(found);
        let performance = found.standing.performance.as_ref();
        let state = CommitmentState::of(&found.standing, valid_until, today);
        Self {
            code: found.code.clone(),
            state: state.name(),
            performance: performance.map(|found| CommitmentState::Found(found.performance).name()),
            found_by: performance.map(|found| masked(&found.found_by)),
            found_on: performance.map(|found| found.found_on.clone()),
            valid_until,
            published: true,
        }
    }
}

/// `GET /commitments/{code}/state.json`: of what is not public today, only that. It is answered all the same, not refused: whoever
/// holds the receipt of a commitment that is not public asks too, and browsers complain of what is refused.
pub async fn state(State(portal): State<Arc<Portal>>, Path(code): Path<String>) -> Answer {
    let today = portal.clock.today();
    let mut response = match portal.storage.public_commitment(&code, today).await? {
        Some(found) => Json(StateJson::of(&found, today)).into_response(),
        None => Json(serde_json::json!({ "code": code, "published": false })).into_response(),
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_code_holds_is_read_in_every_way_it_is_brought() {
        let receipt = Named::Receipt("K7M4-9TQX-3RAD.00ff");
        for typed in [
            "K7M4-9TQX-3RAD.00ff",
            "https://portal.example/verify#K7M4-9TQX-3RAD.00ff",
            "https://portal.example/verify?code=1#K7M4-9TQX-3RAD.00ff",
        ] {
            assert_eq!(Named::read(typed), receipt, "{typed}");
        }
        for typed in ["31012020261123000001", "https://portal.example/verify?code=31012020261123000001"] {
            assert_eq!(Named::read(typed), Named::Code("31012020261123000001"), "{typed}");
        }
    }
}
