//! Tables to take away: templates, and what is registered.

use std::sync::Arc;

use app::time_text;
use app::wording::life;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use credit::filing::State as FilingState;
use credit::form::FormKind;
use credit::repair::HandOver;
use serde::Deserialize;

use super::answer::{Answer, Refusal, encode};
use crate::portal::Portal;
use crate::spreadsheets::export::{self, Item};
use crate::spreadsheets::{Unwritable, template};
use crate::storage::Before;
use crate::visitor::Acting;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8";
const JSON: &str = "application/json";

/// Filings that are read from the store at a time.
const AT_A_TIME: i64 = 500;

/// `GET /registrations/{kind}/template.xlsx`
pub async fn template_xlsx(acting: Acting, Path(kind): Path<String>) -> Answer {
    let kind = FormKind::registration(&kind).ok_or(Refusal::NotFound)?;
    let name = format!("{}.xlsx", acting.frame.lang.say(kind.form().group));
    Ok(file(&name, XLSX, written(template::xlsx(kind))?))
}

/// `GET /registrations/{kind}/template.csv`
pub async fn template_csv(acting: Acting, Path(kind): Path<String>) -> Answer {
    let kind = FormKind::registration(&kind).ok_or(Refusal::NotFound)?;
    let name = format!("{}.csv", acting.frame.lang.say(kind.form().group));
    Ok(file(&name, CSV, template::as_csv(kind).into_bytes()))
}

/// Which group.
#[derive(Deserialize)]
pub struct Wanted {
    kind: String,
}

/// `GET /registrations/export.xlsx`
pub async fn export_xlsx(State(portal): State<Arc<Portal>>, acting: Acting, Query(wanted): Query<Wanted>) -> Answer {
    let (kind, items) = items(&portal, &acting, &wanted).await?;
    Ok(file(&name(kind, &acting, &portal, "xlsx"), XLSX, written(export::xlsx(kind, &items))?))
}

/// `GET /registrations/export.csv`
pub async fn export_csv(State(portal): State<Arc<Portal>>, acting: Acting, Query(wanted): Query<Wanted>) -> Answer {
    let (kind, items) = items(&portal, &acting, &wanted).await?;
    Ok(file(&name(kind, &acting, &portal, "csv"), CSV, export::as_csv(kind, &items).into_bytes()))
}

/// `GET /registrations/export.json`
pub async fn export_json(State(portal): State<Arc<Portal>>, acting: Acting, Query(wanted): Query<Wanted>) -> Answer {
    let (kind, items) = items(&portal, &acting, &wanted).await?;
    Ok(file(&name(kind, &acting, &portal, "json"), JSON, export::json(kind, &items).into_bytes()))
}

/// What the enterprise has registered of a group, oldest first: the latest content of each item, withdrawn ones left out.
async fn items(portal: &Portal, acting: &Acting, wanted: &Wanted) -> Result<(FormKind, Vec<Item>), Refusal> {
    let kind = FormKind::registration(&wanted.kind).ok_or(Refusal::NotFound)?;
    let mut items = Vec::new();
    let mut before: Option<Before> = None;
    loop {
        let page = portal.storage.filings_of(acting.code(), before.as_ref(), AT_A_TIME).await?;
        before = page.last().map(|last| Before { filed_at: last.filed_at, id: last.id.clone() });
        let full = page.len() as i64 == AT_A_TIME;
        for line in page {
            if line.kind == kind && !matches!(line.standing.state, FilingState::Withdrawn { .. }) {
                items.push(Item {
                    content: line.content,
                    reference: line.reference,
                    state: life::state(kind, HandOver::Platform, &line.standing, acting.frame.lang).name.to_owned(),
                    filed_at: time_text::minute(line.filed_at),
                });
            }
        }
        if !full {
            items.reverse();
            return Ok((kind, items));
        }
    }
}

fn name(kind: FormKind, acting: &Acting, portal: &Portal, ending: &str) -> String {
    format!("{}-{}.{ending}", acting.frame.lang.say(kind.form().group), portal.clock.today())
}

fn written(made: Result<Vec<u8>, Unwritable>) -> Result<Vec<u8>, Refusal> {
    made.map_err(|error| {
        tracing::error!(error.message = %error, "tables.unwritable");
        Refusal::Notice(app::wording::notices::Notice::Fault, StatusCode::INTERNAL_SERVER_ERROR)
    })
}

/// An answer that browsers save and never run.
fn file(name: &str, media_type: &'static str, content: Vec<u8>) -> Response {
    let mut response = content.into_response();
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let disposition = format!("attachment; filename*=UTF-8''{}", encode(name).replace('+', "%20"));
    set.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment")));
    set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    response
}
