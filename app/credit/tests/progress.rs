//! The steps of an application after filing, and what the enterprise itself says of it.

use chrono::NaiveDate;
use credit::filing::{Decision, Happening, Impossible, Standing, State, Verification};
use credit::form::FormKind;
use credit::law::deadlines::{Due, Source};
use credit::law::settings::RepairSettings;
use credit::law::working_days::WorkingDays;
use credit::progress::{CountedDays, Deadline, Progress, Step};
use credit::registration::Content;
use credit::repair::own_word::{DayBounds, OwnWordFault, Told, day as typed_day, handling_number};

/// The last day, where there is a term with one.
fn last(deadline: Option<Deadline>) -> Option<NaiveDate> {
    deadline.and_then(|deadline| deadline.due.day())
}

const UNKNOWN: Deadline = Deadline { length: None, due: Due::NoTerm };

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day of the test")
}

fn content(channel: &str, severity: &str, kind: &str) -> Content {
    [("channel", channel), ("severity", severity), ("penalty_kind", kind)]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn forwarded() -> Happening {
    Happening::Forwarded { receipt: "XYZG-1".to_owned() }
}

fn began() -> Happening {
    Happening::ReviewBegan { handler: "认定单位".to_owned() }
}

fn granted(note: Option<&str>) -> Happening {
    Happening::Decided(Decision::Granted { verification: Verification::Verified, note: note.map(str::to_owned) })
}

fn refused() -> Happening {
    Happening::Decided(Decision::Refused { reasons: vec!["公示期未满".to_owned()], comments: vec![] })
}

fn after(happenings: &[Happening]) -> Standing {
    happenings.iter().fold(Standing::accepted(), |standing, happening| standing.apply(happening).expect("it can happen"))
}

fn progress(kind: FormKind, content: &Content, happenings: &[(&str, Happening)], settings: &RepairSettings) -> Progress {
    let standing = after(&happenings.iter().map(|(_, happening)| happening.clone()).collect::<Vec<_>>());
    let counted = CountedDays::of(happenings.iter().map(|(on, happening)| (day(on), happening)));
    Progress::of(kind, content, &standing.state, counted, settings, &WorkingDays::built_in())
}

#[test]
fn each_step_has_the_term_of_its_order_from_the_day_that_sets_it_off() {
    let (content, settings) = (content("creditchina", "ordinary", "罚款"), RepairSettings::default());
    let repair = |happenings: &[(&str, Happening)]| progress(FormKind::Repair, &content, happenings, &settings);
    let at_first = repair(&[]);
    assert_eq!((at_first.step, at_first.due, at_first.result), (Step::HandOver, None, None), "nothing runs before the hand-over");
    let handed = repair(&[("2026-09-18", forwarded())]);
    assert_eq!(handed.step, Step::Acceptance);
    assert_eq!(last(handed.due), Some(day("2026-09-22")));
    assert!(matches!(handed.due.and_then(|due| due.length), Some((3, Source::Law(_)))), "{handed:?}");
    assert_eq!(last(handed.result), Some(day("2026-10-09")));
    let accepted = repair(&[("2026-09-18", forwarded()), ("2026-09-21", began())]);
    assert_eq!(accepted.step, Step::Decision);
    assert_eq!(last(accepted.due), Some(day("2026-10-08")));
    assert!(matches!(accepted.due.and_then(|due| due.length), Some((7, Source::Setting(_)))), "{accepted:?}");
    assert_eq!(accepted.extended, Some(UNKNOWN));
    let returned = Happening::Returned { comments: vec![], note: "补正".to_owned() };
    let sent_back = repair(&[("2026-09-18", forwarded()), ("2026-09-21", returned)]);
    assert_eq!((sent_back.step, sent_back.due), (Step::Correction, None));
    let ended = repair(&[("2026-09-18", forwarded()), ("2026-09-21", refused())]);
    assert_eq!((ended.step, ended.due, ended.result), (Step::Ended, None, None));
}

#[test]
fn an_acceptance_that_was_told_first_is_the_hand_over_too() {
    let days = CountedDays::of([(day("2026-09-21"), &began()), (day("2026-09-22"), &forwarded())]);
    assert_eq!(days, CountedDays { handed_over_on: Some(day("2026-09-21")), accepted_on: Some(day("2026-09-21")) });
}

#[test]
fn a_hand_over_that_is_told_late_counts_from_its_own_day() {
    let days = CountedDays::of([(day("2026-09-21"), &began()), (day("2026-09-18"), &forwarded())]);
    assert_eq!(days, CountedDays { handed_over_on: Some(day("2026-09-18")), accepted_on: Some(day("2026-09-21")) });
}

#[test]
fn where_no_order_or_class_is_known_no_day_is_named() {
    let settings = RepairSettings::default();
    for content in [content("court", "serious", "罚款"), content("creditchina", "", "罚款"), Content::new()] {
        let handed = progress(FormKind::Repair, &content, &[("2026-09-18", forwarded())], &settings);
        assert_eq!((handed.due, handed.result), (Some(UNKNOWN), None), "{content:?}");
    }
    let listed = content("gsxt", "", "列入经营异常名录");
    let handed = progress(FormKind::Repair, &listed, &[("2026-09-18", forwarded())], &settings);
    assert_eq!((handed.due, handed.result), (Some(UNKNOWN), Some(UNKNOWN)));
}

#[test]
fn an_objection_has_one_term_from_its_hand_over_where_order_36_holds() {
    let objected = |channel: &str, happenings: &[(&str, Happening)], settings: &RepairSettings| {
        progress(FormKind::Objection, &content(channel, "", "罚款"), happenings, settings).due
    };
    let handed = [("2026-09-18", forwarded())];
    assert_eq!(objected("creditchina", &handed, &RepairSettings::default()), Some(UNKNOWN));
    let set = RepairSettings { objection_working_days: Some(7), ..RepairSettings::default() };
    let under_way = [("2026-09-24", forwarded()), ("2026-09-28", began())];
    assert_eq!(last(objected("creditchina", &under_way, &set)), Some(day("2026-10-12")), "not from its acceptance");
    for elsewhere in ["gsxt", "other", ""] {
        assert_eq!(objected(elsewhere, &under_way, &set), Some(UNKNOWN), "{elsewhere}: no term is known");
    }
}

#[test]
fn a_deadline_into_a_year_without_a_calendar_is_not_certain() {
    let content = content("creditchina", "ordinary", "罚款");
    let late = progress(FormKind::Repair, &content, &[("2026-12-31", forwarded())], &RepairSettings::default());
    assert_eq!(late.due.map(|due| due.due), Some(Due::NotCertain { year: 2027 }));
}

#[test]
fn what_the_enterprise_says_of_a_decision_stands_until_the_platform_tells_it() {
    let said = after(&[forwarded(), began()]).apply_own_word(&granted(None)).expect("it can be said");
    assert!(said.by_own_word && said.holds());
    assert_eq!(said.apply_own_word(&granted(None)), Err(Impossible::Already), "said twice");
    assert_eq!(said.apply_own_word(&refused()), Err(Impossible::AlreadyDecided));
    let told = said.apply(&granted(None)).expect("the same, from the platform");
    assert!(!told.by_own_word && told.holds());
    assert_eq!(told.apply(&granted(None)), Err(Impossible::Already), "told twice");
    let other = said.apply(&refused()).expect("the platform knows better");
    assert!(!other.by_own_word && matches!(other.state, State::Decided(Decision::Refused { .. })));
    assert_eq!(told.apply_own_word(&refused()), Err(Impossible::AlreadyDecided), "nobody contradicts the platform");
    let untrue = Happening::Decided(Decision::FoundUntrue { reason: "承诺不实".to_owned() });
    assert!(matches!(said.apply(&untrue).expect("restored").state, State::Decided(Decision::FoundUntrue { .. })));
}

#[test]
fn what_the_enterprise_says_besides_is_as_if_it_had_been_told() {
    let said = Standing::accepted().apply_own_word(&forwarded()).expect("handed over");
    assert!(!said.by_own_word);
    assert_eq!(said, after(&[forwarded()]));
    assert_eq!(said.apply_own_word(&forwarded()), Err(Impossible::Already));
}

#[test]
fn a_handling_number_is_plain_and_of_one_to_sixty_characters() {
    assert_eq!(handling_number(" ＸＹＺＧ－2026\u{200b} 001 ").as_deref(), Ok("XYZG－2026 001"));
    assert_eq!(handling_number(" \u{3000}"), Err(OwnWordFault::NumberMissing));
    assert_eq!(handling_number(&"1".repeat(60)).map(|number| number.len()), Ok(60));
    assert_eq!(handling_number(&"1".repeat(61)), Err(OwnWordFault::NumberTooLong));
    assert_eq!(handling_number("12\u{05d0}3"), Err(OwnWordFault::NumberNotPlain));
}

#[test]
fn the_day_of_a_step_is_read_as_people_write_it_and_has_to_be_one() {
    assert_eq!(typed_day(" ２０２６年9月18日 "), Ok(day("2026-09-18")));
    assert_eq!(typed_day(" \u{3000}"), Err(OwnWordFault::DayMissing));
    assert_eq!(typed_day("昨天"), Err(OwnWordFault::DayUnreadable));
    assert_eq!(typed_day("2026-02-30"), Err(OwnWordFault::NoSuchDay));
}

#[test]
fn a_step_is_not_before_the_filing_nor_before_the_step_before_it_nor_to_come() {
    let (filed_on, today) = (day("2026-09-18"), day("2026-09-25"));
    let first = DayBounds { filed_on, last_on: None, today };
    let next = DayBounds { last_on: Some(day("2026-09-21")), ..first };
    for (bounds, on, expected) in [
        (first, "2026-09-17", Err(OwnWordFault::DayBeforeFiling { filed_on })),
        (first, "2026-09-18", Ok(())),
        (first, "2026-09-25", Ok(())),
        (first, "2026-09-26", Err(OwnWordFault::DayAhead { today })),
        (next, "2026-09-17", Err(OwnWordFault::DayBeforeFiling { filed_on })),
        (next, "2026-09-20", Err(OwnWordFault::DayBeforeLast { last_on: day("2026-09-21") })),
        (next, "2026-09-21", Ok(())),
    ] {
        assert_eq!(bounds.check(day(on)), expected, "{on}");
    }
}

#[test]
fn what_was_told_can_be_told_again_as_it_was_entered() {
    for (told, words) in [
        (Told::Accepted, "生态环境局信用岗"),
        (Told::Returned, "补交缴款书\n写明日期"),
        (Told::Granted, ""),
        (Told::Granted, "短信告知"),
        (Told::Refused, "公示期未满\n罚款未缴清"),
    ] {
        let happening = told.happening(words, "认定单位").expect("it can be told");
        assert!(happening.is_entered_by_hand());
        assert_eq!(Told::of(&happening), Some((told, words.to_owned())));
    }
    assert_eq!(Told::of(&forwarded()), None, "that it was handed over nobody tells");
}

#[test]
fn what_was_told_becomes_what_happened() {
    let told = |name: &str, words: &str| Told::named(name).expect("a name of the test").happening(words, "认定单位");
    assert_eq!(told("accepted", ""), Ok(began()));
    assert_eq!(told("accepted", "奉贤区\n生态环境局"), Ok(Happening::ReviewBegan { handler: "奉贤区 生态环境局".to_owned() }));
    assert_eq!(told("granted", " "), Ok(granted(None)));
    assert_eq!(told("granted", "已停止公示"), Ok(granted(Some("已停止公示"))));
    assert_eq!(told("refused", "公示期未满\n\n"), Ok(refused()));
    assert_eq!(told("refused", ""), Err(OwnWordFault::WordsMissing));
    assert_eq!(told("returned", ""), Err(OwnWordFault::WordsMissing));
    assert_eq!(told("returned", &"字".repeat(501)), Err(OwnWordFault::WordsTooLong));
    assert_eq!(Told::named("withdrawn"), None);
}
