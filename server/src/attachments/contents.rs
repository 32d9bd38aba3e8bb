//! Where contents are kept: in a folder of this machine, or in a bucket of an S3-compatible store.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{BoxStream, StreamExt};
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use tokio::fs::File;
use tokio_util::io::ReaderStream;

use super::disk;
use crate::storage::StorageError;

/// Where contents are kept.
#[derive(Clone, Debug)]
pub enum Contents {
    /// In a folder.
    Folder(PathBuf),
    /// In a bucket.
    Bucket(Arc<dyn ObjectStore>),
}

/// A content that is being read, piece by piece.
pub type Content = BoxStream<'static, std::io::Result<Bytes>>;

impl Contents {
    /// Moves a finished file to its place, durably. The same content twice is kept once.
    pub(super) async fn keep(&self, file: &Path, sha256: &str) -> Result<(), StorageError> {
        match self {
            Self::Folder(root) => {
                let place = place(root, sha256);
                let folder = place.parent().unwrap_or(root).to_owned();
                tokio::fs::create_dir_all(&folder).await.map_err(disk)?;
                tokio::fs::rename(file, &place).await.map_err(disk)?;
                // The names must survive a power cut as well as the content: the file's folder, and that folder's own entry.
                for folder in [&folder, root] {
                    File::open(folder).await.map_err(disk)?.sync_all().await.map_err(disk)?;
                }
                Ok(())
            }
            // Whole in memory for a moment: no file is larger than the limit of a few megabytes.
            Self::Bucket(bucket) => {
                let content = tokio::fs::read(file).await.map_err(disk)?;
                bucket.put(&key(sha256), PutPayload::from(content)).await.map(|_| ()).map_err(remote)
            }
        }
    }

    pub(super) async fn open(&self, sha256: &str) -> Result<Content, StorageError> {
        match self {
            Self::Folder(root) => Ok(ReaderStream::new(File::open(place(root, sha256)).await.map_err(disk)?).boxed()),
            Self::Bucket(bucket) => {
                let found = bucket.get(&key(sha256)).await.map_err(remote)?;
                Ok(found.into_stream().map(|piece| piece.map_err(std::io::Error::other)).boxed())
            }
        }
    }

    pub(super) async fn check(&self) -> Result<(), StorageError> {
        match self {
            // Where they arrive is in it, and is looked at anyway.
            Self::Folder(_) => Ok(()),
            Self::Bucket(bucket) => {
                let probe = object_store::path::Path::from("probe");
                bucket.put(&probe, PutPayload::from_static(b"probe")).await.map_err(remote)?;
                bucket.delete(&probe).await.map_err(remote)
            }
        }
    }
}

fn place(root: &Path, sha256: &str) -> PathBuf {
    root.join(sha256.get(..2).unwrap_or("xx")).join(sha256)
}

fn key(sha256: &str) -> object_store::path::Path {
    object_store::path::Path::from(format!("attachments/{sha256}"))
}

fn remote(error: object_store::Error) -> StorageError {
    StorageError::Unavailable(format!("the store of attachments: {error}"))
}
