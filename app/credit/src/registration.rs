//! Voluntary registration (自愿注册): what an enterprise declares of itself, in its own words and at its own risk.
//!
//! Basis: 国办发〔2019〕35号 and the district's implementation plan of 18 September 2021, item 8. There is no national item
//! table; the items follow the 双公示 tables where those have them.

pub mod licence;

use chrono::NaiveDate;

use crate::attachment::Attachment;
use crate::draft::Draft;
use crate::form::FormKind;
use crate::problem::Problems;

/// The facts a draft is judged against, beside what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Facts {
    /// The draft's files.
    pub attachments: Vec<Attachment>,
}

/// What holds in a draft, field by field in normal form: what is reviewed, stored and sent.
pub type Content = std::collections::BTreeMap<String, String>;

/// Judges a draft of any form: its content in normal form, or every problem.
///
/// # Errors
/// All problems at once, in the order of the form.
pub fn parse(kind: FormKind, draft: &Draft, facts: &Facts, today: NaiveDate) -> Result<Content, Problems> {
    match kind {
        FormKind::Licence => licence::Licence::parse(draft, facts, today).map(|licence| licence.content()),
    }
}
