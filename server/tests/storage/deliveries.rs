//! The courier's side: claiming, settling, and never giving out the same twice.

use credit::filing::{Happening, State};
use futures_util::future::join_all;
use server::storage::{Acceptance, Delivery, DeliveryProgress, HistoryEntry, OutboxFigures, Settlement, Source, StoredDraft};

use crate::places::Store;
use crate::samples::{
    MINUTE, NOON, draft_of, enterprise, event, file_ids, filed, filed_at, filing_of, forwarded, granted, kept_file, refused_file,
    sent_back, sorted, withdrawal,
};

const DUE: i64 = NOON + 10 * MINUTE;
const LEASE_ENDS: i64 = DUE + MINUTE;

/// Claims what is due now: it must be one.
async fn claim_one(store: &Store, now: i64) -> Delivery {
    let mut deliveries = store.claim_deliveries(now, now + MINUTE, 10).await.unwrap();
    assert_eq!(deliveries.len(), 1);
    deliveries.remove(0)
}

pub async fn a_delivery_is_given_out_once_with_the_kept_files(store: Store) {
    let (first, refused, second) = (kept_file(), refused_file(), kept_file());
    let attachments = vec![first.clone(), refused, second.clone()];
    let draft = StoredDraft { attachments, ..draft_of(&enterprise()) };
    store.begin_draft(&draft).await.unwrap();
    assert_eq!(store.accept(&filing_of(&draft), 1, &file_ids(&draft)).await.unwrap(), Acceptance::Accepted);
    assert_eq!(store.claim_deliveries(DUE - 1, LEASE_ENDS, 10).await.unwrap(), [], "not before it is due");
    assert_eq!(store.next_delivery_at().await.unwrap(), Some(DUE));
    let delivery = claim_one(&store, DUE).await;
    assert_eq!(delivery.attachments, [first, second]);
    assert_eq!(store.claim_deliveries(LEASE_ENDS - 1, LEASE_ENDS, 10).await.unwrap(), []);
    assert_eq!(store.next_delivery_at().await.unwrap(), Some(LEASE_ENDS));
}

pub async fn a_delivery_is_given_out_again_when_its_lease_ends(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let lost = claim_one(&store, DUE).await;
    let held = claim_one(&store, LEASE_ENDS).await;
    assert_eq!(lost.id, held.id);
    assert_ne!(lost.lease, held.lease);
    let before = store.filing(&filing.id, &filing.enterprise.code).await.unwrap();
    let later = Settlement::Later { at: DUE, problem: "late".to_owned() };
    let parked = Settlement::Parked { problem: "late".to_owned() };
    for settlement in [Settlement::Delivered(Some(forwarded())), Settlement::Waiting(DUE), later, parked] {
        assert!(!store.settle_delivery(&lost, &settlement, LEASE_ENDS).await.unwrap());
    }
    assert_eq!(store.filing(&filing.id, &filing.enterprise.code).await.unwrap(), before);
    assert!(store.settle_delivery(&held, &Settlement::Delivered(Some(forwarded())), LEASE_ENDS).await.unwrap());
    assert!(!store.settle_delivery(&held, &Settlement::Delivered(None), LEASE_ENDS).await.unwrap(), "once");
    assert_eq!(store.filing_changes(&filing.id, &filing.enterprise.code).await.unwrap(), Some(2));
}

pub async fn claimers_at_once_never_get_the_same_delivery(store: Store) {
    let enterprise = enterprise();
    let filings = join_all((0..40).map(|_| filed(&store, &enterprise))).await;
    let mut claimed: Vec<String> = Vec::new();
    // Some may be passed over while another claimer holds them; nothing is passed over for ever.
    for _ in 0..20 {
        let claims = join_all((0..8).map(|_| store.claim_deliveries(DUE, LEASE_ENDS, 3))).await;
        claimed.extend(claims.into_iter().flat_map(Result::unwrap).map(|delivery| delivery.id));
        if claimed.len() >= filings.len() {
            break;
        }
    }
    assert_eq!(claimed.len(), filings.len());
    assert_eq!(sorted(claimed), sorted(filings.into_iter().map(|filing| filing.id)));
}

pub async fn of_one_filing_only_the_oldest_delivery_is_given_out(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    store.take_back(&filing.id, &filing.enterprise.code, &withdrawal(NOON, "body")).await.unwrap().unwrap().unwrap();
    let submission = claim_one(&store, DUE).await;
    assert_eq!(submission.id, filing.id, "though the withdrawal says it is due earlier");
    let later = Settlement::Later { at: DUE + 60 * MINUTE, problem: "down".to_owned() };
    store.settle_delivery(&submission, &later, DUE).await.unwrap();
    assert_eq!(store.claim_deliveries(DUE + 59 * MINUTE, DUE + 60 * MINUTE, 10).await.unwrap(), []);
    assert_eq!(store.next_delivery_at().await.unwrap(), Some(DUE + 60 * MINUTE), "nothing wakes for what is held back");
}

pub async fn a_parked_delivery_holds_back_those_behind_it(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let submission = claim_one(&store, DUE).await;
    store.settle_delivery(&submission, &Settlement::Parked { problem: "spent".to_owned() }, DUE).await.unwrap();
    store.take_back(&filing.id, &filing.enterprise.code, &withdrawal(DUE, "body")).await.unwrap().unwrap().unwrap();
    assert_eq!(store.claim_deliveries(DUE + 60 * MINUTE, DUE + 61 * MINUTE, 10).await.unwrap(), []);
    assert_eq!(store.next_delivery_at().await.unwrap(), None);
    let figures = OutboxFigures { unsent: 2, oldest_unsent_at: Some(DUE), oldest_waiting_at: Some(DUE), parked: 1 };
    assert_eq!(store.outbox_figures().await.unwrap(), figures);
}

pub async fn waiting_is_not_counted_as_a_try(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let delivery = claim_one(&store, DUE).await;
    assert!(store.settle_delivery(&delivery, &Settlement::Waiting(DUE + 5 * MINUTE), DUE).await.unwrap());
    let kept = store.filing(&filing.id, &filing.enterprise.code).await.unwrap().unwrap();
    let progress = DeliveryProgress { attempts: 0, next_at: Some(DUE + 5 * MINUTE), last_problem: None, is_held_up: false };
    assert_eq!(kept.undelivered, Some(progress));
    assert_eq!(store.claim_deliveries(DUE + 4 * MINUTE, DUE + 9 * MINUTE, 10).await.unwrap(), []);
    assert_eq!(claim_one(&store, DUE + 5 * MINUTE).await.attempts, 0);
}

pub async fn a_failed_try_is_counted_and_due_later(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let delivery = claim_one(&store, DUE).await;
    let problem = format!("{}\0 and so on", "坏".repeat(600));
    let settlement = Settlement::Later { at: DUE + 5 * MINUTE, problem };
    assert!(store.settle_delivery(&delivery, &settlement, DUE).await.unwrap());
    let kept = store.filing(&filing.id, &filing.enterprise.code).await.unwrap().unwrap();
    let progress =
        DeliveryProgress { attempts: 1, next_at: Some(DUE + 5 * MINUTE), last_problem: Some("坏".repeat(500)), is_held_up: false };
    assert_eq!(kept.undelivered, Some(progress));
    assert_eq!(kept.changes, 1, "a failed try is no part of the filing's history");
    assert_eq!(claim_one(&store, DUE + 5 * MINUTE).await.attempts, 1);
}

pub async fn a_parked_delivery_needs_attention(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let delivery = claim_one(&store, DUE).await;
    let settlement = Settlement::Parked { problem: "the retries are spent".to_owned() };
    assert!(store.settle_delivery(&delivery, &settlement, DUE).await.unwrap());
    let kept = store.filing(&filing.id, &filing.enterprise.code).await.unwrap().unwrap();
    let progress =
        DeliveryProgress { attempts: 1, next_at: None, last_problem: Some("the retries are spent".to_owned()), is_held_up: false };
    assert_eq!(kept.undelivered, Some(progress));
    assert_eq!(store.next_delivery_at().await.unwrap(), None);
    let figures = OutboxFigures { unsent: 1, oldest_unsent_at: Some(DUE), oldest_waiting_at: None, parked: 1 };
    assert_eq!(store.outbox_figures().await.unwrap(), figures);
}

pub async fn a_delivered_submission_moves_the_filing(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let delivery = claim_one(&store, DUE).await;
    assert!(store.settle_delivery(&delivery, &Settlement::Delivered(Some(forwarded())), DUE + 3).await.unwrap());
    let kept = store.filing(&filing.id, &filing.enterprise.code).await.unwrap().unwrap();
    assert_eq!(kept.standing.state, State::Forwarded { receipt: "FX-2026-000001".to_owned() });
    assert_eq!(
        kept.history.last(),
        Some(&HistoryEntry { on: None, taken_back: None, at: DUE + 3, happening: forwarded(), source: Source::Portal })
    );
    assert_eq!((kept.changes, kept.undelivered), (2, None));
    assert_eq!(store.outbox_figures().await.unwrap(), OutboxFigures::default());
    assert_eq!(store.next_delivery_at().await.unwrap(), None);
    assert_eq!(store.claim_deliveries(DUE + 99 * MINUTE, DUE + 100 * MINUTE, 10).await.unwrap(), []);
}

pub async fn a_submission_sent_back_at_once_is_the_platforms_doing(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let delivery = claim_one(&store, DUE).await;
    assert!(store.settle_delivery(&delivery, &Settlement::Delivered(Some(sent_back())), DUE).await.unwrap());
    let kept = store.filing(&filing.id, &filing.enterprise.code).await.unwrap().unwrap();
    assert!(matches!(kept.standing.state, State::Returned { .. }));
    assert_eq!(
        kept.history.last(),
        Some(&HistoryEntry { on: None, taken_back: None, at: DUE, happening: sent_back(), source: Source::Platform })
    );
}

pub async fn a_delivery_that_events_have_overtaken_is_done_all_the_same(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let delivery = claim_one(&store, DUE).await;
    store.apply_event(&event(&filing.id, granted())).await.unwrap();
    assert!(store.settle_delivery(&delivery, &Settlement::Delivered(Some(forwarded())), DUE).await.unwrap());
    let kept = store.filing(&filing.id, &filing.enterprise.code).await.unwrap().unwrap();
    assert!(matches!(kept.standing.state, State::Decided(_)));
    let happened: Vec<Happening> = kept.history.into_iter().map(|entry| entry.happening).collect();
    assert_eq!(happened, [Happening::Accepted, granted()]);
    assert_eq!((kept.changes, kept.undelivered), (2, None));
}

pub async fn many_that_end_at_once_come_each_to_their_own_end(store: Store) {
    let enterprise = enterprise();
    join_all((0..36).map(|_| filed(&store, &enterprise))).await;
    let claimed = store.claim_deliveries(DUE, LEASE_ENDS, 36).await.unwrap();
    assert_eq!(claimed.len(), 36);
    let settlement = |at: usize| match at % 6 {
        0 => Settlement::Delivered(Some(forwarded())),
        1 => Settlement::Delivered(Some(sent_back())),
        2 => Settlement::SentBack(sent_back()),
        3 => Settlement::Later { at: DUE + 5 * MINUTE, problem: format!("down {at}") },
        4 => Settlement::Parked { problem: format!("spent {at}") },
        _ => Settlement::Waiting(DUE + 7 * MINUTE),
    };
    let held: Vec<Delivery> = claimed
        .iter()
        .enumerate()
        // Of each kind, one is no longer held.
        .map(|(at, delivery)| Delivery {
            lease: if at < 6 { "another".into() } else { delivery.lease.clone() },
            ..delivery.clone()
        })
        .collect();
    let settlements: Vec<Settlement> = (0..36).map(settlement).collect();
    let settled = join_all(held.iter().zip(&settlements).map(|(delivery, settlement)| {
        let store = store.clone();
        async move { store.settle_delivery(delivery, settlement, DUE + 1).await.unwrap() }
    }))
    .await;
    assert_eq!(settled, (0..36).map(|at| at >= 6).collect::<Vec<_>>());
    for (at, delivery) in claimed.iter().enumerate() {
        let kept = store.filing(&delivery.filing_id, &enterprise.code).await.unwrap().unwrap();
        let happened = kept.history.last().unwrap().happening.clone();
        let progress = |attempts, next_at, last_problem: Option<String>| {
            Some(DeliveryProgress { attempts, next_at, last_problem, is_held_up: false })
        };
        let expected = match at {
            0..6 => (Happening::Accepted, progress(0, Some(LEASE_ENDS), None)),
            _ => match at % 6 {
                0 => (forwarded(), None),
                1 | 2 => (sent_back(), None),
                3 => (Happening::Accepted, progress(1, Some(DUE + 5 * MINUTE), Some(format!("down {at}")))),
                4 => (Happening::Accepted, progress(1, None, Some(format!("spent {at}")))),
                _ => (Happening::Accepted, progress(0, Some(DUE + 7 * MINUTE), None)),
            },
        };
        assert_eq!((happened, kept.undelivered), expected, "{at}");
    }
    assert_eq!(store.outbox_figures().await.unwrap().parked, 5);
}

pub async fn deliveries_are_given_out_oldest_first_and_not_more_than_asked_for(store: Store) {
    let enterprise = enterprise();
    let mut expected = Vec::new();
    for minutes in [3, 1, 2, 5, 4] {
        let at = NOON + minutes * MINUTE;
        expected.push((at, filed_at(&store, &enterprise, at).await.id));
    }
    expected.sort();
    let oldest = Some(NOON + MINUTE);
    let figures = OutboxFigures { unsent: 5, oldest_unsent_at: oldest, oldest_waiting_at: oldest, parked: 0 };
    assert_eq!(store.outbox_figures().await.unwrap(), figures);
    let mut claimed = Vec::new();
    for most in [2, 3] {
        claimed.extend(store.claim_deliveries(DUE, LEASE_ENDS, most).await.unwrap().into_iter().map(|delivery| delivery.id));
    }
    assert_eq!(claimed, expected.into_iter().map(|(_, id)| id).collect::<Vec<_>>());
}
