//! What proves an acceptance: the document that was filed, what the portal said of it, and where the public log holds that.

use async_trait::async_trait;
use credit::acceptance::{Acceptance, SignedHow, sha256};
use credit::credit_code::CreditCode;
use credit::filing::Instant;
use credit::log::entry::{Entry, EntryKind, salted};
use credit::signing::{PublicKey, Signature};

use super::commitments::NewCommitment;
use super::signing_keys::SigningKey;
use super::{NewFiling, StorageError, Stored};

/// How a filing was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signing {
    /// The pledge was ticked by somebody who had signed in.
    Filed,
    /// The signatory proved anew who they are, and confirmed.
    Confirmed,
    /// Electronically.
    Signed {
        /// The key's id.
        key: String,
        /// The key.
        public: PublicKey,
        /// Over the document, in UTF-8.
        signature: Signature,
    },
}

impl Signing {
    fn how(&self) -> SignedHow {
        match self {
            Self::Filed => SignedHow::Filed,
            Self::Confirmed => SignedHow::Confirmed,
            Self::Signed { signature, .. } => SignedHow::signed(signature),
        }
    }
}

/// What an acceptance is proven by, before it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReceipt {
    /// What is filed, word by word.
    pub document: String,
    /// What it is, in Chinese.
    pub matter: String,
    /// How it was signed.
    pub signing: Signing,
    /// Fresh randomness for the hashes in the public log.
    pub salt: [u8; 32],
    /// The commitment that it is, if it is one.
    pub commitment: Option<NewCommitment>,
}

impl NewReceipt {
    /// The text of the acceptance, and its entry in the log. `code` is that of a commitment.
    pub(super) fn accepted(&self, filing: &NewFiling, code: Option<&str>) -> Stored<(String, Entry)> {
        let acceptance = Acceptance {
            id: filing.id.clone(),
            reference: filing.reference.clone(),
            enterprise: filing.enterprise.clone(),
            matter: self.matter.clone(),
            code: code.map(str::to_owned),
            document: sha256(self.document.as_bytes()),
            signed: self.signing.how(),
            at: filing.filed_at,
        };
        let text = acceptance.text().ok_or_else(|| {
            StorageError::Inconsistent("acceptance: a value holds what may not stand in a text that is proven".to_owned())
        })?;
        let digest = salted(&self.salt, text.as_bytes());
        Ok((text, Entry { kind: EntryKind::Accepted, at: filing.filed_at, digest }))
    }
}

/// What an acceptance is proven by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReceipt {
    /// What was filed, word by word.
    pub document: String,
    /// The text of the acceptance.
    pub acceptance: String,
    /// The salt of its hashes in the log.
    pub salt: [u8; 32],
    /// When it was accepted: the time of its entry.
    pub accepted_at: Instant,
    /// The place of its entry.
    pub log_number: i64,
    /// The key that signed it, the place of that key's enrolment in the log, and the signature.
    pub signed: Option<(SigningKey, i64, Signature)>,
}

/// What the log says of a filing after it was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedEvent {
    /// The place of its entry.
    pub log_number: i64,
    /// What kind of thing happened.
    pub kind: EntryKind,
    /// When.
    pub at: Instant,
    /// What the entry's hash is made over.
    pub subject: String,
}

/// Receipts.
#[async_trait]
pub trait Receipts: Send + Sync {
    /// What proves the acceptance of this filing, of whichever enterprise; none of what was accepted before there were receipts.
    async fn receipt(&self, filing_id: &str) -> Stored<Option<StoredReceipt>>;
    /// The filing of this reference, of whichever enterprise, and whose it is.
    async fn filing_named(&self, reference: &str) -> Stored<Option<(String, CreditCode)>>;
    /// What the log says of it since, in order.
    async fn logged_events(&self, filing_id: &str) -> Stored<Vec<LoggedEvent>>;
}
