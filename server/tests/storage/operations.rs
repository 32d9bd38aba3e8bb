//! What the operator sees and does, what reconciliation keeps, and whom the platform is silent about.

use credit::filing::State;
use futures_util::future::join_all;
use server::storage::operations::{BreakerState, Moved, OperatorDeed, WhichRows};
use server::storage::reconciliations::{self, ListPlace, Listed, Report};
use server::storage::silences::{SilenceFigures, Told};
use server::storage::{OutboxFigures, Settlement};

use crate::places::Store;
use crate::samples::{
    MINUTE, NOON, draft_of, enterprise, event, file_ids, filed, filed_at, filing_of, forwarded, granted, sent_back,
};

const DUE: i64 = NOON + 10 * MINUTE;
const DAY: i64 = 24 * 60 * MINUTE;

async fn parked(store: &Store) -> String {
    let filing = filed(store, &enterprise()).await;
    let delivery = store.claim_deliveries(DUE, DUE + MINUTE, 10).await.unwrap().remove(0);
    assert!(store.settle_delivery(&delivery, &Settlement::Parked { problem: "spent".to_owned() }, DUE).await.unwrap());
    filing.id
}

pub async fn an_enterprise_with_many_deliveries_does_not_hold_up_the_others(store: Store) {
    let many = enterprise();
    for _ in 0..120 {
        filed_at(&store, &many, DUE - 5).await;
    }
    let others: Vec<_> = (0..6).map(|_| enterprise()).collect();
    for other in &others {
        filed_at(&store, other, DUE).await;
        filed_at(&store, other, DUE).await;
    }
    let mut claimed = Vec::new();
    for _ in 0..2 {
        claimed.extend(store.claim_deliveries(DUE, DUE + MINUTE, 16).await.unwrap());
    }
    let rows = join_all(claimed.iter().map(|delivery| store.outbox_row(&delivery.id))).await;
    let late = rows.into_iter().filter(|row| row.as_ref().unwrap().as_ref().unwrap().born_at == DUE).count();
    assert_eq!(late, 12, "all of the others are among the first 32 of 132");
    let mut rest = 0;
    loop {
        let more = store.claim_deliveries(DUE, DUE + MINUTE, 16).await.unwrap().len();
        rest += more;
        if more == 0 {
            break;
        }
    }
    assert_eq!(claimed.len() + rest, 132, "and nothing is passed over");
}

pub async fn nothing_of_a_correction_goes_out_before_what_it_corrects(store: Store) {
    let enterprise = enterprise();
    let first = filed(&store, &enterprise).await;
    // The platform took it and sent it back, but its answer to us was lost.
    let lost = store.claim_deliveries(DUE, DUE + MINUTE, 10).await.unwrap().remove(0);
    store.apply_event(&event(&first.id, sent_back())).await.unwrap();
    let again = Settlement::Later { at: DUE + 60 * MINUTE, problem: "lost".to_owned() };
    store.settle_delivery(&lost, &again, DUE).await.unwrap();
    let mut draft = draft_of(&enterprise);
    draft.corrects = Some(first.id.clone());
    store.begin_correction(&first.id, &draft).await.unwrap();
    let correction = filing_of(&draft);
    store.accept(&correction, 1, &file_ids(&draft)).await.unwrap();
    assert_eq!(store.claim_deliveries(DUE + 59 * MINUTE, DUE + 61 * MINUTE, 10).await.unwrap(), []);
    // The operator sees why: the correction is due, and is behind the first.
    let shown = store.outbox_row(&correction.id).await.unwrap().unwrap();
    assert!(shown.due_at <= DUE + 59 * MINUTE);
    assert_eq!(shown.behind, Some(first.id.clone()));
    assert_eq!(store.outbox_rows(WhichRows::Due(DUE + 59 * MINUTE), 10).await.unwrap(), []);
    assert_eq!(store.next_delivery_at().await.unwrap(), Some(DUE + 60 * MINUTE));
    let first_again = store.claim_deliveries(DUE + 60 * MINUTE, DUE + 62 * MINUTE, 10).await.unwrap().remove(0);
    assert_eq!(first_again.filing_id, first.id);
    assert_eq!(store.outbox_row(&first.id).await.unwrap().unwrap().behind, None);
    store.settle_delivery(&first_again, &Settlement::Delivered(Some(forwarded())), DUE + 60 * MINUTE).await.unwrap();
    let then = store.claim_deliveries(DUE + 60 * MINUTE, DUE + 62 * MINUTE, 10).await.unwrap();
    assert_eq!(then.into_iter().map(|delivery| delivery.filing_id).collect::<Vec<_>>(), [correction.id]);
}

pub async fn what_waits_behind_something_parked_of_what_it_corrects_is_said_to(store: Store) {
    let enterprise = enterprise();
    let first = filed(&store, &enterprise).await;
    let given_up = store.claim_deliveries(DUE, DUE + MINUTE, 10).await.unwrap().remove(0);
    store.apply_event(&event(&first.id, sent_back())).await.unwrap();
    store.settle_delivery(&given_up, &Settlement::Parked { problem: "spent".to_owned() }, DUE).await.unwrap();
    let mut draft = draft_of(&enterprise);
    draft.corrects = Some(first.id.clone());
    store.begin_correction(&first.id, &draft).await.unwrap();
    let correction = filing_of(&draft);
    store.accept(&correction, 1, &file_ids(&draft)).await.unwrap();
    let held_up = async || store.filing(&correction.id, &enterprise.code).await.unwrap().unwrap().undelivered.unwrap().is_held_up;
    assert!(held_up().await);
    store.operate(&first.id, &OperatorDeed::Retry, "赵敏", DUE).await.unwrap();
    assert!(!held_up().await, "it waits for a try like any other");
}

pub async fn a_parked_row_is_moved_again_by_somebody_with_a_name(store: Store) {
    let id = parked(&store).await;
    let rows = store.outbox_rows(WhichRows::Parked, 10).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), [&id]);
    assert_eq!(store.operate(&id, &OperatorDeed::Retry, "赵敏", DUE + 5).await.unwrap(), Moved::Moved);
    let row = store.outbox_row(&id).await.unwrap().unwrap();
    assert_eq!((row.state.as_str(), row.attempts, row.due_at), ("due", 0, DUE + 5));
    assert_eq!(store.outbox_rows(WhichRows::Due(DUE + 5), 10).await.unwrap(), [row]);
    let audit = store.audit_about(&id).await.unwrap();
    assert_eq!(audit.len(), 1);
    assert_eq!((audit[0].at, audit[0].by.as_str(), audit[0].deed.as_str()), (DUE + 5, "赵敏", "outbox.retry"));
    assert_eq!(store.operate("no such row", &OperatorDeed::Retry, "赵敏", DUE).await.unwrap(), Moved::NoSuchRow);
}

pub async fn a_row_is_parked_by_hand_unless_a_courier_has_it(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let park = OperatorDeed::Park { reason: "the platform asked us to".to_owned() };
    store.claim_deliveries(DUE, DUE + MINUTE, 10).await.unwrap();
    assert_eq!(store.operate(&filing.id, &park, "赵敏", DUE + 1).await.unwrap(), Moved::UnderWay);
    assert_eq!(store.audit_about(&filing.id).await.unwrap(), []);
    assert_eq!(store.operate(&filing.id, &park, "赵敏", DUE + MINUTE).await.unwrap(), Moved::Moved);
    assert_eq!(store.operate(&filing.id, &park, "赵敏", DUE + MINUTE).await.unwrap(), Moved::Already);
    let figures = OutboxFigures { unsent: 1, oldest_unsent_at: Some(DUE), oldest_waiting_at: None, parked: 1 };
    assert_eq!(store.outbox_figures().await.unwrap(), figures);
    assert_eq!(store.untold_failures().await.unwrap(), 0, "the enterprise is told");
    assert_eq!(store.audit_about(&filing.id).await.unwrap()[0].reason.as_deref(), Some("the platform asked us to"));
}

pub async fn a_delivery_that_was_given_up_is_settled_when_the_platform_speaks_of_it(store: Store) {
    let id = parked(&store).await;
    store.apply_event(&event(&id, granted())).await.unwrap();
    assert_eq!(store.outbox_figures().await.unwrap(), OutboxFigures::default());
    assert_eq!(store.outbox_row(&id).await.unwrap().unwrap().state, "done");
}

pub async fn what_was_delivered_long_ago_is_removed_and_the_filing_stays(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let delivery = store.claim_deliveries(DUE, DUE + MINUTE, 10).await.unwrap().remove(0);
    store.settle_delivery(&delivery, &Settlement::Delivered(Some(forwarded())), DUE).await.unwrap();
    assert_eq!(store.prune_outbox(DUE + 1, 10).await.unwrap(), 0, "while nothing is decided the platform may need it again");
    store.apply_event(&event(&filing.id, granted())).await.unwrap();
    assert_eq!(store.prune_outbox(DUE, 10).await.unwrap(), 0);
    assert_eq!(store.prune_outbox(DUE + 1, 10).await.unwrap(), 1);
    let kept = store.filing(&filing.id, &filing.enterprise.code).await.unwrap().unwrap();
    assert!(matches!(kept.standing.state, State::Decided(_)));
    store.apply_event(&event("no such filing", granted())).await.unwrap();
    assert_eq!(store.prune_events(NOON + DAY).await.unwrap(), 1);
}

pub async fn the_breaker_is_kept_as_it_last_changed(store: Store) {
    assert_eq!(store.breaker().await.unwrap(), None);
    for (state, problem) in [("open", Some("down".to_owned())), ("closed", None)] {
        let breaker = BreakerState { state: state.to_owned(), since: NOON, problem };
        store.keep_breaker(&breaker).await.unwrap();
        assert_eq!(store.breaker().await.unwrap(), Some(breaker));
    }
}

pub async fn one_process_at_a_time_reconciles(store: Store) {
    let begun = join_all((0..8).map(|_| store.begin_reconciliation(NOON, NOON + MINUTE, false))).await;
    assert_eq!(begun.into_iter().filter_map(Result::unwrap).collect::<Vec<_>>(), [ListPlace(None)]);
    assert_eq!(store.next_reconciliation_at().await.unwrap(), NOON + MINUTE);
    store.note_listed(&[], &ListPlace(Some("c7".to_owned())), NOON).await.unwrap();
    let forced = store.begin_reconciliation(NOON, NOON + 2 * MINUTE, true).await.unwrap();
    assert_eq!(forced, Some(ListPlace(Some("c7".to_owned()))));
}

pub async fn a_clock_that_was_ahead_puts_nothing_off_for_long(store: Store) {
    let enterprise = enterprise();
    let ahead = DUE + 400 * DAY;
    let tried = filed(&store, &enterprise).await;
    let delivery = store.claim_deliveries(DUE, DUE + MINUTE, 1).await.unwrap().remove(0);
    let later = Settlement::Later { at: DUE + 3 * DAY, problem: "down".to_owned() };
    assert!(store.settle_delivery(&delivery, &later, DUE).await.unwrap());
    filed_at(&store, &enterprise, ahead).await;
    let leased = filed(&store, &enterprise).await;
    store.claim_deliveries(DUE, ahead, 1).await.unwrap();
    store.begin_reconciliation(ahead, ahead + 10 * MINUTE, true).await.unwrap();
    // The clock is right again.
    assert_eq!(store.claim_deliveries(DUE, DUE + MINUTE, 10).await.unwrap(), []);
    assert_eq!(store.bring_near(DUE).await.unwrap(), 2);
    assert_eq!(store.bring_near(DUE).await.unwrap(), 0);
    let near = store.claim_deliveries(DUE, DUE + MINUTE, 10).await.unwrap();
    assert!(near.len() == 2 && near.iter().any(|delivery| delivery.id == leased.id), "{near:?}");
    assert_eq!(store.outbox_row(&tried.id).await.unwrap().unwrap().due_at, DUE + 3 * DAY, "a wait that is long by right");
    assert!(store.begin_reconciliation(DUE, DUE + 10 * MINUTE, false).await.unwrap().is_some());
    assert!(store.begin_reconciliation(DUE, DUE + 10 * MINUTE, false).await.unwrap().is_none());
}

pub async fn what_the_list_holds_is_compared_with_what_we_hold(store: Store) {
    let (lost, missing) = (filed(&store, &enterprise()).await, filed(&store, &enterprise()).await);
    for delivery in store.claim_deliveries(DUE, DUE + MINUTE, 10).await.unwrap() {
        let settlement = if delivery.id == missing.id {
            Settlement::Delivered(Some(forwarded()))
        } else {
            Settlement::Later { at: DUE + DAY, problem: "lost".to_owned() }
        };
        store.settle_delivery(&delivery, &settlement, DUE).await.unwrap();
    }
    let listed = |id: &str| Listed { id: id.to_owned(), receipt_number: "FX-1".to_owned() };
    let page = [listed(&lost.id), listed("stranger")];
    assert_eq!(store.ours_among(&page).await.unwrap(), [lost.id.as_str()]);
    let place = ListPlace(Some("c2".to_owned()));
    assert_eq!(store.note_listed(&page, &place, DUE + 1).await.unwrap(), [lost.id.as_str()]);
    assert_eq!(store.note_listed(&page, &place, DUE + 2).await.unwrap(), [] as [&str; 0], "once");
    let kept = store.filing(&lost.id, &lost.enterprise.code).await.unwrap().unwrap();
    assert_eq!(kept.standing.state, State::Forwarded { receipt: "FX-1".to_owned() });
    assert_eq!(kept.undelivered, None);
    let unseen = async |seen_before| store.unseen_filings(DUE + 1, seen_before, 10).await.unwrap();
    assert_eq!(unseen(DUE).await, [missing.id.as_str()]);
    // What was seen long ago is asked about again: the platform may have lost it since.
    let mut both = [missing.id.as_str(), lost.id.as_str()];
    both.sort_unstable();
    let mut asked = unseen(DUE + 3).await;
    asked.sort_unstable();
    assert_eq!(asked, both);
    // Whoever was asked about last comes last, so that all get their turn.
    for first in both {
        store.note_told(first, reconciliations::Told::Missing, DUE + 3).await.unwrap();
        assert_ne!(store.unseen_filings(DUE + 1, DUE + 3, 1).await.unwrap(), [first]);
        store.note_told(first, reconciliations::Told::Missing, DUE + 2).await.unwrap();
    }
    let (all, first) = store.missing_filings(1).await.unwrap();
    assert_eq!((all, first.len()), (2, 1));
    store.note_told(&missing.id, reconciliations::Told::Seen, DUE + 4).await.unwrap();
    assert_eq!(unseen(DUE + 3).await, [lost.id.as_str()]);
    assert_eq!(store.missing_filings(10).await.unwrap(), (1, vec![lost.id.clone()]));
    store.note_listed(&page[..1], &place, DUE + 5).await.unwrap();
    assert_eq!(store.missing_filings(10).await.unwrap(), (0, vec![]), "it is in the list again");
    store.note_told(&missing.id, reconciliations::Told::Unread, DUE + 6).await.unwrap();
    assert_eq!(unseen(DUE).await, [missing.id.as_str()], "what could not be read is asked about again");
    assert_eq!(store.strange_submissions(10).await.unwrap(), ["stranger"]);
}

pub async fn the_last_hundred_reports_are_kept(store: Store) {
    for began_at in 0..103 {
        store.keep_report(&Report { began_at, ..Report::default() }).await.unwrap();
    }
    let kept: Vec<i64> = store.reports(1000).await.unwrap().into_iter().map(|report| report.began_at).collect();
    assert_eq!(kept, (3..103).rev().collect::<Vec<_>>());
}

pub async fn silence_is_told_to_support_and_then_to_the_owner_once_each(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let delivery = store.claim_deliveries(DUE, DUE + MINUTE, 10).await.unwrap().remove(0);
    let look = async |now: i64| store.note_silences(now - 7 * DAY, now - 14 * DAY, now).await.unwrap();
    assert_eq!(look(DUE + 30 * DAY).await, [], "what is not forwarded yet is the outbox's to tell of");
    store.settle_delivery(&delivery, &Settlement::Delivered(Some(forwarded())), DUE).await.unwrap();
    assert_eq!(look(DUE + 7 * DAY).await, []);
    assert_eq!(look(DUE + 7 * DAY + 1).await, [(filing.id.clone(), Told::Support)]);
    assert_eq!(look(DUE + 8 * DAY).await, []);
    assert_eq!(store.silence_figures().await.unwrap(), SilenceFigures { support: 1, owner: 0 });
    assert_eq!(look(DUE + 15 * DAY).await, [(filing.id.clone(), Told::Owner)]);
    assert_eq!(store.silence_figures().await.unwrap(), SilenceFigures { support: 0, owner: 1 });
    assert_eq!(store.silent_references(5).await.unwrap(), [filing.reference.as_str()]);
    store.apply_event(&event(&filing.id, granted())).await.unwrap();
    assert_eq!(look(DUE + 16 * DAY).await, []);
    assert_eq!(store.silence_figures().await.unwrap(), SilenceFigures::default());
}
