//! Applications for credit repair: materials by kind of penalty, and all faults at once.

use chrono::NaiveDate;
use credit::attachment::{Attachment, FileState, MediaType};
use credit::draft::Draft;
use credit::form::{Audience, FormKind, Kind, Need};
use credit::law::eligibility::{Circumstances, Ineligible};
use credit::problem::{Fault, Problem};
use credit::record::{DishonestyRecord, DutyAsGiven, RecordAsGiven};
use credit::repair::materials::{self, needed_for};
use credit::repair::{
    FILES, FORM, FULFILLED_ON, FULFILMENT, Given, HandOver, Letter, OF_RECORD, RepairApplication, RepairFault, check, is_asked,
    of_record,
};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day of the test")
}

const TODAY: &str = "2026-11-24";

fn record() -> DishonestyRecord {
    RecordAsGiven {
        record_id: "FXR-0001".to_owned(),
        document_number: "沪奉环罚〔2026〕示例021号".to_owned(),
        determining_authority: "上海市奉贤区生态环境局（示例）".to_owned(),
        determining_authority_code: "11310120FXXY0006XF".to_owned(),
        kind: "罚款".to_owned(),
        fine_wan: "1.500000".to_owned(),
        severity: Some("ordinary".to_owned()),
        decided_on: "2026-06-23".to_owned(),
        published_on: Some("2026-06-28".to_owned()),
        publication_ends_on: Some("2027-06-23".to_owned()),
        earliest_repair_on: Some("2026-09-24".to_owned()),
        duties: vec![DutyAsGiven { what: "缴纳罚款".to_owned(), fulfilled_on: Some("2026-07-02".to_owned()) }],
        channel: "creditchina".to_owned(),
        ..RecordAsGiven::default()
    }
    .read()
}

fn proof() -> Vec<Attachment> {
    let state = FileState::Kept { sha256: "ab".repeat(32), media_type: MediaType::Pdf, bytes: 1 };
    vec![Attachment { id: "1".to_owned(), name: "缴款书.pdf".to_owned(), state }]
}

fn sound_letter() -> Letter<'static> {
    Letter { document_number: "沪奉环罚（2026）第示例021号", is_signed: true }
}

fn typed(record: &DishonestyRecord) -> Draft {
    let answers = [("fulfilled_on", "2026年7月2日"), ("fulfilment", "缴清罚款，整改贮存间。"), ("proof_payment", "yes")];
    of_record(Draft::typed(&FORM, answers), record, "C-0001", HandOver::Platform)
}

fn checked(
    draft: &Draft,
    record: &DishonestyRecord,
    letter: Option<Letter<'_>>,
    attachments: &[Attachment],
) -> Result<RepairApplication, Vec<RepairFault>> {
    let given = Given { record, circumstances: &Circumstances::default(), letter, attachments };
    check(draft, &given, day(TODAY))
}

#[test]
fn an_application_that_holds_carries_its_eligibility_and_the_record_as_given() {
    let record = record();
    let application = checked(&typed(&record), &record, Some(sound_letter()), &proof()).expect("it holds");
    assert_eq!(application.eligible().record_id(), "FXR-0001");
    assert_eq!(application.eligible().on(), day(TODAY));
    let content = application.content();
    assert_eq!(content["document_number"], "沪奉环罚〔2026〕示例021号");
    assert_eq!(content["fulfilled_on"], "2026-07-02");
    assert_eq!(content["commitment"], "C-0001");
    assert_eq!(content["severity"], "ordinary");
}

#[test]
fn all_faults_are_listed_at_once() {
    let mut record = record();
    record.earliest_repair_on = Some(day("2026-12-24"));
    let other = "沪奉环罚〔2026〕示例022号";
    let draft = of_record(Draft::typed(&FORM, [("fulfilled_on", "2026-11-25")]), &record, "", HandOver::Platform);
    let letter = Letter { document_number: other, is_signed: false };
    let faults = checked(&draft, &record, Some(letter), &[]).expect_err("much is wrong");
    let form = |field, fault| RepairFault::Form(Problem { field, fault });
    assert_eq!(
        faults,
        [
            RepairFault::Ineligible(Ineligible::NotYet { from: day("2026-12-24") }),
            RepairFault::LetterOfOther { says: other.to_owned() },
            RepairFault::LetterUnsigned,
            form(&FULFILLED_ON, Fault::InFuture { today: day(TODAY) }),
            form(&FULFILMENT, Fault::Missing),
            form(&materials::PAYMENT, Fault::NotChosen),
            form(&FILES, Fault::NoFile),
        ]
    );
}

#[test]
fn without_a_letter_there_is_no_application() {
    let record = record();
    let faults = checked(&typed(&record), &record, None, &proof()).expect_err("the letter is missing");
    assert_eq!(faults, [RepairFault::LetterMissing]);
}

#[test]
fn a_letter_may_write_the_number_in_other_brackets_but_not_name_another_decision() {
    let record = record();
    for same in ["沪奉环罚【2026】示例021号", "沪奉环罚[2026] 第示例021号", "沪奉环罚〔２０２６〕示例０２１号"]
    {
        let letter = Letter { document_number: same, is_signed: true };
        assert!(checked(&typed(&record), &record, Some(letter), &proof()).is_ok(), "{same}");
    }
    let letter = Letter { document_number: "", is_signed: true };
    assert!(checked(&typed(&record), &record, Some(letter), &proof()).is_err());
}

#[test]
fn a_record_without_a_number_can_be_repaired() {
    let mut record = record();
    record.document_number = String::new();
    record.authority_code = "以前的组织机构代码 42500000-0".to_owned();
    let letter = Letter { document_number: "没有文号的处罚决定", is_signed: true };
    let application = checked(&typed(&record), &record, Some(letter), &proof()).expect("it holds");
    assert!(!application.content().contains_key("document_number"));
    let unsigned = Letter { is_signed: false, ..letter };
    assert_eq!(checked(&typed(&record), &record, Some(unsigned), &proof()), Err(vec![RepairFault::LetterUnsigned]));
}

#[test]
fn an_application_keeps_what_the_record_says() {
    let mut record = record();
    record.facts = "　废桶露天堆放。\n".to_owned();
    let application = checked(&typed(&record), &record, Some(sound_letter()), &proof()).expect("it holds");
    let kept = |name: &str| application.content().get(name).map(String::as_str);
    assert_eq!(kept("says_fine"), Some("15000"));
    assert_eq!(kept("says_facts"), Some("废桶露天堆放。"));
    assert_eq!(kept("says_publication_end"), Some("2027-06-23"));
    assert_eq!(kept("says_earliest"), Some("2026-09-24"));
    assert_eq!(kept("says_content"), None, "the record says none");
}

#[test]
fn what_the_record_says_is_not_for_the_browser_to_say() {
    let record = record();
    let forged = Draft::typed(&FORM, [("record", "FXR-0002"), ("document_number", "别的文号"), ("severity", "minor")]);
    let faults = checked(&forged, &record, Some(sound_letter()), &proof()).expect_err("another record");
    assert!(faults.contains(&RepairFault::OtherRecord { says: "FXR-0002".to_owned() }), "{faults:?}");
    let mended = of_record(forged, &record, "C-0001", HandOver::Platform);
    for (name, answer) in [("record", "FXR-0001"), ("document_number", "沪奉环罚〔2026〕示例021号"), ("severity", "ordinary")]
    {
        assert_eq!(mended.answer(name), answer);
    }
    assert!(OF_RECORD.iter().all(|field| FORM.field(field.name).is_some()));
}

#[test]
fn each_kind_of_penalty_asks_for_its_proof_and_no_other() {
    let fields = |kind: &str| needed_for(kind).map(|material| material.field.name).collect::<Vec<_>>();
    for (kind, proof) in [
        ("罚款", &["proof_payment"][..]),
        ("没收违法所得", &["proof_payment"]),
        ("没收非法财物、罚款", &["proof_payment"]),
        ("责令停产停业", &["proof_rectification"]),
        ("罚款；责令停产停业", &["proof_payment", "proof_rectification"]),
        ("暂扣许可证件", &["proof_licence"]),
        ("降低资质等级", &["proof_licence"]),
        ("吊销许可证件", &["proof_licence"]),
        ("列入经营异常名录", &["proof_late_report"]),
        ("列入严重失信主体名单", &["proof_removal"]),
        ("列入严重违法失信名单", &["proof_removal"]),
        ("警告", &["proof_statement"]),
        ("通报批评", &["proof_statement"]),
        ("限制从业", &["proof_fulfilment"]),
        ("其他", &["proof_fulfilment"]),
        ("", &["proof_fulfilment"]),
    ] {
        assert_eq!(fields(kind), proof, "{kind}");
        for field in FORM.fields.iter().filter(|field| field.kind == Kind::Tick) {
            assert_eq!(is_asked(field, kind), proof.contains(&field.name), "{kind}: {}", field.name);
        }
        assert!(is_asked(&FULFILMENT, kind));
    }
}

#[test]
fn nothing_of_an_application_is_public_and_each_tick_is_a_material() {
    assert!(FORM.fields.iter().all(|field| field.audience == Audience::Platform));
    let ticks = FORM.fields.iter().filter(|field| field.kind == Kind::Tick);
    assert!(ticks.clone().all(|field| field.need == Need::Depends));
    assert!(ticks.map(|field| field.name).eq(materials::ALL.iter().map(|material| material.field.name)));
    for word in ["培训", "信用报告", "营业执照"] {
        assert!(FORM.fields.iter().all(|field| !field.label.zh.contains(word)), "{word} is not asked for");
    }
}

#[test]
fn a_repair_is_no_group_of_registration_but_is_found_by_its_name() {
    for kind in [FormKind::Repair, FormKind::Objection] {
        assert!(!FormKind::ALL.contains(&kind));
        assert_eq!(FormKind::named(kind.name()), Some(kind));
        assert_eq!(FormKind::registration(kind.name()), None);
        assert_eq!(kind.form().kind, kind);
        let mut names: Vec<_> = kind.form().fields.iter().map(|field| field.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), kind.form().fields.len(), "{kind:?}: each name once");
    }
}
