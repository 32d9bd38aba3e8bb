//! What an enterprise says of filings that it handed over by itself.

use credit::filing::{Decision, Happening, Impossible, State};
use credit::form::FormKind;
use server::storage::record_matters::{EntryBack, OwnNote, TakenBack, TakingEntryBack};
use server::storage::{Acceptance, Applied, NewFiling, PlatformEvent, Source};

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
    OwnNote { happening, on: None, by: "李强".to_owned(), at: NOON + 30 * MINUTE }
}

/// The same, of a day that is named.
fn note_on(day: &str, happening: Happening) -> OwnNote {
    OwnNote { on: Some(day.parse().unwrap()), ..note(happening) }
}

/// Taking the latest entry back, of a filing that had changed so often when it was shown.
fn taking(changes: i64) -> TakingEntryBack {
    TakingEntryBack { changes, taken: TakenBack { at: NOON + 40 * MINUTE, by: "王芳".to_owned() } }
}

async fn all_noted(store: &Store, filing: &NewFiling, happenings: &[Happening]) {
    for happening in happenings {
        store.note(&filing.id, &filing.enterprise.code, &note(happening.clone())).await.unwrap().unwrap().unwrap();
    }
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

pub async fn what_is_entered_by_hand_keeps_the_day_that_was_named(store: Store) {
    let enterprise = enterprise();
    let filing = packaged(&store, &enterprise).await;
    let code = &enterprise.code;
    store.note(&filing.id, code, &note_on("2026-09-18", forwarded())).await.unwrap().unwrap().unwrap();
    let event = PlatformEvent { received_at: NOON + 31 * MINUTE, ..event(&filing.id, review_began()) };
    assert_eq!(store.apply_event(&event).await.unwrap(), Applied::Applied);
    let kept = store.filing(&filing.id, code).await.unwrap().unwrap();
    let days: Vec<_> = kept.history.iter().map(|entry| entry.on.map(|day| day.to_string())).collect();
    assert_eq!(days, [None, Some("2026-09-18".to_owned()), None], "only who enters something by hand names a day");
    assert_eq!(kept.history[1].at, NOON + 30 * MINUTE, "when it was entered is kept beside it");
}

pub async fn the_latest_entry_by_hand_is_taken_back_once_and_stays_in_the_history(store: Store) {
    let enterprise = enterprise();
    let filing = packaged(&store, &enterprise).await;
    let code = &enterprise.code;
    assert_eq!(store.take_entry_back(&filing.id, code, &taking(1)).await.unwrap(), Some(EntryBack::NotByHand));
    all_noted(&store, &filing, &[forwarded(), review_began(), granted()]).await;
    assert_eq!(store.take_entry_back(&filing.id, &crate::samples::enterprise().code, &taking(4)).await.unwrap(), None);
    assert_eq!(
        store.take_entry_back(&filing.id, code, &taking(3)).await.unwrap(),
        Some(EntryBack::Changed),
        "another one is meant"
    );
    assert_eq!(store.take_entry_back(&filing.id, code, &taking(4)).await.unwrap(), Some(EntryBack::Taken));
    assert_eq!(store.take_entry_back(&filing.id, code, &taking(4)).await.unwrap(), Some(EntryBack::Changed), "the same post twice");
    let kept = store.filing(&filing.id, code).await.unwrap().unwrap();
    assert!(matches!(kept.standing.state, State::UnderReview { .. }) && !kept.standing.by_own_word, "{:?}", kept.standing);
    assert_eq!((kept.changes, kept.history.len()), (5, 4), "who looks at it is told that it changed");
    assert_eq!((&kept.history[3].happening, &kept.history[3].taken_back), (&granted(), &Some(taking(4).taken)));
    assert!(kept.history[..3].iter().all(|entry| entry.taken_back.is_none()));
    // The one before it, too; then it is entered anew.
    assert_eq!(store.take_entry_back(&filing.id, code, &taking(5)).await.unwrap(), Some(EntryBack::Taken));
    all_noted(&store, &filing, &[review_began()]).await;
    let kept = store.filing(&filing.id, code).await.unwrap().unwrap();
    assert_eq!((kept.changes, kept.history.len()), (7, 5), "{:?}", kept.history);
    let standing: Vec<_> = kept.history.iter().filter(|entry| entry.taken_back.is_none()).map(|entry| &entry.happening).collect();
    assert_eq!(standing, [&Happening::Accepted, &forwarded(), &review_began()]);
    assert_eq!(store.filing_changes(&filing.id, code).await.unwrap(), Some(7));
    store.note(&filing.id, code, &note(Happening::Withdrawn)).await.unwrap().unwrap().unwrap();
    assert_eq!(store.take_entry_back(&filing.id, code, &taking(9)).await.unwrap(), Some(EntryBack::NotByHand), "that is no entry");
}

pub async fn what_the_platform_told_keeps_an_entry_from_being_taken_back(store: Store) {
    let enterprise = enterprise();
    let code = &enterprise.code;
    let told = |filing: &NewFiling, happening| PlatformEvent { received_at: NOON + 35 * MINUTE, ..event(&filing.id, happening) };
    let filing = packaged(&store, &enterprise).await;
    all_noted(&store, &filing, &[forwarded(), review_began()]).await;
    let same = store.apply_event(&told(&filing, review_began())).await.unwrap();
    assert_eq!(same, Applied::Impossible(Impossible::Already), "it says what is known");
    assert_eq!(store.take_entry_back(&filing.id, code, &taking(3)).await.unwrap(), Some(EntryBack::PlatformTold));
    all_noted(&store, &filing, &[granted()]).await;
    assert_eq!(store.apply_event(&told(&filing, granted())).await.unwrap(), Applied::Applied);
    assert_eq!(store.take_entry_back(&filing.id, code, &taking(5)).await.unwrap(), Some(EntryBack::NotByHand));
    let kept = store.filing(&filing.id, code).await.unwrap().unwrap();
    assert!(kept.standing.holds() && kept.history.iter().all(|entry| entry.taken_back.is_none()), "nothing was taken back");
    // What the platform told before an entry does not keep anybody from taking that back.
    let filing = packaged(&store, &enterprise).await;
    assert_eq!(store.apply_event(&event(&filing.id, review_began())).await.unwrap(), Applied::Applied);
    assert_eq!(store.apply_event(&event(&filing.id, review_began())).await.unwrap(), Applied::Impossible(Impossible::Already));
    all_noted(&store, &filing, &[granted()]).await;
    assert_eq!(store.take_entry_back(&filing.id, code, &taking(3)).await.unwrap(), Some(EntryBack::Taken));
    let kept = store.filing(&filing.id, code).await.unwrap().unwrap();
    assert!(matches!(kept.standing.state, State::UnderReview { .. }), "{:?}", kept.standing);
}

pub async fn an_entry_is_not_taken_back_over_another_open_filing_about_the_record(store: Store) {
    let enterprise = enterprise();
    let code = &enterprise.code;
    let refused = Happening::Decided(Decision::Refused { reasons: vec!["公示期未满".to_owned()], comments: vec![] });
    let first = packaged(&store, &enterprise).await;
    all_noted(&store, &first, &[forwarded(), refused]).await;
    let second = packaged(&store, &enterprise).await;
    assert_eq!(
        store.take_entry_back(&first.id, code, &taking(3)).await.unwrap(),
        Some(EntryBack::OtherOpen(second.id.clone())),
        "one at a time is open"
    );
    store.note(&second.id, code, &note(Happening::Withdrawn)).await.unwrap().unwrap().unwrap();
    assert_eq!(store.take_entry_back(&first.id, code, &taking(3)).await.unwrap(), Some(EntryBack::Taken));
}
