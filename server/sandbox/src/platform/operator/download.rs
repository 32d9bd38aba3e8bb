//! An attachment for the people who decide.

use axum::{
    extract::{Path, State as Extract},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use url::form_urlencoded::byte_serialize;
use uuid::Uuid;

use crate::world::Shared;

/// `GET /platform/submissions/{id}/attachments/{sha256}`. Always a download, never shown: a foreign file does not
/// get to speak in this page's name.
pub(crate) async fn attachment(Extract(world): Extract<Shared>, Path((id, sha256)): Path<(Uuid, String)>) -> Response {
    let named = world.desk.read(|state| {
        let attachments = &state.submissions.get(&id)?.envelope.attachments;
        attachments.iter().find(|attachment| attachment.sha256 == sha256).cloned()
    });
    let Some((named, bytes)) = named.zip(world.desk.bytes(&sha256)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // RFC 8187 wants `%20` where forms have `+`.
    let name = byte_serialize(named.name.as_bytes()).collect::<String>().replace('+', "%20");
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (HeaderName::from_static("content-security-policy"), "default-src 'none'; sandbox".to_owned()),
    ];
    (headers, bytes).into_response()
}
