//! Where everything is delivered to: it counts what arrives and confirms it, as the platform does.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::routing::put;
use axum::{Json, Router};

/// How often each came, and when it came first.
type Counts = Arc<Mutex<HashMap<String, (usize, Instant)>>>;

/// A running sink; it goes with the program.
pub struct Sink {
    /// Where it is, with a slash at the end.
    pub url: String,
    counts: Counts,
}

impl Sink {
    /// On a free port.
    pub async fn open() -> Self {
        let counts = Counts::default();
        let router = Router::new().route("/v1/submissions/{id}", put(take)).with_state(counts.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let url = format!("http://{}/", listener.local_addr().expect("it is bound"));
        tokio::spawn(async { axum::serve(listener, router).await });
        Self { url, counts }
    }

    /// How many have arrived exactly once.
    pub fn arrived(&self) -> usize {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.values().filter(|(times, _)| *times == 1).count()
    }

    /// When this one came, if it has.
    pub fn came(&self, id: &str) -> Option<Instant> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).get(id).map(|(_, at)| *at)
    }

    /// Begins anew.
    pub fn forget(&self) {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

async fn take(State(counts): State<Counts>, Path(id): Path<String>, _body: Bytes) -> Json<serde_json::Value> {
    counts.lock().unwrap_or_else(PoisonError::into_inner).entry(id.clone()).or_insert_with(|| (0, Instant::now())).0 += 1;
    Json(serde_json::json!({ "id": id, "receipt_number": "1" }))
}
