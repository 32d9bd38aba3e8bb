//! Several applications for repair in one sitting.

use std::sync::Arc;

use app::components::record_list::page_of;
use app::pages::overview::PlatformFile;
use app::pages::repair_review::{RecordMatterFault, RecordNow};
use app::pages::repairs::{PreparedRepair, RepairsPage, Step, repairs};
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use credit::form::FormKind;
use credit::law::triage::Way;
use credit::repair::choice::{Choice, MOST};
use credit::repair::{self, RepairFault};
use serde::Deserialize;

use super::answer::{Answer, Refusal, page, see_other};
use super::drafts::own_draft;
use super::record_drafts::{begin, begin_one, file_now};
use super::record_review::{Filed, file_one};
use super::records::show_list;
use crate::applying::{Checked, check};
use crate::portal::Portal;
use crate::records::{Matters, platform_file};
use crate::storage::StoredDraft;
use crate::visitor::Acting;

/// `POST /repairs`: begins an application for each record that was chosen, once it was said that repair is the right way.
pub async fn begin_chosen(State(portal): State<Arc<Portal>>, acting: Acting, Form(sent): Form<Vec<(String, String)>>) -> Answer {
    let choice = Choice::read(&sent);
    let Some(says) = choice.says.filter(|_| choice.faults.is_empty()) else {
        return show_list(&portal, &acting, &choice, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match (says.way(), &choice.records[..]) {
        (Way::Repair, [record]) => begin_one(&portal, &acting, FormKind::Repair, record).await,
        (Way::Repair, records) => begin_all(&portal, &acting, records).await,
        (_, [record]) => Ok(see_other(&format!("{}?says={}#way", page_of(record), says.name()))),
        _ => show_list(&portal, &acting, &choice, StatusCode::OK).await,
    }
}

async fn begin_all(portal: &Portal, acting: &Acting, records: &[String]) -> Answer {
    let file = file_now(portal, acting).await?;
    let matters = Matters::of(portal, acting).await?;
    let mut left_out = 0;
    for record in records {
        match begin(portal, acting, FormKind::Repair, &file, &matters, record).await {
            Ok(_) => {}
            // One that cannot be applied for any more, or is gone, is no reason to leave out the others.
            Err(Refusal::Onward(_) | Refusal::NotFound) => left_out += 1,
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(see_other(&if left_out == 0 { "/repairs".to_owned() } else { format!("/repairs?left_out={left_out}") }))
}

/// What came of choosing or submitting them.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Arrived {
    left_out: Option<usize>,
    filed: Option<usize>,
}

/// `GET /repairs`
pub async fn list(State(portal): State<Arc<Portal>>, acting: Acting, Query(arrived): Query<Arrived>) -> Answer {
    let outcome = Outcome { left_out: arrived.left_out, filed: arrived.filed, ..Outcome::default() };
    show(&portal, &acting, outcome, StatusCode::OK).await
}

/// What came of choosing or submitting them, on the page.
#[derive(Default)]
struct Outcome {
    /// How many of the chosen ones cannot be applied for.
    left_out: Option<usize>,
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
        left_out: outcome.left_out.filter(|count| *count > 0),
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
    let on_file = platform_file(&portal, &acting).await?;
    for shown in shown.take(MOST) {
        if file_shown(&portal, &acting, &on_file, &shown).await? {
            filed += 1;
        } else {
            left.push(shown.id.to_owned());
        }
    }
    if left.is_empty() {
        return Ok(see_other(&format!("/repairs?filed={filed}")));
    }
    show(&portal, &acting, Outcome { filed: Some(filed), left, ..Outcome::default() }, StatusCode::CONFLICT).await
}

/// Whether it is filed, now or by the same post before.
async fn file_shown(portal: &Portal, acting: &Acting, on_file: &PlatformFile, shown: &Shown<'_>) -> Result<bool, Refusal> {
    match own_draft(portal, acting, shown.id).await {
        Ok(draft) if draft.kind == FormKind::Repair => {
            Ok(matches!(file_one(portal, acting, on_file, &draft, shown.version, &shown.files).await?, Filed::Accepted))
        }
        Err(Refusal::Onward(_)) => Ok(true),
        Ok(_) | Err(Refusal::NotFound) => Ok(false),
        Err(refusal) => Err(refusal),
    }
}
