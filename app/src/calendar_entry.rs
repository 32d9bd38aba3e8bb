//! An entry for a calendar (RFC 5545): one whole day, with an alarm in its morning.

use chrono::{NaiveDate, NaiveDateTime};

/// The most bytes of a line, without its end (RFC 5545, 3.1).
const MOST: usize = 75;

/// One entry.
pub struct CalendarEntry {
    /// Names the entry for good: the same one again replaces it.
    pub uid: String,
    /// When this version of it was made, in UTC.
    pub made_at: NaiveDateTime,
    /// The day.
    pub day: NaiveDate,
    /// What the calendar shows.
    pub summary: String,
    /// What it says when it is opened.
    pub description: String,
    /// Where to go on that day.
    pub address: String,
}

impl CalendarEntry {
    /// The file.
    pub fn write(&self) -> String {
        let next = self.day.succ_opt().unwrap_or(self.day);
        let (summary, description) = (escaped(&self.summary), escaped(&self.description));
        let lines = [
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//chengxin//credit repair//ZH".to_owned(),
            "CALSCALE:GREGORIAN".to_owned(),
            "METHOD:PUBLISH".to_owned(),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", self.uid),
            format!("DTSTAMP:{}", self.made_at.format("%Y%m%dT%H%M%SZ")),
            format!("DTSTART;VALUE=DATE:{}", self.day.format("%Y%m%d")),
            // The end is the first day that no longer belongs to it.
            format!("DTEND;VALUE=DATE:{}", next.format("%Y%m%d")),
            format!("SUMMARY:{summary}"),
            format!("DESCRIPTION:{description}"),
            format!("URL:{}", self.address),
            // The day stays free for other things.
            "TRANSP:TRANSPARENT".to_owned(),
            "CLASS:PRIVATE".to_owned(),
            "BEGIN:VALARM".to_owned(),
            "ACTION:DISPLAY".to_owned(),
            format!("DESCRIPTION:{summary}"),
            // At nine in the morning of that day, by the clock of whoever has it.
            "TRIGGER;RELATED=START:PT9H".to_owned(),
            "END:VALARM".to_owned(),
            "END:VEVENT".to_owned(),
            "END:VCALENDAR".to_owned(),
        ];
        lines.iter().map(|line| folded(line)).collect()
    }
}

/// Text as a value (RFC 5545, 3.3.11): what would end it or part it is escaped, and what no calendar can show is left out.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' => value.push_str("\\\\"),
            ';' => value.push_str("\\;"),
            ',' => value.push_str("\\,"),
            '\n' | '\r' => value.push_str("\\n"),
            c if c.is_control() => {}
            c => value.push(c),
        }
    }
    value
}

/// A line with its end, parted where it is longer than 75 bytes, never within a character.
fn folded(line: &str) -> String {
    let mut parts = String::with_capacity(line.len() + line.len() / MOST * 3 + 2);
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > MOST {
            parts.push_str("\r\n ");
            used = 1;
        }
        parts.push(c);
        used += c.len_utf8();
    }
    parts.push_str("\r\n");
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(summary: &str) -> String {
        let entry = CalendarEntry {
            uid: "record-FXR-0002@localhost".into(),
            made_at: "2026-11-24T01:02:03".parse().expect("an instant"),
            day: "2026-12-31".parse().expect("a day"),
            summary: summary.into(),
            description: "第一行\n第二行，含；与 ; , \\".into(),
            address: "http://localhost/records/FXR-0002".into(),
        };
        entry.write()
    }

    #[test]
    fn an_entry_is_one_whole_day_with_an_alarm() {
        let file = entry("可以申请信用修复");
        assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
        assert!(file.ends_with("END:VCALENDAR\r\n"));
        for line in [
            "UID:record-FXR-0002@localhost",
            "DTSTAMP:20261124T010203Z",
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "DESCRIPTION:第一行\\n第二行，含；与 \\; \\, \\\\",
            "TRIGGER;RELATED=START:PT9H",
        ] {
            assert!(file.contains(&format!("\r\n{line}\r\n")), "{line}: {file}");
        }
    }

    #[test]
    fn no_line_is_longer_than_75_bytes_and_no_character_is_parted() {
        let long = "沪奉环罚〔2026〕示例021号".repeat(20);
        let file = entry(&long);
        assert!(file.split("\r\n").all(|line| line.len() <= MOST), "{file}");
        assert!(!file.replace("\r\n", "").contains('\n'), "every end of a line is both characters");
        assert!(file.replace("\r\n ", "").contains(&format!("SUMMARY:{long}\r\n")), "unfolded it is what it was");
    }

    #[test]
    fn what_the_platform_writes_cannot_end_the_entry() {
        let file = entry("x\r\nEND:VEVENT\u{7}");
        assert!(file.contains("SUMMARY:x\\nEND:VEVENT\r\n"));
        assert_eq!(file.matches("\r\nEND:VEVENT\r\n").count(), 1);
    }
}
