//! Templates of commitments, open to everyone.

use std::sync::Arc;

use app::pages::template::{Offer, template};
use app::pages::templates::templates;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use credit::commitment::CommitmentKind;
use serde::Deserialize;

use super::answer::{Answer, Refusal, page};
use crate::portal::Portal;
use crate::visitor::Visitor;

/// Which kind; empty for all.
#[derive(Deserialize)]
pub struct Filter {
    #[serde(default)]
    kind: String,
}

/// `GET /commitments/templates`
pub async fn list(State(portal): State<Arc<Portal>>, visitor: Visitor, Query(filter): Query<Filter>) -> Answer {
    let chosen = match filter.kind.as_str() {
        "" => None,
        name => Some(CommitmentKind::named(name).ok_or(Refusal::NotFound)?),
    };
    let fitting = portal.templates.newest().filter(|template| chosen.is_none_or(|kind| template.kind == kind));
    let fitting: Vec<_> = fitting.cloned().collect();
    Ok(page(&visitor.frame, StatusCode::OK, |lang| templates(&fitting, chosen, lang)))
}

/// Which version; none for the one that is offered.
#[derive(Deserialize)]
pub struct Which {
    version: Option<u32>,
}

/// `GET /commitments/templates/{id}` and, for those that commitments refer to, `?version=1`.
pub async fn show(
    State(portal): State<Arc<Portal>>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Answer {
    let present = portal.templates.offered(&id);
    let found = match which.version {
        None => present,
        Some(version) => portal.templates.get(&id, version),
    };
    let found = found.cloned().ok_or(Refusal::NotFound)?;
    let offer = match present {
        Some(present) if present.version == found.version => Offer::Present,
        Some(_) => Offer::Replaced,
        None => Offer::Ended,
    };
    Ok(page(&visitor.frame, StatusCode::OK, |lang| template(&found, offer, lang)))
}
