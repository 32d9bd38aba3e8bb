//! Couriers, a platform in every mood, and a real store, with time and network in the hand of a seed.
//!
//! A seed that fails is named: `SIMULATION_SEED=17` runs it alone, `SIMULATION_SEEDS=5000` runs so many.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use credit::filing::{Happening, Instant, State};
use futures_util::future::join_all;
use serde_json::json;
use server::clock::Clock;
use server::courier::breaker::Breaker;
use server::courier::{AT_ONCE, Courier, LEASE_MS};
use server::live::Live;
use server::metrics::Metrics;
use server::platform::client::{Deliver, Fault, Outcome};
use server::platform::list::{NotListed, PlatformList};
use server::platform::wire_v1::{Event, SubmissionPage, SubmissionWithEvents};
use server::storage::operations::{OutboxRow, WhichRows};
use server::storage::reconciliations::{ListPlace, Listed};
use server::storage::sqlite::SqliteStorage;
use server::storage::{Cargo, Delivery, NewFiling, Settlement, Stored, StoredFiling};
use tokio::sync::Notify;

use crate::places::Store;
use crate::samples::{MINUTE, NOON, enterprise, filed_at, reconciler, withdrawal};

const BEGIN: Instant = NOON + 10 * MINUTE;

/// Numbers that follow from a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// What the platform has of a submission.
struct Held {
    body: String,
    change: usize,
    withdrawn: bool,
    /// Its events: id and type.
    events: Vec<(String, &'static str)>,
}

struct World {
    chance: Chance,
    /// Everything works from now on.
    calm: bool,
    held: BTreeMap<String, Held>,
    changes: usize,
    /// Copies that are still on the line, with the time at which they arrive.
    on_the_line: Vec<(Instant, Delivery)>,
    /// A filing that the platform always chokes on.
    poison: Option<String>,
    wrong: Vec<String>,
    /// The filings as they were made, and what came over the line for which of them: what a seed did.
    made: Vec<String>,
    journal: Vec<String>,
}

impl World {
    fn note(&mut self, what: &str, delivery: &Delivery, now: Instant) {
        let which = self.made.iter().position(|id| *id == delivery.filing_id);
        self.journal.push(format!("{what}: {:?} of {which:?} at {}", delivery.cargo, now - BEGIN));
    }

    fn take(&mut self, delivery: &Delivery) {
        self.changes += 1;
        let change = self.changes;
        match (delivery.cargo, self.held.get_mut(&delivery.filing_id)) {
            (Cargo::Submission, None) => {
                let held = Held { body: delivery.body.clone(), change, withdrawn: false, events: Vec::new() };
                self.held.insert(delivery.filing_id.clone(), held);
            }
            (Cargo::Submission, Some(held)) if held.body != delivery.body => self.wrong.push("other bytes under one id".into()),
            (Cargo::Submission, Some(_)) => {}
            (_, None) => self.wrong.push(format!("{:?} before its submission", delivery.cargo)),
            (_, Some(held)) => (held.withdrawn, held.change) = (true, change),
        }
    }

    fn arrive(&mut self, now: Instant) {
        let (due, rest) = std::mem::take(&mut self.on_the_line).into_iter().partition(|(at, _)| *at <= now);
        self.on_the_line = rest;
        let due: Vec<(Instant, Delivery)> = due;
        due.iter().for_each(|(_, delivery)| self.take(delivery));
    }
}

#[derive(Clone)]
struct Platform(Arc<Mutex<World>>);

fn later(after: Option<u64>) -> Outcome {
    Outcome::Later { after: after.map(Duration::from_secs), problem: "trouble".into(), fault: Fault::Platform }
}

#[async_trait]
impl Deliver for Platform {
    async fn deliver(&self, delivery: &Delivery, now: Instant) -> Outcome {
        let mut world = self.0.lock().unwrap();
        if world.poison.as_ref() == Some(&delivery.filing_id) {
            world.note("choked on", delivery, now);
            return later(None);
        }
        let taken = Outcome::Taken(match delivery.cargo {
            Cargo::Submission => Some(Happening::Forwarded { receipt: format!("FX-{}", delivery.filing_id) }),
            Cargo::Withdrawal => Some(Happening::WithdrawalConfirmed),
            Cargo::Consents => None,
        });
        let mood = if world.calm { 9 } else { world.chance.below(12) };
        world.note(&format!("mood {mood}"), delivery, now);
        match mood {
            0 => later(None),
            1 => later(Some(world.chance.below(300))),
            2 => {
                world.take(delivery);
                later(None)
            }
            3 => {
                world.take(delivery);
                world.take(delivery);
                taken
            }
            4 => {
                let at = now + world.chance.below(600_000) as i64;
                world.on_the_line.push((at, delivery.clone()));
                later(None)
            }
            5 => {
                // It arrives now, and a copy of it once more.
                world.take(delivery);
                world.on_the_line.push((now + 100_000, delivery.clone()));
                taken
            }
            _ => {
                world.take(delivery);
                taken
            }
        }
    }
}

#[async_trait]
impl PlatformList for Platform {
    async fn page(&self, since: &ListPlace) -> Result<SubmissionPage, NotListed> {
        let world = self.0.lock().unwrap();
        let since: usize = since.0.as_deref().unwrap_or("0").parse().map_err(|_| NotListed::NoSuchPlace)?;
        let mut changed: Vec<_> = world.held.iter().filter(|(_, held)| held.change > since).collect();
        changed.sort_by_key(|(_, held)| held.change);
        let more = changed.len() > 2;
        changed.truncate(2);
        let next = changed.last().map_or(since, |(_, held)| held.change);
        let items: Vec<_> = changed.iter().map(|(id, _)| json!({ "id": id, "receipt_number": format!("FX-{id}") })).collect();
        Ok(serde_json::from_value(json!({ "items": items, "next": next.to_string(), "more": more })).unwrap())
    }

    async fn submission(&self, id: &str) -> Result<Option<SubmissionWithEvents>, NotListed> {
        let world = self.0.lock().unwrap();
        let Some(held) = world.held.get(id) else { return Ok(None) };
        let events: Vec<_> = held.events.iter().map(|(id, kind)| told(id, kind)).collect();
        Ok(Some(serde_json::from_value(json!({ "events": events })).unwrap()))
    }
}

fn told(id: &str, kind: &str) -> serde_json::Value {
    let data = match kind {
        "submission.under_review" => json!({ "handler": "审核一岗" }),
        _ => json!({ "verification": "verified" }),
    };
    json!({ "id": id, "type": kind, "occurred_at": "2026-09-21T14:13:20.000Z", "data": data })
}

/// The platform goes on with some of what it has; of what it tells, some is lost, doubled, or in the wrong order.
async fn decide(platform: &Platform, store: &Store, now: Instant) {
    let mut messages = Vec::new();
    {
        let mut world = platform.0.lock().unwrap();
        let World { chance, held, changes, .. } = &mut *world;
        for (id, held) in held.iter_mut().filter(|(_, held)| !held.withdrawn && held.events.len() < 2) {
            if chance.below(3) > 0 {
                continue;
            }
            let kind = ["submission.under_review", "submission.granted"][held.events.len()];
            let message = format!("msg_{id}_{}", held.events.len());
            held.events.push((message.clone(), kind));
            *changes += 1;
            held.change = *changes;
            for _ in 0..chance.below(3) {
                let at = chance.below(messages.len() as u64 + 1) as usize;
                messages.insert(at, (id.clone(), message.clone(), kind));
            }
        }
    }
    for (submission, message, kind) in messages {
        let mut body = told(&message, kind);
        body["wire"] = json!("1");
        body["submission"] = json!(submission);
        let event: Event = serde_json::from_value(body).unwrap();
        store.apply_event(&event.read(&message, now).unwrap()).await.unwrap();
    }
}

fn courier(store: &Store, platform: &Platform, clock: &Clock) -> Courier {
    Courier {
        storage: store.clone(),
        platform: Arc::new(platform.clone()),
        breaker: Mutex::new(Breaker::new(AT_ONCE)),
        chance: || 100,
        clock: clock.clone(),
        live: Live::default(),
        wake: Arc::new(Notify::new()),
        mailer: Arc::new(Notify::new()),
        scanner: None,
        metrics: Metrics::default(),
    }
}

/// Gives what came over the line.
async fn run(seed: u64, store: &Store) -> Vec<String> {
    let clock = Clock::still(BEGIN);
    let mut chance = Chance(seed);
    let world = World {
        chance: Chance(seed ^ 0xabcd),
        calm: false,
        held: BTreeMap::new(),
        changes: 0,
        on_the_line: Vec::new(),
        poison: None,
        wrong: Vec::new(),
        made: Vec::new(),
        journal: Vec::new(),
    };
    let platform = Platform(Arc::new(Mutex::new(world)));
    let couriers = [courier(store, &platform, &clock), courier(store, &platform, &clock)];
    store.note_listed(&[], &ListPlace(None), BEGIN).await.unwrap();
    let reconciler = reconciler(store, platform.clone(), &clock);
    let enterprise = enterprise();
    let (mut filings, mut withdrawn) = (Vec::new(), Vec::new());
    for step in 0..8 + chance.below(8) {
        platform.0.lock().unwrap().arrive(clock.now());
        match chance.below(8) {
            0..=2 => {
                let filing = filed_at(store, &enterprise, clock.now()).await;
                platform.0.lock().unwrap().made.push(filing.id.clone());
                if step == 0 && chance.below(4) == 0 {
                    platform.0.lock().unwrap().poison = Some(filing.id.clone());
                }
                filings.push(filing);
            }
            3 if !filings.is_empty() => {
                let filing = &filings[chance.below(filings.len() as u64) as usize];
                let taking = withdrawal(clock.now(), "{}");
                if store.take_back(&filing.id, &filing.enterprise.code, &taking).await.unwrap().unwrap().is_ok() {
                    withdrawn.push(filing.id.clone());
                }
            }
            4 => {
                // A worker that dies between the platform's answer and the store.
                let now = clock.now();
                for delivery in store.claim_deliveries(now, now + LEASE_MS, 2).await.unwrap() {
                    platform.deliver(&delivery, now).await;
                }
            }
            5 => decide(&platform, store, clock.now()).await,
            6 => drop(reconciler.reconcile(true).await.unwrap()),
            _ => {}
        }
        couriers[chance.below(2) as usize].round().await.unwrap();
        clock.advance(chance.below(200_000) as i64);
    }
    platform.0.lock().unwrap().calm = true;
    for round in 0.. {
        assert!(round < 10_000, "it never ends");
        let Some(due_at) = store.next_delivery_at().await.unwrap() else { break };
        clock.advance((due_at - clock.now()).max(300));
        platform.0.lock().unwrap().arrive(clock.now());
        couriers[round % 2].round().await.unwrap();
    }
    platform.0.lock().unwrap().arrive(Instant::MAX);
    let report = reconciler.reconcile(true).await.unwrap().unwrap();
    assert_eq!((report.problem, report.unknown_here), (None, Vec::new()));
    // All seeds share one store, and this platform knows nothing of what others had.
    let is_ours = |id: &&String| filings.iter().any(|filing| filing.id == **id);
    assert_eq!(report.missing_there.iter().find(is_ours), None);

    let parked = store.outbox_rows(WhichRows::Parked, 100).await.unwrap();
    assert_eq!(store.untold_failures().await.unwrap(), 0);
    let kept = join_all(filings.iter().map(|filing| store.filing(&filing.id, &filing.enterprise.code))).await;
    judge(&platform, &filings, &withdrawn, kept, &parked);
    // The next seed finds nothing left over.
    for row in parked {
        store
            .note_listed(&[Listed { id: row.filing_id, receipt_number: "x".into() }], &ListPlace(None), clock.now())
            .await
            .unwrap();
    }
    for delivery in store.claim_deliveries(clock.now(), clock.now() + LEASE_MS, 100).await.unwrap() {
        store.settle_delivery(&delivery, &Settlement::Delivered(None), clock.now()).await.unwrap();
    }
    let mut world = platform.0.lock().unwrap();
    std::mem::take(&mut world.journal)
}

fn judge(
    platform: &Platform,
    filings: &[NewFiling],
    withdrawn: &[String],
    kept: Vec<Stored<Option<StoredFiling>>>,
    parked: &[OutboxRow],
) {
    let world = platform.0.lock().unwrap();
    assert_eq!(world.wrong, [] as [&str; 0]);
    for (filing, kept) in filings.iter().zip(kept) {
        let kept = kept.unwrap().unwrap();
        if world.poison.as_ref() == Some(&filing.id) {
            assert!(parked.iter().any(|row| row.id == filing.id), "what was given up is shown");
            continue;
        }
        assert_eq!(kept.undelivered, None);
        let held = world.held.get(&filing.id).expect("what was accepted is at the platform");
        assert_eq!(held.withdrawn, withdrawn.contains(&filing.id));
        if held.events.len() == 2 && !held.withdrawn {
            assert!(matches!(kept.standing.state, State::Decided(_)), "no decision is missed: {:?}", kept.standing.state);
        }
    }
    assert_eq!(world.held.len(), filings.len() - usize::from(world.poison.is_some()), "and nothing else is");
}

/// A store in memory, where there is some: a simulated one need not survive a power cut.
struct Simulated(std::path::PathBuf);

impl Simulated {
    fn new() -> Self {
        let memory = std::path::Path::new("/dev/shm");
        let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = folder.join(format!("chengxin-simulation-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    async fn store(&self) -> Store {
        Arc::new(SqliteStorage::open(&self.0.join("simulation.db")).await.unwrap())
    }
}

impl Drop for Simulated {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn with_every_seed_what_was_accepted_arrives_once_and_in_order_or_is_shown() {
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    let seeds = match number("SIMULATION_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("SIMULATION_SEEDS").unwrap_or(100),
    };
    let simulated = Simulated::new();
    let store = simulated.store().await;
    for seed in seeds {
        let alone = tokio::task::LocalSet::new();
        let outcome = alone.run_until(async {
            let store = store.clone();
            tokio::task::spawn_local(async move { run(seed, &store).await }).await
        });
        if let Err(failure) = outcome.await {
            eprintln!("SIMULATION_SEED={seed}");
            std::panic::resume_unwind(failure.into_panic());
        }
    }
}

/// What was before leaves no trace in it, nor does what the machine does meanwhile.
#[tokio::test]
async fn a_seed_does_alone_what_it_did_among_others() {
    let among = Simulated::new();
    let store = among.store().await;
    for seed in 0..12 {
        let journal = run(seed, &store).await;
        let alone = Simulated::new();
        assert_eq!(run(seed, &alone.store().await).await, journal, "seed {seed}");
    }
}
