//! The enterprise's dishonesty records: all of them, one of them, and the day to come for a calendar.

use std::sync::Arc;

use app::calendar_entry::CalendarEntry;
use app::components::record_list::{encoded, record_name};
use app::pages::desk::{DraftEntry, FilingEntry};
use app::pages::overview::PlatformFile;
use app::pages::record::{RecordPage, record as record_page};
use app::pages::record_over::record_over;
use app::pages::records::{ReadAt, Records, records as records_page};
use app::wording::notices::Notice;
use app::wording::record_pages;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use chrono::{DateTime, NaiveDate};
use credit::law::eligibility::{day_to_come, eligibility};
use credit::law::triage::Grievance;
use credit::objection::hindrances;
use credit::on_file::OnFile;
use credit::record::{DishonestyRecord, RecordFault};
use credit::repair::choice::Choice;
use serde::Deserialize;

use super::answer::{Answer, Refusal, page};
use crate::portal::Portal;
use crate::records::{Matters, bars, entries, platform_file};
use crate::storage::{DraftLine, FilingLine};
use crate::visitor::Acting;

/// `GET /records`
pub async fn list(State(portal): State<Arc<Portal>>, acting: Acting) -> Answer {
    show_list(&portal, &acting, &Choice::default(), StatusCode::OK).await
}

/// The list, with what was chosen in it.
///
/// # Errors
/// When the store does not answer.
pub async fn show_list(portal: &Portal, acting: &Acting, choice: &Choice, status: StatusCode) -> Answer {
    let (file, matters) = tokio::join!(platform_file(portal, acting), Matters::of(portal, acting));
    let today = portal.clock.today();
    let shown = match file? {
        PlatformFile::Unknown => Records::Unknown,
        PlatformFile::Before(None) => Records::NeverRead,
        PlatformFile::Now(file) => Records::Read {
            read_at: ReadAt::Now(file.read_at),
            entries: entries(&file, &matters?, today),
            bars: bars(&file, today),
        },
        PlatformFile::Before(Some(file)) => Records::Read {
            read_at: ReadAt::Before(file.read_at),
            entries: entries(&file, &matters?, today),
            bars: bars(&file, today),
        },
    };
    Ok(page(&acting.frame, status, |lang| records_page(shown, choice, lang)))
}

/// A record of the enterprise, with what it was read from.
struct Found {
    file: OnFile,
    read_at: ReadAt,
    matters: Matters,
    record: DishonestyRecord,
    today: NaiveDate,
}

/// The record of that number, if it is the enterprise's own.
async fn found(portal: &Portal, acting: &Acting, id: &str) -> Result<Found, Refusal> {
    let (file, matters) = tokio::join!(platform_file(portal, acting), Matters::of(portal, acting));
    let (read_at, file) = match file? {
        PlatformFile::Now(file) => (ReadAt::Now(file.read_at), file),
        PlatformFile::Before(Some(file)) => (ReadAt::Before(file.read_at), file),
        // Whether there is such a record nobody can say.
        PlatformFile::Before(None) => return Err(Refusal::Notice(Notice::PlatformDown, StatusCode::SERVICE_UNAVAILABLE)),
        PlatformFile::Unknown => return Err(Refusal::NotFound),
    };
    let today = portal.clock.today();
    let mut same: Vec<_> = file.read_records().into_iter().filter(|record| !id.is_empty() && record.record_id == id).collect();
    // Of two under one number one has the page, the one that still stands; it says that the other is there.
    same.sort_by_key(|record| record.stopped_on.is_some_and(|on| on <= today));
    let mut same = same.into_iter();
    let mut record = same.next().ok_or(Refusal::NotFound)?;
    let twice = |fault: &RecordFault| matches!(fault, RecordFault::Twice { .. });
    if !record.faults.iter().any(twice) {
        record.faults.extend(same.flat_map(|other| other.faults).filter(twice));
    }
    Ok(Found { read_at, matters: matters?, record, today, file })
}

/// What somebody says of the record.
#[derive(Deserialize)]
pub struct Said {
    says: Option<String>,
}

/// `GET /records/{id}`
pub async fn show(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>, Query(said): Query<Said>) -> Answer {
    let Found { file, read_at, matters, record, today } = found(&portal, &acting, &id).await?;
    let (drafts, filings) = matters.all_about(&id);
    let filings: Vec<FilingEntry> = filings.into_iter().map(filing_entry).collect();
    if matters.repairs().is_over(&record, today) {
        let on = record.stopped_on.filter(|on| *on <= today);
        let disputable = hindrances(&record).is_empty().then_some(id);
        return Ok(page(&acting.frame, StatusCode::OK, |lang| record_over(on, disputable, filings, lang)));
    }
    let shown = RecordPage {
        read_at,
        standing: eligibility(&record, &matters.circumstances(&file, &id, None, today), today),
        hindrances: hindrances(&record),
        bars: bars(&file, today),
        says: said.says.as_deref().and_then(Grievance::named),
        drafts: drafts.into_iter().map(draft_entry).collect(),
        filings,
        record,
        today,
    };
    Ok(page(&acting.frame, StatusCode::OK, |lang| record_page(shown, lang)))
}

/// `GET /records/{id}/earliest.ics`: there is one while a day is to come.
pub async fn calendar(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let Found { file, matters, record, today, .. } = found(&portal, &acting, &id).await?;
    let circumstances = matters.circumstances(&file, &id, None, today);
    let standing = eligibility(&record, &circumstances, today);
    let day = standing.err().as_deref().and_then(day_to_come).ok_or(Refusal::NotFound)?;
    let lang = acting.frame.lang;
    let owed: Vec<&str> = record.still_owed(today).map(|duty| duty.what.as_str()).collect();
    let (summary, description) = record_pages::calendar(&record_name(&record, lang), &record.authority, &owed, lang);
    let base = &portal.config.public_url;
    let host = base.host_str().unwrap_or("localhost");
    let entry = CalendarEntry {
        uid: format!("record-{}@{host}", encoded(&id)),
        made_at: DateTime::from_timestamp_millis(portal.clock.now()).unwrap_or_default().naive_utc(),
        day,
        summary,
        description,
        address: format!("{}/records/{}", base.as_str().trim_end_matches('/'), encoded(&id)),
    };
    let mut response = entry.write().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"earliest.ics\""));
    Ok(response)
}

fn draft_entry(line: &DraftLine) -> DraftEntry {
    DraftEntry {
        id: line.id.clone(),
        kind: line.kind,
        draft: line.draft.clone(),
        changed_at: line.changed_at,
        changed_by: line.changed_by.clone(),
        correction: line.corrects.is_some(),
    }
}

fn filing_entry(line: &FilingLine) -> FilingEntry {
    FilingEntry {
        id: line.id.clone(),
        reference: line.reference.clone(),
        kind: line.kind,
        content: line.content.clone(),
        standing: line.standing.clone(),
        filed_at: line.filed_at,
    }
}
