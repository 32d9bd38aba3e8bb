//! Templates: read back by the program that reads what people send.

use std::io::{Cursor, Read};

use credit::columns::columns;
use credit::form::FormKind;
use credit::import::Refusal;
use server::spreadsheets::reading::read;
use server::spreadsheets::template;

use crate::books::{answer, read_rows, rewritten};

fn part(book: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).expect("it is an archive");
    let mut text = String::new();
    archive.by_name(name).expect("the part is there").read_to_string(&mut text).expect("it is text");
    text
}

#[test]
fn an_empty_template_has_every_head_and_no_row() {
    for kind in FormKind::ALL {
        let book = template::xlsx(*kind).expect("it can be written");
        assert_eq!(read(&book, *kind), Err(Refusal::NoRows), "{kind:?}: the heads are known");
        let text = template::as_csv(*kind);
        assert_eq!(read(text.as_bytes(), *kind), Err(Refusal::NoRows), "{kind:?}");
        assert!(text.starts_with('\u{FEFF}'), "spreadsheets need the mark to know the encoding");
    }
}

#[test]
fn a_filled_template_is_read_with_all_its_columns() {
    for kind in FormKind::ALL {
        let all = columns(kind.form());
        let row: Vec<String> = all.iter().map(|column| column.words().first().map_or("x", |word| word.zh).to_owned()).collect();
        let text = format!("{}{}\r\n", template::as_csv(*kind), row.join(","));
        let table = read_rows(text.as_bytes(), *kind);
        assert_eq!(table.notes, [], "{kind:?}");
        assert_eq!(answer(&table, 0, kind.form().named_by.name), "x");
    }
}

#[test]
fn a_template_has_lists_notes_and_columns_of_text() {
    let book = template::xlsx(FormKind::Contract).expect("it can be written");
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    let lists = columns(FormKind::Contract.form()).iter().filter(|column| !column.words().is_empty()).count();
    assert_eq!(sheet.matches("<dataValidation ").count(), lists);
    let notes = part(&book, "xl/comments1.xml");
    assert_eq!(notes.matches("<comment ").count(), columns(FormKind::Contract.form()).len());
    assert!(notes.contains("必填。") && notes.contains("Required."), "the notes come from the declaration in both languages");
    assert!(part(&book, "xl/sharedStrings.xml").contains("教育"), "even long lists are there");
    assert!(part(&book, "xl/styles.xml").contains("formatCode=\"@\""), "codes and numbers are kept as text");
    assert!(rewritten(&book, |_, content| content).starts_with(b"PK"));
}
