//! The key that signs the public log, in the form that Go's `note` package keeps keys in.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use credit::hexadecimal;
use credit::log::note::{VerifierKey, signature};
use ed25519_dalek::{Signer, SigningKey};

use crate::config::{WrongConfig, secret};
use crate::storage::StorageError;
use crate::token::fresh_token;

/// What a key file begins with.
const PREFIX: &str = "PRIVATE+KEY+";

/// The byte that stands for Ed25519 before a key.
const ED25519: u8 = 1;

/// The key, and what others verify it with.
pub struct LogKey {
    signing: SigningKey,
    verifier: VerifierKey,
}

/// Why the log cannot be signed, in a sentence.
#[derive(Debug, thiserror::Error)]
pub enum UnusableKey {
    /// The file cannot be read, or everyone can read it.
    #[error(transparent)]
    Unreadable(#[from] WrongConfig),
    /// It cannot be made.
    #[error("log.key_file is not set, and {path} cannot be made: {source}")]
    Unmakeable {
        /// Where it was to be.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// It holds something else.
    #[error("log.key_file names {0}, which is no key: it must be one line, PRIVATE+KEY+NAME+HASH+KEY")]
    NoKey(PathBuf),
    /// It is of another log.
    #[error("the log's key is that of {found}, but the log's name is {origin}: set log.origin to the former, or use its own key")]
    OtherOrigin {
        /// The name in the key.
        found: String,
        /// The name that is set.
        origin: String,
    },
    /// The log has a key already, but not here.
    #[error("the log of this store is signed with {known}, but that key is not at {path}: put it back, or set log.key_file")]
    Missing {
        /// The verifier key that it belongs to.
        known: String,
        /// Where the key was looked for.
        path: PathBuf,
    },
    /// The log was signed with another key before.
    #[error(
        "the log of this store is signed with {known}, but the portal was started with the key of {offered}: set log.key_file to the former"
    )]
    Another {
        /// The verifier key that it belongs to.
        known: String,
        /// The one of the key that is here.
        offered: String,
    },
    /// The log is not the one that was signed here last, grown.
    #[error(
        "the log of this store does not go on from the {signed} entries that were signed here: an old copy of the store is back, or entries \
         were changed. If it is meant to be so, tell whoever follows the log, remove {path} and start again"
    )]
    AnotherLog {
        /// How many entries were signed.
        signed: u64,
        /// Where that is kept.
        path: PathBuf,
    },
    /// The store does not answer.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl LogKey {
    fn new(origin: &str, seed: &[u8; 32]) -> Option<Self> {
        let signing = SigningKey::from_bytes(seed);
        let verifier = VerifierKey::new(origin, signing.verifying_key().as_bytes()).ok()?;
        Some(Self { signing, verifier })
    }

    /// Reads the key of this log.
    ///
    /// # Errors
    /// [`UnusableKey`].
    pub fn read(path: &Path, origin: &str) -> Result<Self, UnusableKey> {
        let text = secret("log.key_file", path)?;
        let read = || {
            let mut parts = text.strip_prefix(PREFIX)?.splitn(3, '+');
            let (name, hash, key) = (parts.next()?, parts.next()?, parts.next()?);
            let key = STANDARD.decode(key).ok()?;
            let (&ED25519, seed) = key.split_first()? else { return None };
            Self::new(name, seed.try_into().ok()?).filter(|key| hexadecimal::write(&key.verifier.id()) == hash)
        };
        let key = read().ok_or_else(|| UnusableKey::NoKey(path.to_owned()))?;
        match key.verifier.name() {
            found if found == origin => Ok(key),
            found => Err(UnusableKey::OtherOrigin { found: found.to_owned(), origin: origin.to_owned() }),
        }
    }

    /// As [`read`](Self::read); makes a key where there is none, unless the log is known to have had one.
    ///
    /// # Errors
    /// [`UnusableKey`].
    pub fn read_or_make(path: &Path, origin: &str, known: Option<&str>) -> Result<Self, UnusableKey> {
        if !path.exists() {
            if let Some(known) = known {
                return Err(UnusableKey::Missing { known: known.to_owned(), path: path.to_owned() });
            }
            make(path, origin).map_err(|source| UnusableKey::Unmakeable { path: path.to_owned(), source })?;
        }
        Self::read(path, origin)
    }

    /// With what others verify it.
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The text as a note with our signature.
    pub fn sign(&self, text: &str) -> String {
        let bytes = self.signing.sign(text.as_bytes()).to_bytes();
        format!("{text}\n{}", signature(self.verifier.name(), self.verifier.id(), &bytes))
    }
}

/// Makes a key that only its owner can read, durable before it has its name. If another program was faster, its key stays.
fn make(path: &Path, origin: &str) -> std::io::Result<()> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(std::io::Error::other)?;
    let key = LogKey::new(origin, &seed).ok_or_else(|| std::io::Error::other(format!("{origin:?} cannot name a key")))?;
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!("log-key-{}", fresh_token()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
    let kept = STANDARD.encode([&[ED25519], &seed[..]].concat());
    writeln!(file, "{PREFIX}{origin}+{}+{kept}", hexadecimal::write(&key.verifier.id()))?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&unfinished, path);
    std::fs::remove_file(&unfinished)?;
    File::open(folder)?.sync_all()?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn folder() -> PathBuf {
        std::env::temp_dir().join(format!("chengxin-log-key-{}", fresh_token()))
    }

    #[test]
    fn a_key_is_made_once_and_only_its_owner_can_read_it() {
        let folder = folder();
        let path = folder.join("log-key");
        let made = LogKey::read_or_make(&path, "portal.example/log", None).expect("it is made");
        assert_eq!(std::fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(&folder).expect("the folder is there").count(), 1, "nothing unfinished stays");
        let read = LogKey::read_or_make(&path, "portal.example/log", None).expect("it is read");
        assert_eq!(made.verifier(), read.verifier());
        assert_eq!(read.verifier().open(&made.sign("text\n")), Ok("text\n"));
        let other = LogKey::read(&path, "other.example/log").err().expect("another name").to_string();
        assert!(other.contains("portal.example/log") && other.contains("log.origin"), "{other}");
        std::fs::remove_dir_all(folder).expect("the temporary folder goes");
    }

    #[test]
    fn a_key_that_the_log_had_is_not_made_again() {
        let folder = folder();
        let why =
            LogKey::read_or_make(&folder.join("log-key"), "a/log", Some("a/log+1+k")).err().expect("it is missing").to_string();
        assert!(why.contains("a/log+1+k") && why.contains("log.key_file"), "{why}");
        assert!(!folder.exists());
    }

    #[test]
    fn what_is_no_key_is_refused_in_words() {
        let folder = folder();
        let path = folder.join("log-key");
        LogKey::read_or_make(&path, "a/log", None).expect("it is made");
        let sound = std::fs::read_to_string(&path).expect("it is read");
        for text in
            [sound.replace("PRIVATE", "PUBLIC"), sound.replace("a/log", "b/log"), format!("{}A", sound.trim()), "x".to_owned()]
        {
            std::fs::write(&path, &text).expect("it is written");
            let why = LogKey::read(&path, "a/log").err().expect("no key").to_string();
            assert!(why.contains("log.key_file"), "{why}");
        }
        std::fs::remove_dir_all(folder).expect("the temporary folder goes");
    }
}
