//! What an enterprise has here in sum.

use credit::filing::{Decision, Happening};
use credit::form::FormKind;
use credit::on_file::{Breach, OnFile};
use server::storage::overviews::{FilingCount, Phase};

use crate::places::Store;
use crate::samples::{MINUTE, NOON, enterprise, event, filed, filed_at, granted, returned, review_began, sorted, withdrawal};

pub async fn filings_are_counted_by_where_they_stand(store: Store) {
    let own = enterprise();
    filed(&store, &own).await;
    let checked = filed(&store, &own).await;
    store.apply_event(&event(&checked.id, review_began())).await.unwrap();
    for n in 0..3 {
        let filing = filed(&store, &own).await;
        store.apply_event(&event(&filing.id, granted())).await.unwrap();
        if n > 0 {
            store.apply_event(&event(&filing.id, Happening::Published { until: None })).await.unwrap();
        }
        if n > 1 {
            store.apply_event(&event(&filing.id, Happening::PublicationStopped { reason: String::new() })).await.unwrap();
        }
    }
    let refused = filed(&store, &own).await;
    let why = Happening::Decided(Decision::Refused { reasons: vec!["granted".into()], comments: vec![] });
    store.apply_event(&event(&refused.id, why)).await.unwrap();
    let sent_back = returned(&store, &own).await;
    let withdrawn = filed(&store, &own).await;
    store.take_back(&withdrawn.id, &own.code, &withdrawal(NOON + 30 * MINUTE, "{}")).await.unwrap();
    returned(&store, &enterprise()).await;
    let mut counts = store.filing_counts(&own.code).await.unwrap();
    counts.sort_by_key(|count| count.phase);
    let count = |phase, count, published| FilingCount { kind: FormKind::Licence, phase, count, published };
    let expected = [
        count(Phase::Checking, 2, 0),
        count(Phase::Returned, 1, 0),
        count(Phase::Granted, 3, 1),
        count(Phase::Refused, 1, 0),
        count(Phase::Withdrawn, 1, 0),
    ];
    assert_eq!(counts, expected);
    let lines = store.returned_filings(&own.code, 10).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.id.as_str()).collect::<Vec<_>>(), [sent_back.id.as_str()]);
    assert_eq!(store.filing_counts(&enterprise().code).await.unwrap(), []);
}

pub async fn all_filings_of_an_enterprise_are_walked_in_order(store: Store) {
    let own = enterprise();
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(filed_at(&store, &own, NOON - n * MINUTE).await.id);
    }
    filed(&store, &enterprise()).await;
    let mut walked: Vec<String> = Vec::new();
    loop {
        let after = walked.last().cloned().unwrap_or_default();
        let page = store.filing_ids(&own.code, &after, 2).await.unwrap();
        if page.is_empty() {
            break;
        }
        walked.extend(page);
    }
    assert_eq!(walked, sorted(ids));
}

pub async fn the_latest_reading_is_kept(store: Store) {
    let own = enterprise();
    assert_eq!(store.last_reading(&own.code).await.unwrap(), None);
    let reading = |read_at, good| OnFile {
        read_at,
        in_good_standing: good,
        breaches: vec![Breach { what: "'\"\0𠮷".into(), since: "2026-01-01".into(), until: None, basis: String::new() }],
        records: vec![],
        bars: vec![],
    };
    for (read_at, good) in [(NOON, true), (NOON + MINUTE, false), (NOON - MINUTE, true)] {
        store.keep_reading(&own.code, &reading(read_at, good)).await.unwrap();
    }
    assert_eq!(store.last_reading(&own.code).await.unwrap(), Some(reading(NOON + MINUTE, false)), "an older one comes too late");
    assert_eq!(store.last_reading(&enterprise().code).await.unwrap(), None);
}
