//! Tables as text: UTF-8 with or without its mark, UTF-16 with it, or GB18030; parted by commas, semicolons or tabs.

use std::borrow::Cow;

use credit::import::Refusal;

use super::cell::{Cell, Epoch, fused};
use super::reading::Gatherer;

/// Reads the text's rows.
///
/// # Errors
/// [`Refusal`] with the reason.
pub(super) fn read(content: &[u8], gatherer: &mut Gatherer) -> Result<(), Refusal> {
    let text = decoded(content)?;
    if text.trim_start().starts_with('<') {
        return Err(Refusal::OtherKind);
    }
    let parted_by = delimiter(&text);
    let mut rows = Rows { rest: text.chars().peekable(), parted_by, line: 1 };
    let mut row = 0;
    while let Some(cells) = rows.next()? {
        row += 1;
        let cells = cells.into_iter().map(|cell| (!cell.is_empty()).then(|| Cell::Text(fused(&cell).to_owned()))).collect();
        gatherer.row(row, cells, Epoch::From1900)?;
    }
    Ok(())
}

fn decoded(content: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(content) {
        return encoding.decode_without_bom_handling_and_without_replacement(&content[mark..]).ok_or(Refusal::Encoding);
    }
    if content.contains(&0) {
        return Err(Refusal::OtherKind);
    }
    match std::str::from_utf8(content) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(content).ok_or(Refusal::Encoding),
    }
}

/// What parts the cells of the first row that is not blank: whatever occurs in it most.
fn delimiter(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(',', 0), (';', 0), ('\t', 0)];
    for c in first.chars() {
        quoted ^= c == '"';
        if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| !quoted && *sign == c) {
            *count += 1;
        }
    }
    // Of equals the first counts: a table of one column has no delimiter at all.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(',', |(sign, _)| sign)
}

/// The rows, after RFC 4180; a quotation mark within a cell that does not begin with one is an ordinary character.
struct Rows<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    parted_by: char,
    line: u32,
}

impl Rows<'_> {
    fn next(&mut self) -> Result<Option<Vec<String>>, Refusal> {
        if self.rest.peek().is_none() {
            return Ok(None);
        }
        let mut cells = Vec::new();
        loop {
            let mut cell = String::new();
            if self.rest.peek() == Some(&'"') {
                self.quoted(&mut cell)?;
            }
            loop {
                match self.rest.next() {
                    Some(c) if c == self.parted_by => break,
                    Some('\r') if self.rest.peek() == Some(&'\n') => {}
                    Some('\n' | '\r') => {
                        self.line += 1;
                        cells.push(cell);
                        return Ok(Some(cells));
                    }
                    Some(c) => cell.push(c),
                    None => {
                        cells.push(cell);
                        return Ok(Some(cells));
                    }
                }
            }
            cells.push(cell);
        }
    }

    fn quoted(&mut self, cell: &mut String) -> Result<(), Refusal> {
        let line = self.line;
        self.rest.next();
        loop {
            match self.rest.next() {
                Some('"') if self.rest.peek() == Some(&'"') => {
                    self.rest.next();
                    cell.push('"');
                }
                Some('"') => return Ok(()),
                Some(c) => {
                    self.line += u32::from(c == '\n');
                    cell.push(c);
                }
                None => return Err(Refusal::Quotation { line }),
            }
        }
    }
}
