//! Imports: see how far one is and what is wrong in it, file or draft what is not.

use std::sync::Arc;

use app::pages::desk::{ImportEntry, draft_name};
use app::pages::import::{Arrival, Counts, ImportPage, RowStand, ShownRow, Stand, import as import_page, standing};
use app::pages::import_closure::import_closure;
use app::pages::import_filing::{ImportFilingPage, import_filing};
use app::shell::render_part;
use app::wording::imports::WORDS;
use app::wording::{life, notices::Notice};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse};
use credit::import::{judge, needs_file};
use credit::pledge::Purpose;
use serde::Deserialize;

use super::answer::{Answer, Refusal, page, see_other};
use crate::portal::Portal;
use crate::storage::imports::{FilingOrders, ImportState, RowState, StoredImport, Which};
use crate::submitting::{filed_by, frozen_pledge};
use crate::visitor::Acting;

/// Rows on one page.
const ON_A_PAGE: i64 = 50;
/// Imports listed on the desk at most.
const MOST_LISTED: i64 = 20;
/// Rows named on the page of the pledge.
const NAMED: i64 = 10;

/// The import.
///
/// # Errors
/// [`Refusal::NotFound`] for an unknown id and for another enterprise's alike.
pub(super) async fn own_import(portal: &Portal, acting: &Acting, id: &str) -> Result<StoredImport, Refusal> {
    portal.storage.import(id, acting.code()).await?.ok_or(Refusal::NotFound)
}

/// What the desk lists.
pub(super) async fn unfinished_imports(portal: &Portal, acting: &Acting) -> Result<Vec<ImportEntry>, Refusal> {
    let imports = portal.storage.imports_of(acting.code(), MOST_LISTED).await?;
    Ok(imports
        .into_iter()
        .map(|import| ImportEntry {
            id: import.begun.id,
            kind: import.begun.kind,
            file_name: import.begun.file_name,
            made_at: import.begun.made_at,
            refused: matches!(import.state, ImportState::Refused(_)),
            faulty_and_sound: (import.counts.faulty, import.counts.sound),
        })
        .collect())
}

/// Where in the rows, and why.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Place {
    after: Option<String>,
    all: Option<String>,
    still: Option<String>,
    saved: Option<String>,
    dropped: Option<String>,
    drafted: Option<String>,
}

/// What differs whenever the page of an import would show something else while the portal works on it.
pub(super) fn mark_of(import: &StoredImport) -> String {
    let (state, counts) = (import.state.name(), import.counts);
    match import.state {
        ImportState::Reading => format!("{state} {}", counts.all()),
        ImportState::Filing(_) => format!("{state} {}", counts.filed),
        _ => state.to_owned(),
    }
}

/// `GET /imports/{id}`
pub async fn show(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>, Query(place): Query<Place>) -> Answer {
    let shown = shown(&portal, &acting, id, place).await?;
    Ok(page(&acting.frame, StatusCode::OK, |lang| import_page(shown, lang)))
}

/// `GET /imports/{id}/standing`: the part of the page that changes, for the island.
pub async fn show_standing(
    State(portal): State<Arc<Portal>>,
    acting: Acting,
    Path(id): Path<String>,
    Query(place): Query<Place>,
) -> Answer {
    let shown = shown(&portal, &acting, id, place).await?;
    let html = render_part(|| standing(&shown, acting.frame.lang));
    Ok(([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Html(html)).into_response())
}

async fn shown(portal: &Portal, acting: &Acting, id: String, place: Place) -> Result<ImportPage, Refusal> {
    let import = own_import(portal, acting, &id).await?;
    let after = place.after.as_deref().and_then(|after| after.parse().ok()).unwrap_or(0);
    let which = if place.all.is_some() { Which::All } else { Which::Faulty };
    let mut rows = portal.storage.import_rows(&id, acting.code(), which, after, ON_A_PAGE + 1).await?;
    let more = rows.len() as i64 > ON_A_PAGE;
    rows.truncate(ON_A_PAGE as usize);
    let further = rows.last().filter(|_| more).map(|last| last.line);
    let today = portal.clock.today();
    Ok(ImportPage {
        mark: mark_of(&import),
        still: place.still.is_some(),
        kind: import.begun.kind,
        file_name: import.begun.file_name,
        made_at: import.begun.made_at,
        made_by: import.begun.made_by,
        stand: match import.state {
            ImportState::Reading => Stand::Reading,
            ImportState::Refused(why) => Stand::Refused(why),
            ImportState::Open => Stand::Open,
            ImportState::Filing(_) => Stand::Filing,
            ImportState::Closed => Stand::Closed,
        },
        counts: Counts {
            sound: import.counts.sound,
            faulty: import.counts.faulty,
            drafted: import.counts.drafted,
            filed: import.counts.filed,
            dropped: import.counts.dropped,
        },
        notes: import.notes,
        rows: rows
            .into_iter()
            .map(|row| ShownRow {
                line: row.line,
                id: row.id,
                problems: match row.state {
                    RowState::Open => judge(import.begun.kind, &row.draft, acting.code(), today).1,
                    _ => Vec::new(),
                },
                draft: row.draft,
                stand: match row.state {
                    RowState::Open => RowStand::Open,
                    RowState::Drafted => RowStand::Drafted,
                    RowState::Filed => RowStand::Filed,
                    RowState::Dropped => RowStand::Dropped,
                },
            })
            .collect(),
        all: place.all.is_some(),
        further,
        begun_later: after > 0,
        arrival: match place {
            Place { drafted: Some(_), .. } => Arrival::Drafted,
            Place { dropped: Some(_), .. } => Arrival::Dropped,
            Place { saved: Some(_), .. } => Arrival::Saved,
            _ => Arrival::Plain,
        },
        id,
    })
}

/// `GET /imports/{id}/closure`: asks first.
pub async fn ask_closure(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let import = own_import(&portal, &acting, &id).await?;
    Ok(page(&acting.frame, StatusCode::OK, |lang| import_closure(&id, import.begun.file_name, lang)))
}

/// `POST /imports/{id}/closure`
pub async fn close(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    own_import(&portal, &acting, &id).await?;
    if !portal.storage.close_import(&id, acting.code()).await? {
        return Err(under_way(&acting));
    }
    Ok(see_other("/filings"))
}

fn under_way(acting: &Acting) -> Refusal {
    Refusal::Notice(Notice::NotPossible(acting.frame.lang.say(WORDS.under_way)), StatusCode::CONFLICT)
}

/// `POST /imports/{id}/drafts`: rows without fault become drafts, to which files can be added.
pub async fn make_drafts(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let import = own_import(&portal, &acting, &id).await?;
    if import.state.is_under_way() {
        return Err(under_way(&acting));
    }
    portal.storage.draft_rows(&id, acting.code(), acting.name(), portal.clock.now()).await?;
    Ok(see_other(&format!("/imports/{id}?drafted=1")))
}

/// What the page of the pledge shows beside the rows.
#[derive(Default)]
struct Shown {
    ticked: Vec<Purpose>,
    pledge_missing: bool,
    changed: bool,
}

/// `GET /imports/{id}/filing`
pub async fn review(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let import = own_import(&portal, &acting, &id).await?;
    show_review(&portal, &acting, import, Shown::default(), StatusCode::OK).await
}

async fn show_review(portal: &Portal, acting: &Acting, import: StoredImport, shown: Shown, status: StatusCode) -> Answer {
    let kind = import.begun.kind;
    if import.state != ImportState::Open || import.counts.sound == 0 || needs_file(kind.form()) {
        return Ok(see_other(&format!("/imports/{}", import.begun.id)));
    }
    let first = portal.storage.import_rows(&import.begun.id, acting.code(), Which::Sound, 0, NAMED).await?;
    let not_authorised = acting.capacity.may_file(kind.form().matter, portal.clock.today()).err();
    Ok(page(&acting.frame, status, |lang| {
        let shown = ImportFilingPage {
            import: import.begun.id,
            enterprise: import.begun.enterprise,
            kind,
            rows: import.counts.sound,
            mark: import.counts.sound_mark,
            first: first.iter().map(|row| (row.line, draft_name(kind, &row.draft, lang))).collect(),
            not_authorised,
            ticked: shown.ticked,
            pledge_missing: shown.pledge_missing,
            changed: shown.changed,
        };
        import_filing(shown, lang)
    }))
}

/// `POST /imports/{id}/filing`: freezes pledge and purposes and orders the filing, which goes on in the background.
pub async fn file(
    State(portal): State<Arc<Portal>>,
    acting: Acting,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let import = own_import(&portal, &acting, &id).await?;
    let kind = import.begun.kind;
    // The same post twice, or nothing to file: the page says how it stands.
    if import.state != ImportState::Open || import.counts.sound == 0 || needs_file(kind.form()) {
        return Ok(see_other(&format!("/imports/{id}")));
    }
    if let Err(why) = acting.capacity.may_file(kind.form().matter, portal.clock.today()) {
        let words = life::not_authorised(why, acting.frame.lang);
        return Err(Refusal::Notice(Notice::NotAuthorised(words), StatusCode::FORBIDDEN));
    }
    let given = |name: &str, value: &str| pairs.iter().any(|(n, v)| n == name && v == value);
    let purposes: Vec<Purpose> = Purpose::ALL.into_iter().filter(|purpose| given("purpose", purpose.name())).collect();
    if !given("pledge", "yes") {
        let shown = Shown { ticked: purposes, pledge_missing: true, changed: false };
        return show_review(&portal, &acting, import, shown, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let pledge = frozen_pledge(import.begun.kind, &import.begun.enterprise, purposes.clone());
    let orders = FilingOrders { pledge, filed_by: filed_by(&acting) };
    let mark = pairs.iter().find(|(name, _)| name == "rows").and_then(|(_, mark)| mark.parse().ok()).unwrap_or_default();
    if portal.storage.order_filing(&id, acting.code(), &orders, mark).await? {
        tracing::info!(import.id = %id, import.rows = import.counts.sound, "import.filing_ordered");
        portal.live.tell(&id);
        portal.importer.notify_one();
        return Ok(see_other(&format!("/imports/{id}")));
    }
    // Somebody mended or dropped a row while these were shown; where all is under way or done, this leads to the import.
    let shown = Shown { ticked: purposes, pledge_missing: false, changed: true };
    let import = own_import(&portal, &acting, &id).await?;
    show_review(&portal, &acting, import, shown, StatusCode::CONFLICT).await
}
