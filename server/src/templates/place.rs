//! Where in a file something is wrong.

use std::fmt;

use toml::de::{DeTable, DeValue};

use super::File;

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong: a sentence without its full stop.
    pub what: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}.", self.file, self.line, self.what)
    }
}

impl Flaw {
    /// The file cannot be read as a template.
    pub(super) fn unread(file: &File, error: &toml::de::Error) -> Self {
        let at = error.span().map_or(0, |span| span.start);
        let what = error.message().trim_end_matches('.').replace('\n', " ");
        Self { file: file.name.clone(), line: line(&file.text, at), what }
    }

    /// Something is wrong at a place such as `text.2` or `blanks.0.name`. What is not there is looked for where it should be:
    /// in the nearest part that is there.
    pub(super) fn at(file: &File, place: &str, what: String) -> Self {
        let at = DeTable::parse(&file.text).ok().and_then(|table| start(table.get_ref(), place)).unwrap_or(0);
        Self { file: file.name.clone(), line: line(&file.text, at), what: format!("{place}: {what}") }
    }
}

fn start(table: &DeTable<'_>, place: &str) -> Option<usize> {
    let mut steps = place.split('.');
    let mut found = table.get(steps.next()?)?;
    for step in steps {
        let inner = match (found.get_ref(), step.parse::<usize>()) {
            (DeValue::Array(_), Ok(at)) => found.get_ref().get(at),
            (_, _) => found.get_ref().get(step),
        };
        match inner {
            Some(inner) => found = inner,
            None => break,
        }
    }
    Some(found.span().start)
}

fn line(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}
