//! Keys with which people sign for an enterprise.

use async_trait::async_trait;
use credit::credit_code::CreditCode;
use credit::enterprise::Enterprise;
use credit::filing::Instant;
use credit::signing::{PublicKey, RevocationReason, Signature};

use super::{FiledBy, Stored};

/// An enrolment is to be completed within this long.
pub const ENROLMENT_MS: i64 = 10 * 60 * 1000;

/// An enrolment under way: who will sign for whom, frozen as the text says it, and the challenge that is used once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolmentBegun {
    /// The id that the key will have.
    pub id: String,
    /// For which enterprise.
    pub enterprise: Enterprise,
    /// Who, and as what.
    pub person: FiledBy,
    /// 256 bits that nobody could know before.
    pub challenge: String,
    /// When the identity provider made sure who it is.
    pub authenticated_at: Instant,
    /// When it was begun: the time in the text.
    pub begun_at: Instant,
}

/// A key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKey {
    /// Its id.
    pub id: String,
    /// For which enterprise it signs.
    pub enterprise: Enterprise,
    /// Whose it is, and as what they sign.
    pub person: FiledBy,
    /// What they call the device that it is on.
    pub label: String,
    /// The key.
    pub public: PublicKey,
    /// The text that was signed to enrol it: [`credit::signing::Enrolment`].
    pub enrolment: String,
    /// The signature of that.
    pub signature: Signature,
    /// For hashes in the public log: what is hashed with it cannot be guessed from the hash.
    pub salt: [u8; 32],
    /// When the identity provider made sure who it was, before the enrolment.
    pub authenticated_at: Instant,
    /// Since when it is enrolled.
    pub enrolled_at: Instant,
    /// That it was revoked; what was signed before stays signed.
    pub revoked: Option<Revocation>,
}

impl SigningKey {
    /// Whether it signs.
    pub fn is_active(&self) -> bool {
        self.revoked.is_none()
    }
}

/// A revocation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// When.
    pub at: Instant,
    /// The name of who did it.
    pub by: String,
    /// Why.
    pub reason: RevocationReason,
}

/// What became of an enrolment. Whatever it is, the challenge is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrolling {
    /// The key is enrolled.
    Enrolled,
    /// There is no such enrolment under way for this person and enterprise: used, too old, or never begun.
    Gone,
    /// The same public key is enrolled already, whoever's it is.
    KeyKnown,
}

/// Signing keys.
#[async_trait]
pub trait SigningKeys: Send + Sync {
    /// Begins an enrolment; those that are too old go.
    async fn begin_enrolment(&self, begun: &EnrolmentBegun) -> Stored<()>;
    /// The enrolment under way, of this person for this enterprise, unless it is too old.
    async fn enrolment(&self, id: &str, enterprise: &CreditCode, subject: &str, now: Instant) -> Stored<Option<EnrolmentBegun>>;
    /// Enrols a key with the enrolment of its id, which is used up by that. That the signature holds was seen before.
    async fn enrol(&self, key: &SigningKey) -> Stored<Enrolling>;
    /// The keys of an enterprise, newest first, revoked ones too.
    async fn keys_of(&self, enterprise: &CreditCode) -> Stored<Vec<SigningKey>>;
    /// The keys of a person for an enterprise, newest first, revoked ones too.
    async fn keys_of_person(&self, enterprise: &CreditCode, subject: &str) -> Stored<Vec<SigningKey>>;
    /// The key of this id, of whichever enterprise.
    async fn key(&self, id: &str) -> Stored<Option<SigningKey>>;
    /// Revokes a key of this enterprise. False: there is none, or it is revoked already; nothing changed.
    async fn revoke_key(&self, id: &str, enterprise: &CreditCode, revocation: &Revocation) -> Stored<bool>;
}
