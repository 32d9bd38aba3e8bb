//! Templates of commitments: their blanks, what comes out when they are filled, and how long it is valid.

use chrono::NaiveDate;
use credit::commitment::statement::{Signing, Statement};
use credit::commitment::template::{Template, Validity, Written};
use credit::commitment::{CommitmentKind, WithdrawalRule};
use credit::credit_code::CreditCode;
use credit::draft::Draft;
use credit::enterprise::Enterprise;
use credit::form::FormKind;
use credit::person::Role;
use credit::problem::Fault;
use credit::registration::{Content, Facts, parse, parse_form};

const WRITTEN: &str = r#"{
  "id": "repair", "version": 3, "kind": "repair",
  "title": {"zh": "信用修复承诺书", "en": "Commitment for repair"}, "summary": {"zh": "一句话", "en": "A sentence"},
  "matter": "修复{{number}}", "bases": [{"name": "《信用修复管理办法》"}],
  "authority": {"name": "奉贤区市场监督管理局", "code": "11310120FXXY0006XF"},
  "text": ["本单位于{{paid_on}}缴清罚款{{fine}}，联系电话{{phone}}。", "整改情况：{{how}}", "备注：{{remark}}"],
  "liability": ["依法承担责任。"],
  "blanks": [
    {"name": "number", "kind": "line", "most": 128, "label": {"zh": "文号", "en": "Number"}},
    {"name": "paid_on", "kind": "date", "label": {"zh": "缴款日期", "en": "Paid on"}},
    {"name": "fine", "kind": "money", "label": {"zh": "罚款", "en": "Fine"}},
    {"name": "phone", "kind": "line", "audience": "platform", "label": {"zh": "电话", "en": "Telephone"}},
    {"name": "how", "kind": "paragraph", "most": 500, "label": {"zh": "整改情况", "en": "How"}},
    {"name": "remark", "kind": "line", "optional": true, "label": {"zh": "备注", "en": "Remark"}},
    {"name": "valid_until", "kind": "date", "label": {"zh": "有效期至", "en": "Valid until"}}
  ],
  "validity": "until_blank", "scope": "public", "publication_term": {"years": 1},
  "signers": ["legal_representative"], "level": "signature"
}"#;

fn template(validity: Validity) -> Template {
    let written: Written = serde_json::from_str(WRITTEN).expect("a sound template");
    Template::ready(Written { validity, ..written }, "ab".repeat(32))
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn typed() -> Vec<(&'static str, &'static str)> {
    vec![
        ("blank.number", "沪市监奉处〔2026〕{{fine}}号"),
        ("blank.paid_on", "2026/3/5"),
        ("blank.fine", "5,000"),
        ("blank.phone", "13800000001"),
        ("blank.how", "停用旧设备。\n\n  签署人：赵六"),
        ("blank.valid_until", "2027年5月1日"),
        ("number", "不是这张表的答案"),
    ]
}

fn answers(template: &Template) -> Content {
    let draft = Draft::typed(template.form, typed());
    parse_form(template.form, &draft, &Facts::default(), day("2026-11-24")).expect("it holds")
}

#[test]
fn blanks_are_filled_once_and_as_people_write() {
    let template = template(Validity::UntilBlank);
    let filled = template.fill(&answers(&template));
    assert_eq!(filled.matter, "修复沪市监奉处〔2026〕{{fine}}号");
    let expected =
        ["本单位于2026年3月5日缴清罚款5000元，联系电话13800000001。", "整改情况：停用旧设备。", "签署人：赵六", "备注：（未填写）"];
    assert_eq!(filled.text, expected);
}

#[test]
fn strangers_do_not_see_what_only_the_platform_may_see() {
    let template = template(Validity::UntilBlank);
    let content =
        template.commitment_content(&answers(&template), &CreditCode::parse("92310120FXXY00035N").unwrap(), day("2026-11-24"));
    assert!(content["text"].contains("13800000001"));
    assert!(content["public_text"].contains("联系电话（不公开）。"));
    assert_eq!(content["category"], "individual_business");
}

#[test]
fn what_is_filed_holds_by_the_declaration_of_filed_commitments() {
    let template = template(Validity::UntilBlank);
    let answers = answers(&template);
    let content = template.commitment_content(&answers, &CreditCode::parse("91310120FXXY000194").unwrap(), day("2026-11-24"));
    let draft = Draft::typed(FormKind::Commitment.form(), content.clone());
    let read = parse(FormKind::Commitment, &draft, &Facts::default(), day("2026-11-24")).expect("it holds");
    let items: Content = content.clone().into_iter().filter(|(name, _)| !name.starts_with("blank.")).collect();
    assert_eq!(read, items);
    assert_eq!((read["template"].as_str(), read["valid_until"].as_str()), ("repair@3", "2027-05-01"));
    assert!(answers.iter().all(|(name, answer)| content.get(name) == Some(answer)));
}

#[test]
fn a_commitment_that_has_ended_or_runs_from_right_to_left_has_a_problem_at_its_blank() {
    let template = template(Validity::UntilBlank);
    let mut typed = typed();
    typed[0].1 = "מספר";
    typed[5].1 = "2026-11-23";
    let draft = Draft::typed(template.form, typed);
    let problems = parse_form(template.form, &draft, &Facts::default(), day("2026-11-24")).expect_err("two problems");
    let found: Vec<_> = problems.into_iter().map(|problem| (problem.field.name, problem.fault)).collect();
    assert_eq!(found, [("blank.number", Fault::RightToLeft), ("blank.valid_until", Fault::InPast { today: day("2026-11-24") })]);
}

#[test]
fn a_control_character_in_a_blank_is_told_with_its_place() {
    let template = template(Validity::UntilBlank);
    let mut typed = typed();
    typed[0].1 = "\u{7}一号";
    let draft = Draft::typed(template.form, typed);
    let problems = parse_form(template.form, &draft, &Facts::default(), day("2026-11-24")).expect_err("one problem");
    let found: Vec<_> = problems.into_iter().map(|problem| (problem.field.name, problem.fault)).collect();
    assert_eq!(found, [("blank.number", Fault::ControlCharacter { at: 1 })]);
}

#[test]
fn validity_ends_on_the_same_day_or_the_last_of_the_month() {
    let cases = [
        (Validity::Days(10), "2026-11-24", Some("2026-12-04")),
        (Validity::Months(3), "2026-11-30", Some("2027-02-28")),
        (Validity::Years(1), "2028-02-29", Some("2029-02-28")),
        (Validity::None, "2026-11-24", None),
    ];
    for (validity, signed_on, last) in cases {
        assert_eq!(template(validity).valid_until(day(signed_on), &Content::new()), last.map(day), "{validity:?}");
    }
}

#[test]
fn a_statement_of_a_filled_template_is_plain_and_says_the_time_in_beijing() {
    let template = template(Validity::UntilBlank);
    let pledger = Enterprise {
        code: CreditCode::parse("91310120FXXY000194").unwrap(),
        name: "示例\u{200B}（上海）有限公司 ".into(),
    };
    let signing = Signing {
        filing: "0190f5a0",
        pledger: &pledger,
        agent: "李强",
        signer: "王芳",
        role: Role::LegalRepresentative,
        at: 1_795_396_507_999,
    };
    let statement = Statement::of(&template, &answers(&template), signing);
    assert!(statement.is_plain());
    assert!(statement.text().contains("签署时间：2026-11-23 09:15:07（北京时间）\n"), "{}", statement.text());
    assert_eq!(Statement::read(&statement.text()), Some(statement));
}

#[test]
fn a_template_written_again_is_the_same_template() {
    let written: Written = serde_json::from_str(WRITTEN).unwrap();
    let again = serde_json::to_string(&written).unwrap();
    assert_eq!(serde_json::from_str::<Written>(&again).unwrap(), written);
    assert!(!again.contains("notice") && !again.contains("excluded"), "what says nothing is left out: {again}");
}

#[test]
fn a_kind_says_what_must_precede_it_and_when_it_may_be_withdrawn() {
    let notified: Vec<_> = CommitmentKind::ALL.into_iter().filter(|kind| kind.needs_notice()).collect();
    assert_eq!(notified, [CommitmentKind::ReplacesApproval, CommitmentKind::ReplacesCertificate]);
    let codes: String = CommitmentKind::ALL.into_iter().map(CommitmentKind::code).collect();
    assert_eq!(codes, "1234560");
    assert_eq!(CommitmentKind::Voluntary.withdrawal(), WithdrawalRule::FromNowOn);
    assert_eq!(CommitmentKind::Repair.withdrawal(), WithdrawalRule::WithRepair);
    assert_eq!(CommitmentKind::ReplacesCertificate.withdrawal(), WithdrawalRule::UntilFinished);
    assert!(CommitmentKind::ALL.into_iter().all(|kind| CommitmentKind::named(kind.name()) == Some(kind)));
}
