//! Until when everyone may see a commitment.

use chrono::{Months, NaiveDate};

use super::statement::beijing;
use super::template::PublicationTerm;
use crate::date::parse_date;
use crate::filing::{Instant, Publication, Standing};

/// The last day on which everyone may see a commitment whose publication began then; `Some(None)`: it has no end. `None`: it is
/// not shown at all.
///
/// It is shown while the platform publishes it, until the earlier one of the platform's last day and the end of the term that
/// its template sets. One that was taken back or breached is shown until then as what it is. A day of the platform's that
/// cannot be read shows nothing: showing it for ever would be worse.
pub fn shown_until(
    standing: &Standing,
    began: Instant,
    term: PublicationTerm,
    valid_until: Option<NaiveDate>,
) -> Option<Option<NaiveDate>> {
    let Publication::Published { until } = &standing.publication else { return None };
    if !standing.holds() {
        return None;
    }
    let until = match until {
        Some(day) => Some(parse_date(day).ok()?),
        None => None,
    };
    let months_later = |months: u32| beijing(began).date().checked_add_months(Months::new(months));
    let own = match term {
        PublicationTerm::None => return None,
        PublicationTerm::Validity => valid_until,
        PublicationTerm::Months(months) => Some(months_later(months.into())?),
        PublicationTerm::Years(years) => Some(months_later(u32::from(years) * 12)?),
    };
    Some(match (until, own) {
        (Some(until), Some(own)) => Some(until.min(own)),
        (until, own) => until.or(own),
    })
}
