//! A form as a spreadsheet: every column comes from the declaration, and heads are forgiven their spelling.

use credit::columns::{Column, Heads, Meaning, STATE_HEADERS, columns};
use credit::form::{FormKind, Kind};
use credit::registration::{contract, licence, operations};

fn texts(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

#[test]
fn every_answer_of_every_form_has_one_column_in_order() {
    for kind in FormKind::ALL {
        let names: Vec<String> = columns(kind.form()).into_iter().map(Column::name).collect();
        let asked: Vec<String> = kind.form().answer_names().map(|name| name.into_owned()).collect();
        assert_eq!(names, asked, "{kind:?}");
    }
}

#[test]
fn the_heads_of_a_template_are_read_in_both_languages() {
    for kind in FormKind::ALL {
        let all = columns(kind.form());
        let zh: Vec<String> = all.iter().map(|column| column.headers().0).collect();
        let en: Vec<String> = all.iter().map(|column| column.headers().1).collect();
        for row in [zh, en] {
            let heads = Heads::read(kind.form(), &row);
            assert_eq!(heads.columns, all.iter().copied().map(Some).collect::<Vec<_>>(), "{kind:?} {row:?}");
            assert!(heads.unknown.is_empty() && heads.repeated.is_empty() && heads.missing.is_empty());
        }
    }
}

#[test]
fn heads_are_forgiven_width_blanks_case_order_and_marks() {
    let cells = texts(&[" 业务 ", "ｙｅａｒ", "* 主营产品或服务（必填）", "营业收入(万元)", "营 业 收 入（是否公开）", "", "年度"]);
    let heads = Heads::read(FormKind::Operations.form(), &cells);
    assert_eq!(
        heads.columns,
        [
            None,
            Some(Column::Answer(&operations::YEAR)),
            Some(Column::Answer(&operations::BUSINESS)),
            Some(Column::Answer(&operations::REVENUE)),
            Some(Column::Disclosure(&operations::REVENUE)),
            None,
            None
        ]
    );
    assert_eq!(heads.unknown, ["业务"]);
    assert_eq!(heads.repeated, ["年度"]);
    assert!(
        heads.missing.contains(&Column::Answer(&operations::TAX)) && !heads.missing.contains(&Column::Answer(&operations::YEAR))
    );
}

#[test]
fn a_head_with_another_unit_is_not_taken_for_ours() {
    let heads = Heads::read(FormKind::Contract.form(), &texts(&["合同金额（元）"]));
    assert_eq!(
        (heads.found(), heads.unknown),
        (0, vec!["合同金额（元）".to_owned()]),
        "万元 would be read ten thousand times too large"
    );
}

#[test]
fn the_columns_of_state_in_an_export_are_passed_over_silently() {
    let cells: Vec<String> = STATE_HEADERS.iter().flat_map(|head| [head.zh.to_owned(), head.en.to_owned()]).collect();
    let heads = Heads::read(FormKind::Licence.form(), &cells);
    assert_eq!((heads.found(), heads.unknown.len()), (0, 0));
}

#[test]
fn words_in_cells_become_answers() {
    let answer = |text: &str| Meaning::Answer(text.to_owned());
    let category = Column::Answer(&licence::CATEGORY);
    assert_eq!(category.meaning(" 许可 "), answer("permit"));
    assert_eq!(category.meaning("PERMIT"), answer("permit"));
    assert_eq!(category.meaning("许可证"), answer("许可证"), "the form says that it is no choice");
    let no_end = Column::Answer(&licence::NO_END);
    assert_eq!([no_end.meaning("是"), no_end.meaning("√"), no_end.meaning("１")], [answer("yes"), answer("yes"), answer("yes")]);
    assert_eq!([no_end.meaning("否"), no_end.meaning(""), no_end.meaning("No")], [answer(""), answer(""), answer("")]);
    assert_eq!(no_end.meaning("看情况"), Meaning::Unknown);
    let amount = Column::Disclosure(&contract::AMOUNT);
    assert_eq!(
        [amount.meaning("只公开区间"), amount.meaning("公开"), amount.meaning("不公开")],
        [answer("range"), answer("full"), answer("")]
    );
    let party = Column::Disclosure(&contract::PARTY_A);
    assert_eq!(party.meaning("只公开区间"), Meaning::Unknown, "a name has no range");
    assert_eq!([party.meaning("是"), party.meaning("公开吗")], [answer("full"), Meaning::Unknown]);
}

#[test]
fn what_is_written_for_an_answer_means_that_answer() {
    for kind in FormKind::ALL {
        for column in columns(kind.form()) {
            let answers: Vec<String> = match column {
                Column::Disclosure(field) => field.disclosures().iter().map(|disclosure| disclosure.name().to_owned()).collect(),
                Column::Answer(field) => match field.kind {
                    Kind::Choice(answers) => answers.iter().map(|answer| answer.value.to_owned()).collect(),
                    Kind::Tick => vec!["yes".to_owned(), String::new()],
                    _ => vec!["2026-03-05".to_owned(), "=1+1".to_owned()],
                },
            };
            for answer in answers {
                assert_eq!(column.meaning(&column.cell(&answer)), Meaning::Answer(answer.clone()), "{} {answer}", column.name());
            }
        }
    }
}
