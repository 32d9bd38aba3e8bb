//! The sheet that templates and exports have in common.

use credit::columns::{STATE_HEADERS, columns};
use credit::form::{FormKind, Kind};
use credit::formula::defused;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Formula, Note, Workbook, Worksheet, XlsxError,
};

/// A workbook could not be made: a fault of the program.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be written: {0}")]
pub struct Unwritable(#[from] XlsxError);

/// The name of the sheet that holds the rows.
const ROWS: &str = "填写";
/// The name of the sheet that holds the words of drop-down lists.
const WORDS: &str = "选项";
/// Drop-down lists and text format reach down to this row.
const LAST_ROW: u32 = 5_000;

/// Makes a workbook whose first sheet has the heads, with notes, lists and formats from the declaration; `rows` stand below
/// them, all as text. With `states`, columns for the state of an item stand at the end.
pub(super) fn workbook_of(kind: FormKind, rows: &[Vec<String>], states: bool) -> Result<Workbook, Unwritable> {
    let mut workbook = Workbook::new();
    let text = Format::new().set_num_format("@");
    let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let mut words = Worksheet::new();
    words.set_name(WORDS)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name(ROWS)?.set_freeze_panes(1, 0)?.set_row_height(0, 36)?;
    let all = columns(kind.form());
    for (at, column) in (0_u16..).zip(&all) {
        let mark = if column.is_required() { "*" } else { "" };
        sheet.write_string_with_format(0, at, format!("{}{mark}", column.headers().0), &head)?;
        let note = column.note();
        let said = format!("{}\n{}", note.zh, note.en);
        sheet.insert_note(0, at, &Note::new(said).add_author_prefix(false).set_width(260).set_height(120))?;
        let wide = match column.field().kind {
            Kind::Line { most } if most > 100 => 32,
            Kind::Paragraph { .. } => 40,
            Kind::CreditCode => 24,
            _ => 16,
        };
        // As text, a long number keeps all its digits.
        sheet.set_column_width(at, wide)?.set_column_format(at, &text)?;
        let list = column.words();
        for (line, word) in (0_u32..).zip(&list) {
            words.write_string(line, at, word.zh)?;
        }
        if !list.is_empty() {
            let letters = rust_xlsxwriter::utility::column_number_to_name(at);
            let formula = Formula::new(format!("='{WORDS}'!${letters}$1:${letters}${}", list.len()));
            let validation = DataValidation::new()
                .allow_list_formula(formula)
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title("请从列表中选择")?
                .set_error_message("这一列只能填写列表中的内容。Please choose from the list.")?;
            sheet.add_data_validation(1, at, LAST_ROW, at, &validation)?;
        }
    }
    if states {
        for (at, state) in (u16::try_from(all.len()).unwrap_or(u16::MAX)..).zip(STATE_HEADERS) {
            sheet.write_string_with_format(0, at, state.zh, &head)?.set_column_width(at, 20)?;
        }
    }
    for (line, row) in (1_u32..).zip(rows) {
        for (at, cell) in (0_u16..).zip(row) {
            // Written as a string, nothing is ever a formula.
            if !cell.is_empty() {
                sheet.write_string_with_format(line, at, cell, &text)?;
            }
        }
    }
    words.set_hidden(true);
    workbook.push_worksheet(words);
    Ok(workbook)
}

/// A table as CSV (RFC 4180): UTF-8 with its mark, so that spreadsheets know the encoding, and nothing in it a formula.
pub(super) fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = String::from('\u{FEFF}');
    for row in rows {
        text.push_str(&csv_line(&row));
    }
    text
}

/// One line of such a table.
pub(crate) fn csv_line(row: &[String]) -> String {
    let cells: Vec<String> = row.iter().map(|cell| quoted(&defused(cell))).collect();
    format!("{}\r\n", cells.join(","))
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', ';', '\t', '\r', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
