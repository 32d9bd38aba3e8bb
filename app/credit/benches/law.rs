//! How often a second eligibility and last days are computed natively: `cargo xtask bench law`.

#[path = "law/work.rs"]
mod work;

use std::hint::black_box;
use std::time::Instant;

use work::Work;

const ROUNDS: u32 = 200_000;

fn main() {
    let Some(work) = Work::new() else { return };
    let eligible = |rounds| work.eligible(rounds);
    let due = |rounds| work.due(rounds);
    for (what, act) in [("eligibility, record read", &eligible as &dyn Fn(u32) -> u32), ("last days of an application", &due)] {
        let mut rates: Vec<f64> = (0..7)
            .map(|_| {
                let began = Instant::now();
                assert_eq!(black_box(act(black_box(ROUNDS))), ROUNDS);
                f64::from(ROUNDS) / began.elapsed().as_secs_f64()
            })
            .collect();
        rates.sort_by(f64::total_cmp);
        println!("native {what}: {:.0}/s (median of 7)", rates[3]);
    }
}
