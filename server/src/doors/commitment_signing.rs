//! A commitment is read once more, signed and accepted. What is signed is made here from the kept draft, at the time that the
//! page showed; if anything else was signed, it does not hold.

use std::sync::Arc;

use app::pages::commitment_signing::{Bar, Part, SigningFault, SigningPage, commitment_signing};
use app::wording::{commitment_signing::WORDS, notices::Notice};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use credit::commitment::CommitmentKind;
use credit::commitment::statement::{Signing as Signs, Statement};
use credit::commitment::template::{Level, Template};
use credit::filing::Instant;
use credit::form::FormKind;
use credit::person::Role;
use credit::registration::{Content, Facts, parse_form};
use credit::signing::{Enrolment, Signature, verify};
use serde::Deserialize;
use tracing::Instrument;

use super::answer::{Answer, Refusal, page, see_other};
use super::drafts::{no_draft, of_template, own_draft, template_of};
use crate::platform::readings::Reading;
use crate::platform::wire_v1;
use crate::portal::Portal;
use crate::storage::commitments::SignatureRequest;
use crate::storage::receipts::Signing;
use crate::storage::signing_keys::SigningKey;
use crate::storage::{Acceptance, Change, StoredDraft};
use crate::submitting::{commitment_of, filed_by};
use crate::telemetry::traces::step;
use crate::token::fresh_token;
use crate::visitor::Acting;

/// Whoever confirms has shown who they are within so many minutes.
const STEP_UP_MINUTES: i64 = 5;
/// The time in the text may be so old when it is signed.
const OLDEST_MS: i64 = 30 * 60 * 1000;

/// The draft of a commitment that holds, with its template.
struct Ready {
    draft: StoredDraft,
    template: Arc<Template>,
    answers: Content,
}

/// The draft, if it can be signed as it is.
///
/// # Errors
/// Back to the form where it does not hold.
async fn ready(portal: &Portal, acting: &Acting, id: &str) -> Result<Ready, Refusal> {
    let draft = own_draft(portal, acting, id).await?;
    if draft.kind != FormKind::Commitment {
        return Err(Refusal::NotFound);
    }
    made_ready(portal, draft)
}

fn made_ready(portal: &Portal, draft: StoredDraft) -> Result<Ready, Refusal> {
    let template = template_of(portal, &draft)?;
    let facts = Facts { attachments: draft.attachments.clone(), enterprise: Some(draft.enterprise.code.clone()) };
    match parse_form(template.form, &draft.draft, &facts, portal.clock.today()) {
        Ok(answers) => Ok(Ready { draft, template, answers }),
        Err(_) => Err(Refusal::Onward(format!("/drafts/{}?check=1#problems", draft.id))),
    }
}

impl Ready {
    fn may_be_signed_by(&self, acting: &Acting) -> bool {
        acting.capacity.may_sign() && self.template.signers.contains(&acting.capacity.role)
    }

    /// The text at this time: with the visitor as its signer or, if they may not sign, with nobody yet.
    fn statement(&self, acting: &Acting, at: Instant) -> Statement {
        let (signer, role) = if self.may_be_signed_by(acting) {
            (acting.name(), acting.capacity.role)
        } else {
            (WORDS.nobody_yet.zh, self.template.signers.first().copied().unwrap_or(Role::LegalRepresentative))
        };
        let signing =
            Signs { filing: &self.draft.id, pledger: &self.draft.enterprise, agent: &self.draft.changed_by, signer, role, at };
        Statement::of(&self.template, &self.answers, signing)
    }
}

/// Why it cannot be signed now, whoever wants to. The platform says whether a breach is on record; if it does not say, that is
/// not taken for a no.
async fn bar(portal: &Portal, acting: &Acting, template: &Template) -> Option<Bar> {
    match portal.templates.offered(&template.id) {
        None => return Some(Bar::Ended),
        Some(offered) if offered.version != template.version => return Some(Bar::Replaced),
        Some(_) => {}
    }
    standing_bar(portal, acting, template.kind).await
}

async fn standing_bar(portal: &Portal, acting: &Acting, kind: CommitmentKind) -> Option<Bar> {
    if !kind.needs_good_standing() {
        return None;
    }
    match portal.platform.on_file(acting.code(), portal.clock.now()).await {
        Reading::Read(on_file) => (!on_file.in_good_standing).then_some(Bar::Breach),
        Reading::Unknown => None,
        Reading::NotRead(why) => {
            tracing::warn!(error.message = why, "commitment.standing_not_read");
            Some(Bar::NotAsked)
        }
    }
}

/// Whether a kind of commitment is not offered to this enterprise, because a breach is on record. Where the platform cannot be asked,
/// drafting goes on: it is asked again before anything is signed.
pub(super) async fn has_breach(portal: &Portal, acting: &Acting, kind: CommitmentKind) -> bool {
    standing_bar(portal, acting, kind).await == Some(Bar::Breach)
}

/// `GET /drafts/{id}/review`, of a commitment.
pub(super) async fn show(portal: &Portal, acting: &Acting, draft: StoredDraft) -> Answer {
    let ready = made_ready(portal, draft)?;
    show_again(portal, acting, ready, None).await
}

async fn show_again(portal: &Portal, acting: &Acting, ready: Ready, fault: Option<SigningFault>) -> Answer {
    let now = portal.clock.now();
    let part = if ready.may_be_signed_by(acting) {
        let keys = portal.storage.keys_of_person(acting.code(), &acting.session.person.subject).await?;
        Part::Signs {
            keys: keys.into_iter().filter(|key| key.is_active()).map(|key| key.id).collect(),
            fresh: acting.authenticated_within(STEP_UP_MINUTES, now),
        }
    } else {
        let asked = portal.storage.signature_request(&ready.draft.id).await?;
        let link = portal.config.public_url.join(&format!("drafts/{}/review", ready.draft.id));
        Part::Asks {
            asked: asked.map(|request| (request.by, request.at)),
            link: link.map(|link| link.to_string()).unwrap_or_default(),
        }
    };
    let shown = SigningPage {
        version: ready.draft.version,
        at: now,
        text: ready.statement(acting, now).text(),
        bar: bar(portal, acting, &ready.template).await,
        part,
        fault,
        id: ready.draft.id,
        enterprise: ready.draft.enterprise,
        prepared_by: ready.draft.changed_by,
        template: ready.template,
    };
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page(&acting.frame, status, |lang| commitment_signing(shown, lang)))
}

/// A signature, or a confirmation instead.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Signed {
    version: i64,
    at: Instant,
    chosen: String,
    key: String,
    signature: String,
    confirm: String,
}

/// `POST /drafts/{id}/signature`: accepts the commitment, once, in one transaction.
pub async fn sign(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>, Form(signed): Form<Signed>) -> Answer {
    let ready = ready(&portal, &acting, &id).await?;
    if !ready.may_be_signed_by(&acting) {
        return Err(Refusal::Notice(Notice::MayNot(acting.frame.lang.say(WORDS.other_role)), StatusCode::FORBIDDEN));
    }
    if bar(&portal, &acting, &ready.template).await.is_some() {
        return show_again(&portal, &acting, ready, None).await;
    }
    let (statement, signing) = match held(&portal, &acting, &ready, &signed).await? {
        Ok(held) => held,
        Err(fault) => return show_again(&portal, &acting, ready, Some(fault)).await,
    };
    let now = portal.clock.now();
    let mut filing = commitment_of(&ready.draft, &ready.template, &ready.answers, &statement, signing, filed_by(&acting), now);
    let replaced = super::review::replaced_at_platform(&portal, &acting, &ready.draft).await?;
    filing.envelope = wire_v1::submission(&filing, &ready.draft, replaced.as_deref());
    let files: Vec<String> = ready.draft.attachments.iter().map(|file| file.id.clone()).collect();
    match portal.storage.accept(&filing, signed.version, &files).instrument(step!("accept")).await? {
        Acceptance::Accepted => {
            tracing::info!(filing.id = %id, commitment.template = %ready.template.reference(), "commitment.accepted");
            portal.metrics.accepted.inc();
            portal.courier.notify_one();
            let onward = super::record_review::application_of(&portal, &acting, &id).await?;
            Ok(see_other(&onward.unwrap_or_else(|| format!("/filings/{id}?filed=1"))))
        }
        Acceptance::Before => Ok(see_other(&format!("/filings/{id}"))),
        Acceptance::Changed(_) => {
            let ready = self::ready(&portal, &acting, &id).await?;
            show_again(&portal, &acting, ready, Some(SigningFault::Changed)).await
        }
        Acceptance::CannotRevise(why) => {
            let words = app::wording::life::impossible(why, acting.frame.lang);
            Err(Refusal::Notice(Notice::NotPossible(words), StatusCode::CONFLICT))
        }
        Acceptance::AlreadyOpen(other) => Err(Refusal::Onward(format!("/filings/{other}"))),
        Acceptance::KeyGone => {
            let ready = self::ready(&portal, &acting, &id).await?;
            show_again(&portal, &acting, ready, Some(SigningFault::KeyGone)).await
        }
        Acceptance::Gone => Err(no_draft(&portal, &acting, &id).await),
    }
}

/// What was signed and how, if it holds.
async fn held(
    portal: &Portal,
    acting: &Acting,
    ready: &Ready,
    signed: &Signed,
) -> Result<Result<(Statement, Signing), SigningFault>, Refusal> {
    let now = portal.clock.now();
    if signed.version != ready.draft.version {
        return Ok(Err(SigningFault::Changed));
    }
    if !(now - OLDEST_MS..=now).contains(&signed.at) {
        return Ok(Err(SigningFault::TooOld));
    }
    if ready.template.notice.is_some() && signed.chosen != "yes" {
        return Ok(Err(SigningFault::NotChosen));
    }
    let statement = ready.statement(acting, signed.at);
    if !statement.is_plain() {
        return Ok(Err(SigningFault::NotPlain));
    }
    if signed.confirm == "yes" && ready.template.level == Level::Confirmation {
        if acting.authenticated_within(STEP_UP_MINUTES, now) {
            return Ok(Ok((statement, Signing::Confirmed)));
        }
        return Err(Refusal::Onward(super::sign_in::fresh_path(&format!("/drafts/{}/review", ready.draft.id))));
    }
    // The receipt is only proven by an enrolment of the same name and role: who changed either enrols anew.
    let of_signer = |key: &SigningKey| {
        Enrolment::read(&key.enrolment)
            .is_some_and(|enrolled| enrolled.name() == statement.signer && enrolled.role() == statement.signer_role)
    };
    let own = |key: &SigningKey| {
        key.is_active()
            && key.enterprise.code == *acting.code()
            && key.person.subject == acting.session.person.subject
            && of_signer(key)
    };
    let Some(key) = portal.storage.key(&signed.key).await?.filter(own) else { return Ok(Err(SigningFault::KeyGone)) };
    let signature = Signature::from_hexadecimal(&signed.signature).ok();
    let holds = signature.filter(|signature| verify(&key.public, statement.text().as_bytes(), signature));
    Ok(match holds {
        Some(signature) => Ok((statement, Signing::Signed { key: key.id, public: key.public, signature })),
        None => Err(SigningFault::DoesNotHold),
    })
}

/// `POST /drafts/{id}/signature-request`: puts it into the signatories' list.
pub async fn ask(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let ready = ready(&portal, &acting, &id).await?;
    let request = SignatureRequest { by: acting.name().to_owned(), at: portal.clock.now() };
    if !portal.storage.request_signature(&ready.draft.id, acting.code(), &request).await? {
        return Err(no_draft(&portal, &acting, &id).await);
    }
    tracing::info!(draft.id = %id, "commitment.signature_requested");
    Ok(see_other(&format!("/drafts/{id}/review")))
}

/// `POST /drafts/{id}/template`: moves the draft to the version of its template that is offered now. Its answers stay.
pub async fn renew(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let stored = own_draft(&portal, &acting, &id).await?;
    let template = template_of(&portal, &stored)?;
    let offered = portal.templates.offered(&template.id).ok_or(Refusal::NotFound)?;
    let change = Change {
        version: stored.version,
        window: fresh_token(),
        draft: of_template(stored.draft, offered),
        // What stands in it is still the work of who prepared it, whom the signed text names.
        by: stored.changed_by,
        at: portal.clock.now(),
    };
    portal.storage.keep_draft(&id, acting.code(), &change).await?;
    Ok(see_other(&format!("/drafts/{id}?check=1")))
}
