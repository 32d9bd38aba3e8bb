//! Notices: born with the change that they tell of, and with nothing else.

use credit::filing::{Decision, Happening, Verification};
use credit::news::News;
use server::storage::notices::{BeforeNotice, NoticeLine, WhichNotices};
use server::storage::{Applied, Settlement};

use crate::places::Store;
use crate::samples::{
    MINUTE, NOON, enterprise, event, filed, forwarded, granted, id, returned, review_began, sent_back, withdrawal,
};

async fn news(store: &Store, code: &credit::credit_code::CreditCode) -> Vec<News> {
    store.notices_of(code, None, 100).await.unwrap().into_iter().map(|notice| notice.news).collect()
}

pub async fn what_the_platform_did_is_told_and_what_the_enterprise_did_is_not(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let code = &filing.enterprise.code;
    assert_eq!(news(&store, code).await, []);
    assert_eq!(store.unread_notices(code).await.unwrap(), 0);
    for (happening, told) in [
        (forwarded(), News::Taken),
        (review_began(), News::UnderReview),
        (granted(), News::Granted(Verification::Verified)),
        (Happening::Published { until: Some("2027-01-01".into()) }, News::Published),
        (Happening::PublicationStopped { reason: "不再公示".into() }, News::PublicationStopped),
    ] {
        let event = event(&filing.id, happening);
        assert_eq!(store.apply_event(&event).await.unwrap(), Applied::Applied);
        assert_eq!(news(&store, code).await.first(), Some(&told));
        // The same message again tells nothing again.
        assert_eq!(store.apply_event(&event).await.unwrap(), Applied::Repeated);
    }
    assert_eq!(news(&store, code).await.len(), 5);
    // What makes no sense for the filing is recorded, but the enterprise is not bothered with it.
    store.apply_event(&event(&filing.id, sent_back())).await.unwrap();
    assert_eq!(store.unread_notices(code).await.unwrap(), 5);
    let notice = store.notices_of(code, None, 1).await.unwrap().remove(0);
    assert_eq!((notice.filing_id, notice.reference, notice.kind), (filing.id.clone(), filing.reference.clone(), filing.kind));
    assert_eq!((notice.content, notice.told_at, notice.read), (filing.content.clone(), NOON + 20 * MINUTE, false));

    let withdrawn = filed(&store, &enterprise()).await;
    let code = &withdrawn.enterprise.code;
    store.take_back(&withdrawn.id, code, &withdrawal(NOON + 30 * MINUTE, "{}")).await.unwrap().unwrap().unwrap();
    assert_eq!(news(&store, code).await, []);
    store.apply_event(&event(&withdrawn.id, Happening::WithdrawalConfirmed)).await.unwrap();
    assert_eq!(news(&store, code).await, [News::WithdrawalConfirmed]);
}

pub async fn a_delivery_that_is_taken_or_parked_is_told(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let code = &filing.enterprise.code;
    let deliveries = store.claim_deliveries(NOON + 11 * MINUTE, NOON + 12 * MINUTE, 10).await.unwrap();
    let taken = Settlement::Delivered(Some(forwarded()));
    assert!(store.settle_delivery(&deliveries[0], &taken, NOON + 12 * MINUTE).await.unwrap());
    assert_eq!(news(&store, code).await, [News::Taken]);
    // Under a lease that was lost nothing happens, and nothing is told.
    assert!(!store.settle_delivery(&deliveries[0], &taken, NOON + 12 * MINUTE).await.unwrap());
    assert_eq!(news(&store, code).await.len(), 1);

    let parked = filed(&store, &enterprise()).await;
    let deliveries = store.claim_deliveries(NOON + 11 * MINUTE, NOON + 12 * MINUTE, 10).await.unwrap();
    let delivery = deliveries.iter().find(|delivery| delivery.filing_id == parked.id).unwrap();
    store.settle_delivery(delivery, &Settlement::Parked { problem: "x".into() }, NOON + 12 * MINUTE).await.unwrap();
    assert_eq!(news(&store, &parked.enterprise.code).await, [News::Undelivered]);
}

pub async fn notices_are_read_by_filing_or_all_at_once(store: Store) {
    let one = returned(&store, &enterprise()).await;
    let other = returned(&store, &one.enterprise).await;
    let stranger = returned(&store, &enterprise()).await;
    let code = &one.enterprise.code;
    assert_eq!(store.unread_notices(code).await.unwrap(), 2);
    // Not for another enterprise, whatever it names.
    let of_one = WhichNotices::OfFiling(one.id.clone());
    assert_eq!(store.read_notices(&stranger.enterprise.code, &of_one, NOON).await.unwrap(), 0);
    assert_eq!(store.read_notices(code, &of_one, NOON + 40 * MINUTE).await.unwrap(), 1);
    assert_eq!(store.read_notices(code, &of_one, NOON + 41 * MINUTE).await.unwrap(), 0, "read once");
    let unread: Vec<NoticeLine> = store.newest_unread(code, 10).await.unwrap();
    assert_eq!(unread.iter().map(|notice| notice.filing_id.as_str()).collect::<Vec<_>>(), [other.id.as_str()]);
    // What was told after the page was made stays unread.
    assert_eq!(store.read_notices(code, &WhichNotices::Until(NOON + 19 * MINUTE), NOON).await.unwrap(), 0);
    assert_eq!(store.read_notices(code, &WhichNotices::Until(NOON + 20 * MINUTE), NOON).await.unwrap(), 1);
    assert_eq!(store.unread_notices(code).await.unwrap(), 0);
    assert!(store.notices_of(code, None, 10).await.unwrap().iter().all(|notice| notice.read));
    assert_eq!(store.unread_notices(&stranger.enterprise.code).await.unwrap(), 1);
}

pub async fn notices_are_listed_newest_first_page_by_page(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let code = &filing.enterprise.code;
    for n in 0..7 {
        let mut event = event(&filing.id, Happening::ReviewBegan { handler: format!("窗口{n}") });
        // Two at each time: the place in the list is exact all the same.
        event.occurred_at = NOON + n / 2 * MINUTE;
        store.apply_event(&event).await.unwrap();
    }
    let all = store.notices_of(code, None, 100).await.unwrap();
    assert_eq!(all.len(), 7);
    assert!(all.is_sorted_by(|a, b| (a.told_at, &a.id) > (b.told_at, &b.id)));
    let mut pages = Vec::new();
    let mut before = None;
    loop {
        let page = store.notices_of(code, before.as_ref(), 3).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(BeforeNotice { told_at: last.told_at, id: last.id.clone() });
        pages.extend(page);
    }
    assert_eq!(pages, all);
}

pub async fn an_expiry_is_told_once_for_each_last_day(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let code = &filing.enterprise.code;
    assert!(store.tell_expiry(&filing.id, "2027-01-01", NOON + 50 * MINUTE).await.unwrap());
    assert!(!store.tell_expiry(&filing.id, "2027-01-01", NOON + 51 * MINUTE).await.unwrap());
    assert!(store.tell_expiry(&filing.id, "2028-01-01", NOON + 52 * MINUTE).await.unwrap());
    let told = ["2028-01-01", "2027-01-01"].map(|on| News::Expiring { on: on.to_owned() });
    assert_eq!(news(&store, code).await, told);
    assert!(store.tell_expiry(&id(), "2027-01-01", NOON).await.is_err(), "of no filing");
}

pub async fn decided_filings_are_walked_in_order(store: Store) {
    let mut decided = Vec::new();
    let own = enterprise();
    for n in 0..5 {
        let filing = filed(&store, &if n == 4 { enterprise() } else { own.clone() }).await;
        if n != 1 {
            store.apply_event(&event(&filing.id, granted())).await.unwrap();
            decided.push(filing.id);
        }
    }
    decided.sort();
    let mut walked = Vec::new();
    let mut after = String::new();
    loop {
        let page = store.decided_filings(None, &after, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after.clone_from(&last.id);
        walked.extend(page.into_iter().map(|line| line.id));
    }
    assert_eq!(walked, decided);
    let of_own = store.decided_filings(Some(&own.code), "", 100).await.unwrap();
    assert_eq!(of_own.len(), 3);
    let standing = &of_own[0].standing.state;
    assert!(matches!(standing, credit::filing::State::Decided(Decision::Granted { .. })));
}
