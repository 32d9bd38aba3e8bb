//! Several applications for repair in one sitting.

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
    records.dedup();
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
    show(&portal, &acting, arrived.filed, false, StatusCode::OK).await
}

async fn show(portal: &Portal, acting: &Acting, filed: Option<usize>, pledge_missing: bool, status: StatusCode) -> Answer {
    let file = platform_file(portal, acting).await?;
    let matters = Matters::of(portal, acting).await?;
    let mut prepared = Vec::new();
    for (draft, checked) in all(portal, acting, &file, &matters).await? {
        prepared.push(PreparedRepair {
            document_number: draft.draft.get(&repair::DOCUMENT_NUMBER).to_owned(),
            authority: draft.draft.get(&repair::AUTHORITY).to_owned(),
            step: step(&checked),
            id: draft.id,
        });
    }
    let shown = RepairsPage {
        enterprise: acting.capacity.enterprise.clone(),
        prepared,
        platform_down: matches!(file, PlatformFile::Before(_)),
        may_file: acting.capacity.may_file(FormKind::Repair.form().matter, portal.clock.today()).is_ok(),
        filed,
        pledge_missing,
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

/// `POST /repairs/filing`: files those that are ready, each by itself and once.
pub async fn file(State(portal): State<Arc<Portal>>, acting: Acting, Form(sent): Form<Vec<(String, String)>>) -> Answer {
    if !sent.iter().any(|(name, value)| name == "pledge" && value == "yes") {
        return show(&portal, &acting, None, true, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let mut filed = 0;
    for id in sent.iter().filter(|(name, _)| name == "draft").map(|(_, id)| id).take(MOST) {
        let draft = match own_draft(&portal, &acting, id).await {
            Ok(draft) if draft.kind == FormKind::Repair => draft,
            // Filed before: the same post twice.
            Ok(_) | Err(Refusal::Onward(_) | Refusal::NotFound) => continue,
            Err(refusal) => return Err(refusal),
        };
        let files: Vec<String> = draft.attachments.iter().filter(|file| file.is_kept()).map(|file| file.id.clone()).collect();
        if matches!(file_one(&portal, &acting, &draft, draft.version, &files).await?, Filed::Accepted) {
            filed += 1;
        }
    }
    Ok(see_other(&format!("/repairs?filed={filed}")))
}
