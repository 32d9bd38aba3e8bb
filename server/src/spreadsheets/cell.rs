//! What stands in a cell, as the text that a person would have typed into the form.

use std::borrow::Cow;

use chrono::{Days, NaiveDate};
use credit::columns::Column;
use credit::form::Kind;
use credit::table;

/// What stands in a cell of a workbook.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Text.
    Text(String),
    /// A number. Spreadsheets keep fifteen digits, no more.
    Number(f64, Epoch),
    /// A day, as the number of days since the workbook's first.
    Day(f64, Epoch),
    /// True or false.
    Truth(bool),
}

/// From which day a workbook counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Epoch {
    /// 1 is 1900-01-01, and 60 a 29 February 1900 that never was (ECMA-376 part 1, 18.17.4.1).
    From1900,
    /// 0 is 1904-01-01.
    From1904,
}

impl table::Cell for Cell {
    fn text(&self, column: Option<Column>) -> Cow<'_, str> {
        let of_day = matches!(column, Some(Column::Answer(field)) if field.kind == Kind::Date);
        let day_or_number =
            |number: f64, epoch| day(number, epoch).map_or_else(|| number_text(number), |day| day.to_string()).into();
        match self {
            Self::Text(text) => text.into(),
            Self::Truth(truth) => (if *truth { "是" } else { "否" }).into(),
            // A day whose cell lost its format; 20260305 is no such number but a day as people write it.
            Self::Number(number, epoch) if of_day && (1.0..LAST_SERIAL).contains(number) => day_or_number(*number, *epoch),
            Self::Number(number, _) => number_text(*number).into(),
            Self::Day(number, epoch) => day_or_number(*number, *epoch),
        }
    }
}

/// In the year 2447: what is larger was not meant as a day.
const LAST_SERIAL: f64 = 200_000.0;

/// The day of a serial number; the time of day is left out.
pub(super) fn day(serial: f64, epoch: Epoch) -> Option<NaiveDate> {
    if !(0.0..LAST_SERIAL).contains(&serial) {
        return None;
    }
    let whole = serial.trunc() as u64;
    let (first, days) = match (epoch, whole) {
        (Epoch::From1904, days) => (NaiveDate::from_ymd_opt(1904, 1, 1)?, days),
        (Epoch::From1900, 0 | 60) => return None,
        (Epoch::From1900, days @ 1..=59) => (NaiveDate::from_ymd_opt(1899, 12, 31)?, days),
        (Epoch::From1900, days) => (NaiveDate::from_ymd_opt(1899, 12, 30)?, days),
    };
    first.checked_add_days(Days::new(days))
}

/// A number as a person reads it in the cell. From sixteen digits on it is written the way spreadsheets do, `9.13101E+17`:
/// the last digits are not what was typed, and the form says so.
pub(super) fn number_text(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return "0".to_owned();
    }
    if number.abs() >= 1e15 {
        return format!("{number:.5e}").replace('e', "E+");
    }
    let scientific = format!("{:.14e}", number.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let text = match usize::try_from(exponent) {
        Ok(exponent) => format!("{}.{}", &digits[..=exponent], &digits[exponent + 1..]),
        Err(_) => format!("0.{}{digits}", "0".repeat(exponent.unsigned_abs() as usize - 1)),
    };
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if number < 0.0 { format!("-{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_in_both_systems() {
        let on = |serial, epoch| day(serial, epoch).map(|day| day.to_string());
        assert_eq!(on(46_086.0, Epoch::From1900).as_deref(), Some("2026-03-05"));
        assert_eq!(on(46_086.75, Epoch::From1900).as_deref(), Some("2026-03-05"), "the time of day is left out");
        assert_eq!(on(44_624.0, Epoch::From1904).as_deref(), Some("2026-03-05"));
        assert_eq!(on(1.0, Epoch::From1900).as_deref(), Some("1900-01-01"));
        assert_eq!(on(59.0, Epoch::From1900).as_deref(), Some("1900-02-28"));
        assert_eq!(on(61.0, Epoch::From1900).as_deref(), Some("1900-03-01"));
        assert_eq!(on(60.0, Epoch::From1900), None, "there was no 29 February 1900");
        assert_eq!(on(-1.0, Epoch::From1900), None);
    }

    #[test]
    fn numbers_are_written_as_people_read_them() {
        let cases = [
            (2025.0, "2025"),
            (1234.5, "1234.5"),
            (0.1 + 0.2, "0.3"),
            (-12.25, "-12.25"),
            (0.000_001, "0.000001"),
            (999_999_999_999_999.0, "999999999999999"),
            (100.0, "100"),
            (913_101_200_000_000_000.0, "9.13101E+17"),
            (0.0, "0"),
        ];
        for (number, text) in cases {
            assert_eq!(number_text(number), text);
        }
    }
}
