//! Notices: the list, and that they were read.

use std::sync::Arc;

use app::pages::notices::{NoticeEntry, NoticeList, notices};
use app::shell::Frame;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use credit::filing::Instant;
use serde::Deserialize;

use super::answer::{Answer, page, see_other};
use crate::portal::Portal;
use crate::storage::Stored;
use crate::storage::notices::{BeforeNotice, NoticeLine, WhichNotices};
use crate::visitor::Acting;

/// Notices on one page of the list.
const ON_A_PAGE: i64 = 20;
/// How many unread ones are named on other pages.
const NAMED: i64 = 3;

/// Where in the list.
#[derive(Deserialize)]
pub struct Place {
    before: Option<String>,
}

fn entry(line: NoticeLine) -> NoticeEntry {
    NoticeEntry {
        filing_id: line.filing_id,
        reference: line.reference,
        kind: line.kind,
        content: line.content,
        news: line.news,
        told_at: line.told_at,
        read: line.read,
    }
}

/// `GET /notices`
pub async fn list(State(portal): State<Arc<Portal>>, acting: Acting, Query(place): Query<Place>) -> Answer {
    let before = place.before.as_deref().and_then(|text| {
        let (told_at, id) = text.split_once('_')?;
        Some(BeforeNotice { told_at: told_at.parse().ok()?, id: id.to_owned() })
    });
    let mut lines = portal.storage.notices_of(acting.code(), before.as_ref(), ON_A_PAGE + 1).await?;
    let more = lines.len() > ON_A_PAGE as usize;
    lines.truncate(ON_A_PAGE as usize);
    let older = lines.last().filter(|_| more).map(|last| format!("/notices?before={}_{}", last.told_at, last.id));
    let list = NoticeList {
        notices: lines.into_iter().map(entry).collect(),
        unread: acting.frame.unread,
        older,
        further: before.is_some(),
    };
    Ok(page(&acting.frame, StatusCode::OK, |lang| notices(list, lang)))
}

/// Until when notices were read: what came after the page was made stays unread.
#[derive(Deserialize)]
pub struct ReadUntil {
    until: Instant,
}

/// `POST /notices/reading`: all are read.
pub async fn read_all(State(portal): State<Arc<Portal>>, acting: Acting, Form(read): Form<ReadUntil>) -> Answer {
    portal.storage.read_notices(acting.code(), &WhichNotices::Until(read.until), portal.clock.now()).await?;
    Ok(see_other("/notices"))
}

/// The newest notices that nobody has read.
///
/// # Errors
/// When the store does not answer.
pub async fn newest_unread(portal: &Portal, acting: &Acting) -> Stored<Vec<NoticeEntry>> {
    if acting.frame.unread == 0 {
        return Ok(Vec::new());
    }
    Ok(portal.storage.newest_unread(acting.code(), NAMED).await?.into_iter().map(entry).collect())
}

/// The notices of a filing are read once its page is opened; gives the frame with those that are left.
pub async fn read_notices_of(portal: &Portal, acting: &Acting, filing_id: &str) -> Frame {
    let mut frame = acting.frame.clone();
    if frame.unread > 0 {
        let which = WhichNotices::OfFiling(filing_id.to_owned());
        match portal.storage.read_notices(acting.code(), &which, portal.clock.now()).await {
            Ok(read) => frame.unread -= i64::try_from(read).unwrap_or(frame.unread).min(frame.unread),
            // Whoever only reads is not turned away because this cannot be written.
            Err(error) => tracing::warn!(error.message = %error, "notices.reading_not_noted"),
        }
    }
    frame
}
