//! The parts of a posted form with files, read no further ahead than they are used.
//!
//! Whoever takes a body apart keeps what it has not passed on: a part whose head never ends would be kept whole, and of a fast line
//! as much as comes. Here the body comes by bits, and breaks off when too much of it has become nothing.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::{FromRequest, Multipart, Request};
use futures_util::Stream;

/// After so many bytes without a part or a piece of one, what has come is looked at before more is taken.
const A_BIT: usize = 64 * 1024;
/// No head of a part, and nothing between two parts, is as long.
const TOO_FAR: usize = 512 * 1024;

/// The parts, one after another.
pub struct Parts {
    multipart: Multipart,
    ahead: Arc<AtomicUsize>,
}

/// A part.
pub struct Part<'a> {
    field: Field<'a>,
    ahead: Arc<AtomicUsize>,
}

impl Parts {
    /// The next part.
    ///
    /// # Errors
    /// When the body breaks off, is too large, or is no form.
    pub async fn next(&mut self) -> Result<Option<Part<'_>>, MultipartError> {
        let field = self.multipart.next_field().await?;
        self.ahead.store(0, Ordering::Relaxed);
        Ok(field.map(|field| Part { field, ahead: self.ahead.clone() }))
    }
}

impl Part<'_> {
    /// The name of its field.
    pub fn name(&self) -> &str {
        self.field.name().unwrap_or_default()
    }

    /// The name of its file, if it is one; empty where none was chosen.
    pub fn file_name(&self) -> Option<&str> {
        self.field.file_name()
    }

    /// The next piece of it.
    ///
    /// # Errors
    /// As [`Parts::next`].
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, MultipartError> {
        let chunk = self.field.chunk().await?;
        self.ahead.store(0, Ordering::Relaxed);
        Ok(chunk)
    }

    /// Reads the rest of it, and keeps nothing.
    ///
    /// # Errors
    /// As [`Parts::next`].
    pub async fn pass_over(&mut self) -> Result<(), MultipartError> {
        while self.chunk().await?.is_some() {}
        Ok(())
    }
}

impl<S: Send + Sync> FromRequest<S> for Parts {
    type Rejection = MultipartRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let ahead = Arc::new(AtomicUsize::new(0));
        let (head, body) = request.into_parts();
        let body = Body::from_stream(ByBits { body: body.into_data_stream(), ahead: ahead.clone(), rests: false });
        let multipart = Multipart::from_request(Request::from_parts(head, body), state).await?;
        Ok(Self { multipart, ahead })
    }
}

/// A body that rests after each bit, so that its reader looks at what it has.
struct ByBits {
    body: BodyDataStream,
    ahead: Arc<AtomicUsize>,
    rests: bool,
}

impl Stream for ByBits {
    type Item = Result<Bytes, Box<dyn std::error::Error + Send + Sync>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let ahead = self.ahead.load(Ordering::Relaxed);
        if ahead > TOO_FAR {
            return Poll::Ready(Some(Err("so long a head has no part of a form".into())));
        }
        if ahead >= A_BIT && !self.rests {
            self.rests = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        match Pin::new(&mut self.body).poll_next(context) {
            Poll::Ready(Some(Ok(bytes))) => {
                self.rests = false;
                self.ahead.fetch_add(bytes.len(), Ordering::Relaxed);
                Poll::Ready(Some(Ok(bytes)))
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(error.into()))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;

    const LINE: &str = "----line";

    async fn parts(pieces: Vec<Vec<u8>>) -> Parts {
        let body = Body::from_stream(stream::iter(pieces.into_iter().map(Ok::<_, std::io::Error>)));
        let request = Request::post("/").header("content-type", format!("multipart/form-data; boundary={LINE}"));
        Parts::from_request(request.body(body).expect("a request"), &()).await.expect("it is a form")
    }

    fn part(name: &str, content: &[u8]) -> Vec<u8> {
        let head = format!("--{LINE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        [head.as_bytes(), content, b"\r\n"].concat()
    }

    #[tokio::test]
    async fn a_long_part_comes_whole_and_is_never_held_whole() {
        let content = vec![b'x'; 3 * 512 * 1024];
        let body = [part("first", &content), part("second", b"2"), format!("--{LINE}--\r\n").into_bytes()].concat();
        let mut parts = parts(body.chunks(16 * 1024).map(<[u8]>::to_vec).collect()).await;
        let (mut came, mut longest) = (0, 0);
        let mut first = parts.next().await.expect("a form").expect("a part");
        assert_eq!(first.name(), "first");
        while let Some(chunk) = first.chunk().await.expect("a part") {
            (came, longest) = (came + chunk.len(), longest.max(chunk.len()));
        }
        assert_eq!(came, content.len());
        assert!(longest < 2 * A_BIT, "{longest}");
        drop(first);
        let mut second = parts.next().await.expect("a form").expect("a part");
        assert_eq!(
            (second.name().to_owned(), second.chunk().await.expect("a part").as_deref()),
            ("second".into(), Some(&b"2"[..]))
        );
        drop(second);
        assert!(parts.next().await.expect("a form").is_none());
    }

    #[tokio::test]
    async fn a_head_that_never_ends_is_not_waited_for() {
        let head = format!("--{LINE}\r\nContent-Disposition: form-data; name=\"").into_bytes();
        let endless = std::iter::once(head).chain(std::iter::repeat_n(vec![b'x'; 16 * 1024], 1_000)).collect();
        let mut parts = parts(endless).await;
        assert!(parts.next().await.is_err());
        assert!(parts.ahead.load(Ordering::Relaxed) < TOO_FAR + 2 * A_BIT, "and no more is taken");
    }
}
