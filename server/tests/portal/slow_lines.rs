//! Connections that are silent, drip or stall are cut; slow ones that make progress are not.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::DefaultBodyLimit;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::{get, post};
use futures_util::stream;
use server::accepting::{self, Bounds, Deadlines};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// What is promised of every hostile line.
const CUT_WITHIN: Duration = Duration::from_secs(15);

struct Served {
    address: SocketAddr,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

async fn served(deadlines: Deadlines, bounds: Bounds) -> Served {
    let events = || async {
        let ticks = stream::unfold(0, async |n| {
            tokio::time::sleep(Duration::from_millis(700)).await;
            Some((Ok::<_, Infallible>(Event::default().data(n.to_string())), n + 1))
        });
        Sse::new(ticks).keep_alive(KeepAlive::default())
    };
    let router = Router::new()
        .route("/", get(async || "here\n"))
        .route("/slow", get(async || tokio::time::sleep(Duration::from_millis(600)).await))
        .route("/bytes", post(async |body: Bytes| body.len().to_string()))
        .route("/large", get(async || Body::from(vec![b'x'; 64 * 1024 * 1024])))
        .route("/events", get(events))
        .layer(DefaultBodyLimit::disable());
    let listener = accepting::listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
    let task = tokio::spawn(accepting::serve(listener, router, bounds, deadlines, stop.clone()));
    Served { address, stop, task }
}

const MANY: Bounds = Bounds { connections: 1000, per_address: 1000 };

fn short() -> Deadlines {
    let short = Duration::from_millis(300);
    Deadlines { first_byte: short, head: short, progress: short, idle: Duration::from_millis(500) }
}

/// Sends `begin` and then one byte each `every`, until the other side ends it; gives how long that took.
async fn dripped(address: SocketAddr, begin: &str, every: Duration) -> Duration {
    let began = Instant::now();
    let (mut reading, mut writing) = TcpStream::connect(address).await.unwrap().into_split();
    writing.write_all(begin.as_bytes()).await.unwrap();
    let dripping = async {
        loop {
            tokio::time::sleep(every).await;
            if writing.write_all(b"x").await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    let mut answer = Vec::new();
    let cut = async {
        let _ = reading.read_to_end(&mut answer).await;
    };
    tokio::select! {
        () = cut => {}
        () = dripping => {}
        () = tokio::time::sleep(CUT_WITHIN * 2) => {}
    }
    began.elapsed()
}

/// Asks for much, reads a little, and stops; gives how long until the other side has ended it.
async fn stalled_reader(address: SocketAddr) -> Duration {
    let began = Instant::now();
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(8 * 1024).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    stream.write_all(b"GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    let mut some = [0; 1024];
    let _ = stream.read(&mut some).await.unwrap();
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        // Writing to a connection that the other side has ended fails sooner or later, without reading anything.
        if stream.write_all(b"x").await.is_err() || began.elapsed() > CUT_WITHIN * 2 {
            return began.elapsed();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silent_dripping_and_stalled_lines_are_cut_within_fifteen_seconds() {
    let Served { address, .. } = served(Deadlines::default(), MANY).await;
    let (never, second) = (CUT_WITHIN * 3, Duration::from_secs(1));
    let upload = "POST /bytes HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000\r\n\r\n";
    let half_sent = format!("{upload}{}", "x".repeat(100_000));
    let (silent, partial, headers, body, half, reader) = tokio::join!(
        dripped(address, "", never),
        dripped(address, "GET / HT", never),
        dripped(address, "GET / HTTP/1.1\r\nhost: a\r\nx-drip: ", second),
        dripped(address, upload, second),
        dripped(address, &half_sent, never),
        stalled_reader(address),
    );
    for (what, took) in [
        ("silent", silent),
        ("a partial request line", partial),
        ("dripped headers", headers),
        ("a dripped body", body),
        ("a body that stopped", half),
        ("a reader that stopped", reader),
    ] {
        println!("{what}: cut after {took:?}");
        assert!(took >= Duration::from_secs(8) && took <= CUT_WITHIN, "{what}: {took:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_megabyte_at_fifty_kilobytes_a_second_arrives_and_is_fetched() {
    let Served { address, .. } = served(Deadlines::default(), MANY).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = "POST /bytes HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 1000000\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    for _ in 0..20 {
        stream.write_all(&[b'x'; 50_000]).await.unwrap();
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("1000000"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_in_use_lives_longer_than_any_deadline() {
    let Served { address, .. } = served(short(), MANY).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut heard = [0; 4096];
    // The same connection again and again, with pauses below the limit of an idle one; the door takes longer than others may.
    for _ in 0..3 {
        stream.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        let read = stream.read(&mut heard).await.unwrap();
        assert!(heard[..read].starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&heard[..read]));
        tokio::time::sleep(Duration::from_millis(350)).await;
    }
    // An event stream lives on although nothing is ever asked on it again.
    stream.write_all(b"GET /events HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    let began = Instant::now();
    let mut all = String::new();
    while !all.contains("data: 3") {
        let read = stream.read(&mut heard).await.unwrap();
        assert_ne!(read, 0, "it was cut after {:?}: {all}", began.elapsed());
        all.push_str(&String::from_utf8_lossy(&heard[..read]));
    }
    // And an idle one is ended without a word.
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    let began = Instant::now();
    let mut answer = String::new();
    idle.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("here\n") && began.elapsed() < Duration::from_secs(5), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_has_its_share_of_connections_and_no_more() {
    let Served { address, .. } = served(short(), Bounds { connections: 10, per_address: 3 }).await;
    let asks = async |stream: &mut TcpStream| {
        let _ = stream.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer).await;
        answer
    };
    let mut held = Vec::new();
    for _ in 0..3 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.unwrap();
        held.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut fourth = TcpStream::connect(address).await.unwrap();
    assert_eq!(asks(&mut fourth).await, "", "the fourth is ended at once");
    for mut stream in held {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    let mut fifth = TcpStream::connect(address).await.unwrap();
    assert!(asks(&mut fifth).await.starts_with("HTTP/1.1 200"), "there is room again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_has_its_limits() {
    let Served { address, .. } = served(short(), MANY).await;
    let headers: String = (0..200).map(|n| format!("x-{n}: a\r\n")).collect();
    for (head, status) in [
        (format!("GET / HTTP/1.1\r\nhost: a\r\nx-long: {}\r\n\r\n", "x".repeat(40_000)), "431"),
        (format!("GET / HTTP/1.1\r\nhost: a\r\n{headers}\r\n"), "431"),
        ("GET / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n".to_owned(), "400"),
        ("GET / NONSENSE\r\n\r\n".to_owned(), "400"),
    ] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{}: {answer}", &head[..20]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_stop_it_answers_what_was_asked_and_takes_nothing_more() {
    let Served { address, stop, task } = served(short(), MANY).await;
    let mut asked = TcpStream::connect(address).await.unwrap();
    asked.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    let idle = TcpStream::connect(address).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.cancel();
    let mut answer = String::new();
    asked.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    tokio::time::timeout(Duration::from_secs(2), task).await.expect("it ends").unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "nobody is taken any more");
    drop(idle);
}
