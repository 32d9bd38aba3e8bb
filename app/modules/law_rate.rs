//! For measuring how fast the law is computed in a browser (`cargo xtask bench law`). It is no part of the site.

#[path = "../credit/benches/law/work.rs"]
mod work;

use wasm_bindgen::prelude::wasm_bindgen;
use work::Work;

/// Reads a record and says whether a repair may be applied for, so often.
#[wasm_bindgen]
pub fn eligible(rounds: u32) -> u32 {
    Work::new().map_or(0, |work| work.eligible(rounds))
}

/// Computes the last days of an application, so often.
#[wasm_bindgen]
pub fn due(rounds: u32) -> u32 {
    Work::new().map_or(0, |work| work.due(rounds))
}
