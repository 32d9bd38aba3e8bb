//! What an enterprise says of filings that it handed over by itself.

use credit::filing::{Decision, Happening, Impossible, State};
use credit::form::FormKind;
use server::storage::record_matters::OwnNote;
use server::storage::{Acceptance, Applied, NewFiling, Source};

use crate::places::Store;
use crate::samples::{MINUTE, NOON, begun, enterprise, event, file_ids, filing_of, forwarded, granted, review_began};

/// An application that the enterprise hands over by itself.
async fn packaged(store: &Store, enterprise: &credit::enterprise::Enterprise) -> NewFiling {
    let draft = begun(store, enterprise).await;
    let content = [("record".to_owned(), "FXR-0001".to_owned()), ("hand_over".to_owned(), "package".to_owned())];
    let filing = NewFiling { kind: FormKind::Repair, content: content.into(), ..filing_of(&draft) };
    assert_eq!(store.accept(&filing, 1, &file_ids(&draft)).await.unwrap(), Acceptance::Accepted);
    filing
}

fn note(happening: Happening) -> OwnNote {
    OwnNote { happening, by: "李强".to_owned(), at: NOON + 30 * MINUTE }
}

pub async fn what_the_enterprise_says_is_its_own_word_and_goes_nowhere(store: Store) {
    let enterprise = enterprise();
    let filing = packaged(&store, &enterprise).await;
    let code = &enterprise.code;
    for happening in [forwarded(), review_began(), granted()] {
        store.note(&filing.id, code, &note(happening)).await.unwrap().unwrap().unwrap();
    }
    assert_eq!(store.note(&filing.id, code, &note(granted())).await.unwrap(), Some(Err(Impossible::Already)));
    let kept = store.filing(&filing.id, code).await.unwrap().unwrap();
    assert!(kept.standing.by_own_word && kept.standing.holds());
    assert!(kept.history.iter().all(|entry| matches!(entry.source, Source::Enterprise(_))), "{:?}", kept.history);
    assert_eq!(store.outbox_figures().await.unwrap().unsent, 0, "nobody is to send it");
    assert_eq!(store.unread_notices(code).await.unwrap(), 0, "it told that itself");
    let refused = Happening::Decided(Decision::Refused { reasons: vec!["公示期未满".to_owned()], comments: vec![] });
    assert_eq!(store.apply_event(&event(&filing.id, refused)).await.unwrap(), Applied::Applied, "the platform knows better");
    let kept = store.filing(&filing.id, code).await.unwrap().unwrap();
    assert!(!kept.standing.by_own_word && matches!(kept.standing.state, State::Decided(Decision::Refused { .. })));
    assert_eq!(store.note(&filing.id, code, &note(granted())).await.unwrap(), Some(Err(Impossible::AlreadyDecided)));
}

pub async fn what_is_taken_back_of_it_is_confirmed_at_once(store: Store) {
    let enterprise = enterprise();
    let filing = packaged(&store, &enterprise).await;
    let code = &enterprise.code;
    assert_eq!(store.note(&filing.id, &crate::samples::enterprise().code, &note(Happening::Withdrawn)).await.unwrap(), None);
    store.note(&filing.id, code, &note(Happening::Withdrawn)).await.unwrap().unwrap().unwrap();
    let kept = store.filing(&filing.id, code).await.unwrap().unwrap();
    assert_eq!(kept.standing.state, State::Withdrawn { confirmed: true });
    assert_eq!(kept.changes, 3, "{:?}", kept.history);
    assert_eq!(store.outbox_figures().await.unwrap().unsent, 0);
    assert_eq!(store.note(&filing.id, code, &note(Happening::Withdrawn)).await.unwrap(), Some(Err(Impossible::Already)));
    packaged(&store, &enterprise).await;
}
