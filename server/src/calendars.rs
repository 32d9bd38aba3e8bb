//! Calendars of working days: the built-in ones, and those of a file that is read again when it changes.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use credit::law::working_days::WorkingDays;

/// Calendars that a file can replace while the portal runs.
pub struct Calendars {
    file: Option<PathBuf>,
    read: Mutex<Option<Read>>,
}

/// What the file said, and how old it was then.
struct Read {
    changed_at: SystemTime,
    days: WorkingDays,
}

impl Calendars {
    /// The built-in ones with those of this file.
    pub fn of(file: Option<PathBuf>) -> Self {
        Self { file, read: Mutex::new(None) }
    }

    /// The calendars as they are now. A file that has become unreadable changes nothing, and is told.
    pub fn now(&self) -> WorkingDays {
        let Some(file) = &self.file else { return WorkingDays::built_in() };
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let changed_at = std::fs::metadata(file).and_then(|data| data.modified()).ok();
        let is_current = read.as_ref().is_some_and(|read| Some(read.changed_at) == changed_at);
        if !is_current {
            let new = std::fs::read_to_string(file).map_err(|error| error.to_string());
            let new = new.and_then(|text| WorkingDays::read(&text).map_err(|error| error.to_string()));
            match (new, changed_at) {
                (Ok(days), Some(changed_at)) => *read = Some(Read { changed_at, days: WorkingDays::built_in().replaced_by(days) }),
                (Ok(_), None) => {}
                (Err(problem), _) => tracing::error!(problem, "calendars.not_read"),
            }
        }
        read.as_ref().map_or_else(WorkingDays::built_in, |read| read.days.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_calendar_can_be_replaced_while_the_portal_runs_and_a_broken_file_changes_nothing() {
        let path = std::env::temp_dir().join(format!("chengxin-calendars-{}", crate::token::fresh_token()));
        let write = |text: &str, later: u64| {
            let file = std::fs::File::create(&path).expect("a temporary file can be made");
            std::io::Write::write_all(&mut &file, text.as_bytes()).expect("it can be written");
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(later)).expect("its time can be set");
        };
        let day = |text: &str| text.parse().expect("a day");
        let calendars = Calendars::of(Some(path.clone()));
        write("year 2026 示例通知\noff 2026-01-01\n", 1_000);
        assert!(calendars.now().is_working_day(day("2027-01-04")).is_err());
        write("year 2027 示例通知\noff 2027-01-01\n", 2_000);
        assert_eq!(calendars.now().is_working_day(day("2027-01-04")), Ok(true));
        assert_eq!(calendars.now().is_working_day(day("2027-01-01")), Ok(false));
        write("year 2027", 3_000);
        assert_eq!(calendars.now().is_working_day(day("2027-01-04")), Ok(true), "what was read before stays");
        std::fs::remove_file(path).expect("the temporary file goes");
    }
}
