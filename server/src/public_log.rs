//! The public log as others see it: signed checkpoints over what the [`storage`](crate::storage::log) keeps.

pub mod key;
pub mod verification;

use std::sync::{Arc, Mutex, PoisonError};

use credit::log::checkpoint::Checkpoint;
use credit::log::growth::Growth;
use credit::log::note::VerifierKey;
use credit::log::tree::Hash;

use self::key::{LogKey, UnusableKey};
use crate::config::Config;
use crate::storage::{Storage, StorageError};

/// The log, and the key that signs it.
pub struct SignedLog {
    storage: Arc<dyn Storage>,
    key: LogKey,
    last: Mutex<Option<Signed>>,
}

/// What was signed last. Ed25519 is deterministic, so portals on one store sign one size alike.
#[derive(Clone)]
struct Signed {
    size: u64,
    root: Hash,
    note: String,
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
    /// [`UnusableKey`], also where the log was signed with another key before.
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
        Ok(Self { storage, key, last: Mutex::new(None) })
    }

    /// With what others verify it.
    pub fn verifier(&self) -> &VerifierKey {
        self.key.verifier()
    }

    /// The newest checkpoint, signed.
    ///
    /// # Errors
    /// [`Unsigned`]; nothing was signed.
    pub async fn checkpoint(&self) -> Result<String, Unsigned> {
        let head = self.storage.log_head().await?;
        let (size, root) = (head.size(), head.root());
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(signed) = &*last {
            if signed.size == size && signed.root != root {
                return Err(Unsigned::Changed(size));
            }
            // A smaller one was read a moment before the last: the last is newer.
            if signed.size >= size {
                return Ok(signed.note.clone());
            }
        }
        let checkpoint = Checkpoint { origin: self.verifier().name().to_owned(), size, root };
        let note = self.key.sign(&checkpoint.to_string());
        *last = Some(Signed { size, root, note: note.clone() });
        Ok(note)
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
        let checkpoint = self.checkpoint().await?;
        let size = Checkpoint::open(&checkpoint, self.verifier())
            .map_err(|why| StorageError::Inconsistent(format!("own checkpoint: {why:?}")))?
            .size;
        let proof = self.storage.consistency_proof(old, size).await?;
        Ok(proof.map(|proof| Growth { old, proof, checkpoint }))
    }
}
