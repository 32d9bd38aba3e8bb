//! Terms of review and litigation.

use chrono::NaiveDate;
use credit::law::appeals::{Appeal, REVIEW_FIRST, Remedy, TABLE, is_contested_so};
use credit::law::repair_rules::Mark;
use credit::record::{DishonestyRecord, RecordAsGiven};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn the(remedy: Remedy) -> &'static Appeal {
    TABLE.iter().find(|appeal| appeal.remedy == remedy).expect("a row")
}

fn decided(on: &str, channel: &str) -> DishonestyRecord {
    RecordAsGiven { decided_on: on.into(), channel: channel.into(), ..RecordAsGiven::default() }.read()
}

#[test]
fn sixty_days_six_months_and_fifteen_days_are_counted_from_the_next_day() {
    // The day of service is not counted: of 60 days the first is 2 March.
    assert_eq!(the(Remedy::Review).last_day(day("2026-03-01")), day("2026-04-30"));
    assert_eq!(the(Remedy::Litigation).last_day(day("2026-03-01")), day("2026-09-01"));
    assert_eq!(the(Remedy::Litigation).last_day(day("2026-08-31")), day("2027-02-28"), "where there is no such day");
    assert_eq!(the(Remedy::LitigationAfterReview).last_day(day("2026-03-01")), day("2026-03-16"));
}

#[test]
fn every_row_names_its_article() {
    let articles: Vec<&str> = TABLE.iter().map(|appeal| appeal.source.on).collect();
    assert_eq!(articles, ["第二十条", "第四十六条", "第四十五条"]);
    assert!(TABLE.iter().all(|appeal| appeal.source.document.starts_with("《中华人民共和国行政")));
    // No source of ours has these texts: the pages say so beside each.
    assert!(TABLE.iter().all(|appeal| appeal.source.mark == Mark::ToBeConfirmed));
}

#[test]
fn no_end_is_told_for_what_the_record_does_not_say() {
    let record = decided("2026-10-01", "creditchina");
    assert_eq!(the(Remedy::Review).ends_at_the_earliest(&record), Some(day("2026-11-30")));
    assert_eq!(the(Remedy::Litigation).ends_at_the_earliest(&record), Some(day("2027-04-01")));
    assert_eq!(the(Remedy::LitigationAfterReview).ends_at_the_earliest(&record), None, "nobody knows when it was received");
    assert_eq!(the(Remedy::Review).ends_at_the_earliest(&decided("2023-12-31", "creditchina")), None, "before the revision");
    assert_eq!(the(Remedy::Review).ends_at_the_earliest(&decided("今年春天", "creditchina")), None);
}

#[test]
fn what_a_court_lists_is_not_contested_like_a_penalty() {
    assert!(is_contested_so(&decided("2026-10-01", "creditchina")));
    assert!(is_contested_so(&decided("2026-10-01", "tax")));
    assert!(!is_contested_so(&decided("2026-10-01", "court")));
}

#[test]
fn a_penalty_made_on_the_spot_is_reviewed_before_it_is_taken_to_court() {
    assert_eq!(REVIEW_FIRST.document, the(Remedy::Review).source.document);
    assert_eq!((REVIEW_FIRST.on, REVIEW_FIRST.mark), ("第二十三条", Mark::ToBeConfirmed));
}
