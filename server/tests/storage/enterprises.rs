//! What belongs to one enterprise does not exist for another.

use server::storage::{Acceptance, Added, Kept, NewFiling, StorageError};

use crate::places::Store;
use crate::samples::{NOON, begun, change, draft_of, enterprise, file_ids, filing_of, kept_file, returned, withdrawal};

pub async fn another_enterprise_sees_no_draft_and_changes_none(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let (id, own, other) = (&draft.id, &draft.enterprise.code, enterprise());
    store.keep_draft(id, own, &change(9, "a rival")).await.unwrap();
    assert_eq!(store.draft(id, &other.code).await.unwrap(), None);
    assert_eq!(store.keep_draft(id, &other.code, &change(1, "theirs")).await.unwrap(), Kept::Gone);
    assert_eq!(store.rivals(id, &other.code).await.unwrap(), []);
    assert_eq!(store.settle_rivals(id, &other.code, &change(1, "theirs"), &[]).await.unwrap(), Kept::Gone);
    assert!(!store.delete_draft(id, &other.code).await.unwrap());
    assert_eq!(store.add_attachment(id, &other.code, &kept_file(), NOON).await.unwrap(), Added::Gone);
    assert!(!store.remove_attachment(id, &other.code, &draft.attachments[0].id).await.unwrap());
    assert_eq!(store.drafts_of(&other.code, 10).await.unwrap(), []);
    let theirs = NewFiling { enterprise: other, ..filing_of(&draft) };
    assert_eq!(store.accept(&theirs, 1, &file_ids(&draft)).await.unwrap(), Acceptance::Gone);
    assert_eq!(store.rivals(id, own).await.unwrap().len(), 1);
    assert_eq!(store.draft(id, own).await.unwrap().as_ref(), Some(&draft));
}

pub async fn another_enterprise_sees_no_filing_and_changes_none(store: Store) {
    let filing = returned(&store, &enterprise()).await;
    let (id, own, other) = (&filing.id, &filing.enterprise.code, enterprise());
    let before = store.filing(id, own).await.unwrap();
    assert_eq!(store.filing(id, &other.code).await.unwrap(), None);
    assert_eq!(store.filing_changes(id, &other.code).await.unwrap(), None);
    assert_eq!(store.filings_of(&other.code, None, 10).await.unwrap(), []);
    assert_eq!(store.take_back(id, &other.code, &withdrawal(NOON, "body")).await.unwrap(), None);
    let correction = store.begin_correction(id, &draft_of(&other)).await;
    assert!(matches!(correction, Err(StorageError::Inconsistent(_))), "{correction:?}");
    let theirs = NewFiling { enterprise: other.clone(), ..filing.clone() };
    assert_eq!(store.accept(&theirs, 1, &[]).await.unwrap(), Acceptance::Gone, "nor learns that there is one");
    assert!(!store.remove_attachment(id, own, &before.as_ref().unwrap().attachments[0].id).await.unwrap());
    assert!(!store.delete_draft(id, own).await.unwrap());
    assert_eq!(store.filing(id, own).await.unwrap(), before);
}
