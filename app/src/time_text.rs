//! Instants as people read them: the clock on the wall in Shanghai (UTC+8 all year since 1992).

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};
use credit::filing::Instant;

const SHANGHAI_MS: i64 = 8 * 60 * 60 * 1000;

fn wall(at: Instant) -> NaiveDateTime {
    DateTime::from_timestamp_millis(at + SHANGHAI_MS).unwrap_or_default().naive_utc()
}

/// `2026-11-23 09:15`.
pub fn minute(at: Instant) -> String {
    let wall = wall(at);
    format!("{:04}-{:02}-{:02} {:02}:{:02}", wall.year(), wall.month(), wall.day(), wall.hour(), wall.minute())
}

/// `2026-11-23 09:15:07`.
pub fn second(at: Instant) -> String {
    format!("{}:{:02}", minute(at), wall(at).second())
}

/// `2026-11-23`.
pub fn day(at: Instant) -> String {
    date(at).to_string()
}

/// The day in Shanghai, by which terms are counted.
pub fn date(at: Instant) -> NaiveDate {
    wall(at).date()
}

/// The machine-readable form for `<time datetime>`: `2026-11-23T09:15:07+08:00`.
pub fn machine(at: Instant) -> String {
    let wall = wall(at);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+08:00",
        wall.year(),
        wall.month(),
        wall.day(),
        wall.hour(),
        wall.minute(),
        wall.second()
    )
}

/// `09:15`.
pub fn hour_minute(at: Instant) -> String {
    let wall = wall(at);
    format!("{:02}:{:02}", wall.hour(), wall.minute())
}
