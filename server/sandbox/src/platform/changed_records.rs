//! What a record says otherwise than usual: a switch, for records that change while somebody fills in a form about them.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use serde_json::{Map, Value};

/// By the number of the record, the members that take the place of its own.
#[derive(Default)]
pub(crate) struct ChangedRecords(Mutex<HashMap<String, Map<String, Value>>>);

impl ChangedRecords {
    /// The record as it is told.
    pub(crate) fn applied(&self, record_id: &str, mut record: Value) -> Value {
        let changes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, value) in changes.get(record_id).into_iter().flatten() {
            record[name.as_str()] = value.clone();
        }
        record
    }

    /// From now on it says this too.
    pub(crate) fn change(&self, record_id: String, says: Map<String, Value>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(record_id).or_default().extend(says);
    }

    /// Every record says what it usually says.
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
