//! The import of an export gives the same items.

use credit::columns::columns;
use credit::credit_code::CreditCode;
use credit::form::{Field, FormKind, Kind};
use credit::import::judge;
use credit::registration::Content;
use encoding_rs::GB18030;
use proptest::prelude::*;
use server::spreadsheets::export::{self, Item};

use crate::books::read_rows;

/// What a form's answer may be in normal form, the awkward ones above all.
fn text(most: u16) -> impl Strategy<Value = String> {
    let most = usize::from(most.min(60));
    prop_oneof![
        "[=+@'\"<>,;&_x0-9A-Za-z（）中文 €\u{20000}-]{1,30}",
        "[=+@-]{1,3}[a-z]{0,5}",
        Just("'=1+1".to_owned()),
        Just("_x000D_".to_owned()),
        Just("\"引号\",逗号".to_owned()),
        "\\PC{1,40}",
    ]
    .prop_map(move |text| credit::normal_text::normal_line(&text.chars().take(most).collect::<String>()))
}

fn answer(field: &'static Field) -> BoxedStrategy<String> {
    match field.kind {
        Kind::Line { most } => text(most).boxed(),
        Kind::Paragraph { most } => (text(most), text(most))
            .prop_map(|(one, other)| credit::normal_text::normal_paragraph(&format!("{one}\n{other}")))
            .boxed(),
        Kind::Date => (2000_i32..2026, 1_u32..13, 1_u32..29).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}")).boxed(),
        Kind::Year => (2000_u32..2026).prop_map(|year| year.to_string()).boxed(),
        Kind::Whole { .. } => (0_u64..1_000_000_000_000).prop_map(|number| number.to_string()).boxed(),
        Kind::Money(unit) => (0_u64..1_000_000_000_000, 0_u32..100)
            .prop_map(move |(whole, cents)| credit::amount::parse_money(&format!("{whole}.{cents:02}"), unit).expect("an amount"))
            .boxed(),
        Kind::Choice(answers) => (0..answers.len()).prop_map(move |at| answers[at].value.to_owned()).boxed(),
        Kind::Tick => Just("yes".to_owned()).boxed(),
        Kind::CreditCode => Just("91310120FXXY00027Y".to_owned()).boxed(),
        Kind::WebAddress => Just("https://example.cn/a?b=1,2".to_owned()).boxed(),
        Kind::Files => Just(String::new()).boxed(),
    }
}

/// Any draft of the form, and of it what holds: an item as it could have been filed.
fn content(kind: FormKind) -> impl Strategy<Value = Content> {
    let parts: Vec<BoxedStrategy<Option<(String, String)>>> = columns(kind.form())
        .into_iter()
        .map(|column| {
            let name = column.name();
            match column {
                credit::columns::Column::Answer(field) => {
                    proptest::option::weighted(0.8, answer(field)).prop_map(move |a| a.map(|a| (name.clone(), a))).boxed()
                }
                credit::columns::Column::Disclosure(field) => {
                    let offered = field.disclosures();
                    (0..offered.len()).prop_map(move |at| Some((name.clone(), offered[at].name().to_owned()))).boxed()
                }
            }
        })
        .collect();
    parts.prop_map(move |answers| held(kind, &credit::draft::Draft::typed(kind.form(), answers.into_iter().flatten())))
}

fn held(kind: FormKind, draft: &credit::draft::Draft) -> Content {
    let own = CreditCode::parse("91310120FXXY000194").expect("a worked example");
    judge(kind, draft, &own, "2026-11-23".parse().expect("a day")).0
}

/// A row needs at least one answer to be one.
fn is_row(content: &Content) -> bool {
    content.keys().any(|name| !name.ends_with(".public"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_import_of_an_export_gives_the_same_items(
        (kind, contents) in (0..FormKind::ALL.len()).prop_flat_map(|at| {
            let kind = FormKind::ALL[at];
            (Just(kind), proptest::collection::vec(content(kind), 1..6))
        })
    ) {
        let contents: Vec<Content> = contents.into_iter().filter(is_row).collect();
        prop_assume!(!contents.is_empty());
        let items: Vec<Item> = contents
            .iter()
            .map(|content| Item {
                content: content.clone(),
                reference: "K7M4-9TQX-3RAD".to_owned(),
                state: "已收到，正在送交平台".to_owned(),
                filed_at: "2026-11-23 09:15".to_owned(),
            })
            .collect();
        let csv = export::as_csv(kind, &items);
        let gb18030 = GB18030.encode(csv.trim_start_matches('\u{FEFF}')).0.into_owned();
        for file in [export::xlsx(kind, &items).expect("it can be written"), csv.into_bytes(), gb18030] {
            let table = read_rows(&file, kind);
            prop_assert_eq!(&table.notes, &[]);
            let read: Vec<Content> = table.rows.iter().map(|row| held(kind, &row.draft)).collect();
            prop_assert_eq!(&read, &contents);
        }
    }
}

#[test]
fn no_cell_of_an_export_begins_like_a_formula() {
    let dangerous = ["=1+1", "+86 21", "-5", "@SUM(A1)", "'=1"];
    let items: Vec<Item> = dangerous
        .iter()
        .map(|title| Item {
            content: [("title".to_owned(), (*title).to_owned())].into(),
            reference: String::new(),
            state: String::new(),
            filed_at: String::new(),
        })
        .collect();
    let csv = export::as_csv(FormKind::Licence, &items);
    for (line, title) in csv.lines().skip(1).zip(dangerous) {
        assert_eq!(line.split(',').nth(1), Some(format!("'{title}").as_str()));
    }
    let book = export::xlsx(FormKind::Licence, &items).expect("it can be written");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("it is an archive");
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").expect("there"), &mut sheet).expect("text");
    assert!(!sheet.contains("<f>"), "there is no formula in the sheet");
}
