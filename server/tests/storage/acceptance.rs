//! A filing's birth: all of it or nothing.

use credit::filing::{Happening, Impossible, Standing, State};
use futures_util::future::join_all;
use server::storage::{
    Acceptance, Cargo, DeliveryProgress, HistoryEntry, NewFiling, OutboxFigures, Source, StorageError, StoredDraft, StoredFiling,
};

use crate::places::Store;
use crate::samples::{
    MINUTE, NOON, begun, change, draft_of, enterprise, file_ids, filed, filing_of, id, kept_file, refused_file, returned, sorted,
};

const LONG_AFTER: i64 = NOON + 10_000 * MINUTE;

pub async fn a_filing_is_born_with_its_history_and_its_delivery(store: Store) {
    let draft = StoredDraft { attachments: vec![kept_file(), kept_file()], ..draft_of(&enterprise()) };
    store.begin_draft(&draft).await.unwrap();
    store.keep_draft(&draft.id, &draft.enterprise.code, &change(7, "a rival, which goes with the draft")).await.unwrap();
    let new = filing_of(&draft);
    let mut files = file_ids(&draft);
    files.reverse();
    assert_eq!(store.accept(&new, 1, &files).await.unwrap(), Acceptance::Accepted, "the order of the files says nothing");
    let filing = store.filing(&new.id, &new.enterprise.code).await.unwrap();
    let by_the_filer = Source::Enterprise("王芳".to_owned());
    let expected = StoredFiling {
        id: new.id.clone(),
        reference: new.reference.clone(),
        enterprise: new.enterprise.clone(),
        kind: new.kind,
        form_version: 1,
        content: new.content.clone(),
        attachments: draft.attachments.clone(),
        pledge: new.pledge.clone(),
        filed_by: new.filed_by.clone(),
        filed_at: new.filed_at,
        standing: Standing::accepted(),
        changes: 1,
        revises: None,
        history: vec![HistoryEntry {
            on: None,
            taken_back: None,
            at: new.filed_at,
            happening: Happening::Accepted,
            source: by_the_filer,
        }],
        undelivered: Some(DeliveryProgress { attempts: 0, next_at: Some(new.filed_at), last_problem: None, is_held_up: false }),
    };
    assert_eq!(filing, Some(expected));
    assert_eq!(store.draft(&draft.id, &draft.enterprise.code).await.unwrap(), None);
    assert_eq!(store.rivals(&draft.id, &draft.enterprise.code).await.unwrap(), []);
    let deliveries = store.claim_deliveries(new.filed_at, LONG_AFTER, 10).await.unwrap();
    let [delivery] = deliveries.as_slice() else { panic!("one delivery is due at once, not {}", deliveries.len()) };
    assert_eq!((&delivery.id, &delivery.filing_id, delivery.cargo), (&new.id, &new.id, Cargo::Submission));
    assert_eq!((&delivery.body, delivery.attempts, &delivery.attachments), (&new.envelope, 0, &draft.attachments));
}

pub async fn accepting_twice_changes_nothing(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let new = filing_of(&draft);
    store.accept(&new, 1, &file_ids(&draft)).await.unwrap();
    let first = store.filing(&new.id, &new.enterprise.code).await.unwrap();
    let again = NewFiling { reference: id(), filed_at: NOON + 99 * MINUTE, envelope: "another".to_owned(), ..new.clone() };
    assert_eq!(store.accept(&again, 1, &file_ids(&draft)).await.unwrap(), Acceptance::Before);
    assert_eq!(store.accept(&again, 9, &[]).await.unwrap(), Acceptance::Before);
    assert_eq!(store.filing(&new.id, &new.enterprise.code).await.unwrap(), first);
    assert_eq!(store.outbox_figures().await.unwrap().unsent, 1);
}

pub async fn fifty_acceptances_at_once_make_one_filing(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let files = file_ids(&draft);
    let filings: Vec<NewFiling> = (0..50).map(|_| filing_of(&draft)).collect();
    let acceptances = join_all(filings.iter().map(|filing| store.accept(filing, 1, &files))).await;
    let acceptances: Vec<Acceptance> = acceptances.into_iter().map(Result::unwrap).collect();
    assert_eq!(acceptances.iter().filter(|acceptance| **acceptance == Acceptance::Accepted).count(), 1);
    assert_eq!(acceptances.iter().filter(|acceptance| **acceptance == Acceptance::Before).count(), 49);
    assert_eq!(store.filings_of(&draft.enterprise.code, None, 100).await.unwrap().len(), 1);
    assert_eq!(store.claim_deliveries(LONG_AFTER, LONG_AFTER + 1, 100).await.unwrap().len(), 1);
}

pub async fn answers_changed_since_the_review_are_not_accepted(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    store.keep_draft(&draft.id, &draft.enterprise.code, &change(1, "新的")).await.unwrap();
    let before = store.draft(&draft.id, &draft.enterprise.code).await.unwrap();
    let acceptance = store.accept(&filing_of(&draft), 1, &file_ids(&draft)).await.unwrap();
    assert_eq!(acceptance, Acceptance::Changed(2));
    nothing_was_written(&store, before.unwrap()).await;
}

pub async fn files_changed_since_the_review_are_not_accepted(store: Store) {
    let draft = StoredDraft { attachments: vec![kept_file(), refused_file()], ..draft_of(&enterprise()) };
    store.begin_draft(&draft).await.unwrap();
    let ids = file_ids(&draft);
    let other = kept_file().id;
    let more = [ids[0].clone(), ids[1].clone(), other.clone()];
    for files in [&[][..], &ids[..1], &[ids[0].clone(), other], &more, &[ids[0].clone(), ids[0].clone()]] {
        assert_eq!(store.accept(&filing_of(&draft), 1, files).await.unwrap(), Acceptance::Changed(1));
    }
    nothing_was_written(&store, draft).await;
}

pub async fn a_draft_that_is_not_there_cannot_be_accepted(store: Store) {
    let draft = draft_of(&enterprise());
    assert_eq!(store.accept(&filing_of(&draft), 1, &file_ids(&draft)).await.unwrap(), Acceptance::Gone);
    assert_eq!(store.filing(&draft.id, &draft.enterprise.code).await.unwrap(), None);
    assert_eq!(store.outbox_figures().await.unwrap(), OutboxFigures::default());
}

pub async fn a_refused_acceptance_leaves_the_draft_as_it_was(store: Store) {
    let enterprise = enterprise();
    let first = filed(&store, &enterprise).await;
    let draft = begun(&store, &enterprise).await;
    let same_reference = NewFiling { reference: first.reference.clone(), ..filing_of(&draft) };
    let refused = store.accept(&same_reference, 1, &file_ids(&draft)).await;
    assert!(matches!(refused, Err(StorageError::Unavailable(_))), "{refused:?}");
    assert_eq!(store.draft(&draft.id, &enterprise.code).await.unwrap().as_ref(), Some(&draft));
    assert_eq!(store.filing(&draft.id, &enterprise.code).await.unwrap(), None);
    assert_eq!(store.outbox_figures().await.unwrap().unsent, 1);
    assert_eq!(store.accept(&filing_of(&draft), 1, &file_ids(&draft)).await.unwrap(), Acceptance::Accepted);
}

pub async fn a_correction_takes_the_place_of_what_it_corrects(store: Store) {
    let enterprise = enterprise();
    let old = returned(&store, &enterprise).await;
    let draft = draft_of(&enterprise);
    assert_eq!(store.begin_correction(&old.id, &draft).await.unwrap(), draft.id);
    let draft = store.draft(&draft.id, &enterprise.code).await.unwrap().unwrap();
    assert_eq!(draft.corrects.as_ref(), Some(&old.id));
    let new = filing_of(&draft);
    assert_eq!(store.accept(&new, 1, &file_ids(&draft)).await.unwrap(), Acceptance::Accepted);
    let old = store.filing(&old.id, &enterprise.code).await.unwrap().unwrap();
    assert_eq!(old.standing.state, State::Superseded { by: new.id.clone() });
    assert_eq!(old.changes, 3);
    let superseded = HistoryEntry {
        at: new.filed_at,
        on: None,
        taken_back: None,
        happening: Happening::Superseded { by: new.id.clone() },
        source: Source::Enterprise("王芳".to_owned()),
    };
    assert_eq!(old.history.last(), Some(&superseded));
    assert_eq!(store.filing(&new.id, &enterprise.code).await.unwrap().unwrap().revises, Some(old.id));
    let listed = store.filings_of(&enterprise.code, None, 10).await.unwrap();
    assert_eq!(listed.iter().map(|line| &line.id).collect::<Vec<_>>(), [&new.id], "superseded ones are left out");
}

pub async fn only_a_returned_filing_can_be_replaced(store: Store) {
    let enterprise = enterprise();
    let old = filed(&store, &enterprise).await;
    let draft = StoredDraft { corrects: Some(old.id.clone()), ..draft_of(&enterprise) };
    store.begin_draft(&draft).await.unwrap();
    let before = store.filing(&old.id, &enterprise.code).await.unwrap();
    let acceptance = store.accept(&filing_of(&draft), 1, &file_ids(&draft)).await.unwrap();
    assert_eq!(acceptance, Acceptance::CannotRevise(Impossible::NotReturned));
    let of_another = returned(&store, &crate::samples::enterprise()).await;
    let stolen = NewFiling { revises: Some(of_another.id), ..filing_of(&draft) };
    let acceptance = store.accept(&stolen, 1, &file_ids(&draft)).await.unwrap();
    assert_eq!(acceptance, Acceptance::CannotRevise(Impossible::NotReturned), "nor that of another enterprise");
    assert_eq!(store.filing(&old.id, &enterprise.code).await.unwrap(), before);
    assert_eq!(store.filing(&draft.id, &enterprise.code).await.unwrap(), None);
    assert_eq!(store.draft(&draft.id, &enterprise.code).await.unwrap(), Some(draft));
}

pub async fn a_correction_is_begun_once(store: Store) {
    let enterprise = enterprise();
    let old = returned(&store, &enterprise).await;
    let (first, second) = (draft_of(&enterprise), draft_of(&enterprise));
    assert_eq!(store.begin_correction(&old.id, &first).await.unwrap(), first.id);
    assert_eq!(store.begin_correction(&old.id, &second).await.unwrap(), first.id);
    assert_eq!(store.draft(&second.id, &enterprise.code).await.unwrap(), None);
    let kept = store.draft(&first.id, &enterprise.code).await.unwrap().unwrap();
    assert_eq!(kept, StoredDraft { corrects: Some(old.id.clone()), ..first.clone() }, "with its files");
    store.delete_draft(&first.id, &enterprise.code).await.unwrap();
    assert_eq!(store.begin_correction(&old.id, &second).await.unwrap(), second.id);
    let nowhere = store.begin_correction(&id(), &draft_of(&enterprise)).await;
    assert!(matches!(nowhere, Err(StorageError::Inconsistent(_))), "{nowhere:?}");
}

pub async fn a_correction_is_begun_once_by_many_at_once(store: Store) {
    let enterprise = enterprise();
    let old = returned(&store, &enterprise).await;
    let drafts: Vec<StoredDraft> = (0..20).map(|_| draft_of(&enterprise)).collect();
    let begun = join_all(drafts.iter().map(|draft| store.begin_correction(&old.id, draft))).await;
    assert_eq!(sorted(begun.into_iter().map(Result::unwrap)).len(), 1);
    assert_eq!(store.drafts_of(&enterprise.code, 100).await.unwrap().len(), 1);
}

async fn nothing_was_written(store: &Store, draft: StoredDraft) {
    assert_eq!(store.filing(&draft.id, &draft.enterprise.code).await.unwrap(), None);
    assert_eq!(store.outbox_figures().await.unwrap(), OutboxFigures::default());
    assert_eq!(store.draft(&draft.id, &draft.enterprise.code).await.unwrap(), Some(draft));
}
