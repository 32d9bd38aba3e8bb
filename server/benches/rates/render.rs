//! The signed-in form page, session and draft read from SQLite, beside the same bytes from memory.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::response::Html;
use axum::routing::get;

use crate::load::{Connection, rate};
use crate::portal::world;
use crate::{median, resident_mb};

const ROUNDS: usize = 7;
const LASTING: Duration = Duration::from_secs(2);
const CONNECTIONS: usize = 16;

/// Measures and prints.
pub async fn measure() {
    let world = world().await;
    let (draft, _) = world.sound_draft().await;
    let request = format!("GET /drafts/{draft} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {}\r\n\r\n", world.cookie).into_bytes();
    let page = Connection::open(world.running.address).await.call(&request).await;
    assert_eq!(page.status, 200, "{}", page.head);
    let bytes = page.body.len();
    let bare = bare(String::from_utf8(page.body).expect("pages are UTF-8")).await;
    let bare_request = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let one = rate(world.running.address, &request, CONNECTIONS, LASTING).await;
        let other = rate(bare, bare_request, CONNECTIONS, LASTING).await;
        ours.push(one);
        theirs.push(other);
        ratios.push(one / other);
    }
    let worst = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    println!("render: the signed-in form page, {bytes} bytes, {CONNECTIONS} connections, {ROUNDS} interleaved rounds");
    println!("  portal          {:>9.0} pages/s (median)", median(ours));
    println!("  bare handler    {:>9.0} pages/s (median)", median(theirs));
    println!("  ratio           {:>9.2} (median), {worst:.2} (worst round)", median(ratios));
    println!("  resident memory {:>9.1} MB (portal, sandbox, bare handler and client together)", resident_mb());
}

async fn bare(page: String) -> SocketAddr {
    let page: &'static str = page.leak();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port is found");
    let address = listener.local_addr().expect("it has an address");
    let listener = axum::serve::ListenerExt::tap_io(listener, |stream| {
        let _ = stream.set_nodelay(true);
    });
    tokio::spawn(async move {
        let _ = axum::serve(listener, Router::new().route("/", get(async move || Html(page)))).await;
    });
    address
}
