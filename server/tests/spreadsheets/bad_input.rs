//! What bad input gets: each is read rightly or gets a sentence at its place.

use std::io::Write;

use credit::credit_code::CreditCode;
use credit::form::FormKind;
use credit::import::{MOST_ROWS, Note, Refusal, judge};
use credit::problem::{Fault, Problem};
use credit::table::ReadTable;
use encoding_rs::GB18030;
use rust_xlsxwriter::{ExcelDateTime, Format};
use server::spreadsheets::reading::read;

use crate::books::{answer, read_rows, rewritten, texts, xlsx};

const OPERATIONS: FormKind = FormKind::Operations;
const HEADS: &str = "年度,主营产品或服务,营业收入（万元）";

fn problems(table: &ReadTable, row: usize, kind: FormKind) -> Vec<(&'static str, Fault)> {
    let own = CreditCode::parse("91310120FXXY000194").expect("a worked example");
    let today = "2026-11-23".parse().expect("a day");
    let (_, problems) = judge(kind, &table.rows[row].draft, &own, today);
    problems.into_iter().map(|Problem { field, fault }| (field.name, fault)).collect()
}

fn one_fault(cell: &str) -> (&'static str, Fault) {
    let table = read_rows(format!("{HEADS}\n2025,预制菜,{cell}\n").as_bytes(), OPERATIONS);
    let mut found = problems(&table, 0, OPERATIONS);
    assert_eq!(found.len(), 1, "{cell}: {found:?}");
    found.remove(0)
}

#[test]
fn text_is_read_in_every_usual_encoding_and_with_every_usual_delimiter() {
    let plain = "年度,主营产品或服务\r\n2025,\"预制菜, 冷链\"\r\n";
    let utf16: Vec<u8> = "\u{FEFF}年度\t主营产品或服务\n2025\t预制菜, 冷链\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let files = [
        plain.as_bytes().to_vec(),
        format!("\u{FEFF}{plain}").into_bytes(),
        GB18030.encode(plain).0.into_owned(),
        "年度;主营产品或服务\n2025;预制菜, 冷链".as_bytes().to_vec(),
        "年度\t主营产品或服务\r2025\t预制菜, 冷链\r".as_bytes().to_vec(),
        utf16,
    ];
    for file in files {
        let table = read_rows(&file, OPERATIONS);
        assert_eq!((answer(&table, 0, "year"), answer(&table, 0, "business")), ("2025".into(), "预制菜, 冷链".into()));
        assert_eq!((table.rows.len(), table.rows[0].line), (1, 2));
    }
}

#[test]
fn quotes_and_scripts_in_names_stay_what_they_are() {
    let table = read_rows(format!("{HEADS}\n2025,\"他说\"\"好\"\"<script>alert(1)</script>\n第二行\",1\n").as_bytes(), OPERATIONS);
    assert_eq!(answer(&table, 0, "business"), "他说\"好\"<script>alert(1)</script>\n第二行");
    assert!(problems(&table, 0, OPERATIONS).is_empty());
}

#[test]
fn hidden_characters_and_full_width_are_read_rightly() {
    let table = read_rows(
        format!("{HEADS}\n\u{200B}２０２５年 ,预制\u{FEFF}菜,１，２３４．５\n").replace('，', "\u{FF0C}").as_bytes(),
        OPERATIONS,
    );
    assert_eq!(problems(&table, 0, OPERATIONS), []);
}

#[test]
fn amounts_are_judged_as_the_form_judges_them() {
    use credit::amount::InvalidAmount::{ChineseNumerals, Grouping, Negative};
    assert_eq!(one_fault("一万"), ("revenue", Fault::Amount(ChineseNumerals)));
    assert_eq!(one_fault("\"1,23\""), ("revenue", Fault::Amount(Grouping)));
    assert_eq!(one_fault("-5"), ("revenue", Fault::Amount(Negative)));
    assert_eq!(one_fault("1.2E+05"), ("revenue", Fault::Exponent));
    let table = read_rows(format!("{HEADS}\n2025,预制菜,\"1,234.5\"\n").as_bytes(), OPERATIONS);
    assert_eq!(problems(&table, 0, OPERATIONS), []);
}

#[test]
fn numbers_and_days_of_a_workbook_are_read_as_what_was_meant() {
    let day = Format::new().set_num_format("yyyy/m/d");
    let book = xlsx(|sheet| {
        texts(sheet, 0, &["证照类别", "证照名称", "证照编号", "发证机关", "发证日期", "有效期至"]);
        texts(sheet, 1, &["许可", "食品经营许可证", "", "某局", "", "2030年3月4日"]);
        sheet.write_number(1, 2, 12_345.0).unwrap();
        sheet.write_datetime_with_format(1, 4, ExcelDateTime::from_ymd(2025, 3, 5).unwrap(), &day).unwrap();
        texts(sheet, 2, &["许可", "食品经营许可证", "", "某局"]);
        sheet.write_number(2, 2, 913_101_200_000_000_000.0).unwrap();
        // Days that lost their format: a serial number, and digits as people write them.
        sheet.write_number(2, 4, 45_721.0).unwrap();
        sheet.write_number(2, 5, 20_300_304.0).unwrap();
    });
    let table = read_rows(&book, FormKind::Licence);
    assert_eq!((answer(&table, 0, "number"), answer(&table, 0, "issued_on")), ("12345".into(), "2025-03-05".into()));
    assert_eq!(problems(&table, 0, FormKind::Licence), []);
    assert_eq!(answer(&table, 1, "issued_on"), "2025-03-05");
    assert_eq!(
        problems(&table, 1, FormKind::Licence),
        [("number", Fault::Exponent)],
        "more than 15 digits are never rounded silently"
    );
}

#[test]
fn days_are_read_in_workbooks_that_count_from_1904() {
    let book = xlsx(|sheet| {
        texts(sheet, 0, &["证照名称", "发证日期"]);
        texts(sheet, 1, &["某证"]);
        sheet.write_number(1, 1, 44_624.0).unwrap();
    });
    let book = rewritten(&book, |name, content| {
        if name != "xl/workbook.xml" {
            return content;
        }
        String::from_utf8(content).unwrap().replace("<workbookPr ", "<workbookPr date1904=\"1\" ").into_bytes()
    });
    assert_eq!(answer(&read_rows(&book, FormKind::Licence), 0, "issued_on"), "2026-03-05");
}

#[test]
fn merged_cells_are_told_and_blank_rows_passed_over() {
    let book = xlsx(|sheet| {
        texts(sheet, 0, &["市场经营登记表"]);
        texts(sheet, 2, &["年度", "主营产品或服务", "营业收入（万元）"]);
        sheet.merge_range(3, 1, 4, 1, "预制菜", &Format::new()).unwrap();
        texts(sheet, 3, &["2024"]);
        texts(sheet, 4, &["2025"]);
        texts(sheet, 9, &["2023", "冷链"]);
    });
    let table = read_rows(&book, OPERATIONS);
    assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [4, 5, 10]);
    assert!(table.notes.contains(&Note::Merged(1)), "{:?}", table.notes);
    assert_eq!(problems(&table, 1, OPERATIONS), [("business", Fault::Missing)]);
}

#[test]
fn what_was_left_out_is_told() {
    let text = "营业收入（万元）,营业收入（是否公开）,备注栏,营业收入\n12,大概,x,13\n";
    let table = read_rows(text.as_bytes(), OPERATIONS);
    let expected = [
        Note::UnknownColumn("备注栏".into()),
        Note::RepeatedColumn("营业收入".into()),
        Note::MissingColumn("year".into()),
        Note::MissingColumn("business".into()),
        Note::UnknownWord { line: 2, name: "revenue.public".into(), typed: "大概".into() },
    ];
    assert_eq!(table.notes, expected);
    assert_eq!((answer(&table, 0, "revenue"), answer(&table, 0, "revenue.public")), ("12".into(), String::new()));
}

#[test]
fn the_sheet_that_has_the_heads_is_read_wherever_it_is() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    texts(workbook.add_worksheet().set_name("封面").unwrap(), 0, &["某公司"]);
    let sheet = workbook.add_worksheet().set_name("数据").unwrap();
    texts(sheet, 0, &["年度", "主营产品或服务"]);
    texts(sheet, 1, &["2025", "冷链"]);
    let table = read_rows(&workbook.save_to_buffer().unwrap(), OPERATIONS);
    assert_eq!((table.rows.len(), table.notes.contains(&Note::Sheet("数据".into()))), (1, true));
}

#[test]
fn more_rows_than_the_limit_are_refused_and_exactly_so_many_are_read() {
    let rows = |count: usize| format!("{HEADS}\n{}", "2025,预制菜,1\n".repeat(count));
    assert_eq!(read_rows(rows(MOST_ROWS).as_bytes(), OPERATIONS).rows.len(), MOST_ROWS);
    assert_eq!(read(rows(MOST_ROWS + 1).as_bytes(), OPERATIONS), Err(Refusal::TooManyRows));
    assert_eq!(read(rows(100_000).as_bytes(), OPERATIONS), Err(Refusal::TooManyRows));
}

#[test]
fn a_bomb_is_refused_whatever_it_declares() {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("[Content_Types].xml", packed).unwrap();
    archive.start_file("xl/workbook.xml", packed).unwrap();
    archive.start_file("xl/worksheets/sheet1.xml", packed).unwrap();
    let zeros = vec![0_u8; 1024 * 1024];
    for _ in 0..200 {
        archive.write_all(&zeros).unwrap();
    }
    let mut bomb = archive.finish().unwrap().into_inner();
    assert!(bomb.len() < 1024 * 1024, "it is small: {}", bomb.len());
    assert_eq!(read(&bomb, OPERATIONS), Err(Refusal::Bomb));
    // The same with a lie in every place that declares the size.
    let size = (200_u32 * 1024 * 1024).to_le_bytes();
    let places: Vec<usize> = bomb.windows(4).enumerate().filter(|(_, four)| *four == size).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        bomb[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
    }
    assert!(matches!(read(&bomb, OPERATIONS), Err(Refusal::Bomb | Refusal::Broken)));
}

#[test]
fn one_long_text_named_in_every_cell_is_refused() {
    let long = "长".repeat(10_000);
    let book = xlsx(|sheet| {
        texts(sheet, 0, &["年度", "主营产品或服务", "主要市场"]);
        for row in 1..=4_000 {
            texts(sheet, row, &["2025", &long, &long]);
        }
    });
    assert_eq!(read(&book, OPERATIONS), Err(Refusal::Bomb));
}

#[test]
fn one_long_text_named_in_every_cell_of_one_row_is_cut() {
    let book = xlsx(|sheet| {
        texts(sheet, 0, &["年度", "主营产品或服务", "主要市场"]);
        texts(sheet, 1, &["2025", "LONG", "LONG"]);
    });
    let long = "长".repeat(1_000_000);
    let grown = rewritten(&book, |name, content| match name {
        "xl/sharedStrings.xml" => String::from_utf8(content).unwrap().replace("LONG", &long).into_bytes(),
        _ => content,
    });
    let table = read_rows(&grown, OPERATIONS);
    assert!(table.rows[0].draft.answer("business").chars().count() < 40_000, "no spreadsheet program has a longer cell");
}

#[test]
fn a_workbook_that_claims_more_texts_than_it_has_bytes_is_refused_before_anyone_makes_room() {
    let book = xlsx(|sheet| texts(sheet, 0, &["年度", "主营产品或服务"]));
    let claiming = rewritten(&book, |name, content| match name {
        "xl/sharedStrings.xml" => {
            let text = String::from_utf8(content).unwrap();
            let claim = text.find("uniqueCount=\"").unwrap() + "uniqueCount=\"".len();
            format!("{}1000000000000{}", &text[..claim], &text[claim + 1..]).into_bytes()
        }
        _ => content,
    });
    assert_eq!(read(&claiming, OPERATIONS), Err(Refusal::Bomb));
}

#[test]
fn a_row_beyond_the_end_of_every_sheet_is_refused() {
    let book = xlsx(|sheet| {
        texts(sheet, 0, &["年度", "主营产品或服务"]);
        texts(sheet, 1, &["2025", "预制菜"]);
    });
    let far = rewritten(&book, |name, content| match name {
        "xl/worksheets/sheet1.xml" => {
            let text = String::from_utf8(content).unwrap();
            text.replace("r=\"A2\"", "r=\"A4294967295\"").replace("r=\"B2\"", "r=\"B4294967295\"").into_bytes()
        }
        _ => content,
    });
    assert_eq!(read(&far, OPERATIONS), Err(Refusal::Broken));
}

#[test]
fn one_sheet_named_many_times_is_not_read_each_time() {
    let book = xlsx(|sheet| {
        for row in 0..2_000 {
            texts(sheet, row, &["甲", "乙"]);
        }
    });
    let many = rewritten(&book, |name, content| match name {
        "xl/workbook.xml" => {
            let text = String::from_utf8(content).unwrap();
            let begin = text.find("<sheet ").unwrap();
            let end = begin + text[begin..].find("/>").unwrap() + 2;
            format!("{}{}{}", &text[..begin], text[begin..end].repeat(20_000), &text[end..]).into_bytes()
        }
        _ => content,
    });
    let began = std::time::Instant::now();
    assert_eq!(read(&many, OPERATIONS), Err(Refusal::NoHeads));
    assert!(began.elapsed() < std::time::Duration::from_secs(30), "{:?}", began.elapsed());
}

#[test]
fn a_line_of_nothing_but_commas_is_read_to_its_end_and_kept_to_no_more_than_a_form_has() {
    let long = format!("{HEADS}\n2025,预制菜{}\n2026,豆腐\n", ",".repeat(3_000_000));
    let table = read_rows(long.as_bytes(), OPERATIONS);
    assert_eq!((table.rows.len(), answer(&table, 1, "business")), (2, "豆腐".to_owned()));
}

#[test]
fn files_that_are_no_tables_get_their_own_reasons() {
    let compound = |more: &[u8]| [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 504], more].concat();
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let sound = xlsx(|sheet| texts(sheet, 0, &["年度", "主营产品或服务"]));
    let cases: Vec<(&str, Vec<u8>, Refusal)> = vec![
        ("an old workbook", compound(b"Workbook"), Refusal::OldWorkbook),
        ("a protected one", compound(&locked), Refusal::Password),
        ("a PDF", b"%PDF-1.7 and so on".to_vec(), Refusal::OtherKind),
        ("a page of HTML", b"<!DOCTYPE html><table><tr><td>x".to_vec(), Refusal::OtherKind),
        ("a picture", b"\x89PNG\r\n\x1a\n0000".to_vec(), Refusal::OtherKind),
        ("noise", vec![0, 1, 2, 3, 0xFF], Refusal::OtherKind),
        ("an unknown encoding", b"a,b\n\xFF\xFF\xFE,\x80".to_vec(), Refusal::Encoding),
        ("another archive", rewritten(&sound, |_, content| content)[..60].to_vec(), Refusal::Broken),
        ("a cut workbook", sound[..sound.len() / 2].to_vec(), Refusal::Broken),
        ("a quotation without end", format!("{HEADS}\n2025,\"预制菜,1\n").into_bytes(), Refusal::Quotation { line: 2 }),
        ("no heads", "甲,乙\n1,2\n".as_bytes().to_vec(), Refusal::NoHeads),
        ("heads alone", sound.clone(), Refusal::NoRows),
    ];
    for (what, content, refusal) in cases {
        assert_eq!(read(&content, OPERATIONS), Err(refusal), "{what}");
    }
}
