//! Filings that the platform has said nothing of for too long. Two clocks: after the first, support looks; after the second,
//! the owner.

use async_trait::async_trait;
use credit::filing::Instant;

use super::Stored;

/// Who is to look after a filing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Support.
    Support,
    /// The owner of the service.
    Owner,
}

/// How many filings the platform is silent about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SilenceFigures {
    /// For support.
    pub support: i64,
    /// For the owner.
    pub owner: i64,
}

/// Filings about which the platform is silent.
#[async_trait]
pub trait Silences: Send + Sync {
    /// Notes forwarded filings about which nothing was heard since `support_before`, and since `owner_before`; forgets those
    /// about which something was. Gives the new ones, each once for each clock.
    async fn note_silences(&self, support_before: Instant, owner_before: Instant, at: Instant) -> Stored<Vec<(String, Told)>>;
    /// How many there are.
    async fn silence_figures(&self) -> Stored<SilenceFigures>;
    /// Their numbers, those longest noted first, at most `most`.
    async fn silent_references(&self, most: i64) -> Stored<Vec<String>>;
}
