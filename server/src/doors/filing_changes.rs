//! `GET /filings/{id}/changes`: tells an open page how often its filing has changed, as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;

use super::answer::{Answer, Refusal};
use crate::portal::Portal;
use crate::visitor::Acting;

/// Without being told, look this often: another process may have made the change.
const LOOK: Duration = Duration::from_secs(5);
/// A page left open asks again after this long, and is then turned away if its session has ended.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// The door: the present count at once, then each new one.
pub async fn listen(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    portal.storage.filing_changes(&id, acting.code()).await?.ok_or(Refusal::NotFound)?;
    let told = portal.live.listen();
    let watch = Watch { portal, acting, id, told, said: 0, until: tokio::time::Instant::now() + LONGEST };
    let events = stream::unfold(watch, |mut watch| async move {
        let count = watch.next().await?;
        Some((Ok::<_, Infallible>(Event::default().data(count.to_string())), watch))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

struct Watch {
    portal: Arc<Portal>,
    acting: Acting,
    id: String,
    told: tokio::sync::broadcast::Receiver<String>,
    said: i64,
    until: tokio::time::Instant,
}

impl Watch {
    async fn next(&mut self) -> Option<i64> {
        loop {
            let count = self.portal.storage.filing_changes(&self.id, self.acting.code()).await.ok()??;
            if count > self.said {
                self.said = count;
                return Some(count);
            }
            self.wait().await?;
        }
    }

    /// Until somebody tells of this filing, or it is time to look; none when the page has been open long enough.
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
