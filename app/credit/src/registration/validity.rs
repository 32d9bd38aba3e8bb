//! Until when a registered item says something about the enterprise.

use chrono::{Datelike, NaiveDate};

use super::{Content, contract, licence, operations};
use crate::date::parse_date;
use crate::form::FormKind;

/// How long items are shown whose documents name no end. No rule names these figures (open point, see `docs/law.md`): they
/// are settings of the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Years after the end of the declared year of operations.
    pub operations_years: u16,
    /// Years after the end of a contract.
    pub contract_years: u16,
}

impl Default for Terms {
    fn default() -> Self {
        Self { operations_years: 1, contract_years: 2 }
    }
}

/// The last day on which an item is shown; none: it has no end.
pub fn last_day(kind: FormKind, content: &Content, terms: Terms) -> Option<NaiveDate> {
    let day = |field: &crate::form::Field| content.get(field.name).and_then(|day| parse_date(day).ok());
    match kind {
        FormKind::Licence => day(&licence::VALID_UNTIL),
        FormKind::Operations => {
            let year: i32 = content.get(operations::YEAR.name)?.parse().ok()?;
            NaiveDate::from_ymd_opt(year + i32::from(terms.operations_years), 12, 31)
        }
        FormKind::Contract => day(&contract::ENDS_ON).and_then(|end| years_later(end, terms.contract_years)),
        FormKind::PublicGood | FormKind::Repair | FormKind::Objection | FormKind::Fulfilment => None,
        FormKind::Commitment => day(&crate::commitment::VALID_UNTIL),
    }
}

/// The same day of a later year; the last of February where there is none.
fn years_later(day: NaiveDate, years: u16) -> Option<NaiveDate> {
    let year = day.year() + i32::from(years);
    day.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28))
}
