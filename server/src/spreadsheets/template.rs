//! The empty table of a form, to be filled in.

use app::wording::imports::instructions;
use credit::columns::columns;
use credit::form::FormKind;
use rust_xlsxwriter::{Format, FormatAlign};

use super::Unwritable;
use super::writing::{csv, workbook_of};

/// As a workbook (.xlsx): heads with notes, drop-down lists, columns kept as text, and a sheet of instructions.
///
/// # Errors
/// [`Unwritable`], a fault of the program.
pub fn xlsx(kind: FormKind) -> Result<Vec<u8>, Unwritable> {
    let mut workbook = workbook_of(kind, &[], false)?;
    let sheet = workbook.add_worksheet();
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let bold = wrap.clone().set_bold();
    sheet.set_name("说明 Instructions")?.set_column_width(0, 34)?.set_column_width(1, 60)?.set_column_width(2, 60)?;
    let mut line = 0;
    for (zh, en) in instructions(kind) {
        sheet.write_string_with_format(line, 1, zh, &wrap)?.write_string_with_format(line, 2, en, &wrap)?;
        line += 1;
    }
    line += 1;
    for column in columns(kind.form()) {
        let (zh, en) = column.headers();
        let note = column.note();
        sheet
            .write_string_with_format(line, 0, format!("{zh}\n{en}"), &bold)?
            .write_string_with_format(line, 1, note.zh, &wrap)?
            .write_string_with_format(line, 2, note.en, &wrap)?;
        line += 1;
    }
    Ok(workbook.save_to_buffer()?)
}

/// As CSV: the heads alone.
pub fn as_csv(kind: FormKind) -> String {
    csv([columns(kind.form()).into_iter().map(|column| column.headers().0).collect()])
}
