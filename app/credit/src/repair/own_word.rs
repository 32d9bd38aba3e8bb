//! What an enterprise enters of an application that it handed over by itself: the official number, what it was told there, and
//! the days on which that happened, from which terms are counted.

use chrono::NaiveDate;

use crate::date::{InvalidDate, parse_date};
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
    /// It is not said on which day it happened.
    DayMissing,
    /// What was typed is no date.
    DayUnreadable,
    /// There is no such day.
    NoSuchDay,
    /// It has not come yet.
    DayAhead {
        /// The day in Shanghai.
        today: NaiveDate,
    },
    /// The application had not been filed by then.
    DayBeforeFiling {
        /// When it was filed.
        filed_on: NaiveDate,
    },
    /// The step before it had not happened by then.
    DayBeforeLast {
        /// When that happened.
        last_on: NaiveDate,
    },
}

/// Between which days the next step can have happened, all in Shanghai.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayBounds {
    /// When the application was filed here.
    pub filed_on: NaiveDate,
    /// When the latest step happened, if one has.
    pub last_on: Option<NaiveDate>,
    /// Today.
    pub today: NaiveDate,
}

impl DayBounds {
    /// Whether a step can have happened on this day.
    ///
    /// # Errors
    /// [`OwnWordFault`]: it is to come, or lies before what came first.
    pub fn check(&self, day: NaiveDate) -> Result<(), OwnWordFault> {
        match self.last_on {
            _ if day > self.today => Err(OwnWordFault::DayAhead { today: self.today }),
            _ if day < self.filed_on => Err(OwnWordFault::DayBeforeFiling { filed_on: self.filed_on }),
            Some(last_on) if day < last_on => Err(OwnWordFault::DayBeforeLast { last_on }),
            _ => Ok(()),
        }
    }
}

/// The day on which it happened, as it was typed. It has to be named for every step: from each a term runs (to accept, to mend,
/// to decide, to contest the decision).
///
/// # Errors
/// [`OwnWordFault`]: nothing was typed, or no day.
pub fn day(typed: &str) -> Result<NaiveDate, OwnWordFault> {
    if normal_line(typed).is_empty() {
        return Err(OwnWordFault::DayMissing);
    }
    parse_date(typed).map_err(|invalid| match invalid {
        InvalidDate::Unreadable => OwnWordFault::DayUnreadable,
        InvalidDate::NoSuchDay => OwnWordFault::NoSuchDay,
    })
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

    /// What was told, and the words that were entered with it, if this happening is one that can be told: the way back from
    /// [`Told::happening`].
    pub fn of(happening: &Happening) -> Option<(Self, String)> {
        Some(match happening {
            Happening::ReviewBegan { handler } => (Self::Accepted, handler.clone()),
            Happening::Returned { note, .. } => (Self::Returned, note.clone()),
            Happening::Decided(Decision::Granted { note, .. }) => (Self::Granted, note.clone().unwrap_or_default()),
            Happening::Decided(Decision::Refused { reasons, .. }) => (Self::Refused, reasons.join("\n")),
            _ => return None,
        })
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
