//! Files to read.

use std::io::{Cursor, Write};

use credit::form::FormKind;
use credit::table::ReadTable;
use rust_xlsxwriter::{Workbook, Worksheet};
use server::spreadsheets::reading::read;
use zip::write::SimpleFileOptions;

/// A workbook with one sheet.
pub fn xlsx(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().expect("the workbook is sound")
}

/// Writes texts into a row.
pub fn texts(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (at, cell) in (0_u16..).zip(cells) {
        sheet.write_string(row, at, *cell).expect("it is within the sheet");
    }
}

/// A workbook whose parts are changed after it was written.
pub fn rewritten(book: &[u8], change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(book)).expect("it is an archive");
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut entry = old.by_index(at).expect("it is listed");
        let mut content = Vec::new();
        std::io::copy(&mut entry, &mut content).expect("it can be unpacked");
        new.start_file(entry.name(), SimpleFileOptions::default()).expect("it can be begun");
        new.write_all(&change(entry.name(), content)).expect("it can be written");
    }
    new.finish().expect("it can be ended").into_inner()
}

/// Reads what must be readable.
#[track_caller]
pub fn read_rows(content: &[u8], kind: FormKind) -> ReadTable {
    read(content, kind).unwrap_or_else(|refusal| panic!("it can be read: {refusal:?}"))
}

/// The answer of a row, by its place among the rows.
pub fn answer(table: &ReadTable, row: usize, name: &str) -> String {
    table.rows[row].draft.answer(name).to_owned()
}
