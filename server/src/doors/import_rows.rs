//! One row of an import: shown with its problems, mended, dropped.

use std::sync::Arc;

use app::pages::confirm::{Deed, confirm};
use app::pages::desk::draft_name;
use app::pages::import_row::{ImportRowPage, import_row};
use app::wording::imports::WORDS;
use app::wording::imports::line as line_words;
use app::wording::notices::Notice;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use credit::draft::Draft;
use credit::import::judge;

use super::answer::{Answer, Refusal, page, see_other};
use super::imports::own_import;
use crate::portal::Portal;
use crate::storage::imports::{ImportRow, ImportState, Mended, RowState, StoredImport, Which};
use crate::visitor::Acting;

/// `GET /imports/{id}/rows/{line}`
pub async fn show(State(portal): State<Arc<Portal>>, acting: Acting, Path((id, line)): Path<(String, String)>) -> Answer {
    let (import, row) = open_row(&portal, &acting, &id, &line).await?;
    Ok(show_row(&portal, &acting, &import, row, false, StatusCode::OK))
}

/// The row, which must be to be decided on.
async fn open_row(portal: &Portal, acting: &Acting, id: &str, line: &str) -> Result<(StoredImport, ImportRow), Refusal> {
    let import = own_import(portal, acting, id).await?;
    let line: i64 = line.parse().map_err(|_| Refusal::NotFound)?;
    let row = portal.storage.import_row(id, acting.code(), line).await?.ok_or(Refusal::NotFound)?;
    if row.state != RowState::Open || import.state != ImportState::Open {
        return Err(Refusal::Notice(Notice::NotPossible(acting.frame.lang.say(WORDS.settled)), StatusCode::CONFLICT));
    }
    Ok((import, row))
}

fn show_row(
    portal: &Portal,
    acting: &Acting,
    import: &StoredImport,
    row: ImportRow,
    changed: bool,
    status: StatusCode,
) -> axum::response::Response {
    let kind = import.begun.kind;
    let (_, problems) = judge(kind, &row.draft, acting.code(), portal.clock.today());
    let shown = ImportRowPage {
        import: import.begun.id.clone(),
        kind,
        line: row.line,
        version: row.version,
        draft: row.draft,
        problems,
        changed,
    };
    page(&acting.frame, status, |lang| import_row(shown, lang))
}

/// `POST /imports/{id}/rows/{line}`: keeps what was typed, then judges it as the form would; or asks before the
/// row is dropped, and drops it.
pub async fn mend(
    State(portal): State<Arc<Portal>>,
    acting: Acting,
    Path((id, line)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let (import, row) = open_row(&portal, &acting, &id, &line).await?;
    let said = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str()).unwrap_or_default();
    let action = said("action");
    if action == "confirm" {
        if !portal.storage.drop_row(&id, acting.code(), row.line).await? {
            return Err(Refusal::Notice(Notice::NotPossible(acting.frame.lang.say(WORDS.settled)), StatusCode::CONFLICT));
        }
        return Ok(see_other(&format!("/imports/{id}?dropped=1#rows")));
    }
    let draft = Draft::typed(import.begun.kind.form(), pairs.iter().map(|(name, value)| (name, value.as_str())));
    let (_, problems) = judge(import.begun.kind, &draft, acting.code(), portal.clock.today());
    let mended = ImportRow {
        version: said("version").parse().unwrap_or_default(),
        faults: i64::try_from(problems.len()).unwrap_or(i64::MAX),
        draft,
        ..row
    };
    match portal.storage.mend_row(&id, acting.code(), &mended).await? {
        Mended::Gone => Err(Refusal::NotFound),
        Mended::Changed => {
            let (import, now) = open_row(&portal, &acting, &id, &line).await?;
            // What was typed is shown over the version that is there now: saving again keeps it.
            let shown = ImportRow { version: now.version, ..mended };
            Ok(show_row(&portal, &acting, &import, shown, true, StatusCode::CONFLICT))
        }
        Mended::Mended if action == "drop" => Ok(page(&acting.frame, StatusCode::OK, |lang| {
            let name = format!("{} · {}", line_words(mended.line, lang), draft_name(import.begun.kind, &mended.draft, lang));
            let here = format!("/imports/{id}/rows/{}", mended.line);
            confirm(Deed::DropRow, name, here.clone(), here, lang)
        })),
        Mended::Mended if mended.faults > 0 => Ok(see_other(&format!("/imports/{id}/rows/{}#problems", mended.line))),
        Mended::Mended if action == "next" => {
            let next = portal.storage.import_rows(&id, acting.code(), Which::Faulty, mended.line, 1).await?;
            Ok(match next.first() {
                Some(next) => see_other(&format!("/imports/{id}/rows/{}", next.line)),
                None => see_other(&format!("/imports/{id}?saved=1#rows")),
            })
        }
        Mended::Mended => Ok(see_other(&format!("/imports/{id}?saved=1#rows"))),
    }
}
