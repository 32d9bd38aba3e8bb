//! What the platform told us.

use credit::filing::{Happening, Impossible, Instant};

/// An event of the platform, verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformEvent {
    /// The message's id: the key against repetition.
    pub id: String,
    /// Its type, as sent.
    pub kind: String,
    /// The filing it speaks of, if any.
    pub filing_id: Option<String>,
    /// When it happened, as the platform says.
    pub occurred_at: Instant,
    /// When it reached us.
    pub received_at: Instant,
    /// What it means; none: a type that we do not know.
    pub happening: Option<Happening>,
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The filing changed.
    Applied,
    /// This id was handled before.
    Repeated,
    /// A type that we do not know: recorded, no more.
    Unknown,
    /// It makes no sense for the filing where it stands: recorded, reported, not applied.
    Impossible(Impossible),
    /// We have no such filing: recorded and reported.
    NoSuchFiling,
}
