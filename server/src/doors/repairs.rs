//! Several applications for repair in one sitting.

use std::collections::HashSet;
use std::sync::Arc;

use app::pages::overview::PlatformFile;
use app::pages::repair_review::{RecordMatterFault, RecordNow};
use app::pages::repairs::{PreparedRepair, RepairsPage, Step, repairs};
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use credit::form::FormKind;
use credit::repair::{self, RepairFault};
use serde::Deserialize;

use super::answer::{Answer, Refusal, page, see_other};
use super::drafts::own_draft;
use super::record_drafts::{begin, file_now};
use super::record_review::{Filed, file_one};
use crate::applying::{Checked, check};
use crate::portal::Portal;
use crate::records::{Matters, platform_file};
use crate::storage::StoredDraft;
use crate::visitor::Acting;

/// The most records in one sitting: each is checked while somebody waits.
const MOST: usize = 50;

/// `POST /repairs`: begins an application for each record that was chosen.
pub async fn begin_chosen(State(portal): State<Arc<Portal>>, acting: Acting, Form(chosen): Form<Vec<(String, String)>>) -> Answer {
    let mut records: Vec<&str> = chosen.iter().filter(|(name, _)| name == "record").map(|(_, value)| value.as_str()).collect();
    let mut seen = HashSet::new();
    records.retain(|record| seen.insert(*record));
    records.truncate(MOST);
    if records.is_empty() {
        return Ok(see_other("/records"));
    }
    let file = file_now(&portal, &acting).await?;
    let matters = Matters::of(&portal, &acting).await?;
    if let [record] = records[..] {
        let id = begin(&portal, &acting, FormKind::Repair, &file, &matters, record).await?;
        return Ok(see_other(&format!("/drafts/{id}")));
    }
    for record in records {
        match begin(&portal, &acting, FormKind::Repair, &file, &matters, record).await {
            // One that cannot be applied for any more is no reason to leave out the others.
            Ok(_) | Err(Refusal::Onward(_)) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(see_other("/repairs"))
}

/// What came of submitting them.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Arrived {
    filed: Option<usize>,
}

/// `GET /repairs`
pub async fn list(State(portal): State<Arc<Portal>>, acting: Acting, Query(arrived): Query<Arrived>) -> Answer {
    let outcome = Outcome { filed: arrived.filed, ..Outcome::default() };
    show(&portal, &acting, outcome, StatusCode::OK).await
}

/// What came of submitting them, on the page.
#[derive(Default)]
struct Outcome {
    /// How many were submitted.
    filed: Option<usize>,
    /// Those that were not.
    left: Vec<String>,
    /// The pledge was not ticked.
    pledge_missing: bool,
}

async fn show(portal: &Portal, acting: &Acting, outcome: Outcome, status: StatusCode) -> Answer {
    let file = platform_file(portal, acting).await?;
    let matters = Matters::of(portal, acting).await?;
    let mut prepared = Vec::new();
    for (draft, checked) in all(portal, acting, &file, &matters).await? {
        prepared.push(PreparedRepair {
            document_number: draft.draft.get(&repair::DOCUMENT_NUMBER).to_owned(),
            authority: draft.draft.get(&repair::AUTHORITY).to_owned(),
            step: step(&checked),
            version: draft.version,
            files: draft.attachments.iter().filter(|file| file.is_kept()).map(|file| file.id.clone()).collect(),
            id: draft.id,
        });
    }
    let shown = RepairsPage {
        enterprise: acting.capacity.enterprise.clone(),
        prepared,
        platform_down: matches!(file, PlatformFile::Before(_)),
        may_file: acting.capacity.may_file(FormKind::Repair.form().matter, portal.clock.today()).is_ok(),
        filed: outcome.filed.filter(|count| *count > 0),
        left: outcome.left,
        pledge_missing: outcome.pledge_missing,
    };
    Ok(page(&acting.frame, status, |lang| repairs(shown, lang)))
}

/// The drafts with what is still wrong with each.
async fn all(
    portal: &Portal,
    acting: &Acting,
    file: &PlatformFile,
    matters: &Matters,
) -> Result<Vec<(StoredDraft, Checked)>, Refusal> {
    let mut all = Vec::new();
    for line in matters.repair_drafts().take(MOST) {
        // One that was filed meanwhile is not here any more.
        let Some(draft) = portal.storage.draft(&line.id, acting.code()).await? else { continue };
        let checked = check(portal, acting, &draft, file, matters).await?;
        all.push((draft, checked));
    }
    Ok(all)
}

fn step(checked: &Checked) -> Step {
    let has = |wanted: fn(&RepairFault) -> bool| {
        checked.faults.iter().any(|fault| matches!(fault, RecordMatterFault::Repair(fault) if wanted(fault)))
    };
    if !matches!(checked.record, RecordNow::Same)
        || has(|fault| matches!(fault, RepairFault::Ineligible(_) | RepairFault::OtherRecord { .. }))
    {
        Step::Barred
    } else if has(|fault| matches!(fault, RepairFault::Form(_))) {
        Step::Form
    } else if checked.faults.is_empty() {
        Step::Ready
    } else {
        Step::Letter
    }
}

/// One that was shown as ready: its draft, and the version and the files that were looked at.
struct Shown<'a> {
    id: &'a str,
    version: i64,
    files: Vec<String>,
}

impl<'a> Shown<'a> {
    /// As the page sends it: `id:version:files`, the files parted by blanks.
    fn read(sent: &'a str) -> Option<Self> {
        let mut parts = sent.splitn(3, ':');
        let (id, version, files) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        Some(Self { id, version, files: files.split_whitespace().map(str::to_owned).collect() })
    }
}

/// `POST /repairs/filing`: files those that were shown as ready, as they were shown, each by itself and once. Where some were not
/// filed, the page says which.
pub async fn file(State(portal): State<Arc<Portal>>, acting: Acting, Form(sent): Form<Vec<(String, String)>>) -> Answer {
    if !sent.iter().any(|(name, value)| name == "pledge" && value == "yes") {
        let outcome = Outcome { pledge_missing: true, ..Outcome::default() };
        return show(&portal, &acting, outcome, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (mut filed, mut left) = (0, Vec::new());
    let shown = sent.iter().filter(|(name, _)| name == "draft").filter_map(|(_, draft)| Shown::read(draft));
    for shown in shown.take(MOST) {
        if file_shown(&portal, &acting, &shown).await? {
            filed += 1;
        } else {
            left.push(shown.id.to_owned());
        }
    }
    if left.is_empty() {
        return Ok(see_other(&format!("/repairs?filed={filed}")));
    }
    show(&portal, &acting, Outcome { filed: Some(filed), left, pledge_missing: false }, StatusCode::CONFLICT).await
}

/// Whether it is filed, now or by the same post before.
async fn file_shown(portal: &Portal, acting: &Acting, shown: &Shown<'_>) -> Result<bool, Refusal> {
    match own_draft(portal, acting, shown.id).await {
        Ok(draft) if draft.kind == FormKind::Repair => {
            Ok(matches!(file_one(portal, acting, &draft, shown.version, &shown.files).await?, Filed::Accepted))
        }
        Err(Refusal::Onward(_)) => Ok(true),
        Ok(_) | Err(Refusal::NotFound) => Ok(false),
        Err(refusal) => Err(refusal),
    }
}
