//! Records that were chosen to be repaired in one sitting.

use std::collections::HashSet;

use crate::law::triage::Grievance;

/// The most records in one sitting: each is checked while somebody waits.
pub const MOST: usize = 50;

/// What is wrong with a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceFault {
    /// No record was chosen.
    Nothing,
    /// More records than one sitting takes.
    TooMany {
        /// How many were chosen.
        chosen: usize,
        /// How many it takes.
        most: usize,
    },
    /// Whether repair is the right way was not said.
    NotSaid,
}

/// Which records were chosen, and which case they are said to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The numbers of the records, each once.
    pub records: Vec<String>,
    /// Which case they are.
    pub says: Option<Grievance>,
    /// What is wrong with that.
    pub faults: Vec<ChoiceFault>,
}

impl Choice {
    /// As a form sends it: `record` for each of them, `says` for which case they are.
    ///
    /// ```
    /// use credit::repair::choice::{Choice, ChoiceFault};
    /// let sent = [("record", "FXR-0001"), ("record", "FXR-0001")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    /// let choice = Choice::read(&sent);
    /// assert_eq!(choice.records, ["FXR-0001"]);
    /// assert_eq!(choice.faults, [ChoiceFault::NotSaid]);
    /// ```
    pub fn read(sent: &[(String, String)]) -> Self {
        let named = |wanted: &'static str| sent.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value.as_str());
        let says = named("says").find_map(Grievance::named);
        let mut seen = HashSet::new();
        let records: Vec<String> = named("record").filter(|record| seen.insert(*record)).map(str::to_owned).collect();
        let wrong_number = match records.len() {
            0 => Some(ChoiceFault::Nothing),
            chosen if chosen > MOST => Some(ChoiceFault::TooMany { chosen, most: MOST }),
            _ => None,
        };
        let not_said = says.is_none().then_some(ChoiceFault::NotSaid);
        Self { records, says, faults: wrong_number.into_iter().chain(not_said).collect() }
    }
}
