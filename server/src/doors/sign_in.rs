//! Signing in at the identity provider, and out again.

use std::sync::Arc;

use app::wording::notices::Notice;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use credit::credit_code::CreditCode;
use credit::draft::Draft;
use serde::Deserialize;

use super::answer::{Answer, Refusal, encode, safe_path, see_other, show_refusal};
use super::drafts::typed;
use super::home::SIGNED_OUT_COOKIE;
use crate::caller::Caller;
use crate::cookies::cookie;
use crate::identity::{Identified, IdentityError, Returned};
use crate::portal::Portal;
use crate::session::{SESSION_COOKIE, SIGN_IN_COOKIE, SIGN_IN_MS};
use crate::storage::audit::Deed;
use crate::storage::{Change, Kept, Parked, Session, SignIn};
use crate::token::{fresh_token, token_hash};
use crate::trail;
use crate::visitor::Visitor;

/// Where to come back to, and which parked answers to take along; whether the person must show anew who they are.
#[derive(Deserialize)]
pub struct Onward {
    fresh: Option<String>,
    return_to: Option<String>,
    parked: Option<String>,
}

/// `GET /sign-in`: sends the browser to the provider.
pub async fn begin(State(portal): State<Arc<Portal>>, headers: HeaderMap, Query(onward): Query<Onward>) -> Answer {
    // The provider first: while it is down, what is parked stays parked.
    let begun = portal.identity.begin(onward.fresh.is_some()).await.map_err(|error| provider_refusal(&error))?;
    let browser = browser_token(&portal, &headers);
    let kept = match &onward.parked {
        // It is read and not taken: a second click, or a way that is not gone to its end, must not find it gone.
        Some(ticket) => portal.storage.waiting_sign_in(&token_hash(ticket), &token_hash(&browser)).await?,
        None => None,
    };
    let (return_to, parked) = match kept {
        Some(kept) => (kept.return_to, kept.parked),
        None => match safe_path(onward.return_to.as_deref()) {
            home if home == "/" => ("/filings".to_owned(), None),
            path => (path, None),
        },
    };
    let sign_in = SignIn {
        state_hash: token_hash(&begun.state),
        browser_hash: token_hash(&browser),
        nonce: begun.nonce,
        verifier: begun.verifier,
        return_to,
        parked,
        begun_at: portal.clock.now(),
    };
    portal.storage.begin_sign_in(&sign_in).await?;
    let mut redirect = see_other(&begun.url);
    redirect.headers_mut().append(header::SET_COOKIE, browser_cookie(&portal, &browser));
    Ok(redirect)
}

/// Where somebody who is signed in shows anew who they are, to come back to a path afterwards. The session is a new one then.
pub fn fresh_path(return_to: &str) -> String {
    format!("/sign-in?fresh=1&return_to={}", encode(return_to))
}

/// Keeps answers for the next sign-in of this browser, whether the provider answers now or not. Gives where that sign-in
/// begins, and the cookie to set.
///
/// # Errors
/// A page that says that the store is down.
pub async fn park(portal: &Portal, headers: &HeaderMap, parked: Parked) -> Result<(String, HeaderMap), Refusal> {
    let ticket = fresh_token();
    let browser = browser_token(portal, headers);
    let waiting = SignIn {
        state_hash: token_hash(&ticket),
        browser_hash: token_hash(&browser),
        nonce: String::new(),
        verifier: String::new(),
        return_to: format!("/drafts/{}", parked.draft_id),
        parked: Some(parked),
        begun_at: portal.clock.now(),
    };
    portal.storage.begin_sign_in(&waiting).await?;
    let mut cookies = HeaderMap::new();
    cookies.append(header::SET_COOKIE, browser_cookie(portal, &browser));
    Ok((format!("/sign-in?parked={ticket}"), cookies))
}

/// What tells this browser from others while it signs in. Several windows may do so at once, each with answers parked: they
/// share it.
fn browser_token(portal: &Portal, headers: &HeaderMap) -> String {
    match cookie(headers, &portal.cookies.name(SIGN_IN_COOKIE)) {
        Some(token) if token.len() == 43 => token.to_owned(),
        _ => fresh_token(),
    }
}

fn browser_cookie(portal: &Portal, browser: &str) -> HeaderValue {
    portal.cookies.set(SIGN_IN_COOKIE, browser, Some(SIGN_IN_MS / 1000))
}

/// What the provider sent the browser back with.
#[derive(Deserialize)]
pub struct Callback {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// `GET /sign-in/callback`
pub async fn complete(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    caller: Caller,
    visitor: Visitor,
    Query(callback): Query<Callback>,
) -> Answer {
    match identify(&portal, &headers, &visitor, callback).await? {
        Ok((identified, sign_in)) => open(&portal, caller, &visitor, identified, sign_in).await,
        Err(NotIdentified { why, refusal, parked }) => {
            trail::nobody(&portal, caller, Deed::SignInRefused, Some(why)).await;
            let (Some(parked), Refusal::Notice(notice, status)) = (parked, &refusal) else { return Err(refusal) };
            // What was typed goes along to the next try.
            let (sign_in, cookies) = park(&portal, &headers, parked).await?;
            let waits = Notice::AnswersWait { why: Box::new(notice.clone()), sign_in };
            let mut response = show_refusal(&Refusal::Notice(waits, *status), &visitor);
            response.headers_mut().extend(cookies);
            Ok(response)
        }
    }
}

/// Why nobody was identified: in a word for the audit, and as the page that says so; and the answers that wait for a sign-in.
struct NotIdentified {
    why: &'static str,
    refusal: Refusal,
    parked: Option<Parked>,
}

async fn identify(
    portal: &Portal,
    headers: &HeaderMap,
    visitor: &Visitor,
    callback: Callback,
) -> Result<Result<(Identified, SignIn), NotIdentified>, Refusal> {
    let failed = |why| {
        let refusal = Refusal::Notice(Notice::SignInFailed, StatusCode::BAD_REQUEST);
        Ok(Err(NotIdentified { why, refusal, parked: None }))
    };
    let Some(state) = callback.state.as_deref() else { return failed("no_state") };
    let Some(browser) = cookie(headers, &portal.cookies.name(SIGN_IN_COOKIE)) else { return failed("not_this_browser") };
    let taken = portal.storage.take_sign_in(&token_hash(state), &token_hash(browser)).await?;
    let Some(sign_in) = taken else { return failed("not_begun_here") };
    let now = portal.clock.now();
    // A ticket for parked answers is no sign-in: it has no verifier.
    if now - sign_in.begun_at > SIGN_IN_MS || sign_in.verifier.is_empty() {
        return failed("too_old");
    }
    if callback.error.is_some() {
        let notice = match visitor.session {
            Some(_) => Notice::StepUpCancelled(sign_in.return_to),
            None => Notice::SignInCancelled,
        };
        let refusal = Refusal::Notice(notice, StatusCode::OK);
        return Ok(Err(NotIdentified { why: "given_up_at_the_provider", refusal, parked: sign_in.parked }));
    }
    let Some(code) = callback.code else { return failed("no_code") };
    let returned = Returned { code, issuer: callback.iss };
    match portal.identity.complete(&returned, &sign_in.nonce, &sign_in.verifier, now).await {
        Ok(identified) => Ok(Ok((identified, sign_in))),
        Err(error) => {
            let why = match error {
                IdentityError::Unreachable(_) => "provider_down",
                IdentityError::Refused(_) => "does_not_hold",
            };
            Ok(Err(NotIdentified { why, refusal: provider_refusal(&error), parked: sign_in.parked }))
        }
    }
}

/// Opens a session under a fresh token: an old one, whoever planted it, is worth nothing afterwards.
async fn open(portal: &Portal, caller: Caller, visitor: &Visitor, identified: Identified, sign_in: SignIn) -> Answer {
    let now = portal.clock.now();
    portal.pace.person_signs_in(&*portal.storage, &identified.person.subject, now).await?;
    let token = fresh_token();
    let mut session = Session {
        token_hash: token_hash(&token),
        enterprise: match identified.person.capacities.as_slice() {
            [only] => Some(only.enterprise.code.clone()),
            _ => still_chosen(visitor, &identified),
        },
        person: identified.person,
        id_token: identified.id_token,
        authenticated_at: identified.authenticated_at,
        opened_at: now,
        seen_at: now,
    };
    let restored = match &sign_in.parked {
        Some(parked) => put_back(portal, &mut session, parked.clone()).await?,
        None => None,
    };
    // Where somebody else signed in, whose draft it is not, the answers go on waiting for the one who typed them.
    let back = sign_in.parked.as_ref().filter(|_| restored.is_some());
    let mut return_to = restored.unwrap_or(sign_in.return_to);
    let replaces = visitor.session.as_ref().map(|session| session.token_hash.as_str());
    trail::person(portal, caller, &session.person, Deed::SessionOpened, session.enterprise.as_ref(), "").await?;
    portal.storage.open_session(&session, replaces).await?;
    if let Some(parked) = back {
        portal.storage.forget_parked(&sign_in.browser_hash, parked).await?;
    }
    if session.enterprise.is_none() {
        return_to = format!("/enterprise?return_to={}", encode(&return_to));
    }
    let mut response = see_other(&return_to);
    let cookies = response.headers_mut();
    cookies.append(header::SET_COOKIE, portal.cookies.set(SESSION_COOKIE, &token, None));
    Ok(response)
}

/// The enterprise for which the same person acted until now, if they still may: who shows anew who they are goes on where they
/// were.
fn still_chosen(visitor: &Visitor, identified: &Identified) -> Option<CreditCode> {
    let before = visitor.session.as_ref().filter(|session| session.person.subject == identified.person.subject)?;
    let chosen = before.enterprise.as_ref()?;
    let capacities = &identified.person.capacities;
    capacities.iter().any(|capacity| capacity.enterprise.code == *chosen).then(|| chosen.clone())
}

/// Puts parked answers into their draft, if the person acts for the enterprise that has it. Gives where to go on.
async fn put_back(portal: &Portal, session: &mut Session, parked: Parked) -> Result<Option<String>, Refusal> {
    let Parked { version, window, .. } = parked;
    let mut change = Change { version, window, draft: Draft::default(), by: session.person.name.clone(), at: portal.clock.now() };
    for capacity in &session.person.capacities {
        let code = &capacity.enterprise.code;
        let Some(stored) = portal.storage.draft(&parked.draft_id, code).await? else { continue };
        change.draft = typed(&stored, parked.draft.answers());
        match portal.storage.keep_draft(&parked.draft_id, code, &change).await? {
            Kept::Gone => {}
            Kept::Kept(_) => {
                session.enterprise = Some(code.clone());
                return Ok(Some(format!("/drafts/{}?restored=1", parked.draft_id)));
            }
            Kept::Rival(_) => {
                session.enterprise = Some(code.clone());
                return Ok(Some(format!("/drafts/{}/versions", parked.draft_id)));
            }
        }
    }
    Ok(None)
}

fn provider_refusal(error: &IdentityError) -> Refusal {
    tracing::warn!(error.message = %error, "identity.trouble");
    match error {
        IdentityError::Unreachable(_) => Refusal::Notice(Notice::ProviderDown, StatusCode::SERVICE_UNAVAILABLE),
        IdentityError::Refused(_) => Refusal::Notice(Notice::SignInFailed, StatusCode::BAD_REQUEST),
    }
}

/// `POST /sign-out`: here at once, then at the provider.
pub async fn end(State(portal): State<Arc<Portal>>, caller: Caller, visitor: Visitor) -> Answer {
    let mut onward = "/".to_owned();
    if let Some(session) = &visitor.session {
        portal.storage.end_session(&session.token_hash).await?;
        // It has ended, whether that can be entered or not: nobody is kept signed in for the sake of the audit.
        trail::told(trail::person(&portal, caller, &session.person, Deed::SessionEnded, session.enterprise.as_ref(), "").await);
        onward = portal.identity.end_session_url(&session.id_token).await.unwrap_or(onward);
    }
    let mut response: Response = see_other(&onward);
    let cookies = response.headers_mut();
    cookies.append(header::SET_COOKIE, portal.cookies.clear(SESSION_COOKIE));
    cookies.append(header::SET_COOKIE, portal.cookies.set(SIGNED_OUT_COOKIE, "1", Some(60)));
    Ok(response)
}
