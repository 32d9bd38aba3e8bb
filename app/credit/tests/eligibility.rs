//! Whether a repair may be applied for: every reason why not, the boundary days, and what holds for every record.

use chrono::{Days, NaiveDate};
use credit::law::eligibility::{Bar, Circumstances, Eligible, Elsewhere, Ineligible, day_to_come, eligibility, possible_from};
use credit::law::months::first_day_after;
use credit::law::repair_rules::{Earliest, Mark, TABLE, Term, earliest_by_rules, rules_for};
use credit::law::triage::{Grievance, Way};
use credit::record::{Channel, DishonestyRecord, DutyAsGiven, RecordAsGiven, Severity};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day of the test")
}

fn given() -> RecordAsGiven {
    RecordAsGiven {
        record_id: "FXR-0001".to_owned(),
        document_number: "沪奉环罚〔2026〕示例021号".to_owned(),
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
}

/// The ordinary record, changed.
fn record(change: impl FnOnce(&mut RecordAsGiven)) -> DishonestyRecord {
    let mut given = given();
    change(&mut given);
    given.read()
}

/// A record as the table would have it, decided on that day.
fn by_the_table(severity: Severity, decided_on: NaiveDate) -> DishonestyRecord {
    let mut record = record(|r| {
        r.severity = Some(severity.name().to_owned());
        r.decided_on = decided_on.to_string();
        r.published_on = Some(decided_on.to_string());
        r.publication_ends_on = None;
        r.earliest_repair_on = None;
        r.duties[0].fulfilled_on = Some(decided_on.to_string());
    });
    record.earliest_repair_on = earliest_by_rules(&record);
    record
}

fn check(record: &DishonestyRecord, today: &str) -> Result<Eligible, Vec<Ineligible>> {
    eligibility(record, &Circumstances::default(), day(today))
}

fn reasons(record: &DishonestyRecord, today: &str) -> Vec<Ineligible> {
    check(record, today).expect_err("it is ineligible")
}

#[test]
fn a_repair_applied_for_one_day_early_is_ineligible() {
    let record = record(|_| {});
    assert_eq!(reasons(&record, "2026-09-23"), [Ineligible::NotYet { from: day("2026-09-24") }]);
    let eligible = check(&record, "2026-09-24").expect("the first day");
    assert_eq!(eligible.record_id(), "FXR-0001");
    assert_eq!(eligible.rules().id, "ndrc-36");
    assert_eq!(eligible.rule().longest_months, Some(12));
    assert_eq!((eligible.since(), eligible.on()), (day("2026-09-24"), day("2026-09-24")));
}

#[test]
fn the_last_day_of_publication_is_the_last_day_to_apply() {
    let record = record(|_| {});
    assert!(check(&record, "2027-06-23").is_ok());
    assert_eq!(reasons(&record, "2027-06-24"), [Ineligible::PeriodEnded { on: day("2027-06-23") }]);
}

#[test]
fn whoever_fulfils_a_duty_after_the_longest_period_may_still_apply() {
    let open = record(|r| r.duties[0].fulfilled_on = None);
    let owed = Ineligible::DutiesOpen { duties: vec!["缴纳罚款".to_owned()] };
    assert_eq!(reasons(&open, "2027-07-01"), [owed], "it does not stop by itself while something is owed");
    let late = record(|r| r.duties[0].fulfilled_on = Some("2027-07-02".to_owned()));
    assert!(check(&late, "2027-07-02").is_ok());
}

#[test]
fn all_reasons_are_given_at_once() {
    let record = record(|r| {
        r.severity = Some("grave".to_owned());
        r.duties.push(DutyAsGiven { what: "责令改正".to_owned(), fulfilled_on: None });
        r.disputed = true;
    });
    let circumstances =
        Circumstances { bar: Some(Bar { last_day: Some(day("2027-01-31")) }), is_applied_for: true, ..Circumstances::default() };
    let reasons = eligibility(&record, &circumstances, day("2026-09-01")).expect_err("it is ineligible");
    assert_eq!(
        reasons,
        [
            Ineligible::SeverityUnknown,
            Ineligible::NotYet { from: day("2026-09-24") },
            Ineligible::DutiesOpen { duties: vec!["责令改正".to_owned()] },
            Ineligible::Disputed,
            Ineligible::AlreadyAppliedFor,
            Ineligible::Barred { last_day: Some(day("2027-01-31")) },
        ]
    );
    assert_eq!(possible_from(&reasons), None, "time alone does not help");
}

#[test]
fn the_day_on_which_waiting_is_enough_is_told() {
    let early = reasons(&record(|_| {}), "2026-09-01");
    assert_eq!(possible_from(&early), Some(day("2026-09-24")));
    let circumstances = Circumstances { bar: Some(Bar { last_day: Some(day("2026-10-31")) }), ..Circumstances::default() };
    let barred = eligibility(&record(|_| {}), &circumstances, day("2026-09-01")).expect_err("it is ineligible");
    assert_eq!(possible_from(&barred), Some(day("2026-11-01")));
    assert!(eligibility(&record(|_| {}), &circumstances, day("2026-10-31")).is_err());
    let free = eligibility(&record(|_| {}), &circumstances, day("2026-11-01")).expect("the ban is over");
    assert_eq!(free.since(), day("2026-11-01"));
    let forever = Circumstances { bar: Some(Bar { last_day: None }), ..Circumstances::default() };
    let barred = eligibility(&record(|_| {}), &forever, day("2040-01-01"));
    assert!(barred.is_err_and(|reasons| reasons != [Ineligible::Barred { last_day: None }]), "the period has ended by then");
}

#[test]
fn a_missing_day_is_not_guessed() {
    let missing = record(|r| r.earliest_repair_on = None);
    let by_rules = Some(day("2026-09-24"));
    assert_eq!(reasons(&missing, "2026-11-24"), [Ineligible::EarliestDayMissing { by_rules }]);
    let old = record(|r| {
        r.decided_on = "2026-03-31".to_owned();
        r.earliest_repair_on = None;
    });
    assert_eq!(reasons(&old, "2026-11-24"), [Ineligible::EarliestDayMissing { by_rules: None }]);
    let neither = record(|r| {
        r.severity = None;
        r.earliest_repair_on = None;
    });
    let expected = [Ineligible::SeverityUnknown, Ineligible::EarliestDayMissing { by_rules: None }];
    assert_eq!(reasons(&neither, "2026-11-24"), expected);
}

#[test]
fn dates_that_contradict_each_other_or_cannot_be_read_tell_nothing() {
    let unreadable = record(|r| r.stopped_on = Some("soon".to_owned()));
    assert_eq!(reasons(&unreadable, "2026-11-24"), [Ineligible::DatesUnclear], "it may have been stopped");
    let record = record(|r| r.publication_ends_on = Some("2026-06-27".to_owned()));
    assert_eq!(reasons(&record, "2026-11-24"), [Ineligible::DatesUnclear]);
}

#[test]
fn a_record_that_was_stopped_has_nothing_to_repair() {
    let record = record(|r| {
        r.stopped_on = Some("2026-11-04".to_owned());
        r.duties[0].fulfilled_on = None;
    });
    assert_eq!(reasons(&record, "2026-11-24"), [Ineligible::AlreadyStopped { on: day("2026-11-04") }]);
}

#[test]
fn a_record_whose_repair_was_granted_has_nothing_to_apply_for() {
    let granted = Circumstances { is_granted: true, ..Circumstances::default() };
    assert_eq!(eligibility(&record(|_| {}), &granted, day("2026-11-24")), Err(vec![Ineligible::AlreadyGranted]));
}

#[test]
fn a_minor_record_needs_no_waiting_only_fulfilment_whether_it_is_published_or_not() {
    let minor = |published: Option<&str>, fulfilled: Option<&str>| {
        record(|r| {
            r.kind = "警告".to_owned();
            r.severity = Some("minor".to_owned());
            r.earliest_repair_on = None;
            r.published_on = published.map(str::to_owned);
            r.publication_ends_on = published.map(|_| "2026-09-23".to_owned());
            r.duties[0].fulfilled_on = fulfilled.map(str::to_owned);
        })
    };
    assert!(check(&minor(Some("2026-06-28"), Some("2026-07-02")), "2026-07-02").is_ok());
    assert!(matches!(reasons(&minor(Some("2026-06-28"), None), "2026-07-02")[..], [Ineligible::DutiesOpen { .. }]));
    assert!(check(&minor(None, Some("2026-07-02")), "2026-07-02").is_ok(), "sharing and restrictions end with a repair, too");
    assert!(matches!(reasons(&minor(None, None), "2026-07-02")[..], [Ineligible::DutiesOpen { .. }]));
    let before = reasons(&minor(Some("2026-06-28"), Some("2026-06-01")), "2026-06-22");
    assert_eq!(before, [Ineligible::NotYet { from: day("2026-06-23") }], "nothing is repaired before it was found");
}

#[test]
fn market_regulators_let_minor_records_stop_by_themselves() {
    let record = record(|r| {
        r.channel = "gsxt".to_owned();
        r.severity = Some("minor".to_owned());
        r.earliest_repair_on = None;
        r.publication_ends_on = Some("2026-09-28".to_owned());
    });
    assert_eq!(reasons(&record, "2026-08-01"), [Ineligible::StopsByItself { on: Some(day("2026-09-28")) }]);
}

#[test]
fn what_was_demanded_and_not_told_is_not_taken_for_fulfilled() {
    for (duties_missing, fine) in [(true, "0.000000"), (true, "1.500000"), (false, "1.500000")] {
        let unknown = record(|r| {
            r.duties = Vec::new();
            r.duties_missing = duties_missing;
            r.fine_wan = fine.to_owned();
        });
        assert_eq!(reasons(&unknown, "2026-10-01"), [Ineligible::DutiesUnknown]);
        let over = reasons(&unknown, "2027-10-01");
        assert_eq!(over, [Ineligible::DutiesUnknown], "nor is its period said to have ended with everything fulfilled");
    }
    let none = record(|r| {
        r.duties = Vec::new();
        r.fine_wan = "0.000000".to_owned();
    });
    assert!(check(&none, "2026-10-01").is_ok(), "an empty list says that nothing was demanded");
}

#[test]
fn a_minor_record_of_the_market_regulators_that_is_not_published_is_not_said_to_stop() {
    let unpublished = record(|r| {
        r.channel = "gsxt".to_owned();
        r.severity = Some("minor".to_owned());
        r.earliest_repair_on = None;
        (r.published_on, r.publication_ends_on) = (None, None);
    });
    assert_eq!(reasons(&unpublished, "2026-08-01"), [Ineligible::NotPublished]);
}

#[test]
fn the_result_of_a_spot_check_stops_with_the_record_that_followed_from_it() {
    let spot_check = |channel: &str| {
        record(|r| {
            r.channel = channel.to_owned();
            r.kind = "抽查检查结果（不合格）".to_owned();
            r.severity = None;
            r.earliest_repair_on = None;
        })
    };
    let of_market = spot_check("gsxt");
    assert_eq!(of_market.faults, [], "it needs no severity");
    assert_eq!(reasons(&of_market, "2026-08-01"), [Ineligible::StopsWithItsRecord]);
    let source = rules_for(Channel::Gsxt, day("2026-08-01")).unwrap().spot_check.unwrap().source;
    assert_eq!(source.mark, Mark::ToBeConfirmed);
    // Order 36 has no such rule: there it is a record like others, and its severity is missing.
    assert!(reasons(&spot_check("creditchina"), "2026-08-01").contains(&Ineligible::SeverityUnknown));
}

#[test]
fn an_entry_in_the_list_of_abnormal_operations_is_repaired_at_any_time_once_put_right() {
    let listed = |fulfilled: Option<&str>| {
        record(|r| {
            r.kind = "列入经营异常名录".to_owned();
            r.channel = "gsxt".to_owned();
            r.severity = None;
            r.earliest_repair_on = None;
            r.publication_ends_on = None;
            r.duties[0].fulfilled_on = fulfilled.map(str::to_owned);
        })
    };
    assert!(check(&listed(Some("2026-06-24")), "2026-06-28").is_ok());
    assert!(matches!(reasons(&listed(None), "2026-06-28")[..], [Ineligible::DutiesOpen { .. }]));
}

#[test]
fn records_of_courts_and_tax_authorities_are_repaired_there() {
    for (channel, kind, elsewhere) in [
        ("court", "纳入失信被执行人名单", Elsewhere::Court),
        ("tax", "罚款", Elsewhere::TaxAuthority),
        ("other", "征信不良记录", Elsewhere::CreditReporting),
        ("other", "通报批评", Elsewhere::DeterminingAuthority),
    ] {
        let record = record(|r| {
            r.channel = channel.to_owned();
            r.kind = kind.to_owned();
            r.duties[0].fulfilled_on = None;
        });
        assert_eq!(reasons(&record, "2026-11-24"), [Ineligible::OtherChannel(elsewhere)], "{channel} {kind}");
    }
}

#[test]
fn each_rule_is_in_force_from_its_day() {
    let id = |channel, on| rules_for(channel, day(on)).map(|rules| rules.id);
    assert_eq!(id(Channel::Creditchina, "2026-03-31"), None);
    assert_eq!(id(Channel::Creditchina, "2026-04-01"), Some("ndrc-36"));
    assert_eq!(id(Channel::Gsxt, "2025-12-24"), None);
    assert_eq!(id(Channel::Gsxt, "2025-12-25"), Some("samr-107"));
    for elsewhere in [Channel::Court, Channel::Tax, Channel::Other] {
        assert_eq!(id(elsewhere, "2026-11-24"), None);
    }
    assert_eq!(reasons(&record(|_| {}), "2026-03-31"), [Ineligible::NoRules]);
}

#[test]
fn the_table_says_what_both_orders_say() {
    for rules in TABLE {
        assert_eq!(rules.ordinary.earliest, Earliest::AfterMonths(3), "{}", rules.id);
        assert_eq!(rules.serious.earliest, Earliest::AfterMonths(12), "{}", rules.id);
        let longest = [&rules.minor, &rules.ordinary, &rules.serious].map(|class| class.longest_months);
        assert_eq!(longest, [Some(3), Some(12), Some(36)], "{}", rules.id);
        // 轻微: at any time on 信用中国, without application at the market regulators.
        let minor = if rules.channel == Channel::Creditchina { Earliest::OnceDutiesAreFulfilled } else { Earliest::NoApplication };
        assert_eq!(rules.minor.earliest, minor, "{}", rules.id);
        let days = |term: Term| if let Term::WorkingDays(days, _) = term { Some(days) } else { None };
        // How long a decision takes under Order 36 could not be confirmed, nor the two others under Order 107.
        let figures = if rules.channel == Channel::Creditchina { [Some(3), Some(10), None] } else { [None, None, Some(7)] };
        for class in [&rules.ordinary, &rules.serious] {
            let terms = [rules.accept_within, rules.tell_within, class.decide_within];
            assert_eq!(terms.map(days), figures, "{}", rules.id);
        }
        // What is not confirmed has no figure here.
        for term in [rules.accept_within, rules.tell_within, rules.ordinary.decide_within] {
            if let Term::WorkingDays(_, source) = term {
                assert_eq!(source.mark, Mark::Confirmed, "{}: {}", rules.id, source.on);
            }
        }
    }
}

#[test]
fn the_right_way_follows_from_what_is_wrong() {
    assert_eq!(Grievance::ALL.map(Grievance::way), [Way::Repair, Way::Objection, Way::Appeal]);
    for grievance in Grievance::ALL {
        assert_eq!(Grievance::named(grievance.name()), Some(grievance));
    }
}

prop_compose! {
    /// Any record that could be on file, sound or not.
    fn any_record()(
        severity in prop_oneof![Just(None), proptest::sample::select(&Severity::ALL[..]).prop_map(Some)],
        channel in proptest::sample::select(&Channel::ALL[..]),
        kind in proptest::sample::select(&["罚款", "警告", "列入经营异常名录", "吊销许可证件"][..]),
        decided in 0..900_u64,
        published in proptest::option::of(0..20_u64),
        ends in proptest::option::of(0..1200_u64),
        earliest in proptest::option::of(0..500_u64),
        duties in proptest::collection::vec(proptest::option::of(0..600_u64), 0..3),
        stopped in proptest::option::weighted(0.1, 0..900_u64),
        disputed in proptest::bool::weighted(0.1),
    ) -> DishonestyRecord {
        let decided = day("2025-06-01") + Days::new(decided);
        let later = |days: Option<u64>| days.map(|days| (decided + Days::new(days)).to_string());
        RecordAsGiven {
            severity: severity.map(|severity| severity.name().to_owned()),
            channel: channel.name().to_owned(),
            kind: kind.to_owned(),
            decided_on: decided.to_string(),
            published_on: later(published),
            publication_ends_on: later(ends),
            earliest_repair_on: later(earliest),
            duties: duties.into_iter().map(|days| DutyAsGiven { what: "义务".to_owned(), fulfilled_on: later(days) }).collect(),
            stopped_on: later(stopped),
            disputed,
            ..given()
        }
        .read()
    }
}

prop_compose! {
    /// Anything that could bear on an application.
    fn any_circumstances()(
        bar in proptest::option::weighted(0.3, proptest::option::of(0..1500_u64)),
        is_applied_for in proptest::bool::weighted(0.1),
        is_granted in proptest::bool::weighted(0.1),
    ) -> Circumstances {
        let bar = bar.map(|last| Bar { last_day: last.map(|days| day("2026-04-01") + Days::new(days)) });
        Circumstances { bar, is_applied_for, is_granted }
    }
}

#[test]
fn a_day_is_waited_for_while_nothing_but_a_duty_stands_beside_it() {
    let not_yet = Ineligible::NotYet { from: day("2026-12-01") };
    let owed = Ineligible::DutiesOpen { duties: vec!["缴纳罚款".to_owned()] };
    let barred = Ineligible::Barred { last_day: Some(day("2027-01-31")) };
    assert_eq!(day_to_come(&[not_yet.clone(), owed.clone()]), Some(day("2026-12-01")));
    assert_eq!(day_to_come(&[not_yet.clone(), barred]), Some(day("2027-02-01")), "the later one");
    assert_eq!(day_to_come(&[owed]), None, "that is not a matter of time");
    assert_eq!(day_to_come(&[not_yet.clone(), Ineligible::Disputed]), None);
    assert_eq!(day_to_come(&[not_yet, Ineligible::Barred { last_day: None }]), None, "nobody knows when that ends");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn nobody_is_eligible_before_the_earliest_day_or_while_something_is_owed(
        record in any_record(),
        circumstances in any_circumstances(),
        after in 0..1500_u64,
    ) {
        let today = day("2026-04-01") + Days::new(after);
        if let Ok(eligible) = eligibility(&record, &circumstances, today) {
            prop_assert!(circumstances.bar.is_none_or(|bar| bar.last_day.is_some_and(|last| last < today)));
            prop_assert!(!circumstances.is_applied_for && !circumstances.is_granted);
            let waits = matches!(record.severity, Some(Severity::Ordinary | Severity::Serious)) && !record.is_of_abnormal_list();
            prop_assert!(!waits || record.earliest_repair_on.is_some(), "the day is given, not guessed");
            prop_assert!(record.earliest_repair_on.is_none_or(|earliest| earliest <= today));
            prop_assert!(eligible.since() <= today);
            prop_assert_eq!(record.still_owed(today).count(), 0);
            prop_assert!(!record.disputed && record.stopped_on.is_none_or(|on| today < on));
            prop_assert!(!record.has_unclear_dates());
            prop_assert_eq!(eligible.rules().channel, record.channel);
        }
    }

    #[test]
    fn whoever_is_eligible_stays_so_until_the_publication_ends(record in any_record(), after in 0..1500_u64, later in 0..1500_u64) {
        let today = day("2026-04-01") + Days::new(after);
        let then = today + Days::new(later);
        if let Ok(eligible) = eligibility(&record, &Circumstances::default(), today) {
            match eligibility(&record, &Circumstances::default(), then) {
                Ok(still) => prop_assert_eq!(still.since(), eligible.since()),
                Err(reasons) => prop_assert!(
                    matches!(reasons[..], [Ineligible::PeriodEnded { on } | Ineligible::AlreadyStopped { on }] if today <= on && on <= then),
                    "{:?}", reasons
                ),
            }
        }
    }

    #[test]
    fn reasons_are_given_and_end_on_the_day_they_name(
        record in any_record(),
        circumstances in any_circumstances(),
        after in 0..1500_u64,
    ) {
        let today = day("2026-04-01") + Days::new(after);
        if let Err(reasons) = eligibility(&record, &circumstances, today) {
            prop_assert!(!reasons.is_empty());
            if let Some(from) = possible_from(&reasons) {
                prop_assert!(today < from);
                let before = eligibility(&record, &circumstances, from - Days::new(1));
                prop_assert!(before.is_err(), "not the day before");
                let then = eligibility(&record, &circumstances, from);
                let has_ended = |reasons: &Vec<Ineligible>| {
                    matches!(reasons[..], [Ineligible::PeriodEnded { .. } | Ineligible::AlreadyStopped { .. }])
                };
                prop_assert!(then.as_ref().map_or_else(has_ended, |_| true), "{:?}", then);
            }
        }
    }

    #[test]
    fn the_boundary_days_are_those_of_the_civil_code(offset in 0..1200_u64, serious in any::<bool>()) {
        let decided = day("2026-04-01") + Days::new(offset);
        let (severity, months) = if serious { (Severity::Serious, 12) } else { (Severity::Ordinary, 3) };
        let record = by_the_table(severity, decided);
        let first = first_day_after(decided, months);
        prop_assert!(eligibility(&record, &Circumstances::default(), first).is_ok());
        prop_assert_eq!(
            eligibility(&record, &Circumstances::default(), first - Days::new(1)),
            Err(vec![Ineligible::NotYet { from: first }])
        );
    }
}
