//! The licence form: which draft holds, and what is said of one that does not.

use chrono::NaiveDate;
use credit::attachment::{Attachment, FileRefusal, FileState, MediaType};
use credit::credit_code::InvalidCreditCode;
use credit::draft::{Draft, MOST_BYTES_KEPT};
use credit::form::{FormKind, Kind, Need};
use credit::problem::Fault;
use credit::registration::licence::{FORM, ISSUED_ON, VALID_FROM, expired};
use credit::registration::{Content, Facts, parse};
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day")
}

fn file(state: FileState) -> Attachment {
    Attachment { id: "f1".into(), name: "证照.pdf".into(), state }
}

fn kept() -> Attachment {
    file(FileState::Kept { sha256: "00".repeat(32), media_type: MediaType::Pdf, bytes: 10 })
}

const SOUND: [(&str, &str); 8] = [
    ("category", "permit"),
    ("title", "食品经营许可证"),
    ("number", "JY13101200000000"),
    ("issuer", "上海市奉贤区示例局"),
    ("issued_on", "2026-03-05"),
    ("valid_until", "2031-03-04"),
    ("look_up", "www.example.cn/licences"),
    ("scope", ""),
];

fn draft(changes: &[(&str, &str)]) -> Draft {
    let answers = SOUND.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name)).chain(changes);
    Draft::typed(&FORM, answers.map(|(name, answer)| (*name, *answer)))
}

fn judge(draft: &Draft) -> Result<Content, Vec<(&'static str, Fault)>> {
    let facts = Facts { attachments: vec![kept()], enterprise: None };
    parse(FormKind::Licence, draft, &facts, today())
        .map_err(|problems| problems.into_iter().map(|problem| (problem.field.name, problem.fault)).collect())
}

#[test]
fn a_sound_draft_holds_and_its_content_is_in_normal_form() {
    let content =
        judge(&draft(&[("title", " 食品经营\u{200B}许可证　"), ("issued_on", "２０２６年３月５日"), ("category", "许可")]))
            .expect("it holds");
    assert_eq!(content["title"], "食品经营许可证");
    assert_eq!(content["issued_on"], "2026-03-05");
    assert_eq!(content["category"], "permit");
    assert_eq!(content["look_up"], "https://www.example.cn/licences");
    assert!(!content.contains_key("scope"), "what was not answered is not there");
}

#[test]
fn an_empty_draft_has_a_problem_at_every_required_field_in_the_order_of_the_form() {
    let problems = parse(FormKind::Licence, &Draft::default(), &Facts::default(), today()).expect_err("nothing is answered");
    let named: Vec<&str> = problems.iter().map(|problem| problem.field.name).collect();
    let needed: Vec<&str> = FORM.fields.iter().filter(|field| field.need != Need::Optional).map(|field| field.name).collect();
    assert_eq!(named, needed);
}

#[test]
fn each_fault_is_found_at_its_field() {
    let long = "长".repeat(201);
    let ends = NaiveDate::from_ymd_opt(2026, 3, 5).expect("a day");
    let cases: Vec<(&str, &str, Fault)> = vec![
        ("category", "", Fault::NotChosen),
        ("category", "王", Fault::NotChosen),
        ("title", "  \u{3000} ", Fault::Missing),
        ("title", &long, Fault::TooLong { most: 200, found: 201 }),
        ("issuer_code", "91310120FXXY000190", Fault::CreditCode(InvalidCreditCode::Check)),
        ("issued_on", "昨天", Fault::UnreadableDate),
        ("issued_on", "2026-02-30", Fault::NoSuchDay),
        ("issued_on", "2026-11-24", Fault::InFuture { today: today() }),
        ("valid_until", "2026-03-04", Fault::Before { other: ISSUED_ON.label, day: ends }),
        ("valid_until", "", Fault::NoEnd),
        ("valid_until", "2026-02-31", Fault::NoSuchDay),
        ("look_up", "not an address", Fault::WebAddress),
        ("look_up", "https://user@example.cn/", Fault::WebAddress),
        ("look_up", "javascript:alert(1)", Fault::WebAddress),
    ];
    for (name, typed, fault) in cases {
        assert_eq!(judge(&draft(&[(name, typed)])), Err(vec![(name, fault)]), "{name}: {typed}");
    }
}

#[test]
fn a_document_without_an_end_holds_and_two_ends_do_not() {
    let content = judge(&draft(&[("valid_until", ""), ("no_end", "yes")])).expect("it has no end");
    assert_eq!(content.get("no_end").map(String::as_str), Some("yes"));
    assert!(!content.contains_key("valid_until"));
    assert_eq!(judge(&draft(&[("no_end", "yes")])), Err(vec![("valid_until", Fault::TwoEnds)]));
}

#[test]
fn validity_ends_no_earlier_than_it_begins_whether_issued_or_stated() {
    let from = NaiveDate::from_ymd_opt(2026, 4, 1).expect("a day");
    let early = draft(&[("valid_from", "2026-04-01"), ("valid_until", "2026-03-31")]);
    assert_eq!(judge(&early), Err(vec![("valid_until", Fault::Before { other: VALID_FROM.label, day: from })]));
    assert!(judge(&draft(&[("valid_from", "2026-04-01"), ("valid_until", "2026-04-01")])).is_ok(), "one day is enough");
    assert!(judge(&draft(&[("issued_on", "2026-11-23")])).is_ok(), "issued today is not in the future");
}

#[test]
fn a_licence_has_expired_on_the_day_after_its_last() {
    let last = |day: &str| judge(&draft(&[("valid_until", day)])).expect("it may be registered all the same");
    let day = |text: &str| credit::date::parse_date(text).expect("a day");
    assert_eq!(expired(&last("2026-11-22"), today()), Some(day("2026-11-22")));
    assert_eq!(expired(&last("2026-11-23"), today()), None, "on its last day it holds");
    assert_eq!(expired(&judge(&draft(&[("valid_until", ""), ("no_end", "yes")])).expect("it holds"), today()), None);
}

#[test]
fn a_refused_file_is_a_problem_until_it_is_taken_away() {
    let facts = Facts { attachments: vec![kept(), file(FileState::Refused(FileRefusal::WrongKind))], enterprise: None };
    let problems = parse(FormKind::Licence, &draft(&[]), &facts, today()).expect_err("one file was refused");
    assert_eq!(problems.len(), 1);
    assert!(matches!(&problems[0].fault, Fault::FileRefused { why: FileRefusal::WrongKind, .. }));
    let none = parse(FormKind::Licence, &draft(&[]), &Facts::default(), today()).expect_err("no file at all");
    assert_eq!(none[0].fault, Fault::NoFile);
}

#[test]
fn a_draft_keeps_what_was_typed_and_only_what_the_form_declares() {
    let typed = Draft::typed(&FORM, [("title", "  as typed "), ("unknown", "x"), ("number", "")]);
    assert_eq!(typed.answers().collect::<Vec<_>>(), [("title", "  as typed ")]);
    let flood = Draft::typed(&FORM, [("title", "字".repeat(MOST_BYTES_KEPT))]);
    let kept = flood.answers().next().expect("the beginning is kept").1;
    assert!(kept.len() <= MOST_BYTES_KEPT && kept.len() > MOST_BYTES_KEPT - 3);
}

#[test]
fn every_field_says_what_it_is_in_both_languages_and_has_a_name_of_its_own() {
    let mut names: Vec<&str> = FORM.fields.iter().map(|field| field.name).collect();
    for field in FORM.fields {
        assert!(!field.label.zh.is_empty() && !field.label.en.is_empty(), "{}", field.name);
        assert_eq!(field.hint.zh.is_empty(), field.hint.en.is_empty(), "{}", field.name);
        if let Kind::Choice(answers) = field.kind {
            assert!(answers.iter().all(|answer| !answer.label.zh.is_empty() && !answer.label.en.is_empty()), "{}", field.name);
        }
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), FORM.fields.len());
}

proptest! {
    /// What holds, typed again in its normal form, holds again and is the same.
    #[test]
    fn content_is_a_fixed_point(
        title in "[\\p{Han}a-zA-Z0-9（） ]{0,40}",
        number in "[A-Z0-9〔〕第号 －]{0,40}",
        date in "20[012][0-9]-[01][0-9]-[0-3][0-9]",
        no_end in any::<bool>(),
    ) {
        let typed = draft(&[
            ("title", &title),
            ("number", &number),
            ("issued_on", &date),
            ("valid_until", if no_end { "" } else { "2099-12-31" }),
            ("no_end", if no_end { "yes" } else { "" }),
        ]);
        if let Ok(content) = judge(&typed) {
            let again = Draft::typed(&FORM, content.iter().map(|(name, value)| (name, value.as_str())));
            prop_assert_eq!(judge(&again), Ok(content));
        }
    }

    #[test]
    fn whatever_is_typed_is_either_sound_or_has_a_problem(answers in proptest::collection::vec((0..12_usize, ".{0,60}"), 0..12)) {
        let typed = Draft::typed(&FORM, answers.iter().map(|(at, answer)| (FORM.fields[*at].name, answer.as_str())));
        if let Err(problems) = judge(&typed) {
            prop_assert!(!problems.is_empty());
        }
    }
}
