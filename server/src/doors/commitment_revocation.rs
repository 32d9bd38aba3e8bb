//! Taking a commitment back that holds, with effect from now on.

use std::sync::Arc;

use app::pages::confirm::{Deed, confirm};
use app::pages::desk::filing_name;
use app::wording::my_commitments::{WORDS, cannot_revoke};
use app::wording::notices::Notice;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use credit::commitment::WithdrawalRule;
use credit::commitment::public_content::public_content;
use credit::filing::Happening;
use credit::form::FormKind;

use super::answer::{Answer, Refusal, page, see_other};
use super::filings::{own_filing, take_back};
use crate::platform::wire_v1;
use crate::portal::Portal;
use crate::records::Matters;
use crate::storage::{Cargo, StoredFiling};
use crate::visitor::Acting;

/// The commitment, if who asks may take such a thing back.
async fn commitment(portal: &Portal, acting: &Acting, id: &str) -> Result<StoredFiling, Refusal> {
    let filing = own_filing(portal, acting, id).await?;
    if filing.kind != FormKind::Commitment {
        return Err(Refusal::NotFound);
    }
    let say = |phrase| acting.frame.lang.say(phrase);
    if !acting.capacity.may_sign() {
        return Err(Refusal::Notice(Notice::MayNot(say(WORDS.only_signers)), StatusCode::FORBIDDEN));
    }
    let rule = public_content(&filing.content).kind.withdrawal();
    let is_free = rule == WithdrawalRule::WithRepair && !serves_an_application(portal, acting, &filing).await?;
    if let Some(why) = cannot_revoke(rule).filter(|_| !is_free) {
        return Err(Refusal::Notice(Notice::NotPossible(say(why)), StatusCode::CONFLICT));
    }
    Ok(filing)
}

/// Whether a commitment belongs to an application for repair that is open or was granted: it stands and falls with that.
async fn serves_an_application(portal: &Portal, acting: &Acting, filing: &StoredFiling) -> Result<bool, Refusal> {
    let Some(code) = portal.storage.commitment_code(&filing.id).await? else { return Ok(false) };
    Ok(Matters::of(portal, acting).await?.is_applied_for_with(&code))
}

/// Why a commitment that is not decided yet cannot be withdrawn by itself.
///
/// # Errors
/// [`Notice::NotPossible`] while it belongs to an application.
pub(super) async fn may_be_withdrawn(portal: &Portal, acting: &Acting, filing: &StoredFiling) -> Result<(), Refusal> {
    if filing.kind != FormKind::Commitment || !serves_an_application(portal, acting, filing).await? {
        return Ok(());
    }
    let why = cannot_revoke(WithdrawalRule::WithRepair).map_or("", |why| acting.frame.lang.say(why));
    Err(Refusal::Notice(Notice::NotPossible(why), StatusCode::CONFLICT))
}

/// `GET /filings/{id}/revocation`: asks first.
pub async fn ask(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let filing = commitment(&portal, &acting, &id).await?;
    if filing.standing.revoked {
        return Ok(see_other(&format!("/filings/{id}")));
    }
    if !filing.standing.may_be_revoked() {
        let words = acting.frame.lang.say(WORDS.may_not_revoke);
        return Err(Refusal::Notice(Notice::NotPossible(words), StatusCode::CONFLICT));
    }
    Ok(page(&acting.frame, StatusCode::OK, |lang| {
        let name = format!("{} · {}", filing_name(filing.kind, &filing.content, lang), filing.reference);
        confirm(Deed::RevokeCommitment, name, format!("/filings/{id}/revocation"), format!("/filings/{id}"), lang)
    }))
}

/// `POST /filings/{id}/revocation`: takes effect at once, and the platform is told.
pub async fn revoke(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let filing = commitment(&portal, &acting, &id).await?;
    take_back(&portal, &acting, &filing, Happening::Revoked, Cargo::Withdrawal, |_, at| wire_v1::withdrawal(at)).await
}
