//! From the bytes of a file to rows that the form can judge. Everything that a file can do to the server is bounded here and
//! in `archive.rs`.

use credit::columns::{Column, Heads, Meaning};
use credit::draft::Draft;
use credit::form::FormKind;
use credit::import::{MOST_ROWS, Note, Refusal};
use credit::normal_text::normal_line;

use super::cell::{Cell, Epoch};
use super::{text_table, workbook};

/// Columns beyond these are not looked at: no form has a quarter as many.
pub(super) const MOST_COLUMNS: usize = 256;
/// Heads are looked for in so many rows from the top; above them there may be a title.
const HEADS_WITHIN: usize = 20;
/// A row with so many known heads is the row of heads.
const ENOUGH_HEADS: usize = 2;
/// The most notes on single cells; those that come after are not told.
const MOST_NOTES: usize = 200;
/// The most bytes that the rows of one file may hold together: a workbook can name one long text in every cell.
const MOST_BYTES: usize = 64 * 1024 * 1024;

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

/// Reads a file as rows of a form. Its kind is told by its content and never by its name.
///
/// # Errors
/// [`Refusal`]: nothing of it can be read, and why.
pub fn read(content: &[u8], kind: FormKind) -> Result<ReadTable, Refusal> {
    let mut gatherer = Gatherer::new(kind);
    if content.starts_with(b"PK") {
        workbook::read(content, &mut gatherer)?;
    } else if content.starts_with(COMPOUND_FILE) {
        let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let locked = content.windows(encrypted.len()).any(|window| window == encrypted);
        return Err(if locked { Refusal::Password } else { Refusal::OldWorkbook });
    } else if infer::get(content).is_some_and(|kind| kind.matcher_type() != infer::MatcherType::Text) {
        return Err(Refusal::OtherKind);
    } else {
        text_table::read(content, &mut gatherer)?;
    }
    gatherer.finish()
}

/// What workbooks of before 2007 and encrypted ones begin with ([MS-CFB] 2.2).
const COMPOUND_FILE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Takes rows one by one and makes drafts of them.
pub(super) struct Gatherer {
    kind: FormKind,
    heads: Option<(u32, Heads)>,
    looked_at: usize,
    read: ReadTable,
    bytes: usize,
}

impl Gatherer {
    fn new(kind: FormKind) -> Self {
        Self { kind, heads: None, looked_at: 0, read: ReadTable::default(), bytes: 0 }
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
    pub fn row(&mut self, line: u32, mut cells: Vec<Option<Cell>>, epoch: Epoch) -> Result<(), Refusal> {
        cells.truncate(MOST_COLUMNS);
        match self.heads.take() {
            None => {
                self.look_for_heads(line, &cells, epoch);
                Ok(())
            }
            Some((at, heads)) => {
                let taken = self.take(line, &cells, &heads, epoch);
                self.heads = Some((at, heads));
                taken
            }
        }
    }

    fn look_for_heads(&mut self, line: u32, cells: &[Option<Cell>], epoch: Epoch) {
        let texts: Vec<String> =
            cells.iter().map(|cell| cell.as_ref().map_or_else(String::new, |cell| cell.text(None, epoch))).collect();
        if self.looked_at >= HEADS_WITHIN || texts.iter().all(|text| text.trim().is_empty()) {
            return;
        }
        self.looked_at += 1;
        let heads = Heads::read(self.kind.form(), &texts);
        if heads.found() < ENOUGH_HEADS {
            return;
        }
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
    }

    fn take(&mut self, line: u32, cells: &[Option<Cell>], heads: &Heads, epoch: Epoch) -> Result<(), Refusal> {
        let mut answers: Vec<(String, String)> = Vec::new();
        let mut unknown: Vec<Note> = Vec::new();
        for (column, cell) in heads.columns.iter().zip(cells) {
            let (Some(column), Some(cell)) = (column, cell) else { continue };
            let text = cell.text(Some(*column), epoch);
            match column.meaning(&text) {
                Meaning::Answer(answer) => answers.push((column.name(), answer)),
                Meaning::Unknown => unknown.push(Note::UnknownWord { line, name: column.name(), typed: beginning(&text) }),
            }
        }
        // A row of which only the choices of disclosure are there was filled down by mistake; it says nothing.
        let says = |(name, answer): &(String, String)| {
            !normal_line(answer).is_empty()
                && heads.columns.iter().flatten().any(|c| matches!(c, Column::Answer(f) if f.name == name))
        };
        if !answers.iter().any(says) {
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

    fn finish(self) -> Result<ReadTable, Refusal> {
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
