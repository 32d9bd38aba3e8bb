//! Files of one's own drafts and filings, handed out so that no browser runs anything in them; where there is a
//! scanner, only after it found nothing in them.

use std::sync::Arc;

use app::wording::notices::Notice;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use credit::attachment::{Attachment, FileRefusal, FileState};

use super::answer::{Answer, Refusal, encode};
use crate::portal::Portal;
use crate::scanning::{Clearance, clearance};
use crate::visitor::Acting;

/// `GET /drafts/{id}/files/{file}`
pub async fn of_draft(State(portal): State<Arc<Portal>>, acting: Acting, Path((id, file)): Path<(String, String)>) -> Answer {
    let draft = portal.storage.draft(&id, acting.code()).await?.ok_or(Refusal::NotFound)?;
    hand_out(&portal, &draft.attachments, &file).await
}

/// `GET /filings/{id}/files/{file}`
pub async fn of_filing(State(portal): State<Arc<Portal>>, acting: Acting, Path((id, file)): Path<(String, String)>) -> Answer {
    let filing = portal.storage.filing(&id, acting.code()).await?.ok_or(Refusal::NotFound)?;
    hand_out(&portal, &filing.attachments, &file).await
}

async fn hand_out(portal: &Portal, attachments: &[Attachment], id: &str) -> Answer {
    let attachment = attachments.iter().find(|attachment| attachment.id == id).ok_or(Refusal::NotFound)?;
    let (sha256, media_type, bytes) = match &attachment.state {
        FileState::Kept { sha256, media_type, bytes } => (sha256, media_type, bytes),
        // A page from before the verdict may still lead here.
        FileState::Refused(FileRefusal::Infected) => return Err(infected()),
        FileState::Refused(_) => return Err(Refusal::NotFound),
    };
    match clearance(&*portal.storage, portal.scanner.as_deref(), sha256, portal.clock.now()).await? {
        Clearance::Cleared => {}
        Clearance::Waiting => return Err(Refusal::Notice(Notice::BeingScanned, StatusCode::CONFLICT)),
        Clearance::Infected => return Err(infected()),
    }
    let content = portal.attachments.content(sha256).await?;
    let mut response: Response = Body::from_stream(content).into_response();
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type.as_str()));
    set.insert(header::CONTENT_LENGTH, HeaderValue::from(*bytes));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let disposition = format!("attachment; filename*=UTF-8''{}", encode(&attachment.name).replace('+', "%20"));
    set.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment")));
    set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    Ok(response)
}

fn infected() -> Refusal {
    Refusal::Notice(Notice::Infected, StatusCode::FORBIDDEN)
}
