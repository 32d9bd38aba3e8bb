//! Where a penalty that is itself wrong is contested, and until when: administrative review (行政复议) and litigation (行政诉讼).
//!
//! Neither is filed here, and neither suspends the publication of the record (Order 36). What the decision's own notice says
//! counts; these are the terms where no other law sets another.

use chrono::{Days, NaiveDate};

use super::months::last_day;
use super::repair_rules::{Citation, Mark};
use crate::record::{Channel, DishonestyRecord};

/// A way to contest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// 行政复议.
    Review,
    /// 行政诉讼, without a review before; not where review comes first ([`REVIEW_FIRST`]).
    Litigation,
    /// 行政诉讼 after a review.
    LitigationAfterReview,
}

/// How long there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// So many days of the calendar.
    Days(u16),
    /// So many months.
    Months(u16),
}

/// What sets the term off. Its own day is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetOffBy {
    /// The day on which one knew or should have known of the decision: as a rule that of its service.
    KnowingOfTheDecision,
    /// The day on which the decision on the review was received.
    ReceivingTheReview,
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// Which way.
    pub remedy: Remedy,
    /// How long there is.
    pub within: Within,
    /// From when.
    pub set_off_by: SetOffBy,
    /// The first day on which this text is in force.
    pub in_force_from: NaiveDate,
    /// Source.
    pub source: Citation,
}

const REVIEW_LAW: &str = "《中华人民共和国行政复议法》（2023年修订）";
const LITIGATION_LAW: &str = "《中华人民共和国行政诉讼法》（2017年修正）";

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => panic!("no such day"),
    }
}

/// Where review comes before litigation: a decision made on the spot (当场处罚), and an authority that does not act (未履行法定职责).
/// A record does not say whether its decision was made on the spot, so it is told beside the terms.
pub const REVIEW_FIRST: Citation = Citation { document: REVIEW_LAW, on: "第二十三条", mark: Mark::ToBeConfirmed };

/// The terms, in the order in which they are told.
pub static TABLE: &[Appeal] = &[
    Appeal {
        remedy: Remedy::Review,
        within: Within::Days(60),
        set_off_by: SetOffBy::KnowingOfTheDecision,
        in_force_from: day(2024, 1, 1),
        source: Citation { document: REVIEW_LAW, on: "第二十条", mark: Mark::ToBeConfirmed },
    },
    Appeal {
        remedy: Remedy::Litigation,
        within: Within::Months(6),
        set_off_by: SetOffBy::KnowingOfTheDecision,
        in_force_from: day(2017, 7, 1),
        source: Citation { document: LITIGATION_LAW, on: "第四十六条", mark: Mark::ToBeConfirmed },
    },
    Appeal {
        remedy: Remedy::LitigationAfterReview,
        within: Within::Days(15),
        set_off_by: SetOffBy::ReceivingTheReview,
        in_force_from: day(2017, 7, 1),
        source: Citation { document: LITIGATION_LAW, on: "第四十五条", mark: Mark::ToBeConfirmed },
    },
];

impl Appeal {
    /// The last day of a term that this day set off. One that ends on a holiday goes on to the next working day, so it is
    /// never earlier than this.
    pub fn last_day(&self, set_off_on: NaiveDate) -> NaiveDate {
        match self.within {
            Within::Days(days) => set_off_on.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX),
            Within::Months(months) => last_day(set_off_on, months),
        }
    }

    /// The earliest day on which this term can end for the decision of a record: nobody knows of it before it is made. None
    /// where something else sets the term off, where the record's dates are not clear, or where the decision is older than the
    /// text.
    pub fn ends_at_the_earliest(&self, record: &DishonestyRecord) -> Option<NaiveDate> {
        let decided_on = record.decided_on.filter(|decided| *decided >= self.in_force_from && !record.has_unclear_dates())?;
        (self.set_off_by == SetOffBy::KnowingOfTheDecision).then(|| self.last_day(decided_on))
    }
}

/// Whether what a record tells of is an administrative decision, which is contested like this. What a court lists follows the
/// rules of courts, and a bank's report is no decision.
pub fn is_contested_so(record: &DishonestyRecord) -> bool {
    match record.channel {
        Channel::Creditchina | Channel::Gsxt | Channel::Tax => true,
        Channel::Other => !record.kind.contains("征信"),
        Channel::Court => false,
    }
}
