//! An enterprise's own commitments: to sign, drafted, in force, ended.

use std::sync::Arc;

use app::pages::desk::draft_name;
use app::pages::my_commitments::{CommitmentDraft, MyCommitments, OwnCommitment, ToSignEntry, my_commitments};
use app::wording::Lang;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use chrono::Days;
use credit::form::FormKind;
use credit::news::DAYS_AHEAD;
use serde::Deserialize;

use super::answer::{Answer, page};
use crate::portal::Portal;
use crate::storage::commitments::{CommitmentLine, ToSign};
use crate::visitor::Acting;

/// Filed commitments on one page.
const ON_A_PAGE: i64 = 100;
/// Drafts at most; nobody has more that are alive.
const MOST_DRAFTS: i64 = 100;

/// Where in the list.
#[derive(Deserialize)]
pub struct Place {
    before: Option<String>,
}

/// `GET /commitments/mine`
pub async fn list(State(portal): State<Arc<Portal>>, acting: Acting, Query(place): Query<Place>) -> Answer {
    let (code, lang) = (acting.code(), acting.frame.lang);
    let before = place.before.filter(|before| !before.is_empty());
    let to_sign = portal.storage.drafts_to_sign(code, MOST_DRAFTS).await?;
    let drafts = portal.storage.drafts_of(code, MOST_DRAFTS).await?;
    let mut filed = portal.storage.commitments_of(code, before.as_deref(), ON_A_PAGE + 1).await?;
    let more = filed.len() as i64 > ON_A_PAGE;
    filed.truncate(ON_A_PAGE as usize);
    let older = filed.last().filter(|_| more).map(|last| format!("/commitments/mine?before={}", last.code));
    if before.is_none() {
        // What ends soon stands on the first page, however many are newer.
        let today = portal.clock.today();
        let soon = today.checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(today);
        let ending = portal.storage.commitments_ending(code, today..=soon, ON_A_PAGE).await?;
        let is_new = |line: &CommitmentLine| filed.iter().all(|other| other.filing_id != line.filing_id);
        let ending: Vec<CommitmentLine> = ending.into_iter().filter(is_new).collect();
        filed.extend(ending);
    }
    let asked: Vec<String> = to_sign.iter().map(|one| one.id.clone()).collect();
    let shown = MyCommitments {
        to_sign: to_sign.into_iter().map(|one| to_sign_entry(one, lang)).collect(),
        may_sign: acting.capacity.may_sign(),
        drafts: drafts
            .into_iter()
            .filter(|line| line.kind == FormKind::Commitment && !asked.contains(&line.id))
            .map(|line| CommitmentDraft {
                title: draft_name(line.kind, &line.draft, lang),
                id: line.id,
                changed_at: line.changed_at,
                changed_by: line.changed_by,
            })
            .collect(),
        older,
        further: before.is_some(),
        filed: filed
            .into_iter()
            .map(|line| OwnCommitment {
                filing_id: line.filing_id,
                code: line.code,
                title: line.title,
                authority: line.authority,
                valid_until: line.valid_until,
                standing: line.standing,
            })
            .collect(),
        today: portal.clock.today(),
    };
    Ok(page(&acting.frame, StatusCode::OK, |lang| my_commitments(shown, lang)))
}

/// A draft that waits for a signature, as pages show it.
pub(super) fn to_sign_entry(one: ToSign, lang: Lang) -> ToSignEntry {
    ToSignEntry { title: draft_name(FormKind::Commitment, &one.draft, lang), id: one.id, by: one.request.by, at: one.request.at }
}
