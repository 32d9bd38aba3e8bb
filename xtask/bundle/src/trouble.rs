//! What went wrong, in a sentence.

use std::fmt;

/// One sentence for the person at the terminal.
#[derive(Debug)]
pub struct Trouble(String);

/// The result of a step.
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
    /// `read(path).during("reading the style")` reads as a sentence when it fails.
    fn during(self, deed: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> While<T> for Result<T, E> {
    fn during(self, deed: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Trouble::new(format!("{deed}: {error}")))
    }
}
