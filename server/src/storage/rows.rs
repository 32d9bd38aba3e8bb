//! Between rows and the model. Both stores name their columns in the order of the row types here.

use std::borrow::Cow;

use chrono::NaiveDate;
use credit::attachment::{Attachment, FileRefusal, FileState};
use credit::credit_code::CreditCode;
use credit::date::read_day;
use credit::enterprise::Enterprise;
use credit::filing::{Happening, Impossible, Instant, Standing, State};
use credit::form::FormKind;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::record_matters::TakenBack;
use super::{
    Cargo, Delivery, DeliveryProgress, DraftLine, FilingLine, HistoryEntry, Rival, Session, SignIn, Source, StorageError, Stored,
    StoredDraft, StoredFiling,
};

/// How much is kept of words that came from outside (problems, reasons), in characters.
const MOST_CHARACTERS: usize = 500;

/// How many refused messages are kept.
pub(super) const MOST_REFUSED: i64 = 1000;

/// A value as JSON text. Equal values give equal text.
pub(super) fn json<T: Serialize>(value: &T) -> Stored<String> {
    serde_json::to_string(value).map_err(|error| StorageError::Inconsistent(format!("cannot be written as JSON: {error}")))
}

/// A value from the JSON text of a column.
pub(super) fn read<T: DeserializeOwned>(column: &str, text: &str) -> Stored<T> {
    serde_json::from_str(text).map_err(|error| StorageError::Inconsistent(format!("{column}: {error}")))
}

/// Text for a plain column. PostgreSQL holds no U+0000 in text, so neither store does.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{fffd}")) } else { Cow::Borrowed(text) }
}

/// The beginning of words that came from outside.
pub(super) fn beginning(words: &str) -> String {
    plain(words).chars().take(MOST_CHARACTERS).collect()
}

/// A new id; later ones sort after earlier ones.
pub(super) fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// The state's name in the stores.
pub(super) fn state_name(state: &State) -> &'static str {
    match state {
        State::Accepted => "accepted",
        State::Forwarded { .. } => "forwarded",
        State::UnderReview { .. } => "under_review",
        State::Returned { .. } => "returned",
        State::Decided(_) => "decided",
        State::Withdrawn { .. } => "withdrawn",
        State::Superseded { .. } => "superseded",
    }
}

/// The reason's name in the stores.
pub(super) fn impossible_name(impossible: Impossible) -> &'static str {
    match impossible {
        Impossible::Already => "already",
        Impossible::AlreadyDecided => "already_decided",
        Impossible::Ended => "ended",
        Impossible::NotGranted => "not_granted",
        Impossible::NotPublished => "not_published",
        Impossible::NotReturned => "not_returned",
        Impossible::NotAuthorised => "not_authorised",
    }
}

/// Who made a happening that a delivery brought about: that it was forwarded is our own doing, all else is the platform's.
pub(super) fn source_of(happening: &Happening) -> Source {
    match happening {
        Happening::Forwarded { .. } => Source::Portal,
        _ => Source::Platform,
    }
}

/// Where a filing stands after a happening: what the enterprise says of a decision is only its own word.
pub(super) fn moved(standing: &Standing, happening: &Happening, source: &Source) -> Result<Standing, Impossible> {
    match source {
        Source::Enterprise(_) => standing.apply_own_word(happening),
        Source::Portal | Source::Platform => standing.apply(happening),
    }
}

/// Whether these are the same files, in whatever order. One that was found infected since is not what was reviewed.
pub(super) fn same_files(kept: &[Attachment], reviewed: &[String]) -> bool {
    if kept.iter().any(|attachment| attachment.state == FileState::Refused(FileRefusal::Infected)) {
        return false;
    }
    let mut kept: Vec<&str> = kept.iter().map(|attachment| attachment.id.as_str()).collect();
    let mut reviewed: Vec<&str> = reviewed.iter().map(String::as_str).collect();
    kept.sort_unstable();
    reviewed.sort_unstable();
    kept == reviewed
}

/// A credit code from a column.
pub(super) fn code(text: String) -> Stored<CreditCode> {
    CreditCode::try_from(text).map_err(|error| StorageError::Inconsistent(format!("enterprise_code: {error}")))
}

fn enterprise(code_text: String, name: String) -> Stored<Enterprise> {
    Ok(Enterprise { code: code(code_text)?, name })
}

/// A form's kind from a column.
pub(super) fn kind(name: &str) -> Stored<FormKind> {
    FormKind::named(name).ok_or_else(|| StorageError::Inconsistent(format!("kind: no form is named {name:?}")))
}

/// state_hash, browser_hash, nonce, verifier, return_to, parked, begun_at
pub(super) type SignInRow = (String, String, String, String, String, Option<String>, Instant);

/// A sign-in from its row.
pub(super) fn sign_in((state_hash, browser_hash, nonce, verifier, return_to, parked, begun_at): SignInRow) -> Stored<SignIn> {
    let parked = parked.map(|text| read("parked", &text)).transpose()?;
    Ok(SignIn { state_hash, browser_hash, nonce, verifier, return_to, parked, begun_at })
}

/// token_hash, person, enterprise_code, id_token, authenticated_at, opened_at, seen_at
pub(super) type SessionRow = (String, String, Option<String>, String, Instant, Instant, Instant);

/// A session from its row.
pub(super) fn session(
    (token_hash, person, enterprise, id_token, authenticated_at, opened_at, seen_at): SessionRow,
) -> Stored<Session> {
    let person = read("person", &person)?;
    let enterprise = enterprise.map(code).transpose()?;
    Ok(Session { token_hash, person, enterprise, id_token, authenticated_at, opened_at, seen_at })
}

/// id, enterprise_code, enterprise_name, kind, version, answers, attachments, corrects, begun_at, changed_at, changed_by
pub(super) type DraftRow = (String, String, String, String, i64, String, String, Option<String>, Instant, Instant, String);

/// A draft from its row.
pub(super) fn draft(row: DraftRow) -> Stored<StoredDraft> {
    let (id, code, name, kind_name, version, answers, attachments, corrects, begun_at, changed_at, changed_by) = row;
    Ok(StoredDraft {
        id,
        enterprise: enterprise(code, name)?,
        kind: kind(&kind_name)?,
        version,
        draft: read("answers", &answers)?,
        attachments: read("attachments", &attachments)?,
        corrects,
        begun_at,
        changed_at,
        changed_by,
    })
}

/// id, kind, answers, changed_at, changed_by, corrects
pub(super) type DraftLineRow = (String, String, String, Instant, String, Option<String>);

/// A draft in a list from its row.
pub(super) fn draft_line((id, kind_name, answers, changed_at, changed_by, corrects): DraftLineRow) -> Stored<DraftLine> {
    Ok(DraftLine { id, kind: kind(&kind_name)?, draft: read("answers", &answers)?, changed_at, changed_by, corrects })
}

/// id, answers, made_at, made_by
pub(super) type RivalRow = (String, String, Instant, String);

/// A rival from its row.
pub(super) fn rival((id, answers, made_at, made_by): RivalRow) -> Stored<Rival> {
    Ok(Rival { id, draft: read("answers", &answers)?, made_at, made_by })
}

/// id, reference, enterprise_code, enterprise_name, kind, form_version, content, attachments, pledge, filed_by, filed_at,
/// standing, changes, revises, history, undelivered
pub(super) type FilingRow = (
    String,
    String,
    String,
    String,
    String,
    i64,
    String,
    String,
    String,
    String,
    Instant,
    String,
    i64,
    Option<String>,
    String,
    Option<String>,
);

/// One element of the column `history`.
#[derive(Deserialize)]
struct HistoryElement {
    at: Instant,
    on: Option<String>,
    happening: Happening,
    source: Source,
    taken_back_at: Option<Instant>,
    taken_back_by: Option<String>,
}

fn history_entry(element: HistoryElement) -> Stored<HistoryEntry> {
    let HistoryElement { at, on, happening, source, taken_back_at, taken_back_by } = element;
    let on = on.map(|text| read_day(&text).ok_or_else(|| StorageError::Inconsistent(format!("happened_on: {text:?} is no day"))));
    let taken_back = taken_back_at.zip(taken_back_by).map(|(at, by)| TakenBack { at, by });
    Ok(HistoryEntry { at, on: on.transpose()?, happening, source, taken_back })
}

/// The column `undelivered`.
#[derive(Deserialize)]
struct Undelivered {
    attempts: i64,
    next_at: Option<Instant>,
    last_problem: Option<String>,
    is_held_up: bool,
}

/// A filing from its row.
pub(super) fn filing(row: FilingRow) -> Stored<StoredFiling> {
    let (id, reference, code, name, kind_name, form_version, content, attachments, pledge, filed_by, filed_at, ..) = row;
    let (.., standing, changes, revises, history, undelivered) = row;
    let history: Vec<HistoryElement> = read("history", &history)?;
    let undelivered: Option<Undelivered> = undelivered.map(|text| read("undelivered", &text)).transpose()?;
    Ok(StoredFiling {
        id,
        reference,
        enterprise: enterprise(code, name)?,
        kind: kind(&kind_name)?,
        form_version: u32::try_from(form_version)
            .map_err(|_| StorageError::Inconsistent(format!("form_version: {form_version} is none")))?,
        content: read("content", &content)?,
        attachments: read("attachments", &attachments)?,
        pledge: read("pledge", &pledge)?,
        filed_by: read("filed_by", &filed_by)?,
        filed_at,
        standing: read("standing", &standing)?,
        changes,
        revises,
        history: history.into_iter().map(history_entry).collect::<Stored<_>>()?,
        undelivered: undelivered.map(|Undelivered { attempts, next_at, last_problem, is_held_up }| DeliveryProgress {
            attempts,
            next_at,
            last_problem,
            is_held_up,
        }),
    })
}

/// id, reference, kind, content, standing, filed_at
pub(super) type FilingLineRow = (String, String, String, String, String, Instant);

/// A filing in a list from its row.
pub(super) fn filing_line((id, reference, kind_name, content, standing, filed_at): FilingLineRow) -> Stored<FilingLine> {
    Ok(FilingLine {
        id,
        reference,
        kind: kind(&kind_name)?,
        content: read("content", &content)?,
        standing: read("standing", &standing)?,
        filed_at,
    })
}

/// A line to be added to a history.
pub(super) struct HistoryLine<'a> {
    /// What happened.
    pub happening: &'a Happening,
    /// Who made it.
    pub source: &'a Source,
    /// When it happened or was entered.
    pub at: Instant,
    /// On which day it happened, where somebody names that.
    pub on: Option<NaiveDate>,
}

impl<'a> HistoryLine<'a> {
    /// One whose day is that of its time.
    pub(super) fn of(happening: &'a Happening, source: &'a Source, at: Instant) -> Self {
        Self { happening, source, at, on: None }
    }
}

/// seq, happened_at, happening, source
pub(super) type StandingEntryRow = (i64, Instant, String, String);

/// A line of a history that counts, as far as where the filing stands depends on it.
pub(super) struct StandingEntry {
    /// Its place.
    pub seq: i64,
    /// When it happened or was entered.
    pub at: Instant,
    /// What.
    pub happening: Happening,
    /// Whether the enterprise itself says so.
    pub is_own: bool,
}

/// Such a line from its row.
pub(super) fn standing_entry((seq, at, happening, source): StandingEntryRow) -> Stored<StandingEntry> {
    let is_own = matches!(read("source", &source)?, Source::Enterprise(_));
    Ok(StandingEntry { seq, at, happening: read("happening", &happening)?, is_own })
}

/// A filing's standing, and how often it has changed.
pub(super) struct Stand {
    /// Where it stands.
    pub standing: Standing,
    /// As [`StoredFiling::changes`].
    pub changes: i64,
}

/// standing, changes
pub(super) type StandRow = (String, i64);

/// A standing from its row.
pub(super) fn stand((standing, changes): StandRow) -> Stored<Stand> {
    Ok(Stand { standing: read("standing", &standing)?, changes })
}

/// id, filing_id, cargo, body, attempts, attachments, born_at
pub(super) type DeliveryRow = (String, String, String, String, i64, String, Instant);

/// Deliveries from their rows, oldest first, all under this lease. One that cannot be read waits for its lease to end, and holds up no
/// other: it is reported each time, and stays the oldest that is unsent.
pub(super) fn deliveries(mut rows: Vec<DeliveryRow>, lease: &str) -> Vec<Delivery> {
    rows.sort_by(|(a, .., a_born_at), (b, .., b_born_at)| (a_born_at, a).cmp(&(b_born_at, b)));
    let readable = |row: DeliveryRow| {
        let id = row.0.clone();
        delivery(row, lease).inspect_err(|error| tracing::error!(outbox.id = %id, error.message = %error, "outbox.unreadable")).ok()
    };
    rows.into_iter().filter_map(readable).collect()
}

fn delivery((id, filing_id, cargo, body, attempts, attachments, born_at): DeliveryRow, lease: &str) -> Stored<Delivery> {
    let cargo = [Cargo::Submission, Cargo::Withdrawal, Cargo::Consents]
        .into_iter()
        .find(|known| known.name() == cargo)
        .ok_or_else(|| StorageError::Inconsistent(format!("cargo: {cargo:?} is none")))?;
    let mut attachments: Vec<Attachment> = match cargo {
        Cargo::Submission => read("attachments", &attachments)?,
        Cargo::Withdrawal | Cargo::Consents => Vec::new(),
    };
    attachments.retain(Attachment::is_kept);
    Ok(Delivery { id, filing_id, cargo, body, attachments, attempts, born_at, lease: lease.to_owned() })
}
