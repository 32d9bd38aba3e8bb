//! What went wrong, in a sentence for the person at the terminal.

use std::fmt;

/// One sentence (or a few lines) saying what went wrong and what to do.
#[derive(Debug)]
pub struct Trouble(String);

/// The result of a task.
pub type Outcome<T = ()> = Result<T, Trouble>;

impl Trouble {
    /// Says what went wrong.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Trouble {}

/// Says what was being done when an error came up.
pub trait While<T> {
    /// `opening(path).during("opening the settings")` reads as a sentence when it fails.
    fn during(self, deed: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> While<T> for Result<T, E> {
    fn during(self, deed: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Trouble::new(format!("{deed}: {error}")))
    }
}
