//! Passes on what was accepted: claims rows of the outbox under a lease, delivers them, settles each. Waiting is not
//! failing; a spent schedule is shown, never dropped.
//!
//! - [`schedule`]: when a try follows another. - [`breaker`]: spares a platform that is out of order.
//! - `seats`: how many the platform has to answer at once.

pub mod breaker;
pub mod schedule;
mod seats;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use self::breaker::{Breaker, Heard};
use self::schedule::settlement;
use self::seats::{Seat, Seats};
use crate::clock::Clock;
use crate::live::Live;
use crate::metrics::Metrics;
use crate::platform::client::{Deliver, Fault, Outcome};
use crate::scanning::{infected_among, sent_back};
use crate::storage::operations::BreakerState;
use crate::storage::patience::{PATIENCE, within};
use crate::storage::{Delivery, Settlement, Storage, Stored};
use crate::telemetry::traces::{self, step};

/// A delivery is given up for this try after so long; the lease is longer, so that a retry never overlaps it.
const TRY: Duration = Duration::from_secs(100);
/// The lease of a delivery, in milliseconds. It runs from before the claim, so a claim that takes long shortens the try.
pub const LEASE_MS: i64 = 120 * 1000;
const LEASE: Duration = Duration::from_millis(LEASE_MS as u64);
const _: () = assert!(TRY.as_millis() < LEASE_MS as u128, "a retry must not overlap the try before");
/// With less time than this left of its lease, a try is not begun.
const SHORTEST_TRY: Duration = Duration::from_secs(40);
/// How many deliveries the platform has to answer at once.
pub const AT_ONCE: i64 = 16;
/// How many are under way at most: those, and what is answered and not written down yet. After a crash those are sent once more.
const UNDER_WAY: usize = 4 * AT_ONCE as usize;
/// While more waits than there are seats, so many seats are filled together: a claim is a question to the store.
const CLAIM: usize = 4;
/// While deliveries take no longer than this, so many times as there are seats are claimed ahead: a question to the store for each
/// seat would cost more than the delivery. What comes meanwhile waits behind those.
const AHEAD: [(Duration, i64); 2] = [(Duration::from_millis(100), 3), (Duration::from_secs(1), 1)];
/// What was claimed ahead and still has no seat after so long is given back: deliveries are not quick any more.
const LONGEST_AHEAD: Duration = Duration::from_secs(10);
/// What waits for the scanner is looked at again after so long, and after a quarter of the time that it has waited, so that
/// thousands that wait for a scanner that is down do not take the seats of the others.
const SCAN_MS: i64 = 5 * 1000;
/// The longest of these waits.
const LONGEST_SCAN_MS: i64 = 120 * 1000;
/// After the store failed, it is asked again after so long.
const BREATH: Duration = Duration::from_secs(1);
/// Without any sign, look this often: correctness never hangs on being woken.
const LOOK: Duration = Duration::from_secs(5);

/// The courier.
pub struct Courier {
    /// Where the outbox is.
    pub storage: Arc<dyn Storage>,
    /// Where it delivers.
    pub platform: Arc<dyn Deliver>,
    /// Spares it when it is out of order.
    pub breaker: Mutex<Breaker>,
    /// A number from 0 to 255 that nobody knows before, to spread what several couriers do.
    pub chance: fn() -> u8,
    /// The clock.
    pub clock: Clock,
    /// Whom it tells of changes.
    pub live: Live,
    /// Wakes it.
    pub wake: Arc<Notify>,
    /// Wakes the sending of mails: what it brings about may be told by mail.
    pub mailer: Arc<Notify>,
    /// Wakes the scanner; none where nothing is scanned.
    pub scanner: Option<Arc<Notify>>,
    /// What it counts.
    pub metrics: Metrics,
}

impl Courier {
    /// Works until stopped; what is under way is finished. A delivery that takes long keeps only its own seat.
    pub async fn run(self, stop: CancellationToken) {
        let courier = Arc::new(self);
        // Tasks of their own: what waits here for the store must not keep them from giving back what they hold of it.
        let mut under_way = JoinSet::new();
        let seats = Arc::new(Seats::all_free());
        // What is claimed and has no seat yet.
        let mut ahead = VecDeque::new();
        // Whether the store had fewer than it was asked for: then every free seat is worth a question.
        let mut drained = true;
        let mut most_ahead = 0;
        // Whether what is ahead was claimed of a platform in order: if it no longer is when the store has answered, it is spared.
        let mut was_closed = true;
        let mut store_fails = false;
        courier.begin_as_it_stood().await;
        loop {
            let waits_long = ahead.front().is_some_and(|(_, asked): &(_, tokio::time::Instant)| asked.elapsed() > LONGEST_AHEAD);
            if stop.is_cancelled() || waits_long || !courier.breaker().is_closed() {
                // What was claimed ahead is left to whoever may send it; and a platform out of order is spared.
                join_all(ahead.drain(..).map(|(delivery, _)| {
                    let courier = courier.clone();
                    async move { courier.give_back(&delivery).await }
                }))
                .await;
            }
            let free = if under_way.len() < UNDER_WAY { seats.free() } else { 0 };
            if !stop.is_cancelled() && ahead.is_empty() && (drained && free > 0 || free >= CLAIM || most_ahead > 0 && free > 0) {
                let asked = tokio::time::Instant::now();
                was_closed = courier.breaker().is_closed();
                let claimed = courier.claim(AT_ONCE as usize - seats.free(), most_ahead).await;
                store_fails = claimed.is_err();
                let claimed = claimed.unwrap_or_else(|error| {
                    tracing::warn!(error.message = %error, "courier.store_trouble");
                    Vec::new()
                });
                drained = claimed.len() < free + most_ahead as usize;
                ahead.extend(claimed.into_iter().map(|delivery| (delivery, asked)));
            }
            while under_way.len() < UNDER_WAY
                && !ahead.is_empty()
                && (!was_closed || courier.breaker().is_closed())
                && let Some(seat) = seats.take()
                && let Some((delivery, asked)) = ahead.pop_front()
            {
                let courier = courier.clone();
                under_way.spawn(async move {
                    let began = tokio::time::Instant::now();
                    courier.delivered(delivery, asked, seat).await;
                    began.elapsed()
                });
            }
            if under_way.is_empty() && stop.is_cancelled() {
                return;
            }
            let pause = match drained {
                // A store that does not do it now is not asked again at once.
                true if store_fails => BREATH,
                true => courier.pause().await,
                false => LOOK,
            };
            tokio::select! {
                Some(ended) = under_way.join_next() => {
                    match ended {
                        Ok(took) => most_ahead = ahead_where_one_takes(took),
                        // Its row comes back when its lease ends.
                        Err(error) => tracing::error!(error.message = %error, "courier.delivery_broke_off"),
                    }
                }
                // Where nothing is left to be sent, a free seat is worth a question only once what had it is settled too.
                () = seats.freed.notified(), if !drained || !ahead.is_empty() => {}
                () = stop.cancelled(), if !stop.is_cancelled() => {}
                () = courier.wake.notified() => drained = true,
                () = tokio::time::sleep(pause) => drained = true,
            }
        }
    }

    /// Where a process before this one found the platform out of order, this one begins with a canary: else each start in a long
    /// outage would cost the first few rows a try, perhaps their last.
    async fn begin_as_it_stood(&self) {
        match within(PATIENCE, self.storage.breaker()).await {
            Ok(Some(stood)) if stood.state != "closed" => {
                let opened = self.breaker().clone().opened(self.clock.now(), stood.since);
                *self.breaker() = opened;
                self.keep_breaker(stood.problem).await;
            }
            _ => self.keep_breaker(None).await,
        }
    }

    async fn delivered(&self, delivery: Delivery, asked: tokio::time::Instant, seat: Seat) {
        let span = traces::of_delivery(&delivery.filing_id, delivery.attempts);
        // After its lease the row is anyone's; then this needs its seat no longer.
        if let Err(error) = within(LEASE, self.deliver(&delivery, asked, Some(seat))).instrument(span).await {
            tracing::warn!(error.message = %error, "courier.store_trouble");
        }
    }

    /// Until the next delivery is due and let through, at most [`LOOK`].
    async fn pause(&self) -> Duration {
        let let_through_at = self.breaker().next_at();
        match within(PATIENCE, self.storage.next_delivery_at()).await {
            Ok(Some(due_at)) => {
                let at = let_through_at.map_or(due_at, |let_through_at| due_at.max(let_through_at));
                Duration::from_millis(u64::try_from(at - self.clock.now()).unwrap_or(0)).clamp(Duration::from_millis(20), LOOK)
            }
            _ => LOOK,
        }
    }

    fn breaker(&self) -> std::sync::MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Claims what is due, for as many seats as the breaker allows and these have left, and so many ahead if it holds nothing back.
    async fn claim(&self, under_way: usize, ahead: i64) -> Stored<Vec<Delivery>> {
        let now = self.clock.now();
        let allowance = self.breaker().allowance(now);
        let most = match allowance {
            AT_ONCE.. => allowance - under_way as i64 + ahead,
            // A platform that recovers gets its next few only after it has answered the last ones.
            _ if under_way > 0 => 0,
            few => few,
        };
        if most <= 0 {
            return Ok(Vec::new());
        }
        within(PATIENCE, self.storage.claim_deliveries(now, now + LEASE_MS, most)).await
    }

    /// Leaves a delivery that was not tried to whoever claims it next.
    async fn give_back(&self, delivery: &Delivery) {
        let now = self.clock.now();
        if let Err(error) = within(PATIENCE, self.storage.settle_delivery(delivery, &Settlement::Waiting(now), now)).await {
            // It comes back when its lease ends.
            tracing::warn!(error.message = %error, "courier.store_trouble");
        }
    }

    /// Claims what is due and delivers all of it; gives how many there were. For who holds the time in his own hands.
    ///
    /// # Errors
    /// When the store does not answer; what was claimed comes back when its lease ends.
    pub async fn round(&self) -> Stored<usize> {
        let asked = tokio::time::Instant::now();
        let deliveries = self.claim(0, 0).await?;
        let results = join_all(deliveries.iter().map(|delivery| self.deliver(delivery, asked, None))).await;
        results.into_iter().collect::<Stored<Vec<()>>>()?;
        Ok(deliveries.len())
    }

    /// `asked`: when it was asked for, from which its lease runs. The seat is free again as soon as the platform has answered, and
    /// the breaker knows what: while that is written down, the next one is sent.
    async fn deliver(&self, delivery: &Delivery, asked: tokio::time::Instant, seat: Option<Seat>) -> Stored<()> {
        let settlement = match self.held_back(delivery).await? {
            Some(settlement) => settlement,
            None => match TRY.checked_sub(asked.elapsed()).filter(|room| *room >= SHORTEST_TRY) {
                Some(room) => self.send(delivery, room).await,
                // The store took its time, and its lease ends soon.
                None => {
                    self.give_back(delivery).await;
                    return Ok(());
                }
            },
        };
        drop(seat);
        if let Settlement::Later { problem, .. } | Settlement::Parked { problem } = &settlement {
            tracing::warn!(filing.id = %delivery.filing_id, delivery.attempts = delivery.attempts + 1, problem, "courier.not_delivered");
        }
        let settling = self.storage.settle_delivery(delivery, &settlement, self.clock.now());
        let settled = settling.instrument(step!("settle")).await?;
        if settled {
            self.metrics.settled(&settlement);
        }
        // Nobody sees that something is waited for.
        if settled && !matches!(settlement, Settlement::Waiting(_)) {
            self.live.tell(&delivery.filing_id);
            self.mailer.notify_one();
        }
        Ok(())
    }

    async fn send(&self, delivery: &Delivery, room: Duration) -> Settlement {
        let now = self.clock.now();
        let outcome =
            tokio::time::timeout(room, self.platform.deliver(delivery, now)).instrument(step!("call")).await.unwrap_or_else(|_| {
                Outcome::Later { after: None, problem: "the delivery took too long".into(), fault: Fault::Platform }
            });
        let broken = self.heard(&outcome, delivery).await;
        settlement(outcome, delivery, self.clock.now(), (self.chance)(), broken)
    }

    /// Tells the breaker what the outcome shows of the platform, and people if it opens or closes by that. Gives whether the
    /// platform counts as out of order.
    async fn heard(&self, outcome: &Outcome, delivery: &Delivery) -> bool {
        let (heard, problem) = match outcome {
            Outcome::Taken(_) | Outcome::Waiting(_) | Outcome::Refused(_) | Outcome::Stuck(_) => (Heard::Answer, None),
            Outcome::Later { fault: Fault::Platform, problem, .. } => (Heard::Trouble, Some(problem.clone())),
            // It says nothing of the platform.
            Outcome::Later { fault: Fault::Row, .. } => return self.breaker().is_broken(),
        };
        let (changed, broken, state) = {
            let mut breaker = self.breaker();
            let changed = breaker.heard(heard, &delivery.filing_id, self.clock.now(), (self.chance)());
            (changed, breaker.is_broken(), breaker.state().name())
        };
        if changed {
            match &problem {
                Some(problem) if broken => tracing::error!(problem, "courier.breaker_opened"),
                _ => tracing::warn!(breaker.state = state, "courier.breaker_moved"),
            }
        }
        // While it is not closed, every answer says so anew: another process may have said otherwise meanwhile.
        if changed || broken {
            self.keep_breaker(problem).await;
        }
        broken
    }

    /// Keeps how the breaker stands for the operator's view; nothing hangs on it.
    async fn keep_breaker(&self, problem: Option<String>) {
        let kept = {
            let breaker = self.breaker();
            BreakerState { state: breaker.state().name().to_owned(), since: breaker.since(), problem }
        };
        if let Err(error) = within(PATIENCE, self.storage.keep_breaker(&kept)).await {
            tracing::warn!(error.message = %error, "courier.store_trouble");
        }
    }

    /// Why it is not sent now, or never: its files were not looked at yet, or something harmful was found in one.
    async fn held_back(&self, delivery: &Delivery) -> Stored<Option<Settlement>> {
        let now = self.clock.now();
        let infected = infected_among(&*self.storage, self.scanner.as_deref(), &delivery.attachments, now).await?;
        Ok(match infected {
            None => Some(Settlement::Waiting(now + ((now - delivery.born_at) / 4).clamp(SCAN_MS, LONGEST_SCAN_MS))),
            Some(infected) if infected.is_empty() => None,
            Some(infected) => {
                tracing::warn!(filing.id = %delivery.filing_id, files = infected.len(), "courier.infected");
                Some(Settlement::SentBack(sent_back(&infected)))
            }
        })
    }
}

/// How many are claimed ahead where a delivery takes so long.
fn ahead_where_one_takes(took: Duration) -> i64 {
    AHEAD.iter().find(|(quick, _)| took <= *quick).map_or(0, |(_, times)| times * AT_ONCE)
}

/// A number from 0 to 255, to spread retries.
pub fn by_chance() -> u8 {
    let mut byte = [0; 1];
    getrandom::fill(&mut byte).map_or(0, |()| byte[0])
}
