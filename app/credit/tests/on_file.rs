//! What the platform has on file: bans on applying for repairs.

use chrono::NaiveDate;
use credit::law::eligibility::Bar;
use credit::on_file::{BarOnFile, OnFile};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day of the test")
}

fn bar(until: Option<&str>) -> BarOnFile {
    BarOnFile { what: "提供虚假材料".to_owned(), until: until.map(str::to_owned), ..BarOnFile::default() }
}

fn file(bars: Vec<BarOnFile>) -> OnFile {
    OnFile { read_at: 0, in_good_standing: true, breaches: Vec::new(), records: Vec::new(), bars }
}

#[test]
fn the_end_of_a_ban_is_read_in_every_usual_spelling() {
    let last_day = Some(day("2026-12-31"));
    for until in ["2026-12-31", "2026/12/31", "2026年12月31日", "２０２６．１２．３１"] {
        let bar = bar(Some(until));
        assert_eq!((bar.last_day(), bar.unreadable_end()), (last_day, None), "{until}");
        assert!(bar.holds(day("2026-12-31")) && !bar.holds(day("2027-01-01")), "{until}");
        assert_eq!(file(vec![bar.clone()]).bar(day("2026-12-31")), Some(Bar { last_day }), "{until}");
        assert_eq!(file(vec![bar]).bar(day("2027-01-01")), None, "{until}");
    }
}

#[test]
fn a_ban_that_is_told_beforehand_holds_from_its_first_day() {
    let coming = BarOnFile { since: "2026-12-01".to_owned(), ..bar(Some("2027-11-30")) };
    assert!(!coming.holds(day("2026-11-30")) && coming.holds(day("2026-12-01")) && !coming.holds(day("2027-12-01")));
    assert!(!coming.is_over(day("2026-11-30")), "it is shown before it holds");
    assert_eq!(file(vec![coming.clone()]).bar(day("2026-11-30")), None);
    let unclear = BarOnFile { since: "明年".to_owned(), ..coming };
    assert!(unclear.holds(day("2026-11-30")), "what cannot be read does not open a door");
}

#[test]
fn an_end_that_is_no_day_is_said_to_be_none_and_ends_nothing() {
    let unclear = bar(Some("整改以后"));
    assert_eq!(unclear.unreadable_end(), Some("整改以后"));
    assert!(unclear.holds(day("2040-01-01")));
    for none in [None, Some(""), Some(" ")] {
        assert_eq!((bar(none).last_day(), bar(none).unreadable_end()), (None, None));
    }
    let both = file(vec![bar(Some("2026-12-31")), unclear]);
    assert_eq!(both.bar(day("2026-12-01")), Some(Bar { last_day: None }), "the one that lasts longest");
}
