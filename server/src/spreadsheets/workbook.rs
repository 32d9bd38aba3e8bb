//! Workbooks (.xlsx), cell by cell as they are unpacked: never a whole sheet in memory.

use std::io::Cursor;

use calamine::{Cell as Found, DataRef, Dimensions, Reader, SheetType, Xlsx, XlsxError};
use credit::import::{Note, Refusal};

use credit::table::{Gatherer, MOST_COLUMNS};

use super::archive::measure;
use super::cell::{Cell, Epoch};

/// So many sheets are looked at: a small workbook can name one large sheet a hundred thousand times.
const MOST_SHEETS: usize = 20;
/// A sheet has no more rows (ECMA-376 names no limit; every spreadsheet program has this one).
const MOST_LINES: u32 = 1_048_576;
/// A cell has no more characters in any spreadsheet program; a form takes far fewer.
const MOST_CHARACTERS: usize = 32_767;

/// Reads the first sheet that has the heads.
///
/// # Errors
/// [`Refusal`] with the reason.
pub(super) fn read(content: &[u8], gatherer: &mut Gatherer<Cell>) -> Result<(), Refusal> {
    measure(content)?;
    let mut workbook = Xlsx::new(Cursor::new(content)).map_err(|error| match error {
        XlsxError::Password => Refusal::Password,
        _ => Refusal::Broken,
    })?;
    let epoch = if workbook.has_1904_epoch() { Epoch::From1904 } else { Epoch::From1900 };
    let sheets: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    for sheet in sheets.iter().take(MOST_SHEETS) {
        read_sheet(&mut workbook, sheet, epoch, gatherer)?;
        let Some(heads) = gatherer.heads_line() else { continue };
        let merged = workbook.worksheet_merge_cells(sheet).and_then(Result::ok).unwrap_or_default();
        let among_rows = merged.iter().filter(|area: &&Dimensions| area.end.0 >= heads).count();
        if among_rows > 0 {
            gatherer.note(Note::Merged(u32::try_from(among_rows).unwrap_or(u32::MAX)));
        }
        if sheets.first() != Some(sheet) {
            gatherer.note(Note::Sheet(sheet.clone()));
        }
        return Ok(());
    }
    Ok(())
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

fn read_sheet(workbook: &mut Book<'_>, sheet: &str, epoch: Epoch, gatherer: &mut Gatherer<Cell>) -> Result<(), Refusal> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|_| Refusal::Broken)?;
    let mut row: Option<(u32, Vec<Option<Cell>>)> = None;
    while let Some(found) = cells.next_cell().map_err(|_| Refusal::Broken)? {
        let (at, column) = found.get_position();
        if at >= MOST_LINES {
            return Err(Refusal::Broken);
        }
        if row.as_ref().is_some_and(|(line, _)| *line != at)
            && let Some((line, cells)) = row.take()
        {
            gatherer.row(line + 1, cells)?;
        }
        let column = column as usize;
        if let Some(cell) = (column < MOST_COLUMNS).then(|| cell(&found, epoch)).flatten() {
            let (_, cells) = row.get_or_insert_with(|| (at, Vec::new()));
            if cells.len() <= column {
                cells.resize(column + 1, None);
            }
            cells[column] = Some(cell);
        }
    }
    match row {
        Some((line, cells)) => gatherer.row(line + 1, cells),
        None => Ok(()),
    }
}

fn cell(found: &Found<DataRef<'_>>, epoch: Epoch) -> Option<Cell> {
    Some(match found.get_value() {
        DataRef::Empty => return None,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(beginning(text)),
        DataRef::SharedString(text) => Cell::Text(beginning(text)),
        DataRef::Int(number) => Cell::Number(*number as f64, epoch),
        DataRef::Float(number) => Cell::Number(*number, epoch),
        DataRef::Bool(truth) => Cell::Truth(*truth),
        DataRef::DateTime(day) if day.is_duration() => Cell::Number(day.as_f64(), epoch),
        DataRef::DateTime(day) => Cell::Day(day.as_f64(), epoch),
        DataRef::Error(error) => Cell::Text(error.to_string()),
    })
}

/// One long text can be named in every cell of a row.
fn beginning(text: &str) -> String {
    text.char_indices().nth(MOST_CHARACTERS).map_or(text, |(end, _)| &text[..end]).to_owned()
}
