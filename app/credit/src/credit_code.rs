//! The unified social credit code (统一社会信用代码), GB 32100-2015 with Amendment 1.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::normal_text::normal_code;

/// The 31 characters a code is written in: no `I`, `O`, `S`, `V`, `Z` (GB 32100-2015, 4.2).
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// How many characters a code has.
pub const LENGTH: usize = 18;

/// A code whose form and check character hold.
///
/// The check character may be any of the 31. The division in it is that of the *first* registration, so it
/// says nothing about where the enterprise is now.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode(String);

/// Why something is not a credit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidCreditCode {
    /// Not 18 characters; this many were given.
    Length(usize),
    /// A character outside the alphabet, at this place (from 1). `I` `O` `S` `V` `Z` are never used.
    Character {
        /// The place, counted from 1.
        place: usize,
        /// What stands there.
        found: char,
    },
    /// The check character does not match the other 17: a slip of typing.
    Check,
}

impl CreditCode {
    /// Reads a code as typed: width, case, blanks and hyphens are forgiven.
    ///
    /// # Errors
    /// [`InvalidCreditCode`], naming the first thing that is wrong.
    ///
    /// ```
    /// use credit::credit_code::CreditCode;
    /// let code = CreditCode::parse("９１３１０１２０ fxxy000194").expect("the worked example of the standard's rule");
    /// assert_eq!(code.as_str(), "91310120FXXY000194");
    /// ```
    pub fn parse(typed: &str) -> Result<Self, InvalidCreditCode> {
        let text: String = normal_code(typed).chars().filter(|c| !matches!(c, ' ' | '-')).map(|c| c.to_ascii_uppercase()).collect();
        let count = text.chars().count();
        if count != LENGTH {
            return Err(InvalidCreditCode::Length(count));
        }
        let division = 2..8;
        for (at, found) in text.chars().enumerate() {
            let allowed = if division.contains(&at) { found.is_ascii_digit() } else { value_of(found).is_some() };
            if !allowed {
                return Err(InvalidCreditCode::Character { place: at + 1, found });
            }
        }
        if check_character(&text) == text.chars().last() { Ok(Self(text)) } else { Err(InvalidCreditCode::Check) }
    }

    /// The 18 characters, upper case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn value_of(c: char) -> Option<usize> {
    ALPHABET.iter().position(|&a| char::from(a) == c)
}

/// GB 32100-2015, 5: weights 3^i mod 31 over the first 17 characters; check = (31 − Σ mod 31) mod 31.
fn check_character(text: &str) -> Option<char> {
    let mut weight = 1;
    let mut sum = 0;
    for c in text.chars().take(LENGTH - 1) {
        sum += value_of(c)? * weight;
        weight = weight * 3 % 31;
    }
    Some(char::from(ALPHABET[(31 - sum % 31) % 31]))
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for CreditCode {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).map_err(|wrong| format!("not a credit code: {wrong:?}"))
    }
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> Self {
        code.0
    }
}
