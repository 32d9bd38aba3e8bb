//! A workbook is a ZIP archive. It is measured before anything else opens it: a small file can claim to be a huge one.

use std::io::{Cursor, Read};

use credit::import::Refusal;
use zip::ZipArchive;
use zip::result::ZipError;

/// The most bytes that a workbook may have when it is unpacked. Five thousand rows of every form need a tenth of it.
const MOST_UNPACKED: u64 = 128 * 1024 * 1024;
/// The most files within a workbook.
const MOST_ENTRIES: usize = 2_000;

/// Unpacks a workbook into nothing, counting.
///
/// # Errors
/// [`Refusal::Bomb`] beyond the limits, whatever sizes the archive declares; [`Refusal::OtherKind`] for an archive that is no
/// workbook; [`Refusal::Broken`].
pub(super) fn measure(content: &[u8]) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(content)).map_err(|_| Refusal::Broken)?;
    if archive.len() > MOST_ENTRIES {
        return Err(Refusal::Bomb);
    }
    if archive.index_for_name("xl/workbook.xml").is_none() && archive.index_for_name("[Content_Types].xml").is_none() {
        return Err(Refusal::OtherKind);
    }
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Password,
            _ => Refusal::Broken,
        })?;
        if entry.size() > left {
            return Err(Refusal::Bomb);
        }
        // What is declared may be a lie: the bytes themselves are counted.
        let unpacked = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink()).map_err(|_| Refusal::Broken)?;
        left = left.checked_sub(unpacked).ok_or(Refusal::Bomb)?;
    }
    Ok(())
}
