//! An enterprise's dishonesty records as the platform says them, beside what the enterprise has done about them here.

use std::collections::HashSet;

use app::components::record_list::RecordEntry;
use app::pages::overview::PlatformFile;
use chrono::NaiveDate;
use credit::draft::Draft;
use credit::filing::{Decision, State, Verification};
use credit::form::FormKind;
use credit::law::eligibility::{Circumstances, eligibility};
use credit::on_file::{BarOnFile, OnFile};
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
            tell_faults(portal, &file);
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
fn tell_faults(portal: &Portal, file: &OnFile) {
    for record in file.read_records() {
        for fault in &record.faults {
            portal.metrics.record_faults.inc();
            tracing::warn!(record.id = %record.record_id, fault = %fault, "records.faulty");
        }
    }
    for end in file.bars.iter().filter_map(BarOnFile::unreadable_end) {
        portal.metrics.record_faults.inc();
        tracing::warn!(bar.until = end, "records.bar_end_unreadable");
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
        Circumstances {
            bar: file.bar(today),
            is_applied_for: self.about(FormKind::Repair, record_id).any(is_open),
            is_granted: self.is_repaired(record_id),
        }
    }

    /// Whether the filing of that id is about a record and not decided yet.
    pub fn is_open(&self, id: &str) -> bool {
        self.filings.iter().any(|line| line.id == id && line.standing.may_be_withdrawn())
    }

    /// Whether an application that is open, or was granted, has the commitment with this code.
    pub fn is_applied_for_with(&self, code: &str) -> bool {
        let applications = self.filings.iter().filter(|line| line.kind == FormKind::Repair);
        let mut standing = applications.filter(|line| line.standing.may_be_withdrawn() || line.standing.holds());
        standing.any(|line| line.content.get(COMMITMENT.name).is_some_and(|its| its == code))
    }

    /// Of which records a repair is under way here, and of which one was granted and holds; for looking at many at once.
    pub fn repairs(&self) -> Repairs<'_> {
        let mut repairs = Repairs::default();
        for line in self.filings.iter().filter(|line| line.kind == FormKind::Repair) {
            let Some(record_id) = line.content.get(RECORD.name) else { continue };
            if line.standing.may_be_withdrawn() {
                repairs.applied_for.insert(record_id);
            } else if is_granted(line) {
                repairs.granted.insert(record_id);
            }
        }
        repairs
    }

    /// Everything about a record: drafts first.
    pub fn all_about(&self, record_id: &str) -> (Vec<&DraftLine>, Vec<&FilingLine>) {
        let filed = |line: &&FilingLine| line.content.get(RECORD.name).is_some_and(|of| of == record_id);
        (
            self.drafts.iter().filter(|line| draft_is_about(&line.draft, record_id)).collect(),
            self.filings.iter().filter(filed).collect(),
        )
    }

    /// Drafts of applications for repair, latest change first.
    pub fn repair_drafts(&self) -> impl Iterator<Item = &DraftLine> {
        self.drafts.iter().filter(|line| line.kind == FormKind::Repair)
    }

    /// Whether a repair of the record was granted here in full and holds. What only the enterprise itself says is not enough.
    pub fn is_repaired(&self, record_id: &str) -> bool {
        self.about(FormKind::Repair, record_id).any(is_granted)
    }
}

/// A grant of a part leaves the rest of the record published.
fn is_granted(line: &FilingLine) -> bool {
    let is_full = matches!(line.standing.state, State::Decided(Decision::Granted { verification: Verification::Verified, .. }));
    is_full && !line.standing.by_own_word
}

/// The records of which a repair was applied for here.
#[derive(Default)]
pub struct Repairs<'a> {
    applied_for: HashSet<&'a str>,
    granted: HashSet<&'a str>,
}

impl Repairs<'_> {
    /// Whether a record is stopped: the platform says so, or a repair of it was granted here.
    pub fn is_over(&self, record: &DishonestyRecord, today: NaiveDate) -> bool {
        record.stopped_on.is_some_and(|on| on <= today) || self.granted.contains(record.record_id.as_str())
    }
}

/// The records that are not stopped, in the platform's order, each with what can be done today.
pub fn entries(file: &OnFile, matters: &Matters, today: NaiveDate) -> Vec<RecordEntry> {
    let (repairs, bar) = (matters.repairs(), file.bar(today));
    let records = file.read_records().into_iter().filter(|record| !repairs.is_over(record, today));
    records
        .map(|record| {
            let id = record.record_id.as_str();
            let circumstances =
                Circumstances { bar, is_applied_for: repairs.applied_for.contains(id), is_granted: repairs.granted.contains(id) };
            RecordEntry { standing: eligibility(&record, &circumstances, today), record }
        })
        .collect()
}

/// The bans that hold on that day or will, word for word.
pub fn bars(file: &OnFile, today: NaiveDate) -> Vec<BarOnFile> {
    file.bars.iter().filter(|bar| !bar.is_over(today)).cloned().collect()
}

/// The record of that number, if the enterprise has it.
pub fn record_of(file: &OnFile, record_id: &str) -> Option<DishonestyRecord> {
    file.read_records().into_iter().find(|record| !record_id.is_empty() && record.record_id == record_id)
}

fn draft_is_about(draft: &Draft, record_id: &str) -> bool {
    draft.get(&RECORD) == record_id
}
