//! A workbook is a ZIP archive. It is measured before anything else opens it: a small file can claim to be a huge one.

use std::io::{self, Cursor, Read, Write};

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
        let mut claims = Claims::default();
        let unpacked = io::copy(&mut entry.take(left + 1), &mut claims).map_err(|_| Refusal::Broken)?;
        left = left.checked_sub(unpacked).ok_or(Refusal::Bomb)?;
        if claims.largest() > unpacked / SHORTEST_STRING {
            return Err(Refusal::Bomb);
        }
    }
    Ok(())
}

/// With which attribute a part says how many texts it holds; whoever reads it makes room for so many, before it has seen one.
const CLAIM: &[u8] = b"uniqueCount";
/// The shortest of these texts, `<si/>`, in bytes.
const SHORTEST_STRING: u64 = 5;

/// Looks for claims in what is written to it, and forgets the rest.
#[derive(Default)]
struct Claims {
    /// From the last claim, or what may be the beginning of one, on.
    tail: Vec<u8>,
    largest: u64,
}

impl Claims {
    /// As much as a claim can have: the attribute, blanks, a quotation mark and more digits than a number has.
    const LONGEST: usize = 256;

    fn largest(mut self) -> u64 {
        self.look(0);
        self.largest
    }

    /// Reads the claims that begin before the last `kept` bytes, and forgets what came before these.
    fn look(&mut self, kept: usize) {
        let end = self.tail.len().saturating_sub(kept);
        let claims = self.tail.windows(CLAIM.len()).take(end).enumerate().filter(|(_, part)| *part == CLAIM);
        for rest in claims.map(|(at, _)| &self.tail[at + CLAIM.len()..]) {
            let before = rest.iter().take_while(|byte| b" \t\r\n='\"".contains(byte)).count();
            let digits = rest[before..].iter().take_while(|byte| byte.is_ascii_digit());
            let (count, number) = digits.fold((0, 0_u64), |(count, number), digit| {
                (count + 1, number.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
            });
            // Longer than any that a spreadsheet program writes: made so that it is not seen to its end.
            let is_cut = kept > 0 && before + count == rest.len();
            self.largest = self.largest.max(if is_cut { u64::MAX } else { number });
        }
        self.tail.drain(..end);
    }
}

impl Write for Claims {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.tail.extend_from_slice(bytes);
        self.look(Self::LONGEST);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_found_wherever_the_bytes_are_parted() {
        let text = format!("<sst count='3' uniqueCount = \"1000000000000\">{}", "<si/>".repeat(200));
        for first in 0..text.len() {
            let mut claims = Claims::default();
            for part in [&text[..first], &text[first..]] {
                claims.write_all(part.as_bytes()).expect("it takes everything");
            }
            assert_eq!(claims.largest(), 1_000_000_000_000, "{first}");
        }
        let hidden = format!("uniqueCount{}=\"7\"", " ".repeat(2 * Claims::LONGEST));
        let mut claims = Claims::default();
        for byte in hidden.bytes() {
            claims.write_all(&[byte]).expect("it takes everything");
        }
        assert_eq!(claims.largest(), u64::MAX, "it is hidden behind blanks");
        let mut none = Claims::default();
        none.write_all(b"uniqueCount of nothing").expect("it takes everything");
        assert_eq!(none.largest(), 0);
    }
}
