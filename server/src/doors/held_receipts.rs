//! For whoever holds a receipt, or the certificate made of it: the receipt itself, which the paper says anyway, and what became of
//! the commitment, also of one that is not public. Who holds it shows so with the code on the certificate
//! ([`Bundle::holder_code`](credit::bundle::Bundle::holder_code)); it comes in a body, so that it stands in nobody's list of addresses.

use std::sync::Arc;

use app::verification::standing_now;
use app::wording::Lang;
use app::wording::life;
use app::wording::verdict::VERDICT;
use app::wording::verifying::WORDS;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use credit::bundle::{Bundle, Proven, holder_code};
use credit::commitment::VALID_UNTIL;
use credit::credit_code::CreditCode;
use credit::date::parse_date;
use credit::normal_text::normal_line;
use credit::repair::HandOver;

use super::answer::{Answer, Refusal};
use super::receipts::json;
use crate::portal::Portal;
use crate::receipting::receipt;
use crate::storage::Stored;
use crate::token::token_hash;
use crate::visitor::Visitor;

/// The receipt that `named` names, as a certificate does: reference, point, holder's code.
///
/// # Errors
/// [`Refusal::NotFound`], whatever of it is wrong.
pub async fn held(portal: &Portal, named: &str) -> Result<(Bundle, Proven), Refusal> {
    let (reference, code) = named.trim().split_once('.').ok_or(Refusal::NotFound)?;
    let (id, _) = portal.storage.filing_named(reference).await?.ok_or(Refusal::NotFound)?;
    let stored = portal.storage.receipt(&id).await?.ok_or(Refusal::NotFound)?;
    // Before anything is computed; and of hashes, so that how long they take to differ says nothing of the code.
    if token_hash(code) != token_hash(&holder_code(&stored.acceptance, &stored.salt)) {
        return Err(Refusal::NotFound);
    }
    receipt(portal, &id).await?.ok_or(Refusal::NotFound)
}

/// `POST /receipts/held`: the receipt.
pub async fn held_receipt(State(portal): State<Arc<Portal>>, named: String) -> Answer {
    let (bundle, proven) = held(&portal, &named).await?;
    Ok(json(&bundle, &proven))
}

/// `POST /receipts/held/standing`: what became of the commitment, a fact a line, label and answer parted by a tabulator. Of
/// anything else, nothing.
pub async fn held_standing(State(portal): State<Arc<Portal>>, visitor: Visitor, named: String) -> Answer {
    let (_, proven) = held(&portal, &named).await?;
    let facts = standing(&portal, &proven, visitor.frame.lang).await?;
    let lines: Vec<String> = facts.into_iter().map(|(label, answer)| format!("{label}\t{}", normal_line(&answer))).collect();
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers.map(|(name, value)| (name, HeaderValue::from_static(value))), lines.join("\n")).into_response())
}

/// What became of the commitment in a receipt that holds, and whether it is public.
///
/// # Errors
/// When the store does not answer.
pub async fn standing(portal: &Portal, proven: &Proven, lang: Lang) -> Stored<Vec<(String, String)>> {
    let (acceptance, today) = (&proven.acceptance, portal.clock.today());
    let Some(code) = &acceptance.code else { return Ok(Vec::new()) };
    let enterprise: &CreditCode = &acceptance.enterprise.code;
    let Some(filing) = portal.storage.filing(&acceptance.id, enterprise).await? else { return Ok(Vec::new()) };
    let now = if filing.standing.holds() {
        let valid_until = filing.content.get(VALID_UNTIL.name).and_then(|day| parse_date(day).ok());
        standing_now(&filing.standing, valid_until, today, lang)
    } else {
        let state = life::state(filing.kind, HandOver::of(&filing.content), &filing.standing, lang);
        (lang.say(VERDICT.now).to_owned(), state.name.into())
    };
    let is_public = portal.storage.public_commitment(code, today).await?.is_some();
    let publication = if is_public { WORDS.is_public } else { WORDS.not_public };
    Ok(vec![now, (lang.say(WORDS.publication).to_owned(), lang.say(publication).to_owned())])
}
