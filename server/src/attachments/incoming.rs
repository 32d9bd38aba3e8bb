//! A file that is arriving: written beside the others first, and given its place only when it is whole and known.

use std::path::PathBuf;

use credit::attachment::{FileRefusal, LARGEST_FILE};
use credit::hexadecimal;
use sha2::{Digest, Sha256};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::contents::Contents;
use super::{Arrived, disk, kinds};
use crate::storage::StorageError;

/// A file that is arriving. Dropped before it is finished, it leaves nothing behind.
pub struct Incoming {
    contents: Contents,
    path: PathBuf,
    file: File,
    hash: Sha256,
    bytes: u64,
}

impl Incoming {
    pub(super) async fn begin(contents: Contents, path: PathBuf) -> Result<Self, StorageError> {
        let file = File::create(&path).await.map_err(disk)?;
        Ok(Self { contents, path, file, hash: Sha256::new(), bytes: 0 })
    }

    /// Takes the next bytes. What goes beyond the limit is counted and not written.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn take(&mut self, chunk: &[u8]) -> Result<(), StorageError> {
        self.bytes += chunk.len() as u64;
        if self.bytes > LARGEST_FILE {
            return Ok(());
        }
        self.hash.update(chunk);
        self.file.write_all(chunk).await.map_err(disk)
    }

    /// Ends: looks at what it is, and keeps it durably or drops it.
    ///
    /// # Errors
    /// When it cannot be kept; nothing is kept then.
    pub async fn finish(mut self) -> Result<Arrived, StorageError> {
        if let Some(why) = self.wrong_size() {
            return Ok(Arrived::Refused(why));
        }
        self.file.flush().await.map_err(disk)?;
        let media_type = match kinds::of_file(&self.path).await? {
            Ok(media_type) => media_type,
            Err(why) => return Ok(Arrived::Refused(why)),
        };
        let sha256 = self.settle().await?;
        Ok(Arrived::Kept { sha256, media_type, bytes: self.bytes })
    }

    /// Ends as [`finish`](Self::finish) does, whatever the file is: for what is read here and never handed on as an attachment.
    /// Gives its hash and size.
    ///
    /// # Errors
    /// When it cannot be kept; nothing is kept then.
    pub async fn finish_unseen(mut self) -> Result<Result<(String, u64), FileRefusal>, StorageError> {
        if let Some(why) = self.wrong_size() {
            return Ok(Err(why));
        }
        self.file.flush().await.map_err(disk)?;
        let sha256 = self.settle().await?;
        Ok(Ok((sha256, self.bytes)))
    }

    fn wrong_size(&self) -> Option<FileRefusal> {
        match self.bytes {
            0 => Some(FileRefusal::Empty),
            bytes if bytes > LARGEST_FILE => Some(FileRefusal::TooLarge),
            _ => None,
        }
    }

    /// Gives it its place, durably.
    async fn settle(&mut self) -> Result<String, StorageError> {
        self.file.sync_all().await.map_err(disk)?;
        let sha256 = hexadecimal::write(&std::mem::take(&mut self.hash).finalize());
        self.contents.keep(&self.path, &sha256).await?;
        Ok(sha256)
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // Where it was moved to its place there is nothing under this name any more.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use credit::attachment::MediaType;

    use super::*;
    use crate::attachments::Attachments;
    use crate::token::fresh_token;

    async fn arrive(folder: &Attachments, content: &[u8]) -> Arrived {
        let mut incoming = folder.receive().await.expect("a fresh folder takes files");
        for chunk in content.chunks(1000) {
            incoming.take(chunk).await.expect("a fresh folder takes bytes");
        }
        incoming.finish().await.expect("a fresh folder keeps files")
    }

    fn folder(name: &str) -> (Attachments, PathBuf) {
        let root = std::env::temp_dir().join(format!("chengxin-{name}-{}", fresh_token()));
        (Attachments::in_folder(&root).expect("a temporary folder can be made"), root)
    }

    #[tokio::test]
    async fn a_file_is_told_by_its_content_and_kept_under_its_hash() {
        let (folder, root) = folder("kept");
        let content = b"%PDF-1.7 and so on";
        let Arrived::Kept { sha256, media_type, bytes } = arrive(&folder, content).await else { panic!("a PDF is kept") };
        assert_eq!((media_type, bytes), (MediaType::Pdf, content.len() as u64));
        assert_eq!(sha256, hexadecimal::write(&Sha256::digest(content)));
        assert_eq!(std::fs::read(root.join(&sha256[..2]).join(&sha256)).expect("it is there"), content);
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
