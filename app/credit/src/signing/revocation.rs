//! Why a key is no longer to be used.

use serde::{Deserialize, Serialize};

/// Why a key was revoked. What was signed before stays signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevocationReason {
    /// The device is lost, or its storage was wiped: nobody can use the key.
    Lost,
    /// Somebody else may be able to use it.
    Compromised,
    /// The person no longer signs for the enterprise.
    LeftOffice,
    /// It is not needed any more, or another took its place.
    Replaced,
}

impl RevocationReason {
    /// Every reason, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Lost, Self::Compromised, Self::LeftOffice, Self::Replaced];

    /// Its name in HTML and in stores.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Compromised => "compromised",
            Self::LeftOffice => "left_office",
            Self::Replaced => "replaced",
        }
    }

    /// The reason of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}
