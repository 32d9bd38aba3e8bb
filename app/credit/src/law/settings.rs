//! Figures of credit repair that could not be confirmed. They are the operator's, never the law's.

/// What the operator sets after asking the district (`docs/law.md`, to be confirmed). None: the portal names no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepairSettings {
    /// Working days from acceptance to the decision on a repair on 信用中国 (Order 36). Suggested: 7, as market regulators have.
    pub decide_working_days: Option<u8>,
    /// Working days by which a complex case may be extended (Order 36). Suggested: 10, from memory only, so not the default.
    pub extend_working_days: Option<u8>,
    /// Working days in which an objection is checked. Suggested: 7, as under Order 58 of 2023, so not the default.
    pub objection_working_days: Option<u8>,
}

impl Default for RepairSettings {
    fn default() -> Self {
        Self { decide_working_days: Some(7), extend_working_days: None, objection_working_days: None }
    }
}
