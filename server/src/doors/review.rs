//! Checking a draft, and filing it.

use std::sync::Arc;

use app::pages::review::{ReviewPage, review};
use app::wording::{life, notices::Notice};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::attachment::Attachment;
use credit::filing::Happening;
use credit::form::FormKind;
use credit::pledge::Purpose;
use credit::registration::{Content, Facts, licence, parse};
use tracing::Instrument;

use super::answer::{Answer, Refusal, page, see_other};
use super::drafts::{no_draft, own_draft};
use super::record_review;
use crate::platform::wire_v1;
use crate::portal::Portal;
use crate::storage::{Acceptance, HistoryEntry, NewFiling, StoredDraft, StoredFiling};
use crate::submitting::{filed_by, filing_of, frozen_pledge};
use crate::telemetry::traces::step;
use crate::visitor::Acting;

/// What the page shows beside the draft.
#[derive(Default)]
struct Shown {
    ticked: Vec<Purpose>,
    pledge_missing: bool,
    changed: bool,
}

/// `GET /drafts/{id}/review`
pub async fn show(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let draft = own_draft(&portal, &acting, &id).await?;
    if draft.kind == FormKind::Commitment {
        return super::commitment_signing::show(&portal, &acting, draft).await;
    }
    if draft.kind.is_about_record() {
        return record_review::show(&portal, &acting, draft, record_review::Again::default(), StatusCode::OK).await;
    }
    show_again(&portal, &acting, draft, Shown::default(), StatusCode::OK).await
}

async fn show_again(portal: &Portal, acting: &Acting, draft: StoredDraft, shown: Shown, status: StatusCode) -> Answer {
    let Some(content) = content(portal, &draft) else { return Ok(back_to_form(&draft.id)) };
    let corrected = match &draft.corrects {
        Some(filing) => portal.storage.filing(filing, acting.code()).await?,
        None => None,
    };
    let authorised_before = corrected.as_ref().map(authorised).unwrap_or_default();
    let expired = match draft.kind {
        FormKind::Licence => licence::expired(&content, portal.clock.today()),
        _ => None,
    };
    let not_authorised = acting.capacity.may_file(draft.kind.form().matter, portal.clock.today()).err();
    let shown = ReviewPage {
        id: draft.id,
        version: draft.version,
        enterprise: draft.enterprise,
        kind: draft.kind,
        content,
        files: draft.attachments.into_iter().filter(Attachment::is_kept).collect(),
        before: corrected.map(|filing| filing.content),
        authorised_before,
        expired,
        not_authorised,
        ticked: shown.ticked,
        pledge_missing: shown.pledge_missing,
        changed: shown.changed,
    };
    Ok(page(&acting.frame, status, |lang| review(shown, lang)))
}

/// What was authorised with a filing and not withdrawn since.
fn authorised(filing: &StoredFiling) -> Vec<Purpose> {
    filing.pledge.purposes.iter().copied().filter(|purpose| !filing.standing.withdrawn.contains(purpose)).collect()
}

/// The content of a draft that holds.
fn content(portal: &Portal, draft: &StoredDraft) -> Option<Content> {
    let facts = Facts { attachments: draft.attachments.clone(), enterprise: Some(draft.enterprise.code.clone()) };
    parse(draft.kind, &draft.draft, &facts, portal.clock.today()).ok()
}

fn back_to_form(id: &str) -> Response {
    see_other(&format!("/drafts/{id}?check=1#problems"))
}

/// What was ticked, and what had been shown.
#[derive(Default)]
struct Ticked {
    version: i64,
    files: Vec<String>,
    pledge: bool,
    purposes: Vec<Purpose>,
}

impl Ticked {
    fn of(pairs: Vec<(String, String)>) -> Self {
        let mut ticked = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "version" => ticked.version = value.parse().unwrap_or_default(),
                "files" => ticked.files = value.split(' ').filter(|id| !id.is_empty()).map(str::to_owned).collect(),
                "pledge" => ticked.pledge = value == "yes",
                "purpose" => ticked.purposes.extend(Purpose::ALL.into_iter().find(|purpose| purpose.name() == value)),
                _ => {}
            }
        }
        ticked
    }
}

/// `POST /drafts/{id}/filing`: accepts it, once, in one transaction.
pub async fn file(
    State(portal): State<Arc<Portal>>,
    acting: Acting,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let mut ticked = Ticked::of(pairs);
    let draft = own_draft(&portal, &acting, &id).await?;
    // Only what is registered is authorised; no other page asks for it.
    if !FormKind::ALL.contains(&draft.kind) {
        ticked.purposes.clear();
    }
    // A commitment is signed, not only sent.
    if draft.kind == FormKind::Commitment {
        return Err(Refusal::Onward(format!("/drafts/{id}/review")));
    }
    if draft.kind.is_about_record() {
        return record_review::file(&portal, &acting, draft, ticked.version, &ticked.files, ticked.pledge).await;
    }
    let Some(content) = content(&portal, &draft) else { return Ok(back_to_form(&id)) };
    if let Err(why) = acting.capacity.may_file(draft.kind.form().matter, portal.clock.today()) {
        let words = life::not_authorised(why, acting.frame.lang);
        return Err(Refusal::Notice(Notice::NotAuthorised(words), StatusCode::FORBIDDEN));
    }
    if !ticked.pledge {
        let shown = Shown { ticked: ticked.purposes, pledge_missing: true, changed: false };
        return show_again(&portal, &acting, draft, shown, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let mut filing = new_filing(&portal, &acting, &draft, content, ticked.purposes.clone());
    let replaced = replaced_at_platform(&portal, &acting, &draft).await?;
    filing.envelope = wire_v1::submission(&filing, &draft, replaced.as_deref());
    match portal.storage.accept(&filing, ticked.version, &ticked.files).instrument(step!("accept")).await? {
        Acceptance::Accepted => {
            tracing::info!(filing.id = %id, filing.kind = draft.kind.name(), "filing.accepted");
            portal.metrics.accepted.inc();
            portal.courier.notify_one();
            Ok(see_other(&format!("/filings/{id}?filed=1")))
        }
        Acceptance::Before => Ok(see_other(&format!("/filings/{id}"))),
        Acceptance::Changed(_) => {
            let draft = own_draft(&portal, &acting, &id).await?;
            let shown = Shown { ticked: ticked.purposes, pledge_missing: false, changed: true };
            show_again(&portal, &acting, draft, shown, StatusCode::CONFLICT).await
        }
        Acceptance::CannotRevise(why) => {
            let words = life::impossible(why, acting.frame.lang);
            Err(Refusal::Notice(Notice::NotPossible(words), StatusCode::CONFLICT))
        }
        Acceptance::AlreadyOpen(other) => Err(Refusal::Onward(format!("/filings/{other}"))),
        // Nothing is signed here: a commitment goes another way.
        Acceptance::Gone | Acceptance::KeyGone => Err(no_draft(&portal, &acting, &id).await),
    }
}

/// The filing as it will be kept: the pledge is frozen exactly as it was shown.
pub(super) fn new_filing(
    portal: &Portal,
    acting: &Acting,
    draft: &StoredDraft,
    content: Content,
    purposes: Vec<Purpose>,
) -> NewFiling {
    let pledge = frozen_pledge(draft.kind, &draft.enterprise, purposes);
    filing_of(draft, content, pledge, filed_by(acting), portal.clock.now())
}

/// The submission that this one replaces at the platform. One that the platform refused at the door is unknown there, and
/// cannot be replaced there.
pub(super) async fn replaced_at_platform(portal: &Portal, acting: &Acting, draft: &StoredDraft) -> Result<Option<String>, Refusal> {
    let Some(id) = &draft.corrects else { return Ok(None) };
    let Some(filing) = portal.storage.filing(id, acting.code()).await? else { return Ok(None) };
    let taken = |entry: &HistoryEntry| {
        // A decision shows it too: where it overtook its own receipt, that never comes into the history.
        let had =
            matches!(entry.happening, Happening::Forwarded { .. } | Happening::ReviewBegan { .. } | Happening::Decided { .. });
        entry.stands() && had
    };
    Ok(filing.history.iter().any(taken).then_some(filing.id))
}
