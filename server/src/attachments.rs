//! The files' contents, in a folder, each under the SHA-256 of its content: written once, never changed.

use std::path::{Path, PathBuf};

use credit::attachment::{FileRefusal, LARGEST_FILE, MediaType};
use sha2::{Digest, Sha256};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use crate::storage::StorageError;
use crate::token::{fresh_token, hexadecimal};

/// The folder.
#[derive(Clone, Debug)]
pub struct AttachmentFolder {
    root: PathBuf,
}

/// A file that is arriving.
pub struct Incoming {
    root: PathBuf,
    path: PathBuf,
    file: File,
    hash: Sha256,
    head: Vec<u8>,
    bytes: u64,
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

/// So many bytes tell what kind of file it is.
const HEAD: usize = 64;

impl AttachmentFolder {
    /// Uses this folder, making it if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(root: &Path) -> std::io::Result<Self> {
        std::fs::create_dir_all(root.join("incoming"))?;
        Ok(Self { root: root.to_owned() })
    }

    /// Begins to take a file in.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn receive(&self) -> Result<Incoming, StorageError> {
        let path = self.root.join("incoming").join(fresh_token());
        let file = File::create(&path).await.map_err(disk)?;
        Ok(Incoming { root: self.root.clone(), path, file, hash: Sha256::new(), head: Vec::new(), bytes: 0 })
    }

    /// Opens the content of this hash.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub async fn content(&self, sha256: &str) -> Result<File, StorageError> {
        File::open(place(&self.root, sha256)).await.map_err(disk)
    }
}

impl Incoming {
    /// Takes the next bytes. What goes beyond the limit is counted and not written.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn take(&mut self, chunk: &[u8]) -> Result<(), StorageError> {
        self.bytes += chunk.len() as u64;
        if self.bytes > LARGEST_FILE {
            return Ok(());
        }
        if self.head.len() < HEAD {
            self.head.extend_from_slice(&chunk[..chunk.len().min(HEAD - self.head.len())]);
        }
        self.hash.update(chunk);
        self.file.write_all(chunk).await.map_err(disk)
    }

    /// Ends: looks at what it is, and keeps it durably or drops it.
    ///
    /// # Errors
    /// When the disk does not take it; nothing is kept then.
    pub async fn finish(mut self) -> Result<Arrived, StorageError> {
        if self.bytes == 0 {
            return Ok(Arrived::Refused(FileRefusal::Empty));
        }
        if self.bytes > LARGEST_FILE {
            return Ok(Arrived::Refused(FileRefusal::TooLarge));
        }
        self.file.flush().await.map_err(disk)?;
        let Some(media_type) = self.media_type().await? else { return Ok(Arrived::Refused(FileRefusal::WrongKind)) };
        let sha256 = self.settle().await?;
        Ok(Arrived::Kept { sha256, media_type, bytes: self.bytes })
    }

    /// Ends as [`finish`](Self::finish) does, whatever the file is: for what is read here and never handed on as an attachment.
    /// Gives its hash and size.
    ///
    /// # Errors
    /// When the disk does not take it; nothing is kept then.
    pub async fn finish_unseen(mut self) -> Result<Result<(String, u64), FileRefusal>, StorageError> {
        if self.bytes == 0 {
            return Ok(Err(FileRefusal::Empty));
        }
        if self.bytes > LARGEST_FILE {
            return Ok(Err(FileRefusal::TooLarge));
        }
        self.file.flush().await.map_err(disk)?;
        let sha256 = self.settle().await?;
        Ok(Ok((sha256, self.bytes)))
    }

    /// Gives it its place, durably.
    async fn settle(&mut self) -> Result<String, StorageError> {
        self.file.sync_all().await.map_err(disk)?;
        let sha256 = hexadecimal(&std::mem::take(&mut self.hash).finalize());
        let place = place(&self.root, &sha256);
        let folder = place.parent().unwrap_or(&self.root).to_owned();
        tokio::fs::create_dir_all(&folder).await.map_err(disk)?;
        tokio::fs::rename(&self.path, &place).await.map_err(disk)?;
        // The names must survive a power cut as well as the content: the file's folder, and that folder's own entry.
        for folder in [&folder, &self.root] {
            File::open(folder).await.map_err(disk)?.sync_all().await.map_err(disk)?;
        }
        Ok(sha256)
    }

    /// What kind of file this is by its content; the name has no say.
    async fn media_type(&self) -> Result<Option<MediaType>, StorageError> {
        Ok(match infer::get(&self.head).map(|kind| kind.mime_type()) {
            Some("application/pdf") => Some(MediaType::Pdf),
            Some("image/jpeg") => Some(MediaType::Jpeg),
            Some("image/png") => Some(MediaType::Png),
            Some("image/heif") => Some(MediaType::Heic),
            Some("application/zip") => {
                let archive = tokio::fs::read(&self.path).await.map_err(disk)?;
                zip_lists(&archive, b"OFD.xml").then_some(MediaType::Ofd)
            }
            _ => None,
        })
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // After a rename there is nothing under this name; otherwise it is the rest of a file that was not kept.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn place(root: &Path, sha256: &str) -> PathBuf {
    root.join(sha256.get(..2).unwrap_or("xx")).join(sha256)
}

/// Whether the central directory of a ZIP archive names this entry (APPNOTE 4.3.12). An OFD document (GB/T 33190) is told by
/// its `OFD.xml`.
fn zip_lists(archive: &[u8], entry: &[u8]) -> bool {
    const HEADER: usize = 46;
    archive.windows(4).enumerate().filter(|(_, four)| *four == b"PK\x01\x02").any(|(at, _)| {
        let Some(length) = archive.get(at + 28..at + 30) else { return false };
        let length = usize::from(u16::from_le_bytes([length[0], length[1]]));
        archive.get(at + HEADER..at + HEADER + length) == Some(entry)
    })
}

fn disk(error: std::io::Error) -> StorageError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => StorageError::Full(error.to_string()),
        _ => StorageError::Unavailable(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn arrive(folder: &AttachmentFolder, content: &[u8]) -> Arrived {
        let mut incoming = folder.receive().await.expect("a fresh folder takes files");
        for chunk in content.chunks(1000) {
            incoming.take(chunk).await.expect("a fresh folder takes bytes");
        }
        incoming.finish().await.expect("a fresh folder keeps files")
    }

    fn folder(name: &str) -> (AttachmentFolder, PathBuf) {
        let root = std::env::temp_dir().join(format!("chengxin-{name}-{}", fresh_token()));
        (AttachmentFolder::open(&root).expect("a temporary folder can be made"), root)
    }

    #[tokio::test]
    async fn a_file_is_told_by_its_content_and_kept_under_its_hash() {
        let (folder, root) = folder("kept");
        let content = b"%PDF-1.7 and so on";
        let Arrived::Kept { sha256, media_type, bytes } = arrive(&folder, content).await else { panic!("a PDF is kept") };
        assert_eq!((media_type, bytes), (MediaType::Pdf, content.len() as u64));
        assert_eq!(sha256, hexadecimal(&Sha256::digest(content)));
        assert_eq!(std::fs::read(place(&root, &sha256)).expect("it is there"), content);
        assert_eq!(std::fs::read_dir(root.join("incoming")).expect("the folder is there").count(), 0, "nothing is left over");
        std::fs::remove_dir_all(root).expect("the temporary folder goes");
    }

    /// A ZIP archive with one empty entry, as its local header, central directory and end record.
    fn archive_of(name: &str) -> Vec<u8> {
        let name_length = u16::try_from(name.len()).expect("a short name").to_le_bytes();
        let local = [&b"PK\x03\x04"[..], &[0; 22], &name_length, &[0; 2], name.as_bytes()].concat();
        let central = [&b"PK\x01\x02"[..], &[0; 24], &name_length, &[0; 16], name.as_bytes()].concat();
        [local, central, b"PK\x05\x06".to_vec(), vec![0; 18]].concat()
    }

    #[tokio::test]
    async fn telephone_photographs_and_ofd_documents_are_kept_and_other_archives_are_not() {
        let (folder, root) = folder("kinds");
        let heic = [&[0, 0, 0, 24][..], b"ftypheic", &[0; 4], b"mif1heic"].concat();
        assert!(matches!(arrive(&folder, &heic).await, Arrived::Kept { media_type: MediaType::Heic, .. }));
        assert!(matches!(arrive(&folder, &archive_of("OFD.xml")).await, Arrived::Kept { media_type: MediaType::Ofd, .. }));
        assert_eq!(arrive(&folder, &archive_of("macro.exe")).await, Arrived::Refused(FileRefusal::WrongKind));
        std::fs::remove_dir_all(root).expect("the temporary folder goes");
    }

    #[tokio::test]
    async fn an_empty_file_a_page_of_html_and_a_giant_are_refused() {
        let (folder, root) = folder("refused");
        assert_eq!(arrive(&folder, b"").await, Arrived::Refused(FileRefusal::Empty));
        assert_eq!(arrive(&folder, b"<!DOCTYPE html><script>").await, Arrived::Refused(FileRefusal::WrongKind));
        let giant = vec![b'%'; usize::try_from(LARGEST_FILE).expect("fits") + 1];
        assert_eq!(arrive(&folder, &giant).await, Arrived::Refused(FileRefusal::TooLarge));
        assert_eq!(std::fs::read_dir(root.join("incoming")).expect("the folder is there").count(), 0, "nothing is left over");
        std::fs::remove_dir_all(root).expect("the temporary folder goes");
    }
}
