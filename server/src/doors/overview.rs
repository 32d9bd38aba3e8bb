//! The overview of an enterprise, and everything of it to take away.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::pages::desk::FilingEntry;
use app::pages::everything::{Everything, everything as everything_page};
use app::pages::overview::{ExpiringEntry, GroupCounts, Overview, PlatformFile, overview};
use app::paper;
use app::wording::notices::Notice;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use credit::form::FormKind;

use super::answer::{Answer, Refusal, page};
use super::filings::{Seen, shown};
use super::notices::newest_unread;
use crate::documents::everything::everything;
use crate::documents::pdf::pdf;
use crate::expiry::near;
use crate::portal::Portal;
use crate::records::{Matters, entries, platform_file};
use crate::storage::overviews::{FilingCount, Phase};
use crate::storage::{FilingLine, Stored};
use crate::visitor::Acting;

/// Returned and expiring filings that are listed.
const LISTED: usize = 20;
/// Filings that are read at once to find those that expire.
const AT_ONCE: i64 = 500;
/// The most of those; an enterprise with more learns of its expiries by notices, which look at all.
const MOST_READ: usize = 10_000;
/// Filings on the page to be printed.
const PRINTED: i64 = 200;

fn entry(line: FilingLine) -> FilingEntry {
    FilingEntry {
        id: line.id,
        reference: line.reference,
        kind: line.kind,
        content: line.content,
        standing: line.standing,
        filed_at: line.filed_at,
    }
}

/// `GET /overview`
pub async fn show(State(portal): State<Arc<Portal>>, acting: Acting) -> Answer {
    let code = acting.code();
    // The platform may take its two seconds while the store is read.
    let (platform, matters, counts, returned, expiring, newest) = tokio::join!(
        platform_file(&portal, &acting),
        Matters::of(&portal, &acting),
        portal.storage.filing_counts(code),
        portal.storage.returned_filings(code, LISTED as i64),
        expiring(&portal, &acting),
        newest_unread(&portal, &acting),
    );
    let (platform, matters, counts) = (platform?, matters?, counts?);
    let records = match &platform {
        PlatformFile::Now(file) | PlatformFile::Before(Some(file)) => entries(file, &matters, portal.clock.today()),
        PlatformFile::Before(None) | PlatformFile::Unknown => Vec::new(),
    };
    let page_data = Overview {
        enterprise: acting.capacity.enterprise.name.clone(),
        code: code.as_str().to_owned(),
        groups: groups(&counts),
        returned: returned?.into_iter().map(entry).collect(),
        expiring: expiring?,
        published: counts.iter().map(|count| count.published).sum(),
        unread: acting.frame.unread,
        newest: newest?,
        platform,
        records,
        pdf: portal.font.is_some(),
    };
    Ok(page(&acting.frame, StatusCode::OK, |lang| overview(page_data, lang)))
}

/// The counts by group, in the order of the groups.
fn groups(counts: &[FilingCount]) -> Vec<(FormKind, GroupCounts)> {
    let mut groups: BTreeMap<(usize, &str), (FormKind, GroupCounts)> = BTreeMap::new();
    for count in counts {
        let place = FormKind::ALL.iter().position(|kind| *kind == count.kind).unwrap_or(FormKind::ALL.len());
        let (_, group) = groups.entry((place, count.kind.name())).or_insert((count.kind, GroupCounts::default()));
        match count.phase {
            Phase::Checking => group.checking += count.count,
            Phase::Returned => group.returned += count.count,
            Phase::Granted => group.granted += count.count,
            Phase::Refused => group.refused += count.count,
            Phase::FoundUntrue => group.found_untrue += count.count,
            Phase::Withdrawn => group.withdrawn += count.count,
        }
    }
    groups.into_values().collect()
}

/// What ends within thirty days, the nearest first.
async fn expiring(portal: &Portal, acting: &Acting) -> Stored<Vec<ExpiringEntry>> {
    let today = portal.clock.today();
    let mut found = Vec::new();
    let (mut after, mut read) = (String::new(), 0);
    while read < MOST_READ {
        let filings = portal.storage.decided_filings(Some(acting.code()), &after, AT_ONCE).await?;
        let Some(last) = filings.last() else { break };
        after.clone_from(&last.id);
        read += filings.len();
        found.extend(near(filings, portal.config.publication.terms(), today));
    }
    found.sort_by_key(|(_, day, _)| *day);
    found.truncate(LISTED);
    Ok(found.into_iter().map(|(line, ends_on, days_left)| ExpiringEntry { filing: entry(line), ends_on, days_left }).collect())
}

/// All filings as pages show them, newest first, up to a limit.
async fn all(portal: &Portal, acting: &Acting) -> Stored<Everything> {
    let mut lines = portal.storage.filings_of(acting.code(), None, PRINTED + 1).await?;
    let more = lines.len() > PRINTED as usize;
    lines.truncate(PRINTED as usize);
    let mut filings = Vec::with_capacity(lines.len());
    for line in lines {
        filings.extend(portal.storage.filing(&line.id, acting.code()).await?);
    }
    let enterprise = &acting.capacity.enterprise;
    Ok(Everything {
        enterprise: enterprise.name.clone(),
        code: enterprise.code.as_str().to_owned(),
        made_at: portal.clock.now(),
        filings: filings.into_iter().map(|filing| shown(filing, Seen::default(), acting.frame.lang)).collect(),
        more,
    })
}

/// `GET /overview/print`: every filing in a section of its own.
pub async fn print(State(portal): State<Arc<Portal>>, acting: Acting) -> Answer {
    let everything = all(&portal, &acting).await?;
    Ok(page(&acting.frame, StatusCode::OK, |lang| everything_page(everything, lang)))
}

/// `GET /overview/everything.pdf`: the same as the page to be printed. There is none where there is no font for it.
pub async fn download_pdf(State(portal): State<Arc<Portal>>, acting: Acting) -> Answer {
    let font = portal.font.clone().ok_or(Refusal::NotFound)?;
    let paper = paper::everything(&all(&portal, &acting).await?, acting.frame.lang);
    // Setting hundreds of pages takes its time: not in the way of other requests.
    let set = tokio::task::spawn_blocking(move || pdf(&paper, &font)).await;
    match set.map_err(|error| error.to_string()).and_then(|set| set) {
        Ok(bytes) => Ok(attachment(Body::from(bytes), "application/pdf", "attachment; filename=\"everything.pdf\"")),
        Err(problem) => {
            tracing::error!(problem, "overview.pdf_not_set");
            Err(Refusal::Notice(Notice::Fault, StatusCode::INTERNAL_SERVER_ERROR))
        }
    }
}

fn attachment(body: Body, kind: &'static str, disposition: &'static str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    response
}

/// `GET /overview/everything.json`
pub async fn download(State(portal): State<Arc<Portal>>, acting: Acting) -> Answer {
    let document = everything(portal.storage.clone(), &acting.capacity.enterprise, portal.clock.now())?;
    Ok(attachment(Body::from_stream(document), "application/json; charset=utf-8", "attachment; filename=\"everything.json\""))
}
