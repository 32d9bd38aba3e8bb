//! Before an import: its page, and taking the file or the pasted rows that it sends.

use std::sync::Arc;

use app::pages::import_start::{ImportStart, SendProblem, import_start};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::attachment::FileRefusal;
use credit::form::FormKind;
use serde::Deserialize;
use uuid::Uuid;

use super::answer::{Answer, Refusal, page, see_other};
use super::draft_post::{shown_name, unreadable};
use crate::parts::{Part, Parts};
use crate::portal::Portal;
use crate::storage::imports::NewImport;
use crate::visitor::Acting;

/// The name of the part with pasted rows.
const ROWS: &str = "rows";

/// What is to stand on the page.
#[derive(Deserialize)]
pub struct Wanted {
    /// The rows that were pasted for this import.
    again: Option<String>,
}

/// `GET /registrations/{kind}/import`
pub async fn show(
    State(portal): State<Arc<Portal>>,
    acting: Acting,
    Path(kind): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let kind = FormKind::registration(&kind).ok_or(Refusal::NotFound)?;
    let pasted = match wanted.again {
        Some(id) => pasted_before(&portal, &acting, &id).await?,
        None => String::new(),
    };
    Ok(show_page(&portal, &acting, kind, None, pasted))
}

fn show_page(portal: &Portal, acting: &Acting, kind: FormKind, problem: Option<SendProblem>, pasted: String) -> Response {
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = ImportStart { kind, enterprise: acting.code().clone(), today: portal.clock.today(), problem, pasted };
    page(&acting.frame, status, |lang| import_start(shown, lang))
}

/// The rows as they were pasted for an own import; nothing for any other.
async fn pasted_before(portal: &Portal, acting: &Acting, id: &str) -> Result<String, Refusal> {
    match portal.storage.import(id, acting.code()).await? {
        Some(import) if import.begun.file_name.is_none() => {
            Ok(String::from_utf8_lossy(&portal.attachments.whole(&import.begun.sha256).await?).into_owned())
        }
        _ => Ok(String::new()),
    }
}

/// The file's name, if it is one; and what became of it.
type Sent = (Option<String>, Result<(String, u64), FileRefusal>);

/// `POST /registrations/{kind}/import`: file or rows are kept first; they are read in the background.
pub async fn begin(State(portal): State<Arc<Portal>>, acting: Acting, Path(kind): Path<String>, mut parts: Parts) -> Answer {
    let kind = FormKind::registration(&kind).ok_or(Refusal::NotFound)?;
    let mut kept: Option<Sent> = None;
    let (mut of_rows, mut empty_file) = (false, false);
    while let Some(mut part) = parts.next().await.map_err(unreadable)? {
        let file_name = part.file_name().map(str::to_owned);
        let is_rows = file_name.is_none() && part.name() == ROWS;
        of_rows |= is_rows;
        // A file field in which nothing was chosen arrives with an empty name.
        if kept.is_none() && (is_rows || file_name.as_ref().is_some_and(|name| !name.is_empty())) {
            let arrived = take(&portal, &mut part, is_rows).await?;
            let empty = arrived == Err(FileRefusal::Empty);
            empty_file |= empty && !is_rows;
            kept = (!empty).then(|| (file_name.map(|name| shown_name(&name)), arrived));
        } else {
            part.pass_over().await.map_err(unreadable)?;
        }
    }
    let problem = match kept {
        Some((file_name, Ok((sha256, bytes)))) => {
            let import = NewImport {
                id: Uuid::now_v7().to_string(),
                enterprise: acting.capacity.enterprise.clone(),
                kind,
                file_name,
                sha256,
                bytes,
                made_at: portal.clock.now(),
                made_by: acting.name().to_owned(),
            };
            portal.storage.begin_import(&import).await?;
            portal.importer.notify_one();
            return Ok(see_other(&format!("/imports/{}", import.id)));
        }
        Some((Some(_), Err(_))) => SendProblem::FileTooLarge,
        Some((None, Err(_))) => SendProblem::RowsTooLarge,
        None if empty_file => SendProblem::EmptyFile,
        None if of_rows => SendProblem::NoRows,
        None => SendProblem::NoFile,
    };
    Ok(show_page(&portal, &acting, kind, Some(problem), String::new()))
}

/// Keeps the content of a part; gives its hash and size. Rows of nothing but blanks are empty.
async fn take(portal: &Portal, part: &mut Part<'_>, is_rows: bool) -> Result<Result<(String, u64), FileRefusal>, Refusal> {
    let mut incoming = portal.attachments.receive().await?;
    let mut blank = true;
    while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
        blank &= chunk.trim_ascii().is_empty();
        incoming.take(&chunk).await?;
    }
    if is_rows && blank {
        return Ok(Err(FileRefusal::Empty));
    }
    Ok(incoming.finish_unseen().await?)
}
