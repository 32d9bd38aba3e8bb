//! Faults under load: whatever was answered is there afterwards, and at the platform once.
//!
//! Short here; `cargo xtask faults --rounds N` runs each for long and writes what came of it into docs/reliability.md.

mod clock_jumps;
mod cluster;
mod correcting;
mod disk;
mod disk_full;
mod judging;
mod kills;
mod load;
mod lost_events;
mod nodes;
mod postgres_servers;
mod power_cuts;
mod store_image;
mod system_calls;
mod trace;
mod vanishing;

/// How many rounds: as `cargo xtask faults` says, or few.
fn rounds(few: u32) -> u32 {
    std::env::var("FAULT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(few)
}

/// As [`rounds`], of a fault whose rounds take long: one of so many.
fn fewer_rounds(few: u32, of: u32) -> u32 {
    (rounds(few) / of).max(few)
}

/// What came of a fault.
#[derive(Debug, Default)]
struct Tally {
    rounds: u32,
    answered: usize,
    lost: usize,
    doubled: usize,
}

impl Tally {
    /// One line, which `cargo xtask faults` reads.
    fn tell(&self, fault: &str) {
        let Self { rounds, answered, lost, doubled } = self;
        println!("FAULT|{fault}|{rounds}|{answered}|{lost}|{doubled}");
    }
}

/// Chance that can be had again from its seed (Numerical Recipes' constants).
struct Chance(u64);

impl Chance {
    /// From the environment's seed or a fresh one, which is said.
    fn new(what: &str) -> Self {
        let fresh = || uuid::Uuid::now_v7().as_u64_pair().1;
        let seed = std::env::var("FAULT_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(fresh);
        println!("{what}: FAULT_SEED={seed}");
        Self(seed)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(bound).unwrap()).unwrap()
    }
}
