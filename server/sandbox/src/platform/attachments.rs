//! Files by their content: the address is the SHA-256 of the bytes.

use axum::{
    body::Body,
    extract::{Path, State as Extract},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use crate::{
    platform::{body, check, problem::Problem},
    world::Shared,
};

/// The largest file.
const LIMIT: usize = 32 * 1024 * 1024;

/// `HEAD /platform/v1/attachments/{sha256}`: whether the file need not be sent.
pub(crate) async fn known(Extract(world): Extract<Shared>, Path(sha256): Path<String>) -> Response {
    match world.desk.read(|state| state.attachments.get(&sha256).cloned()) {
        Some(kept) => {
            let headers = [(header::CONTENT_TYPE, kept.media_type), (header::CONTENT_LENGTH, kept.bytes.to_string())];
            (headers, Body::empty()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `PUT /platform/v1/attachments/{sha256}`: keeps the file, once.
pub(crate) async fn keep(
    Extract(world): Extract<Shared>,
    Path(sha256): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Problem> {
    if !check::is_address(&sha256) {
        return Err(Problem::malformed("地址须为 64 位小写十六进制的 SHA-256。"));
    }
    let media_type = body::media_type(&headers).ok_or_else(|| Problem::media_type("缺少 Content-Type。"))?;
    let bytes = body::read(body, LIMIT).await?;
    if check::hex(&Sha256::digest(&bytes)) != sha256 {
        return Err(Problem::attachment_digest());
    }
    match world.desk.keep(&sha256, media_type, bytes) {
        Ok(true) => Ok(StatusCode::CREATED),
        Ok(false) => Ok(StatusCode::OK),
        Err(error) => {
            tracing::error!(%error, "an attachment cannot be kept");
            Err(Problem::broken())
        }
    }
}
