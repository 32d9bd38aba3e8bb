//! What staff were told of by mail.

use async_trait::async_trait;
use credit::filing::Instant;

use super::Stored;

/// Of how many of a matter staff were told last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmTold {
    /// The matter, by its name.
    pub matter: String,
    /// How many there were.
    pub count: i64,
    /// When they were told.
    pub at: Instant,
}

/// matter, count, told_at
pub(super) type AlarmRow = (String, i64, Instant);

impl From<AlarmRow> for AlarmTold {
    fn from((matter, count, at): AlarmRow) -> Self {
        Self { matter, count, at }
    }
}

/// What staff were told of.
#[async_trait]
pub trait Alarms: Send + Sync {
    /// Of each matter, the last.
    async fn alarms_told(&self) -> Stored<Vec<AlarmTold>>;
    /// Keeps that they were told; of none: that there is nothing to be told of any more.
    async fn keep_alarm(&self, told: &AlarmTold) -> Stored<()>;
}
