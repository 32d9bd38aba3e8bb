//! What an enterprise enters of an application that it handed over by itself: the official number, and what it was told there.

use crate::filing::{Decision, Happening, Verification};
use crate::normal_text::{is_right_to_left, normal_line, normal_paragraph};

/// Most characters of a handling number (办件编号).
pub const MOST_NUMBER: usize = 60;
/// Most characters of what was said.
pub const MOST_WORDS: usize = 500;

/// What is wrong with what was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnWordFault {
    /// No number.
    NumberMissing,
    /// A number of more than [`MOST_NUMBER`] characters.
    NumberTooLong,
    /// No number is written from right to left.
    NumberNotPlain,
    /// It was not chosen what was told.
    AnswerMissing,
    /// What is to be mended, or why it was refused, is not said.
    WordsMissing,
    /// More than [`MOST_WORDS`] characters.
    WordsTooLong,
}

/// What the official entrance told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// 已受理.
    Accepted,
    /// 退回补正.
    Returned,
    /// 准予修复, or 异议成立.
    Granted,
    /// 不予受理, 不予修复, or 异议不成立.
    Refused,
}

impl Told {
    /// Every answer, in the order of the steps.
    pub const ALL: [Self; 4] = [Self::Accepted, Self::Returned, Self::Granted, Self::Refused];

    /// Its name in HTML.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Returned => "returned",
            Self::Granted => "granted",
            Self::Refused => "refused",
        }
    }

    /// The answer of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|told| told.name() == name)
    }

    /// What happened by it. `words`: what was said with it; to an acceptance, who accepted it, otherwise the record's
    /// `authority`.
    ///
    /// # Errors
    /// [`OwnWordFault`]: a refusal and what is to be mended need words.
    pub fn happening(self, words: &str, authority: &str) -> Result<Happening, OwnWordFault> {
        let words = normal_paragraph(words);
        if words.chars().count() > MOST_WORDS {
            return Err(OwnWordFault::WordsTooLong);
        }
        if words.is_empty() && matches!(self, Self::Returned | Self::Refused) {
            return Err(OwnWordFault::WordsMissing);
        }
        let said = (!words.is_empty()).then(|| words.clone());
        Ok(match self {
            Self::Accepted => {
                let handler = said.map_or_else(|| authority.to_owned(), |words| normal_line(&words.replace('\n', " ")));
                Happening::ReviewBegan { handler }
            }
            Self::Returned => Happening::Returned { comments: Vec::new(), note: words },
            Self::Granted => Happening::Decided(Decision::Granted { verification: Verification::Verified, note: said }),
            Self::Refused => {
                let reasons = words.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
                Happening::Decided(Decision::Refused { reasons, comments: Vec::new() })
            }
        })
    }
}

/// 办件编号 in normal form. It has no pattern: every official entrance numbers in its own way.
///
/// # Errors
/// [`OwnWordFault`].
pub fn handling_number(typed: &str) -> Result<String, OwnWordFault> {
    let number = normal_line(typed);
    match number.chars().count() {
        0 => Err(OwnWordFault::NumberMissing),
        count if count > MOST_NUMBER => Err(OwnWordFault::NumberTooLong),
        _ if number.contains(is_right_to_left) => Err(OwnWordFault::NumberNotPlain),
        _ => Ok(number),
    }
}
