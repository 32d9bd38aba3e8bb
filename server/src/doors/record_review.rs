//! Checking and filing an application for repair or an objection; preparing its commitment.

use std::sync::Arc;

use app::pages::overview::PlatformFile;
use app::pages::repair_review::{LetterPart, RepairReviewPage, repair_review};
use app::wording::life;
use app::wording::notices::Notice;
use app::wording::repairs::NO_NUMBER_IN_LETTER;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use credit::attachment::Attachment;
use credit::commitment::template::blank_name;
use credit::draft::Draft;
use credit::form::FormKind;
use credit::record::Channel;
use credit::repair::{self, COMMITMENT, FULFILMENT, HandOver};
use tracing::Instrument;

use super::answer::{Answer, Refusal, page, see_other};
use super::drafts::{blank_draft, no_draft, of_template, own_draft};
use super::record_drafts::file_now;
use super::review::{new_filing, replaced_at_platform};
use crate::applying::{DOCUMENT_BLANK, about, check, template_for};
use crate::platform::wire_v1;
use crate::portal::Portal;
use crate::records::{Matters, platform_file, record_of};
use crate::storage::{Acceptance, Change, Kept, StoredDraft};
use crate::telemetry::traces::step;
use crate::token::fresh_token;
use crate::visitor::Acting;

/// Why the page is shown again.
#[derive(Default)]
pub(super) struct Again {
    /// The pledge was not ticked.
    pub pledge_missing: bool,
    /// The draft changed between checking and posting.
    pub changed: bool,
}

/// `GET /drafts/{id}/review`, of a draft about a record.
pub(super) async fn show(portal: &Portal, acting: &Acting, draft: StoredDraft, again: Again, status: StatusCode) -> Answer {
    let file = platform_file(portal, acting).await?;
    let matters = Matters::of(portal, acting).await?;
    let checked = check(portal, acting, &draft, &file, &matters).await?;
    let before = match &draft.corrects {
        Some(filing) => portal.storage.filing(filing, acting.code()).await?.map(|filing| filing.content),
        None => None,
    };
    let shown = RepairReviewPage {
        version: draft.version,
        record_id: draft.draft.get(&repair::RECORD).to_owned(),
        is_package: HandOver::of(&checked.content) == HandOver::Package,
        kind: draft.kind,
        content: checked.content,
        files: draft.attachments.into_iter().filter(Attachment::is_kept).collect(),
        before,
        record: checked.record,
        faults: checked.faults,
        letter: checked.letter,
        not_authorised: acting.capacity.may_file(draft.kind.form().matter, portal.clock.today()).err(),
        pledge_missing: again.pledge_missing,
        changed: again.changed,
        id: draft.id,
        enterprise: draft.enterprise,
    };
    Ok(page(&acting.frame, status, |lang| repair_review(shown, lang)))
}

/// What came of filing one.
pub(super) enum Filed {
    /// It was accepted, now or before.
    Accepted,
    /// It does not hold: its page says why.
    DoesNotHold,
    /// It changed since it was looked at.
    Changed,
    /// Another one about the same record is open.
    AlreadyOpen(String),
}

/// Files a draft that was looked at in this version with these files. What the platform has on file is read before, once for as many
/// as are filed together.
pub(super) async fn file_one(
    portal: &Portal,
    acting: &Acting,
    file: &PlatformFile,
    draft: &StoredDraft,
    version: i64,
    files: &[String],
) -> Result<Filed, Refusal> {
    if let Err(why) = acting.capacity.may_file(draft.kind.form().matter, portal.clock.today()) {
        let words = life::not_authorised(why, acting.frame.lang);
        return Err(Refusal::Notice(Notice::NotAuthorised(words), StatusCode::FORBIDDEN));
    }
    let matters = Matters::of(portal, acting).await?;
    let checked = check(portal, acting, draft, file, &matters).await?;
    if !checked.holds() {
        return Ok(Filed::DoesNotHold);
    }
    let mut filing = new_filing(portal, acting, draft, checked.content, Vec::new());
    let replaced = replaced_at_platform(portal, acting, draft).await?;
    filing.envelope = wire_v1::submission(&filing, draft, replaced.as_deref());
    match portal.storage.accept(&filing, version, files).instrument(step!("accept")).await? {
        Acceptance::Accepted => {
            tracing::info!(filing.id = %draft.id, filing.kind = draft.kind.name(), "filing.accepted");
            portal.metrics.accepted.inc();
            portal.courier.notify_one();
            Ok(Filed::Accepted)
        }
        Acceptance::Before => Ok(Filed::Accepted),
        Acceptance::Changed(_) => Ok(Filed::Changed),
        Acceptance::AlreadyOpen(other) => Ok(Filed::AlreadyOpen(other)),
        Acceptance::CannotRevise(why) => {
            let words = life::impossible(why, acting.frame.lang);
            Err(Refusal::Notice(Notice::NotPossible(words), StatusCode::CONFLICT))
        }
        // Nothing is signed here: a commitment goes another way.
        Acceptance::Gone | Acceptance::KeyGone => Err(no_draft(portal, acting, &draft.id).await),
    }
}

/// `POST /drafts/{id}/filing`, of a draft about a record.
pub(super) async fn file(
    portal: &Portal,
    acting: &Acting,
    draft: StoredDraft,
    version: i64,
    files: &[String],
    pledged: bool,
) -> Answer {
    if !pledged {
        let again = Again { pledge_missing: true, changed: false };
        return show(portal, acting, draft, again, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let on_file = platform_file(portal, acting).await?;
    match file_one(portal, acting, &on_file, &draft, version, files).await? {
        Filed::Accepted => Ok(see_other(&format!("/filings/{}?filed=1", draft.id))),
        Filed::DoesNotHold => show(portal, acting, draft, Again::default(), StatusCode::UNPROCESSABLE_ENTITY).await,
        Filed::AlreadyOpen(other) => Ok(see_other(&format!("/filings/{other}"))),
        Filed::Changed => {
            let draft = own_draft(portal, acting, &draft.id).await?;
            let again = Again { pledge_missing: false, changed: true };
            show(portal, acting, draft, again, StatusCode::CONFLICT).await
        }
    }
}

/// `POST /drafts/{id}/record`: takes over what the record says now.
pub async fn take_over(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let draft = own_draft(&portal, &acting, &id).await?;
    if !draft.kind.is_about_record() {
        return Err(Refusal::NotFound);
    }
    let file = file_now(&portal, &acting).await?;
    if let Some(record) = record_of(&file, draft.draft.get(&repair::RECORD)) {
        change(&portal, &acting, &id, |answers| about(&portal, draft.kind, answers, &record)).await?;
    }
    Ok(see_other(&format!("/drafts/{id}/review")))
}

/// `POST /drafts/{id}/letter`: begins the commitment of an application, filled in as far as the application says it.
pub async fn begin_letter(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let draft = own_draft(&portal, &acting, &id).await?;
    if draft.kind != FormKind::Repair {
        return Err(Refusal::NotFound);
    }
    let channel = Channel::named(draft.draft.get(&repair::CHANNEL)).unwrap_or(Channel::Creditchina);
    let template = template_for(&portal, channel).ok_or_else(|| Refusal::Onward(format!("/drafts/{id}/review")))?;
    let file = platform_file(&portal, &acting).await?;
    let matters = Matters::of(&portal, &acting).await?;
    let is_fit = |letter: &LetterPart| matches!(letter, LetterPart::Drafted { .. } | LetterPart::Signed { .. });
    let checked = check(&portal, &acting, &draft, &file, &matters).await?;
    let is_of_other = checked.faults.iter().any(|fault| {
        use app::pages::repair_review::RecordMatterFault::Repair;
        matches!(fault, Repair(repair::RepairFault::LetterOfOther { .. }))
    });
    if is_fit(&checked.letter) && !is_of_other {
        return Ok(see_other(&format!("/drafts/{id}/review#letter")));
    }
    let mut letter = blank_draft(&portal, &acting, FormKind::Commitment);
    letter.draft = of_template(letter.draft, template);
    let number = Some(draft.draft.get(&repair::DOCUMENT_NUMBER)).filter(|number| !number.trim().is_empty());
    let filled = [
        ("organ", draft.draft.get(&repair::AUTHORITY)),
        (DOCUMENT_BLANK, number.unwrap_or(NO_NUMBER_IN_LETTER)),
        ("decided_on", draft.draft.get(&repair::DECIDED_ON)),
        ("correction", draft.draft.get(&FULFILMENT)),
    ];
    for (blank, answer) in filled {
        if template.blanks.iter().any(|one| one.name == blank) {
            letter.draft = letter.draft.with(&blank_name(blank), answer);
        }
    }
    // Named first: a commitment that is signed is one that its application knows of.
    change(&portal, &acting, &id, |answers| answers.with(COMMITMENT.name, &letter.id)).await?;
    portal.storage.begin_draft(&letter).await?;
    tracing::info!(draft.id = %id, letter.id = %letter.id, "repair.letter_begun");
    Ok(see_other(&format!("/drafts/{}/review", letter.id)))
}

/// Changes the answers of a draft as they are now.
///
/// # Errors
/// To the two versions, where somebody changed it at the same moment: nothing is lost, and somebody has to choose.
async fn change(portal: &Portal, acting: &Acting, id: &str, to: impl FnOnce(Draft) -> Draft) -> Result<(), Refusal> {
    let draft = own_draft(portal, acting, id).await?;
    let change = Change {
        version: draft.version,
        window: fresh_token(),
        draft: to(draft.draft),
        by: acting.name().to_owned(),
        at: portal.clock.now(),
    };
    match portal.storage.keep_draft(id, acting.code(), &change).await? {
        Kept::Kept(_) => Ok(()),
        Kept::Rival(_) => Err(Refusal::Onward(format!("/drafts/{id}/versions"))),
        Kept::Gone => Err(Refusal::NotFound),
    }
}

/// Where a signed commitment leads on to: the application that it belongs to, if there is one.
pub(super) async fn application_of(portal: &Portal, acting: &Acting, letter: &str) -> Result<Option<String>, Refusal> {
    let matters = Matters::of(portal, acting).await?;
    let of = matters.repair_drafts().find(|line| line.draft.get(&COMMITMENT) == letter);
    Ok(of.map(|line| format!("/drafts/{}/review", line.id)))
}
