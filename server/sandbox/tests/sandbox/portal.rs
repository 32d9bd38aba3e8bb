//! A portal that only listens for events.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use serde_json::Value;
use url::Url;

#[derive(Clone, Debug)]
pub struct Heard {
    pub id: String,
    pub timestamp: String,
    pub signature: String,
    pub body: String,
}

#[derive(Clone, Default)]
struct Ears {
    heard: Arc<Mutex<Vec<Heard>>>,
    /// What to answer next; 204 when nothing is left.
    answers: Arc<Mutex<VecDeque<u16>>>,
}

pub struct Portal {
    pub url: Url,
    ears: Ears,
}

impl Heard {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }
}

impl Portal {
    pub async fn start() -> Self {
        let ears = Ears::default();
        let routes = Router::new().route("/platform/events", post(hear)).with_state(ears.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, ears }
    }

    pub fn will_answer(&self, statuses: &[u16]) {
        self.ears.answers.lock().unwrap().extend(statuses);
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.ears.heard.lock().unwrap().clone()
    }

    /// Waits until so many events have come.
    pub async fn hears(&self, count: usize) -> Vec<Heard> {
        for _ in 0..500 {
            let heard = self.heard();
            if heard.len() >= count {
                return heard;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("heard only {:?}", self.heard());
    }
}

async fn hear(State(ears): State<Ears>, headers: HeaderMap, body: String) -> StatusCode {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let heard =
        Heard { id: header("webhook-id"), timestamp: header("webhook-timestamp"), signature: header("webhook-signature"), body };
    ears.heard.lock().unwrap().push(heard);
    let answer = ears.answers.lock().unwrap().pop_front().unwrap_or(204);
    StatusCode::from_u16(answer).unwrap()
}
