//! What only PostgreSQL can do or suffer: rows held by another transaction, a server that is not there.

use std::time::Duration;

use server::storage::operations::Sign;
use server::storage::postgres::{PostgresSettings, PostgresStorage};
use server::storage::{Kept, Settlement, Storage, StorageError};
use sqlx::Connection;

use crate::places::{Database, Store};
use crate::samples::{MINUTE, NOON, begun, change, enterprise, event, filed, forwarded, granted, not_granted, sent_back};

async fn open(database: &Database, settings: PostgresSettings) -> Store {
    std::sync::Arc::new(PostgresStorage::open_with(&database.url(), settings).await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_held_by_another_transaction_is_busy() {
    let database = Database::new().await;
    let store = open(&database, PostgresSettings { lock_timeout: Duration::from_millis(200), ..PostgresSettings::default() }).await;
    let draft = begun(&store, &enterprise()).await;
    let enterprise = &draft.enterprise.code;
    let mut other = database.connect().await;
    let mut transaction = other.begin().await.unwrap();
    sqlx::query("SELECT id FROM drafts FOR UPDATE").execute(&mut *transaction).await.unwrap();
    let refused = store.keep_draft(&draft.id, enterprise, &change(1, "新的")).await;
    assert!(matches!(refused, Err(StorageError::Busy(_))), "{refused:?}");
    assert_eq!(store.draft(&draft.id, enterprise).await.unwrap().as_ref(), Some(&draft), "reading goes on");
    transaction.rollback().await.unwrap();
    assert_eq!(store.keep_draft(&draft.id, enterprise, &change(1, "新的")).await.unwrap(), Kept::Kept(2));
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_disk_is_full_says_so() {
    let database = Database::new().await;
    let store = open(&database, PostgresSettings::default()).await;
    let mut other = database.connect().await;
    for statement in [
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql
         AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$",
        "CREATE TRIGGER no_room BEFORE INSERT ON refused_events FOR EACH ROW EXECUTE FUNCTION no_room()",
    ] {
        sqlx::query(statement).execute(&mut other).await.unwrap();
    }
    let refused = store.record_refused_event("id", "forged", NOON).await;
    assert!(matches!(refused, Err(StorageError::Full(_))), "{refused:?}");
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_not_there_is_unavailable() {
    let refused = PostgresStorage::open("postgres://nobody@127.0.0.1:9/nowhere").await.map(|_| ());
    assert!(matches!(refused, Err(StorageError::Unavailable(_))), "{refused:?}");
    let database = Database::new().await;
    let settings = PostgresSettings { connect_timeout: Duration::from_secs(1), ..PostgresSettings::default() };
    let store = open(&database, settings).await;
    database.remove().await;
    let lost = store.check().await;
    assert!(matches!(lost, Err(StorageError::Unavailable(_))), "{lost:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failures_that_nobody_was_told_of_are_counted() {
    let database = Database::new().await;
    let store = open(&database, PostgresSettings::default()).await;
    for failure in [sent_back(), not_granted(), granted()] {
        let filing = filed(&store, &enterprise()).await;
        store.apply_event(&event(&filing.id, failure)).await.unwrap();
    }
    assert_eq!(store.untold_failures().await.unwrap(), 0);
    sqlx::query("DELETE FROM notices").execute(&mut database.connect().await).await.unwrap();
    assert_eq!(store.untold_failures().await.unwrap(), 2, "what was granted is no failure");
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_of_several_servers_leads_to_one_that_takes_writes() {
    let database = Database::new().await;
    // Nothing listens at the first; the second is set to refuse writes.
    let url = database.url().replacen("@", "@127.0.0.1:9,", 1);
    let several = format!("{url}{}target_session_attrs=read-write", if url.contains('?') { '&' } else { '?' });
    PostgresStorage::open(&several).await.unwrap().check().await.unwrap();
    let (name,): (String,) = sqlx::query_as("SELECT current_database()").fetch_one(&mut database.connect().await).await.unwrap();
    let refusing = format!("ALTER DATABASE {name} SET default_transaction_read_only = on");
    sqlx::query(sqlx::AssertSqlSafe(refusing)).execute(&mut database.connect().await).await.unwrap();
    let refused = PostgresStorage::open(&several).await.map(|_| ());
    assert!(matches!(refused, Err(StorageError::Unavailable(_))), "{refused:?}");
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_opened_by_many_programs_at_once_is_made_once() {
    let database = Database::new().await;
    let url = database.url();
    let opened = futures_util::future::join_all((0..8).map(|_| PostgresStorage::open(&url))).await;
    for storage in opened {
        storage.unwrap().check().await.unwrap();
    }
    database.remove().await;
}

/// Old and new programs run side by side: one that only knows the old tables opens what a newer one has added to, and works.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_a_newer_program_only_added_to_is_worked_with_and_another_refused() {
    let database = Database::new().await;
    drop(PostgresStorage::open(&database.url()).await.unwrap());
    let mut other = database.connect().await;
    for statement in [
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'of the future', TRUE, ''::bytea, 0)",
        "ALTER TABLE filings ADD COLUMN of_the_future TEXT",
    ] {
        sqlx::query(statement).execute(&mut other).await.unwrap();
    }
    let store = open(&database, PostgresSettings::default()).await;
    filed(&store, &enterprise()).await;
    sqlx::query("UPDATE schema_age SET oldest_program = 9999").execute(&mut other).await.unwrap();
    let refused = PostgresStorage::open(&database.url()).await.map(|_| ());
    assert!(matches!(refused, Err(StorageError::Inconsistent(_))), "{refused:?}");
    drop(store);
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_means_durable_whatever_the_server_was_set_to() {
    let database = Database::new().await;
    let mut other = database.connect().await;
    let name: (String,) = sqlx::query_as("SELECT current_database()").fetch_one(&mut other).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("ALTER DATABASE {} SET synchronous_commit = off", name.0)))
        .execute(&mut other)
        .await
        .unwrap();
    let store = open(&database, PostgresSettings::default()).await;
    for statement in [
        "CREATE TABLE seen (synchronous_commit TEXT NOT NULL)",
        "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql
         AS $$ BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN new; END $$",
        "CREATE TRIGGER note BEFORE INSERT ON drafts FOR EACH ROW EXECUTE FUNCTION note()",
    ] {
        sqlx::query(statement).execute(&mut other).await.unwrap();
    }
    begun(&store, &enterprise()).await;
    let seen: Vec<(String,)> = sqlx::query_as("SELECT synchronous_commit FROM seen").fetch_all(&mut other).await.unwrap();
    assert_eq!(seen, [("on".to_owned(),)]);
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_delivery_whose_filing_is_held_keeps_no_other_from_being_settled() {
    let database = Database::new().await;
    let store = open(&database, PostgresSettings { lock_timeout: Duration::from_millis(200), ..PostgresSettings::default() }).await;
    let enterprise = enterprise();
    for _ in 0..8 {
        filed(&store, &enterprise).await;
    }
    let deliveries = store.claim_deliveries(NOON + 10 * MINUTE, NOON + 11 * MINUTE, 8).await.unwrap();
    let mut other = database.connect().await;
    let mut transaction = other.begin().await.unwrap();
    sqlx::query("SELECT id FROM filings WHERE id = $1 FOR UPDATE")
        .bind(&deliveries[3].filing_id)
        .execute(&mut *transaction)
        .await
        .unwrap();
    let forwarded = Settlement::Delivered(Some(forwarded()));
    let at = NOON + 10 * MINUTE;
    let settling = deliveries.iter().map(|delivery| store.settle_delivery(delivery, &forwarded, at));
    for (number, settled) in futures_util::future::join_all(settling).await.into_iter().enumerate() {
        match number {
            3 => assert!(matches!(settled, Err(StorageError::Busy(_))), "{settled:?}"),
            _ => assert!(settled.unwrap(), "{number}"),
        }
    }
    transaction.rollback().await.unwrap();
    assert!(store.settle_delivery(&deliveries[3], &forwarded, at).await.unwrap());
    database.remove().await;
}

/// What is written on a connection that is still within another's transaction would be answered, and gone with that.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_that_goes_away_in_mid_transaction_leaves_no_connection_within_it() {
    let database = Database::new().await;
    let store = open(&database, PostgresSettings { connections: 1, ..PostgresSettings::default() }).await;
    let draft = begun(&store, &enterprise()).await;
    let mut other = database.connect().await;
    for (polls, written) in (0..24).zip(1_i64..) {
        {
            let change = change(1, "新的");
            let mut leaving = std::pin::pin!(store.keep_draft(&draft.id, &draft.enterprise.code, &change));
            for _ in 0..polls {
                if futures_util::poll!(leaving.as_mut()).is_ready() {
                    break;
                }
                tokio::time::sleep(Duration::from_micros(200)).await;
            }
        }
        // By then the connection is back in the pool.
        tokio::time::sleep(Duration::from_millis(20)).await;
        store.check().await.unwrap();
        let (times,): (i64,) = sqlx::query_as("SELECT times FROM proof_of_writing").fetch_one(&mut other).await.unwrap();
        assert_eq!(times, written, "gone after {polls} steps");
        let within = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'";
        let (within,): (i64,) = sqlx::query_as(within).fetch_one(&mut other).await.unwrap();
        assert_eq!(within, 0, "within a transaction after {polls} steps");
    }
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_programs_on_one_database_never_fork_the_log() {
    let database = Database::new().await;
    let one = open(&database, PostgresSettings::default()).await;
    let other = open(&database, PostgresSettings::default()).await;
    crate::log::two_programs_never_fork(one, other).await;
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_append_waits_for_the_transaction_that_holds_the_head() {
    let database = Database::new().await;
    let store = open(&database, PostgresSettings { lock_timeout: Duration::from_millis(200), ..PostgresSettings::default() }).await;
    let mut other = database.connect().await;
    let mut transaction = other.begin().await.unwrap();
    sqlx::query("SELECT size FROM log_head FOR UPDATE").execute(&mut *transaction).await.unwrap();
    let refused = store.append_alone(&[crate::log::entry(0)]).await;
    assert!(matches!(refused, Err(StorageError::Busy(_))), "{refused:?}");
    transaction.rollback().await.unwrap();
    assert_eq!(store.append_alone(&[crate::log::entry(0)]).await.unwrap(), [0]);
    crate::log::assert_whole(&store, 1).await;
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_hears_what_another_accepts_and_changes() {
    let database = Database::new().await;
    let (ours, theirs) = (open(&database, PostgresSettings::default()).await, open(&database, PostgresSettings::default()).await);
    let (signs, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let listening = {
        let theirs = theirs.clone();
        tokio::spawn(async move {
            let told = move |sign| drop(signs.send(sign));
            theirs.listen(std::sync::Arc::new(told)).await
        })
    };
    assert_eq!(heard.recv().await, Some(Sign::ToDeliver), "what was signalled before it listened");
    let filing = filed(&ours, &enterprise()).await;
    assert_eq!(heard.recv().await, Some(Sign::ToDeliver));
    ours.apply_event(&event(&filing.id, granted())).await.unwrap();
    assert_eq!(heard.recv().await, Some(Sign::Changed(filing.id)));
    listening.abort();
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_deliver_everything_exactly_once() {
    let database = Database::new().await;
    let (one, other) = (open(&database, PostgresSettings::default()).await, open(&database, PostgresSettings::default()).await);
    let enterprise = enterprise();
    for _ in 0..60 {
        filed(&one, &enterprise).await;
    }
    let now = NOON + 20 * MINUTE;
    let deliver = |store: Store| async move {
        let mut delivered = Vec::new();
        while store.outbox_figures().await.unwrap().unsent > 0 {
            for delivery in store.claim_deliveries(now, now + MINUTE, 5).await.unwrap() {
                assert!(store.settle_delivery(&delivery, &Settlement::Delivered(Some(forwarded())), now).await.unwrap());
                delivered.push(delivery.id);
            }
        }
        delivered
    };
    let (by_one, by_other) = tokio::join!(tokio::spawn(deliver(one)), tokio::spawn(deliver(other)));
    let all = [by_one.unwrap(), by_other.unwrap()].concat();
    assert_eq!((all.len(), crate::samples::sorted(all).len()), (60, 60));
    database.remove().await;
}
