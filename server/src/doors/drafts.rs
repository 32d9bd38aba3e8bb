//! Drafts: begin, show, save by itself, delete.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::components::field::Remark;
use app::pages::confirm::{Deed, confirm};
use app::pages::desk::draft_name;
use app::pages::draft::{Arrival, Corrects, DraftPage, draft as draft_page};
use app::time_text;
use app::wording::commitment_signing::breach_text;
use app::wording::notices::Notice;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use credit::commitment::template::Template;
use credit::commitment::{self, fulfilment};
use credit::draft::Draft;
use credit::filing::{Comment, Decision, State as FilingState};
use credit::form::{Field, Form as CreditForm, FormKind};
use credit::objection;
use credit::registration::Facts;
use credit::repair;
use serde::Deserialize;
use uuid::Uuid;

use super::answer::{Answer, Refusal, page, see_other};
use super::{commitment_signing, record_drafts};
use crate::portal::Portal;
use crate::storage::{Change, Kept, StoredDraft, StoredFiling};
use crate::token::fresh_token;
use crate::visitor::{Acting, Visitor};

/// Which form to begin.
#[derive(Deserialize)]
pub struct Beginning {
    kind: String,
    /// Of a commitment.
    template: Option<String>,
    /// Of a report of performance: the commitment's filing.
    commitment: Option<String>,
    /// Of an objection or an application for repair: the number of the record.
    record: Option<String>,
}

/// `POST /drafts`: begins a draft.
pub async fn begin(State(portal): State<Arc<Portal>>, acting: Acting, Form(beginning): Form<Beginning>) -> Answer {
    let kind = FormKind::named(&beginning.kind).ok_or(Refusal::NotFound)?;
    if matches!(kind, FormKind::Repair | FormKind::Objection) {
        let record = beginning.record.as_deref().unwrap_or_default();
        return record_drafts::begin_one(&portal, &acting, kind, record).await;
    }
    let mut draft = blank_draft(&portal, &acting, kind);
    if kind == FormKind::Commitment {
        let id = beginning.template.as_deref().unwrap_or_default();
        let template = portal.templates.offered(id).ok_or(Refusal::NotFound)?;
        if commitment_signing::has_breach(&portal, &acting, template.kind).await {
            let words = acting.frame.lang.say(breach_text(template.kind));
            return Err(Refusal::Notice(Notice::NotPossible(words), StatusCode::CONFLICT));
        }
        draft.draft = of_template(draft.draft, template);
    }
    if kind == FormKind::Fulfilment {
        let id = beginning.commitment.as_deref().unwrap_or_default();
        draft.draft = of_commitment(&portal, &acting, draft.draft, id).await?;
    }
    portal.storage.begin_draft(&draft).await?;
    Ok(see_other(&format!("/drafts/{}", draft.id)))
}

/// The draft as one of a report of how this commitment is kept: one's own, and one that holds.
async fn of_commitment(portal: &Portal, acting: &Acting, draft: Draft, filing_id: &str) -> Result<Draft, Refusal> {
    let filing = portal.storage.filing(filing_id, acting.code()).await?.ok_or(Refusal::NotFound)?;
    let code = portal.storage.commitment_code(filing_id).await?.ok_or(Refusal::NotFound)?;
    if !filing.standing.may_be_reported_on() {
        return Err(Refusal::Onward(format!("/filings/{filing_id}")));
    }
    let title = filing.content.get(commitment::TITLE.name).cloned().unwrap_or_default();
    Ok(draft.with(fulfilment::COMMITMENT.name, &code).with(fulfilment::TITLE.name, &title))
}

/// The draft as one of a commitment that is made from this template.
pub fn of_template(draft: Draft, template: &Template) -> Draft {
    draft.with(commitment::TEMPLATE.name, &template.reference()).with(commitment::TITLE.name, &template.title.zh)
}

/// The answers of a form that the portal gives and nobody types.
pub fn given(kind: FormKind) -> Vec<&'static Field> {
    match kind {
        FormKind::Commitment => vec![&commitment::TEMPLATE, &commitment::TITLE],
        FormKind::Fulfilment => vec![&fulfilment::COMMITMENT, &fulfilment::TITLE],
        FormKind::Repair => repair::OF_RECORD.to_vec(),
        FormKind::Objection => objection::OF_RECORD.to_vec(),
        _ => Vec::new(),
    }
}

/// What arrived for a draft. Of which template a commitment is made is not for the browser to say.
pub fn typed<'a>(stored: &StoredDraft, answers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Draft {
    let draft = Draft::typed(stored.kind.form(), answers);
    given(stored.kind).into_iter().fold(draft, |draft, field| draft.with(field.name, stored.draft.answer(field.name)))
}

/// The template of a commitment's draft.
///
/// # Errors
/// [`Refusal::NotFound`] if it is none, or of a template that is not there any more.
pub fn template_of(portal: &Portal, stored: &StoredDraft) -> Result<Arc<Template>, Refusal> {
    portal.templates.referred(stored.draft.answer(commitment::TEMPLATE.name)).cloned().ok_or(Refusal::NotFound)
}

/// The form that a draft fills: that of its kind or, of a commitment, that of its template.
///
/// # Errors
/// As [`template_of`].
pub fn form_of(portal: &Portal, stored: &StoredDraft) -> Result<&'static CreditForm, Refusal> {
    match stored.kind {
        FormKind::Commitment => Ok(template_of(portal, stored)?.form),
        kind => Ok(kind.form()),
    }
}

/// A draft with nothing in it yet.
pub fn blank_draft(portal: &Portal, acting: &Acting, kind: FormKind) -> StoredDraft {
    let now = portal.clock.now();
    StoredDraft {
        id: Uuid::now_v7().to_string(),
        enterprise: acting.capacity.enterprise.clone(),
        kind,
        version: 1,
        draft: Draft::default(),
        attachments: Vec::new(),
        corrects: None,
        begun_at: now,
        changed_at: now,
        changed_by: acting.name().to_owned(),
    }
}

/// The draft.
///
/// # Errors
/// [`Refusal::Onward`] to the filing if it was filed meanwhile (the same post twice, a page from the history), and
/// [`Refusal::NotFound`] for an unknown id and for another enterprise's alike.
pub async fn own_draft(portal: &Portal, acting: &Acting, id: &str) -> Result<StoredDraft, Refusal> {
    match portal.storage.draft(id, acting.code()).await? {
        Some(draft) => Ok(draft),
        None => Err(no_draft(portal, acting, id).await),
    }
}

/// Why there is no such draft. Asked only after it was looked for in vain: in this order nothing falls between the two looks.
pub async fn no_draft(portal: &Portal, acting: &Acting, id: &str) -> Refusal {
    match portal.storage.filing_changes(id, acting.code()).await {
        Ok(Some(_)) => Refusal::Onward(format!("/filings/{id}")),
        Ok(None) => Refusal::NotFound,
        Err(error) => error.into(),
    }
}

/// Why the page is shown.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Arrived {
    check: Option<String>,
    saved: Option<String>,
    restored: Option<String>,
}

/// `GET /drafts/{id}`
pub async fn show(
    State(portal): State<Arc<Portal>>,
    acting: Acting,
    Path(id): Path<String>,
    Query(arrived): Query<Arrived>,
) -> Answer {
    let stored = own_draft(&portal, &acting, &id).await?;
    let rival = !portal.storage.rivals(&id, acting.code()).await?.is_empty();
    let corrected = match &stored.corrects {
        Some(filing) => portal.storage.filing(filing, acting.code()).await?,
        None => None,
    };
    let today = portal.clock.today();
    let arrival = match arrived {
        Arrived { check: Some(_), .. } => Arrival::Checked,
        Arrived { restored: Some(_), .. } => Arrival::Restored,
        Arrived { saved: Some(_), .. } => Arrival::Saved,
        _ => Arrival::Plain,
    };
    let notes = record_drafts::notes(&portal, &acting, &stored).await?;
    let shown = DraftPage {
        form: form_of(&portal, &stored)?,
        given: given(stored.kind),
        not_asked: record_drafts::not_asked(&stored),
        notes,
        id: stored.id,
        enterprise: stored.enterprise,
        kind: stored.kind,
        version: stored.version,
        window: fresh_token(),
        draft: stored.draft,
        facts: Facts { attachments: stored.attachments, enterprise: Some(acting.code().clone()) },
        today,
        remarks: corrected.as_ref().map(remarks).unwrap_or_default(),
        corrects: corrected.map(|filing| (filing.id, corrects(&filing.standing.state))),
        may_file: acting.capacity.may_file(stored.kind.form().matter, today).is_ok(),
        arrival,
        rival,
    };
    Ok(page(&acting.frame, StatusCode::OK, |lang| draft_page(shown, lang)))
}

fn corrects(state: &FilingState) -> Corrects {
    match state {
        FilingState::Returned { .. } => Corrects::Returned,
        FilingState::Decided(Decision::Refused { .. }) => Corrects::Refused,
        _ => Corrects::Granted,
    }
}

/// The platform's remarks on a returned or refused filing, by field; what concerns no field of the form stands under `""`.
fn remarks(filing: &StoredFiling) -> BTreeMap<String, Remark> {
    let (comments, note) = match &filing.standing.state {
        FilingState::Returned { comments, note } => (comments, note.clone()),
        FilingState::Decided(Decision::Refused { reasons, comments }) => (comments, reasons.join("\n")),
        _ => return BTreeMap::new(),
    };
    let mut remarks: BTreeMap<String, Remark> = BTreeMap::new();
    let whole = Comment { field: String::new(), comment: note };
    for Comment { field, comment } in comments.iter().chain([&whole]).filter(|comment| !comment.comment.is_empty()) {
        let known = filing.kind.form().field(field).map_or("", |field| field.name);
        let was = filing.content.get(known).cloned().unwrap_or_default();
        let remark = remarks.entry(known.to_owned()).or_insert_with(|| Remark { comment: String::new(), was });
        if !remark.comment.is_empty() {
            remark.comment.push(if known.is_empty() { '\n' } else { '；' });
        }
        remark.comment.push_str(comment);
    }
    remarks
}

/// `PUT /drafts/{id}`: saves by itself. Answers in plain text, for the island: the new version and the time of day.
pub async fn autosave(
    State(portal): State<Arc<Portal>>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let Some(acting) = visitor.acting() else { return Ok(StatusCode::UNAUTHORIZED.into_response()) };
    let Some(stored) = portal.storage.draft(&id, acting.code()).await? else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let now = portal.clock.now();
    let said = |wanted: &str| sent.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let change = Change {
        version: said("version").and_then(|version| version.parse().ok()).unwrap_or_default(),
        window: window(said("window")),
        draft: typed(&stored, sent.iter().map(|(name, answer)| (name.as_str(), answer.as_str()))),
        by: acting.name().to_owned(),
        at: now,
    };
    Ok(match portal.storage.keep_draft(&id, acting.code(), &change).await? {
        Kept::Kept(version) => format!("{version} {}", time_text::hour_minute(now)).into_response(),
        Kept::Rival(_) => StatusCode::CONFLICT.into_response(),
        Kept::Gone => StatusCode::NOT_FOUND.into_response(),
    })
}

/// The name that a page gave its window. One that says none is a window of its own: nothing that it typed is replaced.
pub fn window(said: Option<&str>) -> String {
    const LONGEST: usize = 64;
    match said {
        Some(name) if !name.is_empty() && name.len() <= LONGEST => name.to_owned(),
        _ => fresh_token(),
    }
}

/// `GET /drafts/{id}/deletion`: asks first.
pub async fn ask_deletion(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let stored = own_draft(&portal, &acting, &id).await?;
    Ok(page(&acting.frame, StatusCode::OK, |lang| {
        let name = draft_name(stored.kind, &stored.draft, lang);
        confirm(Deed::DeleteDraft, name, format!("/drafts/{id}/deletion"), format!("/drafts/{id}"), lang)
    }))
}

/// `POST /drafts/{id}/deletion`
pub async fn delete(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    if !portal.storage.delete_draft(&id, acting.code()).await? {
        return Err(no_draft(&portal, &acting, &id).await);
    }
    Ok(see_other("/filings?deleted=1"))
}
