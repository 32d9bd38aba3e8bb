//! When an item is shown to everyone.

use chrono::NaiveDate;
use credit::filing::{Decision, Happening, Instant, Publication, Standing, State, Verification};
use credit::form::FormKind;
use credit::pledge::{Pledge, Purpose};
use credit::public_item::{PublicItem, Registered, public_item};
use credit::registration::{Content, Terms};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn granted() -> Happening {
    Happening::Decided(Decision::Granted { verification: Verification::PartlyVerified, note: None })
}

fn published(until: Option<&str>) -> Happening {
    Happening::Published { until: until.map(str::to_owned) }
}

fn stopped() -> Happening {
    Happening::PublicationStopped { reason: "企业申请".to_owned() }
}

/// What comes of a licence valid until 2030-03-04 to which this happened, an hour apart.
fn after(happenings: &[Happening], purposes: &[Purpose]) -> Option<PublicItem> {
    after_of(FormKind::Licence, &[("title", "许可证"), ("valid_until", "2030-03-04")], happenings, purposes)
}

fn after_of(kind: FormKind, content: &[(&str, &str)], happenings: &[Happening], purposes: &[Purpose]) -> Option<PublicItem> {
    let standing = happenings.iter().fold(Standing::accepted(), |standing, happening| standing.apply(happening).expect("possible"));
    let content: Content = content.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let pledge = Pledge { version: "1".to_owned(), text: "真实".to_owned(), purposes: purposes.to_vec() };
    let filing = Registered { kind, content: &content, pledge: &pledge, standing: &standing };
    let history = happenings.iter().cloned().zip(1..).map(|(happening, hour)| (hour as Instant, happening));
    public_item(filing, history, Terms::default())
}

#[test]
fn an_item_is_public_when_it_is_granted_published_and_authorised() {
    let item = after(&[granted(), published(None)], &[Purpose::Publish]).expect("all three agree");
    let expected = PublicItem {
        verification: Verification::PartlyVerified,
        verified_at: 1,
        published_at: 2,
        last_day: Some(day("2030-03-04")),
    };
    assert_eq!(item, expected);
}

#[test]
fn without_one_of_the_three_it_is_not() {
    assert_eq!(after(&[granted()], &[Purpose::Publish]), None, "not published");
    assert_eq!(after(&[granted(), published(None)], &[Purpose::Evaluate, Purpose::Report]), None, "not authorised");
    assert_eq!(after(&[granted(), published(None), stopped()], &[Purpose::Publish]), None, "stopped");
    let refused = Standing {
        state: State::Decided(Decision::Refused { reasons: vec!["不实".to_owned()], comments: vec![] }),
        publication: Publication::Published { until: None },
        ..Standing::accepted()
    };
    let pledge = Pledge { version: "1".to_owned(), text: String::new(), purposes: Purpose::ALL.to_vec() };
    let filing = Registered { kind: FormKind::PublicGood, content: &Content::new(), pledge: &pledge, standing: &refused };
    assert_eq!(public_item(filing, [(1, granted()), (2, published(None))], Terms::default()), None, "not granted");
}

#[test]
fn the_earlier_last_day_holds_and_is_itself_a_day_of_showing() {
    let last = |until| after(&[granted(), published(until)], &[Purpose::Publish]).expect("public").last_day;
    assert_eq!(last(Some("2029-12-31")), Some(day("2029-12-31")));
    assert_eq!(last(Some("2040-12-31")), Some(day("2030-03-04")));
    let without_end = after_of(FormKind::PublicGood, &[], &[granted(), published(None)], &[Purpose::Publish]).expect("public");
    assert_eq!(without_end.last_day, None);
    assert!(without_end.is_shown_on(day("2199-12-31")));
    let item = after(&[granted(), published(Some("2029-12-31"))], &[Purpose::Publish]).expect("public");
    assert!(item.is_shown_on(day("2029-12-31")) && !item.is_shown_on(day("2030-01-01")));
}

#[test]
fn a_last_day_that_cannot_be_read_shows_nothing() {
    assert_eq!(after(&[granted(), published(Some("soon"))], &[Purpose::Publish]), None);
}

#[test]
fn a_new_last_day_does_not_begin_the_publication_anew_but_a_stop_does() {
    let longer = after(&[granted(), published(Some("2028-01-01")), published(Some("2029-01-01"))], &[Purpose::Publish]);
    assert_eq!(longer.expect("public").published_at, 2);
    let again = after(&[granted(), published(None), stopped(), published(None)], &[Purpose::Publish]);
    assert_eq!(again.expect("public").published_at, 4);
}
