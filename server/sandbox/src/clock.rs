//! The one place that reads the time.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike, Utc};

/// Now, to the millisecond, as the wire has it.
#[allow(clippy::disallowed_methods)]
pub(crate) fn now() -> DateTime<Utc> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let milliseconds = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
}

/// Seconds since 1970, as tokens and webhook headers count.
pub(crate) fn seconds() -> i64 {
    now().timestamp()
}

/// The moment in RFC 3339 with milliseconds and `Z`.
pub(crate) fn instant() -> String {
    written(now())
}

/// Today's date in Shanghai.
pub(crate) fn today() -> NaiveDate {
    in_shanghai(now()).date_naive()
}

/// A moment of the wire for a person's eye, in Shanghai's time; what cannot be read is shown as it is.
pub(crate) fn for_people(instant: &str) -> String {
    match DateTime::parse_from_rfc3339(instant) {
        Ok(at) => {
            let at = in_shanghai(at.with_timezone(&Utc));
            format!("{} {:02}:{:02}:{:02}", at.date_naive(), at.hour(), at.minute(), at.second())
        }
        Err(_) => instant.to_owned(),
    }
}

fn in_shanghai(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    let offset = FixedOffset::east_opt(8 * 3600).expect("eight hours are a valid offset");
    at.with_timezone(&offset)
}

fn written(at: DateTime<Utc>) -> String {
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        at.timestamp_subsec_millis()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_with_milliseconds_and_z() {
        let at = DateTime::from_timestamp_millis(1_780_000_000_007).unwrap();
        assert_eq!(written(at), "2026-05-28T20:26:40.007Z");
    }

    #[test]
    fn people_read_shanghai_time() {
        assert_eq!(for_people("2026-05-28T20:26:40.007Z"), "2026-05-29 04:26:40");
    }
}
