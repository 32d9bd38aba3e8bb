//! Brings events to the portal: in order for each submission, again when it fails, and not for ever.

use std::{
    collections::HashSet,
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use uuid::Uuid;

use crate::{
    clock,
    mood::Mood,
    platform::{
        event::{Attempt, Delivery, Event},
        signature::{self, EventKey},
    },
    world::{Shared, World},
};

/// The waits between attempts: six attempts within about sixteen seconds.
const WAITS: [Duration; 5] =
    [Duration::from_millis(300), Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(4), Duration::from_secs(8)];

/// How long the portal may think.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who brings events.
pub(crate) struct Courier {
    client: reqwest::Client,
    /// The newest key first.
    keys: Mutex<Vec<EventKey>>,
    /// The submissions that somebody is on the way for.
    on_the_way: Mutex<HashSet<Uuid>>,
}

/// What the portal is sent.
pub(crate) struct Parcel {
    pub(crate) id: String,
    pub(crate) timestamp: i64,
    pub(crate) signature: String,
    pub(crate) body: String,
}

impl Courier {
    /// A courier with this secret.
    pub(crate) fn new(secret: &str) -> io::Result<Self> {
        let keys = Mutex::new(vec![EventKey::read(secret)?]);
        Ok(Self { client: client()?, keys, on_the_way: Mutex::default() })
    }

    /// From now on signs with this secret, and with the one before.
    pub(crate) fn rotate(&self, key: EventKey) {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(0, key);
        keys.truncate(2);
    }

    /// The signatures with all keys that count now.
    pub(crate) fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        let keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        signature::header(&keys, id, timestamp, body)
    }

    /// Delivers whatever waits.
    pub(crate) fn resume(&self, world: &Shared) {
        let all: Vec<_> = world.desk.read(|state| state.submissions.keys().copied().collect());
        for id in all {
            self.visit(world, id);
        }
    }

    /// Delivers what waits for one submission, unless somebody is on the way already.
    pub(crate) fn visit(&self, world: &Shared, id: Uuid) {
        if self.on_the_way().insert(id) {
            let world = Arc::clone(world);
            tokio::spawn(async move {
                tokio::select! {
                    () = world.stopped() => {}
                    () = round(&world, id) => {}
                }
            });
        }
    }

    /// Sends one parcel; the portal's status and answer, or what went wrong on the way.
    pub(crate) async fn send(&self, to: &str, parcel: &Parcel) -> Result<(u16, String), String> {
        let sent = self
            .client
            .post(to)
            .header("content-type", "application/json")
            .header("webhook-id", &parcel.id)
            .header("webhook-timestamp", parcel.timestamp)
            .header("webhook-signature", &parcel.signature)
            .body(parcel.body.clone())
            .send()
            .await;
        match sent {
            Ok(response) => {
                let status = response.status().as_u16();
                Ok((status, response.text().await.unwrap_or_default()))
            }
            Err(error) => Err(error.to_string()),
        }
    }

    fn on_the_way(&self) -> std::sync::MutexGuard<'_, HashSet<Uuid>> {
        self.on_the_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn round(world: &World, id: Uuid) {
    loop {
        while let (Some(event), Some(to)) = (next(world, id), world.at_portal("platform/events")) {
            deliver(world, id, &event, &to).await;
        }
        // Looked at again under the lock: an event that came meanwhile found somebody on the way.
        let mut on_the_way = world.courier.on_the_way();
        if next(world, id).is_none() || world.portal().is_none() {
            on_the_way.remove(&id);
            return;
        }
    }
}

fn next(world: &World, id: Uuid) -> Option<Event> {
    world.desk.read(|state| {
        let events = &state.submissions.get(&id)?.events;
        events.iter().find(|event| event.delivery == Delivery::Pending).cloned()
    })
}

async fn deliver(world: &World, id: Uuid, event: &Event, to: &str) {
    if world.mood.take(|setting| setting.mood == Mood::LoseEvents).is_some() {
        return settle(world, id, &event.id, Delivery::GivenUp);
    }
    let twice = world.mood.take(|setting| setting.mood == Mood::AnswerTwice).is_some();
    let mut waits = WAITS.iter();
    loop {
        let mut accepted = attempt(world, id, event, to).await;
        if twice {
            accepted |= attempt(world, id, event, to).await;
        }
        if accepted {
            return settle(world, id, &event.id, Delivery::Delivered);
        }
        match waits.next() {
            Some(wait) => tokio::time::sleep(*wait).await,
            None => return settle(world, id, &event.id, Delivery::GivenUp),
        }
    }
}

async fn attempt(world: &World, id: Uuid, event: &Event, to: &str) -> bool {
    let (body, timestamp, at) = (event.body(id), clock::seconds(), clock::instant());
    let signature = world.courier.sign(&event.id, timestamp, &body);
    let parcel = Parcel { id: event.id.clone(), timestamp, signature, body };
    let (status, answer) = match world.courier.send(to, &parcel).await {
        Ok((status, answer)) => (Some(status), answer),
        Err(error) => (None, error),
    };
    let answer = answer.chars().take(500).collect();
    change_event(world, id, &event.id, |event| event.attempts.push(Attempt { at, status, answer }));
    status.is_some_and(|status| (200..300).contains(&status))
}

fn settle(world: &World, id: Uuid, event: &str, delivery: Delivery) {
    change_event(world, id, event, |event| event.delivery = delivery);
}

fn change_event(world: &World, id: Uuid, event: &str, deed: impl FnOnce(&mut Event)) {
    world.desk.change(|state| {
        let events = state.submissions.get_mut(&id).map(|submission| &mut submission.events);
        // The event is gone if the world was reset meanwhile.
        if let Some(event) = events.into_iter().flatten().find(|known| known.id == event) {
            deed(event);
        }
    });
}

fn client() -> io::Result<reqwest::Client> {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Somebody else in the process may come first, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    reqwest::Client::builder()
        .timeout(PATIENCE)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(io::Error::other)
}
