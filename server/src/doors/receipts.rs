//! Receipts to be kept: of one's own filings, and of public commitments.

use std::sync::Arc;

use app::components::receipt_links::PublicReceipt;
use app::paper::certificate::certificate;
use app::wording::notices::Notice;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use credit::bundle::{Bundle, Proven};

use super::answer::{Answer, Refusal};
use crate::documents::certificate::{Attached, pdf_with_receipt};
use crate::portal::Portal;
use crate::public_log::Unsigned;
use crate::receipting::{public_receipt, receipt};
use crate::token::token_hash;
use crate::visitor::Acting;

impl From<Unsigned> for Refusal {
    fn from(why: Unsigned) -> Self {
        match why {
            Unsigned::Storage(error) => error.into(),
            changed @ Unsigned::Changed(_) => {
                tracing::error!(error.message = %changed, "log.changed");
                Self::Notice(Notice::Fault, StatusCode::SERVICE_UNAVAILABLE)
            }
        }
    }
}

async fn own_receipt(portal: &Portal, acting: &Acting, id: &str) -> Result<(Bundle, Proven), Refusal> {
    portal.storage.filing(id, acting.code()).await?.ok_or(Refusal::NotFound)?;
    receipt(portal, id).await?.ok_or(Refusal::NotFound)
}

/// `GET /filings/{id}/receipt.json`
pub async fn own_json(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let (bundle, proven) = own_receipt(&portal, &acting, &id).await?;
    Ok(json(&bundle, &proven))
}

/// `GET /filings/{id}/receipt.pdf`: a certificate, with the receipt attached to it.
pub async fn own_pdf(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let font = portal.font.clone().ok_or(Refusal::NotFound)?;
    let (bundle, proven) = own_receipt(&portal, &acting, &id).await?;
    let address = held_address(&portal, &bundle, &proven);
    let made_at = portal.clock.now();
    let reference = proven.acceptance.reference.clone();
    let set = tokio::task::spawn_blocking(move || {
        let paper = certificate(&bundle, &proven, address);
        let attached = Attached { name: format!("{}.json", proven.acceptance.reference), content: bundle.write(), made_at };
        pdf_with_receipt(&paper, &font, attached)
    })
    .await;
    match set.map_err(|error| error.to_string()).and_then(|set| set) {
        Ok(bytes) => Ok(attachment(Body::from(bytes), "application/pdf", &format!("{reference}.pdf"))),
        Err(problem) => {
            tracing::error!(problem, "receipt.pdf_not_set");
            Err(Refusal::Notice(Notice::Fault, StatusCode::INTERNAL_SERVER_ERROR))
        }
    }
}

/// Where a certificate is verified: with the code of a commitment, which everyone may know, and after the `#`, which no browser
/// sends, with what shows that somebody holds it (`doors::held_receipts`).
fn held_address(portal: &Portal, bundle: &Bundle, proven: &Proven) -> String {
    let base = portal.config.public_url.as_str().trim_end_matches('/');
    let code = proven.acceptance.code.as_ref().map(|code| format!("?code={code}")).unwrap_or_default();
    format!("{base}/verify{code}#{}.{}", proven.acceptance.reference, bundle.holder_code())
}

/// Where a paper is verified that says less than the receipt: after the `#` with the reference and the SHA-256 of the acceptance,
/// to compare a receipt with, which opens none.
pub(super) fn comparing_address(portal: &Portal, bundle: &Bundle, proven: &Proven) -> String {
    let base = portal.config.public_url.as_str().trim_end_matches('/');
    format!("{base}/verify#{}.{}", proven.acceptance.reference, token_hash(&bundle.acceptance))
}

/// `GET /commitments/{code}/receipt.json`: for everyone, where all of it is public.
pub async fn public_json(State(portal): State<Arc<Portal>>, Path(code): Path<String>) -> Answer {
    let found = portal.storage.public_commitment(&code, portal.clock.today()).await?.ok_or(Refusal::NotFound)?;
    if public_receipt(&portal, &found).await? != PublicReceipt::Offered {
        return Err(Refusal::NotFound);
    }
    let (bundle, proven) = receipt(&portal, &found.filing_id).await?.ok_or(Refusal::NotFound)?;
    Ok(json(&bundle, &proven))
}

pub(super) fn json(bundle: &Bundle, proven: &Proven) -> Response {
    let name = proven.acceptance.code.as_ref().unwrap_or(&proven.acceptance.reference);
    attachment(Body::from(bundle.write()), "application/json; charset=utf-8", &format!("{name}.json"))
}

/// Codes and references are plain ASCII.
pub(super) fn attachment(body: Body, kind: &'static str, name: &str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment")));
    response
}
