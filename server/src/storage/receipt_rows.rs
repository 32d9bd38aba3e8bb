//! Between the rows of receipts and commitments and the model; both stores name their columns in this order.

use chrono::NaiveDate;
use credit::commitment::CommitmentKind;
use credit::enterprise::Enterprise;
use credit::filing::{Happening, Instant, Publication, Standing};
use credit::log::entry::{Entry, EntryKind, salted};
use credit::log::listing::Listing;
use credit::signing::Signature;

use super::commitments::{CommitmentLine, PublicCommitment, SignatureRequest, ToSign};
use super::receipts::LoggedEvent;
use super::rows::{code, read};
use super::{StorageError, Stored};

/// How a commitment without an end is kept: a day after all others.
pub(super) const NO_END: &str = "9999-12-31";

/// document, acceptance, salt, accepted_at, log_number, key_id, signature
pub(super) type ReceiptRow = (String, String, Vec<u8>, Instant, i64, Option<String>, Option<Vec<u8>>);

/// log_number, kind, happened_at, subject
pub(super) type LoggedEventRow = (i64, String, Instant, String);

/// filing_id, code, kind, title, authority, made_on, valid_until, standing
pub(super) type CommitmentRow = (String, String, String, String, String, String, String, String);

/// filing_id, code, enterprise_code, enterprise_name, content, standing, published_at, shown_until, revoked_at, log_number,
/// signed, listed_entry, listed_at, salt
pub(super) type PublicRow = (
    String,
    String,
    String,
    String,
    String,
    String,
    Instant,
    String,
    Option<Instant>,
    i64,
    bool,
    Option<i64>,
    Option<Instant>,
    Vec<u8>,
);

/// id, answers, asked_by, asked_at
pub(super) type ToSignRow = (String, String, String, Instant);

/// A last day from its column.
pub(super) fn end(day: &str) -> Stored<Option<NaiveDate>> {
    match day {
        NO_END => Ok(None),
        day => day.parse().map(Some).map_err(|_| StorageError::Inconsistent(format!("day: {day:?} is none"))),
    }
}

/// A last day as kept.
pub(super) fn end_text(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| NO_END.to_owned(), |day| day.format("%Y-%m-%d").to_string())
}

/// 32 bytes from a column.
pub(super) fn salt(bytes: Vec<u8>) -> Stored<[u8; 32]> {
    bytes.try_into().map_err(|_| StorageError::Inconsistent("salt: not 32 bytes".to_owned()))
}

/// A signature from a column.
pub(super) fn signature(bytes: &[u8]) -> Stored<Signature> {
    let bytes: Option<&[u8; 64]> = bytes.try_into().ok();
    bytes
        .and_then(|bytes| Signature::from_bytes(bytes).ok())
        .ok_or_else(|| StorageError::Inconsistent("signature: it is none".to_owned()))
}

fn kind(name: &str) -> Stored<CommitmentKind> {
    CommitmentKind::named(name).ok_or_else(|| StorageError::Inconsistent(format!("kind: no commitment is {name:?}")))
}

/// What the log says of a filing, from its row.
pub(super) fn logged_event((log_number, kind, at, subject): LoggedEventRow) -> Stored<LoggedEvent> {
    let kind = *EntryKind::ALL
        .iter()
        .find(|known| known.name() == kind)
        .ok_or_else(|| StorageError::Inconsistent(format!("kind: no entry is {kind:?}")))?;
    Ok(LoggedEvent { log_number, kind, at, subject })
}

/// A commitment in a list, from its row.
pub(super) fn commitment(row: CommitmentRow) -> Stored<CommitmentLine> {
    let (filing_id, code, kind_name, title, authority, made_on, valid_until, standing) = row;
    Ok(CommitmentLine {
        filing_id,
        code,
        kind: kind(&kind_name)?,
        title,
        authority,
        made_on: end(&made_on)?.ok_or_else(|| StorageError::Inconsistent("made_on: no day".to_owned()))?,
        valid_until: end(&valid_until)?,
        standing: read("standing", &standing)?,
    })
}

/// A commitment that everyone may see, from its row.
pub(super) fn public_commitment(row: PublicRow) -> Stored<PublicCommitment> {
    let (
        filing_id,
        commitment_code,
        enterprise_code,
        name,
        content,
        standing,
        published_at,
        shown_until,
        revoked_at,
        log_number,
        signed,
        listed_entry,
        listed_at,
        receipt_salt,
    ) = row;
    let salt = Listing::salt(&salt(receipt_salt)?);
    Ok(PublicCommitment {
        filing_id,
        code: commitment_code,
        enterprise: Enterprise { code: code(enterprise_code)?, name },
        content: read("content", &content)?,
        standing: read("standing", &standing)?,
        published_at,
        shown_until: end(&shown_until)?,
        revoked_at,
        log_number,
        signed,
        listing: listed_entry.zip(listed_at).map(|(entry, at)| Listing { entry, at, salt }),
    })
}

/// A draft that waits for a signature, from its row.
pub(super) fn to_sign((id, answers, by, at): ToSignRow) -> Stored<ToSign> {
    Ok(ToSign { id, draft: read("answers", &answers)?, request: SignatureRequest { by, at } })
}

/// What the log says of a happening, if it says anything: the kind, and what is particular about it.
pub(super) fn logged(happening: &Happening) -> Option<(EntryKind, String)> {
    Some(match happening {
        Happening::Published { until } => (EntryKind::Published, until.clone().unwrap_or_default()),
        Happening::PublicationStopped { .. } => (EntryKind::Withdrawn, "publication".to_owned()),
        Happening::Withdrawn | Happening::Revoked => (EntryKind::Withdrawn, "filing".to_owned()),
        Happening::AuthorisationWithdrawn { purpose } => (EntryKind::Withdrawn, purpose.name().to_owned()),
        Happening::PerformanceFound(found) => {
            let name = super::commitments::performance_name(found.performance);
            (EntryKind::Performance, format!("{name} {} {}", found.found_on, found.found_by_code))
        }
        _ => return None,
    })
}

/// An entry about a filing, and what its hash is made over.
pub(super) fn entry(filing_id: &str, salt: &[u8; 32], (kind, what): (EntryKind, String), at: Instant) -> (Entry, String) {
    let subject = format!("{filing_id}\n{}\n{at}\n{what}\n", kind.name());
    (Entry { kind, at, digest: salted(salt, subject.as_bytes()) }, subject)
}

/// When the publication that a filing has now began.
pub(super) fn published_at(standing: &Standing, history: impl IntoIterator<Item = (Instant, Happening)>) -> Option<Instant> {
    if !matches!(standing.publication, Publication::Published { .. }) {
        return None;
    }
    history.into_iter().fold(None, |began, (at, happening)| match happening {
        Happening::Published { .. } => began.or(Some(at)),
        Happening::PublicationStopped { .. } => None,
        _ => began,
    })
}
