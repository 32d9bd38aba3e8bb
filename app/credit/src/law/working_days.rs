//! Working days (工作日), by the State Council's calendars with their make-up days (调休).
//!
//! There is no formula: each year's calendar is announced in the autumn before. A year without one has no answer here, because
//! a deadline that takes it for ordinary weeks is wrong by up to nine days.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};

use super::months::next;

/// The calendars this program is built with.
const BUILT_IN: &str = include_str!("working_days.txt");

/// The years that a calendar can be for.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2199;

/// The calendars of the years that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkingDays {
    years: BTreeMap<i32, Calendar>,
}

/// One year's announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Calendar {
    notice: String,
    /// Whether it is a working day, of the days that are not what their day of the week says.
    named: BTreeMap<NaiveDate, bool>,
}

/// The day cannot be told, because there is no calendar for a year that the count runs into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCertain {
    /// That year.
    pub year: i32,
}

/// Why a file of calendars cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidCalendar {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub why: CalendarFault,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarFault {
    /// It is none of `year`, `off`, `work`, or has too many or too few words.
    Unreadable,
    /// Not a day written `2026-01-01`, or not a year.
    NoSuchDay,
    /// Days before the first `year`.
    NoYear,
    /// The year is there twice.
    YearTwice,
    /// The day lies neither in the year nor in the December before it.
    OtherYear,
    /// A range that ends before it begins.
    EndBeforeBeginning,
    /// A make-up day from Monday to Friday.
    NoWeekend,
    /// A day that is named twice.
    DayTwice,
}

impl fmt::Display for InvalidCalendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.why {
            CalendarFault::Unreadable => "expected `year 2026 NOTICE`, `off DAY`, `off DAY LAST` or `work DAY`",
            CalendarFault::NoSuchDay => "this is not a day as in 2026-01-01, or not a year",
            CalendarFault::NoYear => "a line `year` must come before its days",
            CalendarFault::YearTwice => "this year is there already",
            CalendarFault::OtherYear => "this day lies neither in the year nor in the December before it",
            CalendarFault::EndBeforeBeginning => "this range ends before it begins",
            CalendarFault::NoWeekend => "a make-up working day must be a Saturday or a Sunday",
            CalendarFault::DayTwice => "this day is there already",
        };
        write!(f, "line {}: {why}", self.line)
    }
}

impl std::error::Error for InvalidCalendar {}

impl WorkingDays {
    /// The calendars this program is built with.
    pub fn built_in() -> Self {
        // A test reads them; should they ever not be readable, no date is certain, and none is wrong.
        Self::read(BUILT_IN).unwrap_or_default()
    }

    /// Reads calendars; the head of `working_days.txt` says how they are written.
    ///
    /// # Errors
    /// The first line that is wrong, and why: a file that is wrong in one place is not used in any.
    pub fn read(text: &str) -> Result<Self, InvalidCalendar> {
        let mut years: BTreeMap<i32, Calendar> = BTreeMap::new();
        let mut year = None;
        for (at, line) in text.lines().enumerate() {
            let wrong = |why| InvalidCalendar { line: at + 1, why };
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                [] => {}
                [first, ..] if first.starts_with('#') => {}
                ["year", number, _, ..] => {
                    let number = number.parse().ok().filter(|year| YEARS.contains(year)).ok_or(wrong(CalendarFault::NoSuchDay))?;
                    let calendar = Calendar { notice: words[2..].join(" "), named: BTreeMap::new() };
                    if years.insert(number, calendar).is_some() {
                        return Err(wrong(CalendarFault::YearTwice));
                    }
                    year = Some(number);
                }
                ["off", from] => name(&mut years, year, from, from, false).map_err(wrong)?,
                ["off", from, last] => name(&mut years, year, from, last, false).map_err(wrong)?,
                ["work", day] => name(&mut years, year, day, day, true).map_err(wrong)?,
                _ => return Err(wrong(CalendarFault::Unreadable)),
            }
        }
        Ok(Self { years })
    }

    /// With the calendars of others beside these, and in place of these where both have a year.
    #[must_use]
    pub fn replaced_by(mut self, others: Self) -> Self {
        self.years.extend(others.years);
        self
    }

    /// The notice that a year's calendar comes from; none: there is no calendar for it.
    pub fn notice(&self, year: i32) -> Option<&str> {
        self.years.get(&year).map(|calendar| calendar.notice.as_str())
    }

    /// The years that are known, the earliest first.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        self.years.keys().copied()
    }

    /// Whether authorities work on that day.
    ///
    /// # Errors
    /// [`NotCertain`] if there is no calendar for its year.
    pub fn is_working_day(&self, day: NaiveDate) -> Result<bool, NotCertain> {
        let calendar = self.years.get(&day.year()).ok_or(NotCertain { year: day.year() })?;
        // The year to come may take or give days of this December: 29 December 2018 was a make-up day for New Year 2019.
        let later = self.years.get(&(day.year() + 1)).and_then(|calendar| calendar.named.get(&day));
        let named = later.or_else(|| calendar.named.get(&day));
        Ok(named.copied().unwrap_or(!matches!(day.weekday(), Weekday::Sat | Weekday::Sun)))
    }

    /// The last day of a period of so many working days that a day sets off. That day is not counted, the next working day is
    /// the first (民法典 第二百零一条; for working days 行政许可法 第八十二条, 行政处罚法 第八十五条). No working days: the day itself.
    ///
    /// What arrives after office hours counts from the same day here; whether it counts as received on the next working day
    /// is to be confirmed with the authority.
    ///
    /// # Errors
    /// [`NotCertain`] if the count runs into a year without a calendar.
    ///
    /// ```
    /// use credit::law::working_days::WorkingDays;
    /// let day = |text: &str| text.parse().unwrap();
    /// // Sunday 20 September 2026 makes up for the holidays of October.
    /// assert_eq!(WorkingDays::built_in().after(day("2026-09-18"), 3), Ok(day("2026-09-22")));
    /// ```
    pub fn after(&self, from: NaiveDate, working_days: u16) -> Result<NaiveDate, NotCertain> {
        let mut day = from;
        let mut counted = 0;
        while counted < working_days {
            day = next(day);
            if self.is_working_day(day)? {
                counted += 1;
            }
        }
        Ok(day)
    }
}

/// Names the days of a range in the calendar of the year.
fn name(years: &mut BTreeMap<i32, Calendar>, year: Option<i32>, from: &str, last: &str, works: bool) -> Result<(), CalendarFault> {
    let read = |text: &str| text.parse::<NaiveDate>().map_err(|_| CalendarFault::NoSuchDay);
    let (from, last) = (read(from)?, read(last)?);
    let year = year.ok_or(CalendarFault::NoYear)?;
    let calendar = years.get_mut(&year).ok_or(CalendarFault::NoYear)?;
    if last < from {
        return Err(CalendarFault::EndBeforeBeginning);
    }
    // Both ends are looked at before anything is named, so a range is never longer than thirteen months.
    let belongs = |day: NaiveDate| day.year() == year || (day.year() == year - 1 && day.month() == 12);
    if !belongs(from) || !belongs(last) {
        return Err(CalendarFault::OtherYear);
    }
    if works && !matches!(from.weekday(), Weekday::Sat | Weekday::Sun) {
        return Err(CalendarFault::NoWeekend);
    }
    for day in from.iter_days().take_while(|day| *day <= last) {
        if calendar.named.insert(day, works).is_some() {
            return Err(CalendarFault::DayTwice);
        }
    }
    Ok(())
}
