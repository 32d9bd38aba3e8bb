//! Signed notes (C2SP signed-note) with Ed25519: a text, an empty line, and lines with signatures.

use std::fmt;

use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::hexadecimal;

/// The byte that stands for Ed25519 before a key (C2SP signed-note, “Signature types”).
const ED25519: u8 = 1;

/// The most signature lines that are looked at, as in Go's `note` package.
const MOST_SIGNATURES: usize = 100;

/// A public key with its name: who is to have signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey(NamedKey);

/// A key for signatures of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedKey {
    pub(super) name: String,
    kind: u8,
    pub(super) key: VerifyingKey,
}

/// Why a text is no verifier key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidVerifierKey {
    /// It is not `NAME+HASH+BASE64`, or the name has a blank or a plus.
    Form,
    /// The hash in it is not that of its name and key.
    Hash,
    /// It is of another kind than Ed25519, or no point of the curve.
    Key,
}

/// Why a note is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidNote {
    /// It is not a text with lines of signatures after an empty line.
    Form,
    /// Nobody with that key signed it.
    Unsigned,
    /// A signature that names the key does not hold.
    Forged,
}

/// Whether something can be the name of a key: not empty, without blanks and plus signs.
pub fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

/// The four bytes that name a key in signature lines: the beginning of SHA-256 of name, newline, kind and key.
pub fn key_id(name: &str, public_key: &[u8; 32]) -> [u8; 4] {
    id_of(name, ED25519, public_key)
}

fn id_of(name: &str, kind: u8, public_key: &[u8; 32]) -> [u8; 4] {
    let hash = Sha256::new().chain_update(name).chain_update([b'\n', kind]).chain_update(public_key).finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

impl NamedKey {
    pub(super) fn new(name: &str, kind: u8, public_key: &[u8; 32]) -> Result<Self, InvalidVerifierKey> {
        if !is_key_name(name) {
            return Err(InvalidVerifierKey::Form);
        }
        let key = VerifyingKey::from_bytes(public_key).map_err(|_| InvalidVerifierKey::Key)?;
        Ok(Self { name: name.to_owned(), kind, key })
    }

    /// Reads `NAME+HASH+BASE64`.
    pub(super) fn parse(text: &str, kind: u8) -> Result<Self, InvalidVerifierKey> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(hash), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(InvalidVerifierKey::Form);
        };
        let bytes = Base64::decode_vec(key).map_err(|_| InvalidVerifierKey::Form)?;
        let key = match bytes.split_first() {
            Some((found, key)) if *found == kind => key,
            _ => return Err(InvalidVerifierKey::Key),
        };
        let parsed = Self::new(name, kind, key.try_into().map_err(|_| InvalidVerifierKey::Key)?)?;
        if parsed.hash() == hash { Ok(parsed) } else { Err(InvalidVerifierKey::Hash) }
    }

    pub(super) fn id(&self) -> [u8; 4] {
        id_of(&self.name, self.kind, self.key.as_bytes())
    }

    fn hash(&self) -> String {
        hexadecimal::write(&self.id())
    }
}

impl fmt::Display for NamedKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut key = vec![self.kind];
        key.extend(self.key.as_bytes());
        write!(to, "{}+{}+{}", self.name, self.hash(), Base64::encode_string(&key))
    }
}

impl VerifierKey {
    /// A key from its parts.
    ///
    /// # Errors
    /// [`InvalidVerifierKey`].
    pub fn new(name: &str, public_key: &[u8; 32]) -> Result<Self, InvalidVerifierKey> {
        NamedKey::new(name, ED25519, public_key).map(Self)
    }

    /// Reads `NAME+HASH+BASE64`, as logs publish it.
    ///
    /// # Errors
    /// [`InvalidVerifierKey`].
    pub fn parse(text: &str) -> Result<Self, InvalidVerifierKey> {
        NamedKey::parse(text, ED25519).map(Self)
    }

    /// Its name; of a log's key, the log's origin.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The four bytes that name it in signature lines.
    pub fn id(&self) -> [u8; 4] {
        self.0.id()
    }

    /// The text of a note that this key has signed. Further signatures, of keys that we do not know, are passed over.
    ///
    /// # Errors
    /// [`InvalidNote`].
    pub fn open<'n>(&self, note: &'n str) -> Result<&'n str, InvalidNote> {
        let (text, lines) = parts(note).ok_or(InvalidNote::Form)?;
        let mut signed = false;
        for line in lines.lines() {
            let (name, signature) = signature_line(line).ok_or(InvalidNote::Form)?;
            let (id, signature) = signature.split_first_chunk::<4>().ok_or(InvalidNote::Form)?;
            if name != self.name() || *id != self.id() {
                continue;
            }
            let signature = Signature::from_slice(signature).map_err(|_| InvalidNote::Forged)?;
            self.0.key.verify_strict(text.as_bytes(), &signature).map_err(|_| InvalidNote::Forged)?;
            signed = true;
        }
        if signed { Ok(text) } else { Err(InvalidNote::Unsigned) }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(to)
    }
}

/// A line with a signature, as it stands in a note.
pub fn signature(name: &str, key_id: [u8; 4], signature: &[u8]) -> String {
    format!("— {name} {}\n", Base64::encode_string(&[&key_id[..], signature].concat()))
}

/// The text, with its last newline, and the lines with signatures.
fn parts(note: &str) -> Option<(&str, &str)> {
    let end = note.rfind("\n\n")? + 1;
    let (text, lines) = (&note[..end], &note[end + 1..]);
    let sound = lines.ends_with('\n')
        && !note.chars().any(|c| c < ' ' && c != '\n')
        && (1..=MOST_SIGNATURES).contains(&lines.lines().count());
    sound.then_some((text, lines))
}

/// Name and bytes of a signature line.
pub(super) fn signature_line(line: &str) -> Option<(&str, Vec<u8>)> {
    let (name, signature) = line.strip_prefix("— ")?.split_once(' ')?;
    Some((name, Base64::decode_vec(signature).ok()?)).filter(|_| is_key_name(name))
}
