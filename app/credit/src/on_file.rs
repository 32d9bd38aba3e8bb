//! What the platform has on file of an enterprise: whether it keeps its commitments, and its dishonesty records (失信信息).
//!
//! Classes and dates come from the authority that determined a record and are shown as given; the portal infers none.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::date::parse_date;
use crate::filing::Instant;
use crate::law::eligibility::Bar;
use crate::record::{DishonestyRecord, RecordAsGiven, twice};

/// One reading of everything, at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnFile {
    /// When the platform answered, by our clock.
    pub read_at: Instant,
    /// Whether the enterprise keeps its commitments (守信状况).
    pub in_good_standing: bool,
    /// Commitments it did not keep.
    pub breaches: Vec<Breach>,
    /// Its dishonesty records.
    pub records: Vec<RecordAsGiven>,
    /// Bans on applying for repairs.
    #[serde(default)]
    pub bars: Vec<BarOnFile>,
}

/// A commitment that was not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// 违背承诺的情形.
    pub what: String,
    /// Since when, `YYYY-MM-DD`.
    pub since: String,
    /// Until when, if that is set.
    pub until: Option<String>,
    /// 依据.
    pub basis: String,
}

/// A ban on applying for repairs, word for word as the platform gives it: whoever gave false materials, or offends again and again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BarOnFile {
    /// What happened.
    pub what: String,
    /// Since when, `YYYY-MM-DD`.
    pub since: String,
    /// The last day; none: the platform named none.
    pub until: Option<String>,
    /// 依据.
    pub basis: String,
}

impl BarOnFile {
    /// The last day; none: the platform named none, or one that cannot be read ([`Self::unreadable_end`]).
    pub fn last_day(&self) -> Option<NaiveDate> {
        parse_date(self.until.as_deref()?).ok()
    }

    /// What stands for the end and is no day. Until somebody puts it right the ban holds: it is not ended by a slip of the pen.
    pub fn unreadable_end(&self) -> Option<&str> {
        let until = self.until.as_deref().filter(|until| !until.trim().is_empty())?;
        self.last_day().is_none().then_some(until)
    }

    /// Whether it holds on that day: it may be told before it begins. One whose beginning cannot be read has begun.
    pub fn holds(&self, day: NaiveDate) -> bool {
        !self.is_over(day) && parse_date(&self.since).map_or(true, |since| since <= day)
    }

    /// Whether its last day is over on that day.
    pub fn is_over(&self, day: NaiveDate) -> bool {
        self.last_day().is_some_and(|last| last < day)
    }
}

impl OnFile {
    /// The records as far as they can be read; one that is there twice says so.
    pub fn read_records(&self) -> Vec<DishonestyRecord> {
        let mut records: Vec<DishonestyRecord> = self.records.iter().map(RecordAsGiven::read).collect();
        for (at, fault) in twice(&records) {
            records[at].faults.push(fault);
        }
        records
    }

    /// The ban that holds on that day: of several the one that lasts longest. One without a readable end has none.
    pub fn bar(&self, today: NaiveDate) -> Option<Bar> {
        let holding = self.bars.iter().filter(|bar| bar.holds(today));
        holding.map(|bar| Bar { last_day: bar.last_day() }).max_by_key(|bar| bar.last_day.unwrap_or(NaiveDate::MAX))
    }
}
