//! What is entered in the log: that something of a kind happened at a time, and a salted hash of what it was.

use sha2::{Digest, Sha256};

use super::tree::Hash;
use crate::filing::Instant;
use crate::hexadecimal;

/// The first line of every entry: which form the rest has.
const FORM: &str = "chengxin-log/v1";

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A signatory's key was enrolled.
    KeyEnrolled,
    /// A signatory's key was revoked.
    KeyRevoked,
    /// The portal accepted something.
    Accepted,
    /// Something was published.
    Published,
    /// Something was withdrawn.
    Withdrawn,
    /// It was found how far a commitment was kept.
    Performance,
    /// A commitment that holds came to its end.
    Expired,
    /// A commitment came onto the list that everyone can see.
    Listed,
    /// It left that list: its publication ended or was stopped.
    Unlisted,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::KeyEnrolled,
        Self::KeyRevoked,
        Self::Accepted,
        Self::Published,
        Self::Withdrawn,
        Self::Performance,
        Self::Expired,
        Self::Listed,
        Self::Unlisted,
    ];

    /// Its name in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::KeyEnrolled => "key_enrolled",
            Self::KeyRevoked => "key_revoked",
            Self::Accepted => "accepted",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
            Self::Performance => "performance",
            Self::Expired => "expired",
            Self::Listed => "listed",
            Self::Unlisted => "unlisted",
        }
    }
}

/// One entry. It holds no content, only its [`salted`] hash: whoever has content and salt can show that it is meant, and
/// nobody else can guess it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What kind of thing happened.
    pub kind: EntryKind,
    /// When, in milliseconds since 1970-01-01 UTC, not before.
    pub at: Instant,
    /// The salted hash of what it was.
    pub digest: Hash,
}

/// Bytes that are no entry, or another spelling of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoEntry;

impl Entry {
    /// Its one form: four lines, the form's name, the kind, the time, and the hash in lower-case hexadecimal. These bytes are
    /// what the log is made over.
    pub fn write(&self) -> Vec<u8> {
        format!("{FORM}\n{}\n{}\n{}\n", self.kind.name(), self.at, hexadecimal::write(&self.digest)).into_bytes()
    }

    /// Reads that form and no other.
    ///
    /// # Errors
    /// [`NoEntry`].
    pub fn read(bytes: &[u8]) -> Result<Self, NoEntry> {
        let read = || {
            let mut lines = std::str::from_utf8(bytes).ok()?.lines().skip(1);
            let (kind, at, digest) = (lines.next()?, lines.next()?, lines.next()?);
            let kind = *EntryKind::ALL.iter().find(|known| known.name() == kind)?;
            let at = at.parse().ok().filter(|at| *at >= 0)?;
            Some(Self { kind, at, digest: hexadecimal::read(digest)? })
        };
        // Whatever else the parts above forgive is another spelling.
        read().filter(|entry| entry.write() == bytes).ok_or(NoEntry)
    }
}

/// What an entry holds of its subject: SHA-256 of the salt followed by the subject's bytes. The salt is drawn at random for
/// each filing and each key and stays with it, so that the hashes tell nothing once it is gone. Whoever has a receipt has its salt, and
/// can recognise the later entries of the same filing.
pub fn salted(salt: &[u8; 32], subject: &[u8]) -> Hash {
    Sha256::new().chain_update(salt).chain_update(subject).finalize().into()
}
