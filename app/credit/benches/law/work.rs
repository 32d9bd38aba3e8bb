//! What is measured of the law, the same natively and in a browser.

use chrono::NaiveDate;
use credit::law::deadlines::{Due, repair_deadlines};
use credit::law::eligibility::{Circumstances, eligibility};
use credit::law::settings::RepairSettings;
use credit::law::working_days::WorkingDays;
use credit::record::{DutyAsGiven, RecordAsGiven};

/// A record as platforms give it, and everything that is counted with.
pub struct Work {
    given: RecordAsGiven,
    calendars: WorkingDays,
    today: NaiveDate,
}

impl Work {
    /// An ordinary record that can be repaired today.
    pub fn new() -> Option<Self> {
        let given = RecordAsGiven {
            record_id: "FXR-0001".into(),
            document_number: "沪奉环罚〔2026〕示例021号".into(),
            kind: "罚款".into(),
            fine_wan: "1.500000".into(),
            severity: Some("ordinary".into()),
            decided_on: "2026-06-23".into(),
            published_on: Some("2026-06-28".into()),
            publication_ends_on: Some("2027-06-23".into()),
            earliest_repair_on: Some("2026-09-24".into()),
            duties: vec![DutyAsGiven { what: "缴纳罚款".into(), fulfilled_on: Some("2026-07-02".into()) }],
            channel: "creditchina".into(),
            ..RecordAsGiven::default()
        };
        Some(Self { given, calendars: WorkingDays::built_in(), today: "2026-11-24".parse().ok()? })
    }

    /// Reads the record and says whether a repair may be applied for, so often; how often it may.
    pub fn eligible(&self, rounds: u32) -> u32 {
        let circumstances = Circumstances::default();
        (0..rounds).map(|_| u32::from(eligibility(&self.given.read(), &circumstances, self.today).is_ok())).sum()
    }

    /// Computes the last days of an application, so often; how often the last of them is known.
    pub fn due(&self, rounds: u32) -> u32 {
        let Ok(eligible) = eligibility(&self.given.read(), &Circumstances::default(), self.today) else { return 0 };
        let settings = RepairSettings::default();
        let deadlines = || repair_deadlines(eligible.rules(), eligible.rule(), &settings, &self.calendars, self.today, None);
        (0..rounds).map(|_| u32::from(matches!(deadlines().result, Due::On(..)))).sum()
    }
}
