//! What everyone may see, as it is kept: the public items, and the index by which enterprises are looked up.
//!
//! Both are kept in step by the transactions that change where a filing stands; expiry is a comparison with today.

use async_trait::async_trait;
use chrono::NaiveDate;
use credit::credit_code::CreditCode;
use credit::enterprise::Enterprise;
use credit::filing::{Happening, Instant, Verification};
use credit::form::FormKind;
use credit::lookup::Lookup;
use credit::public_item::{PublicItem, Registered, public_item};
use credit::registration::{Content, Terms};
use serde::Deserialize;

use super::rows::{code, kind, read};
use super::{StorageError, Stored};

/// A page of what was looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The enterprises, by code.
    pub enterprises: Vec<Enterprise>,
    /// The code after which the next page begins, if there may be more. So much is looked at for one page and no more, so a
    /// page can be short and yet have a next one.
    pub next: Option<String>,
}

/// A registered item that everyone may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedItem {
    /// Its name in public, and its place: later ones have higher numbers.
    pub number: i64,
    /// Which form.
    pub kind: FormKind,
    /// What was filed, hidden answers too: only [`credit::public_view::public_view`] of it may be shown.
    pub content: Content,
    /// When it was filed.
    pub registered_at: Instant,
    /// Verification, publication, last day.
    pub item: PublicItem,
}

/// What everyone may see.
#[async_trait]
pub trait Publications: Send + Sync {
    /// Reckons all last days by these terms, unless they are reckoned so already. Filings published before this index was
    /// kept are entered on the way.
    async fn use_terms(&self, terms: Terms) -> Stored<()>;
    /// Enterprises with an item that is shown today: by the beginning of their code or, where that finds none, by a part of
    /// their name. By code, at most `most`, those after a code.
    async fn look_up(&self, lookup: &Lookup, after: Option<&str>, today: NaiveDate, most: usize) -> Stored<Found>;
    /// The enterprise, if it ever had a public item. That it has filed something else is nobody's business.
    async fn public_enterprise(&self, code: &CreditCode) -> Stored<Option<Enterprise>>;
    /// The enterprise's items of one form that are shown today, latest publication first, at most `most`; those before a number.
    async fn public_items(
        &self,
        code: &CreditCode,
        kind: FormKind,
        before: Option<i64>,
        today: NaiveDate,
        most: i64,
    ) -> Stored<Vec<PublishedItem>>;
    /// Whether everyone can see this filing today.
    async fn is_public(&self, filing_id: &str, today: NaiveDate) -> Stored<bool>;
}

/// How an item without an end is kept: a day after all others.
const NO_END: &str = "9999-12-31";

/// A last day as kept; in this form days and texts have the same order.
pub(super) fn day_text(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| NO_END.to_owned(), |day| day.format("%Y-%m-%d").to_string())
}

/// The verification's name in the stores.
pub(super) fn verification_name(verification: Verification) -> &'static str {
    match verification {
        Verification::Verified => "verified",
        Verification::PartlyVerified => "partly_verified",
    }
}

/// code, name
pub(super) type EnterpriseRow = (String, String);

/// An enterprise from its row.
pub(super) fn enterprise((code_text, name): EnterpriseRow) -> Stored<Enterprise> {
    Ok(Enterprise { code: code(code_text)?, name })
}

/// number, kind, content, filed_at, verification, verified_at, published_at, last_day
pub(super) type PublishedRow = (i64, String, String, Instant, String, Instant, Instant, String);

/// A public item from its row.
pub(super) fn published(row: PublishedRow) -> Stored<PublishedItem> {
    let (number, kind_name, content, registered_at, verification, verified_at, published_at, last_day) = row;
    let last_day = match last_day.as_str() {
        NO_END => None,
        day => Some(day.parse().map_err(|_| StorageError::Inconsistent(format!("last_day: {day:?} is none")))?),
    };
    Ok(PublishedItem {
        number,
        kind: kind(&kind_name)?,
        content: read("content", &content)?,
        registered_at,
        item: PublicItem { verification: verification_named(&verification)?, verified_at, published_at, last_day },
    })
}

fn verification_named(name: &str) -> Stored<Verification> {
    [Verification::Verified, Verification::PartlyVerified]
        .into_iter()
        .find(|known| verification_name(*known) == name)
        .ok_or_else(|| StorageError::Inconsistent(format!("verification: {name:?} is none")))
}

/// operations_years, contract_years
pub(super) type TermsRow = (i64, i64);

/// Terms from their row.
pub(super) fn terms((operations, contract): TermsRow) -> Stored<Terms> {
    let years = |years: i64| {
        u16::try_from(years).map_err(|_| StorageError::Inconsistent(format!("publication_terms: {years} years are none")))
    };
    Ok(Terms { operations_years: years(operations)?, contract_years: years(contract)? })
}

/// One element of the column `history`.
#[derive(Deserialize)]
pub(super) struct HistoryElement {
    pub at: Instant,
    pub happening: Happening,
}

/// enterprise_code, enterprise_name, kind, content, pledge, filed_at, standing, history
pub(super) type RegisteredRow = (String, String, String, String, String, Instant, String, String);

/// What a filing means for the public side.
pub(super) struct Outcome {
    pub code: String,
    pub name: String,
    pub kind: FormKind,
    pub filed_at: Instant,
    /// The item that it is, if it is one.
    pub item: Option<PublicItem>,
}

/// What a filing means for the public side, from its row.
pub(super) fn outcome(row: RegisteredRow, terms: Terms) -> Stored<Outcome> {
    let (code, name, kind_name, content, pledge, filed_at, standing, history) = row;
    let kind = kind(&kind_name)?;
    let content: Content = read("content", &content)?;
    let history: Vec<HistoryElement> = read("history", &history)?;
    let registered =
        Registered { kind, content: &content, pledge: &read("pledge", &pledge)?, standing: &read("standing", &standing)? };
    let item = public_item(registered, history.into_iter().map(|entry| (entry.at, entry.happening)), terms);
    Ok(Outcome { code, name, kind, filed_at, item })
}
