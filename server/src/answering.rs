//! A request while it is being answered. A form that it brings is remembered, so that it can be offered again when the store fails in
//! the middle of it; and an answer is not waited for without end.

use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt, stream};
use hyper::body::{Frame, SizeHint};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::kept_form::KeptForm;

/// An answer may take so long, from the last that arrived of its request. Shorter than proxies wait, and longer than anything
/// that is asked of a store which is there.
pub const LONGEST: Duration = Duration::from_secs(50);
/// What is remembered of all forms together: 64 MB, in blocks of 64 kB.
static ROOM: Semaphore = Semaphore::const_new(1024);
const BLOCK: usize = 64 * 1024;
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
    so_far: Option<Remembered>,
    /// What was not read of it; none as long as somebody may read it.
    rest: Option<Body>,
}

/// A beginning of a body, and the room that it takes.
#[derive(Default)]
struct Remembered {
    bytes: BytesMut,
    room: Option<SemaphorePermit<'static>>,
}

fn locked(arriving: &Mutex<Arriving>) -> MutexGuard<'_, Arriving> {
    arriving.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Underway {
    /// Watches the body of a request that came then. A form of it is remembered if a page of ours, at this address, sent it.
    pub fn watch(parts: &Parts, body: Body, own: &Url, came_at: Instant) -> (Self, Body) {
        let is_form = KeptForm::could_be(&parts.method, &parts.uri, &parts.headers, own);
        let form = is_form.then(|| (parts.uri.clone(), parts.headers.clone()));
        let so_far = is_form.then(Remembered::default);
        // Most requests have none.
        let is_empty = body.is_end_stream();
        let rest = is_empty.then(Body::empty);
        let arriving = Arc::new(Mutex::new(Arriving { moved_at: came_at, so_far, rest }));
        let body = if is_empty { body } else { Body::new(Watched { body: Some(body), arriving: arriving.clone() }) };
        (Self { arriving, form }, body)
    }

    /// The answer; none if it takes longer than this from when the request came, or from the last that arrived of it.
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

    /// The form that it brought. What was not read of it yet is read now.
    pub async fn form(self, own: &Url) -> Option<KeptForm> {
        let (uri, headers) = self.form?;
        let (so_far, rest) = {
            let mut arriving = locked(&self.arriving);
            (arriving.so_far.take()?, arriving.rest.take()?)
        };
        let first = stream::once(std::future::ready(Ok(so_far.bytes.freeze())));
        let mut request = Request::new(Body::from_stream(first.chain(rest.into_data_stream())));
        (*request.method_mut(), *request.uri_mut(), *request.headers_mut()) = (Method::POST, uri, headers);
        KeptForm::of(request, own).await
    }
}

struct Watched {
    /// There until this is dropped.
    body: Option<Body>,
    arriving: Arc<Mutex<Arriving>>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        locked(&self.arriving).rest = self.body.take();
    }
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = self.get_mut();
        let Some(body) = &mut this.body else { return Poll::Ready(None) };
        let frame = ready!(Pin::new(body).poll_frame(context));
        let mut arriving = locked(&this.arriving);
        arriving.moved_at = Instant::now();
        match &frame {
            None => {}
            Some(Ok(frame)) => {
                let fits = frame.data_ref().is_none_or(|piece| arriving.so_far.as_mut().is_none_or(|so_far| so_far.take(piece)));
                if !fits {
                    arriving.so_far = None;
                }
            }
            Some(Err(_)) => arriving.so_far = None,
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map(Body::size_hint).unwrap_or_default()
    }
}

impl Remembered {
    /// False: it is too large, or there is no room for it.
    fn take(&mut self, piece: &Bytes) -> bool {
        let bytes = self.bytes.len() + piece.len();
        if bytes > MOST_BYTES {
            return false;
        }
        let missing = bytes.div_ceil(BLOCK) - self.room.as_ref().map_or(0, SemaphorePermit::num_permits);
        if missing > 0 {
            let Ok(more) = ROOM.try_acquire_many(missing as u32) else { return false };
            match &mut self.room {
                Some(room) => room.merge(more),
                None => self.room = Some(more),
            }
        }
        self.bytes.extend_from_slice(piece);
        true
    }
}

/// For machines, who keep what they send themselves: no answer is waited for without end.
pub async fn in_time(request: Request, next: Next) -> Response {
    let answer = tokio::time::timeout(LONGEST, next.run(request)).await;
    answer.unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    fn own() -> Url {
        "https://portal.example/".parse().expect("an address")
    }

    fn posted(pieces: Vec<Result<Bytes, std::io::Error>>) -> (Underway, Body) {
        let request = Request::post("/drafts").header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("sec-fetch-site", "same-origin").body(()).expect("a request");
        Underway::watch(&request.into_parts().0, Body::from_stream(stream::iter(pieces)), &own(), Instant::now())
    }

    #[tokio::test]
    async fn a_form_that_was_read_can_be_offered_again() {
        let (underway, body) = posted(vec![Ok("a=1&".into()), Ok("b=2".into())]);
        assert_eq!(to_bytes(body, 100).await.expect("it is read"), "a=1&b=2");
        assert_eq!(underway.form(&own()).await.expect("it is kept").bytes_of_text(), 2);
    }

    #[tokio::test]
    async fn so_can_one_that_nobody_came_to_read() {
        let (underway, body) = posted(vec![Ok("a=1&".into()), Ok("b=23".into())]);
        drop(body);
        assert_eq!(underway.form(&own()).await.expect("it is kept").bytes_of_text(), 3);
        let (underway, body) = posted(vec![Ok("a=1&".into()), Ok("b=23".into())]);
        let mut body = body.into_data_stream();
        body.next().await.expect("a piece").expect("it is read");
        drop(body);
        assert_eq!(underway.form(&own()).await.expect("it is kept").bytes_of_text(), 3);
    }

    #[tokio::test]
    async fn a_part_of_a_form_is_not_offered_as_the_whole() {
        let (being_read, _body) = posted(vec![Ok("a=1".into())]);
        assert!(being_read.form(&own()).await.is_none());
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
