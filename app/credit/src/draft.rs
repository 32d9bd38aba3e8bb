//! What was typed, word for word, before anyone judges it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::form::{Field, Form};

/// The most bytes kept of one answer. Far above every field's own limit, so that an answer that is too long
/// is kept and can be mended (20,000 Chinese characters), and a flood is not.
pub const MOST_BYTES_KEPT: usize = 64 * 1024;

/// The answers to a form as typed, by field name; fields that were never answered are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Draft {
    typed: BTreeMap<String, String>,
}

impl Draft {
    /// Takes what a browser sent. Names the form does not declare are left out; of an answer beyond
    /// [`MOST_BYTES_KEPT`] the beginning is kept.
    pub fn typed<N: AsRef<str>, V: Into<String>>(form: &Form, answers: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut draft = Self::default();
        for (name, answer) in answers {
            if !form.asks(name.as_ref()) {
                continue;
            }
            let mut answer: String = answer.into();
            if answer.len() > MOST_BYTES_KEPT {
                let end = (0..=MOST_BYTES_KEPT).rev().find(|&at| answer.is_char_boundary(at)).unwrap_or(0);
                answer.truncate(end);
            }
            if !answer.is_empty() {
                draft.typed.insert(name.as_ref().to_owned(), answer);
            }
        }
        draft
    }

    /// With an answer that nobody typed in place of whatever was there.
    pub fn with(mut self, name: &str, answer: &str) -> Self {
        self.typed.insert(name.to_owned(), answer.to_owned());
        self
    }

    /// What was typed into this field; empty if nothing was.
    pub fn get(&self, field: &Field) -> &str {
        self.answer(field.name)
    }

    /// The answer of this name; empty if there is none.
    pub fn answer(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    /// Whether nothing at all was typed.
    pub fn is_blank(&self) -> bool {
        self.typed.is_empty()
    }

    /// The answers, by field name.
    pub fn answers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.typed.iter().map(|(name, answer)| (name.as_str(), answer.as_str()))
    }
}
