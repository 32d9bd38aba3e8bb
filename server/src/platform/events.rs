//! The platform's events: signed after Standard Webhooks. Nothing in a message is believed, or even read, before its
//! signature holds.

use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use credit::filing::Instant;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// A message may be this old, or this far ahead of our clock, in seconds.
pub const WINDOW_SECONDS: i64 = 300;

/// The keys in force: any of them will do, so that they can be changed without losing a message.
#[derive(Clone)]
pub struct EventKeys {
    keys: Vec<Vec<u8>>,
}

/// Why a message is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unverified {
    /// A header is missing or unreadable.
    #[error("a webhook header is missing or unreadable")]
    Headers,
    /// Its time is outside the window: replayed, or a clock is wrong.
    #[error("the timestamp is outside the window")]
    Time,
    /// No signature of it holds under any of our keys.
    #[error("no signature holds")]
    Signature,
}

impl EventKeys {
    /// Keys as configured: `whsec_` and base64.
    ///
    /// # Errors
    /// A sentence about the first that is not.
    pub fn parse(secrets: &[String]) -> Result<Self, String> {
        let keys = secrets.iter().map(|secret| {
            let encoded = secret.strip_prefix("whsec_").ok_or("an event key must begin with whsec_")?;
            let key = STANDARD.decode(encoded).map_err(|_| "an event key must be base64 after whsec_")?;
            if key.len() < 24 { Err("an event key must have at least 24 bytes") } else { Ok(key) }
        });
        Ok(Self { keys: keys.collect::<Result<_, _>>()? })
    }

    /// Checks a message; gives its id.
    ///
    /// # Errors
    /// [`Unverified`].
    pub fn verify<'a>(&self, headers: &'a HeaderMap, body: &[u8], now: Instant) -> Result<&'a str, Unverified> {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).ok_or(Unverified::Headers);
        let id = header("webhook-id")?;
        let timestamp = header("webhook-timestamp")?;
        let signatures = header("webhook-signature")?;
        let sent_at: i64 = timestamp.parse().map_err(|_| Unverified::Headers)?;
        if id.is_empty() || id.len() > 200 {
            return Err(Unverified::Headers);
        }
        if (now / 1000).abs_diff(sent_at) > WINDOW_SECONDS.unsigned_abs() {
            return Err(Unverified::Time);
        }
        let offered: Vec<Vec<u8>> =
            signatures.split(' ').filter_map(|signature| STANDARD.decode(signature.strip_prefix("v1,")?).ok()).take(8).collect();
        let holds = self.keys.iter().any(|key| offered.iter().any(|signature| self.holds(key, id, timestamp, body, signature)));
        if holds { Ok(id) } else { Err(Unverified::Signature) }
    }

    fn holds(&self, key: &[u8], id: &str, timestamp: &str, body: &[u8], signature: &[u8]) -> bool {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return false };
        for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
            mac.update(part);
        }
        // Compares in constant time.
        mac.verify_slice(signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;

    fn keys(secrets: &[&str]) -> EventKeys {
        EventKeys::parse(&secrets.iter().map(|secret| (*secret).to_owned()).collect::<Vec<_>>()).expect("the keys are sound")
    }

    fn headers(id: &str, timestamp: &str, signature: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signature)] {
            headers.insert(name, value.parse().expect("a header value"));
        }
        headers
    }

    /// The example of the Standard Webhooks specification.
    fn example() -> HeaderMap {
        headers("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    const NOW: Instant = 1_614_265_330_000;

    #[test]
    fn the_example_of_the_specification_holds() {
        assert_eq!(keys(&[SECRET]).verify(&example(), BODY, NOW), Ok("msg_p5jXN8AQM9LWM0D4loKWxJek"));
    }

    #[test]
    fn either_key_will_do_while_keys_change() {
        let other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assert!(keys(&[other, SECRET]).verify(&example(), BODY, NOW).is_ok());
        assert_eq!(keys(&[other]).verify(&example(), BODY, NOW), Err(Unverified::Signature));
    }

    #[test]
    fn a_message_from_outside_the_window_is_a_replay() {
        for seconds in [-301, 301] {
            assert_eq!(keys(&[SECRET]).verify(&example(), BODY, NOW + seconds * 1000), Err(Unverified::Time), "{seconds}");
        }
        for seconds in [-300, 300] {
            assert!(keys(&[SECRET]).verify(&example(), BODY, NOW + seconds * 1000).is_ok(), "{seconds}");
        }
    }

    proptest! {
        #[test]
        fn a_message_changed_anywhere_is_refused(at in 0..BODY.len(), with in any::<u8>()) {
            let mut body = BODY.to_vec();
            prop_assume!(body[at] != with);
            body[at] = with;
            let headers = example();
            prop_assert_eq!(keys(&[SECRET]).verify(&headers, &body, NOW), Err(Unverified::Signature));
        }

        #[test]
        fn no_made_up_signature_holds(signature in "v1,[A-Za-z0-9+/]{43}=") {
            let headers = headers("msg_1", "1614265330", &signature);
            prop_assert!(keys(&[SECRET]).verify(&headers, BODY, NOW).is_err());
        }
    }
}
