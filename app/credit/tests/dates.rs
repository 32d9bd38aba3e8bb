//! Dates as people write them.

use chrono::{Datelike, NaiveDate, NaiveTime};
use credit::date::{InvalidDate, parse_date, read_day, read_time};
use proptest::prelude::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the test")
}

#[test]
fn every_usual_way_of_writing_a_day_is_read() {
    let ways = [
        "2026-03-05",
        "2026-3-5",
        "2026/03/05",
        "2026/3/5",
        "2026.3.5",
        "2026年3月5日",
        "2026年03月05号",
        "20260305",
        "２０２６－０３－０５",
        "２０２６年３月５日",
        " 2026-03-05\u{200B}",
        "2026 - 03 - 05",
        "2026。3。5",
    ];
    for way in ways {
        assert_eq!(parse_date(way), Ok(day(2026, 3, 5)), "{way}");
    }
}

#[test]
fn a_day_that_does_not_exist_is_told_from_what_is_no_day_at_all() {
    for none in ["2026-02-30", "2026-13-01", "2026-00-10", "2025-02-29", "1800-01-01", "2026-04-31", "2200-01-01"] {
        assert_eq!(parse_date(none), Err(InvalidDate::NoSuchDay), "{none}");
    }
    for unreadable in ["", "明天", "2026", "2026-03", "26-03-05", "2026-03-05-01", "2026-3-5x", "3/5/2026", "-1-1-1", "2026-003-05"]
    {
        assert_eq!(parse_date(unreadable), Err(InvalidDate::Unreadable), "{unreadable}");
    }
    assert_eq!(parse_date("2024-02-29"), Ok(day(2024, 2, 29)));
}

proptest! {
    #[test]
    fn a_day_written_down_is_read_again(days in 0..100_000_i32) {
        let date = day(1900, 1, 1) + chrono::Days::new(u64::try_from(days).expect("not negative"));
        prop_assert_eq!(parse_date(&date.to_string()), Ok(date));
        prop_assert_eq!(parse_date(&format!("{}年{}月{}日", date.year(), date.month(), date.day())), Ok(date));
    }

    #[test]
    fn whatever_is_typed_gives_an_answer_within_the_years_that_count(typed in ".{0,30}") {
        if let Ok(date) = parse_date(&typed) {
            prop_assert!((1900..=2199).contains(&date.year()));
        }
    }
}

#[test]
fn what_programs_write_is_read_in_one_spelling() {
    let day = day(2026, 3, 5);
    assert_eq!(read_day("2026-03-05"), Some(day));
    assert_eq!(read_time("09:15:07"), NaiveTime::from_hms_opt(9, 15, 7));
    for text in ["2026-3-5", "2026-02-30", "+026-03-05", "2026-03-05-", "2026-03", "２０２６-03-05", "2026/03/05", ""] {
        assert_eq!(read_day(text), None, "{text}");
    }
    for text in ["9:15:07", "24:00:00", "09:60:00", "09:15", "09:15:07.5", "09-15-07", ""] {
        assert_eq!(read_time(text), None, "{text}");
    }
}
