//! Signing keys: seeing them, enrolling one.

use std::sync::Arc;

use app::pages::desk::draft_name;
use app::pages::key_enrolment::{EnrolmentFault, KeyEnrolment, LONGEST_LABEL, key_enrolment};
use app::pages::key_transfer::key_transfer;
use app::pages::signing_keys::{KeyEntry, KeyJustDone, signing_keys};
use app::wording::notices::Notice;
use app::wording::signing_keys::WORDS;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use credit::form::FormKind;
use credit::hexadecimal;
use credit::normal_text::normal_line;
use credit::signing::{Enrolment, PublicKey, Signature, fingerprint, verify};
use serde::Deserialize;
use uuid::Uuid;

use super::answer::{Answer, Refusal, page, see_other};
use super::sign_in::fresh_path;
use crate::caller::Caller;
use crate::portal::Portal;
use crate::storage::DraftLine;
use crate::storage::audit::Deed;
use crate::storage::signing_keys::{Enrolling, EnrolmentBegun, SigningKey};
use crate::submitting::filed_by;
use crate::token::{fresh_bytes, fresh_token};
use crate::trail;
use crate::visitor::Acting;

/// Who enrols a key has shown who they are within so many minutes.
const STEP_UP_MINUTES: i64 = 5;

/// What has just been done.
#[derive(Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// `GET /signing-keys`
pub async fn list(State(portal): State<Arc<Portal>>, acting: Acting, Query(done): Query<Done>) -> Answer {
    let keys = portal.storage.keys_of(acting.code()).await?;
    let entries = keys.into_iter().map(|key| entry(key, &acting)).collect();
    let done = match done.done.as_deref() {
        Some("enrolled") => Some(KeyJustDone::Enrolled(waiting_commitments(&portal, &acting).await?)),
        Some("revoked") => Some(KeyJustDone::Revoked),
        _ => None,
    };
    Ok(page(&acting.frame, StatusCode::OK, |lang| signing_keys(entries, acting.capacity.may_sign(), done, lang)))
}

/// The commitments that are drafted and that a new key can sign, the latest changed first: whoever made the key to sign one goes on.
async fn waiting_commitments(portal: &Portal, acting: &Acting) -> Result<Vec<(String, String)>, Refusal> {
    let drafts = portal.storage.drafts_of(acting.code(), 100).await?;
    let commitments = drafts.into_iter().filter(|draft| draft.kind == FormKind::Commitment).take(3);
    let named =
        |draft: DraftLine| (format!("/drafts/{}/review", draft.id), draft_name(draft.kind, &draft.draft, acting.frame.lang));
    Ok(commitments.map(named).collect())
}

/// A key as this visitor sees it.
pub(super) fn entry(key: SigningKey, acting: &Acting) -> KeyEntry {
    let own = key.person.subject == acting.session.person.subject;
    KeyEntry {
        fingerprint: fingerprint(&key.public),
        id: key.id,
        label: key.label,
        owner: (key.person.name, key.person.role),
        enrolled_at: key.enrolled_at,
        revoked: key.revoked.map(|revoked| (revoked.at, revoked.reason)),
        own,
        may_revoke: own || acting.capacity.may_revoke_for_others(),
    }
}

/// Whether the browser has just come back from the provider.
#[derive(Deserialize)]
pub struct Came {
    back: Option<String>,
}

/// `GET /signing-keys/new`: only for who has just shown who they are; others are sent to do so and come back.
pub async fn begin(State(portal): State<Arc<Portal>>, acting: Acting, Query(came): Query<Came>) -> Answer {
    enrolment_page(&portal, &acting, None, String::new(), came.back.is_some()).await
}

async fn enrolment_page(portal: &Portal, acting: &Acting, fault: Option<EnrolmentFault>, label: String, came_back: bool) -> Answer {
    let lang = acting.frame.lang;
    if !acting.capacity.may_sign() {
        return Err(Refusal::Notice(Notice::MayNot(lang.say(WORDS.may_not_sign)), StatusCode::FORBIDDEN));
    }
    let now = portal.clock.now();
    if !acting.authenticated_within(STEP_UP_MINUTES, now) {
        // A provider that does not ask anew must not send people around in circles.
        if came_back {
            return Err(Refusal::Notice(Notice::MayNot(lang.say(WORDS.not_fresh)), StatusCode::FORBIDDEN));
        }
        return Err(Refusal::Onward(fresh_path("/signing-keys/new?back=1")));
    }
    let begun = EnrolmentBegun {
        id: Uuid::now_v7().to_string(),
        enterprise: acting.capacity.enterprise.clone(),
        person: filed_by(acting),
        challenge: fresh_token(),
        authenticated_at: acting.session.authenticated_at,
        begun_at: now,
    };
    let person = (begun.person.name.as_str(), begun.person.role);
    let around_fingerprint = Enrolment::around_fingerprint(person, &begun.enterprise, (&begun.id, &begun.challenge), now);
    // A name that cannot be signed comes from the provider: nobody here can mend it.
    let around_fingerprint = around_fingerprint.ok_or(Refusal::Notice(Notice::Fault, StatusCode::INTERNAL_SERVER_ERROR))?;
    portal.storage.begin_enrolment(&begun).await?;
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let enrolment = KeyEnrolment { id: begun.id, around_fingerprint, label, fault };
    Ok(page(&acting.frame, status, |lang| key_enrolment(enrolment, lang)))
}

/// A key that was made.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Made {
    id: String,
    label: String,
    public_key: String,
    signature: String,
}

/// `POST /signing-keys`: enrols a key whose owner signed the text of the enrolment that was begun.
pub async fn enrol(State(portal): State<Arc<Portal>>, caller: Caller, acting: Acting, Form(made): Form<Made>) -> Answer {
    let lang = acting.frame.lang;
    if !acting.capacity.may_sign() {
        return Err(Refusal::Notice(Notice::MayNot(lang.say(WORDS.may_not_sign)), StatusCode::FORBIDDEN));
    }
    let label = normal_line(&made.label).chars().take(LONGEST_LABEL).collect::<String>();
    let label = if label.is_empty() { lang.say(WORDS.unnamed).to_owned() } else { label };
    match try_enrol(&portal, caller, &acting, &made, &label).await? {
        Ok(()) => Ok(see_other("/signing-keys?done=enrolled")),
        Err(fault) => enrolment_page(&portal, &acting, Some(fault), label, false).await,
    }
}

async fn try_enrol(
    portal: &Portal,
    caller: Caller,
    acting: &Acting,
    made: &Made,
    label: &str,
) -> Result<Result<(), EnrolmentFault>, Refusal> {
    let now = portal.clock.now();
    let subject = &acting.session.person.subject;
    let point: Option<[u8; 65]> = hexadecimal::read(&made.public_key);
    let public = point.and_then(|point| PublicKey::from_point(&point).ok());
    let signature = Signature::from_hexadecimal(&made.signature).ok();
    let (Some(public), Some(signature)) = (public, signature) else { return Ok(Err(EnrolmentFault::DoesNotHold)) };
    // The same post twice: it is enrolled, and that is what was wanted.
    if let Some(known) = portal.storage.key(&made.id).await?
        && known.public == public
        && known.person.subject == *subject
        && known.enterprise.code == *acting.code()
    {
        return Ok(Ok(()));
    }
    let Some(begun) = portal.storage.enrolment(&made.id, acting.code(), subject, now).await? else {
        return Ok(Err(EnrolmentFault::TooLate));
    };
    let person = (begun.person.name.as_str(), begun.person.role);
    let enrolment =
        Enrolment::new(person, &begun.enterprise, &public, (&begun.id, &begun.challenge), begun.begun_at).map(|text| text.text());
    let Some(enrolment) = enrolment.filter(|text| verify(&public, text.as_bytes(), &signature)) else {
        return Ok(Err(EnrolmentFault::DoesNotHold));
    };
    let key = SigningKey {
        id: begun.id,
        enterprise: begun.enterprise,
        person: begun.person,
        label: label.to_owned(),
        public,
        enrolment,
        signature,
        salt: fresh_bytes(),
        authenticated_at: begun.authenticated_at,
        enrolled_at: now,
        revoked: None,
    };
    trail::acted(portal, caller, acting, Deed::KeyEnrolled, &key.id).await?;
    match portal.storage.enrol(&key).await? {
        Enrolling::Enrolled => {
            tracing::info!(key.id = %key.id, "signing_key.enrolled");
            Ok(Ok(()))
        }
        Enrolling::Gone => Ok(Err(EnrolmentFault::TooLate)),
        Enrolling::KeyKnown => Ok(Err(EnrolmentFault::Known)),
    }
}

/// `GET /signing-keys/transfer`
pub async fn transfer(State(portal): State<Arc<Portal>>, acting: Acting) -> Answer {
    let keys = active_keys(&portal, &acting).await?;
    Ok(page(&acting.frame, StatusCode::OK, |lang| key_transfer(&keys, lang)))
}

/// The ids of the keys with which this person can sign for this enterprise, the newest first: for
/// `app::components::sign_form`.
///
/// # Errors
/// When the store does not answer.
pub async fn active_keys(portal: &Portal, acting: &Acting) -> Result<Vec<String>, Refusal> {
    if !acting.capacity.may_sign() {
        return Ok(Vec::new());
    }
    let keys = portal.storage.keys_of_person(acting.code(), &acting.session.person.subject).await?;
    Ok(keys.into_iter().filter(SigningKey::is_active).map(|key| key.id).collect())
}
