//! The check before an objection is submitted: all faults at once.

use chrono::NaiveDate;

use super::{DOCUMENT_NUMBER, EXPIRED, FORM, GROUND, RECORD, disputable};
use crate::attachment::Attachment;
use crate::draft::Draft;
use crate::form::Field;
use crate::law::eligibility::{Elsewhere, elsewhere};
use crate::problem::Problem;
use crate::record::DishonestyRecord;
use crate::registration::{Content, Facts, read_form};

/// What is wrong with an objection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectionFault {
    /// Objections to this record are not taken here.
    Elsewhere(Elsewhere),
    /// An objection to this record is open already.
    AlreadyDisputed,
    /// The draft is about another record than this one.
    OtherRecord {
        /// What it says.
        says: String,
    },
    /// The period is said to be over and is not.
    NotOverYet {
        /// Its last day.
        last_day: NaiveDate,
    },
    /// An item should say what it says already.
    AsItIs(&'static Field),
    /// An answer is missing or wrong.
    Form(Problem),
}

/// An objection that holds. Only [`check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    record_id: String,
    content: Content,
}

impl Objection {
    /// 记录编号.
    pub fn record_id(&self) -> &str {
        &self.record_id
    }

    /// The answers in normal form.
    pub fn content(&self) -> &Content {
        &self.content
    }
}

/// Why no objection to the record can be made here, whatever it says; nothing: it can.
pub fn hindrances(record: &DishonestyRecord) -> Vec<ObjectionFault> {
    // The authority that determined a record is reached from here; a court, a tax authority or a bank is not.
    let place = elsewhere(record).filter(|place| *place != Elsewhere::DeterminingAuthority);
    let disputed = record.disputed.then_some(ObjectionFault::AlreadyDisputed);
    place.map(ObjectionFault::Elsewhere).into_iter().chain(disputed).collect()
}

/// Checks an objection before it is submitted. There is no term for it: data that are wrong stay wrong. `mends_open_one`: it takes
/// the place of an objection that was sent back, for which the record is still marked as disputed.
///
/// # Errors
/// Every fault: of the record first, then of the form in the order of its fields.
pub fn check(
    draft: &Draft,
    record: &DishonestyRecord,
    attachments: &[Attachment],
    mends_open_one: bool,
    today: NaiveDate,
) -> Result<Objection, Vec<ObjectionFault>> {
    let facts = Facts { attachments: attachments.to_vec(), enterprise: None };
    let (content, problems) = read_form(&FORM, draft, &facts, today);
    let mut faults = hindrances(record);
    faults.retain(|fault| !mends_open_one || *fault != ObjectionFault::AlreadyDisputed);
    let (id, number) = (draft.get(&RECORD), draft.get(&DOCUMENT_NUMBER));
    if !id.is_empty() && id != record.record_id {
        faults.push(ObjectionFault::OtherRecord { says: id.to_owned() });
    } else if !number.is_empty() && !record.is_of_document(number) {
        faults.push(ObjectionFault::OtherRecord { says: number.to_owned() });
    }
    let is_expired = content.get(GROUND.name).is_some_and(|ground| ground == EXPIRED);
    if let Some(last_day) = record.publication_ends_on.filter(|last| is_expired && today <= *last) {
        faults.push(ObjectionFault::NotOverYet { last_day });
    }
    for item in disputable::ALL {
        let wanted = content.get(item.should.name);
        if wanted.is_some() && wanted == (item.says)(record).as_ref() {
            faults.push(ObjectionFault::AsItIs(item.should));
        }
    }
    faults.extend(problems.into_iter().map(ObjectionFault::Form));
    if faults.is_empty() { Ok(Objection { record_id: record.record_id.clone(), content }) } else { Err(faults) }
}
