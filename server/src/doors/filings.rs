//! Filings: the list, one filing, withdrawing it, correcting it.

use std::sync::Arc;

use app::components::pledge_form::purpose_words;
use app::pages::confirm::{Deed, confirm};
use app::pages::desk::{Desk, DraftEntry, FilingEntry, desk, filing_name};
use app::pages::filing::{
    CommitmentPart, Entry, FilingPage, Maker, ReceiptForms, RecordMatter, RefusedEntry, filing as filing_page, standing,
};
use app::shell::render_part;
use app::wording::life::Undelivered;
use app::wording::{Lang, life, notices::Notice};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse};
use credit::attachment::Attachment;
use credit::commitment::public_content::public_content;
use credit::filing::{Happening, Impossible, Instant, Standing};
use credit::form::FormKind;
use credit::pledge::Purpose;
use credit::progress::{CountedDays, Progress};
use credit::registration::Content;
use credit::repair::HandOver;
use serde::Deserialize;

use super::answer::{Answer, Refusal, page, see_other};
use super::commitment_revocation;
use super::imports::unfinished_imports;
use super::my_commitments::to_sign_entry;
use super::notices::{newest_unread, read_notices_of};
use super::{hand_over, repair_result};
use crate::platform::wire_v1;
use crate::portal::Portal;
use crate::storage::{Before, Cargo, Source, StoredFiling, TakingBack};
use crate::token::token_hash;
use crate::visitor::Acting;

/// Filings on one page of the list.
const ON_A_PAGE: i64 = 20;
/// Drafts listed at most; nobody has more that are alive.
const MOST_DRAFTS: i64 = 100;

/// Where in the list.
#[derive(Deserialize)]
pub struct Place {
    before: Option<String>,
    deleted: Option<String>,
}

/// `GET /filings`
pub async fn list(State(portal): State<Arc<Portal>>, acting: Acting, Query(place): Query<Place>) -> Answer {
    let before = place.before.as_deref().and_then(|text| {
        let (filed_at, id) = text.split_once('_')?;
        Some(Before { filed_at: filed_at.parse().ok()?, id: id.to_owned() })
    });
    let drafts = portal.storage.drafts_of(acting.code(), MOST_DRAFTS).await?;
    let mut filings = portal.storage.filings_of(acting.code(), before.as_ref(), ON_A_PAGE + 1).await?;
    let more = filings.len() > ON_A_PAGE as usize;
    filings.truncate(ON_A_PAGE as usize);
    let older = filings.last().filter(|_| more).map(|last| format!("/filings?before={}_{}", last.filed_at, last.id));
    let to_sign = match acting.capacity.may_sign() {
        true => portal.storage.drafts_to_sign(acting.code(), MOST_DRAFTS).await?,
        false => Vec::new(),
    };
    let shown = Desk {
        to_sign: to_sign.into_iter().map(|one| to_sign_entry(one, acting.frame.lang)).collect(),
        imports: unfinished_imports(&portal, &acting).await?,
        drafts: drafts
            .into_iter()
            .map(|line| DraftEntry {
                id: line.id,
                kind: line.kind,
                draft: line.draft,
                changed_at: line.changed_at,
                changed_by: line.changed_by,
                correction: line.corrects.is_some(),
            })
            .collect(),
        filings: filings
            .into_iter()
            .map(|line| FilingEntry {
                id: line.id,
                reference: line.reference,
                kind: line.kind,
                content: line.content,
                standing: line.standing,
                filed_at: line.filed_at,
            })
            .collect(),
        older,
        further: before.is_some(),
        unread: acting.frame.unread,
        newest: newest_unread(&portal, &acting).await?,
        deleted: place.deleted.is_some(),
    };
    Ok(page(&acting.frame, StatusCode::OK, |lang| desk(shown, lang)))
}

/// The filing of this id, if it is the enterprise's own.
pub(super) async fn own_filing(portal: &Portal, acting: &Acting, id: &str) -> Result<StoredFiling, Refusal> {
    portal.storage.filing(id, acting.code()).await?.ok_or(Refusal::NotFound)
}

/// What a filing's page must know beside the filing.
#[derive(Default)]
pub(super) struct Seen {
    /// Whether it has just been filed.
    just_filed: bool,
    /// Whether everyone can see it now.
    is_public: bool,
    /// Whether who looks may file such things, and so withdraw and correct them.
    may_act: bool,
    /// What had been filed before, where it corrects something.
    before: Option<Content>,
    /// What it is as a commitment, if it is one.
    commitment: Option<CommitmentPart>,
    /// Whether it has a receipt, and in what forms.
    receipt: Option<ReceiptForms>,
    /// What it is as an application for repair or an objection, if it is one.
    record_matter: Option<RecordMatter>,
}

impl Seen {
    /// With what was entered by hand and could not be taken.
    pub(super) fn refuse(&mut self, refused: RefusedEntry) {
        if let Some(matter) = &mut self.record_matter {
            matter.refused = Some(refused);
        }
    }
}

pub(super) async fn seen(portal: &Portal, acting: &Acting, filing: &StoredFiling, just_filed: bool) -> Result<Seen, Refusal> {
    let today = portal.clock.today();
    let before = match &filing.revises {
        Some(revised) => portal.storage.filing(revised, acting.code()).await?.map(|revised| revised.content),
        None => None,
    };
    let commitment = match filing.kind {
        FormKind::Commitment => portal.storage.commitment_code(&filing.id).await?.map(|code| CommitmentPart {
            code,
            kind: public_content(&filing.content).kind,
            may_sign: acting.capacity.may_sign(),
        }),
        _ => None,
    };
    let is_public = match &commitment {
        Some(part) => portal.storage.public_commitment(&part.code, today).await?.is_some(),
        None => portal.storage.is_public(&filing.id, today).await?,
    };
    Ok(Seen {
        just_filed,
        is_public,
        commitment,
        may_act: acting.capacity.may_file(filing.kind.form().matter, today).is_ok(),
        before,
        receipt: portal.storage.receipt(&filing.id).await?.map(|_| ReceiptForms { pdf: portal.font.is_some() }),
        record_matter: record_matter(portal, filing),
    })
}

/// What a filing is as an application for repair or an objection: in which step, and until when.
fn record_matter(portal: &Portal, filing: &StoredFiling) -> Option<RecordMatter> {
    if !filing.kind.is_about_record() {
        return None;
    }
    let standing = filing.history.iter().filter(|entry| entry.stands());
    let history = standing.map(|entry| (hand_over::day_of(entry), &entry.happening));
    let (figures, calendars) = (portal.config.repair.figures(), portal.calendars.now());
    let (state, counted) = (&filing.standing.state, CountedDays::of(history));
    Some(RecordMatter {
        progress: Progress::of(filing.kind, &filing.content, state, counted, &figures, &calendars),
        today: portal.clock.today(),
        telephone: portal.config.site.telephone.clone(),
        entrance: hand_over::entrance(portal, filing),
        has_proof: portal.font.is_some() && repair_result::granted(filing).is_some(),
        refused: None,
    })
}

/// A filing as its page shows it.
pub(super) fn shown(filing: StoredFiling, seen: Seen, lang: Lang) -> FilingPage {
    FilingPage {
        public_page: seen.is_public.then(|| match &seen.commitment {
            Some(part) => format!("/commitments/{}", part.code),
            None => format!("/enterprises/{}", filing.enterprise.code),
        }),
        commitment: seen.commitment,
        id: filing.id,
        reference: filing.reference,
        kind: filing.kind,
        content: filing.content,
        files: filing.attachments.into_iter().filter(Attachment::is_kept).collect(),
        pledge_sha256: token_hash(&filing.pledge.text),
        pledge: filing.pledge,
        filed_by: life::with_role(&filing.filed_by.name, filing.filed_by.role, lang),
        filed_at: filing.filed_at,
        standing: filing.standing,
        changes: filing.changes,
        revises: filing.revises,
        history: filing
            .history
            .into_iter()
            .map(|entry| Entry {
                at: entry.at,
                on: entry.on,
                taken_back: entry.taken_back.map(|taken| (taken.at, taken.by)),
                happening: entry.happening,
                maker: match entry.source {
                    Source::Enterprise(name) => Maker::Person(name),
                    Source::Portal => Maker::Portal,
                    Source::Platform => Maker::Platform,
                },
            })
            .collect(),
        undelivered: filing.undelivered.map(|progress| match progress.next_at {
            None => Undelivered::GivenUp,
            Some(_) if progress.is_held_up => Undelivered::HeldUp,
            Some(next_at) => Undelivered::Waiting { tries: progress.attempts, next_at },
        }),
        just_filed: seen.just_filed,
        may_act: seen.may_act,
        before: seen.before,
        receipt: seen.receipt,
        record_matter: seen.record_matter,
    }
}

/// Whether it has just been filed.
#[derive(Deserialize)]
pub struct Arrived {
    filed: Option<String>,
}

/// `GET /filings/{id}`
pub async fn show(
    State(portal): State<Arc<Portal>>,
    acting: Acting,
    Path(id): Path<String>,
    Query(arrived): Query<Arrived>,
) -> Answer {
    let filing = own_filing(&portal, &acting, &id).await?;
    let seen = seen(&portal, &acting, &filing, arrived.filed.is_some()).await?;
    let frame = read_notices_of(&portal, &acting, &id).await;
    Ok(page(&frame, StatusCode::OK, |lang| filing_page(shown(filing, seen, lang), lang)))
}

/// `GET /filings/{id}/standing`: the part of the page that changes, for the island.
pub async fn show_standing(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let filing = own_filing(&portal, &acting, &id).await?;
    let seen = seen(&portal, &acting, &filing, false).await?;
    let lang = acting.frame.lang;
    let html = render_part(|| standing(&shown(filing, seen, lang), lang));
    Ok(([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Html(html)).into_response())
}

/// `GET /filings/{id}/withdrawal`: asks first.
pub async fn ask_withdrawal(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let filing = own_filing(&portal, &acting, &id).await?;
    may_take_back(&portal, &acting, &filing)?;
    commitment_revocation::may_be_withdrawn(&portal, &acting, &filing).await?;
    if !filing.standing.may_be_withdrawn() {
        return Ok(see_other(&format!("/filings/{id}")));
    }
    Ok(page(&acting.frame, StatusCode::OK, |lang| {
        let name = format!("{} · {}", filing_name(filing.kind, &filing.content, lang), filing.reference);
        let package = HandOver::of(&filing.content) == HandOver::Package;
        let deed = if package { Deed::WithdrawPackage } else { Deed::WithdrawFiling };
        confirm(deed, name, format!("/filings/{id}/withdrawal"), format!("/filings/{id}"), lang)
    }))
}

/// `POST /filings/{id}/withdrawal`
pub async fn withdraw(State(portal): State<Arc<Portal>>, acting: Acting, Path(id): Path<String>) -> Answer {
    let filing = own_filing(&portal, &acting, &id).await?;
    commitment_revocation::may_be_withdrawn(&portal, &acting, &filing).await?;
    // The platform never had it, so nobody has to confirm anything.
    if HandOver::of(&filing.content) == HandOver::Package {
        may_take_back(&portal, &acting, &filing)?;
        return hand_over::note(&portal, &acting, &id, Happening::Withdrawn, None).await;
    }
    take_back(&portal, &acting, &filing, Happening::Withdrawn, Cargo::Withdrawal, |_, at| wire_v1::withdrawal(at)).await
}

/// `GET /filings/{id}/authorisations/{purpose}/withdrawal`: asks first.
pub async fn ask_authorisation_withdrawal(
    State(portal): State<Arc<Portal>>,
    acting: Acting,
    Path((id, purpose)): Path<(String, String)>,
) -> Answer {
    let filing = own_filing(&portal, &acting, &id).await?;
    let purpose = given_purpose(&filing, &purpose)?;
    may_take_back(&portal, &acting, &filing)?;
    Ok(page(&acting.frame, StatusCode::OK, |lang| {
        let name = format!("{} · {}", filing_name(filing.kind, &filing.content, lang), purpose_words(purpose, lang));
        let post_to = format!("/filings/{id}/authorisations/{}/withdrawal", purpose.name());
        confirm(Deed::WithdrawAuthorisation, name, post_to, format!("/filings/{id}"), lang)
    }))
}

/// `POST /filings/{id}/authorisations/{purpose}/withdrawal`: takes effect at once, and the platform is told.
pub async fn withdraw_authorisation(
    State(portal): State<Arc<Portal>>,
    acting: Acting,
    Path((id, purpose)): Path<(String, String)>,
) -> Answer {
    let filing = own_filing(&portal, &acting, &id).await?;
    let purpose = given_purpose(&filing, &purpose)?;
    let (given, happening) = (filing.pledge.purposes.clone(), Happening::AuthorisationWithdrawn { purpose });
    let consents = move |after: &Standing, at| {
        let still: Vec<Purpose> = given.iter().copied().filter(|purpose| !after.withdrawn.contains(purpose)).collect();
        wire_v1::consents(&still, at)
    };
    take_back(&portal, &acting, &filing, happening, Cargo::Consents, consents).await
}

/// The purpose of that name, if the filing was authorised for it.
fn given_purpose(filing: &StoredFiling, name: &str) -> Result<Purpose, Refusal> {
    // Only what is registered is authorised apart: the publication of a commitment is part of what was signed.
    if !FormKind::ALL.contains(&filing.kind) {
        return Err(Refusal::NotFound);
    }
    filing.pledge.purposes.iter().copied().find(|purpose| purpose.name() == name).ok_or(Refusal::NotFound)
}

/// Only who may file may take back.
pub(super) fn may_take_back(portal: &Portal, acting: &Acting, filing: &StoredFiling) -> Result<(), Refusal> {
    let may = acting.capacity.may_file(filing.kind.form().matter, portal.clock.today());
    may.map_err(|_| Refusal::Notice(Notice::MayNotTakeBack, StatusCode::FORBIDDEN))
}

/// Takes something back, if who asks may, and tells the platform.
pub(super) async fn take_back(
    portal: &Portal,
    acting: &Acting,
    filing: &StoredFiling,
    happening: Happening,
    cargo: Cargo,
    body: impl Fn(&Standing, Instant) -> String + Send + Sync + 'static,
) -> Answer {
    may_take_back(portal, acting, filing)?;
    let (id, now) = (&filing.id, portal.clock.now());
    let body = Arc::new(move |after: &Standing| body(after, now));
    let taking = TakingBack { happening, cargo, body, by: acting.name().to_owned(), at: now };
    match portal.storage.take_back(id, acting.code(), &taking).await? {
        None => Err(Refusal::NotFound),
        Some(Ok(())) => {
            portal.live.tell(id);
            portal.courier.notify_one();
            Ok(see_other(&format!("/filings/{id}")))
        }
        // The same post twice.
        Some(Err(Impossible::Already)) => Ok(see_other(&format!("/filings/{id}"))),
        Some(Err(why)) => {
            let words = life::impossible(why, acting.frame.lang);
            Err(Refusal::Notice(Notice::NotPossible(words), StatusCode::CONFLICT))
        }
    }
}
