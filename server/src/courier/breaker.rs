//! Spares a platform that is out of order: when it has failed on several filings in a row, only a canary goes out from time to
//! time, one delivery alone. Once one gets through, the rest follow slowly: two at once, then four, and so on.
//!
//! It touches nothing that waits: what is not taken up costs no try. Pure: the time comes with each question.

use std::collections::BTreeSet;

use credit::filing::Instant;

/// It opens after failures of the platform on so many filings, without one delivery between them that got through. Filings
/// are counted, not failures: one that the platform chokes on stops nobody else.
pub const OPENS_AFTER: usize = 5;
/// Between the first canaries, in milliseconds; each time twice as long, up to [`SLOWEST`].
const FIRST: i64 = 1_000;
/// The longest time between two canaries, in milliseconds.
const SLOWEST: i64 = 15_000;
/// Between two steps of the release, in milliseconds.
const STEP: i64 = 250;
/// A release with too little to send ends after so long, in milliseconds.
const RELEASED: i64 = 60_000;

/// How it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// All goes out as it is due.
    Closed,
    /// Only canaries go out.
    Open {
        /// When the next one may.
        probe_at: Instant,
        /// How many have failed.
        failed: u32,
    },
    /// It got better: so many go out at once.
    Releasing {
        /// How many.
        at_once: i64,
        /// How many of these have got through.
        through: i64,
        /// When the next may go.
        next_at: Instant,
    },
}

impl State {
    /// Its name in the stores, in figures and for the operator.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open { .. } => "open",
            Self::Releasing { .. } => "releasing",
        }
    }
}

/// What a delivery showed of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It answered as it should, though perhaps with a refusal.
    Answer,
    /// It is out of order.
    Trouble,
}

/// The breaker of one platform.
#[derive(Clone, Debug)]
pub struct Breaker {
    state: State,
    since: Instant,
    /// The filings that the platform failed on since the last that got through; no more than are needed to open.
    failing: BTreeSet<String>,
    most: i64,
}

impl Breaker {
    /// A closed one, for a courier that delivers so many at once.
    pub fn new(most: i64) -> Self {
        Self { state: State::Closed, since: 0, failing: BTreeSet::new(), most }
    }

    /// One for a process that begins while the platform is known to be out of order since then: a canary goes out at once.
    pub fn opened(mut self, now: Instant, since: Instant) -> Self {
        (self.state, self.since) = (State::Open { probe_at: now, failed: 0 }, since);
        self
    }

    /// How it stands.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Since when.
    pub fn since(&self) -> Instant {
        self.since
    }

    /// Whether nothing is held back.
    pub fn is_closed(&self) -> bool {
        matches!(self.state, State::Closed)
    }

    /// Whether the platform counts as out of order.
    pub fn is_broken(&self) -> bool {
        matches!(self.state, State::Open { .. })
    }

    /// How many deliveries may be taken up now.
    pub fn allowance(&self, now: Instant) -> i64 {
        match self.state {
            State::Closed => self.most,
            State::Open { probe_at, .. } => i64::from(has_come(probe_at, now)),
            State::Releasing { next_at, .. } if !has_come(next_at, now) => 0,
            State::Releasing { at_once, .. } => at_once,
        }
    }

    /// When it next lets something through, if not now.
    pub fn next_at(&self) -> Option<Instant> {
        match self.state {
            State::Closed => None,
            State::Open { probe_at, .. } => Some(probe_at),
            State::Releasing { next_at, .. } => Some(next_at),
        }
    }

    /// Takes note of what a delivery showed. True: its name changed. `chance` spreads what several couriers do.
    pub fn heard(&mut self, heard: Heard, filing_id: &str, now: Instant, chance: u8) -> bool {
        let before = self.state.name();
        let spread = |wait: i64| wait + wait * i64::from(chance) / 255;
        match (heard, &mut self.state) {
            (Heard::Answer, State::Closed) => self.failing.clear(),
            (Heard::Answer, State::Open { .. }) => {
                self.failing.clear();
                self.state = State::Releasing { at_once: 1, through: 0, next_at: now + spread(STEP) };
            }
            (Heard::Answer, State::Releasing { at_once, through, next_at }) => {
                *through += 1;
                if *through >= *at_once {
                    (*at_once, *through, *next_at) = (*at_once * 2, 0, now + spread(STEP));
                }
                if *at_once >= self.most || now - self.since >= RELEASED {
                    self.state = State::Closed;
                }
            }
            (Heard::Trouble, State::Closed) => {
                self.failing.insert(filing_id.to_owned());
                if self.failing.len() >= OPENS_AFTER {
                    self.failing.clear();
                    self.state = State::Open { probe_at: now + spread(FIRST), failed: 0 };
                }
            }
            (Heard::Trouble, State::Open { probe_at, failed }) => {
                // Those that were under way when it opened say nothing new.
                if has_come(*probe_at, now) {
                    *failed += 1;
                    *probe_at = now + spread((FIRST << (*failed).min(10)).min(SLOWEST));
                }
            }
            (Heard::Trouble, State::Releasing { .. }) => self.state = State::Open { probe_at: now + spread(FIRST), failed: 0 },
        }
        let changed = self.state.name() != before;
        if changed {
            self.since = now;
        }
        changed
    }
}

/// Whether this time has come. It counts as come, too, if it is further ahead than anything here waits for: then the clock was
/// ahead when it was set.
fn has_come(at: Instant, now: Instant) -> bool {
    now >= at || at - now > 2 * SLOWEST
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: i64 = 16;

    fn opened(now: Instant) -> Breaker {
        let mut breaker = Breaker::new(MOST);
        for filing in 0..OPENS_AFTER {
            assert!(!breaker.is_broken());
            breaker.heard(Heard::Trouble, &filing.to_string(), now, 0);
        }
        assert!(breaker.is_broken());
        breaker
    }

    #[test]
    fn one_filing_that_always_fails_does_not_open_it() {
        let mut breaker = Breaker::new(MOST);
        for now in 0..1000 {
            assert!(!breaker.heard(Heard::Trouble, "poison", now, 0));
        }
        assert_eq!(breaker.allowance(1000), MOST);
    }

    #[test]
    fn an_answer_between_failures_keeps_it_closed() {
        let mut breaker = Breaker::new(MOST);
        for round in 0..100 {
            for filing in 0..OPENS_AFTER - 1 {
                breaker.heard(Heard::Trouble, &format!("{round} {filing}"), round, 0);
            }
            breaker.heard(Heard::Answer, "other", round, 0);
        }
        assert!(!breaker.is_broken());
    }

    #[test]
    fn open_it_lets_one_canary_through_at_a_time_and_ever_more_seldom() {
        let mut breaker = opened(0);
        let mut waits = Vec::new();
        let mut now = 0;
        for _ in 0..8 {
            assert_eq!(breaker.allowance(now), 0);
            let probe_at = breaker.next_at().expect("open");
            waits.push(probe_at - now);
            now = probe_at;
            assert_eq!(breaker.allowance(now), 1);
            breaker.heard(Heard::Trouble, "canary", now, 0);
        }
        assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000]);
    }

    #[test]
    fn a_clock_that_was_ahead_holds_nothing_back() {
        let ahead = 400 * 24 * 60 * 60 * 1000;
        let mut breaker = opened(ahead);
        assert_eq!((breaker.allowance(ahead), breaker.allowance(0)), (0, 1));
        assert!(breaker.heard(Heard::Answer, "canary", ahead + 1, 0), "it is being released");
        assert_eq!((breaker.allowance(ahead + 1), breaker.allowance(0)), (0, 1));
    }

    #[test]
    fn a_canary_that_gets_through_releases_the_rest_slowly() {
        let mut breaker = opened(0);
        let mut now = 1_000;
        assert!(breaker.heard(Heard::Answer, "canary", now, 0));
        let mut steps = Vec::new();
        while *breaker.state() != State::Closed {
            assert_eq!(breaker.allowance(now), 0, "not at once");
            now = breaker.next_at().expect("it goes on");
            let at_once = breaker.allowance(now);
            steps.push(at_once);
            for _ in 0..at_once {
                breaker.heard(Heard::Answer, "any", now, 0);
            }
        }
        assert_eq!(steps, [1, 2, 4, 8]);
        assert_eq!(breaker.allowance(now), MOST);
    }

    #[test]
    fn a_failure_during_the_release_opens_it_again() {
        let mut breaker = opened(0);
        breaker.heard(Heard::Answer, "canary", 1_000, 0);
        assert!(breaker.heard(Heard::Trouble, "next", 2_000, 255));
        assert!(breaker.is_broken());
        assert_eq!((breaker.allowance(2_999), breaker.next_at(), breaker.since()), (0, Some(4_000), 2_000));
    }
}
