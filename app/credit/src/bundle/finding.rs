//! Finding a receipt in the file that somebody brings: the receipt itself, or a PDF certificate that has it attached.

use super::{Bundle, Doubt, FORMAT, FORMATS};

/// The most bytes of a file that is looked through. A certificate of the longest document has far fewer.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;

/// How every receipt ends; within one there is no such line.
const END: &[u8] = b"\n}\n";

impl Bundle {
    /// The receipt in a file: the whole of it, or what is attached, as it is, to a certificate in PDF.
    ///
    /// # Errors
    /// [`Doubt::NoReceipt`] where there is none, [`Doubt::Changed`] where there was one before somebody changed it,
    /// [`Doubt::OtherFormat`] where there is one that only a later verifier can read.
    pub fn found_in(file: &[u8]) -> Result<Self, Doubt> {
        let begin = format!("{{\n\"format\": \"{FORMAT}\",\n");
        let found = if file.starts_with(b"%PDF-") { attached(file, begin.as_bytes()) } else { Some(file) };
        let read = found.and_then(|found| std::str::from_utf8(found).ok()).ok_or(Doubt::NoReceipt).and_then(Self::read);
        // A change can be anywhere, in the first line too: then only the name of the format tells what it was.
        read.map_err(|doubt| match doubt {
            Doubt::NoReceipt if holds(file, FORMAT) => Doubt::Changed,
            Doubt::NoReceipt if holds(file, FORMATS) => Doubt::OtherFormat,
            doubt => doubt,
        })
    }
}

fn holds(file: &[u8], text: &str) -> bool {
    file.windows(text.len()).any(|part| part == text.as_bytes())
}

fn attached<'a>(file: &'a [u8], begin: &[u8]) -> Option<&'a [u8]> {
    let from = file.windows(begin.len()).position(|part| part == begin)?;
    let length = file[from..].windows(END.len()).position(|part| part == END)? + END.len();
    Some(&file[from..from + length])
}
