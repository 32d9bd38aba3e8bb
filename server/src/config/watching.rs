//! Watching the courier, `[courier]` and `[metrics]`.

use std::net::SocketAddr;

use serde::Deserialize;

use super::public_side::number;

/// When the platform's silence is worth a look.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CourierSettings {
    /// After so many days without a word of the platform, a forwarded filing is one for support; after twice as many, for
    /// the owner.
    #[serde(deserialize_with = "number")]
    pub silence_days: i64,
}

impl Default for CourierSettings {
    fn default() -> Self {
        // Five working days, with the weekend that is always among them.
        Self { silence_days: 7 }
    }
}

impl CourierSettings {
    /// What is wrong with it, in a sentence.
    pub(super) fn check(&self) -> Result<(), String> {
        if (1..=365).contains(&self.silence_days) {
            return Ok(());
        }
        Err(format!("courier.silence_days is {}: it must be 1 to 365 days.", self.silence_days))
    }
}

/// Where figures can be had.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MetricsSettings {
    /// The address and port of a listener of its own, for `GET /metrics`. It must not be reachable from outside.
    pub listen: Option<SocketAddr>,
}
