//! A request while it is being answered. A form that it brings is remembered, so that it can be offered again when the store fails in
//! the middle of it; and an answer is not waited for without end.

use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::kept_form::KeptForm;

/// An answer may take so long, from the last that arrived of its request. Shorter than proxies wait, and longer than anything
/// that is asked of a store which is there.
pub const LONGEST: Duration = Duration::from_secs(50);
/// So many forms are remembered at once; with [`MOST_BYTES`] this bounds the memory.
static REMEMBERING: Semaphore = Semaphore::const_new(64);
/// The most bytes of a form that are remembered, its files included.
const MOST_BYTES: usize = 1024 * 1024;

/// A request that is being answered.
pub struct Underway {
    arriving: Arc<Mutex<Arriving>>,
    /// What is needed to read the form anew, where it is one.
    form: Option<(Uri, HeaderMap)>,
}

/// What has arrived of its body.
struct Arriving {
    moved_at: Instant,
    /// The body so far; none where it is not to be remembered, or is too large for that.
    pieces: Option<(Vec<Bytes>, SemaphorePermit<'static>)>,
    bytes: usize,
    is_whole: bool,
}

fn locked(arriving: &Mutex<Arriving>) -> MutexGuard<'_, Arriving> {
    arriving.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Underway {
    /// Watches the body of this request.
    pub fn watch(parts: &Parts, body: Body) -> (Self, Body) {
        let is_form = parts.method == Method::POST;
        let seat = is_form.then(|| REMEMBERING.try_acquire().ok()).flatten();
        let form = seat.is_some().then(|| (parts.uri.clone(), parts.headers.clone()));
        let pieces = seat.map(|seat| (Vec::new(), seat));
        let is_whole = body.is_end_stream();
        let arriving = Arc::new(Mutex::new(Arriving { moved_at: Instant::now(), pieces, bytes: 0, is_whole }));
        // Most requests have none.
        let body = if is_whole { body } else { Body::new(Watched { body, arriving: arriving.clone() }) };
        (Self { arriving, form }, body)
    }

    /// The answer; none if it takes longer than this from the last that arrived of the request.
    pub async fn within(&self, limit: Duration, answer: impl Future<Output = Response>) -> Option<Response> {
        let mut answer = pin!(answer);
        loop {
            let until = locked(&self.arriving).moved_at + limit;
            match timeout_at(until, &mut answer).await {
                Ok(response) => return Some(response),
                Err(_) if locked(&self.arriving).moved_at + limit <= until => return None,
                // More of its body has arrived meanwhile.
                Err(_) => {}
            }
        }
    }

    /// The form that it brought, if all of it has arrived and a page of ours, at this address, sent it.
    pub async fn form(self, own: &Url) -> Option<KeptForm> {
        let (uri, headers) = self.form?;
        let pieces = {
            let mut arriving = locked(&self.arriving);
            arriving.pieces.take().filter(|_| arriving.is_whole)?.0
        };
        let mut request = Request::new(Body::from(pieces.concat()));
        (*request.method_mut(), *request.uri_mut(), *request.headers_mut()) = (Method::POST, uri, headers);
        KeptForm::of(request, own).await
    }
}

struct Watched {
    body: Body,
    arriving: Arc<Mutex<Arriving>>,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = self.get_mut();
        let frame = ready!(Pin::new(&mut this.body).poll_frame(context));
        let mut arriving = locked(&this.arriving);
        arriving.moved_at = Instant::now();
        match &frame {
            None => arriving.is_whole = true,
            Some(Ok(frame)) => {
                if let Some(piece) = frame.data_ref() {
                    arriving.take(piece);
                }
                arriving.is_whole = this.body.is_end_stream();
            }
            Some(Err(_)) => arriving.pieces = None,
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Arriving {
    fn take(&mut self, piece: &Bytes) {
        self.bytes += piece.len();
        if self.bytes > MOST_BYTES {
            self.pieces = None;
        }
        if let Some((pieces, _)) = &mut self.pieces {
            pieces.push(piece.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use futures_util::stream;

    use super::*;

    fn own() -> Url {
        "https://portal.example/".parse().expect("an address")
    }

    fn posted(pieces: Vec<Result<Bytes, std::io::Error>>) -> (Underway, Body) {
        let request = Request::post("/drafts").header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("sec-fetch-site", "same-origin").body(()).expect("a request");
        Underway::watch(&request.into_parts().0, Body::from_stream(stream::iter(pieces)))
    }

    #[tokio::test]
    async fn a_form_that_was_read_can_be_offered_again() {
        let (underway, body) = posted(vec![Ok("a=1&".into()), Ok("b=2".into())]);
        assert_eq!(to_bytes(body, 100).await.expect("it is read"), "a=1&b=2");
        assert_eq!(underway.form(&own()).await.expect("it is kept").bytes_of_text(), 2);
    }

    #[tokio::test]
    async fn a_part_of_a_form_is_not_offered_as_the_whole() {
        let (unread, _body) = posted(vec![Ok("a=1".into())]);
        assert!(unread.form(&own()).await.is_none());
        let (broken, body) = posted(vec![Ok("a=1".into()), Err(std::io::ErrorKind::ConnectionReset.into())]);
        to_bytes(body, 100).await.expect_err("it broke off");
        assert!(broken.form(&own()).await.is_none());
        let (large, body) = posted(vec![Ok("a=1".into()), Ok(vec![b'1'; MOST_BYTES].into())]);
        to_bytes(body, usize::MAX).await.expect("it is read");
        assert!(large.form(&own()).await.is_none());
    }

    #[tokio::test]
    async fn an_answer_has_its_time_from_the_last_that_arrived() {
        let limit = Duration::from_millis(600);
        let (underway, body) = posted(vec![Ok("a=1".into())]);
        let slow = async {
            tokio::time::sleep(limit * 2 / 3).await;
            to_bytes(body, 100).await.expect("it is read");
            tokio::time::sleep(limit * 2 / 3).await;
            Response::default()
        };
        assert!(underway.within(limit, slow).await.is_some());
        assert!(underway.within(limit, std::future::pending()).await.is_none());
    }
}
