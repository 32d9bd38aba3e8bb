//! Who did what for whom, and when: signing in and out, for which enterprise one acts, keys, settings, the operator's commands.
//!
//! What happens to a filing stands in its own history and in the public log; here is what leads there. Personal data are kept no
//! more than the question “was that me?” needs: a person by the identity provider's name for them, which says nothing by itself and
//! which their enterprise can ask the provider about; of an address only its kind, which tells a session in the office from one
//! elsewhere, and nobody's home. Nothing of what was typed.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::filing::Instant;

use super::{StorageError, Stored};

/// So many refused sign-ins are kept, the newest: anyone can cause them, and they must not fill the store.
pub const MOST_REFUSED_SIGN_INS: i64 = 1_000;

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The operator, by the name that they gave or that the machine has for them.
    Operator(String),
    /// A person, by the identity provider's name for them.
    Person(String),
    /// Nobody is known.
    Nobody,
}

impl Actor {
    /// The columns `actor` and `by_whom`.
    pub(super) fn columns(&self) -> (&'static str, &str) {
        match self {
            Self::Operator(name) => ("operator", name),
            Self::Person(subject) => ("person", subject),
            Self::Nobody => ("nobody", ""),
        }
    }

    fn of_columns(actor: &str, by: String) -> Stored<Self> {
        match actor {
            "operator" => Ok(Self::Operator(by)),
            "person" => Ok(Self::Person(by)),
            "nobody" => Ok(Self::Nobody),
            other => Err(StorageError::Inconsistent(format!("audit.actor is {other:?}"))),
        }
    }
}

/// From which kind of address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// From the machine itself: a proxy there that names nobody, or the operator.
    ThisMachine,
    /// From a network of an office or a data centre.
    Private,
    /// From the internet.
    Public,
}

impl AddressKind {
    /// Its name in the stores.
    pub fn name(self) -> &'static str {
        match self {
            Self::ThisMachine => "this_machine",
            Self::Private => "private",
            Self::Public => "public",
        }
    }

    fn of_name(name: &str) -> Stored<Self> {
        [Self::ThisMachine, Self::Private, Self::Public]
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| StorageError::Inconsistent(format!("audit.address_kind is {name:?}")))
    }
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A person signed in; for the only enterprise that they act for, or none yet.
    SessionOpened,
    /// A person signed out.
    SessionEnded,
    /// A sign-in was refused, or given up at the provider; the reason says why.
    SignInRefused,
    /// A person chose for which enterprise they act.
    EnterpriseChosen,
    /// A key was enrolled; about: its id.
    KeyEnrolled,
    /// A key was revoked; about: its id.
    KeyRevoked,
    /// A mail address for notices was entered; about: nothing, since the address is somebody's.
    NoticeAddressEntered,
    /// Such an address was confirmed by the link that was sent there.
    NoticeAddressConfirmed,
    /// Such an address was removed; about: its id.
    NoticeAddressRemoved,
    /// The operator made a backup; about: its folder.
    BackupMade,
    /// The operator brought a backup back; about: its folder.
    BackupRestored,
    /// The operator ended all sessions of a person or of everyone (about: the provider's name for the person, or nothing), or a
    /// person ended their own elsewhere.
    SessionsEnded,
    /// The operator compared the platform's list with ours.
    Reconciled,
    /// The operator brought the tables up to date.
    StoreMigrated,
    /// The operator moved the store to PostgreSQL.
    StoreMoved,
}

impl Deed {
    /// Its name in the stores.
    pub fn name(self) -> &'static str {
        match self {
            Self::SessionOpened => "session.opened",
            Self::SessionEnded => "session.ended",
            Self::SignInRefused => "sign_in.refused",
            Self::EnterpriseChosen => "enterprise.chosen",
            Self::KeyEnrolled => "signing_key.enrolled",
            Self::KeyRevoked => "signing_key.revoked",
            Self::NoticeAddressEntered => "notice_address.entered",
            Self::NoticeAddressConfirmed => "notice_address.confirmed",
            Self::NoticeAddressRemoved => "notice_address.removed",
            Self::BackupMade => "backup.made",
            Self::BackupRestored => "backup.restored",
            Self::SessionsEnded => "sessions.ended",
            Self::Reconciled => "reconciliation.run",
            Self::StoreMigrated => "store.migrated",
            Self::StoreMoved => "store.moved",
        }
    }
}

/// A line to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: Actor,
    /// What.
    pub deed: Deed,
    /// For which enterprise.
    pub enterprise: Option<CreditCode>,
    /// To what: an id, or nothing.
    pub about: String,
    /// Why, in a word.
    pub reason: Option<&'static str>,
    /// From which kind of address.
    pub address: Option<AddressKind>,
}

/// A line of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLine {
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: Actor,
    /// What, by its name in the stores.
    pub deed: String,
    /// For which enterprise.
    pub enterprise: Option<String>,
    /// To what.
    pub about: String,
    /// Why.
    pub reason: Option<String>,
    /// From which kind of address.
    pub address: Option<AddressKind>,
}

/// at, actor, by_whom, deed, enterprise_code, about, reason, address_kind
pub(super) type AuditLineRow = (Instant, String, String, String, Option<String>, String, Option<String>, Option<String>);

pub(super) fn line((at, actor, by, deed, enterprise, about, reason, address): AuditLineRow) -> Stored<AuditLine> {
    let actor = Actor::of_columns(&actor, by)?;
    let address = address.as_deref().map(AddressKind::of_name).transpose()?;
    Ok(AuditLine { at, actor, deed, enterprise, about, reason, address })
}

/// Who did what.
#[async_trait]
pub trait Audit: Send + Sync {
    /// Enters a line. Of refused sign-ins only the newest [`MOST_REFUSED_SIGN_INS`] stay.
    async fn enter_deed(&self, entry: &NewEntry) -> Stored<()>;
    /// The newest lines since a time, at most `most`, of one enterprise or of all; the oldest of them first.
    async fn audit(&self, since: Instant, enterprise: Option<&CreditCode>, most: i64) -> Stored<Vec<AuditLine>>;
    /// Removes lines from before a time, at most `most`; gives how many.
    async fn prune_audit(&self, before: Instant, most: i64) -> Stored<u64>;
}
