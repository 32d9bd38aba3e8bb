//! Periods of months and years (民法典 第二百零一条至第二百零三条).

use chrono::{Months, NaiveDate};

/// The last day of a period of so many months that a day sets off: the same day of the month or, where there is none, the
/// month's last (民法典 第二百零二条). The day that sets it off is not counted (第二百零一条). A year is twelve months.
///
/// Ends with the calendar itself, in the year 262142.
///
/// ```
/// use credit::law::months::last_day;
/// let day = |text: &str| text.parse().unwrap();
/// assert_eq!(last_day(day("2026-11-30"), 3), day("2027-02-28"));
/// ```
pub fn last_day(from: NaiveDate, months: u16) -> NaiveDate {
    from.checked_add_months(Months::new(u32::from(months))).unwrap_or(NaiveDate::MAX)
}

/// The first day on which a period of so many months is over: the day after its [`last_day`].
pub fn first_day_after(from: NaiveDate, months: u16) -> NaiveDate {
    next(last_day(from, months))
}

/// The day after.
pub fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}
