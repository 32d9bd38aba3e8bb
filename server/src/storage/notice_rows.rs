//! Between rows and the model, for notices, mails and overviews. Both stores name their columns in the order of the row
//! types here.

use credit::filing::Instant;
use credit::form::FormKind;

use super::mails::{DueMail, Letter, MailAddress};
use super::notices::NoticeLine;
use super::overviews::{FilingCount, Phase};
use super::rows::read;
use super::{StorageError, Stored};

fn kind(name: &str) -> Stored<FormKind> {
    FormKind::named(name).ok_or_else(|| StorageError::Inconsistent(format!("kind: no form is named {name:?}")))
}

/// Days since 1970-01-01 in Shanghai, by which requests are counted.
pub(super) fn day_of(at: Instant) -> i64 {
    const HOUR: i64 = 60 * 60 * 1000;
    (at + 8 * HOUR).div_euclid(24 * HOUR)
}

/// id, filing_id, reference, kind, content, news, told_at, read_at
pub(super) type NoticeRow = (String, String, String, String, String, String, Instant, Option<Instant>);

/// A notice from its row.
pub(super) fn notice_line((id, filing_id, reference, name, content, news, told_at, read_at): NoticeRow) -> Stored<NoticeLine> {
    Ok(NoticeLine {
        id,
        filing_id,
        reference,
        kind: kind(&name)?,
        content: read("content", &content)?,
        news: read("news", &news)?,
        told_at,
        read: read_at.is_some(),
    })
}

/// id, address, confirmed_at, requested_at
pub(super) type MailAddressRow = (String, String, Option<Instant>, Instant);

/// An address from its row.
pub(super) fn mail_address((id, address, confirmed_at, requested_at): MailAddressRow) -> MailAddress {
    MailAddress { id, address, confirmed: confirmed_at.is_some(), requested_at }
}

/// id, address, lang, enterprise_name, token, news, filing_id, kind, reference, attempts
pub(super) type MailRow =
    (String, String, String, String, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>, i64);

/// Mails from their rows, all under this lease.
pub(super) fn due_mails(rows: Vec<MailRow>, lease: &str) -> Stored<Vec<DueMail>> {
    rows.into_iter().map(|row| due_mail(row, lease)).collect()
}

fn due_mail(row: MailRow, lease: &str) -> Stored<DueMail> {
    let (id, address, lang, enterprise_name, token, news, filing_id, name, reference, attempts) = row;
    let letter = match (token, news, filing_id, name, reference) {
        (Some(token), None, None, None, None) => Letter::Link { token },
        (None, Some(news), Some(filing_id), Some(name), Some(reference)) => {
            Letter::News { news: read("news", &news)?, kind: kind(&name)?, filing_id, reference }
        }
        _ => return Err(StorageError::Inconsistent("a mail is neither a notice nor a link".to_owned())),
    };
    Ok(DueMail { id, address, lang, enterprise_name, letter, attempts, lease: lease.to_owned() })
}

/// kind, state, decision (`granted`, `found_untrue`, or any other), how many, how many published
pub(super) type CountRow = (String, String, String, i64, i64);

/// Counts from their rows; several states of one phase are summed.
pub(super) fn filing_counts(rows: Vec<CountRow>) -> Stored<Vec<FilingCount>> {
    let mut counts: Vec<FilingCount> = Vec::new();
    for (name, state, decision, count, published) in rows {
        let (kind, phase) = (kind(&name)?, phase(&state, &decision)?);
        match counts.iter_mut().find(|known| (known.kind, known.phase) == (kind, phase)) {
            Some(known) => {
                known.count += count;
                known.published += published;
            }
            None => counts.push(FilingCount { kind, phase, count, published }),
        }
    }
    Ok(counts)
}

fn phase(state: &str, decision: &str) -> Stored<Phase> {
    Ok(match (state, decision) {
        ("accepted" | "forwarded" | "under_review", _) => Phase::Checking,
        ("returned", _) => Phase::Returned,
        ("decided", "granted") => Phase::Granted,
        ("decided", "found_untrue") => Phase::FoundUntrue,
        ("decided", _) => Phase::Refused,
        ("withdrawn", _) => Phase::Withdrawn,
        _ => return Err(StorageError::Inconsistent(format!("state: {state:?} is none"))),
    })
}
