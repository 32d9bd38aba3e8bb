//! Public commitments as data. The names of fields never change; each label stands in both languages. It says what the pages
//! say, made by the same functions, and nothing else.

use app::pages::public_commitment::CommitmentEntry;
use app::time_text;
use app::wording::public_commitments::{WORDS, state};
use app::wording::publications;
use chrono::NaiveDate;
use credit::commitment::Scope;
use credit::commitment::state::CommitmentState;
use credit::filing::{Instant, PerformanceFound};
use credit::form::Phrase;
use credit::hexadecimal;
use credit::log::listing::Listing;
use credit::masking::masked;
use serde::Serialize;
use url::Url;

use super::public_json::{Named, SELF_DECLARED, Words};

/// A commitment.
#[derive(Serialize)]
pub(super) struct CommitmentJson {
    code: String,
    page: String,
    enterprise: PartyJson,
    source: Named,
    title: String,
    kind: Named,
    matter: String,
    text: String,
    liability: String,
    authority: PartyJson,
    made_on: String,
    valid_until: Option<String>,
    scope: Named,
    publication_term: String,
    template: String,
    signing: Named,
    state: Named,
    withdrawn_on: Option<String>,
    performance: Option<PerformanceJson>,
    published_on: String,
    shown_until: Option<NaiveDate>,
    /// The place of its acceptance in the public log.
    log_entry: i64,
    listing: Option<ListingJson>,
    as_of: NaiveDate,
}

#[derive(Serialize)]
struct PartyJson {
    code: String,
    name: String,
}

#[derive(Serialize)]
struct PerformanceJson {
    found: Named,
    found_by: PartyJson,
    found_on: String,
    unfulfilled: Option<String>,
    pursued: Option<String>,
}

/// Where the public log says that it is on the list (`credit::log::listing`).
#[derive(Serialize)]
struct ListingJson {
    entry: i64,
    at: Instant,
    salt: String,
}

impl From<Listing> for ListingJson {
    fn from(listing: Listing) -> Self {
        Self { entry: listing.entry, at: listing.at, salt: hexadecimal::write(&listing.salt) }
    }
}

/// A page of commitments.
#[derive(Serialize)]
pub(super) struct PageJson {
    notice: Words,
    as_of: NaiveDate,
    checkpoint: String,
    commitments: Vec<CommitmentJson>,
    /// Where earlier ones are.
    next: Option<String>,
    /// More enterprises have such a name than were looked through.
    more_enterprises: bool,
}

impl PageJson {
    /// Of these; `next` is a path.
    pub(super) fn new(
        commitments: Vec<CommitmentJson>,
        next: Option<&str>,
        more_enterprises: bool,
        today: NaiveDate,
        portal: &Url,
    ) -> Self {
        Self {
            notice: WORDS.not_a_finding.into(),
            as_of: today,
            checkpoint: whole(portal, "/log/checkpoint"),
            commitments,
            next: next.map(|path| whole(portal, path)),
            more_enterprises,
        }
    }
}

/// A path of this portal as a whole address.
pub(super) fn whole(portal: &Url, path: &str) -> String {
    portal.join(path).map_or_else(|_| path.to_owned(), String::from)
}

fn named(name: &'static str, label: Phrase) -> Named {
    Named { name, label: label.into() }
}

/// The commitment as data.
pub(super) fn commitment(entry: &CommitmentEntry, today: NaiveDate, portal: &Url) -> CommitmentJson {
    let content = entry.content.clone();
    CommitmentJson {
        code: entry.code.clone(),
        page: whole(portal, &format!("/commitments/{}", entry.code)),
        enterprise: PartyJson { code: entry.enterprise.code.to_string(), name: entry.enterprise.name.clone() },
        source: named(SELF_DECLARED, publications::SOURCE),
        title: content.title,
        kind: named(content.kind.name(), content.kind.label()),
        matter: content.matter,
        text: content.text,
        liability: content.liability,
        authority: PartyJson { code: content.authority_code, name: content.authority },
        made_on: content.made_on,
        valid_until: content.valid_until,
        scope: named(Scope::Public.name(), Scope::Public.label()),
        publication_term: content.publication_term,
        template: content.template,
        signing: named(signing_name(entry), entry.signed_how()),
        state: named(entry.state.name(), state(entry.state)),
        withdrawn_on: entry.revoked_at.map(time_text::day),
        performance: entry.performance.as_ref().map(performance),
        published_on: time_text::day(entry.published_at),
        shown_until: entry.shown_until,
        log_entry: entry.log_number,
        listing: entry.listing.map(ListingJson::from),
        as_of: today,
    }
}

fn signing_name(entry: &CommitmentEntry) -> &'static str {
    if entry.signed { "signature" } else { "confirmation" }
}

fn performance(found: &PerformanceFound) -> PerformanceJson {
    let known = CommitmentState::Found(found.performance);
    PerformanceJson {
        found: named(known.name(), state(known)),
        found_by: PartyJson { code: found.found_by_code.clone(), name: masked(&found.found_by) },
        found_on: found.found_on.clone(),
        unfulfilled: found.unfulfilled.as_deref().map(masked),
        pursued: found.pursued.as_deref().map(masked),
    }
}

/// The heads of the table of all commitments; they are the names of the JSON's fields.
pub(super) const COLUMNS: [&str; 27] = [
    "code",
    "enterprise_code",
    "enterprise_name",
    "title",
    "kind",
    "matter",
    "text",
    "liability",
    "authority_code",
    "authority_name",
    "made_on",
    "valid_until",
    "publication_term",
    "template",
    "signing",
    "state",
    "withdrawn_on",
    "found_by",
    "found_by_code",
    "found_on",
    "unfulfilled",
    "pursued",
    "shown_until",
    "log_entry",
    "listing_entry",
    "listing_at",
    "listing_salt",
];

/// A row of that table.
pub(super) fn row(entry: &CommitmentEntry) -> Vec<String> {
    let content = entry.content.clone();
    let found = entry.performance.as_ref();
    let maybe = Option::unwrap_or_default;
    vec![
        entry.code.clone(),
        entry.enterprise.code.to_string(),
        entry.enterprise.name.clone(),
        content.title,
        content.kind.name().to_owned(),
        content.matter,
        content.text,
        content.liability,
        content.authority_code,
        content.authority,
        content.made_on,
        maybe(content.valid_until),
        content.publication_term,
        content.template,
        signing_name(entry).to_owned(),
        entry.state.name().to_owned(),
        maybe(entry.revoked_at.map(time_text::day)),
        maybe(found.map(|found| masked(&found.found_by))),
        maybe(found.map(|found| found.found_by_code.to_string())),
        maybe(found.map(|found| found.found_on.clone())),
        maybe(found.and_then(|found| found.unfulfilled.as_deref()).map(masked)),
        maybe(found.and_then(|found| found.pursued.as_deref()).map(masked)),
        maybe(entry.shown_until.map(|day| day.to_string())),
        entry.log_number.to_string(),
        maybe(entry.listing.map(|listing| listing.entry.to_string())),
        maybe(entry.listing.map(|listing| listing.at.to_string())),
        maybe(entry.listing.map(|listing| hexadecimal::write(&listing.salt))),
    ]
}
