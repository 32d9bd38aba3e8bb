//! How much the portal takes on at once; beyond that it says no at once, in words.

use serde::{Deserialize, Deserializer};

use super::public_side::number;

/// How much at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitSettings {
    /// Open connections of everyone together.
    #[serde(deserialize_with = "number")]
    pub connections: i64,
    /// Open connections of one address. None: 256, or no limit where our own proxy names the addresses, since
    /// then all connections are the proxy's.
    #[serde(deserialize_with = "some_number")]
    pub connections_per_address: Option<i64>,
    /// Requests that wait for their answer to begin.
    #[serde(deserialize_with = "number")]
    pub requests: i64,
}

/// Open connections of one address where nothing else is set: a browser has six, and an office behind one address some dozens.
const PER_ADDRESS: usize = 256;

impl Default for LimitSettings {
    fn default() -> Self {
        Self { connections: 4096, connections_per_address: None, requests: 512 }
    }
}

impl LimitSettings {
    /// Open connections of everyone together.
    pub fn most_connections(&self) -> usize {
        usize::try_from(self.connections).unwrap_or(usize::MAX)
    }

    /// Open connections of one address, behind a proxy of our own or not.
    pub fn most_per_address(&self, behind_proxy: bool) -> usize {
        match self.connections_per_address {
            Some(most) => usize::try_from(most).unwrap_or(usize::MAX),
            None if behind_proxy => usize::MAX,
            None => PER_ADDRESS,
        }
    }

    /// Requests that wait for their answer to begin.
    pub fn most_requests(&self) -> usize {
        usize::try_from(self.requests).unwrap_or(usize::MAX)
    }

    /// What is wrong with them, in a sentence.
    pub(super) fn check(&self) -> Result<(), String> {
        let per_address = self.connections_per_address.unwrap_or(1);
        let all = [("connections", self.connections), ("connections_per_address", per_address), ("requests", self.requests)];
        for (name, most) in all {
            if !(1..=1_000_000).contains(&most) {
                return Err(format!("limits.{name} is {most}: it must be a whole number from 1 to 1000000."));
            }
        }
        Ok(())
    }
}

fn some_number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    number(from).map(Some)
}
