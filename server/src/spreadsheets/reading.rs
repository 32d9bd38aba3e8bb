//! From the bytes of a file to rows that the form can judge. Everything that a file can do to the server is bounded here, in
//! `archive.rs` and in `credit::table`.

use credit::form::FormKind;
use credit::import::Refusal;
use credit::pasted;
use credit::table::{Gatherer, ReadTable, WithoutHeads};

use super::{text_table, workbook};

/// Reads a file as rows of a form. Its kind is told by its content and never by its name.
///
/// # Errors
/// [`Refusal`]: nothing of it can be read, and why.
pub fn read(content: &[u8], kind: FormKind) -> Result<ReadTable, Refusal> {
    if content.starts_with(b"PK") {
        let mut gatherer = Gatherer::new(kind, WithoutHeads::Refuse);
        workbook::read(content, &mut gatherer)?;
        return gatherer.finish();
    }
    if content.starts_with(COMPOUND_FILE) {
        let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let locked = content.windows(encrypted.len()).any(|window| window == encrypted);
        return Err(if locked { Refusal::Password } else { Refusal::OldWorkbook });
    }
    if infer::get(content).is_some_and(|kind| kind.matcher_type() != infer::MatcherType::Text) {
        return Err(Refusal::OtherKind);
    }
    let mut gatherer = Gatherer::new(kind, WithoutHeads::Refuse);
    text_table::read(content, &mut gatherer)?;
    gatherer.finish()
}

/// Reads rows that were pasted into the portal's page, which sends them in UTF-8.
///
/// # Errors
/// As for [`read`]; a text without heads is no reason.
pub fn read_pasted(content: &[u8], kind: FormKind) -> Result<ReadTable, Refusal> {
    pasted::read_pasted(kind, std::str::from_utf8(content).map_err(|_| Refusal::Encoding)?)
}

/// What workbooks of before 2007 and encrypted ones begin with ([MS-CFB] 2.2).
const COMPOUND_FILE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
