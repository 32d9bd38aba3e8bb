//! Voluntary registration (自愿注册): what an enterprise declares of itself, in its own words and at its own risk.
//!
//! Basis: 国办发〔2019〕35号 and the district's implementation plan of 18 September 2021, item 8. There is no national item
//! table; the items follow the 双公示 tables where those have them, and the table of contracts of city platforms.

pub mod contract;
pub mod licence;
pub mod operations;
pub mod public_good;
mod validity;

use chrono::NaiveDate;

use crate::attachment::Attachment;
use crate::credit_code::CreditCode;
use crate::draft::Draft;
use crate::form::{Form, FormKind};
use crate::problem::Problems;
use crate::reading::Reading;

pub use validity::{Terms, last_day};

/// The facts a draft is judged against, beside what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Facts {
    /// The draft's files.
    pub attachments: Vec<Attachment>,
    /// The enterprise that files; from sign-in, never typed.
    pub enterprise: Option<CreditCode>,
}

/// What holds in a draft, answer by answer in normal form: what is reviewed, stored, sent and, as far as the enterprise
/// wants it, published.
pub type Content = std::collections::BTreeMap<String, String>;

/// Judges a draft of any form: its content in normal form, or every problem. `today` is the day in Shanghai.
///
/// # Errors
/// All problems at once, in the order of the form.
pub fn parse(kind: FormKind, draft: &Draft, facts: &Facts, today: NaiveDate) -> Result<Content, Problems> {
    parse_form(kind.form(), draft, facts, today)
}

/// As [`parse`], of a form that is not known by its kind: that of a template of commitments.
///
/// # Errors
/// All problems at once, in the order of the form.
pub fn parse_form(form: &'static Form, draft: &Draft, facts: &Facts, today: NaiveDate) -> Result<Content, Problems> {
    match read_form(form, draft, facts, today) {
        (content, problems) if problems.is_empty() => Ok(content),
        (_, problems) => Err(problems),
    }
}

/// What holds in a draft so far, and every problem in the order of the form: for what is shown while it is filled in.
pub fn read(kind: FormKind, draft: &Draft, facts: &Facts, today: NaiveDate) -> (Content, Problems) {
    read_form(kind.form(), draft, facts, today)
}

/// As [`read`], of a form that is not known by its kind.
pub fn read_form(form: &'static Form, draft: &Draft, facts: &Facts, today: NaiveDate) -> (Content, Problems) {
    let mut reading = Reading::of(form, draft, &facts.attachments, today);
    (form.rules)(&mut reading, facts, today);
    reading.into_parts()
}
