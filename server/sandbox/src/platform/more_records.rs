//! How many records an enterprise has beside its usual ones: a switch, for measuring.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// For each enterprise by its code; one that is not named has none more.
#[derive(Default)]
pub(crate) struct MoreRecords(Mutex<HashMap<&'static str, u32>>);

impl MoreRecords {
    /// How many more this one has.
    pub(crate) fn of(&self, credit_code: &str) -> u32 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(credit_code).copied().unwrap_or_default()
    }

    /// Gives it so many more.
    pub(crate) fn set(&self, credit_code: &'static str, more: u32) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(credit_code, more);
    }

    /// Everyone has the usual ones again.
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
