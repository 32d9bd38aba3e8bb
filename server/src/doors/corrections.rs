//! New drafts with what was filed before: to correct it, or to file it again after it was withdrawn.

use std::sync::Arc;

use app::wording::{life, notices::Notice};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use credit::attachment::Attachment;
use credit::draft::Draft;
use credit::filing::{Impossible, State as FilingState};
use credit::form::FormKind;
use credit::repair::COMMITMENT;
use uuid::Uuid;

use super::answer::{Answer, Refusal, see_other};
use super::drafts::blank_draft;
use super::filings::own_filing;
use crate::portal::Portal;
use crate::storage::{StoredDraft, StoredFiling};
use crate::visitor::Acting;

/// `POST /filings/{id}/correction`: a draft with what was filed, to be mended where the platform's comments stand, or because
/// something has changed since.
pub async fn correct(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let filing = own_filing(&portal, &acting, &id).await?;
    // What was signed and holds, and what was granted of a record, is not corrected.
    let stands = (filing.kind == FormKind::Commitment || filing.kind.is_about_record()) && filing.standing.holds();
    if !filing.standing.may_be_corrected() || stands {
        let why = match filing.standing.state {
            FilingState::Superseded { .. } | FilingState::Withdrawn { .. } => Impossible::Ended,
            _ => Impossible::NotReturned,
        };
        return Err(not_possible(why, &acting));
    }
    let commitment = filing.content.get(COMMITMENT.name).filter(|_| filing.kind == FormKind::Repair).cloned();
    let mut draft = StoredDraft { corrects: Some(id.clone()), ..draft_of(&portal, &acting, filing) };
    if let Some(code) = commitment {
        // A draft names its commitment by its id; what was filed, by its code.
        let letter = portal.storage.filing_of_commitment(&code, acting.code()).await?;
        draft.draft = draft.draft.with(COMMITMENT.name, &letter.unwrap_or_default());
    }
    let draft_id = portal.storage.begin_correction(&id, &draft).await?;
    Ok(see_other(&format!("/drafts/{draft_id}")))
}

/// `POST /filings/{id}/refilling`: a new draft with what was withdrawn, so that nobody types and uploads it all again.
pub async fn refill(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let filing = own_filing(&portal, &acting, &id).await?;
    // A commitment is made from its template, and what concerns a record begins there.
    if !filing.standing.is_withdrawn() || !FormKind::ALL.contains(&filing.kind) {
        return Err(not_possible(Impossible::NotReturned, &acting));
    }
    let draft = draft_of(&portal, &acting, filing);
    portal.storage.begin_draft(&draft).await?;
    Ok(see_other(&format!("/drafts/{}", draft.id)))
}

fn not_possible(why: Impossible, acting: &Acting) -> Refusal {
    Refusal::Notice(Notice::NotPossible(life::impossible(why, acting.frame.lang)), StatusCode::CONFLICT)
}

/// A draft with the answers and the files of a filing. The files' contents are there already; the draft has rows of its own for
/// them.
fn draft_of(portal: &Portal, acting: &Acting, filing: StoredFiling) -> StoredDraft {
    let answers = filing.content.iter().map(|(name, value)| (name, value.as_str()));
    let own = |attachment: Attachment| Attachment { id: Uuid::now_v7().to_string(), ..attachment };
    StoredDraft {
        draft: Draft::typed(filing.kind.form(), answers),
        attachments: filing.attachments.into_iter().filter(Attachment::is_kept).map(own).collect(),
        ..blank_draft(portal, acting, filing.kind)
    }
}
