//! Looking an enterprise up by its name or its credit code, as people type them.

use std::collections::BTreeSet;

use crate::normal_text::normal_code;

/// The most characters that are looked for.
pub const MOST_CHARACTERS: usize = 100;

/// The fewest characters of a credit code by which one is looked for.
const FEWEST_OF_CODE: usize = 4;

/// What somebody looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The beginning of a credit code, upper case, if it can be one.
    pub code: Option<String>,
    /// The [`name_key`] of what was typed; not empty unless it can only be a code.
    pub name: String,
}

/// Why nothing can be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsearchable {
    /// No letter, digit or Chinese character was typed.
    Blank,
    /// More than [`MOST_CHARACTERS`].
    TooLong,
}

impl Lookup {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`Unsearchable`] when it holds nothing to look for, or too much.
    ///
    /// ```
    /// use credit::lookup::Lookup;
    /// let lookup = Lookup::parse("９１３１ 0120").expect("the beginning of a code");
    /// assert_eq!(lookup.code.as_deref(), Some("91310120"));
    /// ```
    pub fn parse(typed: &str) -> Result<Self, Unsearchable> {
        if typed.chars().count() > MOST_CHARACTERS {
            return Err(Unsearchable::TooLong);
        }
        let name = name_key(typed);
        if name.is_empty() {
            return Err(Unsearchable::Blank);
        }
        Ok(Self { code: code_prefix(typed), name })
    }
}

/// The beginning of a credit code (GB 32100-2015: department, category, six digits of the division, then the alphabet
/// without `I O S V Z`), if what was typed can be one.
fn code_prefix(typed: &str) -> Option<String> {
    let code: String = normal_code(typed).chars().filter(|c| !matches!(c, ' ' | '-')).map(|c| c.to_ascii_uppercase()).collect();
    let division = 2..8;
    let holds = |(at, c): (usize, char)| {
        let letter = c.is_ascii_uppercase() && !matches!(c, 'I' | 'O' | 'S' | 'V' | 'Z');
        c.is_ascii_digit() || letter && !division.contains(&at)
    };
    let fits = (FEWEST_OF_CODE..=crate::credit_code::LENGTH).contains(&code.len());
    (fits && code.chars().enumerate().all(holds)).then_some(code)
}

/// The normal form in which names are compared: half width, lower case, and only letters, digits and Chinese characters, so
/// that blanks, brackets and dots of every kind are forgiven.
///
/// ```
/// use credit::lookup::name_key;
/// assert_eq!(name_key("ＡＢＣ （上海）有限公司"), name_key("abc(上海) 有限公司"));
/// ```
pub fn name_key(name: &str) -> String {
    normal_code(name).chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// The pieces under which a name is entered in the index: each character of its key, and each two that stand side by side.
pub fn grams(key: &str) -> BTreeSet<String> {
    let chars: Vec<char> = key.chars().collect();
    chars.windows(1).chain(chars.windows(2)).map(|window| window.iter().collect()).collect()
}

/// The pieces of which every name that holds this key has all: its pairs, or the one character that it is.
pub fn grams_to_find(key: &str) -> BTreeSet<String> {
    let chars: Vec<char> = key.chars().collect();
    chars.windows(chars.len().clamp(1, 2)).map(|window| window.iter().collect()).collect()
}
