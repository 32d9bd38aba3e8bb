//! What only SQLite can do or suffer: group commit, a full file, a file held by another program.

use std::sync::Arc;
use std::time::{Duration, Instant};

use credit::draft::Draft;
use credit::form::FormKind;
use futures_util::future::join_all;
use server::storage::sqlite::{SqliteSettings, SqliteStorage};
use server::storage::{Acceptance, Kept, Session, Storage, StorageError, StoredDraft};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use crate::places::{Folder, Store};
use crate::samples::{
    NOON, begun, change, draft_of, enterprise, event, file_ids, filed, filing_of, granted, id, not_granted, sent_back,
};

async fn open(folder: &Folder, settings: SqliteSettings) -> (Arc<SqliteStorage>, Store) {
    let storage = Arc::new(SqliteStorage::open_with(&folder.file(), settings).await.unwrap());
    let store: Store = storage.clone();
    (storage, store)
}

async fn connect(folder: &Folder) -> SqliteConnection {
    SqliteConnectOptions::new().filename(folder.file()).connect().await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writes_at_once_share_their_commits() {
    let folder = Folder::new();
    let (storage, store) = open(&folder, SqliteSettings::default()).await;
    let enterprise = enterprise();
    let drafts = join_all((0..64).map(|_| begun(&store, &enterprise))).await;
    let before = storage.writer_commits();
    let change = change(1, "新的");
    let kept = join_all(drafts.iter().map(|draft| store.keep_draft(&draft.id, &enterprise.code, &change))).await;
    assert!(kept.into_iter().all(|kept| kept.unwrap() == Kept::Kept(2)));
    let commits = storage.writer_commits() - before;
    assert!((1..=16).contains(&commits), "{commits} commits for 64 changes");
    let accepted = join_all(drafts.iter().map(|draft| async {
        let filing = filing_of(draft);
        store.accept(&filing, 2, &file_ids(draft)).await
    }))
    .await;
    assert!(accepted.into_iter().all(|accepted| accepted.unwrap() == Acceptance::Accepted));
    let commits = storage.writer_commits() - before - commits;
    assert!((1..=16).contains(&commits), "{commits} commits for 64 acceptances");
    assert_eq!(store.filings_of(&enterprise.code, None, 100).await.unwrap().len(), 64);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_that_fails_leaves_the_others_of_its_batch() {
    let folder = Folder::new();
    let (_, store) = open(&folder, SqliteSettings::default()).await;
    let enterprise = enterprise();
    let taken = begun(&store, &enterprise).await;
    // Every second one fails at its attachment, when its draft is written already.
    let drafts: Vec<StoredDraft> = (0..64)
        .map(|n| {
            let draft = draft_of(&enterprise);
            if n % 2 == 0 { draft } else { StoredDraft { attachments: taken.attachments.clone(), ..draft } }
        })
        .collect();
    let begun = join_all(drafts.iter().map(|draft| store.begin_draft(draft))).await;
    for (n, (draft, begun)) in drafts.iter().zip(begun).enumerate() {
        assert_eq!(begun.is_ok(), n % 2 == 0, "{begun:?}");
        let kept = store.draft(&draft.id, &enterprise.code).await.unwrap();
        assert_eq!(kept.as_ref(), (n % 2 == 0).then_some(draft), "whole or not at all");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_that_goes_away_does_not_stop_the_writer() {
    let folder = Folder::new();
    let (_, store) = open(&folder, SqliteSettings::default()).await;
    let enterprise = enterprise();
    for round in 0_u32..30 {
        let callers: Vec<_> = (0..16)
            .map(|_| {
                let (store, draft) = (store.clone(), draft_of(&enterprise));
                tokio::spawn(async move { store.begin_draft(&draft).await })
            })
            .collect();
        tokio::time::sleep(Duration::from_micros(u64::from(round) * 50)).await;
        callers.iter().step_by(2).for_each(tokio::task::JoinHandle::abort);
        for staying in callers.into_iter().skip(1).step_by(2) {
            staying.await.unwrap().unwrap();
        }
    }
    store.check().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_store_says_so_and_keeps_nothing_half_written() {
    let folder = Folder::new();
    let (_, store) = open(&folder, SqliteSettings { most_pages: Some(160), ..SqliteSettings::default() }).await;
    let enterprise = enterprise();
    let long = Draft::typed(FormKind::Licence.form(), [("title", "长".repeat(5_000))]);
    let mut kept = Vec::new();
    let refused = loop {
        let draft = StoredDraft { draft: long.clone(), ..draft_of(&enterprise) };
        match store.begin_draft(&draft).await {
            Ok(()) => kept.push(draft),
            Err(StorageError::Full(_)) => break draft,
            Err(other) => panic!("not full but {other:?}"),
        }
    };
    assert!(!kept.is_empty());
    assert_eq!(store.draft(&refused.id, &enterprise.code).await.unwrap(), None);
    // Many at once: each is answered, and what is said to be kept is kept.
    let more: Vec<StoredDraft> = (0..16).map(|_| StoredDraft { draft: long.clone(), ..draft_of(&enterprise) }).collect();
    for (draft, outcome) in more.iter().zip(join_all(more.iter().map(|draft| store.begin_draft(draft))).await) {
        let found = store.draft(&draft.id, &enterprise.code).await.unwrap();
        match outcome {
            Ok(()) => assert_eq!(found.as_ref(), Some(draft)),
            Err(error) => {
                assert!(matches!(error, StorageError::Full(_)), "{error:?}");
                assert_eq!(found, None);
            }
        }
    }
    for draft in &kept {
        assert_eq!(store.draft(&draft.id, &enterprise.code).await.unwrap().as_ref(), Some(draft));
    }
    for draft in kept.iter().take(3) {
        assert!(store.delete_draft(&draft.id, &enterprise.code).await.unwrap(), "what is there can still be deleted");
    }
    store.begin_draft(&refused).await.expect("there is room again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_held_by_another_program_is_busy() {
    let folder = Folder::new();
    let busy_timeout = Duration::from_millis(200);
    let (_, store) = open(&folder, SqliteSettings { busy_timeout, ..SqliteSettings::default() }).await;
    let enterprise = enterprise();
    let draft = begun(&store, &enterprise).await;
    let mut other = connect(&folder).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let began = Instant::now();
    let change = change(1, "新的");
    let refused = join_all((0..20).map(|_| store.keep_draft(&draft.id, &enterprise.code, &change))).await;
    for refused in refused {
        assert!(matches!(refused, Err(StorageError::Busy(_))), "{refused:?}");
    }
    assert!(matches!(store.check().await, Err(StorageError::Busy(_))));
    assert!(began.elapsed() >= busy_timeout, "it waits before it gives up");
    assert!(began.elapsed() < 10 * busy_timeout, "those who wait together wait once");
    let read = store.draft(&draft.id, &enterprise.code).await.unwrap();
    assert_eq!(read, Some(draft.clone()), "reading goes on");
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    assert_eq!(store.keep_draft(&draft.id, &enterprise.code, &change).await.unwrap(), Kept::Kept(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_accepted_is_there_when_the_store_is_opened_again() {
    let folder = Folder::new();
    let enterprise = enterprise();
    let (storage, store) = open(&folder, SqliteSettings::default()).await;
    let filing = filed(&store, &enterprise).await;
    let before = store.filing(&filing.id, &enterprise.code).await.unwrap();
    drop((storage, store));
    let (_, store) = open(&folder, SqliteSettings::default()).await;
    assert_eq!(store.filing(&filing.id, &enterprise.code).await.unwrap(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_opened_by_many_programs_at_once_is_made_once() {
    let folder = Folder::new();
    let file = folder.file();
    let opened = join_all((0..8).map(|_| SqliteStorage::open(&file))).await;
    for storage in opened {
        storage.unwrap().check().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_another_program_is_just_making_is_waited_for() {
    let folder = Folder::new();
    let mut other = SqliteConnectOptions::new().filename(folder.file()).create_if_missing(true).connect().await.unwrap();
    // Not in the store's journal mode yet, and held: SQLite itself says at once that it is locked.
    sqlx::query("PRAGMA journal_mode = DELETE; CREATE TABLE a (b); BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let freed = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        sqlx::query("DROP TABLE a; COMMIT").execute(&mut other).await.unwrap();
        other.close().await.unwrap();
    };
    let file = folder.file();
    let (opened, ()) = tokio::join!(SqliteStorage::open(&file), freed);
    opened.unwrap().check().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failures_that_nobody_was_told_of_are_counted() {
    let folder = Folder::new();
    let (_, store) = open(&folder, SqliteSettings::default()).await;
    for failure in [sent_back(), not_granted(), granted()] {
        let filing = filed(&store, &enterprise()).await;
        store.apply_event(&event(&filing.id, failure)).await.unwrap();
    }
    assert_eq!(store.untold_failures().await.unwrap(), 0);
    // That something else was told is not enough.
    let other = "UPDATE notices SET news = '\"taken\"' WHERE news = '\"returned\"'";
    sqlx::query(other).execute(&mut connect(&folder).await).await.unwrap();
    assert_eq!(store.untold_failures().await.unwrap(), 1);
    sqlx::query("DELETE FROM notices").execute(&mut connect(&folder).await).await.unwrap();
    assert_eq!(store.untold_failures().await.unwrap(), 2, "what was granted is no failure");
}

/// The way back to the last program is open: it opens what a newer one has added to, and works.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_a_newer_program_only_added_to_is_worked_with_and_another_refused() {
    let folder = Folder::new();
    drop(SqliteStorage::open(&folder.file()).await.unwrap());
    let mut other = connect(&folder).await;
    for statement in [
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'of the future', TRUE, x'00', 0)",
        "ALTER TABLE filings ADD COLUMN of_the_future TEXT",
    ] {
        sqlx::query(statement).execute(&mut other).await.unwrap();
    }
    let (_, store) = open(&folder, SqliteSettings::default()).await;
    filed(&store, &enterprise()).await;
    sqlx::query("UPDATE schema_age SET oldest_program = 9999").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    let refused = SqliteStorage::open(&folder.file()).await.map(|_| ());
    assert!(matches!(refused, Err(StorageError::Inconsistent(_))), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_read_as_what_it_should_be_is_inconsistent() {
    let folder = Folder::new();
    let (_, store) = open(&folder, SqliteSettings::default()).await;
    let draft = begun(&store, &enterprise()).await;
    let mut other = connect(&folder).await;
    sqlx::query("UPDATE drafts SET kind = 'spell'").execute(&mut other).await.unwrap();
    let read = store.draft(&draft.id, &draft.enterprise.code).await;
    assert!(matches!(read, Err(StorageError::Inconsistent(_))), "{read:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_no_store_is_refused() {
    let folder = Folder::new();
    std::fs::write(folder.file(), "by no means a database".repeat(1_000)).unwrap();
    let refused = SqliteStorage::open(&folder.file()).await.map(|_| ());
    assert!(matches!(refused, Err(StorageError::Inconsistent(_))), "{refused:?}");
    let nowhere = SqliteStorage::open(&folder.file().join("nowhere")).await.map(|_| ());
    assert!(matches!(nowhere, Err(StorageError::Unavailable(_))), "{nowhere:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_cannot_be_opened_does_not_end_the_one_it_replaces() {
    let folder = Folder::new();
    let (_, store) = open(&folder, SqliteSettings::default()).await;
    let person = server::storage::Person { subject: "subject-1".to_owned(), name: "王芳".to_owned(), capacities: Vec::new() };
    let session = |token_hash: String| Session {
        token_hash,
        person: person.clone(),
        enterprise: None,
        id_token: String::new(),
        authenticated_at: NOON,
        opened_at: NOON,
        seen_at: NOON,
    };
    let (old, other) = (session(id()), session(id()));
    store.open_session(&old, None).await.unwrap();
    store.open_session(&other, None).await.unwrap();
    store.open_session(&other, Some(&old.token_hash)).await.unwrap_err();
    assert_eq!(store.session(&old.token_hash).await.unwrap(), Some(old));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_programs_on_one_file_never_fork_the_log() {
    let folder = Folder::new();
    let (_, one) = open(&folder, SqliteSettings::default()).await;
    let (_, other) = open(&folder, SqliteSettings::default()).await;
    crate::log::two_programs_never_fork(one, other).await;
}
