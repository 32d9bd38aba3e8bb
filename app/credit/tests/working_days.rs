//! Periods: months by the Civil Code, working days by the State Council's calendars.

use chrono::{Datelike, Days, NaiveDate};
use credit::law::months::{first_day_after, last_day};
use credit::law::working_days::{CalendarFault, InvalidCalendar, NotCertain, WorkingDays};
use proptest::prelude::*;

/// What an independent library says of every day; its head says how it was made.
const ORACLE: &str = include_str!("fixtures/working_days.txt");

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day of the test")
}

#[test]
fn a_period_of_months_ends_on_the_same_day_or_with_the_month() {
    for (from, months, last) in [
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-08-31", 3, "2026-11-30"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-04-01", 3, "2026-07-01"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2026-01-31", 0, "2026-01-31"),
    ] {
        assert_eq!(last_day(day(from), months), day(last), "{from} and {months} months");
    }
    assert_eq!(first_day_after(day("2026-11-30"), 3), day("2027-03-01"));
    assert_eq!(first_day_after(day("2026-08-31"), 3), day("2026-12-01"));
}

#[test]
fn the_worked_examples_end_on_their_days() {
    let days = WorkingDays::built_in();
    for (from, count, last) in [
        ("2026-09-18", 3, "2026-09-22"),
        ("2026-09-24", 7, "2026-10-12"),
        ("2026-02-13", 3, "2026-02-25"),
        ("2026-02-13", 10, "2026-03-05"),
        ("2025-09-26", 3, "2025-09-30"),
        ("2026-11-20", 10, "2026-12-04"),
    ] {
        assert_eq!(days.after(day(from), count), Ok(day(last)), "{from} and {count} working days");
    }
}

#[test]
fn a_count_that_runs_into_a_year_without_a_calendar_is_not_certain() {
    let days = WorkingDays::built_in();
    assert_eq!(days.after(day("2026-12-25"), 7), Err(NotCertain { year: 2027 }));
    assert_eq!(days.after(day("2026-12-17"), 10), Ok(day("2026-12-31")));
    assert_eq!(days.after(day("2026-12-18"), 10), Err(NotCertain { year: 2027 }));
    assert_eq!(days.is_working_day(day("2023-06-01")), Err(NotCertain { year: 2023 }));
    assert_eq!(days.notice(2027), None);
    assert!(days.notice(2026).is_some_and(|notice| notice.contains("国办发明电〔2025〕7号")));
    assert_eq!(days.years().collect::<Vec<_>>(), [2024, 2025, 2026]);
}

#[test]
fn an_independent_library_agrees_about_every_day_of_the_covered_years() {
    let days = WorkingDays::built_in();
    let mut looked_at = 0;
    for line in ORACLE.lines().filter(|line| !line.starts_with('#')) {
        let (year, marks) = line.split_once(' ').expect("a year and its days");
        let first = NaiveDate::from_ymd_opt(year.parse().expect("a year"), 1, 1).expect("it has a first day");
        for (date, mark) in first.iter_days().zip(marks.chars()) {
            assert_eq!(days.is_working_day(date), Ok(mark == '#'), "{date}");
            looked_at += 1;
        }
    }
    assert_eq!(looked_at, 366 + 365 + 365);
}

#[test]
fn a_file_adds_a_year_and_takes_the_place_of_one() {
    let days = WorkingDays::built_in();
    let file = "year 2027 a notice (made up)\noff 2027-01-01 2027-01-03\nwork 2026-12-27\noff 2026-12-31\n";
    let with = days.clone().replaced_by(WorkingDays::read(file).expect("it can be read"));
    assert_eq!(with.after(day("2026-12-25"), 7), Ok(day("2027-01-06")), "27 works, 31 and 1 to 3 are off");
    assert_eq!(with.notice(2027), Some("a notice (made up)"));
    assert_eq!(with.notice(2026), days.notice(2026), "the others stay");
    let other = WorkingDays::read("year 2026 corrected\noff 2026-11-20\n").expect("it can be read");
    assert_eq!(days.replaced_by(other).is_working_day(day("2026-10-01")), Ok(true), "a year is replaced whole");
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_line() {
    for (file, line, why) in [
        ("off 2026-01-01", 1, CalendarFault::NoYear),
        ("year 2026", 1, CalendarFault::Unreadable),
        ("year MMXXVI notice", 1, CalendarFault::NoSuchDay),
        ("year -2147483648 notice\noff 2026-01-01", 1, CalendarFault::NoSuchDay),
        ("# words\nyear 2026 notice\n\nholiday 2026-01-01", 4, CalendarFault::Unreadable),
        ("year 2026 notice\noff 2026-02-30", 2, CalendarFault::NoSuchDay),
        ("year 2026 notice\noff 2026-02-10 2026-02-01", 2, CalendarFault::EndBeforeBeginning),
        ("year 2026 notice\noff 2027-01-01", 2, CalendarFault::OtherYear),
        ("year 2026 notice\noff 2025-11-30", 2, CalendarFault::OtherYear),
        ("year 2026 notice\nwork 2026-01-05", 2, CalendarFault::NoWeekend),
        ("year 2026 notice\noff 2026-01-01 2026-01-04\nwork 2026-01-04", 3, CalendarFault::DayTwice),
        ("year 2026 notice\nyear 2026 notice", 2, CalendarFault::YearTwice),
        ("year 2026 notice\noff 2026-01-01 2026-01-02 2026-01-03", 2, CalendarFault::Unreadable),
    ] {
        let wrong = WorkingDays::read(file).expect_err("it is wrong");
        assert_eq!(wrong, InvalidCalendar { line, why }, "{file}");
        assert!(wrong.to_string().starts_with(&format!("line {line}: ")), "{wrong}");
    }
}

proptest! {
    #[test]
    fn one_more_working_day_is_the_next_working_day(offset in 0..900_u64, count in 0..40_u16) {
        let days = WorkingDays::built_in();
        let from = day("2024-01-01") + Days::new(offset);
        let last = days.after(from, count).expect("far from the end");
        let after = days.after(from, count + 1).expect("far from the end");
        prop_assert!(after > last);
        prop_assert_eq!(days.is_working_day(after), Ok(true));
        prop_assert!(last.iter_days().skip(1).take_while(|day| *day < after).all(|day| days.is_working_day(day) == Ok(false)));
    }

    #[test]
    fn months_never_end_in_the_wrong_month(offset in 0..20_000_i32, months in 0..60_u16) {
        let from = NaiveDate::from_num_days_from_ce_opt(730_000 + offset).expect("a day");
        let last = last_day(from, months);
        prop_assert_eq!((last.year() * 12 + last.month0() as i32) - (from.year() * 12 + from.month0() as i32), i32::from(months));
        prop_assert!(last.day() == from.day() || (last.day() < from.day() && first_day_after(from, months).day() == 1));
    }
}
