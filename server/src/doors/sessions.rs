//! Where a person is signed in.

use std::sync::Arc;

use app::pages::sessions::{SessionEntry, sessions};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use credit::credit_code::CreditCode;
use serde::Deserialize;

use super::answer::{Answer, Refusal, page, see_other};
use super::sign_in::fresh_path;
use crate::caller::Caller;
use crate::portal::Portal;
use crate::storage::Session;
use crate::storage::audit::Deed;
use crate::trail;
use crate::visitor::Visitor;

/// So many are shown.
const MOST_SHOWN: i64 = 100;
/// Who ends sessions elsewhere must have shown who they are within so many minutes: a stolen browser must not sign its owner out
/// everywhere else.
const STEP_UP_MINUTES: i64 = 5;

/// Whether those elsewhere have just been ended.
#[derive(Deserialize)]
pub struct Just {
    done: Option<String>,
}

/// `GET /sessions`
pub async fn list(State(portal): State<Arc<Portal>>, visitor: Visitor, Query(just): Query<Just>) -> Answer {
    let own = visitor.session.as_ref().ok_or_else(|| Refusal::SignIn(visitor.frame.path.clone()))?;
    let now = portal.clock.now();
    let all = portal.storage.sessions_of(&own.person.subject, MOST_SHOWN).await?;
    let entries = all.into_iter().filter(|session| session.holds(now)).map(|session| entry(session, own)).collect();
    Ok(page(&visitor.frame, StatusCode::OK, |lang| sessions(entries, just.done.is_some(), lang)))
}

fn entry(session: Session, own: &Session) -> SessionEntry {
    let name = |code: &CreditCode| {
        let capacities = &session.person.capacities;
        capacities.iter().find(|capacity| capacity.enterprise.code == *code).map(|capacity| capacity.enterprise.name.clone())
    };
    SessionEntry {
        enterprise: session.enterprise.as_ref().and_then(name),
        opened_at: session.opened_at,
        seen_at: session.seen_at,
        this_one: session.token_hash == own.token_hash,
    }
}

/// `POST /sessions/ending`: ends all but this one.
pub async fn end_others(State(portal): State<Arc<Portal>>, caller: Caller, visitor: Visitor) -> Answer {
    let own = visitor.session.as_ref().ok_or_else(|| Refusal::SignedOut("/sessions".into()))?;
    if portal.clock.now() - own.authenticated_at > STEP_UP_MINUTES * 60 * 1000 {
        return Err(Refusal::Onward(fresh_path("/sessions")));
    }
    trail::person(&portal, caller, &own.person, Deed::SessionsEnded, own.enterprise.as_ref(), "").await?;
    portal.storage.end_sessions_of(Some(&own.person.subject), Some(&own.token_hash)).await?;
    Ok(see_other("/sessions?done=1"))
}
