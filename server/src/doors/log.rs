//! The public log (C2SP tlog-tiles), for anyone.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use credit::log::tiles::{TileKind, TilePath, write_bundle};

use crate::portal::Portal;
use crate::public_log::Unsigned;
use crate::storage::{StorageError, Stored};

/// What never changes.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// What is soon taken over by something fuller.
const SHORT: &str = "public, max-age=60";
const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";

/// `GET /log/checkpoint`: how large it is and what its root is, signed.
pub async fn checkpoint(State(portal): State<Arc<Portal>>) -> Response {
    match portal.log.checkpoint().await {
        Ok(note) => answer(TEXT, "no-cache", note),
        Err(why) => unsigned(why),
    }
}

fn unsigned(why: Unsigned) -> Response {
    match why {
        Unsigned::Storage(error) => trouble(&error),
        changed @ Unsigned::Changed(_) => {
            tracing::error!(error.message = %changed, "log.changed");
            (StatusCode::SERVICE_UNAVAILABLE, "the log cannot be signed now\n").into_response()
        }
    }
}

/// `GET /log/key`: the verifier key.
pub async fn key(State(portal): State<Arc<Portal>>) -> Response {
    answer(TEXT, "public, max-age=3600", format!("{}\n", portal.log.verifier()))
}

/// `GET /log/tile/{path}`: a tile of hashes, or a bundle of entries. Any number of them that is there is served.
pub async fn tile(State(portal): State<Arc<Portal>>, Path(path): Path<String>) -> Response {
    let Ok(tile) = TilePath::parse(&format!("tile/{path}")) else { return nowhere() };
    match content(&portal, tile).await {
        Ok(Some(bytes)) => answer(BYTES, if tile.is_full() { IMMUTABLE } else { SHORT }, bytes),
        Ok(None) => nowhere(),
        Err(error) => trouble(&error),
    }
}

/// `GET /log/growth/{old}`: how it grew since it had so many entries, as logs tell it to witnesses.
pub async fn growth(State(portal): State<Arc<Portal>>, Path(old): Path<u64>) -> Response {
    match portal.log.growth(old).await {
        Ok(Some(growth)) => answer(TEXT, "no-cache", growth.write()),
        Ok(None) => nowhere(),
        Err(why) => unsigned(why),
    }
}

async fn content(portal: &Portal, tile: TilePath) -> Stored<Option<Vec<u8>>> {
    let Some(numbers) = tile.range() else { return Ok(None) };
    let width = usize::from(tile.width);
    Ok(match tile.kind {
        TileKind::Hashes(level) => {
            let hashes = portal.storage.log_hashes(level, numbers).await?;
            (hashes.len() == width).then(|| hashes.concat())
        }
        TileKind::Entries => {
            let entries = portal.storage.log_entries(numbers).await?;
            if entries.len() == width { write_bundle(&entries) } else { None }
        }
    })
}

fn answer(media_type: &'static str, cache: &'static str, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

/// What is not there now may be there soon.
fn nowhere() -> Response {
    (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-cache")], "not in the log\n").into_response()
}

fn trouble(error: &StorageError) -> Response {
    tracing::error!(error.message = %error, "log.store_trouble");
    (StatusCode::SERVICE_UNAVAILABLE, "the log cannot be read now\n").into_response()
}
