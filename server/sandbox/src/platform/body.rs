//! Reading a body within its limit, and checking what its headers say of it.

use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::platform::problem::Problem;

/// Reads the body. Somewhat more than the limit is read before it is refused: a client that is cut off while it
/// still writes would never see the answer.
pub(crate) async fn read(body: Body, limit: usize) -> Result<Bytes, Problem> {
    let bytes = axum::body::to_bytes(body, limit * 2).await.map_err(|_| Problem::too_large(limit))?;
    if bytes.len() > limit { Err(Problem::too_large(limit)) } else { Ok(bytes) }
}

/// The body's digest as RFC 9530 writes it.
pub(crate) fn digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(body)))
}

/// Checks `Content-Digest`, of which only `sha-256` is looked at.
pub(crate) fn check_digest(headers: &HeaderMap, body: &[u8]) -> Result<String, Problem> {
    let given = headers
        .get_all("content-digest")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .find(|value| value.starts_with("sha-256="));
    let computed = digest(body);
    match given {
        Some(given) if given == computed => Ok(computed),
        Some(_) => Err(Problem::body_digest("Content-Digest 与请求内容不符。")),
        None => Err(Problem::body_digest("缺少 Content-Digest（sha-256）。")),
    }
}

/// The media type that the request names, in lower case and without parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/')?;
    (!kind.is_empty() && !subtype.is_empty()).then_some(essence)
}

/// Refuses what does not call itself JSON.
pub(crate) fn require_json(headers: &HeaderMap) -> Result<(), Problem> {
    match media_type(headers).as_deref() {
        Some("application/json") => Ok(()),
        _ => Err(Problem::media_type("请求须为 application/json。")),
    }
}
