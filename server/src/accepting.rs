//! Takes connections, each with deadlines, so that nobody holds one open by being silent.
//!
//! `axum::serve` sets none: a silent connection, dripped headers, a dripped body and a reader that stopped were all still
//! open after 75 s. Here each is cut within [`Deadlines`]. What is honest and slow goes on: deadlines are about progress.

mod activity;
mod body;
mod line;
mod seats;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use self::activity::Activity;
use self::body::{Answered, Arriving};
use self::line::Line;
use self::seats::{Seat, Seats};

/// The most bytes of a request's line and headers together; beyond that, 431.
const MOST_HEAD_BYTES: usize = 32 * 1024;
/// The most headers of a request.
const MOST_HEADERS: usize = 100;
/// What the system holds of an answer that its reader has not taken, in bytes (Linux doubles it). Small, so that the
/// progress of a slow reader is seen soon: with the usual megabytes, a reader at 50 kB/s would seem to stand still for 20 s.
const SEND_BUFFER: u32 = 64 * 1024;
/// Connections that wait to be taken, in the system.
const BACKLOG: u32 = 1024;
/// After a failure to take one (mostly: no more file descriptors), wait so long.
const AFTER_FAILURE: Duration = Duration::from_millis(50);

/// How long one may be silent.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    /// From the connection's beginning to the first byte.
    pub first_byte: Duration,
    /// From the first byte of a request to the last of its headers.
    pub head: Duration,
    /// For each [`Progress`](line) of a body that is waited for, or of an answer that is to be taken.
    pub progress: Duration,
    /// Between an answer and the next request. Longer than the 60 s for which proxies keep a connection, so that they
    /// end it and we do not end it under a request of theirs.
    pub idle: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            first_byte: Duration::from_secs(10),
            head: Duration::from_secs(10),
            progress: Duration::from_secs(12),
            idle: Duration::from_secs(75),
        }
    }
}

/// The fewest bytes that count as progress within [`Deadlines::progress`]: 170 bytes a second, slower than any line.
const PROGRESS_BYTES: usize = 2048;

/// How many connections are taken.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Of everyone together.
    pub connections: usize,
    /// Of one address.
    pub per_address: usize,
}

/// Listens at this address.
///
/// # Errors
/// When the address cannot be had.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // After a restart the address is ours again at once.
    socket.set_reuseaddr(true)?;
    // Each connection has what its listener has.
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves until told to stop; then takes no more, and ends when what is under way has ended.
pub async fn serve(listener: TcpListener, router: Router, bounds: Bounds, deadlines: Deadlines, stop: CancellationToken) {
    let seats = Arc::new(Seats::new(bounds));
    let service = TowerToHyperService::new(router);
    let connections = TaskTracker::new();
    loop {
        let taken = tokio::select! {
            () = stop.cancelled() => break,
            taken = listener.accept() => taken,
        };
        let (stream, address) = match taken {
            Ok(taken) => taken,
            Err(error) => {
                tracing::warn!(error.message = %error, "connection.not_taken");
                tokio::time::sleep(AFTER_FAILURE).await;
                continue;
            }
        };
        // Dropped, and so closed at once: what is full does not make anyone wait.
        let Some(seat) = seats.take(address.ip()) else { continue };
        connections.spawn(connection(stream, address, service.clone(), deadlines, seat, stop.clone()));
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

/// One connection, to its end.
async fn connection(
    stream: TcpStream,
    address: SocketAddr,
    service: TowerToHyperService<Router>,
    deadlines: Deadlines,
    _seat: Seat,
    stop: CancellationToken,
) {
    // Without this, small answers wait 40 ms for an acknowledgement that the other side delays.
    let _ = stream.set_nodelay(true);
    let activity = Activity::default();
    let line = Line::new(stream, activity.clone(), deadlines);
    let answer = service_fn(move |request: hyper::Request<Incoming>| {
        let underway = activity.begin();
        let mut request: Request = request.map(|body| Body::new(Arriving::new(body, deadlines.progress)));
        request.extensions_mut().insert(ConnectInfo(address));
        let answer = service.call(request);
        async move { answer.await.map(|response| response.map(|body| Answered::new(body, underway))) as Result<_, Infallible> }
    });
    let connection = http1::Builder::new()
        // The line has its own deadlines, which tell an idle connection from an unfinished request.
        .header_read_timeout(None)
        .max_headers(MOST_HEADERS)
        .max_header_size(MOST_HEAD_BYTES)
        .serve_connection(TokioIo::new(line), answer);
    let mut connection = std::pin::pin!(connection);
    // However it ends, there is nobody left to tell.
    tokio::select! {
        _ = connection.as_mut() => {}
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}
