//! The newest checkpoint that was signed here, kept in the data folder: an old copy of the store that is brought back between two
//! starts has a log that does not go on from it, and is noticed before anything is signed over it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use credit::log::checkpoint::Checkpoint;
use credit::log::note::VerifierKey;

use crate::token::fresh_token;

/// Its name in the data folder.
pub const FILE: &str = "log-signed";

/// Where it is kept.
#[derive(Debug)]
pub struct KeptCheckpoint {
    path: PathBuf,
    /// The largest that is there by our hand.
    size: Mutex<u64>,
}

impl KeptCheckpoint {
    /// In this data folder.
    pub fn beside(data_dir: &Path) -> Arc<Self> {
        Arc::new(Self { path: data_dir.join(FILE), size: Mutex::default() })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is there, if this key signed it: the checkpoint, and its note. Another key's, or half a file after a power cut, says nothing
    /// of this log.
    pub fn read(&self, key: &VerifierKey) -> Option<(Checkpoint, String)> {
        let note = std::fs::read_to_string(&self.path).ok()?;
        Some((Checkpoint::open(&note, key).ok()?, note))
    }

    /// Keeps the note of a checkpoint of this size, unless a larger one is kept. It waits for no disk: after a power cut an older one is
    /// there, or none, which is noticed later or not at all, but never wrongly.
    pub async fn keep(self: Arc<Self>, size: u64, note: String) {
        let kept = tokio::task::spawn_blocking(move || self.keep_now(size, &note)).await;
        if let Ok(Err(error)) = kept {
            tracing::warn!(error.message = %error, "log.checkpoint_not_kept");
        }
    }

    fn keep_now(&self, size: u64, note: &str) -> io::Result<()> {
        let mut kept = self.size.lock().unwrap_or_else(PoisonError::into_inner);
        if size <= *kept {
            return Ok(());
        }
        // Pages and work in two processes may do this at once.
        let arriving = self.path.with_file_name(format!("{FILE}-{}", fresh_token()));
        let written = std::fs::write(&arriving, note).and_then(|()| std::fs::rename(&arriving, &self.path));
        match &written {
            Ok(()) => *kept = size,
            Err(_) => drop(std::fs::remove_file(&arriving)),
        }
        written
    }
}
