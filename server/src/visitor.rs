//! Who is here: found out once a request, from cookies and the store.

use std::sync::Arc;

use app::pages::store_down::Asked;
use app::shell::{Frame, Who};
use app::wording::Lang;
use app::wording::notices::Notice;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use credit::credit_code::CreditCode;
use credit::filing::Instant;
use credit::person::Capacity;

use crate::answering::{LONGEST, Underway};
use crate::cookies::cookie;
use crate::doors::answer::{Refusal, show_refusal, store_down};
use crate::kept_form::KeptForm;
use crate::portal::Portal;
use crate::session::SESSION_COOKIE;
use crate::storage::patience::{PATIENCE, within};
use crate::storage::{Session, StorageError, Stored};
use crate::token::token_hash;

/// Whoever sent the request.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The frame of the pages they see.
    pub frame: Frame,
    /// Their session, if it holds.
    pub session: Option<Session>,
}

/// Somebody who is signed in and acts for an enterprise.
#[derive(Clone, Debug)]
pub struct Acting {
    /// The frame of the pages they see.
    pub frame: Frame,
    /// The session.
    pub session: Session,
    /// For whom they act, and as what.
    pub capacity: Capacity,
}

impl Acting {
    /// The enterprise's code: every look into the store names it.
    pub fn code(&self) -> &CreditCode {
        &self.capacity.enterprise.code
    }

    /// The person's name.
    pub fn name(&self) -> &str {
        &self.session.person.name
    }

    /// Whether the identity provider made sure who this is within so many minutes before now. If it did not, and that is
    /// needed, [`crate::doors::sign_in::fresh_path`] leads there and back.
    pub fn authenticated_within(&self, minutes: i64, now: Instant) -> bool {
        now - self.session.authenticated_at <= minutes * 60 * 1000
    }
}

impl Visitor {
    /// Whoever is signed in and has chosen an enterprise.
    pub fn acting(&self) -> Option<Acting> {
        let session = self.session.clone()?;
        let code = session.enterprise.as_ref()?;
        let capacity = session.person.capacities.iter().find(|capacity| capacity.enterprise.code == *code)?.clone();
        Some(Acting { frame: self.frame.clone(), session, capacity })
    }
}

/// Finds out who is here, lets the door answer, and turns a refusal into a page in the person's language.
pub async fn meet(State(portal): State<Arc<Portal>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let (own, came_at) = (&portal.config.public_url, tokio::time::Instant::now());
    let visitor = match within(PATIENCE, visitor(&portal, &parts)).await {
        Ok(visitor) => visitor,
        Err(error) => {
            let visitor = Visitor { frame: frame(&portal, &parts, None), session: None };
            let is_look = parts.method.is_safe();
            let kept = KeptForm::of(Request::from_parts(parts, body), own).await;
            return store_down(&error, &visitor, asked(is_look, kept));
        }
    };
    parts.extensions.insert(visitor.clone());
    let is_look = parts.method.is_safe();
    let (underway, body) = Underway::watch(&parts, body, own, came_at);
    let Some(response) = underway.within(LONGEST, next.run(Request::from_parts(parts, body))).await else {
        return store_down(
            &StorageError::Unavailable("no answer in time".to_owned()),
            &visitor,
            asked(is_look, underway.form(own).await),
        );
    };
    match response.extensions().get::<Refusal>() {
        Some(Refusal::Storage(error)) => store_down(error, &visitor, asked(is_look, underway.form(own).await)),
        Some(refusal) => show_refusal(&refusal.clone(), &visitor),
        None => in_words(response, &visitor),
    }
}

/// What a request asked of the store.
fn asked(is_look: bool, kept: Option<KeptForm>) -> Asked {
    if is_look { Asked::Look } else { Asked::Deed(kept.map(KeptForm::again)) }
}

/// What the framework itself refuses (a body too large, a form that is none, a wrong method) comes as plain English text:
/// people get a page instead.
fn in_words(response: Response, visitor: &Visitor) -> Response {
    let plain = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let status = response.status();
    let refusal = match status {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::Notice(Notice::TooLarge, status),
        StatusCode::METHOD_NOT_ALLOWED => Refusal::NotFound,
        status if plain && status.is_client_error() => Refusal::Notice(Notice::Unreadable, StatusCode::BAD_REQUEST),
        _ => return response,
    };
    show_refusal(&refusal, visitor)
}

async fn visitor(portal: &Portal, request: &Parts) -> Stored<Visitor> {
    let session = match cookie(&request.headers, &portal.cookies.name(SESSION_COOKIE)) {
        Some(token) => session(portal, token).await?,
        None => None,
    };
    let mut frame = frame(portal, request, session.as_ref());
    // Only pages show it, and only a look makes a page.
    if let (true, Some(code)) = (request.method == Method::GET, session.as_ref().and_then(|session| session.enterprise.as_ref())) {
        frame.unread = portal.storage.unread_notices(code).await?;
    }
    Ok(Visitor { frame, session })
}

async fn session(portal: &Portal, token: &str) -> Stored<Option<Session>> {
    let now = portal.clock.now();
    let Some(session) = portal.storage.session(&token_hash(token)).await? else { return Ok(None) };
    if !session.holds(now) {
        return Ok(None);
    }
    if session.wants_touch(now)
        && let Err(error) = portal.storage.touch_session(&session.token_hash, now).await
    {
        // Whoever only reads is not turned away because this cannot be written.
        tracing::warn!(error.message = %error, "session.use_not_noted");
    }
    Ok(Some(session))
}

fn frame(portal: &Portal, request: &Parts, session: Option<&Session>) -> Frame {
    let headers = &request.headers;
    let lang = cookie(headers, &portal.cookies.name("lang")).and_then(Lang::of_tag).unwrap_or_default();
    let path = request.uri.path_and_query().map_or("/", |path| path.as_str());
    // A page made by a post cannot be come back to: the page it was posted from can.
    let path =
        if request.method.is_safe() { path.to_owned() } else { referring_path(portal, request).unwrap_or_else(|| "/".into()) };
    // Nor can the pages on the way through a sign-in: their address is used up, and carries a code.
    let path = if path.starts_with("/sign-in") { "/".to_owned() } else { path };
    let who = session.map(|session| Who {
        name: session.person.name.clone(),
        acting: session.enterprise.as_ref().and_then(|code| {
            let capacity = session.person.capacities.iter().find(|capacity| capacity.enterprise.code == *code)?;
            Some((capacity.enterprise.clone(), capacity.role))
        }),
        several: session.person.capacities.len() > 1,
    });
    Frame {
        lang,
        elder: cookie(headers, &portal.cookies.name("type")) == Some("elder"),
        path,
        who,
        unread: 0,
        site: portal.site.clone(),
        assets: portal.assets.clone(),
    }
}

fn referring_path(portal: &Portal, request: &Parts) -> Option<String> {
    let referrer: url::Url = request.headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    let path = &referrer[url::Position::BeforePath..url::Position::AfterQuery];
    (referrer.origin() == portal.config.public_url.origin()).then(|| path.to_owned())
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        parts.extensions.get::<Self>().cloned().ok_or(Refusal::NotFound)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Acting {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let visitor = parts.extensions.get::<Visitor>().ok_or(Refusal::NotFound)?;
        if let Some(acting) = visitor.acting() {
            return Ok(acting);
        }
        let return_to = visitor.frame.path.clone();
        Err(match (&visitor.session, parts.method.is_safe()) {
            (Some(_), _) => Refusal::ChooseEnterprise(return_to),
            (None, true) => Refusal::SignIn(return_to),
            (None, false) => Refusal::SignedOut(return_to),
        })
    }
}
