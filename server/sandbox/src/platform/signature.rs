//! The signature on an event, as Standard Webhooks has it.

use std::io;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// A key that events are signed with.
#[derive(Clone)]
pub(crate) struct EventKey(Vec<u8>);

impl EventKey {
    /// Reads `whsec_` and base64.
    pub(crate) fn read(secret: &str) -> io::Result<Self> {
        secret
            .trim()
            .strip_prefix("whsec_")
            .and_then(|encoded| STANDARD.decode(encoded).ok())
            .filter(|key| !key.is_empty())
            .map(Self)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "an event secret is whsec_ and base64"))
    }

    /// The signature over id, time and body.
    pub(crate) fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// One signature for each key, so that a receiver with either secret is served while it changes over.
pub(crate) fn header(keys: &[EventKey], id: &str, timestamp: i64, body: &str) -> String {
    let signatures: Vec<_> = keys.iter().map(|key| key.sign(id, timestamp, body)).collect();
    signatures.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_is_reproduced() {
        let key = EventKey::read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signature = key.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn what_is_not_a_secret_is_refused() {
        for secret in ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%"] {
            assert!(EventKey::read(secret).is_err(), "{secret}");
        }
    }
}
