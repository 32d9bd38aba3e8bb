//! The settings of the public side: how long items are shown, and how much one address may ask.

use axum::http::HeaderName;
use credit::registration::Terms;
use serde::{Deserialize, Deserializer};

/// How long items are shown whose documents name no end; no rule names these figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PublicationSettings {
    /// Years after the end of the declared year of operations.
    #[serde(deserialize_with = "number")]
    pub operations_years: i64,
    /// Years after the end of a contract.
    #[serde(deserialize_with = "number")]
    pub contract_years: i64,
}

impl Default for PublicationSettings {
    fn default() -> Self {
        let Terms { operations_years, contract_years } = Terms::default();
        Self { operations_years: operations_years.into(), contract_years: contract_years.into() }
    }
}

/// How much one address may look up.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LookUpSettings {
    /// Public pages in a minute, on the average.
    #[serde(deserialize_with = "number")]
    pub per_minute: i64,
    /// Public pages at once.
    #[serde(deserialize_with = "number")]
    pub burst: i64,
    /// The header in which our own proxy names the address that it serves; none: the connection's address counts.
    pub address_header: Option<String>,
}

impl Default for LookUpSettings {
    fn default() -> Self {
        Self { per_minute: 120, burst: 60, address_header: None }
    }
}

impl PublicationSettings {
    /// The terms.
    pub fn terms(&self) -> Terms {
        // Checked when the settings were read.
        let years = |years: i64| u16::try_from(years).unwrap_or_default();
        Terms { operations_years: years(self.operations_years), contract_years: years(self.contract_years) }
    }

    /// What is wrong with them, in a sentence.
    pub(super) fn check(&self) -> Result<(), String> {
        for (name, years) in [("operations_years", self.operations_years), ("contract_years", self.contract_years)] {
            if !(1..=50).contains(&years) {
                return Err(format!("publication.{name} is {years}: it must be a whole number of years from 1 to 50."));
            }
        }
        Ok(())
    }
}

impl LookUpSettings {
    /// What is wrong with them, in a sentence.
    pub(super) fn check(&self) -> Result<(), String> {
        for (name, most) in [("per_minute", self.per_minute), ("burst", self.burst)] {
            if !(1..=100_000).contains(&most) {
                return Err(format!("look_up.{name} is {most}: it must be a whole number from 1 to 100000."));
            }
        }
        match &self.address_header {
            Some(name) if HeaderName::try_from(name.as_str()).is_err() => {
                Err(format!("look_up.address_header is {name:?}: it must be the name of a header, for example x-forwarded-for."))
            }
            _ => Ok(()),
        }
    }
}

/// A whole number, or its digits as a text (as an environment variable has it).
pub(super) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a whole number")]
    enum Number {
        Number(i64),
        Text(String),
    }
    match Number::deserialize(from)? {
        Number::Number(number) => Ok(number),
        Number::Text(text) => text.trim().parse().map_err(|_| serde::de::Error::custom(format!("{text:?} is not a whole number"))),
    }
}
