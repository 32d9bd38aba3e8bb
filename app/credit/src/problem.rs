//! What is wrong with a draft, at which field. The words are made elsewhere, from these.

use chrono::NaiveDate;

use crate::amount::InvalidAmount;
use crate::attachment::FileRefusal;
use crate::credit_code::{CreditCode, InvalidCreditCode};
use crate::form::{Field, Phrase};

/// What is wrong with one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was answered where an answer is needed.
    Missing,
    /// None of several answers was chosen.
    NotChosen,
    /// More characters than the field takes.
    TooLong {
        /// The field's limit.
        most: u16,
        /// How many there are.
        found: usize,
    },
    /// It cannot be read as a date.
    UnreadableDate,
    /// There is no such day.
    NoSuchDay,
    /// The day is after today, where only past days make sense.
    InFuture {
        /// Today, in Shanghai.
        today: NaiveDate,
    },
    /// The day is before today, where only days to come make sense.
    InPast {
        /// Today, in Shanghai.
        today: NaiveDate,
    },
    /// It holds a script that is written from right to left, where the order of what is shown must be certain.
    RightToLeft,
    /// It holds a control character, which no keyboard types and no screen shows.
    ControlCharacter {
        /// Its place, from 1.
        at: usize,
    },
    /// The day is before the day in another field.
    Before {
        /// The other field's label.
        other: Phrase,
        /// The day there.
        day: NaiveDate,
    },
    /// Neither an end date nor "no end" was given.
    NoEnd,
    /// An end date *and* "no end" were given.
    TwoEnds,
    /// Not a year within these.
    Year {
        /// The first.
        first: i32,
        /// The last: this year, in Shanghai.
        last: i32,
    },
    /// Not a number or an amount of money.
    Amount(InvalidAmount),
    /// A whole number that is smaller than it must be.
    TooFew {
        /// The smallest.
        least: u64,
        /// What is counted.
        unit: Phrase,
    },
    /// A spreadsheet's `9.13101E+17`: digits have been lost.
    Exponent,
    /// Neither party of the contract is the enterprise that files.
    NotAParty {
        /// The enterprise's code.
        own: CreditCode,
    },
    /// Both parties of the contract are the same.
    SameParty,
    /// Not a credit code.
    CreditCode(InvalidCreditCode),
    /// Not an address on the web.
    WebAddress,
    /// No file is attached where one is needed.
    NoFile,
    /// A file was chosen that could not be kept.
    FileRefused {
        /// The file's name.
        name: String,
        /// Why.
        why: FileRefusal,
    },
}

/// One fault at one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field.
    pub field: &'static Field,
    /// What is wrong there.
    pub fault: Fault,
}

/// All problems of a draft, in the order of its fields.
pub type Problems = Vec<Problem>;
