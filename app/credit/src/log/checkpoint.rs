//! Checkpoints (C2SP tlog-checkpoint): what the log says of itself, and signs.

use std::fmt;

use base64ct::{Base64, Encoding};

use super::note::{InvalidNote, VerifierKey};
use super::tree::Hash;

/// How large the log is and what its root is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name, an address without its scheme; its key has the same name.
    pub origin: String,
    /// How many entries it has.
    pub size: u64,
    /// The root of its tree.
    pub root: Hash,
}

/// Why a checkpoint is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidCheckpoint {
    /// The note around it does not hold.
    Note(InvalidNote),
    /// The note's text is no checkpoint.
    Form,
    /// It is signed, but of another log.
    Origin,
}

impl Checkpoint {
    /// Reads the text of a checkpoint, without signatures. Lines after the third are extensions of others: passed over.
    ///
    /// # Errors
    /// [`InvalidCheckpoint::Form`].
    pub fn parse(text: &str) -> Result<Self, InvalidCheckpoint> {
        let read = || {
            let mut lines = text.strip_suffix('\n')?.split('\n');
            let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
            if origin.is_empty() || lines.any(str::is_empty) {
                return None;
            }
            let number: u64 = size.parse().ok()?;
            let root = Base64::decode_vec(root).ok()?.try_into().ok()?;
            (number.to_string() == size).then(|| Self { origin: origin.to_owned(), size: number, root })
        };
        read().ok_or(InvalidCheckpoint::Form)
    }

    /// Reads a signed checkpoint, of which this key must be the signer, and the origin its name.
    ///
    /// # Errors
    /// [`InvalidCheckpoint`].
    pub fn open(note: &str, key: &VerifierKey) -> Result<Self, InvalidCheckpoint> {
        let checkpoint = Self::parse(key.open(note).map_err(InvalidCheckpoint::Note)?)?;
        if checkpoint.origin == key.name() { Ok(checkpoint) } else { Err(InvalidCheckpoint::Origin) }
    }
}

/// The text that is signed.
impl fmt::Display for Checkpoint {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(to, "{}\n{}\n{}", self.origin, self.size, Base64::encode_string(&self.root))
    }
}
