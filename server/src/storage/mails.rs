//! Notices by e-mail: to which addresses, and what is still to be sent.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::enterprise::Enterprise;
use credit::filing::Instant;
use credit::form::FormKind;
use credit::news::News;

use super::Stored;

/// Addresses that an enterprise may have.
pub const MOST_ADDRESSES: i64 = 5;
/// Links that an enterprise may have sent in a day: nobody's mailbox is flooded through us.
pub const MOST_REQUESTS: i64 = 10;
/// A link that was not followed within this time is worth nothing.
pub const LINK_MS: Instant = 7 * 24 * 60 * 60 * 1000;

/// An address of an enterprise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailAddress {
    /// Its id.
    pub id: String,
    /// The address.
    pub address: String,
    /// Whether a link that was sent there has been followed.
    pub confirmed: bool,
    /// When it was entered.
    pub requested_at: Instant,
}

/// An address that somebody entered.
#[derive(Clone, Debug)]
pub struct NewAddress {
    /// For whom.
    pub enterprise: Enterprise,
    /// The address, checked to be one.
    pub address: String,
    /// The language in which to write there (BCP 47).
    pub lang: String,
    /// The token of the link; the store keeps its hash, and the token itself only until the mail has gone.
    pub token: String,
    /// When.
    pub at: Instant,
}

/// What became of a new address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressEntered {
    /// A mail with the link is on its way; earlier links to it are worth nothing.
    LinkSent,
    /// It is confirmed already.
    Confirmed,
    /// The enterprise has as many as it may.
    TooMany,
    /// The enterprise has had as many links sent today as it may.
    TooOften,
}

/// What a mail says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Letter {
    /// A notice.
    News {
        /// What it tells.
        news: News,
        /// Which form that filing is made from.
        kind: FormKind,
        /// The filing.
        filing_id: String,
        /// Its number.
        reference: String,
    },
    /// The link that confirms the address.
    Link {
        /// The link's token.
        token: String,
    },
}

/// A mail that this worker holds until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueMail {
    /// The row.
    pub id: String,
    /// To whom.
    pub address: String,
    /// In which language (BCP 47).
    pub lang: String,
    /// The enterprise's name.
    pub enterprise_name: String,
    /// What it says.
    pub letter: Letter,
    /// Tries so far, this one not counted.
    pub attempts: i64,
    /// The lease; settling under another changes nothing.
    pub lease: String,
}

/// What a try came to. Problems say nothing of the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailSettlement {
    /// A mail server took it.
    Sent,
    /// Due again at this time.
    Later {
        /// When.
        at: Instant,
        /// What was met.
        problem: String,
    },
    /// Given up.
    Failed {
        /// What was met.
        problem: String,
    },
}

/// Figures of the mails, for the operator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailFigures {
    /// Not sent yet.
    pub waiting: i64,
    /// When the oldest of those was born.
    pub oldest_waiting_at: Option<Instant>,
    /// Given up.
    pub failed: i64,
    /// What the latest one that met a problem met.
    pub last_problem: Option<String>,
}

/// Addresses and mails. A mail of a notice is born with it, for each confirmed address.
#[async_trait]
pub trait Mails: Send + Sync {
    /// The enterprise's addresses, in the order in which they were entered.
    async fn mail_addresses(&self, enterprise: &CreditCode) -> Stored<Vec<MailAddress>>;
    /// Enters an address; the mail with its link is born in the same transaction.
    async fn enter_address(&self, new: &NewAddress) -> Stored<AddressEntered>;
    /// The address that a link's token (its hash) would confirm, and the enterprise's name.
    async fn awaiting_address(&self, token_hash: &str, now: Instant) -> Stored<Option<(String, String)>>;
    /// Confirms it; false if the link is worth nothing (any more).
    async fn confirm_address(&self, token_hash: &str, now: Instant) -> Stored<bool>;
    /// Removes an address with the mails that wait for it; false if the enterprise has none such.
    async fn remove_address(&self, enterprise: &CreditCode, id: &str) -> Stored<bool>;

    /// Takes up to `most` mails that are due, oldest first, until `lease_until`.
    async fn claim_mails(&self, now: Instant, lease_until: Instant, most: i64) -> Stored<Vec<DueMail>>;
    /// Settles a try. False: the lease was lost, or the address was removed.
    async fn settle_mail(&self, mail: &DueMail, settlement: &MailSettlement) -> Stored<bool>;
    /// When the next mail is due.
    async fn next_mail_at(&self) -> Stored<Option<Instant>>;
    /// Figures for the operator.
    async fn mail_figures(&self) -> Stored<MailFigures>;
    /// Takes out mails that were settled and are older than this, at most `most`; gives how many. The notices stay.
    async fn prune_mails(&self, born_before: Instant, most: i64) -> Stored<u64>;
}
