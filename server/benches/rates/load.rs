//! Requests over kept-open connections, as fast as they are answered.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The head, as text.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub async fn open(to: SocketAddr) -> Self {
        let stream = TcpStream::connect(to).await.expect("it listens");
        stream.set_nodelay(true).expect("a socket takes this");
        Self { stream, buffer: Vec::with_capacity(64 * 1024) }
    }

    /// Sends a request and reads its answer.
    pub async fn call(&mut self, request: &[u8]) -> Answer {
        self.call_with(request, &[]).await
    }

    /// As [`call`](Self::call), with a body behind the request's head.
    pub async fn call_with(&mut self, head: &[u8], body: &[u8]) -> Answer {
        self.stream.write_all(head).await.expect("the line holds");
        self.stream.write_all(body).await.expect("the line holds");
        self.buffer.clear();
        let (end, length) = loop {
            assert!(self.stream.read_buf(&mut self.buffer).await.expect("the line holds") > 0, "the server hung up");
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&self.buffer[..end]).to_ascii_lowercase();
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
                break (end + 4, length.unwrap_or(0_usize));
            }
        };
        while self.buffer.len() < end + length {
            assert!(self.stream.read_buf(&mut self.buffer).await.expect("the line holds") > 0, "the server hung up");
        }
        let head = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Answer { status, head, body: self.buffer[end..end + length].to_vec() }
    }
}

/// How many times a second this request is answered with 200, over so many connections for so long.
pub async fn rate(to: SocketAddr, request: &[u8], connections: usize, lasting: Duration) -> f64 {
    let began = Instant::now();
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            let request = request.to_vec();
            tokio::spawn(async move {
                let mut connection = Connection::open(to).await;
                let mut count = 0_u32;
                while began.elapsed() < lasting {
                    assert_eq!(connection.call(&request).await.status, 200);
                    count += 1;
                }
                count
            })
        })
        .collect();
    let mut all = 0;
    for task in tasks {
        all += task.await.expect("no request failed");
    }
    f64::from(all) / began.elapsed().as_secs_f64()
}
