//! How the SQLite store is looked through at each start.

use serde::Deserialize;

use crate::storage::sqlite::copying::Thoroughness;

/// How thoroughly. Reading a store takes about a second for each gigabyte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StoreCheck {
    /// Not at all.
    Off,
    /// Every page.
    #[default]
    Quick,
    /// Every page, every index, every reference.
    Full,
}

impl StoreCheck {
    /// What that means to the store.
    pub fn thoroughness(self) -> Option<Thoroughness> {
        match self {
            Self::Off => None,
            Self::Quick => Some(Thoroughness::Quick),
            Self::Full => Some(Thoroughness::Full),
        }
    }
}
