//! Dishonesty records as the platform gives them.

use chrono::NaiveDate;
use credit::amount::InvalidAmount;
use credit::record::{Channel, DateOf, DutyAsGiven, RecordAsGiven, RecordFault, Severity, document_key, fine_in_yuan, twice};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day of the test")
}

fn sound() -> RecordAsGiven {
    RecordAsGiven {
        record_id: "FXR-0001".to_owned(),
        document_number: "沪奉环罚〔2026〕示例021号".to_owned(),
        determining_authority: "上海市奉贤区生态环境局（示例）".to_owned(),
        determining_authority_code: "11310120FXXY0006XF".to_owned(),
        kind: "罚款".to_owned(),
        facts: "切削液废桶露天堆放。".to_owned(),
        basis: "《固体废物污染环境防治法》".to_owned(),
        content: "罚款人民币一万五千元。".to_owned(),
        fine_wan: "1.500000".to_owned(),
        severity: Some("ordinary".to_owned()),
        decided_on: "2026-06-23".to_owned(),
        published_on: Some("2026-06-28".to_owned()),
        publication_ends_on: Some("2027-06-23".to_owned()),
        earliest_repair_on: Some("2026-09-24".to_owned()),
        duties: vec![DutyAsGiven { what: "缴纳罚款".to_owned(), fulfilled_on: Some("2026-07-02".to_owned()) }],
        duties_missing: false,
        channel: "creditchina".to_owned(),
        disputed: false,
        stopped_on: None,
    }
}

fn faults(change: impl FnOnce(&mut RecordAsGiven)) -> Vec<RecordFault> {
    let mut given = sound();
    change(&mut given);
    given.read().faults
}

#[test]
fn a_sound_record_is_read_without_faults() {
    let record = sound().read();
    assert_eq!(record.faults, []);
    assert_eq!(record.severity, Some(Severity::Ordinary));
    assert_eq!(record.channel, Channel::Creditchina);
    assert_eq!(record.fine_yuan.as_deref(), Some("15000"));
    assert_eq!(record.earliest_repair_on, Some(day("2026-09-24")));
    assert_eq!(record.document_number, "沪奉环罚〔2026〕示例021号", "shown as given");
    assert_eq!(record.still_owed(day("2026-07-02")).count(), 0);
    assert_eq!(record.still_owed(day("2026-07-01")).count(), 1, "what is done tomorrow is owed today");
}

#[test]
fn a_record_is_read_from_what_the_platform_sends_and_survives_storing() {
    let stored = serde_json::to_string(&sound()).expect("it can be written");
    assert!(stored.contains("\"fine_wan\":\"1.500000\""), "named as on the wire: {stored}");
    assert_eq!(serde_json::from_str::<RecordAsGiven>(&stored).expect("it can be read"), sound());
}

#[test]
fn a_fine_in_ten_thousand_yuan_is_told_in_yuan() {
    for (wan, yuan) in [
        ("1.500000", "15000"),
        ("0.300000", "3000"),
        ("0.020000", "200"),
        ("0.000001", "0.01"),
        ("30", "300000"),
        ("0.123456", "1234.56"),
        ("0.000000", "0"),
    ] {
        assert_eq!(fine_in_yuan(wan).as_deref(), Ok(yuan), "{wan}");
    }
    for wrong in ["", "-1.000000", "1.5万元", "15000元", "0.0000001", "一万", "1.2E+05"] {
        assert!(fine_in_yuan(wrong).is_err(), "{wrong}");
    }
    assert_eq!(fine_in_yuan("0.0000001"), Err(InvalidAmount::TooFine { places: 2 }));
    let mut none = sound();
    none.fine_wan = "0.000000".to_owned();
    assert_eq!(none.read().fine_yuan, None, "no fine");
}

#[test]
fn each_fault_of_a_record_has_its_name() {
    use RecordFault as F;
    let date = |of, given: &str| F::DateUnreadable { of, given: given.to_owned() };
    assert_eq!(faults(|r| r.severity = None), [F::SeverityMissing]);
    assert_eq!(faults(|r| r.severity = Some("grave".to_owned())), [F::SeverityUnknown { given: "grave".to_owned() }]);
    assert_eq!(faults(|r| r.channel = "fax".to_owned()), [F::ChannelUnknown { given: "fax".to_owned() }]);
    assert_eq!(faults(|r| r.record_id.clear()), [F::NoRecordId]);
    assert_eq!(faults(|r| r.document_number = " ".to_owned()), [F::NoDocumentNumber]);
    assert_eq!(faults(|r| r.fine_wan = "much".to_owned()), [F::FineUnreadable { given: "much".to_owned() }]);
    assert_eq!(faults(|r| r.decided_on = "2026-02-30".to_owned()), [date(DateOf::Decision, "2026-02-30")]);
    assert_eq!(faults(|r| r.duties[0].fulfilled_on = Some("soon".to_owned())), [date(DateOf::Fulfilment, "soon")]);
    assert_eq!(
        faults(|r| r.published_on = Some("2026-06-22".to_owned())),
        [F::PublishedBeforeDecision { decided: day("2026-06-23"), start: day("2026-06-22") }]
    );
    assert_eq!(
        faults(|r| r.publication_ends_on = Some("2026-06-27".to_owned())),
        [
            F::EndBeforeStart { start: day("2026-06-28"), end: day("2026-06-27") },
            F::RepairAfterEnd { end: day("2026-06-27"), earliest: day("2026-09-24") },
        ]
    );
    assert_eq!(faults(|r| r.duties_missing = true), [F::DutiesMissing]);
    assert_eq!(faults(|r| r.duties.clear()), [F::DutiesMissing], "a fine is at least to be paid");
    assert_eq!(
        faults(|r| {
            (r.published_on, r.earliest_repair_on) = (None, None);
            r.publication_ends_on = Some("2026-06-22".to_owned());
        }),
        [F::EndBeforeDecision { decided: day("2026-06-23"), end: day("2026-06-22") }]
    );
    let stopped = [F::StoppedBefore { began: day("2026-06-28"), stopped: day("2026-06-27") }];
    assert_eq!(faults(|r| r.stopped_on = Some("2026-06-27".to_owned())), stopped);
    let mut odd = sound();
    odd.stopped_on = Some("2026-06-27".to_owned());
    assert_eq!(odd.read().stopped_on, None, "a record is not hidden by a day that cannot be");
    assert_eq!(
        faults(|r| r.earliest_repair_on = Some("2026-09-23".to_owned())),
        [F::NotByTheRules { given: day("2026-09-23"), by_rules: day("2026-09-24") }]
    );
    assert_eq!(
        faults(|r| r.earliest_repair_on = Some("2026-06-01".to_owned())),
        [
            F::RepairBeforeDecision { decided: day("2026-06-23"), earliest: day("2026-06-01") },
            F::NotByTheRules { given: day("2026-06-01"), by_rules: day("2026-09-24") },
        ]
    );
}

#[test]
fn a_record_from_before_the_rules_is_not_measured_by_them() {
    // Order 58 had other periods: whatever the platform says of such a record is as it is.
    let old = faults(|r| {
        r.decided_on = "2026-03-31".to_owned();
        r.published_on = Some("2026-04-02".to_owned());
        r.earliest_repair_on = Some("2027-03-31".to_owned());
        r.publication_ends_on = Some("2029-03-31".to_owned());
    });
    assert_eq!(old, []);
}

#[test]
fn a_severity_is_only_missed_where_the_rules_need_one() {
    assert_eq!(
        faults(|r| {
            r.kind = "列入经营异常名录".to_owned();
            r.channel = "gsxt".to_owned();
            r.severity = None;
            r.earliest_repair_on = None;
        }),
        []
    );
    for channel in ["court", "tax", "other"] {
        let found = faults(|r| {
            r.channel = channel.to_owned();
            r.severity = None;
        });
        assert_eq!(found, [], "{channel}");
    }
}

#[test]
fn faults_are_sentences_for_the_operator_without_names() {
    let missing = RecordFault::SeverityMissing.to_string();
    assert_eq!(missing, "the record has no severity");
    let end = RecordFault::EndBeforeStart { start: day("2026-06-28"), end: day("2026-06-27") };
    assert_eq!(end.to_string(), "the publication ends on 2026-06-27, before it starts on 2026-06-28");
}

#[test]
fn a_record_that_is_there_twice_is_found_whatever_its_brackets() {
    let first = sound().read();
    let mut same_number = sound();
    same_number.document_number = "沪奉环罚〔2026〕示例099号".to_owned();
    let mut same_document = sound();
    same_document.record_id = "FXR-0002".to_owned();
    same_document.document_number = "沪奉环罚［２０２６］第示例021号".to_owned();
    let mut other_penalty = sound();
    other_penalty.record_id = "FXR-0003".to_owned();
    other_penalty.kind = "暂扣许可证件".to_owned();
    let records = [first, same_number.read(), same_document.read(), other_penalty.read()];
    let other = |id: &str| RecordFault::Twice { other: id.to_owned() };
    assert_eq!(twice(&records), [(1, other("FXR-0001")), (2, other("FXR-0001"))]);
}

#[test]
fn document_numbers_are_the_same_in_any_bracket_and_width() {
    let key = document_key("沪市监奉处〔2024〕262024000123号");
    for same in [
        "沪市监奉处[2024]262024000123号",
        "沪市监奉处【2024】262024000123号",
        "沪市监奉处（2024）262024000123号",
        "沪市监奉处(2024)第262024000123号",
        " 沪市监奉处 〔２０２４〕 第 ２６２０２４０００１２３ 号 ",
        "沪市监奉处［2024］262024000123号\u{200B}",
        "沪市监奉处﹝2024﹞262024000123号",
        "沪市监奉处《2024》262024000123号",
    ] {
        assert_eq!(document_key(same), key, "{same}");
    }
    for other in ["沪市监奉处〔2024〕262024000124号", "沪市监奉处〔2025〕262024000123号", "沪市监浦处〔2024〕262024000123号", ""]
    {
        assert_ne!(document_key(other), key, "{other}");
    }
    assert_eq!(document_key("市场【2019】1号"), document_key("市场〔2019〕第1号"));
}

proptest! {
    #[test]
    fn whatever_a_record_says_it_is_read(
        dates in proptest::collection::vec(proptest::option::of("[0-9]{4}-[01][0-9]-[0-3][0-9]|.{0,12}"), 5),
        fine in ".{0,20}", severity in proptest::option::of(".{0,10}"), channel in ".{0,12}", number in ".{0,40}",
    ) {
        let [decided, published, ends, earliest, stopped] = <[_; 5]>::try_from(dates).expect("five");
        let given = RecordAsGiven {
            document_number: number.clone(),
            fine_wan: fine,
            severity,
            channel,
            decided_on: decided.unwrap_or_default(),
            published_on: published,
            publication_ends_on: ends,
            earliest_repair_on: earliest,
            stopped_on: stopped,
            ..sound()
        };
        let record = given.read();
        prop_assert_eq!(&record.document_number, &number);
        prop_assert!(record.faults.iter().all(|fault| !fault.to_string().is_empty()));
        prop_assert_eq!(document_key(&document_key(&number)), document_key(&number), "a key is its own key");
    }
}
