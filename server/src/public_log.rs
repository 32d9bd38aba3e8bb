//! The public log as others see it: signed checkpoints over what the [`storage`](crate::storage::log) keeps.

pub(crate) mod commitment_file;
pub mod completeness;
pub mod kept;
pub mod key;
pub mod verification;
pub mod witnesses;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use credit::log::checkpoint::Checkpoint;
use credit::log::cosignature::WitnessKey;
use credit::log::growth::Growth;
use credit::log::note::VerifierKey;
use credit::log::tree::Hash;

use self::kept::KeptCheckpoint;
use self::key::{LogKey, UnusableKey};
use crate::config::Config;
use crate::storage::{Storage, StorageError};

/// The log, and the key that signs it.
pub struct SignedLog {
    storage: Arc<dyn Storage>,
    key: LogKey,
    last: Mutex<Option<Signed>>,
    kept: Arc<KeptCheckpoint>,
}

/// What was signed last. Ed25519 is deterministic, so portals on one store sign one size alike.
#[derive(Clone)]
struct Signed {
    size: u64,
    root: Hash,
    note: String,
    /// Lines of witnesses who have cosigned it, by their names.
    cosignatures: BTreeMap<String, String>,
}

impl Signed {
    fn cosigned_note(&self) -> String {
        self.cosignatures.values().fold(self.note.clone(), |note, line| note + line + "\n")
    }
}

/// Why there is no checkpoint.
#[derive(Debug, thiserror::Error)]
pub enum Unsigned {
    /// The store does not answer.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The store has another root for a size that was signed already: signing it too would be a lie.
    #[error("the log of {0} entries has another root than was signed: entries were changed, or an old copy of the store is back")]
    Changed(u64),
}

impl SignedLog {
    /// The log of this store, with the key of the settings; makes a key where none is named and the log has none yet.
    ///
    /// # Errors
    /// [`UnusableKey`], also where the log was signed with another key before, or does not go on from what was signed here last.
    pub async fn open(storage: Arc<dyn Storage>, config: &Config) -> Result<Self, UnusableKey> {
        let known = storage.log_verifier().await?;
        let origin = config.log_origin();
        let key = match &config.log.key_file {
            Some(path) => LogKey::read(path, &origin)?,
            None => LogKey::read_or_make(&config.data_dir.join("log-key"), &origin, known.as_deref())?,
        };
        let verifier = key.verifier().to_string();
        let claimed = storage.claim_log(&verifier).await?;
        if claimed != verifier {
            return Err(UnusableKey::Another { known: claimed, offered: verifier });
        }
        let kept = KeptCheckpoint::beside(&config.data_dir);
        let last = match kept.read(key.verifier()) {
            Some((Checkpoint { size, root, .. }, _)) if size > 0 && storage.root_of(size).await? != Some(root) => {
                return Err(UnusableKey::AnotherLog { signed: size, path: kept.path().to_owned() });
            }
            Some((Checkpoint { size, root, .. }, note)) => Some(Signed { size, root, note, cosignatures: BTreeMap::new() }),
            None => None,
        };
        Ok(Self { storage, key, last: Mutex::new(last), kept })
    }

    /// With what others verify it.
    pub fn verifier(&self) -> &VerifierKey {
        self.key.verifier()
    }

    /// The newest checkpoint, signed, with the cosignatures that there are of it.
    ///
    /// # Errors
    /// [`Unsigned`]; nothing was signed.
    pub async fn checkpoint(&self) -> Result<String, Unsigned> {
        Ok(self.sign_newest().await?.cosigned_note())
    }

    /// How large the log is, and its root.
    ///
    /// # Errors
    /// [`Unsigned`].
    pub async fn newest(&self) -> Result<Checkpoint, Unsigned> {
        let signed = self.sign_newest().await?;
        Ok(Checkpoint { origin: self.verifier().name().to_owned(), size: signed.size, root: signed.root })
    }

    async fn sign_newest(&self) -> Result<Signed, Unsigned> {
        let head = self.storage.log_head().await?;
        let (size, root) = (head.size(), head.root());
        // A longer log has to go on from the one that was signed: another copy of the store may have grown in its place.
        let before = self.last.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|signed| (signed.size, signed.root));
        if let Some((signed_size, signed_root)) = before.filter(|(signed_size, _)| (1..size).contains(signed_size))
            && self.storage.root_of(signed_size).await? != Some(signed_root)
        {
            return Err(Unsigned::Changed(signed_size));
        }
        let signed = {
            let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(signed) = &*last {
                if signed.size == size && signed.root != root {
                    return Err(Unsigned::Changed(size));
                }
                // A smaller one was read a moment before the last: the last is newer.
                if signed.size >= size {
                    return Ok(signed.clone());
                }
            }
            let checkpoint = Checkpoint { origin: self.verifier().name().to_owned(), size, root };
            let note = self.key.sign(&checkpoint.to_string());
            last.insert(Signed { size, root, note, cosignatures: BTreeMap::new() }).clone()
        };
        self.kept.clone().keep(size, signed.note.clone()).await;
        Ok(signed)
    }

    /// Takes the cosignature of this witness from what it answered to a checkpoint; gives the checkpoint's size. It is published
    /// unless the log has grown since. None: there is none that holds.
    pub fn take_cosignature(&self, checkpoint: &str, witness: &WitnessKey, answer: &str) -> Option<u64> {
        let text = self.verifier().open(checkpoint).ok()?;
        let line = answer.lines().find(|line| witness.cosigned_at(text, line).is_some())?;
        let seen = Checkpoint::parse(text).ok()?;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(signed) = last.as_mut().filter(|signed| signed.size == seen.size && signed.root == seen.root) {
            signed.cosignatures.insert(witness.name().to_owned(), line.to_owned());
        }
        Some(seen.size)
    }

    /// The checkpoint of an earlier size, signed again; none where the log was never so long. What is made under it stays the
    /// same for good, while the log grows.
    ///
    /// # Errors
    /// [`Unsigned`]; nothing was signed.
    pub async fn checkpoint_of(&self, size: u64) -> Result<Option<String>, Unsigned> {
        let Some(root) = self.storage.root_of(size).await? else { return Ok(None) };
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if last.is_some_and(|signed| signed.size == size && signed.root != root) {
            return Err(Unsigned::Changed(size));
        }
        let checkpoint = Checkpoint { origin: self.verifier().name().to_owned(), size, root };
        Ok(Some(self.key.sign(&checkpoint.to_string())))
    }

    /// How the log grew since it had `old` entries, up to the newest checkpoint; none where it never had so many.
    ///
    /// # Errors
    /// [`Unsigned`].
    pub async fn growth(&self, old: u64) -> Result<Option<Growth>, Unsigned> {
        let signed = self.sign_newest().await?;
        let proof = self.storage.consistency_proof(old, signed.size).await?;
        Ok(proof.map(|proof| Growth { old, proof, checkpoint: signed.cosigned_note() }))
    }
}
