//! `GET …/changes`: tells an open page how what it shows stands, as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;

use super::answer::{Answer, Refusal};
use super::imports::mark_of;
use crate::portal::Portal;
use crate::storage::Stored;
use crate::storage::patience::{PATIENCE, within};
use crate::visitor::Acting;

/// Without being told, look this often: another process may have made the change.
const LOOK: Duration = Duration::from_secs(5);
/// Between two events at least this long: what changes quickly is told together.
const PAUSE: Duration = Duration::from_millis(250);
/// A page left open asks again after this long, and is then turned away if its session has ended.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// `GET /filings/{id}/changes`: how often the filing has changed, at once and with each new change.
pub async fn of_filing(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    listen(portal, acting, id, Watched::Filing).await
}

/// `GET /imports/{id}/changes`: how far the import is, at once and whenever it is further.
pub async fn of_import(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    listen(portal, acting, id, Watched::Import).await
}

/// What nginx and its like ask for; otherwise they hold events back until they have gathered some kilobytes.
const HELD_BACK: HeaderName = HeaderName::from_static("x-accel-buffering");

#[derive(Clone, Copy)]
enum Watched {
    Filing,
    Import,
}

async fn listen(portal: Arc<Portal>, acting: Acting, id: String, watched: Watched) -> Answer {
    let told = portal.live.listen();
    let watch = Watch { portal, acting, id, watched, told, said: String::new(), until: tokio::time::Instant::now() + LONGEST };
    watch.mark().await?.ok_or(Refusal::NotFound)?;
    let events = stream::unfold(watch, |mut watch| async move {
        let mark = watch.next().await?;
        Some((Ok::<_, Infallible>(Event::default().data(mark)), watch))
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::default()).into_response();
    response.headers_mut().insert(HELD_BACK, HeaderValue::from_static("no"));
    Ok(response)
}

struct Watch {
    portal: Arc<Portal>,
    acting: Acting,
    id: String,
    watched: Watched,
    told: tokio::sync::broadcast::Receiver<String>,
    said: String,
    until: tokio::time::Instant,
}

impl Watch {
    /// What differs whenever the page would show something else; none if this enterprise has no such thing.
    async fn mark(&self) -> Stored<Option<String>> {
        let storage = &self.portal.storage;
        Ok(match self.watched {
            Watched::Filing => storage.filing_changes(&self.id, self.acting.code()).await?.map(|count| count.to_string()),
            Watched::Import => storage.import(&self.id, self.acting.code()).await?.as_ref().map(mark_of),
        })
    }

    async fn next(&mut self) -> Option<String> {
        if !self.said.is_empty() {
            tokio::time::sleep(PAUSE).await;
        }
        loop {
            let mark = within(PATIENCE, self.mark()).await.ok()??;
            if mark != self.said {
                self.said.clone_from(&mark);
                return Some(mark);
            }
            self.wait().await?;
        }
    }

    /// Until somebody tells of it, or it is time to look; none when the page has been open long enough.
    async fn wait(&mut self) -> Option<()> {
        let look = tokio::time::Instant::now() + LOOK;
        loop {
            tokio::select! {
                () = self.portal.stopping.cancelled() => return None,
                () = tokio::time::sleep_until(self.until) => return None,
                () = tokio::time::sleep_until(look) => return Some(()),
                told = self.told.recv() => match told {
                    Ok(id) if id != self.id => {}
                    _ => return Some(()),
                },
            }
        }
    }
}
