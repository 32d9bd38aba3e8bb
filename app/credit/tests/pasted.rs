//! Pasted rows: heads or none, whatever spreadsheets put between them, and the same faults as in the form.

use credit::credit_code::CreditCode;
use credit::form::FormKind;
use credit::import::{MOST_ROWS, Note, Refusal, judge};
use credit::pasted::{Pasted, read_pasted};
use credit::problem::Fault;
use credit::table::ReadTable;

const OPERATIONS: FormKind = FormKind::Operations;

fn read(text: &str) -> ReadTable {
    read_pasted(OPERATIONS, text).unwrap_or_else(|refusal| panic!("it can be read: {refusal:?}"))
}

fn answers(table: &ReadTable, row: usize) -> Vec<(&str, &str)> {
    table.rows[row].draft.answers().collect()
}

fn faults(table: &ReadTable, row: usize) -> Vec<(&'static str, Fault)> {
    let own = CreditCode::parse("91310120FXXY000194").expect("a worked example");
    let (_, problems) = judge(OPERATIONS, &table.rows[row].draft, &own, "2026-11-23".parse().expect("a day"));
    problems.into_iter().map(|problem| (problem.field.name, problem.fault)).collect()
}

#[test]
fn rows_below_heads_are_read_by_them_in_any_order() {
    let table = read("\u{FEFF}主营产品或服务*\t年度\t备注\t\r\n预制菜\t2025\tx\t\r\n\r\n冷链\t2024年\t\t\r\n");
    assert_eq!(table.notes, [Note::UnknownColumn("备注".into())]);
    assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4], "blank rows count as rows");
    assert_eq!(answers(&table, 1), [("business", "冷链"), ("year", "2024年")]);
    assert_eq!(faults(&table, 1), []);
}

#[test]
fn heads_may_stand_below_a_title() {
    let table = read("市场经营登记表\t\n\n年度\t主营产品或服务\n2025\t预制菜\n");
    assert_eq!((table.rows.len(), table.rows[0].line, table.notes.as_slice()), (1, 4, &[][..]));
}

#[test]
fn without_heads_the_order_of_the_template_counts_from_the_first_row_on() {
    let table = read("2025\t预制菜\n去年\t\"冷链\n仓储\"\t\n");
    assert_eq!(table.notes, [Note::NoHeads]);
    assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(answers(&table, 0), [("business", "预制菜"), ("year", "2025")]);
    assert_eq!(answers(&table, 1), [("business", "冷链\n仓储"), ("year", "去年")]);
    assert_eq!((faults(&table, 0), faults(&table, 1)), (vec![], vec![("year", Fault::Year { first: 2000, last: 2026 })]));
}

#[test]
fn many_rows_without_heads_are_all_there_and_in_order() {
    let table = read(&"2025\t预制菜\t\n\n".repeat(300));
    assert_eq!(table.rows.len(), 300);
    assert!(table.rows.iter().zip(0_u32..).all(|(row, at)| row.line == 2 * at + 1));
}

#[test]
fn full_width_and_invisible_characters_are_read_rightly() {
    let table = read("年 度\t主营产品或服务\t营业收入（万元）\n\u{200B}２０２５年　\t预制\u{FEFF}菜\t１，２３４．５\n");
    assert_eq!(faults(&table, 0), []);
}

#[test]
fn what_cannot_be_read_is_refused_as_a_file_is() {
    assert_eq!(read_pasted(OPERATIONS, " \n\t\t\n　\n"), Err(Refusal::NoRows));
    assert_eq!(read_pasted(OPERATIONS, "年度\t主营产品或服务\n"), Err(Refusal::NoRows));
    assert_eq!(read_pasted(OPERATIONS, "2025\t\"预制菜"), Err(Refusal::Quotation { line: 1 }));
    let rows = |count: usize| "2025\t预制菜\n".repeat(count);
    assert_eq!(read(&rows(MOST_ROWS)).rows.len(), MOST_ROWS);
    assert_eq!(read_pasted(OPERATIONS, &rows(MOST_ROWS + 1)), Err(Refusal::TooManyRows));
}

#[test]
fn reading_on_by_small_steps_gives_the_same_as_reading_at_once() {
    let text = format!("年度\t主营产品或服务\n{}", "2025\t\"预制菜\n冷链\"\n".repeat(25));
    let mut pasted = Pasted::new(OPERATIONS, text.as_str());
    let mut steps = 0;
    while pasted.read_on(7).expect("it can be read") {
        steps += 1;
    }
    assert_eq!((steps, pasted.finish()), (3, Ok(read(&text))));
}
