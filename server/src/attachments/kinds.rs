//! What kind of file something is: told by its content; the name has no say.

use std::path::Path;

use credit::attachment::{FileRefusal, MOST_PIXELS, MediaType};
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use tokio::sync::Semaphore;

use super::disk;
use crate::storage::StorageError;

/// So many bytes tell what kind of file it is.
const HEAD: u64 = 64;

/// The kind of a file that the platform reads, or why it is refused.
///
/// # Errors
/// When the file cannot be read.
pub(super) async fn of_file(path: &Path) -> Result<Result<MediaType, FileRefusal>, StorageError> {
    let mut head = Vec::new();
    File::open(path).await.map_err(disk)?.take(HEAD).read_to_end(&mut head).await.map_err(disk)?;
    let media_type = match infer::get(&head).map(|kind| kind.mime_type()) {
        Some("application/pdf") => MediaType::Pdf,
        Some("image/jpeg") => MediaType::Jpeg,
        Some("image/png") => MediaType::Png,
        Some("image/heif") => MediaType::Heic,
        Some("application/zip") if is_ofd(path).await? => MediaType::Ofd,
        _ => return Ok(Err(FileRefusal::WrongKind)),
    };
    if matches!(media_type, MediaType::Jpeg | MediaType::Png | MediaType::Heic) && is_too_big_a_picture(path).await {
        return Ok(Err(FileRefusal::TooManyPixels));
    }
    Ok(Ok(media_type))
}

/// Whether a picture would take more memory than a reader's machine should give to it. Only its head is read, never the picture.
/// One whose size cannot be read is left to its reader.
async fn is_too_big_a_picture(path: &Path) -> bool {
    let path = path.to_owned();
    let size = tokio::task::spawn_blocking(move || imagesize::size(path)).await;
    size.is_ok_and(|size| size.is_ok_and(|size| size.width as u64 * size.height as u64 > MOST_PIXELS))
}

/// So many archives are in memory at once, each as large as a file may be.
static ARCHIVES: Semaphore = Semaphore::const_new(4);

/// An OFD document (GB/T 33190) is told by its `OFD.xml`.
async fn is_ofd(path: &Path) -> Result<bool, StorageError> {
    let Ok(_turn) = ARCHIVES.acquire().await else { return Ok(false) };
    let archive = tokio::fs::read(path).await.map_err(disk)?;
    Ok(tokio::task::spawn_blocking(move || zip_lists(&archive, b"OFD.xml")).await.unwrap_or(false))
}

/// Whether the central directory of a ZIP archive names this entry (APPNOTE 4.3.12).
fn zip_lists(archive: &[u8], entry: &[u8]) -> bool {
    const HEADER: usize = 46;
    archive.windows(4).enumerate().filter(|(_, four)| *four == b"PK\x01\x02").any(|(at, _)| {
        let Some(length) = archive.get(at + 28..at + 30) else { return false };
        let length = usize::from(u16::from_le_bytes([length[0], length[1]]));
        archive.get(at + HEADER..at + HEADER + length) == Some(entry)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of a PNG that claims a size (RFC 2083, 4.1.1).
    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
        [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", &size[..], &[8, 6, 0, 0, 0], &[0; 4]].concat()
    }

    async fn kind_of(content: &[u8]) -> Result<MediaType, FileRefusal> {
        let path = std::env::temp_dir().join(format!("chengxin-kind-{}", crate::token::fresh_token()));
        std::fs::write(&path, content).expect("a temporary file can be written");
        let kind = of_file(&path).await.expect("it can be read");
        std::fs::remove_file(path).expect("the temporary file goes");
        kind
    }

    #[tokio::test]
    async fn a_picture_of_thirty_thousand_by_thirty_thousand_is_refused_by_its_head_alone() {
        assert_eq!(kind_of(&png_of(30_000, 30_000)).await, Err(FileRefusal::TooManyPixels));
        assert_eq!(kind_of(&png_of(12_000, 8_000)).await, Ok(MediaType::Png));
    }

    #[tokio::test]
    async fn a_picture_whose_size_cannot_be_read_is_left_to_its_reader() {
        assert_eq!(kind_of(b"\x89PNG\r\n\x1a\n").await, Ok(MediaType::Png));
    }
}
