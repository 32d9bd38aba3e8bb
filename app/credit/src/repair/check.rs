//! The check before an application is submitted: all faults at once, those of the form, of the record and of the letter.

use chrono::NaiveDate;

use super::{DOCUMENT_NUMBER, FORM, RECORD};
use crate::attachment::Attachment;
use crate::draft::Draft;
use crate::law::eligibility::{Circumstances, Eligible, Ineligible, eligibility};
use crate::problem::Problem;
use crate::record::{DishonestyRecord, document_key};
use crate::registration::{Content, Facts, read_form};

/// What an application is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The record, as the platform gives it now.
    pub record: &'a DishonestyRecord,
    /// What bears on it besides.
    pub circumstances: &'a Circumstances,
    /// The commitment (信用修复承诺书), if there is one.
    pub letter: Option<Letter<'a>>,
    /// The draft's files.
    pub attachments: &'a [Attachment],
}

/// The commitment that belongs to an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter<'a> {
    /// The number of the decision that it names.
    pub document_number: &'a str,
    /// Whether it was signed.
    pub is_signed: bool,
}

/// What is wrong with an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RepairFault {
    /// A repair of this record cannot be applied for today.
    Ineligible(Ineligible),
    /// The draft is about another record than this one.
    OtherRecord {
        /// What it says.
        says: String,
    },
    /// There is no commitment.
    LetterMissing,
    /// The commitment is not signed.
    LetterUnsigned,
    /// The commitment names the decision of another record. One letter is for one penalty.
    LetterOfOther {
        /// What it says.
        says: String,
    },
    /// An answer is missing or wrong; proof that is not there is told at its field.
    Form(Problem),
}

/// An application that holds. Only [`check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairApplication {
    eligible: Eligible,
    content: Content,
}

impl RepairApplication {
    /// That the repair may be applied for.
    pub fn eligible(&self) -> &Eligible {
        &self.eligible
    }

    /// The answers in normal form.
    pub fn content(&self) -> &Content {
        &self.content
    }
}

/// Checks an application before it is submitted.
///
/// # Errors
/// Every fault: of the record first, then of the letter, then of the form in the order of its fields.
pub fn check(draft: &Draft, given: &Given<'_>, today: NaiveDate) -> Result<RepairApplication, Vec<RepairFault>> {
    let facts = Facts { attachments: given.attachments.to_vec(), enterprise: None };
    let (content, problems) = read_form(&FORM, draft, &facts, today);
    let eligible = eligibility(given.record, given.circumstances, today);
    let mut faults: Vec<RepairFault> = Vec::new();
    if let Err(reasons) = &eligible {
        faults.extend(reasons.iter().cloned().map(RepairFault::Ineligible));
    }
    faults.extend(other_record(draft, given.record));
    faults.extend(wrong_letter(given.letter, given.record));
    faults.extend(problems.into_iter().map(RepairFault::Form));
    match eligible {
        Ok(eligible) if faults.is_empty() => Ok(RepairApplication { eligible, content }),
        _ => Err(faults),
    }
}

/// What the draft says of the record is not for the browser to say; a record that has changed since is told as well.
fn other_record(draft: &Draft, record: &DishonestyRecord) -> Option<RepairFault> {
    let (id, number) = (draft.get(&RECORD), draft.get(&DOCUMENT_NUMBER));
    // What is missing is a fault of the form.
    if !id.is_empty() && id != record.record_id {
        return Some(RepairFault::OtherRecord { says: id.to_owned() });
    }
    let differs = !document_key(number).is_empty() && !record.is_of_document(number);
    differs.then(|| RepairFault::OtherRecord { says: number.to_owned() })
}

fn wrong_letter(letter: Option<Letter<'_>>, record: &DishonestyRecord) -> Vec<RepairFault> {
    let Some(letter) = letter else { return vec![RepairFault::LetterMissing] };
    let mut faults = Vec::new();
    // A record without a number cannot be named by it.
    let has_number = !document_key(&record.document_number).is_empty();
    if has_number && !record.is_of_document(letter.document_number) {
        faults.push(RepairFault::LetterOfOther { says: letter.document_number.to_owned() });
    }
    if !letter.is_signed {
        faults.push(RepairFault::LetterUnsigned);
    }
    faults
}
