//! Until when an authority has to answer.

use chrono::NaiveDate;
use credit::law::deadlines::{Due, Source, objection_deadline, repair_deadlines};
use credit::law::repair_rules::{Mark, rules_for};
use credit::law::settings::RepairSettings;
use credit::law::working_days::WorkingDays;
use credit::record::Channel;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day of the test")
}

#[test]
fn an_application_is_accepted_in_three_working_days_and_answered_in_ten() {
    let rules = rules_for(Channel::Creditchina, day("2026-09-18")).expect("in force");
    let calendars = WorkingDays::built_in();
    let settings = RepairSettings::default();
    let due = repair_deadlines(rules, &rules.ordinary, &settings, &calendars, day("2026-09-18"), None);
    // Sunday 20 September works; 25 to 27 September and 1 to 7 October are off.
    assert_eq!(due.acceptance.day(), Some(day("2026-09-22")));
    assert_eq!(due.decision.day(), Some(day("2026-10-09")), "seven after the last day of acceptance");
    assert_eq!(due.result.day(), Some(day("2026-10-09")));
    assert_eq!(due.extended_decision, Due::NoTerm, "nobody knows by how much");
    let Due::On(_, Source::Setting(source)) = due.decision else { panic!("the operator's setting: {due:?}") };
    assert_eq!(source.mark, Mark::ToBeConfirmed);
    let accepted = repair_deadlines(rules, &rules.ordinary, &settings, &calendars, day("2026-09-18"), Some(day("2026-09-18")));
    assert_eq!(accepted.decision.day(), Some(day("2026-09-29")), "counted from the acceptance once it is known");
}

#[test]
fn what_the_operator_has_not_set_has_no_day() {
    let rules = rules_for(Channel::Creditchina, day("2026-09-18")).expect("in force");
    let unset = RepairSettings { decide_working_days: None, ..RepairSettings::default() };
    let due = repair_deadlines(rules, &rules.ordinary, &unset, &WorkingDays::built_in(), day("2026-09-18"), None);
    assert_eq!(due.decision, Due::NoTerm);
    assert_eq!(objection_deadline(&unset, &WorkingDays::built_in(), day("2026-09-18")), Due::NoTerm);
    let set = RepairSettings { objection_working_days: Some(7), extend_working_days: Some(10), ..RepairSettings::default() };
    let objection = objection_deadline(&set, &WorkingDays::built_in(), day("2026-09-24"));
    assert_eq!(objection.day(), Some(day("2026-10-12")));
    let due = repair_deadlines(rules, &rules.ordinary, &set, &WorkingDays::built_in(), day("2026-09-18"), None);
    assert_eq!(due.extended_decision.day(), Some(day("2026-10-22")));
}

#[test]
fn market_regulators_decide_in_seven_working_days_from_acceptance() {
    let rules = rules_for(Channel::Gsxt, day("2026-11-20")).expect("in force");
    let settings = RepairSettings { extend_working_days: Some(10), ..RepairSettings::default() };
    let calendars = WorkingDays::built_in();
    let due = repair_deadlines(rules, &rules.ordinary, &settings, &calendars, day("2026-11-20"), None);
    assert_eq!(due.decision, Due::NoTerm, "no term of acceptance is known, so nothing can be counted from it");
    let due = repair_deadlines(rules, &rules.ordinary, &settings, &calendars, day("2026-11-20"), Some(day("2026-11-24")));
    assert_eq!(due.decision.day(), Some(day("2026-12-03")));
    assert!(matches!(due.decision, Due::On(_, Source::Law(source)) if source.mark == Mark::Confirmed));
    assert_eq!(due.extended_decision, Due::NoTerm, "that setting is for the other order");
    let listed = rules.abnormal_list.as_ref().expect("it has a rule");
    let due = repair_deadlines(rules, listed, &settings, &calendars, day("2026-11-20"), Some(day("2026-11-24")));
    assert_eq!(due.decision, Due::NoTerm);
}

#[test]
fn a_deadline_that_runs_into_a_year_without_a_calendar_is_not_certain() {
    let rules = rules_for(Channel::Creditchina, day("2026-12-25")).expect("in force");
    let due =
        repair_deadlines(rules, &rules.ordinary, &RepairSettings::default(), &WorkingDays::built_in(), day("2026-12-25"), None);
    assert_eq!(due.acceptance.day(), Some(day("2026-12-30")));
    assert_eq!(due.decision, Due::NotCertain { year: 2027 });
    assert_eq!(due.result, Due::NotCertain { year: 2027 });
    let late =
        repair_deadlines(rules, &rules.ordinary, &RepairSettings::default(), &WorkingDays::built_in(), day("2026-12-31"), None);
    assert_eq!(late.acceptance, Due::NotCertain { year: 2027 });
    assert_eq!(late.decision, Due::NotCertain { year: 2027 }, "what is counted from an uncertain day is no surer");
}
