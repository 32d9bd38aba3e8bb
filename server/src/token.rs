//! Secrets that a browser holds, and what we keep of them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use credit::hexadecimal;
use sha2::{Digest, Sha256};

/// A fresh token: 256 bits from the operating system, 43 characters of URL-safe base64.
pub fn fresh_token() -> String {
    URL_SAFE_NO_PAD.encode(fresh_bytes())
}

/// 256 bits from the operating system.
pub fn fresh_bytes() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

/// What the store keeps of a token: its SHA-256, hexadecimal. A copy of the store opens no session.
pub fn token_hash(token: &str) -> String {
    hexadecimal::write(&Sha256::digest(token.as_bytes()))
}
