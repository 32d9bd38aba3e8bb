//! A receipt that proves itself (凭证包): what was filed, by whom it was signed, and that the public log holds it, in one file
//! that can be checked without asking anyone. The same code checks it on the server, in the browser and on the command line.
//!
//! The file is JSON with its members in one order and one spelling ([`write`](Bundle::write) gives it), so that not one byte
//! of it can be changed unseen.

mod finding;
mod spelling;

pub use finding::MOST_BYTES;

use crate::acceptance::{Acceptance, SignedHow, sha256};
use crate::commitment::statement::Statement;
use crate::filing::Instant;
use crate::hexadecimal;
use crate::log::checkpoint::{Checkpoint, InvalidCheckpoint};
use crate::log::entry::{Entry, EntryKind, salted};
use crate::log::note::VerifierKey;
use crate::log::proof::verify_inclusion;
use crate::log::tree::{Hash, leaf_hash};
use crate::signing::{Enrolment, PublicKey, Signature, fingerprint, verify};

/// What the file says it is.
pub const FORMAT: &str = "chengxin-receipt/1";
/// How the name of every format begins. Another algorithm for what a receipt proves is another format (decision 0025).
pub const FORMATS: &str = "\"format\": \"chengxin-receipt/";

/// That the log holds an entry: where, and the hashes from there to the root of the bundle's checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// The entry's time.
    pub at: Instant,
    /// The salt of its hash.
    pub salt: [u8; 32],
    /// Its place.
    pub index: u64,
    /// The proof.
    pub proof: Vec<Hash>,
}

/// An electronic signature with all that speaks for its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The signatory's key.
    pub key: PublicKey,
    /// The signature over the document.
    pub signature: Signature,
    /// The text by which the key was enrolled.
    pub enrolment: String,
    /// The signature over that.
    pub enrolment_signature: Signature,
    /// The enrolment's entry.
    pub enrolled: Inclusion,
}

/// A receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// What was filed, word by word.
    pub document: String,
    /// What the portal said of it: [`Acceptance`].
    pub acceptance: String,
    /// How it was signed, if electronically.
    pub signed: Option<Signed>,
    /// The acceptance's entry.
    pub accepted: Inclusion,
    /// The checkpoint under which both entries are, with the log's signature and no other.
    pub checkpoint: String,
}

/// What a receipt that holds says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// What the portal accepted.
    pub acceptance: Acceptance,
    /// The commitment, if it is one.
    pub statement: Option<Statement>,
    /// Whose key signed it, if one did.
    pub enrolment: Option<Enrolment>,
    /// How many entries the log had.
    pub log_size: u64,
}

/// Why a receipt does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It is no receipt.
    NoReceipt,
    /// It says that it is one, but is not spelled as one: somebody changed it.
    Changed,
    /// It says that it is one in another format: a later one, which only a later verifier can read.
    OtherFormat,
    /// The log's signature does not hold, or it is another portal's log.
    Checkpoint(InvalidCheckpoint),
    /// The log does not hold the acceptance.
    NotInLog,
    /// The document is another than the one that was accepted.
    Document,
    /// The signature is not one of this key over this document.
    Signature,
    /// The key was not enrolled for who is said to have signed.
    Enrolment,
}

/// What the log's entry of an enrolment is made over: the text and its signature.
pub fn enrolment_subject(enrolment: &str, signature: &Signature) -> Vec<u8> {
    [enrolment.as_bytes(), &signature.bytes()].concat()
}

/// The code of whoever holds a receipt: 128 bits that nobody can know without the salt of its acceptance's entry. A certificate's
/// QR code carries it, and the portal gives the receipt to who has it.
///
/// The log holds SHA-256(salt, acceptance) for everyone to read, so what stands before the salt here tells the two apart: no digest
/// in the log says anything of this one.
pub fn holder_code(acceptance: &str, salt: &[u8; 32]) -> String {
    let digest = sha256(&[&b"chengxin holder of a receipt\n"[..], salt, acceptance.as_bytes()].concat());
    hexadecimal::write(&digest[..16])
}

impl Bundle {
    /// The file.
    pub fn write(&self) -> String {
        spelling::write(self)
    }

    /// Reads a file; only what [`Self::write`] would write again is one.
    ///
    /// # Errors
    /// [`Doubt::NoReceipt`].
    pub fn read(file: &str) -> Result<Self, Doubt> {
        spelling::read(file).filter(|bundle| bundle.write() == file).ok_or(Doubt::NoReceipt)
    }

    /// [`holder_code`] of this receipt.
    pub fn holder_code(&self) -> String {
        holder_code(&self.acceptance, &self.accepted.salt)
    }

    /// Checks everything that can be checked without asking anyone but the log's key. Whether a commitment still holds today is
    /// not in it.
    ///
    /// # Errors
    /// The first [`Doubt`].
    pub fn prove(&self, log: &VerifierKey) -> Result<Proven, Doubt> {
        let acceptance = Acceptance::read(&self.acceptance).ok_or(Doubt::Changed)?;
        let checkpoint = Checkpoint::open(&self.checkpoint, log).map_err(Doubt::Checkpoint)?;
        self.accepted.holds(EntryKind::Accepted, self.acceptance.as_bytes(), &checkpoint).map_err(|()| Doubt::NotInLog)?;
        if sha256(self.document.as_bytes()) != acceptance.document {
            return Err(Doubt::Document);
        }
        let statement = Statement::read(&self.document);
        if acceptance.code.is_some() && statement.as_ref().is_none_or(|said| said.pledger_code != acceptance.enterprise.code) {
            return Err(Doubt::Document);
        }
        // What was signed is what was accepted, at the time of its entry.
        if statement.as_ref().is_some_and(|said| acceptance.code.is_some() && said.filing != acceptance.id)
            || acceptance.at / 1000 != self.accepted.at / 1000
        {
            return Err(Doubt::Document);
        }
        let enrolment = match (&self.signed, acceptance.signed) {
            (None, SignedHow::Filed | SignedHow::Confirmed) => None,
            (Some(signed), SignedHow::Signed(_)) if SignedHow::signed(&signed.signature) == acceptance.signed => {
                // A key enrolled afterwards has signed nothing before.
                if signed.enrolled.index >= self.accepted.index {
                    return Err(Doubt::Enrolment);
                }
                Some(signed.proven(&self.document, &acceptance, statement.as_ref(), &checkpoint)?)
            }
            _ => return Err(Doubt::Signature),
        };
        Ok(Proven { acceptance, statement, enrolment, log_size: checkpoint.size })
    }
}

impl Signed {
    fn proven(
        &self,
        document: &str,
        acceptance: &Acceptance,
        statement: Option<&Statement>,
        checkpoint: &Checkpoint,
    ) -> Result<Enrolment, Doubt> {
        if !verify(&self.key, document.as_bytes(), &self.signature) {
            return Err(Doubt::Signature);
        }
        let enrolment = Enrolment::read(&self.enrolment).ok_or(Doubt::Enrolment)?;
        let of_signer = statement.is_none_or(|said| said.signer == enrolment.name() && said.signer_role == enrolment.role());
        let sound = of_signer
            && enrolment.fingerprint() == fingerprint(&self.key)
            && enrolment.enterprise().code == acceptance.enterprise.code
            && verify(&self.key, self.enrolment.as_bytes(), &self.enrolment_signature);
        let subject = enrolment_subject(&self.enrolment, &self.enrolment_signature);
        let entered = self.enrolled.holds(EntryKind::KeyEnrolled, &subject, checkpoint);
        if sound && entered.is_ok() { Ok(enrolment) } else { Err(Doubt::Enrolment) }
    }
}

impl Inclusion {
    fn holds(&self, kind: EntryKind, subject: &[u8], checkpoint: &Checkpoint) -> Result<(), ()> {
        let entry = Entry { kind, at: self.at, digest: salted(&self.salt, subject) };
        verify_inclusion(&leaf_hash(&entry.write()), self.index, checkpoint.size, &checkpoint.root, &self.proof).map_err(|_| ())
    }
}
