//! Progress lines: what is happening, and how long it took.

use std::fmt::Display;
use std::io::Write;
use std::time::{Duration, Instant};

use crate::trouble::Outcome;

/// Does something silent: `· building the server (release) … 42 s`.
pub fn step<T>(what: impl Display, deed: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    print!("· {what} … ");
    // A progress line that cannot be shown is no reason to stop.
    let _ = std::io::stdout().flush();
    let started = Instant::now();
    let outcome = deed();
    match &outcome {
        Ok(_) => println!("{}", spoken(started.elapsed())),
        Err(_) => println!("failed after {}", spoken(started.elapsed())),
    }
    outcome
}

/// Does something that prints lines of its own.
pub fn loud_step<T>(what: impl Display, deed: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("· {what} …");
    let started = Instant::now();
    let outcome = deed();
    let end = if outcome.is_ok() { "" } else { "failed after " };
    println!("· {what}: {end}{}", spoken(started.elapsed()));
    outcome
}

/// `0.4 s`, `42 s`, `3 min 07 s`.
pub fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    if time < Duration::from_secs(10) {
        format!("{:.1} s", time.as_secs_f64())
    } else if seconds < 60 {
        format!("{seconds} s")
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// What each part of a longer task came to, for the end.
#[derive(Default)]
pub struct Summary {
    parts: Vec<(String, Duration, Option<String>)>,
}

impl Summary {
    /// Does one part; a failure is noted and the next part goes on.
    pub fn part(&mut self, name: &str, deed: impl FnOnce() -> Outcome) {
        let started = Instant::now();
        let trouble = deed().err().map(|trouble| trouble.to_string());
        if let Some(trouble) = &trouble {
            eprintln!("✗ {trouble}");
        }
        self.parts.push((name.to_owned(), started.elapsed(), trouble));
    }

    /// Prints one line a part, and fails if any part did.
    pub fn end(self) -> Outcome {
        println!();
        let failed = self.parts.iter().filter(|part| part.2.is_some()).count();
        for (name, time, trouble) in &self.parts {
            let mark = if trouble.is_none() { "✓" } else { "✗" };
            println!("{mark} {name}: {}", spoken(*time));
        }
        match failed {
            0 => Ok(()),
            1 => Err(crate::Trouble::new("one part failed (above)")),
            n => Err(crate::Trouble::new(format!("{n} parts failed (above)"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_spoken_as_a_person_would() {
        assert_eq!(spoken(Duration::from_millis(430)), "0.4 s");
        assert_eq!(spoken(Duration::from_secs(42)), "42 s");
        assert_eq!(spoken(Duration::from_secs(187)), "3 min 07 s");
    }

    #[test]
    fn one_failed_part_fails_the_whole_but_the_others_still_run() {
        let mut ran = 0;
        let mut summary = Summary::default();
        summary.part("first", || Err(crate::Trouble::new("no")));
        summary.part("second", || {
            ran += 1;
            Ok(())
        });
        assert_eq!(ran, 1);
        assert!(summary.end().is_err());
    }
}
