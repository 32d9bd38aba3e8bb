//! One line of the table.

use std::fmt;
use std::time::Duration;

use crate::people::Windows;

/// What one run came to.
pub struct Figures<'a> {
    /// What ran.
    pub name: &'a str,
    /// What people were answered.
    pub windows: &'a Windows,
    /// How long they filed.
    pub filing: Duration,
    /// How many had arrived at the platform, and after how long, counted from the first request.
    pub forwarded: Option<(usize, Duration)>,
    /// The most memory that the nodes ever held together, and by how much the store grew with each filing, in bytes.
    pub store: Option<(u64, u64)>,
}

impl Figures<'_> {
    /// What stands above the lines.
    pub const HEAD: &'static str = "| | accepted/s | accepting p50 | p99 | keeping p50 | p99 | review p50 | p99 | forwarded/s | memory | a filing |\n\
                            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |";
}

impl fmt::Display for Figures<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let windows = self.windows;
        write!(f, "| {} | {:.0}", self.name, windows.filed.len() as f64 / self.filing.as_secs_f64())?;
        for times in [&windows.accepting, &windows.keeping, &windows.reading] {
            write!(f, " | {:.1} ms | {:.1} ms", at(times, 0.5), at(times, 0.99))?;
        }
        match self.forwarded {
            Some((count, took)) => write!(f, " | {:.0}", count as f64 / took.as_secs_f64())?,
            None => write!(f, " | –")?,
        }
        match self.store {
            Some((memory, each)) => write!(f, " | {} MB | {:.1} kB |", memory / 1_000_000, each as f64 / 1000.0),
            None => write!(f, " | – | – |"),
        }
    }
}

/// The time, in milliseconds, that this part of them did not take longer than.
pub fn at(times: &[Duration], part: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort();
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * part).round() as usize).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
}
