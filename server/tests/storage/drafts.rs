//! Drafts, their rivals and their files.

use std::collections::BTreeSet;

use credit::attachment::{Attachment, FileRefusal, FileState, MOST_FILES};
use futures_util::future::join_all;
use server::storage::{Added, Change, DraftLine, Kept, StoredDraft};

use crate::places::Store;
use crate::samples::{MINUTE, NOON, answers, begun, change, draft_of, enterprise, id, kept_file, refused_file, sorted};

pub async fn a_draft_comes_back_as_it_was_begun(store: Store) {
    let enterprise = enterprise();
    let draft = StoredDraft { attachments: vec![kept_file(), refused_file(), kept_file()], ..draft_of(&enterprise) };
    store.begin_draft(&draft).await.unwrap();
    assert_eq!(store.draft(&draft.id, &enterprise.code).await.unwrap(), Some(draft));
    let empty = StoredDraft { attachments: Vec::new(), draft: Default::default(), ..draft_of(&enterprise) };
    store.begin_draft(&empty).await.unwrap();
    assert_eq!(store.draft(&empty.id, &enterprise.code).await.unwrap(), Some(empty));
}

pub async fn kept_answers_raise_the_version(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let change = change(1, "新的");
    assert_eq!(store.keep_draft(&draft.id, &draft.enterprise.code, &change).await.unwrap(), Kept::Kept(2));
    let expected =
        StoredDraft { version: 2, draft: answers("新的"), changed_at: change.at, changed_by: change.by.clone(), ..draft.clone() };
    assert_eq!(store.draft(&draft.id, &draft.enterprise.code).await.unwrap(), Some(expected));
    assert_eq!(store.rivals(&draft.id, &draft.enterprise.code).await.unwrap(), []);
}

pub async fn the_same_answers_again_change_nothing(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let enterprise = &draft.enterprise.code;
    store.keep_draft(&draft.id, enterprise, &change(1, "新的")).await.unwrap();
    let before = store.draft(&draft.id, enterprise).await.unwrap();
    for version in [1, 2] {
        let again = Change { by: "赵敏".to_owned(), at: NOON + 5 * MINUTE, ..change(version, "新的") };
        assert_eq!(store.keep_draft(&draft.id, enterprise, &again).await.unwrap(), Kept::Kept(2));
    }
    assert_eq!(store.draft(&draft.id, enterprise).await.unwrap(), before);
    assert_eq!(store.rivals(&draft.id, enterprise).await.unwrap(), []);
}

pub async fn answers_over_an_older_version_are_kept_as_a_rival(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let enterprise = &draft.enterprise.code;
    store.keep_draft(&draft.id, enterprise, &change(1, "甲")).await.unwrap();
    let later = Change { at: NOON + 9 * MINUTE, ..change(1, "丙") };
    for rival in [&later, &change(1, "乙"), &change(1, "乙")] {
        assert_eq!(store.keep_draft(&draft.id, enterprise, rival).await.unwrap(), Kept::Rival(2));
    }
    assert_eq!(store.draft(&draft.id, enterprise).await.unwrap().unwrap().draft, answers("甲"));
    let rivals = store.rivals(&draft.id, enterprise).await.unwrap();
    let kept: Vec<_> = rivals.iter().map(|rival| (&rival.draft, rival.made_at, rival.made_by.as_str())).collect();
    let expected = [(&answers("乙"), NOON + MINUTE, "李强"), (&answers("丙"), NOON + 9 * MINUTE, "李强")];
    assert_eq!(kept, expected, "oldest first, the same answers once");
    assert_ne!(rivals[0].id, rivals[1].id);
}

pub async fn what_one_window_types_over_a_newer_version_is_one_rival(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let enterprise = &draft.enterprise.code;
    store.keep_draft(&draft.id, enterprise, &change(1, "甲")).await.unwrap();
    for title in ["乙", "乙丙", "乙丙丁"] {
        let change = Change { window: "one window".to_owned(), ..change(1, title) };
        assert_eq!(store.keep_draft(&draft.id, enterprise, &change).await.unwrap(), Kept::Rival(2));
    }
    let rivals = store.rivals(&draft.id, enterprise).await.unwrap();
    assert_eq!(rivals.iter().map(|rival| &rival.draft).collect::<Vec<_>>(), [&answers("乙丙丁")]);
}

pub async fn of_many_changes_at_once_one_is_the_draft_and_none_is_lost(store: Store) {
    // Several rounds: in the first, connections may still be opening one after the other.
    for _ in 0..5 {
        let draft = begun(&store, &enterprise()).await;
        let enterprise = &draft.enterprise.code;
        let changes: Vec<Change> = (0..20).map(|n| change(1, &format!("第{n:02}份"))).collect();
        let kept = join_all(changes.iter().map(|change| store.keep_draft(&draft.id, enterprise, change))).await;
        let kept: Vec<Kept> = kept.into_iter().map(Result::unwrap).collect();
        assert_eq!(kept.iter().filter(|kept| **kept == Kept::Kept(2)).count(), 1);
        assert_eq!(kept.iter().filter(|kept| **kept == Kept::Rival(2)).count(), 19);
        let mut found: Vec<String> =
            store.rivals(&draft.id, enterprise).await.unwrap().iter().map(|rival| format!("{:?}", rival.draft)).collect();
        found.push(format!("{:?}", store.draft(&draft.id, enterprise).await.unwrap().unwrap().draft));
        assert_eq!(sorted(found), sorted(changes.iter().map(|change| format!("{:?}", change.draft))));
    }
}

pub async fn settling_makes_the_answers_the_draft_and_drops_its_rivals(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let enterprise = &draft.enterprise.code;
    store.keep_draft(&draft.id, enterprise, &change(1, "甲")).await.unwrap();
    store.keep_draft(&draft.id, enterprise, &change(1, "乙")).await.unwrap();
    let seen: Vec<_> =
        store.rivals(&draft.id, enterprise).await.unwrap().into_iter().map(|rival| (rival.id, rival.made_at)).collect();
    assert_eq!(store.settle_rivals(&draft.id, enterprise, &change(2, "乙"), &seen).await.unwrap(), Kept::Kept(3));
    assert_eq!(store.draft(&draft.id, enterprise).await.unwrap().unwrap().draft, answers("乙"));
    assert_eq!(store.rivals(&draft.id, enterprise).await.unwrap(), []);
    let same = store.settle_rivals(&draft.id, enterprise, &change(3, "乙"), &[]).await.unwrap();
    assert_eq!(same, Kept::Kept(4), "a choice is a new version even where it is the same answers");
}

pub async fn what_nobody_was_shown_stays_when_somebody_chooses(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let enterprise = &draft.enterprise.code;
    let rivals = async || store.rivals(&draft.id, enterprise).await.unwrap();
    store.keep_draft(&draft.id, enterprise, &change(1, "甲")).await.unwrap();
    store.keep_draft(&draft.id, enterprise, &change(1, "乙")).await.unwrap();
    let shown: Vec<_> = rivals().await.into_iter().map(|rival| (rival.id, rival.made_at)).collect();
    // While somebody compares, the window of 乙 goes on, and another begins.
    let further = Change { draft: answers("乙乙"), at: NOON + 2 * MINUTE, ..change(1, "乙") };
    store.keep_draft(&draft.id, enterprise, &further).await.unwrap();
    store.keep_draft(&draft.id, enterprise, &change(1, "丙")).await.unwrap();
    assert_eq!(store.settle_rivals(&draft.id, enterprise, &change(2, "甲"), &shown).await.unwrap(), Kept::Kept(3));
    let left: BTreeSet<_> = rivals().await.into_iter().map(|rival| rival.draft.answer("title").to_owned()).collect();
    assert_eq!(left, BTreeSet::from(["乙乙".to_owned(), "丙".to_owned()]));
}

pub async fn settling_over_an_older_version_drops_nothing(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let enterprise = &draft.enterprise.code;
    store.keep_draft(&draft.id, enterprise, &change(1, "甲")).await.unwrap();
    store.keep_draft(&draft.id, enterprise, &change(1, "乙")).await.unwrap();
    for title in ["乙", "丙", "甲"] {
        assert_eq!(store.settle_rivals(&draft.id, enterprise, &change(1, title), &[]).await.unwrap(), Kept::Rival(2));
    }
    assert_eq!(store.draft(&draft.id, enterprise).await.unwrap().unwrap().draft, answers("甲"));
    assert_eq!(store.rivals(&draft.id, enterprise).await.unwrap().len(), 2, "乙 and 丙: the draft is no rival of itself");
}

pub async fn files_keep_their_order_and_leave_the_version_alone(store: Store) {
    let mut draft = begun(&store, &enterprise()).await;
    let enterprise = draft.enterprise.code.clone();
    let (first, second, third) = (kept_file(), refused_file(), kept_file());
    // One that comes twice is there once.
    for file in [&first, &second, &first] {
        assert_eq!(store.add_attachment(&draft.id, &enterprise, file, NOON + MINUTE).await.unwrap(), Added::Added);
    }
    assert!(store.remove_attachment(&draft.id, &enterprise, &first.id).await.unwrap());
    assert!(!store.remove_attachment(&draft.id, &enterprise, &first.id).await.unwrap());
    store.add_attachment(&draft.id, &enterprise, &third, NOON + MINUTE).await.unwrap();
    draft.attachments.extend([second, third]);
    assert_eq!(store.draft(&draft.id, &enterprise).await.unwrap(), Some(draft));
}

pub async fn files_added_at_once_are_all_there(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let enterprise = &draft.enterprise.code;
    let files: Vec<Attachment> = (0..10).map(|_| kept_file()).collect();
    for added in join_all(files.iter().map(|file| store.add_attachment(&draft.id, enterprise, file, NOON))).await {
        assert_eq!(added.unwrap(), Added::Added);
    }
    assert_eq!(store.draft(&draft.id, enterprise).await.unwrap().unwrap().attachments.len(), 11);
}

pub async fn two_windows_keep_no_more_files_than_a_draft_takes(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let enterprise = &draft.enterprise.code;
    let files: Vec<Attachment> = (0..14).map(|_| kept_file()).collect();
    for added in join_all(files.iter().map(|file| store.add_attachment(&draft.id, enterprise, file, NOON))).await {
        assert_eq!(added.unwrap(), Added::Added);
    }
    let listed = store.draft(&draft.id, enterprise).await.unwrap().unwrap().attachments;
    assert_eq!(listed.iter().filter(|file| file.is_kept()).count(), MOST_FILES);
    let refused = listed.iter().filter(|file| file.state == FileState::Refused(FileRefusal::TooMany)).count();
    assert_eq!(refused, draft.attachments.len() + 14 - MOST_FILES, "each of the others is listed with the reason");
}

pub async fn a_deleted_draft_is_gone_with_its_rivals_and_files(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let enterprise = &draft.enterprise.code;
    store.keep_draft(&draft.id, enterprise, &change(1, "甲")).await.unwrap();
    store.keep_draft(&draft.id, enterprise, &change(1, "乙")).await.unwrap();
    assert!(store.delete_draft(&draft.id, enterprise).await.unwrap());
    assert!(!store.delete_draft(&draft.id, enterprise).await.unwrap());
    assert_eq!(store.draft(&draft.id, enterprise).await.unwrap(), None);
    store.begin_draft(&StoredDraft { attachments: Vec::new(), ..draft.clone() }).await.unwrap();
    assert_eq!(store.draft(&draft.id, enterprise).await.unwrap().unwrap().attachments, []);
    assert_eq!(store.rivals(&draft.id, enterprise).await.unwrap(), []);
}

pub async fn a_draft_that_is_not_there_is_gone(store: Store) {
    let enterprise = enterprise().code;
    for id in [id().as_str(), "", "a\0b"] {
        assert_eq!(store.draft(id, &enterprise).await.unwrap(), None);
        assert_eq!(store.keep_draft(id, &enterprise, &change(1, "甲")).await.unwrap(), Kept::Gone);
        assert_eq!(store.settle_rivals(id, &enterprise, &change(1, "甲"), &[]).await.unwrap(), Kept::Gone);
        assert_eq!(store.rivals(id, &enterprise).await.unwrap(), []);
        assert_eq!(store.add_attachment(id, &enterprise, &kept_file(), NOON).await.unwrap(), Added::Gone);
        assert!(!store.remove_attachment(id, &enterprise, "none").await.unwrap());
        assert!(!store.delete_draft(id, &enterprise).await.unwrap());
    }
}

pub async fn drafts_are_listed_latest_change_first(store: Store) {
    let enterprise = enterprise();
    let (a, b, c) = (begun(&store, &enterprise).await, begun(&store, &enterprise).await, begun(&store, &enterprise).await);
    let later = Change { at: NOON + 2 * MINUTE, ..change(1, "甲") };
    store.keep_draft(&a.id, &enterprise.code, &later).await.unwrap();
    store.keep_draft(&c.id, &enterprise.code, &change(1, "丙")).await.unwrap();
    let lines = store.drafts_of(&enterprise.code, 10).await.unwrap();
    assert_eq!(lines.iter().map(|line| &line.id).collect::<Vec<_>>(), [&a.id, &c.id, &b.id]);
    let first = DraftLine {
        id: a.id,
        kind: a.kind,
        draft: answers("甲"),
        changed_at: NOON + 2 * MINUTE,
        changed_by: "李强".to_owned(),
        corrects: None,
    };
    assert_eq!(lines[0], first);
    assert_eq!(store.drafts_of(&enterprise.code, 2).await.unwrap(), lines[..2]);
}

pub async fn characters_of_every_kind_are_kept(store: Store) {
    let typed = "'; DROP TABLE drafts; -- \" \\ \u{0}\u{1}\u{7f}\u{200b}\u{fffd}\u{ffff}\u{10ffff} 𠮷 👩‍👩‍👧 e\u{301} %_ $1 {} \r\n\t";
    let enterprise = enterprise();
    let file = Attachment { name: typed.to_owned(), ..kept_file() };
    let draft = StoredDraft { draft: answers(typed), attachments: vec![file], ..draft_of(&enterprise) };
    store.begin_draft(&draft).await.unwrap();
    assert_eq!(store.draft(&draft.id, &enterprise.code).await.unwrap().as_ref(), Some(&draft));
    assert_eq!(store.keep_draft(&draft.id, &enterprise.code, &change(7, typed)).await.unwrap(), Kept::Kept(1));
    let rival = format!("{typed}!");
    assert_eq!(store.keep_draft(&draft.id, &enterprise.code, &change(7, &rival)).await.unwrap(), Kept::Rival(1));
    assert_eq!(store.rivals(&draft.id, &enterprise.code).await.unwrap()[0].draft, answers(&rival));
}
