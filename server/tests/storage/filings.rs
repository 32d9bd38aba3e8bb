//! Filings in lists, their withdrawal, and their history.

use std::sync::Arc;

use credit::filing::{Happening, Impossible, Publication, Standing, State};
use credit::pledge::Purpose;
use server::storage::{Applied, Before, Cargo, FilingLine, HistoryEntry, OutboxFigures, Settlement, Source, TakingBack};

use crate::places::Store;
use crate::samples::{
    MINUTE, NOON, enterprise, event, filed, filed_at, forwarded, granted, id, published, review_began, withdrawal,
};

pub async fn filings_are_listed_newest_first_page_by_page(store: Store) {
    let enterprise = enterprise();
    let mut expected = Vec::new();
    for at in [NOON, NOON, NOON, NOON + MINUTE, NOON - MINUTE, NOON - MINUTE, NOON + 2 * MINUTE] {
        let filing = filed_at(&store, &enterprise, at).await;
        expected.push(FilingLine {
            id: filing.id,
            reference: filing.reference,
            kind: filing.kind,
            content: filing.content,
            standing: Standing::accepted(),
            filed_at: at,
        });
    }
    filed(&store, &crate::samples::enterprise()).await;
    expected.sort_by(|a, b| (b.filed_at, &b.id).cmp(&(a.filed_at, &a.id)));
    assert_eq!(store.filings_of(&enterprise.code, None, 100).await.unwrap(), expected);
    let mut listed = Vec::new();
    let mut before = None;
    loop {
        let page = store.filings_of(&enterprise.code, before.as_ref(), 2).await.unwrap();
        let Some(last) = page.last() else { break };
        assert!(page.len() <= 2);
        before = Some(Before { filed_at: last.filed_at, id: last.id.clone() });
        listed.extend(page);
    }
    assert_eq!(listed, expected);
}

pub async fn a_withdrawal_is_kept_and_sent_after_the_submission(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let (id, enterprise) = (&filing.id, &filing.enterprise.code);
    let at = NOON + 30 * MINUTE;
    assert_eq!(store.take_back(id, enterprise, &withdrawal(at, "the withdrawal")).await.unwrap(), Some(Ok(())));
    let kept = store.filing(id, enterprise).await.unwrap().unwrap();
    assert_eq!((kept.standing.state, kept.changes), (State::Withdrawn { confirmed: false }, 2));
    let entry = HistoryEntry {
        on: None,
        taken_back: None,
        at,
        happening: Happening::Withdrawn,
        source: Source::Enterprise("李强".to_owned()),
    };
    assert_eq!(kept.history.last(), Some(&entry));
    assert_eq!(kept.undelivered.unwrap().next_at, Some(filing.filed_at), "the submission is still before it");
    assert_eq!(store.take_back(id, enterprise, &withdrawal(at, "again")).await.unwrap(), Some(Err(Impossible::Already)));
    assert_eq!(store.outbox_figures().await.unwrap().unsent, 2);

    let deliveries = store.claim_deliveries(at, at + MINUTE, 10).await.unwrap();
    assert_eq!(deliveries.iter().map(|delivery| delivery.cargo).collect::<Vec<_>>(), [Cargo::Submission]);
    assert!(store.settle_delivery(&deliveries[0], &Settlement::Delivered(Some(forwarded())), at).await.unwrap());
    let deliveries = store.claim_deliveries(at, at + MINUTE, 10).await.unwrap();
    let [sent] = deliveries.as_slice() else { panic!("one delivery is due, not {}", deliveries.len()) };
    assert_eq!((sent.cargo, sent.body.as_str(), &sent.filing_id), (Cargo::Withdrawal, "the withdrawal", id));
    assert_eq!(sent.attachments, [], "a withdrawal needs no files");
    let confirmed = Settlement::Delivered(Some(Happening::WithdrawalConfirmed));
    assert!(store.settle_delivery(sent, &confirmed, at).await.unwrap());
    let kept = store.filing(id, enterprise).await.unwrap().unwrap();
    assert_eq!(kept.standing.state, State::Withdrawn { confirmed: true });
    assert_eq!(kept.undelivered, None);
    assert_eq!(store.outbox_figures().await.unwrap(), OutboxFigures::default());
}

pub async fn a_withdrawn_authorisation_ends_the_publication_and_is_sent(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let (id_of_filing, enterprise) = (&filing.id, &filing.enterprise.code);
    store.apply_event(&event(id_of_filing, granted())).await.unwrap();
    assert_eq!(store.apply_event(&event(id_of_filing, published())).await.unwrap(), Applied::Applied);
    let happening = Happening::AuthorisationWithdrawn { purpose: Purpose::Publish };
    let body = Arc::new(|after: &Standing| format!("without {:?}", after.withdrawn));
    let taking = TakingBack { happening, cargo: Cargo::Consents, body, ..withdrawal(NOON + MINUTE, "") };
    assert_eq!(store.take_back(id_of_filing, enterprise, &taking).await.unwrap(), Some(Ok(())));
    let kept = store.filing(id_of_filing, enterprise).await.unwrap().unwrap();
    assert_eq!((kept.standing.publication, kept.standing.withdrawn), (Publication::Ended, vec![Purpose::Publish]));
    assert_eq!(store.take_back(id_of_filing, enterprise, &taking).await.unwrap(), Some(Err(Impossible::Already)));
    let again = store.apply_event(&event(id_of_filing, published())).await.unwrap();
    assert_eq!(again, Applied::Impossible(Impossible::NotAuthorised), "the platform cannot publish it again");

    let at = NOON + 30 * MINUTE;
    let first = store.claim_deliveries(at, at + MINUTE, 10).await.unwrap();
    assert!(store.settle_delivery(&first[0], &Settlement::Delivered(None), at).await.unwrap());
    let second = store.claim_deliveries(at, at + MINUTE, 10).await.unwrap();
    let [sent] = second.as_slice() else { panic!("one delivery is due, not {}", second.len()) };
    assert_eq!((sent.cargo, sent.body.as_str(), sent.attachments.len()), (Cargo::Consents, "without [Publish]", 0));
}

pub async fn of_two_authorisations_withdrawn_at_once_the_later_tells_of_both(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let (id, enterprise) = (&filing.id, &filing.enterprise.code);
    let taking = |purpose| TakingBack {
        happening: Happening::AuthorisationWithdrawn { purpose },
        cargo: Cargo::Consents,
        body: Arc::new(|after: &Standing| format!("without {:?}", after.withdrawn)),
        ..withdrawal(NOON + MINUTE, "")
    };
    let (publish, evaluate) = (taking(Purpose::Publish), taking(Purpose::Evaluate));
    let (one, other) = tokio::join!(store.take_back(id, enterprise, &publish), store.take_back(id, enterprise, &evaluate));
    assert_eq!((one.unwrap(), other.unwrap()), (Some(Ok(())), Some(Ok(()))));
    let at = NOON + 30 * MINUTE;
    let mut told = Vec::new();
    while let [delivery] = store.claim_deliveries(at, at + MINUTE, 10).await.unwrap().as_slice() {
        assert!(store.settle_delivery(delivery, &Settlement::Delivered(None), at).await.unwrap());
        told.push(delivery.body.clone());
    }
    let last = told.pop().unwrap();
    assert!(last.contains("Publish") && last.contains("Evaluate"), "{last}");
}

pub async fn a_decided_filing_cannot_be_withdrawn(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let (id_of_filing, enterprise) = (&filing.id, &filing.enterprise.code);
    store.apply_event(&event(id_of_filing, granted())).await.unwrap();
    let before = store.filing(id_of_filing, enterprise).await.unwrap();
    let refused = store.take_back(id_of_filing, enterprise, &withdrawal(NOON, "body")).await.unwrap();
    assert_eq!(refused, Some(Err(Impossible::AlreadyDecided)));
    assert_eq!(store.filing(id_of_filing, enterprise).await.unwrap(), before);
    assert_eq!(store.outbox_figures().await.unwrap().unsent, 1);
    assert_eq!(store.take_back(&id(), enterprise, &withdrawal(NOON, "body")).await.unwrap(), None);
}

pub async fn every_history_entry_counts_as_a_change(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let (id_of_filing, enterprise) = (&filing.id, &filing.enterprise.code);
    assert_eq!(store.filing_changes(id_of_filing, enterprise).await.unwrap(), Some(1));
    for happening in [forwarded(), review_began(), granted(), Happening::Published { until: None }] {
        assert_eq!(store.apply_event(&event(id_of_filing, happening)).await.unwrap(), Applied::Applied);
    }
    assert_eq!(store.filing_changes(id_of_filing, enterprise).await.unwrap(), Some(5));
    let kept = store.filing(id_of_filing, enterprise).await.unwrap().unwrap();
    assert_eq!((kept.changes, kept.history.len()), (5, 5));
    let happened: Vec<Happening> = kept.history.into_iter().map(|entry| entry.happening).collect();
    let published = Happening::Published { until: None };
    assert_eq!(happened, [Happening::Accepted, forwarded(), review_began(), granted(), published], "oldest first");
    assert_eq!(store.filing_changes(&id(), enterprise).await.unwrap(), None);
}
