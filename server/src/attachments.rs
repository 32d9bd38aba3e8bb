//! The files' contents, each under the SHA-256 of its content: written once, never changed.
//!
//! - [`contents`]: where they are kept, a folder or a bucket. - [`incoming`]: a file that is arriving in one go.
//! - [`partial`]: a file that arrives in parts, over a line that may drop. - `kinds`: what a file is, told by its content.

pub mod contents;
pub mod incoming;
mod kinds;
pub mod partial;

use std::path::{Path, PathBuf};

use credit::attachment::{FileRefusal, MediaType};
use futures_util::StreamExt;

use self::contents::{Content, Contents};
use self::incoming::Incoming;
use crate::storage::StorageError;
use crate::token::fresh_token;

/// The files' contents, and the folder in which new ones arrive.
#[derive(Clone, Debug)]
pub struct Attachments {
    incoming: PathBuf,
    contents: Contents,
}

/// What arrived.
#[derive(Debug, PartialEq, Eq)]
pub enum Arrived {
    /// It is kept under this hash.
    Kept {
        /// SHA-256, lower-case hexadecimal.
        sha256: String,
        /// Told by its content.
        media_type: MediaType,
        /// Its size.
        bytes: u64,
    },
    /// It is not kept.
    Refused(FileRefusal),
}

impl Attachments {
    /// Keeps contents in this folder, making it if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn in_folder(root: &Path) -> std::io::Result<Self> {
        Self::kept_in(Contents::Folder(root.to_owned()), root)
    }

    /// Keeps contents there; new ones arrive in `root` first, which is made if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn kept_in(contents: Contents, root: &Path) -> std::io::Result<Self> {
        let incoming = root.join("incoming");
        std::fs::create_dir_all(&incoming)?;
        // A power cut must not take the folder itself, with all that is in it.
        let above = root.parent().filter(|above| !above.as_os_str().is_empty());
        for folder in [Some(root), above].into_iter().flatten() {
            std::fs::File::open(folder)?.sync_all()?;
        }
        Ok(Self { incoming, contents })
    }

    /// Begins to take a file in.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn receive(&self) -> Result<Incoming, StorageError> {
        Incoming::begin(self.contents.clone(), self.incoming.join(fresh_token())).await
    }

    /// Opens the content of this hash.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub async fn content(&self, sha256: &str) -> Result<Content, StorageError> {
        self.contents.open(sha256).await
    }

    /// The whole content of this hash, in memory.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub async fn whole(&self, sha256: &str) -> Result<Vec<u8>, StorageError> {
        let mut content = self.content(sha256).await?;
        let mut whole = Vec::new();
        while let Some(piece) = content.next().await {
            whole.extend_from_slice(&piece.map_err(disk)?);
        }
        Ok(whole)
    }

    /// Proves that contents can be kept and read where they are to be kept.
    ///
    /// # Errors
    /// What was met.
    pub async fn check(&self) -> Result<(), StorageError> {
        self.contents.check().await?;
        // A file arrives here first, wherever it is kept.
        let probe = self.incoming.join("probe");
        tokio::fs::write(&probe, b"probe").await.map_err(disk)?;
        tokio::fs::remove_file(&probe).await.map_err(disk)
    }
}

/// What a fault of the disk means.
fn disk(error: std::io::Error) -> StorageError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => StorageError::Full(error.to_string()),
        _ => StorageError::Unavailable(error.to_string()),
    }
}
