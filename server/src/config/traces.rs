//! Where traces go, `[traces]`.

use serde::Deserialize;
use url::Url;

use super::public_side::number;

/// Where traces go.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TraceSettings {
    /// The address of a collector that takes OTLP over HTTP, with its path (`https://collector.example/v1/traces`). Without it
    /// nothing is traced.
    pub endpoint: Option<Url>,
    /// How many of a hundred requests and deliveries are traced.
    #[serde(deserialize_with = "number")]
    pub percent: i64,
}

impl Default for TraceSettings {
    fn default() -> Self {
        Self { endpoint: None, percent: 10 }
    }
}

impl TraceSettings {
    /// The part of everything that is traced, from 0 to 1.
    pub fn part(&self) -> f64 {
        self.percent as f64 / 100.0
    }

    /// What is wrong with them, in a sentence.
    pub(super) fn check(&self) -> Result<(), String> {
        if (0..=100).contains(&self.percent) {
            return Ok(());
        }
        Err(format!("traces.percent is {}: it must be a whole number from 0 to 100.", self.percent))
    }
}
