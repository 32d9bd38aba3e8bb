//! The line to a browser, cut when it is silent for too long.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

use super::activity::Activity;
use super::{Deadlines, PROGRESS_BYTES};

/// A connection with its deadlines. While a request is under way reading has none: then it is the body that is waited for,
/// or nothing.
pub(super) struct Line {
    stream: TcpStream,
    activity: Activity,
    deadlines: Deadlines,
    /// Until when there must be a whole head, and after how many answers that was set.
    head: Deadline,
    head_after: usize,
    /// Whether the first byte of that head has come.
    head_begun: bool,
    /// Until when the reader must have taken some of the answer; none while it takes all.
    taking: Option<Deadline>,
    /// How much of it was taken since.
    taken: usize,
}

struct Deadline(Pin<Box<Sleep>>);

impl Deadline {
    fn at(instant: Instant) -> Self {
        Self(Box::pin(sleep_until(instant)))
    }

    /// Waits for it, and then fails.
    fn poll<T>(&mut self, context: &mut Context<'_>, what: &'static str) -> Poll<io::Result<T>> {
        ready!(self.0.as_mut().poll(context));
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, what)))
    }
}

impl Line {
    pub(super) fn new(stream: TcpStream, activity: Activity, deadlines: Deadlines) -> Self {
        let head = Deadline::at(Instant::now() + deadlines.first_byte);
        Self { stream, activity, deadlines, head, head_after: 0, head_begun: false, taking: None, taken: 0 }
    }

    /// A new head is waited for once another answer has ended.
    fn begin_head(&mut self) {
        let answered = self.activity.answered();
        if answered != self.head_after {
            self.head_after = answered;
            self.head_begun = false;
            self.head.0.as_mut().reset(Instant::now() + self.deadlines.idle);
        }
    }

    fn wrote(&mut self, context: &mut Context<'_>, wrote: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match wrote {
            Poll::Pending => self.not_taken(context),
            Poll::Ready(wrote) => {
                if let (true, Ok(bytes)) = (self.taking.is_some(), &wrote) {
                    self.taken += bytes;
                    if self.taken >= PROGRESS_BYTES {
                        (self.taking, self.taken) = (None, 0);
                    }
                }
                Poll::Ready(wrote)
            }
        }
    }

    fn not_taken<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        let until = self.taking.get_or_insert_with(|| Deadline::at(Instant::now() + self.deadlines.progress));
        until.poll(context, "the reader takes nothing")
    }
}

impl AsyncRead for Line {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(context, buffer);
        // When the answer has ended, somebody has to look at the clock again: nothing else may ever come on this line.
        if this.activity.is_busy_until(context.waker()) {
            return read;
        }
        this.begin_head();
        if !this.head_begun && buffer.filled().len() > before {
            this.head_begun = true;
            this.head.0.as_mut().reset(Instant::now() + this.deadlines.head);
        }
        match read {
            Poll::Pending => this.head.poll(context, "no request came"),
            read => read,
        }
    }
}

impl AsyncWrite for Line {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let wrote = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.wrote(context, wrote)
    }

    fn poll_write_vectored(self: Pin<&mut Self>, context: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let wrote = Pin::new(&mut this.stream).poll_write_vectored(context, slices);
        this.wrote(context, wrote)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::AsyncReadExt;
    use tokio::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn a_line_that_was_read_while_a_request_was_under_way_is_cut_when_nothing_comes_after_it() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (browser, taken) = tokio::join!(TcpStream::connect(address), listener.accept());
        let (_browser, (stream, _)) = (browser.expect("a line"), taken.expect("a line"));
        let short = Duration::from_millis(50);
        let deadlines = Deadlines { first_byte: short, head: short, idle: short, progress: short };
        let activity = Activity::default();
        let underway = activity.begin();
        let mut line = Line::new(stream, activity, deadlines);
        let reading = tokio::spawn(async move { line.read(&mut [0; 16]).await });
        tokio::time::sleep(short).await;
        assert!(!reading.is_finished(), "while it is answered nothing is cut");
        drop(underway);
        let ended = tokio::time::timeout(Duration::from_secs(10), reading).await.expect("it is cut").expect("it is no panic");
        assert_eq!(ended.expect_err("nothing came").kind(), io::ErrorKind::TimedOut);
    }
}
