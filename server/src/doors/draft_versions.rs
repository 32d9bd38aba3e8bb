//! `…/drafts/{id}/versions`: two versions of one draft, and the choice between them.

use std::sync::Arc;

use app::pages::rivals::{Version, rivals, rivals_seen};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;

use super::answer::{Answer, Refusal, page, see_other};
use super::drafts::{no_draft, own_draft};
use crate::portal::Portal;
use crate::storage::{Change, Kept};
use crate::visitor::Acting;

/// `GET`: both versions, side by side.
pub async fn show(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let stored = own_draft(&portal, &acting, &id).await?;
    let others = portal.storage.rivals(&id, acting.code()).await?;
    if others.is_empty() {
        return Ok(see_other(&format!("/drafts/{id}")));
    }
    let current = Version { draft: stored.draft, saved_at: stored.changed_at, saved_by: stored.changed_by };
    let others: Vec<(String, Version)> = others
        .into_iter()
        .map(|rival| (rival.id, Version { draft: rival.draft, saved_at: rival.made_at, saved_by: rival.made_by }))
        .collect();
    Ok(page(&acting.frame, StatusCode::OK, |lang| rivals(&id, stored.kind, stored.version, &current, &others, lang)))
}

/// Which version is to stay.
#[derive(Deserialize)]
pub struct Choice {
    version: i64,
    rival: String,
    #[serde(default)]
    seen: String,
    action: String,
}

/// `POST`: keeps one. If the draft changed again meanwhile, or another version came that nobody was shown, they are shown again.
pub async fn choose(
    State(portal): State<Arc<Portal>>,
    acting: Acting,
    Path(id): Path<String>,
    Form(choice): Form<Choice>,
) -> Answer {
    let stored = own_draft(&portal, &acting, &id).await?;
    let others = portal.storage.rivals(&id, acting.code()).await?;
    // Of what the page noted, only what is there.
    let noted = rivals_seen(&choice.seen);
    let there = others.iter().map(|rival| (rival.id.clone(), rival.made_at));
    let seen: Vec<_> = there.filter(|rival| noted.contains(rival)).collect();
    let draft = match choice.action.as_str() {
        "other" => {
            let chosen = others.into_iter().find(|rival| rival.id == choice.rival).ok_or(Refusal::NotFound)?;
            if !seen.contains(&(chosen.id, chosen.made_at)) {
                return Ok(see_other(&format!("/drafts/{id}/versions")));
            }
            chosen.draft
        }
        _ => stored.draft,
    };
    let window = format!("choice {}", choice.rival);
    let change = Change { version: choice.version, window, draft, by: acting.name().to_owned(), at: portal.clock.now() };
    match portal.storage.settle_rivals(&id, acting.code(), &change, &seen).await? {
        Kept::Kept(_) if !portal.storage.rivals(&id, acting.code()).await?.is_empty() => {
            Ok(see_other(&format!("/drafts/{id}/versions")))
        }
        Kept::Kept(_) => Ok(see_other(&format!("/drafts/{id}?saved=1"))),
        Kept::Rival(_) => Ok(see_other(&format!("/drafts/{id}/versions"))),
        Kept::Gone => Err(no_draft(&portal, &acting, &id).await),
    }
}
