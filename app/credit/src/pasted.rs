//! Rows that were copied from a spreadsheet and pasted, with heads above them or without: read by the browser while the person
//! looks at them and by the server when they are sent, with this same code.

use crate::form::FormKind;
use crate::import::Refusal;
use crate::table::{Gatherer, ReadTable, WithoutHeads};
use crate::text_table::TextRows;

/// A pasted text that is being read, some rows at a time, so that a browser can do other things between.
pub struct Pasted<T> {
    rows: TextRows<T>,
    gatherer: Gatherer<String>,
    line: u32,
}

impl<T: AsRef<str>> Pasted<T> {
    /// Rows of this form.
    pub fn new(kind: FormKind, text: T) -> Self {
        Self { rows: TextRows::pasted(text), gatherer: Gatherer::new(kind, WithoutHeads::InOrder), line: 0 }
    }

    /// Reads at most so many rows further; false when there are no more.
    ///
    /// # Errors
    /// [`Refusal`]: the whole text is refused for this reason.
    pub fn read_on(&mut self, most: usize) -> Result<bool, Refusal> {
        for _ in 0..most {
            let Some(cells) = self.rows.next() else { return Ok(false) };
            self.line += 1;
            let cells = cells?.into_iter().map(|cell| (!cell.is_empty()).then_some(cell)).collect();
            self.gatherer.row(self.line, cells)?;
        }
        Ok(true)
    }

    /// Ends, after the last row.
    ///
    /// # Errors
    /// As for [`read_on`](Self::read_on); [`Refusal::NoRows`] where nothing is below the heads or nothing at all was pasted.
    pub fn finish(self) -> Result<ReadTable, Refusal> {
        self.gatherer.finish()
    }
}

/// Reads a pasted text as rows of a form.
///
/// # Errors
/// [`Refusal`]: nothing of it can be read, and why.
pub fn read_pasted(kind: FormKind, text: &str) -> Result<ReadTable, Refusal> {
    let mut pasted = Pasted::new(kind, text);
    while pasted.read_on(usize::MAX)? {}
    pasted.finish()
}
