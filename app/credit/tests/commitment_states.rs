//! Whether a commitment holds, and what everyone may see of it.

use chrono::NaiveDate;
use credit::commitment::public_content::public_content;
use credit::commitment::state::CommitmentState;
use credit::filing::{Decision, Happening, Performance, PerformanceFound, Standing, Verification};
use credit::form::FormKind;
use credit::news::ends_on;
use credit::registration::{Content, Terms};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn granted() -> Standing {
    let decision = Decision::Granted { verification: Verification::Verified, note: None };
    Standing::accepted().apply(&Happening::Decided(decision)).expect("it was accepted")
}

fn breached() -> Happening {
    Happening::PerformanceFound(Box::new(PerformanceFound {
        performance: Performance::Not,
        found_by: "奉贤区市场监督管理局".to_owned(),
        found_by_code: "11310120FXXY0006XF".to_owned(),
        found_on: "2026-11-25".to_owned(),
        unfulfilled: Some("全部".to_owned()),
        pursued: None,
    }))
}

#[test]
fn what_was_found_is_said_first_then_that_it_was_taken_back_then_the_calendar() {
    let (last, next) = (day("2026-11-24"), day("2026-11-25"));
    let granted = granted();
    assert_eq!(CommitmentState::of(&granted, None, next), CommitmentState::InForce);
    assert_eq!(CommitmentState::of(&granted, Some(last), last), CommitmentState::InForce);
    assert_eq!(CommitmentState::of(&granted, Some(last), next), CommitmentState::Expired);
    let revoked = granted.apply(&Happening::Revoked).expect("it holds");
    assert_eq!(CommitmentState::of(&revoked, Some(last), next), CommitmentState::Withdrawn);
    let found = revoked.apply(&breached()).expect("it holds");
    assert_eq!(CommitmentState::of(&found, Some(last), next), CommitmentState::Found(Performance::Not));
    for state in CommitmentState::ALL {
        assert_eq!(CommitmentState::named(state.name()), Some(state));
    }
}

#[test]
fn a_commitment_ends_on_its_own_last_day_unless_it_has_ended_otherwise() {
    let content: Content = [("valid_until".to_owned(), "2026-12-01".to_owned())].into();
    let ends = |standing: &Standing| ends_on(FormKind::Commitment, &content, standing, Terms::default());
    let published = granted().apply(&Happening::Published { until: Some("2026-11-30".to_owned()) }).expect("granted");
    assert_eq!(ends(&published), Some(day("2026-12-01")), "not when its publication ends");
    assert_eq!(ends(&Standing::accepted()), None);
    assert_eq!(ends(&published.apply(&Happening::Revoked).expect("it holds")), None);
    assert_eq!(ends(&published.apply(&breached()).expect("it holds")), None);
}

#[test]
fn strangers_see_the_public_text_masked_and_nothing_else_of_the_content() {
    let content: Content = [
        ("title", "消防安全自我承诺书"),
        ("type", "voluntary"),
        ("matter", "落实责任，电话 13800000001"),
        ("text", "SECRET"),
        ("public_text", "安全管理人为（不公开），证件 11010519491231002X"),
        ("remark", "SECRET"),
        ("blank.manager", "SECRET"),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .into();
    let shown = public_content(&content);
    assert_eq!(shown.matter, "落实责任，电话 138****0001");
    assert_eq!(shown.text, "安全管理人为（不公开），证件 110105********002X");
    assert_eq!((shown.title.as_str(), shown.valid_until.as_ref()), ("消防安全自我承诺书", None));
    assert!(!format!("{shown:?}").contains("SECRET"));
}
