//! Tables as text: cells and rows as files have them and as spreadsheets copy them.

use credit::import::Refusal;
use credit::text_table::TextRows;

type Rows = Result<Vec<Vec<String>>, Refusal>;

fn pasted(text: &str) -> Rows {
    TextRows::pasted(text).collect()
}

fn of_file(text: &str) -> Rows {
    TextRows::of_file(text).collect()
}

fn rows(expected: &[&[&str]]) -> Rows {
    Ok(expected.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect())
}

#[test]
fn cells_are_parted_by_tabs_and_rows_by_every_kind_of_line_break() {
    for line_break in ["\n", "\r\n", "\r"] {
        let text = ["2025\t预制菜", "2024\t冷链", ""].join(line_break);
        assert_eq!(pasted(&text), rows(&[&["2025", "预制菜"], &["2024", "冷链"]]), "{line_break:?}");
    }
}

#[test]
fn the_last_row_needs_no_line_break_and_blank_rows_count() {
    assert_eq!(pasted("a\tb\n\nc\td"), rows(&[&["a", "b"], &[""], &["c", "d"]]));
    assert_eq!(pasted(""), rows(&[]));
    assert_eq!(pasted("\n"), rows(&[&[""]]));
}

#[test]
fn tabs_at_the_end_of_a_row_are_empty_cells() {
    assert_eq!(pasted("a\t\t\r\n\tb\t"), rows(&[&["a", "", ""], &["", "b", ""]]));
}

#[test]
fn a_quoted_cell_holds_line_breaks_tabs_and_doubled_marks() {
    assert_eq!(
        pasted("2025\t\"第一行\r\n第二行，“好”\n\"\"第三行\"\"\t完\"\t86\n2024\t\"\"\t\n"),
        rows(&[&["2025", "第一行\r\n第二行，“好”\n\"第三行\"\t完", "86"], &["2024", "", ""]])
    );
}

#[test]
fn marks_that_belong_to_a_name_stay_in_it() {
    assert_eq!(pasted("\"红旗\"牌机械\t6\"管\t\"全称\" \n"), rows(&[&["\"红旗\"牌机械", "6\"管", "全称"]]));
}

#[test]
fn a_quotation_that_never_ends_is_refused_with_its_line() {
    assert_eq!(pasted("a\t\"x\ny\"\n\nb\t\"z\nzz"), Err(Refusal::Quotation { line: 4 }));
    assert_eq!(TextRows::pasted("a\n\"b").count(), 2, "nothing comes after it");
}

#[test]
fn without_a_tab_a_pasted_text_is_parted_as_a_file_is() {
    assert_eq!(pasted("年度,主营\n2025,\"菜, 肉\"\n"), rows(&[&["年度", "主营"], &["2025", "菜, 肉"]]));
    assert_eq!(pasted("甲，乙, 丙\t2025\n"), rows(&[&["甲，乙, 丙", "2025"]]), "one tab, and commas are commas");
    assert_eq!(of_file("甲;乙,丙;丁\n"), rows(&[&["甲", "乙,丙", "丁"]]));
    assert_eq!(of_file("\n\"甲;乙;丙;丁\",戊\n"), rows(&[&[""], &["甲;乙;丙;丁", "戊"]]));
}

#[test]
fn an_apostrophe_that_kept_a_text_from_being_a_formula_is_taken_off() {
    assert_eq!(pasted("'=1+1\t'正常\t''-5"), rows(&[&["=1+1", "'正常", "'-5"]]));
}
