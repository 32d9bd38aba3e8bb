//! A handler that keeps nothing and answers the same requests at once: what generator and machine could do at best.

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use std::time::Instant;

use crate::arguments::Arguments;
use crate::figures::Figures;
use crate::people::Windows;

/// As large as a review page, and with what the generator reads in one.
const PADDING: usize = 12 * 1024;

/// Measures and prints.
pub async fn measure(arguments: Arguments) {
    let page = format!(
        "<!DOCTYPE html><html><body><form><input type=\"hidden\" name=\"version\" value=\"1\"><input type=\"hidden\" name=\"files\" \
         value=\"1\"></form><p>{}</p></body></html>",
        "x".repeat(PADDING)
    );
    let router = Router::new()
        .route("/drafts", post(async || onward("/drafts/bare")))
        .route("/drafts/bare", post(async |_body: Bytes| onward("/drafts/bare/review")))
        .route("/drafts/bare/review", get(async || Html(page)))
        .route("/drafts/bare/filing", post(async |_body: Bytes| onward("/filings/bare?filed=1")));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let serving = tokio::spawn(async { axum::serve(listener, router).await });
    let began = Instant::now();
    let windows = Windows::file(&[url], "session=bare", arguments).await;
    println!("{}", Figures { name: "a bare handler", windows: &windows, filing: began.elapsed(), forwarded: None, store: None });
    serving.abort();
}

fn onward(to: &'static str) -> impl IntoResponse {
    (StatusCode::SEE_OTHER, [(LOCATION, to)])
}
