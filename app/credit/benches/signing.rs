//! How long signing and verifying take natively: `cargo xtask bench signing`.

use std::hint::black_box;
use std::time::Instant;

use credit::signing::{SecretKey, verify};

const ROUNDS: usize = 500;

fn main() {
    let Ok(key) = SecretKey::from_bytes(&[7; 32]) else { return };
    let public = key.public();
    let message = "承诺内容：依法经营，诚实守信。".repeat(40);
    let (mut signing, mut verifying) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let fresh = [round as u8; 32];
        let began = Instant::now();
        let signature = black_box(key.sign(message.as_bytes(), &fresh));
        signing.push(began.elapsed());
        let began = Instant::now();
        assert!(black_box(verify(&public, message.as_bytes(), &signature)));
        verifying.push(began.elapsed());
    }
    for (what, mut times) in [("sign", signing), ("verify", verifying)] {
        times.sort();
        println!("native {what}: median {:?}, p95 {:?}", times[ROUNDS / 2], times[ROUNDS * 95 / 100]);
    }
}
