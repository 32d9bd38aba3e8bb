//! Tables as text, after RFC 4180 and as spreadsheets copy them: rows of cells, parted by commas, semicolons or tabs.

use crate::formula::fused;
use crate::import::Refusal;
use crate::table::MOST_COLUMNS;

/// The rows of a text, one by one: each as its cells, word for word but for quotation marks around them and apostrophes
/// that keep them from being formulas. Blank rows are rows too, so that counting gives a row's number.
///
/// A row is [`Refusal::Quotation`] when a quotation in it never ends; nothing comes after that.
pub struct TextRows<T> {
    text: T,
    /// Where the next row begins.
    at: usize,
    parted_by: u8,
    /// The line in which the next row begins, from 1.
    line: u32,
}

impl<T: AsRef<str>> TextRows<T> {
    /// The rows of a file, parted by whatever occurs most in its first row that is not blank.
    pub fn of_file(text: T) -> Self {
        let parted_by = delimiter(text.as_ref());
        Self { text, at: 0, parted_by, line: 1 }
    }

    /// Rows that were pasted: parted by tabs, as spreadsheets copy them; without a single tab, as in a file.
    pub fn pasted(text: T) -> Self {
        let parted_by = if text.as_ref().contains('\t') { b'\t' } else { delimiter(text.as_ref()) };
        Self { text, at: 0, parted_by, line: 1 }
    }
}

impl<T: AsRef<str>> Iterator for TextRows<T> {
    type Item = Result<Vec<String>, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.text.as_ref();
        if self.at >= text.len() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            let Some(cell) = cell(text, self.at, self.parted_by) else {
                self.at = text.len();
                return Some(Err(Refusal::Quotation { line: self.line }));
            };
            self.line += u32::try_from(cell.text.matches('\n').count()).unwrap_or(u32::MAX);
            // A line of nothing but commas has more cells than bytes of memory should go for.
            if cells.len() < MOST_COLUMNS {
                cells.push(fused(&cell.text).to_owned());
            }
            let rest = &text.as_bytes()[cell.end..];
            self.at = cell.end + if rest.starts_with(b"\r\n") { 2 } else { rest.len().min(1) };
            if rest.first() != Some(&self.parted_by) {
                self.line += 1;
                return Some(Ok(cells));
            }
        }
    }
}

/// What stands in a cell, and where it ends: at what parts it from the next, at a line break, or with the text.
struct Found {
    text: String,
    end: usize,
}

/// The cell that begins here; none if it begins a quotation that never ends.
fn cell(text: &str, at: usize, parted_by: u8) -> Option<Found> {
    if text.as_bytes().get(at) == Some(&b'"')
        && let Some(quoted) = quoted(text, at + 1, parted_by)?
    {
        return Some(quoted);
    }
    let ends = |byte: &u8| *byte == parted_by || matches!(byte, b'\r' | b'\n');
    let end = text.as_bytes()[at..].iter().position(ends).map_or(text.len(), |length| at + length);
    Some(Found { text: text[at..end].to_owned(), end })
}

/// The quotation whose first mark stands before `from`. `Some(None)`: it is none, as something follows its last mark; so marks
/// that belong to a name stay in it (`"红旗"牌`). `None`: it never ends.
fn quoted(text: &str, mut from: usize, parted_by: u8) -> Option<Option<Found>> {
    let mut inside = String::new();
    loop {
        let mark = from + text[from..].find('"')?;
        inside.push_str(&text[from..mark]);
        let after = &text[mark + 1..];
        if after.starts_with('"') {
            inside.push('"');
            from = mark + 2;
            continue;
        }
        let further = after.trim_start_matches(' ');
        let is_end = further.bytes().next().is_none_or(|byte| byte == parted_by || matches!(byte, b'\r' | b'\n'));
        return Some(is_end.then(|| Found { text: inside, end: text.len() - further.len() }));
    }
}

/// What parts the cells of the first row that is not blank: whatever occurs in it most.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in first.bytes() {
        quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| !quoted && *sign == byte) {
            *count += 1;
        }
    }
    // Of equals the first counts: a table of one column has no delimiter at all.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| sign)
}
