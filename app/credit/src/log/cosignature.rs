//! Cosignatures (C2SP tlog-cosignature, the version with Ed25519): a witness says that it saw a checkpoint, when, and that the
//! log had only grown until then.

use ed25519_dalek::{Signature, VerifyingKey};

use super::note::{InvalidVerifierKey, NamedKey, signature_line};

/// The byte that stands for such cosignatures before a key.
pub const COSIGNATURE: u8 = 4;

/// A witness's public key with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessKey(NamedKey);

impl WitnessKey {
    /// From its parts.
    ///
    /// # Errors
    /// [`InvalidVerifierKey`].
    pub fn new(name: &str, public_key: &[u8; 32]) -> Result<Self, InvalidVerifierKey> {
        NamedKey::new(name, COSIGNATURE, public_key).map(Self)
    }

    /// Reads `NAME+HASH+BASE64`, as witnesses publish it.
    ///
    /// # Errors
    /// [`InvalidVerifierKey`].
    pub fn parse(text: &str) -> Result<Self, InvalidVerifierKey> {
        NamedKey::parse(text, COSIGNATURE).map(Self)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The four bytes that name it in signature lines.
    pub fn id(&self) -> [u8; 4] {
        self.0.id()
    }

    /// When this witness cosigned the text of a checkpoint, in seconds since 1970, if this line (without its end) says so.
    pub fn cosigned_at(&self, checkpoint: &str, line: &str) -> Option<u64> {
        let (name, bytes) = signature_line(line)?;
        let (id, bytes) = bytes.split_first_chunk::<4>()?;
        if name != self.name() || *id != self.id() {
            return None;
        }
        let (time, signature) = bytes.split_first_chunk::<8>()?;
        let time = u64::from_be_bytes(*time);
        let signature = Signature::from_slice(signature).ok()?;
        let key: &VerifyingKey = &self.0.key;
        key.verify_strict(cosigned_text(checkpoint, time).as_bytes(), &signature).ok()?;
        Some(time).filter(|time| i64::try_from(*time).is_ok())
    }
}

impl core::fmt::Display for WitnessKey {
    fn fmt(&self, to: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(to)
    }
}

/// What a witness signs: that it saw this text of a checkpoint at this time, in seconds since 1970.
pub fn cosigned_text(checkpoint: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{checkpoint}")
}
