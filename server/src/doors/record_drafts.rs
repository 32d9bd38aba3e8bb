//! Drafts about a dishonesty record: applications for repair, and objections. What the record says is put into them from the
//! platform, never typed.

use std::collections::BTreeMap;

use app::components::record_list::page_of;
use app::pages::overview::PlatformFile;
use app::wording::notices::Notice;
use app::wording::repairs::WORDS;
use app::wording::{Lang, answers, repairs};
use axum::http::StatusCode;
use credit::form::{Field, FormKind};
use credit::law::eligibility::eligibility;
use credit::on_file::OnFile;
use credit::record::DishonestyRecord;
use credit::{objection, repair};

use super::answer::{Answer, Refusal, see_other};
use super::drafts::blank_draft;
use crate::applying::about;
use crate::portal::Portal;
use crate::records::{Matters, platform_file, record_of};
use crate::storage::StoredDraft;
use crate::visitor::Acting;

/// The platform's file as it is now.
///
/// # Errors
/// A notice that the platform does not answer, or knows no such enterprise: nothing is begun without its record.
pub async fn file_now(portal: &Portal, acting: &Acting) -> Result<OnFile, Refusal> {
    match platform_file(portal, acting).await? {
        PlatformFile::Now(file) => Ok(file),
        PlatformFile::Before(_) => {
            let words = acting.frame.lang.say(WORDS.platform_down);
            Err(Refusal::Notice(Notice::NotPossible(words), StatusCode::SERVICE_UNAVAILABLE))
        }
        PlatformFile::Unknown => Err(Refusal::NotFound),
    }
}

/// Begins a draft about one record, or goes on with the one that is there.
///
/// # Errors
/// To the record's page where it cannot be applied for or objected to, which says why.
pub async fn begin_one(portal: &Portal, acting: &Acting, kind: FormKind, record_id: &str) -> Answer {
    let file = file_now(portal, acting).await?;
    let matters = Matters::of(portal, acting).await?;
    let id = begin(portal, acting, kind, &file, &matters, record_id).await?;
    Ok(see_other(&format!("/drafts/{id}")))
}

/// The id of the draft about this record: a new one, or the one that is there.
///
/// # Errors
/// As [`begin_one`].
pub async fn begin(
    portal: &Portal,
    acting: &Acting,
    kind: FormKind,
    file: &OnFile,
    matters: &Matters,
    record_id: &str,
) -> Result<String, Refusal> {
    let record = record_of(file, record_id).ok_or(Refusal::NotFound)?;
    if let Some(line) = matters.draft(kind, record_id) {
        return Ok(line.id.clone());
    }
    if let Some(line) = matters.open(kind, record_id) {
        return Err(Refusal::Onward(format!("/filings/{}", line.id)));
    }
    let today = portal.clock.today();
    let may = match kind {
        FormKind::Objection => objection::hindrances(&record).is_empty(),
        _ => eligibility(&record, &matters.circumstances(file, record_id, None, today), today).is_ok(),
    };
    if !may {
        return Err(Refusal::Onward(page_of(record_id)));
    }
    let mut draft = blank_draft(portal, acting, kind);
    draft.draft = about(portal, kind, draft.draft, &record);
    // The platform knows when the last duty was fulfilled; it can be put right where the record is late.
    if let Some(day) = record.fulfilled_on().filter(|_| kind == FormKind::Repair) {
        draft.draft = draft.draft.with(repair::FULFILLED_ON.name, &day.to_string());
    }
    portal.storage.begin_draft(&draft).await?;
    tracing::info!(draft.id = %draft.id, draft.kind = kind.name(), "record_draft.begun");
    Ok(draft.id)
}

/// The fields that are not asked of this draft: proof that belongs to other penalties.
pub fn not_asked(draft: &StoredDraft) -> Vec<&'static Field> {
    if draft.kind != FormKind::Repair {
        return Vec::new();
    }
    let penalty = draft.draft.get(&repair::PENALTY_KIND);
    repair::materials::ALL.iter().map(|material| material.field).filter(|field| !repair::is_asked(field, penalty)).collect()
}

/// What stands at the fields beside their own words: what serves as proof, and what the record says of a disputed item.
///
/// # Errors
/// When the store does not answer. Where the platform does not, nothing stands there.
pub async fn notes(portal: &Portal, acting: &Acting, draft: &StoredDraft) -> Result<BTreeMap<&'static str, String>, Refusal> {
    let lang = acting.frame.lang;
    match draft.kind {
        FormKind::Repair => {
            let materials = repair::materials::ALL.iter();
            Ok(materials.map(|material| (material.field.name, lang.say(material.usual).to_owned())).collect())
        }
        FormKind::Objection => {
            let record = match platform_file(portal, acting).await? {
                PlatformFile::Now(file) | PlatformFile::Before(Some(file)) => record_of(&file, draft.draft.get(&objection::RECORD)),
                PlatformFile::Before(None) | PlatformFile::Unknown => None,
            };
            Ok(record.map(|record| disputable_now(&record, lang)).unwrap_or_default())
        }
        _ => Ok(BTreeMap::new()),
    }
}

fn disputable_now(record: &DishonestyRecord, lang: Lang) -> BTreeMap<&'static str, String> {
    let items = objection::disputable::ALL.iter();
    items
        .map(|item| {
            let says = (item.says)(record).map(|value| answers::answer(item.should, &value, lang));
            (item.should.name, repairs::says_now(says, lang))
        })
        .collect()
}
