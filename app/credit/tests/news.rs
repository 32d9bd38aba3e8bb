//! What an enterprise is told, and when its items end.

use chrono::NaiveDate;
use credit::filing::{Decision, Happening, Publication, Standing, State, Verification};
use credit::form::FormKind;
use credit::news::{News, days_left, ends_on};
use credit::registration::{Content, Terms};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn licence(until: &str) -> Content {
    [("valid_until".to_owned(), until.to_owned())].into()
}

fn granted(publication: Publication) -> Standing {
    let mut standing = Standing::accepted();
    standing.state = State::Decided(Decision::Granted { verification: Verification::Verified, note: None });
    standing.publication = publication;
    standing
}

#[test]
fn what_the_enterprise_did_itself_is_no_news() {
    for own in [Happening::Accepted, Happening::Withdrawn, Happening::Superseded { by: "1".into() }] {
        assert_eq!(News::of(&own), None);
    }
}

#[test]
fn news_carry_nothing_that_was_remarked() {
    let returned = Happening::Returned { comments: vec![], note: "请江大海更正".into() };
    let refused = Happening::Decided(Decision::Refused { reasons: vec!["江大海未提供".into()], comments: vec![] });
    let stopped = Happening::PublicationStopped { reason: "江大海申请".into() };
    for happening in [returned, refused, stopped] {
        let news = News::of(&happening).expect("the platform did it");
        assert!(!serde_json::to_string(&news).expect("it becomes JSON").contains("江大海"), "{news:?}");
    }
}

#[test]
fn an_item_ends_with_its_content_or_its_publication_whichever_is_earlier() {
    let content = licence("2027-03-01");
    let until = |day: &str| Publication::Published { until: Some(day.to_owned()) };
    let ends = |standing: &Standing| ends_on(FormKind::Licence, &content, standing, Terms::default());
    assert_eq!(ends(&granted(Publication::None)), Some(day("2027-03-01")));
    assert_eq!(ends(&granted(until("2027-01-01"))), Some(day("2027-01-01")));
    assert_eq!(ends(&granted(until("2028-01-01"))), Some(day("2027-03-01")));
    assert_eq!(ends(&granted(Publication::Stopped { reason: String::new() })), None);
    assert_eq!(ends(&Standing::accepted()), None, "what is not granted does not end");
    let endless = ends_on(FormKind::Licence, &Content::new(), &granted(Publication::None), Terms::default());
    assert_eq!(endless, None);
}

#[test]
fn days_are_counted_from_thirty_to_none() {
    let last = day("2027-03-01");
    let cases =
        [("2027-01-29", None), ("2027-01-30", Some(30)), ("2027-02-28", Some(1)), ("2027-03-01", Some(0)), ("2027-03-02", None)];
    for (today, left) in cases {
        assert_eq!(days_left(last, day(today)), left, "{today}");
    }
}
