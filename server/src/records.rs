//! An enterprise's dishonesty records as the platform says them, beside what the enterprise has done about them here.

use app::pages::overview::PlatformFile;
use chrono::NaiveDate;
use credit::draft::Draft;
use credit::form::FormKind;
use credit::law::eligibility::Circumstances;
use credit::on_file::OnFile;
use credit::record::DishonestyRecord;
use credit::repair::{COMMITMENT, RECORD};

use crate::platform::readings::Reading;
use crate::portal::Portal;
use crate::storage::{DraftLine, FilingLine, Stored};
use crate::visitor::Acting;

/// Filings and drafts about records that are looked through; nobody has more.
const MOST: i64 = 1_000;

/// What the platform has on file: read now, or before if it does not answer.
///
/// # Errors
/// When the store does not answer.
pub async fn platform_file(portal: &Portal, acting: &Acting) -> Stored<PlatformFile> {
    match portal.platform.on_file(acting.code(), portal.clock.now()).await {
        Reading::Read(file) => {
            tell_faults(&file);
            if let Err(error) = portal.storage.keep_reading(acting.code(), &file).await {
                // What was read can be shown all the same.
                tracing::warn!(error.message = %error, "records.reading_not_kept");
            }
            Ok(PlatformFile::Now(file))
        }
        Reading::Unknown => Ok(PlatformFile::Unknown),
        Reading::NotRead(why) => {
            tracing::warn!(problem = why, "records.platform_not_read");
            Ok(PlatformFile::Before(portal.storage.last_reading(acting.code()).await?))
        }
    }
}

/// The operator is told what is wrong with how records were given: only the authority can mend it.
fn tell_faults(file: &OnFile) {
    for record in file.read_records() {
        for fault in &record.faults {
            tracing::warn!(record.id = %record.record_id, fault = %fault, "records.faulty");
        }
    }
}

/// What an enterprise has done about its records here.
#[derive(Default)]
pub struct Matters {
    filings: Vec<FilingLine>,
    drafts: Vec<DraftLine>,
}

impl Matters {
    /// Those of the enterprise that is acted for.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn of(portal: &Portal, acting: &Acting) -> Stored<Self> {
        let filings = portal.storage.record_filings(acting.code(), MOST).await?;
        let drafts = portal.storage.record_drafts(acting.code(), MOST).await?;
        Ok(Self { filings, drafts })
    }

    /// The draft of this kind about a record; one that corrects a filing is not meant.
    pub fn draft(&self, kind: FormKind, record_id: &str) -> Option<&DraftLine> {
        self.drafts.iter().find(|line| line.kind == kind && line.corrects.is_none() && draft_is_about(&line.draft, record_id))
    }

    /// The filing of this kind about a record that is not decided yet.
    pub fn open(&self, kind: FormKind, record_id: &str) -> Option<&FilingLine> {
        self.about(kind, record_id).find(|line| line.standing.may_be_withdrawn())
    }

    /// All filings of this kind about a record, newest first.
    pub fn about(&self, kind: FormKind, record_id: &str) -> impl Iterator<Item = &FilingLine> {
        self.filings.iter().filter(move |line| line.kind == kind && line.content.get(RECORD.name).is_some_and(|of| of == record_id))
    }

    /// What bears on an application about a record. The filing that it corrects is no other application.
    pub fn circumstances(&self, file: &OnFile, record_id: &str, corrects: Option<&str>, today: NaiveDate) -> Circumstances {
        let is_open = |line: &FilingLine| line.standing.may_be_withdrawn() && corrects != Some(line.id.as_str());
        Circumstances { bar: file.bar(today), is_applied_for: self.about(FormKind::Repair, record_id).any(is_open) }
    }

    /// Whether an application that is open, or was granted, has the commitment with this code.
    pub fn is_applied_for_with(&self, code: &str) -> bool {
        let applications = self.filings.iter().filter(|line| line.kind == FormKind::Repair);
        let mut standing = applications.filter(|line| line.standing.may_be_withdrawn() || line.standing.holds());
        standing.any(|line| line.content.get(COMMITMENT.name).is_some_and(|its| its == code))
    }

    /// Drafts of applications for repair, latest change first.
    pub fn repair_drafts(&self) -> impl Iterator<Item = &DraftLine> {
        self.drafts.iter().filter(|line| line.kind == FormKind::Repair)
    }
}

/// The record of that number, if the enterprise has it.
pub fn record_of(file: &OnFile, record_id: &str) -> Option<DishonestyRecord> {
    file.read_records().into_iter().find(|record| !record_id.is_empty() && record.record_id == record_id)
}

fn draft_is_about(draft: &Draft, record_id: &str) -> bool {
    draft.get(&RECORD) == record_id
}
