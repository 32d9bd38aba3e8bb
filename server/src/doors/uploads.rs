//! Files of a draft that arrive in parts: over a line that drops, the browser asks how much has arrived and goes on from there.
//!
//! After draft-ietf-httpbis-resumable-upload, as far as it is of use here: `HEAD` tells the offset, `PATCH` brings a part. The
//! name of a file is personal enough to stay out of addresses: it comes as a header.

use std::sync::Arc;

use app::pages::draft::files_here;
use app::shell::render_part;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use credit::attachment::{Attachment, FileRefusal, FileState, LARGEST_FILE, MOST_FILES};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};

use super::answer::Refusal;
use super::draft_post::shown_name;
use crate::attachments::Arrived;
use crate::attachments::partial::{Misplaced, Partial};
use crate::portal::Portal;
use crate::scanning;
use crate::storage::{Added, StorageError, StoredDraft};
use crate::visitor::{Acting, Visitor};

/// Where the next part begins, in bytes.
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// How large the file is, in bytes.
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
/// The file's name, percent-encoded UTF-8.
const NAME: HeaderName = HeaderName::from_static("upload-name");

/// Refused files that stay in a draft's list beside those that were taken; of further ones nothing is kept.
const MOST_LISTED: usize = 2 * MOST_FILES;

/// `HEAD /drafts/{id}/uploads/{upload}`: how much has arrived.
pub async fn offset(
    State(portal): State<Arc<Portal>>,
    visitor: Visitor,
    Path((id, upload)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let Some(acting) = visitor.acting() else { return Ok(StatusCode::UNAUTHORIZED.into_response()) };
    let Some((_, partial)) = find(&portal, &acting, &id, &upload).await? else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    Ok(at(StatusCode::NO_CONTENT, partial.arrived().await))
}

/// `PATCH /drafts/{id}/uploads/{upload}`: a part. 204 with the next offset while more is to come; 200 with the draft's files as
/// HTML when the file is there (taken or refused); 409 with the offset where the part does not fit;
/// 404 when the draft is gone, or the file was given up meanwhile.
pub async fn part(
    State(portal): State<Arc<Portal>>,
    visitor: Visitor,
    Path((id, upload)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let Some(acting) = visitor.acting() else { return Ok(StatusCode::UNAUTHORIZED.into_response()) };
    let Some((draft, partial)) = find(&portal, &acting, &id, &upload).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let number = |name| headers.get(name)?.to_str().ok()?.parse::<u64>().ok();
    let (Some(offset), Some(length)) = (number(OFFSET), number(LENGTH)) else {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    };
    let file = attachment_id(&id, &upload);
    // The answer to the last part may have been lost on its way.
    if draft.attachments.iter().any(|attachment| attachment.id == file) {
        return files(&portal, &acting, &id).await;
    }
    let state = if length > LARGEST_FILE {
        FileState::Refused(FileRefusal::TooLarge)
    } else if draft.attachments.len() >= MOST_FILES {
        FileState::Refused(FileRefusal::TooMany)
    } else {
        let next = match receive(&partial, offset, body).await? {
            Ok(next) => next,
            Err(Misplaced::Gap(arrived)) => return Ok(at(StatusCode::CONFLICT, arrived)),
            Err(Misplaced::TooMany) => return Ok(StatusCode::TOO_MANY_REQUESTS.into_response()),
        };
        if next < length {
            return Ok(at(StatusCode::NO_CONTENT, next));
        }
        match partial.finish().await? {
            Some(Arrived::Kept { sha256, media_type, bytes }) => FileState::Kept { sha256, media_type, bytes },
            Some(Arrived::Refused(why)) => FileState::Refused(why),
            // Given up meanwhile, or the same part came twice at once and the other one was first.
            None => return ended_elsewhere(&portal, &acting, &id, &file).await,
        }
    };
    let attachment = Attachment { id: file, name: shown_name(&name(&headers)), state };
    attach(&portal, &draft, draft.attachments.len(), &attachment).await?;
    partial.cancel().await;
    files(&portal, &acting, &id).await
}

/// `DELETE /drafts/{id}/uploads/{upload}`: what has arrived is dropped.
pub async fn cancel(
    State(portal): State<Arc<Portal>>,
    visitor: Visitor,
    Path((id, upload)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let Some(acting) = visitor.acting() else { return Ok(StatusCode::UNAUTHORIZED.into_response()) };
    let Some((_, partial)) = find(&portal, &acting, &id, &upload).await? else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    partial.cancel().await;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Puts a file into a draft's list, in which there are so many `files` already; one that is kept is to be scanned.
///
/// # Errors
/// [`Refusal::NotFound`] when the draft is gone; or the store's.
pub(super) async fn attach(portal: &Portal, draft: &StoredDraft, files: usize, attachment: &Attachment) -> Result<(), Refusal> {
    if !attachment.is_kept() && files >= MOST_LISTED {
        return Ok(());
    }
    if let FileState::Kept { sha256, .. } = &attachment.state {
        scanning::ask(portal, sha256).await?;
    }
    let now = portal.clock.now();
    match portal.storage.add_attachment(&draft.id, &draft.enterprise.code, attachment, now).await? {
        Added::Added => Ok(()),
        Added::Gone => Err(Refusal::NotFound),
    }
}

async fn find<'a>(
    portal: &'a Portal,
    acting: &Acting,
    id: &str,
    upload: &str,
) -> Result<Option<(StoredDraft, Partial<'a>)>, StorageError> {
    let draft = portal.storage.draft(id, acting.code()).await?;
    Ok(draft.and_then(|draft| Some((draft, portal.attachments.partial(id, upload)?))))
}

/// Writes what arrives. Where the line drops, what came before it stays.
async fn receive(partial: &Partial<'_>, offset: u64, body: Body) -> Result<Result<u64, Misplaced>, StorageError> {
    let mut part = match partial.part(offset).await? {
        Ok(part) => part,
        Err(misplaced) => return Ok(Err(misplaced)),
    };
    let mut pieces = body.into_data_stream();
    let mut taken = 0;
    while let Some(Ok(piece)) = pieces.next().await {
        taken += piece.len() as u64;
        if taken > LARGEST_FILE {
            break;
        }
        part.take(&piece).await?;
    }
    Ok(Ok(part.end().await?))
}

/// Where the line drops after the last part, the browser sends it again: the same upload is the same file.
fn attachment_id(draft: &str, upload: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(format!("{draft} {upload}")).into();
    let mut first = [0; 16];
    first.copy_from_slice(&digest[..16]);
    uuid::Builder::from_random_bytes(first).into_uuid().to_string()
}

fn name(headers: &HeaderMap) -> String {
    let sent = headers.get(NAME).map(HeaderValue::as_bytes).unwrap_or_default();
    let pair = [b"name=", sent].concat();
    url::form_urlencoded::parse(&pair).next().map(|(_, name)| name.into_owned()).unwrap_or_default()
}

/// The files when the other one has put this one into the list; else 404: it was given up.
async fn ended_elsewhere(portal: &Portal, acting: &Acting, id: &str, file: &str) -> Result<Response, Refusal> {
    let draft = portal.storage.draft(id, acting.code()).await?;
    if draft.is_some_and(|draft| draft.attachments.iter().any(|attachment| attachment.id == file)) {
        return files(portal, acting, id).await;
    }
    Ok(StatusCode::NOT_FOUND.into_response())
}

fn at(status: StatusCode, offset: u64) -> Response {
    (status, [(OFFSET, HeaderValue::from(offset))]).into_response()
}

/// The draft's files as the form shows them.
async fn files(portal: &Portal, acting: &Acting, id: &str) -> Result<Response, Refusal> {
    let Some(draft) = portal.storage.draft(id, acting.code()).await? else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let html = render_part(|| files_here(id, &draft.attachments, acting.frame.lang));
    Ok(([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Html(html)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_header_is_read_as_it_was_written() {
        let named = |sent: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(NAME, HeaderValue::from_static(sent));
            name(&headers)
        };
        assert_eq!(named("%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7%20%26%2B%3D.pdf"), "营业执照 &+=.pdf");
        assert_eq!(name(&HeaderMap::new()), "");
    }

    #[test]
    fn the_same_upload_of_the_same_draft_is_the_same_file_and_no_other_is() {
        assert_eq!(attachment_id("a", "1"), attachment_id("a", "1"));
        assert_ne!(attachment_id("a", "1"), attachment_id("a", "2"));
        assert_ne!(attachment_id("a", "1"), attachment_id("b", "1"));
    }
}
