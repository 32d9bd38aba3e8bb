//! One signing key: trying it, revoking it, its public half.

use std::sync::Arc;

use app::pages::key_revocation::key_revocation;
use app::pages::key_trial::{KeyTrial, key_trial};
use app::wording::notices::Notice;
use app::wording::signing_keys::WORDS;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use credit::filing::Instant;
use credit::signing::{RevocationReason, Signature, Trial, verify};
use serde::Deserialize;

use super::answer::{Answer, Refusal, page, see_other};
use super::signing_keys::entry;
use crate::caller::Caller;
use crate::portal::Portal;
use crate::storage::audit::Deed;
use crate::storage::signing_keys::{Revocation, SigningKey};
use crate::trail;
use crate::visitor::Acting;

/// A key of the enterprise.
///
/// # Errors
/// [`Refusal::NotFound`] for an unknown id and for another enterprise's alike.
async fn key_of(portal: &Portal, acting: &Acting, id: &str) -> Result<SigningKey, Refusal> {
    let key = portal.storage.key(id).await?;
    key.filter(|key| key.enterprise.code == *acting.code()).ok_or(Refusal::NotFound)
}

/// `GET /signing-keys/{id}/public.pem`
pub async fn public_key(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let key = key_of(&portal, &acting, &id).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/x-pem-file")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"public.pem\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, key.public.pem()).into_response())
}

/// `GET /signing-keys/{id}/revocation`: asks why.
pub async fn ask_revocation(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let key = revocable(&portal, &acting, &id).await?;
    Ok(page(&acting.frame, StatusCode::OK, |lang| key_revocation(entry(key, &acting), false, lang)))
}

/// Why.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Why {
    reason: String,
}

/// `POST /signing-keys/{id}/revocation`. Nobody has to sign in anew for this: it must be quick.
pub async fn revoke(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    acting: Acting,
    Path(id): Path<String>,
    Form(why): Form<Why>,
) -> Answer {
    let key = revocable(&portal, &acting, &id).await?;
    let Some(reason) = RevocationReason::named(&why.reason) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page(&acting.frame, status, |lang| key_revocation(entry(key, &acting), true, lang)));
    };
    let revocation = Revocation { at: portal.clock.now(), by: acting.name().to_owned(), reason };
    trail::acted(&portal, caller, &acting, Deed::KeyRevoked, &key.id).await?;
    // That it was revoked already is what was wanted.
    if portal.storage.revoke_key(&id, acting.code(), &revocation).await? {
        tracing::info!(key.id = %id, key.reason = reason.name(), "signing_key.revoked");
    }
    Ok(see_other("/signing-keys?done=revoked"))
}

async fn revocable(portal: &Portal, acting: &Acting, id: &str) -> Result<SigningKey, Refusal> {
    let key = key_of(portal, acting, id).await?;
    if key.person.subject == acting.session.person.subject || acting.capacity.may_revoke_for_others() {
        return Ok(key);
    }
    Err(Refusal::Notice(Notice::MayNot(acting.frame.lang.say(WORDS.not_yours)), StatusCode::FORBIDDEN))
}

/// One's own key, if it still signs.
async fn usable(portal: &Portal, acting: &Acting, id: &str) -> Result<SigningKey, Refusal> {
    let key = key_of(portal, acting, id).await?;
    if key.is_active() && key.person.subject == acting.session.person.subject { Ok(key) } else { Err(Refusal::NotFound) }
}

/// `GET /signing-keys/{id}/trial`
pub async fn begin_trial(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let key = usable(&portal, &acting, &id).await?;
    Ok(trial_page(&portal, &acting, key, None))
}

/// A trial that was signed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Tried {
    key: String,
    signature: String,
    at: Instant,
}

/// `POST /signing-keys/{id}/trial`: says whether the signature holds; nothing is kept.
pub async fn judge_trial(
    State(portal): State<Arc<Portal>>,
    acting: Acting,
    Path(id): Path<String>,
    Form(tried): Form<Tried>,
) -> Answer {
    let key = usable(&portal, &acting, &id).await?;
    let text = Trial { key: id, at: tried.at }.text();
    let signature = Signature::from_hexadecimal(&tried.signature);
    let holds = tried.key == key.id && signature.is_ok_and(|signature| verify(&key.public, text.as_bytes(), &signature));
    Ok(trial_page(&portal, &acting, key, Some(holds)))
}

fn trial_page(portal: &Portal, acting: &Acting, key: SigningKey, holds: Option<bool>) -> axum::response::Response {
    let at = portal.clock.now();
    let text = Trial { key: key.id.clone(), at }.text();
    let status = if holds == Some(false) { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let trial = KeyTrial { id: key.id, label: key.label, text, at, holds };
    page(&acting.frame, status, |lang| key_trial(trial, lang))
}
