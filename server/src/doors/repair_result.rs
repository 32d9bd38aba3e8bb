//! The proof of a granted repair, for sites that still show the record. It says only what the platform said.

use std::sync::Arc;

use app::paper::repair_result::{RepairResult, repair_result};
use app::wording::notices::Notice;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use credit::filing::{Decision, Happening, Instant, Verification};
use credit::form::FormKind;

use super::answer::{Answer, Refusal};
use super::filings::own_filing;
use super::receipts::{attachment, comparing_address};
use crate::documents::pdf::pdf;
use crate::portal::Portal;
use crate::receipting::receipt;
use crate::storage::{Source, StoredFiling};
use crate::token::token_hash;
use crate::visitor::Acting;

/// A repair that the platform granted.
pub(super) struct Granted<'a> {
    at: Instant,
    note: Option<&'a str>,
}

/// Whether the platform itself told that this repair is granted, and it holds.
pub(super) fn granted(filing: &StoredFiling) -> Option<Granted<'_>> {
    if filing.kind != FormKind::Repair || !filing.standing.holds() || filing.standing.by_own_word {
        return None;
    }
    filing.history.iter().rev().find_map(|entry| match (&entry.happening, &entry.source) {
        // Of a grant in part the rest stays published: whoever shows it is not told to take it down.
        (Happening::Decided(Decision::Granted { verification: Verification::Verified, note }), Source::Platform) => {
            Some(Granted { at: entry.at, note: note.as_deref() })
        }
        _ => None,
    })
}

/// Who handled it, as the platform said last.
fn handler(filing: &StoredFiling) -> Option<&str> {
    filing.history.iter().rev().find_map(|entry| match (&entry.happening, &entry.source) {
        (Happening::ReviewBegan { handler }, Source::Platform) => Some(handler.as_str()),
        _ => None,
    })
}

/// `GET /filings/{id}/result.pdf`
pub async fn proof(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let filing = own_filing(&portal, &acting, &id).await?;
    let granted = granted(&filing).ok_or(Refusal::NotFound)?;
    let font = portal.font.clone().ok_or(Refusal::NotFound)?;
    let receipt = receipt(&portal, &id).await?;
    let base = portal.config.public_url.as_str().trim_end_matches('/');
    let paper = repair_result(&RepairResult {
        enterprise: &filing.enterprise,
        reference: &filing.reference,
        content: &filing.content,
        decided_at: granted.at,
        note: granted.note,
        handler: handler(&filing),
        fingerprint: receipt.as_ref().map(|(bundle, _)| token_hash(&bundle.acceptance)),
        address: receipt
            .as_ref()
            .map_or_else(|| format!("{base}/verify"), |(bundle, proven)| comparing_address(&portal, bundle, proven)),
    });
    let set = tokio::task::spawn_blocking(move || pdf(&paper, &font)).await;
    match set.map_err(|error| error.to_string()).and_then(|set| set) {
        Ok(bytes) => Ok(attachment(Body::from(bytes), "application/pdf", &format!("{}-result.pdf", filing.reference))),
        Err(problem) => {
            tracing::error!(problem, "result.pdf_not_set");
            Err(Refusal::Notice(Notice::Fault, StatusCode::INTERNAL_SERVER_ERROR))
        }
    }
}
