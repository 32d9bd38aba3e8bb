//! An application for repair, or an objection, held against its record as the platform gives it now, and against its commitment.

use app::pages::overview::PlatformFile;
use app::pages::repair_review::{LetterPart, RecordMatterFault, RecordNow};
use chrono::NaiveDate;
use credit::commitment::CommitmentKind;
use credit::commitment::template::{Template, blank_name};
use credit::draft::Draft;
use credit::filing::Performance;
use credit::form::{Field, FormKind};
use credit::normal_text::normal_paragraph;
use credit::objection::ObjectionFault;
use credit::record::{Channel, DishonestyRecord};
use credit::registration::{Content, Facts, read_form};
use credit::repair::{COMMITMENT, Given, Letter, RepairFault};
use credit::{objection, repair};

use crate::portal::Portal;
use crate::records::{Matters, record_of};
use crate::storage::{StorageError, Stored, StoredDraft, StoredFiling};
use crate::visitor::Acting;

/// The blank of a repair's commitment that names the decision.
pub const DOCUMENT_BLANK: &str = "document";

/// What became of holding it against everything.
pub struct Checked {
    /// How its record is.
    pub record: RecordNow,
    /// Its commitment.
    pub letter: LetterPart,
    /// What is wrong; nothing: `content` can be filed, if the record is the same.
    pub faults: Vec<RecordMatterFault>,
    /// The answers that hold.
    pub content: Content,
}

impl Checked {
    /// Whether it can be filed now.
    pub fn holds(&self) -> bool {
        self.faults.is_empty() && matches!(self.record, RecordNow::Same)
    }
}

/// The draft as one about this record, whatever stood there for what the record says.
pub fn about(portal: &Portal, kind: FormKind, draft: Draft, record: &DishonestyRecord) -> Draft {
    let hand_over = portal.config.repair.hand_over(record.channel).way;
    match kind {
        FormKind::Objection => objection::of_record(draft, record, hand_over),
        _ => {
            let letter = draft.get(&repair::COMMITMENT).to_owned();
            repair::of_record(draft, record, &letter, hand_over)
        }
    }
}

/// The commitment as it was found.
struct Found {
    part: LetterPart,
    document_number: String,
}

/// Holds a draft against its record and its commitment.
///
/// # Errors
/// When the store does not answer.
pub async fn check(
    portal: &Portal,
    acting: &Acting,
    draft: &StoredDraft,
    file: &PlatformFile,
    matters: &Matters,
) -> Stored<Checked> {
    let today = portal.clock.today();
    let letter = match draft.kind {
        FormKind::Repair => letter_of(portal, acting, draft).await?,
        _ => Found { part: LetterPart::NotNeeded, document_number: String::new() },
    };
    let with_code = match &letter.part {
        LetterPart::Signed { code, .. } => draft.draft.clone().with(COMMITMENT.name, code),
        _ => draft.draft.clone(),
    };
    let facts = Facts { attachments: draft.attachments.clone(), enterprise: None };
    let (content, problems) = read_form(draft.kind.form(), &with_code, &facts, today);
    // What can be told without the record is told all the same: nobody mends twice.
    let faults_of_form = || -> Vec<RecordMatterFault> {
        let problems = problems.iter().cloned();
        match draft.kind {
            FormKind::Objection => problems.map(ObjectionFault::Form).map(RecordMatterFault::Objection).collect(),
            _ => problems.map(RepairFault::Form).map(RecordMatterFault::Repair).collect(),
        }
    };
    let nothing_known =
        |record| Checked { record, letter: LetterPart::NotNeeded, faults: faults_of_form(), content: content.clone() };
    let file = match file {
        PlatformFile::Now(file) => file,
        PlatformFile::Before(_) => return Ok(Checked { letter: letter.part, ..nothing_known(RecordNow::NotRead) }),
        PlatformFile::Unknown => return Ok(nothing_known(RecordNow::Gone)),
    };
    let Some(record) = record_of(file, draft.draft.get(&repair::RECORD)) else { return Ok(nothing_known(RecordNow::Gone)) };
    let faults = match draft.kind {
        FormKind::Objection => {
            // One that was sent back is open until its correction takes its place.
            let mends_open_one = draft.corrects.as_deref().is_some_and(|id| matters.is_open(id));
            faults_of_objection(&with_code, &record, &draft.attachments, mends_open_one, today)
        }
        _ => {
            let circumstances = matters.circumstances(file, &record.record_id, draft.corrects.as_deref(), today);
            let found = match &letter.part {
                LetterPart::Drafted { .. } => Some(false),
                LetterPart::Signed { .. } => Some(true),
                LetterPart::NotNeeded | LetterPart::None { .. } => None,
            };
            let letter = found.map(|is_signed| Letter { document_number: &letter.document_number, is_signed });
            let given = Given { record: &record, circumstances: &circumstances, letter, attachments: &draft.attachments };
            let checked = repair::check(&with_code, &given, today);
            checked.err().unwrap_or_default().into_iter().map(RecordMatterFault::Repair).collect()
        }
    };
    Ok(Checked { record: compared(portal, draft, &record), letter: letter.part, faults, content })
}

fn faults_of_objection(
    draft: &Draft,
    record: &DishonestyRecord,
    attachments: &[credit::attachment::Attachment],
    mends_open_one: bool,
    today: NaiveDate,
) -> Vec<RecordMatterFault> {
    let checked = objection::check(draft, record, attachments, mends_open_one, today);
    checked.err().unwrap_or_default().into_iter().map(RecordMatterFault::Objection).collect()
}

/// Whether the record says what the draft was begun with.
fn compared(portal: &Portal, draft: &StoredDraft, record: &DishonestyRecord) -> RecordNow {
    let now = about(portal, draft.kind, draft.draft.clone(), record);
    let given = if draft.kind == FormKind::Objection { objection::OF_RECORD } else { repair::OF_RECORD };
    // What was filed before has blanks and widths put in order; that is no change of the record.
    let reads = |draft: &Draft, field: &Field| normal_paragraph(draft.get(field));
    let differs = given.iter().filter(|field| reads(&draft.draft, field) != reads(&now, field));
    let items: Vec<_> = differs.map(|field| (*field, draft.draft.get(field).to_owned(), now.get(field).to_owned())).collect();
    if items.is_empty() { RecordNow::Same } else { RecordNow::Changed(items) }
}

/// The commitment that a draft names: drafted, or signed and not taken back, refused, found untrue or found not kept since.
async fn letter_of(portal: &Portal, acting: &Acting, draft: &StoredDraft) -> Stored<Found> {
    let none =
        || Found { part: LetterPart::None { can_begin: !templates_for_repair(portal).is_empty() }, document_number: String::new() };
    let id = draft.draft.get(&COMMITMENT);
    if id.is_empty() {
        return Ok(none());
    }
    let document = blank_name(DOCUMENT_BLANK);
    if let Some(letter) = portal.storage.draft(id, acting.code()).await? {
        let document_number = letter.draft.answer(&document).to_owned();
        return Ok(Found { part: LetterPart::Drafted { id: letter.id }, document_number });
    }
    let Some(letter) = portal.storage.filing(id, acting.code()).await? else { return Ok(none()) };
    if !stands(&letter) {
        return Ok(none());
    }
    let code = portal.storage.commitment_code(&letter.id).await?;
    let code = code.ok_or_else(|| StorageError::Inconsistent(format!("the commitment {} has no code", letter.id)))?;
    let document_number = letter.content.get(&document).cloned().unwrap_or_default();
    Ok(Found { part: LetterPart::Signed { id: letter.id, code }, document_number })
}

/// Whether it is a commitment that is neither taken back, refused, found untrue nor found not kept.
fn stands(letter: &StoredFiling) -> bool {
    let stands = letter.standing.may_be_withdrawn() || letter.standing.holds();
    let is_broken = letter.standing.performance.as_ref().is_some_and(|found| found.performance == Performance::Not);
    letter.kind == FormKind::Commitment && stands && !letter.standing.revoked && !is_broken
}

/// Whether the commitment that an application was filed with stands still; also where it has none.
pub async fn commitment_stands(portal: &Portal, acting: &Acting, application: &StoredFiling) -> Stored<bool> {
    let Some(code) = application.content.get(COMMITMENT.name) else { return Ok(true) };
    let Some(id) = portal.storage.filing_of_commitment(code, acting.code()).await? else { return Ok(false) };
    Ok(portal.storage.filing(&id, acting.code()).await?.is_some_and(|letter| stands(&letter)))
}

/// The templates for repair, by their ids.
fn templates_for_repair(portal: &Portal) -> Vec<&Template> {
    portal.templates.newest().map(|template| &**template).filter(|template| template.kind == CommitmentKind::Repair).collect()
}

/// The template of the commitment for a record of this channel: the market regulator has its own. An operator may have just one.
pub fn template_for(portal: &Portal, channel: Channel) -> Option<&Template> {
    let id = if channel == Channel::Gsxt { "repair-market" } else { "repair" };
    let templates = templates_for_repair(portal);
    templates.iter().find(|template| template.id == id).or(templates.first()).copied()
}
