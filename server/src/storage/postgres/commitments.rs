//! Commitments: their codes, and everything that changes what is public of them. The reading stands in `commitment_search`.

use chrono::NaiveDate;
use credit::commitment::publication::shown_until;
use credit::commitment::template::PublicationTerm;
use credit::credit_code::CreditCode;
use credit::filing::Instant;
use credit::log::entry::EntryKind;
use credit::log::listing::Listing;
use sqlx::postgres::PgConnection;

use super::{log, receipts};
use crate::storage::commitments::{NewCommitment, SignatureRequest, performance_name};
use crate::storage::publications::HistoryElement;
use crate::storage::receipt_rows::{end, end_text, published_at, salt};
use crate::storage::rows::{json, plain, read};
use crate::storage::{NewFiling, StorageError, Stored};

/// The next code of this division and day. It is given for good when the transaction ends, and not at all if that fails: there
/// is no gap, and none is given twice.
pub(super) async fn next_code(connection: &mut PgConnection, commitment: &NewCommitment) -> Stored<String> {
    let beginning = commitment.code_beginning();
    let (number,): (i64,) = sqlx::query_as(
        "INSERT INTO commitment_numbers (beginning, last_number) VALUES ($1, 1)
         ON CONFLICT (beginning) DO UPDATE SET last_number = commitment_numbers.last_number + 1
         RETURNING last_number",
    )
    .bind(&beginning)
    .fetch_one(connection)
    .await?;
    Ok(format!("{beginning}{number:06}"))
}

/// Keeps what a filing is as a commitment.
pub(super) async fn enter(connection: &mut PgConnection, filing: &NewFiling, commitment: &NewCommitment, code: &str) -> Stored<()> {
    sqlx::query(
        "INSERT INTO commitments
             (filing_id, code, enterprise_code, template, kind, title, authority, authority_code, scope, publication_term, made_on,
              valid_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(plain(&filing.id))
    .bind(code)
    .bind(filing.enterprise.code.as_str())
    .bind(plain(&commitment.template))
    .bind(commitment.kind.name())
    .bind(plain(&commitment.title))
    .bind(plain(&commitment.authority.name))
    .bind(commitment.authority.code.as_str())
    .bind(commitment.scope.name())
    .bind(json(&commitment.publication_term)?)
    .bind(end_text(Some(commitment.made_on)))
    .bind(end_text(commitment.valid_until))
    .execute(connection)
    .await?;
    Ok(())
}

/// scope, publication_term, valid_until, standing, history
type Changed = (String, String, String, String, String);

/// Brings what is public of a commitment in step with where its filing stands now, in the transaction that changed it. Gives
/// whether everyone may see it; none: the filing is no commitment.
pub(super) async fn standing_changed(connection: &mut PgConnection, filing_id: &str) -> Stored<Option<bool>> {
    let row: Option<Changed> = sqlx::query_as(
        "SELECT scope, publication_term, valid_until, standing,
                (SELECT json_agg(json_build_object('at', happened_at, 'happening', happening::json) ORDER BY seq)::text
                 FROM history WHERE filing_id = filings.id)
         FROM commitments JOIN filings ON filings.id = commitments.filing_id
         WHERE filing_id = $1",
    )
    .bind(plain(filing_id))
    .fetch_optional(&mut *connection)
    .await?;
    let Some((scope, term, valid_until, standing, history)) = row else { return Ok(None) };
    let standing: credit::filing::Standing = read("standing", &standing)?;
    let history: Vec<HistoryElement> = read("history", &history)?;
    let term: PublicationTerm = read("publication_term", &term)?;
    let began = published_at(&standing, history.into_iter().map(|entry| (entry.at, entry.happening)));
    let shown = match began {
        Some(at) if scope == "public" => shown_until(&standing, at, term, end(&valid_until)?).map(|last| (at, end_text(last))),
        _ => None,
    };
    let (began, last) = shown.unzip();
    sqlx::query(
        "UPDATE commitments
         SET published_at = $2, shown_until = $3, was_public = greatest(was_public, $4), revoked = $5, performance = $6,
             end_entered = CASE
                 WHEN $7 = 1 AND NOT EXISTS (SELECT 1 FROM logged_events WHERE filing_id = $1 AND kind = 'expired') THEN 0
                 ELSE end_entered
             END
         WHERE filing_id = $1",
    )
    .bind(plain(filing_id))
    .bind(began)
    .bind(last)
    .bind(i64::from(began.is_some()))
    .bind(i64::from(standing.revoked))
    .bind(standing.performance.as_ref().map(|found| performance_name(found.performance)))
    // Granted after its last day: its end, which nobody entered while it was not granted, is still to be entered.
    .bind(i64::from(standing.holds() && !standing.revoked))
    .execute(connection)
    .await?;
    Ok(Some(began.is_some()))
}

pub(super) async fn request_signature(
    connection: &mut PgConnection,
    draft_id: &str,
    enterprise: &CreditCode,
    request: &SignatureRequest,
) -> Stored<bool> {
    let asked = sqlx::query(
        "INSERT INTO signature_requests (draft_id, asked_by, asked_at)
         SELECT id, $3, $4 FROM drafts WHERE id = $1 AND enterprise_code = $2
         ON CONFLICT (draft_id) DO UPDATE SET asked_by = $3, asked_at = $4",
    )
    .bind(plain(draft_id))
    .bind(enterprise.as_str())
    .bind(plain(&request.by))
    .bind(request.at)
    .execute(connection)
    .await?;
    Ok(asked.rows_affected() > 0)
}

pub(super) async fn enter_ends(connection: &mut PgConnection, today: NaiveDate, at: Instant, most: i64) -> Stored<u64> {
    let ended: Vec<(String, String)> = sqlx::query_as(
        "UPDATE commitments SET end_entered = 1
         WHERE filing_id IN (
             SELECT filing_id FROM commitments WHERE end_entered = 0 AND valid_until < $1 ORDER BY valid_until LIMIT $2
             FOR UPDATE SKIP LOCKED
         )
         RETURNING filing_id, valid_until",
    )
    .bind(end_text(Some(today)))
    .bind(most)
    .fetch_all(&mut *connection)
    .await?;
    for (filing_id, valid_until) in &ended {
        let (standing,): (String,) =
            sqlx::query_as("SELECT standing FROM filings WHERE id = $1").bind(filing_id).fetch_one(&mut *connection).await?;
        let standing: credit::filing::Standing = read("standing", &standing)?;
        // What was never granted, or taken back before, does not end.
        if !standing.holds() || standing.revoked {
            continue;
        }
        receipts::log_event(connection, filing_id, (EntryKind::Expired, valid_until.clone()), at).await?;
    }
    u64::try_from(ended.len()).map_err(|_| StorageError::Inconsistent("too many commitments ended".to_owned()))
}

/// What is to be listed, or is not to be any longer: filing, code, salt of the receipt.
type Listable = (String, String, Vec<u8>);

const TO_LIST: &str = "SELECT commitments.filing_id, code, salt
    FROM commitments JOIN receipts ON receipts.filing_id = commitments.filing_id
    WHERE published_at IS NOT NULL AND listed_entry IS NULL AND shown_until >= $1
    ORDER BY shown_until LIMIT $2 FOR UPDATE OF commitments";
const ENDED: &str = "SELECT commitments.filing_id, code, salt
    FROM commitments JOIN receipts ON receipts.filing_id = commitments.filing_id
    WHERE listed_entry IS NOT NULL AND shown_until < $1
    ORDER BY shown_until LIMIT $2 FOR UPDATE OF commitments";
const STOPPED: &str = "SELECT commitments.filing_id, code, salt
    FROM commitments JOIN receipts ON receipts.filing_id = commitments.filing_id
    WHERE listed_entry IS NOT NULL AND published_at IS NULL AND $1 <> ''
    ORDER BY code LIMIT $2 FOR UPDATE OF commitments";

/// Enters into the log what came onto the list of public commitments, and what left it; gives how many.
pub(super) async fn keep_listed(connection: &mut PgConnection, today: NaiveDate, at: Instant, most: i64) -> Stored<u64> {
    let mut found: Vec<(EntryKind, Listable)> = Vec::new();
    for (kind, sql) in [(EntryKind::Listed, TO_LIST), (EntryKind::Unlisted, ENDED), (EntryKind::Unlisted, STOPPED)] {
        let rows: Vec<Listable> = sqlx::query_as(sql).bind(end_text(Some(today))).bind(most).fetch_all(&mut *connection).await?;
        found.extend(rows.into_iter().map(|row| (kind, row)));
    }
    let mut entries = Vec::with_capacity(found.len());
    for (kind, (_, code, receipt)) in &found {
        entries.push(Listing::entry_of(*kind, code, &Listing::salt(&salt(receipt.clone())?), at));
    }
    if entries.is_empty() {
        return Ok(0);
    }
    let numbers = log::append(connection, &entries).await?;
    for ((kind, (filing_id, ..)), number) in found.iter().zip(&numbers) {
        let listed = (*kind == EntryKind::Listed).then_some((*number, at)).unzip();
        sqlx::query("UPDATE commitments SET listed_entry = $2, listed_at = $3 WHERE filing_id = $1")
            .bind(filing_id)
            .bind(listed.0)
            .bind(listed.1)
            .execute(&mut *connection)
            .await?;
    }
    u64::try_from(numbers.len()).map_err(|_| StorageError::Inconsistent("too many commitments were listed".to_owned()))
}
