//! For measuring how long signing and verifying take in a browser (`cargo xtask bench signing`). It is no part of the site.

use credit::hexadecimal;
use credit::signing::{PublicKey, SecretKey, Signature, verify};
use wasm_bindgen::prelude::wasm_bindgen;

/// A key that everybody knows.
fn key() -> Option<SecretKey> {
    SecretKey::from_bytes(&[7; 32]).ok()
}

/// That key's public half, as 130 hexadecimal digits.
#[wasm_bindgen]
pub fn public_key() -> String {
    key().map(|key| hexadecimal::write(&key.public().point())).unwrap_or_default()
}

/// Signs a message with that key; gives r and s as 128 hexadecimal digits.
#[wasm_bindgen]
pub fn sign(message: &str, fresh: u8) -> String {
    key().map(|key| key.sign(message.as_bytes(), &[fresh; 32]).hexadecimal()).unwrap_or_default()
}

/// Whether a signature of that key holds.
#[wasm_bindgen]
pub fn holds(message: &str, public: &str, signature: &str) -> bool {
    let public = hexadecimal::read::<65>(public).and_then(|point| PublicKey::from_point(&point).ok());
    let signature = Signature::from_hexadecimal(signature).ok();
    matches!((public, signature), (Some(public), Some(signature)) if verify(&public, message.as_bytes(), &signature))
}
