//! Choosing the enterprise to act for.

use std::sync::Arc;

use app::pages::choose::choose as choose_page;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;

use super::answer::{Answer, Refusal, page, safe_path, see_other};
use crate::caller::Caller;
use crate::portal::Portal;
use crate::storage::audit::Deed;
use crate::trail;
use crate::visitor::Visitor;

/// Where to go afterwards.
#[derive(Deserialize)]
pub struct Onward {
    return_to: Option<String>,
}

/// `GET /enterprise`
pub async fn show(visitor: Visitor, Query(onward): Query<Onward>) -> Answer {
    let session = visitor.session.as_ref().ok_or_else(|| Refusal::SignIn(visitor.frame.path.clone()))?;
    let current = session.enterprise.as_ref().map(ToString::to_string);
    let return_to = safe_path(onward.return_to.as_deref());
    Ok(page(&visitor.frame, StatusCode::OK, |lang| choose_page(&session.person.capacities, current.as_deref(), &return_to, lang)))
}

/// What was chosen.
#[derive(Deserialize)]
pub struct Choice {
    enterprise: String,
    return_to: Option<String>,
}

/// `POST /enterprise`: only one that the sign-in named.
pub async fn choose(State(portal): State<Arc<Portal>>, caller: Caller, visitor: Visitor, Form(choice): Form<Choice>) -> Answer {
    let session = visitor.session.as_ref().ok_or_else(|| Refusal::SignedOut("/enterprise".into()))?;
    let chosen = session.person.capacities.iter().find(|capacity| capacity.enterprise.code.as_str() == choice.enterprise);
    let chosen = chosen.ok_or(Refusal::NotFound)?;
    let code = &chosen.enterprise.code;
    trail::person(&portal, caller, &session.person, Deed::EnterpriseChosen, Some(code), "").await?;
    portal.storage.choose_enterprise(&session.token_hash, code).await?;
    let onward = match safe_path(choice.return_to.as_deref()) {
        home if home == "/" => "/filings".to_owned(),
        path => path,
    };
    Ok(see_other(&onward))
}
