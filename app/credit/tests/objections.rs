//! Objections: item by item what a record says, what it should say, and why.

use chrono::NaiveDate;
use credit::attachment::{Attachment, FileState, MediaType};
use credit::draft::Draft;
use credit::form::{Audience, Need};
use credit::law::eligibility::Elsewhere;
use credit::objection::disputable::{self, SHOULD_FINE, WHY_FINE};
use credit::objection::{FILES, FORM, GROUND, OF_RECORD, Objection, ObjectionFault, REASON, check, of_record};
use credit::problem::{Fault, Problem};
use credit::record::{Channel, DishonestyRecord, RecordAsGiven};
use credit::repair::HandOver;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day of the test")
}

const TODAY: &str = "2026-11-24";

fn record() -> DishonestyRecord {
    as_given().read()
}

fn as_given() -> RecordAsGiven {
    RecordAsGiven {
        record_id: "FXR-0021".to_owned(),
        document_number: "沪市监奉处〔2026〕示例318号".to_owned(),
        determining_authority: "上海市奉贤区市场监督管理局（示例）".to_owned(),
        kind: "罚款".to_owned(),
        fine_wan: "0.300000".to_owned(),
        severity: Some("ordinary".to_owned()),
        decided_on: "2026-05-24".to_owned(),
        published_on: Some("2026-05-29".to_owned()),
        publication_ends_on: Some("2027-05-24".to_owned()),
        earliest_repair_on: Some("2026-08-25".to_owned()),
        channel: "gsxt".to_owned(),
        ..RecordAsGiven::default()
    }
}

fn proof() -> Vec<Attachment> {
    let state = FileState::Kept { sha256: "ab".repeat(32), media_type: MediaType::Pdf, bytes: 1 };
    vec![Attachment { id: "1".to_owned(), name: "决定书.pdf".to_owned(), state }]
}

fn draft(record: &DishonestyRecord, answers: &[(&str, &str)]) -> Draft {
    of_record(Draft::typed(&FORM, answers.iter().copied()), record, HandOver::Platform)
}

fn checked(record: &DishonestyRecord, answers: &[(&str, &str)], files: &[Attachment]) -> Result<Objection, Vec<ObjectionFault>> {
    check(&draft(record, answers), record, files, false, day(TODAY))
}

fn form(field: &'static credit::form::Field, fault: Fault) -> ObjectionFault {
    ObjectionFault::Form(Problem { field, fault })
}

#[test]
fn an_item_is_disputed_with_what_it_should_say_and_why() {
    let record = record();
    let answers = [("ground", "wrong_data"), ("should_fine", "300元"), ("why_fine", "决定书写的是 300 元")];
    let objection = checked(&record, &answers, &proof()).expect("it holds");
    assert_eq!(objection.record_id(), "FXR-0021");
    assert_eq!(objection.content()["should_fine"], "300");
    assert_eq!(objection.content()["document_number"], "沪市监奉处〔2026〕示例318号");
    let says: Vec<_> = disputable::ALL.iter().map(|item| (item.says)(&record)).collect();
    assert!(says.contains(&Some("3000".to_owned())), "the fine in yuan: {says:?}");
    assert_eq!(says.iter().filter(|says| says.is_none()).count(), 4, "facts, basis, content and duties say nothing: {says:?}");
}

#[test]
fn that_a_duty_was_fulfilled_or_the_first_day_is_another_can_be_said() {
    let duties = [("责令改正", Some("2026-06-03")), ("缴纳罚款人民币3000元", None)];
    let duty = |(what, fulfilled_on): (&str, Option<&str>)| credit::record::DutyAsGiven {
        what: what.to_owned(),
        fulfilled_on: fulfilled_on.map(str::to_owned),
    };
    let given = RecordAsGiven { duties: duties.map(duty).to_vec(), ..as_given() };
    let answers = [
        ("ground", "wrong_data"),
        ("should_duties", "责令改正 · 2026-06-03\n缴纳罚款人民币3000元 · 2026-06-05"),
        ("why_duties", "缴款书上的日期是 6 月 5 日"),
        ("should_earliest", "2026年8月24日"),
        ("why_earliest", "从决定之日起算"),
    ];
    let objection = checked(&given.read(), &answers, &proof()).expect("it holds");
    let content = objection.content();
    assert_eq!(content["says_duties"], "责令改正 · 2026-06-03\n缴纳罚款人民币3000元 · —");
    assert_eq!((content["says_earliest"].as_str(), content["should_earliest"].as_str()), ("2026-08-25", "2026-08-24"));
}

#[test]
fn all_faults_of_an_objection_are_listed_at_once() {
    let mut record = record();
    record.disputed = true;
    let faults = checked(&record, &[("should_fine", "3000")], &[]).expect_err("much is wrong");
    assert_eq!(
        faults,
        [
            ObjectionFault::AlreadyDisputed,
            ObjectionFault::AsItIs(&SHOULD_FINE),
            form(&GROUND, Fault::NotChosen),
            form(&WHY_FINE, Fault::Missing),
            form(&REASON, Fault::Missing),
            form(&FILES, Fault::NoFile),
        ]
    );
}

#[test]
fn what_takes_the_place_of_an_open_objection_is_not_hindered_by_it() {
    let mut record = record();
    record.disputed = true;
    let answers = [("ground", "other"), ("reason", "理由")];
    let mended = check(&draft(&record, &answers), &record, &proof(), true, day(TODAY));
    assert!(mended.is_ok(), "{mended:?}");
    assert_eq!(checked(&record, &answers, &proof()), Err(vec![ObjectionFault::AlreadyDisputed]));
}

#[test]
fn an_objection_keeps_what_the_record_says_beside_what_it_should_say() {
    let record = record();
    let answers = [("ground", "wrong_data"), ("should_fine", "300元"), ("why_fine", "决定书写的是 300 元")];
    let objection = checked(&record, &answers, &proof()).expect("it holds");
    let content = objection.content();
    assert_eq!((content["says_fine"].as_str(), content["should_fine"].as_str()), ("3000", "300"));
    assert_eq!((content["says_severity"].as_str(), content["says_publication_end"].as_str()), ("ordinary", "2027-05-24"));
    assert!(!content.contains_key("says_facts"), "the record says none");
    let shown = FORM.fields.iter().filter(|field| field.name.starts_with("says_") && !disputable::is_undisputed(field, content));
    assert_eq!(shown.map(|field| field.name).collect::<Vec<_>>(), ["says_fine"], "what is right is not shown");
}

#[test]
fn a_record_without_a_number_or_with_very_long_words_can_be_objected_to() {
    let mut record = record();
    record.document_number = String::new();
    record.kind = "罚款、".repeat(300);
    record.facts = "甲".repeat(5_000);
    let objection = checked(&record, &[("ground", "other"), ("reason", "理由")], &proof()).expect("it holds");
    assert!(!objection.content().contains_key("document_number"));
}

#[test]
fn a_reason_without_its_item_is_a_fault() {
    let faults = checked(&record(), &[("ground", "wrong_data"), ("why_fine", "不对")], &proof()).expect_err("no item");
    assert_eq!(faults, [form(&SHOULD_FINE, Fault::Missing), form(&REASON, Fault::Missing)]);
}

#[test]
fn other_grounds_need_reasons_and_no_item() {
    let record = record();
    for ground in ["secret", "revoked", "repair_result", "other"] {
        assert!(checked(&record, &[("ground", ground), ("reason", "理由")], &proof()).is_ok(), "{ground}");
        let faults = checked(&record, &[("ground", ground)], &proof()).expect_err("no reason");
        assert_eq!(faults, [form(&REASON, Fault::Missing)], "{ground}");
    }
}

#[test]
fn a_period_is_over_on_the_day_after_its_last() {
    let expired = [("ground", "expired"), ("reason", "公示期已满")];
    let mut record = record();
    let faults = checked(&record, &expired, &proof()).expect_err("it is not over");
    assert_eq!(faults, [ObjectionFault::NotOverYet { last_day: day("2027-05-24") }]);
    record.publication_ends_on = Some(day(TODAY));
    assert!(checked(&record, &expired, &proof()).is_err(), "the last day belongs to it");
    record.publication_ends_on = day(TODAY).pred_opt();
    assert!(checked(&record, &expired, &proof()).is_ok());
}

#[test]
fn objections_to_what_courts_and_tax_authorities_show_go_there() {
    let answers = [("ground", "other"), ("reason", "理由")];
    for (channel, elsewhere) in [(Channel::Court, Elsewhere::Court), (Channel::Tax, Elsewhere::TaxAuthority)] {
        let record = DishonestyRecord { channel, ..record() };
        assert_eq!(checked(&record, &answers, &proof()), Err(vec![ObjectionFault::Elsewhere(elsewhere)]));
    }
    assert!(checked(&DishonestyRecord { channel: Channel::Other, ..record() }, &answers, &proof()).is_ok());
}

#[test]
fn an_objection_is_about_the_record_it_was_begun_for() {
    let forged = Draft::typed(&FORM, [("record", "FXR-0099"), ("ground", "other"), ("reason", "理由")]);
    let faults = check(&forged, &record(), &proof(), false, day(TODAY)).expect_err("another record");
    assert!(faults.contains(&ObjectionFault::OtherRecord { says: "FXR-0099".to_owned() }), "{faults:?}");
}

#[test]
fn nothing_of_an_objection_is_public() {
    assert!(FORM.fields.iter().all(|field| field.audience == Audience::Platform));
    for item in disputable::ALL {
        assert!(FORM.field(item.should.name).is_some() && FORM.field(item.why.name).is_some());
        let given = FORM.field(item.given.name).expect("what it says is kept");
        assert!(OF_RECORD.iter().any(|field| field.name == given.name), "nobody types {}", given.name);
        assert_eq!(given.need, Need::Optional, "{}", given.name);
    }
}
