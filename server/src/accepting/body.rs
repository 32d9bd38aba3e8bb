//! Bodies that are watched: a request's must make progress, and an answer's end ends its request.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::{Sleep, sleep};

use super::PROGRESS_BYTES;
use super::activity::Underway;

/// A request's body. Time counts only while a door waits for it, and only until there was some progress.
pub(super) struct Arriving {
    body: Incoming,
    patience: Duration,
    waiting: Option<(Pin<Box<Sleep>>, usize)>,
}

impl Arriving {
    pub(super) fn new(body: Incoming, patience: Duration) -> Self {
        Self { body, patience, waiting: None }
    }
}

impl Body for Arriving {
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = self.get_mut();
        let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) else {
            let (until, _) = this.waiting.get_or_insert_with(|| (Box::pin(sleep(this.patience)), 0));
            ready!(until.as_mut().poll(context));
            return Poll::Ready(Some(Err(io::Error::new(io::ErrorKind::TimedOut, "the body makes no progress").into())));
        };
        if let (Some((_, bytes)), Some(Ok(frame))) = (&mut this.waiting, &frame) {
            *bytes += frame.data_ref().map_or(0, Bytes::len);
            if *bytes >= PROGRESS_BYTES {
                this.waiting = None;
            }
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// An answer's body, which holds on to its request.
pub(super) struct Answered {
    body: axum::body::Body,
    _underway: Underway,
}

impl Answered {
    pub(super) fn new(body: axum::body::Body, underway: Underway) -> Self {
        Self { body, _underway: underway }
    }
}

impl Body for Answered {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
