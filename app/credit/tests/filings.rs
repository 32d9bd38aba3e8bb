//! The life of a filing, as a table of what may follow what, and as properties over every order of events.

use credit::filing::{
    Comment, Decision, Happening, Impossible, Performance, PerformanceFound, Publication, Standing, State, Verification,
};
use credit::pledge::Purpose;
use proptest::prelude::*;

fn forwarded() -> Happening {
    Happening::Forwarded { receipt: "R1".into() }
}

fn review() -> Happening {
    Happening::ReviewBegan { handler: "示例科".into() }
}

fn returned() -> Happening {
    Happening::Returned { comments: vec![Comment { field: "number".into(), comment: "请核对".into() }], note: String::new() }
}

fn granted() -> Happening {
    Happening::Decided(Decision::Granted { verification: Verification::Verified, note: None })
}

fn refused() -> Happening {
    Happening::Decided(Decision::Refused { reasons: vec!["不符".into()], comments: vec![] })
}

fn found_untrue() -> Happening {
    Happening::Decided(Decision::FoundUntrue { reason: "经核查不实".into() })
}

fn without(purpose: Purpose) -> Happening {
    Happening::AuthorisationWithdrawn { purpose }
}

fn published() -> Happening {
    Happening::Published { until: None }
}

fn stopped() -> Happening {
    Happening::PublicationStopped { reason: "到期".into() }
}

fn superseded() -> Happening {
    Happening::Superseded { by: "next".into() }
}

fn performed(performance: Performance, found_on: &str) -> Happening {
    Happening::PerformanceFound(Box::new(PerformanceFound {
        performance,
        found_by: "示例局".into(),
        found_by_code: "11310120FXXY0006XF".into(),
        found_on: found_on.into(),
        unfulfilled: (performance != Performance::Fulfilled).then(|| "未按期提交".into()),
        pursued: None,
    }))
}

fn all() -> Vec<Happening> {
    vec![
        Happening::Accepted,
        forwarded(),
        review(),
        returned(),
        granted(),
        refused(),
        Happening::Withdrawn,
        Happening::WithdrawalConfirmed,
        Happening::WithdrawalTooLate,
        superseded(),
        published(),
        stopped(),
        found_untrue(),
        without(Purpose::Publish),
        without(Purpose::Report),
        Happening::Revoked,
        performed(Performance::Fulfilled, "2026-11-30"),
        performed(Performance::Not, "2026-12-01"),
    ]
}

/// Applies one after the other; what is impossible changes nothing.
fn after(happenings: &[Happening]) -> Standing {
    happenings.iter().fold(Standing::accepted(), |standing, happening| standing.apply(happening).unwrap_or(standing))
}

#[test]
fn the_usual_course_runs_through() {
    let standing = after(&[forwarded(), review(), granted(), published()]);
    assert!(matches!(standing.state, State::Decided(Decision::Granted { .. })));
    assert_eq!(standing.publication, Publication::Published { until: None });
    let standing = standing.apply(&stopped()).expect("what is published can be stopped");
    assert!(matches!(standing.publication, Publication::Stopped { .. }));
}

#[test]
fn what_may_not_follow_says_why() {
    let cases: Vec<(Vec<Happening>, Happening, Impossible)> = vec![
        (vec![], Happening::Accepted, Impossible::Already),
        (vec![], published(), Impossible::NotGranted),
        (vec![], stopped(), Impossible::NotPublished),
        (vec![], superseded(), Impossible::NotReturned),
        (vec![granted()], granted(), Impossible::Already),
        (vec![granted()], refused(), Impossible::AlreadyDecided),
        (vec![granted()], Happening::Withdrawn, Impossible::AlreadyDecided),
        (vec![granted()], returned(), Impossible::AlreadyDecided),
        (vec![refused()], published(), Impossible::NotGranted),
        (vec![Happening::Withdrawn], Happening::Withdrawn, Impossible::Already),
        (vec![Happening::Withdrawn], review(), Impossible::Ended),
        (vec![Happening::Withdrawn, Happening::WithdrawalConfirmed], granted(), Impossible::Ended),
        (vec![returned(), superseded()], granted(), Impossible::Ended),
        (vec![returned()], review(), Impossible::Already),
        (vec![granted(), published()], published(), Impossible::Already),
        (vec![], found_untrue(), Impossible::NotGranted),
        (vec![refused()], found_untrue(), Impossible::AlreadyDecided),
        (vec![granted(), found_untrue()], published(), Impossible::NotGranted),
        (vec![granted(), without(Purpose::Publish)], published(), Impossible::NotAuthorised),
        (vec![granted(), without(Purpose::Publish)], without(Purpose::Publish), Impossible::Already),
        (vec![refused()], without(Purpose::Publish), Impossible::Ended),
        (vec![forwarded()], superseded(), Impossible::NotReturned),
    ];
    for (before, happening, why) in cases {
        assert_eq!(after(&before).apply(&happening), Err(why), "{before:?} then {happening:?}");
    }
}

#[test]
fn withdrawing_the_authorisation_to_publish_ends_the_publication_at_once() {
    let standing = after(&[granted(), published(), without(Purpose::Publish)]);
    assert_eq!(standing.publication, Publication::Ended);
    assert!(matches!(standing.state, State::Decided(Decision::Granted { .. })), "what was verified stays verified");
    assert_eq!(after(&[granted(), published(), without(Purpose::Report)]).publication, Publication::Published { until: None });
}

#[test]
fn what_is_found_untrue_or_corrected_is_not_published_any_more() {
    let untrue = after(&[granted(), published(), found_untrue()]);
    assert!(matches!(untrue.publication, Publication::Stopped { .. }));
    assert!(matches!(untrue.state, State::Decided(Decision::FoundUntrue { .. })));
    let corrected = after(&[granted(), published(), superseded()]);
    assert_eq!(corrected.publication, Publication::Ended);
    assert!(matches!(corrected.state, State::Superseded { .. }));
}

#[test]
fn a_decision_that_overtakes_a_withdrawal_stands() {
    let standing = after(&[forwarded(), Happening::Withdrawn, Happening::WithdrawalTooLate, granted()]);
    assert!(matches!(standing.state, State::Decided(Decision::Granted { .. })));
}

#[test]
fn an_event_that_overtakes_our_own_delivery_loses_nothing() {
    let standing = after(&[review(), forwarded()]);
    assert_eq!(standing.receipt(), Some("R1"));
    assert!(matches!(standing.state, State::UnderReview { .. }));
    assert!(matches!(after(&[granted(), review(), forwarded()]).state, State::Decided(_)), "a decision that came first stays");
}

#[test]
fn it_can_be_withdrawn_until_it_is_decided() {
    for before in [vec![], vec![forwarded()], vec![forwarded(), review()], vec![returned()]] {
        let standing = after(&before);
        assert!(standing.may_be_withdrawn(), "{before:?}");
        assert!(standing.apply(&Happening::Withdrawn).is_ok(), "{before:?}");
    }
    for before in [vec![granted()], vec![refused()], vec![Happening::Withdrawn], vec![returned(), superseded()]] {
        assert!(!after(&before).may_be_withdrawn(), "{before:?}");
    }
}

#[test]
fn a_commitment_can_be_taken_back_while_it_holds_and_stays_in_the_history() {
    assert_eq!(after(&[forwarded()]).apply(&Happening::Revoked), Err(Impossible::NotGranted));
    let standing = after(&[granted(), published(), Happening::Revoked]);
    assert!(standing.revoked && standing.holds());
    assert!(matches!(standing.publication, Publication::Published { .. }), "it is still shown, as taken back");
    assert_eq!(standing.apply(&Happening::Revoked), Err(Impossible::Already));
    let found = after(&[granted(), performed(Performance::Not, "2026-12-01")]);
    assert_eq!(found.apply(&Happening::Revoked), Err(Impossible::AlreadyDecided), "nobody takes back what was breached");
}

#[test]
fn the_newest_finding_of_performance_counts_however_late_an_older_one_arrives() {
    let (older, newer) = (performed(Performance::Partly, "2026-11-30"), performed(Performance::Fulfilled, "2026-12-05"));
    assert_eq!(after(std::slice::from_ref(&older)).performance, None, "only what was granted can be performed");
    for order in [[granted(), older.clone(), newer.clone()], [granted(), newer.clone(), older]] {
        assert_eq!(after(&order).performance.map(|found| found.performance), Some(Performance::Fulfilled));
    }
}

/// What happened to a filing, one after the other, each with whether the enterprise itself says so; what is impossible did not.
fn happened(course: &[(Happening, bool)]) -> (Vec<(&Happening, bool)>, Vec<Standing>) {
    let (mut happened, mut standings) = (vec![(&Happening::Accepted, true)], vec![Standing::accepted()]);
    for (happening, is_own) in course {
        let standing = &standings[standings.len() - 1];
        let next = if *is_own { standing.apply_own_word(happening) } else { standing.apply(happening) };
        if let Ok(next) = next {
            happened.push((happening, *is_own));
            standings.push(next);
        }
    }
    (happened, standings)
}

#[test]
fn the_latest_entry_by_hand_is_taken_back_as_long_as_nothing_came_after_it() {
    let course = [(forwarded(), true), (review(), true), (granted(), true)];
    let (said, standings) = happened(&course);
    for kept in 1..=course.len() {
        assert_eq!(Standing::without_latest_entry(&said[..=kept]).as_ref(), Some(&standings[kept - 1]));
    }
    let told = [(forwarded(), true), (review(), false)];
    assert_eq!(Standing::without_latest_entry(&happened(&told).0), None, "the platform said so");
    for deed in [Happening::Withdrawn, superseded()] {
        let course = [(returned(), true), (deed, true)];
        assert_eq!(Standing::without_latest_entry(&happened(&course).0), None, "what was done here is no entry");
    }
    assert_eq!(Standing::without_latest_entry(&happened(&[]).0), None, "nothing was entered");
    assert_eq!(Standing::without_latest_entry(&[]), None);
}

fn any_happenings() -> impl Strategy<Value = Vec<Happening>> {
    proptest::collection::vec(proptest::sample::select(all()), 0..20)
}

proptest! {
    /// Repeating an event at once changes nothing more.
    #[test]
    fn an_event_applied_twice_is_as_once(course in any_happenings(), again in proptest::sample::select(all())) {
        let mut once = course.clone();
        once.push(again.clone());
        let mut twice = once.clone();
        twice.push(again);
        prop_assert_eq!(after(&once), after(&twice));
    }

    /// Once decided, always decided the same way, until it is found untrue or corrected; once ended, ended.
    #[test]
    fn a_decision_and_an_end_are_final(course in any_happenings(), later in any_happenings()) {
        let standing = after(&course);
        let end = later.iter().fold(standing.clone(), |standing, happening| standing.apply(happening).unwrap_or(standing));
        if matches!(standing.state, State::Superseded { .. } | State::Withdrawn { confirmed: true }) {
            prop_assert_eq!(&standing.state, &end.state);
        }
        if let State::Decided(_) = standing.state {
            let further = matches!(end.state, State::Superseded { .. } | State::Decided(Decision::FoundUntrue { .. }));
            prop_assert!(further || standing.state == end.state);
        }
        let granted = matches!(end.state, State::Decided(Decision::Granted { .. }));
        let shown = matches!(end.publication, Publication::Published { .. });
        prop_assert!(granted || !shown, "only what is granted is shown");
        prop_assert!(!shown || !end.withdrawn.contains(&Purpose::Publish), "and only with the enterprise's authorisation");
    }

    /// The platform's events of one course come in any order: the decision is what counts in the end.
    #[test]
    fn any_order_of_a_course_ends_decided(order in Just(vec![forwarded(), review(), granted()]).prop_shuffle()) {
        prop_assert_eq!(after(&order).state, State::Decided(Decision::Granted { verification: Verification::Verified, note: None }));
    }

    /// Whoever says what: taking the latest entry back leads to where the filing stood before it, and what is no entry stays.
    #[test]
    fn taking_an_entry_back_leads_to_where_it_stood_before(
        course in proptest::collection::vec((proptest::sample::select(all()), any::<bool>()), 0..12)
    ) {
        let (happened, standings) = happened(&course);
        let (latest, is_own) = happened[happened.len() - 1];
        let before = standings.len().checked_sub(2).map(|before| standings[before].clone());
        let expected = before.filter(|_| is_own && latest.is_entered_by_hand());
        prop_assert_eq!(Standing::without_latest_entry(&happened), expected);
    }

    #[test]
    fn a_standing_is_read_again_as_it_was_written(course in any_happenings()) {
        let standing = after(&course);
        let text = serde_json::to_string(&standing).expect("it can be written");
        prop_assert_eq!(serde_json::from_str::<Standing>(&text).expect("it can be read"), standing);
    }
}
