//! Events of the platform: each once, and recorded whatever it means.

use credit::filing::{Happening, Impossible, Publication};
use futures_util::future::join_all;
use futures_util::stream::{self, StreamExt};
use server::storage::{Applied, HistoryEntry, PlatformEvent, Source};

use crate::places::Store;
use crate::samples::{MINUTE, NOON, enterprise, event, filed, forwarded, granted, id, review_began};

fn figures(expected: &[(&str, i64)]) -> Vec<(String, i64)> {
    expected.iter().map(|(verdict, count)| ((*verdict).to_owned(), *count)).collect()
}

pub async fn an_event_is_applied_once(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let event = event(&filing.id, review_began());
    assert_eq!(store.apply_event(&event).await.unwrap(), Applied::Applied);
    let kept = store.filing(&filing.id, &filing.enterprise.code).await.unwrap();
    let entry =
        HistoryEntry { on: None, taken_back: None, at: event.occurred_at, happening: review_began(), source: Source::Platform };
    assert_eq!(kept.as_ref().unwrap().history.last(), Some(&entry));
    assert_eq!(store.apply_event(&event).await.unwrap(), Applied::Repeated);
    let same_id = PlatformEvent { happening: Some(granted()), ..event };
    assert_eq!(store.apply_event(&same_id).await.unwrap(), Applied::Repeated, "the id is the key, not what it says");
    assert_eq!(store.filing(&filing.id, &filing.enterprise.code).await.unwrap(), kept);
    assert_eq!(store.event_figures().await.unwrap(), figures(&[("applied", 1)]));
}

pub async fn an_event_that_arrives_many_times_at_once_is_applied_once(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let (event, unknown) = (event(&filing.id, granted()), PlatformEvent { happening: None, ..event(&filing.id, granted()) });
    for (event, first) in [(&event, Applied::Applied), (&unknown, Applied::Unknown)] {
        let applied = join_all((0..20).map(|_| store.apply_event(event))).await;
        let applied: Vec<Applied> = applied.into_iter().map(Result::unwrap).collect();
        assert_eq!(applied.iter().filter(|applied| **applied == first).count(), 1, "{applied:?}");
        assert_eq!(applied.iter().filter(|applied| **applied == Applied::Repeated).count(), 19, "{applied:?}");
    }
    assert_eq!(store.filing_changes(&filing.id, &filing.enterprise.code).await.unwrap(), Some(2));
}

pub async fn different_events_of_one_filing_at_once_are_all_applied(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    // A first round opens the connections: after it, the events truly meet.
    for round in 1..=3 {
        let events: Vec<PlatformEvent> =
            (0..20).map(|n| event(&filing.id, Happening::ReviewBegan { handler: format!("窗口{round}-{n}") })).collect();
        for applied in join_all(events.iter().map(|event| store.apply_event(event))).await {
            assert_eq!(applied.unwrap(), Applied::Applied);
        }
        let kept = store.filing(&filing.id, &filing.enterprise.code).await.unwrap().unwrap();
        assert_eq!((kept.changes, kept.history.len() as i64), (1 + 20 * round, 1 + 20 * round));
    }
}

pub async fn an_event_out_of_order_is_recorded_and_not_applied(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    store.apply_event(&event(&filing.id, review_began())).await.unwrap();
    let applied = store.apply_event(&event(&filing.id, review_began())).await.unwrap();
    assert_eq!(applied, Applied::Impossible(Impossible::Already));
    store.apply_event(&event(&filing.id, granted())).await.unwrap();
    let before = store.filing(&filing.id, &filing.enterprise.code).await.unwrap();
    for late in [forwarded(), review_began()] {
        let event = event(&filing.id, late);
        let applied = store.apply_event(&event).await.unwrap();
        assert_eq!(applied, Applied::Impossible(Impossible::AlreadyDecided));
        assert_eq!(store.apply_event(&event).await.unwrap(), Applied::Repeated);
    }
    assert_eq!(store.filing(&filing.id, &filing.enterprise.code).await.unwrap(), before);
    assert_eq!(store.event_figures().await.unwrap(), figures(&[("applied", 2), ("impossible", 3)]));
}

pub async fn events_that_overtook_the_one_they_follow_are_applied_after_it(store: Store) {
    let at = |minute: i64, happening: Happening, filing: &str| PlatformEvent {
        occurred_at: NOON + minute * MINUTE,
        ..event(filing, happening)
    };
    let published = || Happening::Published { until: None };
    let stopped = || Happening::PublicationStopped { reason: "信息有误".to_owned() };
    let owner = enterprise();
    let publication = async |filing: &str| store.filing(filing, &owner.code).await.unwrap().unwrap().standing.publication;
    // Everything comes in the reverse order.
    let filing = filed(&store, &owner).await.id;
    for early in [at(23, stopped(), &filing), at(22, published(), &filing)] {
        assert!(matches!(store.apply_event(&early).await.unwrap(), Applied::Impossible(_)));
    }
    assert_eq!(store.apply_event(&at(21, granted(), &filing)).await.unwrap(), Applied::Applied);
    assert_eq!(publication(&filing).await, Publication::Stopped { reason: "信息有误".to_owned() });
    assert_eq!(store.event_figures().await.unwrap(), figures(&[("applied", 3)]));
    // What is stopped before it is told to be published is not public for good.
    let filing = filed(&store, &owner).await.id;
    store.apply_event(&at(21, granted(), &filing)).await.unwrap();
    store.apply_event(&at(23, stopped(), &filing)).await.unwrap();
    store.apply_event(&at(22, published(), &filing)).await.unwrap();
    assert_eq!(publication(&filing).await, Publication::Stopped { reason: "信息有误".to_owned() });
    // What happened before the event that would make sense of it made none: it stays reported.
    let filing = filed(&store, &owner).await.id;
    store.apply_event(&at(20, published(), &filing)).await.unwrap();
    store.apply_event(&at(21, granted(), &filing)).await.unwrap();
    assert_eq!(publication(&filing).await, Publication::None);
    assert_eq!(store.event_figures().await.unwrap(), figures(&[("applied", 7), ("impossible", 1)]));
}

pub async fn an_event_of_an_unknown_type_is_recorded(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let with_filing = PlatformEvent { happening: None, ..event(&filing.id, granted()) };
    let without = PlatformEvent { filing_id: None, ..PlatformEvent { id: id(), ..with_filing.clone() } };
    for event in [with_filing, without] {
        assert_eq!(store.apply_event(&event).await.unwrap(), Applied::Unknown);
        assert_eq!(store.apply_event(&event).await.unwrap(), Applied::Repeated);
    }
    assert_eq!(store.filing_changes(&filing.id, &filing.enterprise.code).await.unwrap(), Some(1));
    assert_eq!(store.event_figures().await.unwrap(), figures(&[("unknown", 2)]));
}

pub async fn an_event_of_a_filing_that_we_do_not_have_is_recorded(store: Store) {
    let elsewhere = event(&id(), granted());
    let of_none = PlatformEvent { filing_id: None, ..event("", granted()) };
    for event in [elsewhere, of_none] {
        assert_eq!(store.apply_event(&event).await.unwrap(), Applied::NoSuchFiling);
        assert_eq!(store.apply_event(&event).await.unwrap(), Applied::Repeated);
    }
    assert_eq!(store.event_figures().await.unwrap(), figures(&[("no_such_filing", 2)]));
}

pub async fn an_event_with_odd_characters_is_recorded(store: Store) {
    let odd = "a\0b '\"\\ 𠮷".repeat(200);
    let event = PlatformEvent { id: odd.clone(), kind: odd.clone(), ..event(&odd, granted()) };
    assert_eq!(store.apply_event(&event).await.unwrap(), Applied::NoSuchFiling);
    assert_eq!(store.apply_event(&event).await.unwrap(), Applied::Repeated);
    store.record_refused_event(&odd, &odd, NOON).await.unwrap();
    assert_eq!(store.event_figures().await.unwrap(), figures(&[("no_such_filing", 1), ("refused", 1)]));
}

pub async fn only_the_newest_thousand_refused_messages_are_kept(store: Store) {
    assert_eq!(store.event_figures().await.unwrap(), []);
    let all: Vec<_> =
        (0..1_010)
            .map(|n| {
                let store = store.clone();
                async move {
                    store.record_refused_event(&format!("message-{n}"), "the signature does not match", NOON + n * MINUTE).await
                }
            })
            .collect();
    let outcomes: Vec<_> = stream::iter(all).buffer_unordered(8).collect().await;
    outcomes.into_iter().for_each(|outcome| outcome.unwrap());
    store.record_refused_event("the last", "forged", NOON).await.unwrap();
    assert_eq!(store.event_figures().await.unwrap(), figures(&[("refused", 1_000)]));
}
