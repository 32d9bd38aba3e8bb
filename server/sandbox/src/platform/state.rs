//! What the platform has taken, as one value that can be written down.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{clock, platform::submission::Submission};

/// The platform's memory.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct State {
    /// The day this world began; the dates of the records hang on it, so that they stay the same from then on.
    pub(crate) began_on: String,
    /// How many changes there have been.
    pub(crate) changes: u64,
    /// How many receipts have been given.
    pub(crate) receipts: u32,
    /// How often each id was sent, taken or not.
    pub(crate) puts: BTreeMap<Uuid, u32>,
    /// The submissions.
    pub(crate) submissions: BTreeMap<Uuid, Submission>,
    /// The attachments, by their SHA-256; their bytes lie elsewhere.
    pub(crate) attachments: BTreeMap<String, AttachmentKept>,
}

/// An attachment that has come.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct AttachmentKept {
    pub(crate) media_type: String,
    pub(crate) bytes: usize,
    /// How often it was sent.
    pub(crate) puts: u32,
}

impl State {
    /// A world that begins on this day.
    pub(crate) fn beginning(on: NaiveDate) -> Self {
        Self {
            began_on: on.to_string(),
            changes: 0,
            receipts: 0,
            puts: BTreeMap::new(),
            submissions: BTreeMap::new(),
            attachments: BTreeMap::new(),
        }
    }

    /// The day this world began.
    pub(crate) fn began_on(&self) -> NaiveDate {
        self.began_on.parse().unwrap_or_else(|_| clock::today())
    }

    /// The next place in the order of changes.
    pub(crate) fn next_change(&mut self) -> u64 {
        self.changes += 1;
        self.changes
    }

    /// The next receipt number.
    pub(crate) fn next_receipt(&mut self) -> String {
        self.receipts += 1;
        let day = clock::today().to_string().replace('-', "");
        format!("FX{day}{:05}", self.receipts % 100_000)
    }
}
