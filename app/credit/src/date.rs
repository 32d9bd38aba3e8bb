//! Reading dates the way people write them.

use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::normal_text::normal_code;

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidDate {
    /// Not three numbers that could be year, month and day.
    Unreadable,
    /// Three numbers, but there is no such day (30 February, month 13, a year outside 1900 to 2199).
    NoSuchDay,
}

/// Reads `2026-03-05`, `2026/3/5`, `2026.3.5`, `2026年3月5日`, `20260305`, in any width.
///
/// # Errors
/// [`InvalidDate`]: whether it could not be read at all or names a day that does not exist.
///
/// ```
/// use credit::date::{parse_date, InvalidDate};
/// assert_eq!(parse_date("２０２６年３月５日"), parse_date("2026-03-05"));
/// assert_eq!(parse_date("2026-02-30"), Err(InvalidDate::NoSuchDay));
/// ```
pub fn parse_date(typed: &str) -> Result<NaiveDate, InvalidDate> {
    let text = normal_code(typed);
    let compact: String = text.chars().filter(|c| *c != ' ').collect();
    let digits_only = compact.len() == 8 && compact.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = if digits_only {
        vec![&compact[..4], &compact[4..6], &compact[6..]]
    } else {
        compact.trim_end_matches(['日', '号']).split(['-', '/', '.', '年', '月', '。', '、']).collect()
    };
    let [year, month, day] = parts[..] else { return Err(InvalidDate::Unreadable) };
    let number = |part: &str, longest: usize| -> Result<u32, InvalidDate> {
        let readable = !part.is_empty() && part.len() <= longest && part.bytes().all(|b| b.is_ascii_digit());
        if readable { part.parse().map_err(|_| InvalidDate::Unreadable) } else { Err(InvalidDate::Unreadable) }
    };
    if year.len() != 4 {
        return Err(InvalidDate::Unreadable);
    }
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    if !(1900..=2199).contains(&year) {
        return Err(InvalidDate::NoSuchDay);
    }
    NaiveDate::from_ymd_opt(year as i32, month, day).ok_or(InvalidDate::NoSuchDay)
}

/// Reads `2026-03-05`, as programs write it, and nothing else. (The browser's modules carry no larger reader for it.)
pub fn read_day(text: &str) -> Option<NaiveDate> {
    let [year, month, day] = numbers(text, '-', [4, 2, 2])?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// Reads `09:15:07`, and nothing else.
pub fn read_time(text: &str) -> Option<NaiveTime> {
    let [hour, minute, second] = numbers(text, ':', [2, 2, 2])?;
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// Numbers of so many digits each, with a sign between them.
fn numbers(text: &str, between: char, digits: [usize; 3]) -> Option<[u32; 3]> {
    let mut parts = text.split(between);
    let mut read = [0; 3];
    for (number, digits) in read.iter_mut().zip(digits) {
        let part = parts.next().filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        *number = part.bytes().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    }
    parts.next().is_none().then_some(read)
}

/// A day as it stands in a Chinese letter: `2026年3月5日`.
pub fn in_words(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}
