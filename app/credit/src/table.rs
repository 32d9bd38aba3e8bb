//! Rows of cells become drafts of a form: the heads are found, each cell is read by its column, and what people should know of
//! the table is noted. What a table can hold is bounded here.

use std::borrow::Cow;

use crate::columns::{Column, Heads, Meaning, columns};
use crate::draft::Draft;
use crate::form::FormKind;
use crate::import::{MOST_ROWS, Note, Refusal};
use crate::normal_text::normal_line;

/// Columns beyond these are not looked at: no form has a quarter as many.
pub const MOST_COLUMNS: usize = 256;
/// Heads are looked for in so many rows from the top; above them there may be a title.
const HEADS_WITHIN: usize = 20;
/// A row with so many known heads is the row of heads.
const ENOUGH_HEADS: usize = 2;
/// The most notes on single cells; those that come after are not told.
const MOST_NOTES: usize = 200;
/// The most bytes that the rows of one table may hold together: a workbook can name one long text in every cell.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// What stands in a cell.
pub trait Cell {
    /// As the text that a person would have typed into the form, for a column or, without one, for reading heads.
    fn text(&self, column: Option<Column>) -> Cow<'_, str>;
}

impl Cell for String {
    fn text(&self, _: Option<Column>) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadRow {
    /// Its number as the spreadsheet counts it, from 1.
    pub line: u32,
    /// Its answers, word for word where the column takes any words.
    pub draft: Draft,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadTable {
    /// The rows that are not blank.
    pub rows: Vec<ReadRow>,
    /// What people should know of it.
    pub notes: Vec<Note>,
}

/// What is done with a table in which no row has the heads of the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithoutHeads {
    /// It is refused: it may be any table.
    Refuse,
    /// It is read in the order of the template's columns, from its first row on.
    InOrder,
}

/// Takes rows one by one and makes drafts of them.
pub struct Gatherer<C> {
    kind: FormKind,
    without_heads: WithoutHeads,
    heads: Option<(u32, Heads)>,
    /// The rows above the heads, until those are found.
    above: Vec<(u32, Vec<Option<C>>)>,
    read: ReadTable,
    bytes: usize,
}

impl<C: Cell> Gatherer<C> {
    /// For a table of this form.
    pub fn new(kind: FormKind, without_heads: WithoutHeads) -> Self {
        Self { kind, without_heads, heads: None, above: Vec::new(), read: ReadTable::default(), bytes: 0 }
    }

    /// The number of the row of heads, if it was found.
    pub fn heads_line(&self) -> Option<u32> {
        self.heads.as_ref().map(|(line, _)| *line)
    }

    /// Notes something.
    pub fn note(&mut self, note: Note) {
        if self.read.notes.len() < MOST_NOTES {
            self.read.notes.push(note);
        }
    }

    /// Takes a row.
    ///
    /// # Errors
    /// [`Refusal::TooManyRows`] and [`Refusal::Bomb`], at the first row beyond the limits.
    pub fn row(&mut self, line: u32, mut cells: Vec<Option<C>>) -> Result<(), Refusal> {
        cells.truncate(MOST_COLUMNS);
        match self.heads.take() {
            None => self.look_for_heads(line, cells),
            Some((at, heads)) => {
                let taken = self.take(line, &cells, &heads);
                self.heads = Some((at, heads));
                taken
            }
        }
    }

    fn look_for_heads(&mut self, line: u32, cells: Vec<Option<C>>) -> Result<(), Refusal> {
        let texts: Vec<String> =
            cells.iter().map(|cell| cell.as_ref().map_or_else(String::new, |cell| cell.text(None).into_owned())).collect();
        if self.above.len() >= HEADS_WITHIN || texts.iter().all(|text| text.trim().is_empty()) {
            return Ok(());
        }
        let heads = Heads::read(self.kind.form(), &texts);
        if heads.found() >= ENOUGH_HEADS {
            self.begin_below(line, heads);
            return Ok(());
        }
        self.above.push((line, cells));
        if self.above.len() == HEADS_WITHIN && self.without_heads == WithoutHeads::InOrder { self.go_on_without() } else { Ok(()) }
    }

    fn begin_below(&mut self, line: u32, heads: Heads) {
        for head in &heads.unknown {
            self.note(Note::UnknownColumn(beginning(head)));
        }
        for head in &heads.repeated {
            self.note(Note::RepeatedColumn(beginning(head)));
        }
        for column in heads.missing.iter().filter(|column| column.is_required()) {
            self.note(Note::MissingColumn(column.name()));
        }
        self.heads = Some((line, heads));
        self.above.clear();
    }

    /// Takes the rows in which heads were looked for as rows in the template's order.
    fn go_on_without(&mut self) -> Result<(), Refusal> {
        self.note(Note::NoHeads);
        let columns = columns(self.kind.form()).into_iter().map(Some).collect();
        self.heads = Some((0, Heads { columns, ..Heads::default() }));
        std::mem::take(&mut self.above).into_iter().try_for_each(|(line, cells)| self.row(line, cells))
    }

    fn take(&mut self, line: u32, cells: &[Option<C>], heads: &Heads) -> Result<(), Refusal> {
        let mut answers: Vec<(String, String)> = Vec::new();
        let mut unknown: Vec<Note> = Vec::new();
        // A row of which only the choices of disclosure are there was filled down by mistake; it says nothing.
        let mut says = false;
        for (column, cell) in heads.columns.iter().zip(cells) {
            let (Some(column), Some(cell)) = (column, cell) else { continue };
            let text = cell.text(Some(*column));
            match column.meaning(&text) {
                Meaning::Answer(answer) => {
                    says |= matches!(column, Column::Answer(_)) && !normal_line(&answer).is_empty();
                    answers.push((column.name(), answer));
                }
                Meaning::Unknown => unknown.push(Note::UnknownWord { line, name: column.name(), typed: beginning(&text) }),
            }
        }
        if !says {
            return Ok(());
        }
        if self.read.rows.len() == MOST_ROWS {
            return Err(Refusal::TooManyRows);
        }
        let draft = Draft::typed(self.kind.form(), answers);
        self.bytes += draft.answers().map(|(name, answer)| name.len() + answer.len()).sum::<usize>();
        if self.bytes > MOST_BYTES {
            return Err(Refusal::Bomb);
        }
        unknown.into_iter().for_each(|note| self.note(note));
        self.read.rows.push(ReadRow { line, draft });
        Ok(())
    }

    /// Ends: everything that was read.
    ///
    /// # Errors
    /// [`Refusal::NoHeads`] and [`Refusal::NoRows`], and those of [`row`](Self::row) for rows that waited for heads.
    pub fn finish(mut self) -> Result<ReadTable, Refusal> {
        if self.heads.is_none() && self.without_heads == WithoutHeads::InOrder {
            self.go_on_without()?;
        }
        match (&self.heads, self.read.rows.is_empty()) {
            (None, _) => Err(Refusal::NoHeads),
            (Some(_), true) => Err(Refusal::NoRows),
            (Some(_), false) => Ok(self.read),
        }
    }
}

/// The beginning of words that are shown again.
fn beginning(words: &str) -> String {
    normal_line(words).chars().take(60).collect()
}
