//! How much each one who asks may ask for, where two programs share a PostgreSQL.

use std::sync::Arc;

use futures_util::future::join_all;
use server::buckets::Rate;
use server::storage::postgres::PostgresStorage;
use server::storage::shared_buckets::SharedBuckets;

use crate::places::Database;
use crate::samples::{MINUTE, NOON};

async fn two_programs(database: &Database) -> [Arc<PostgresStorage>; 2] {
    let url = database.url();
    [Arc::new(PostgresStorage::open(&url).await.unwrap()), Arc::new(PostgresStorage::open(&url).await.unwrap())]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_program_took_out_of_a_bucket_the_other_misses() {
    let database = Database::new().await;
    let [one, other] = two_programs(&database).await;
    let rate = Rate::new(60, 3);
    for (program, now, taken) in [
        (&one, NOON, Ok(())),
        (&other, NOON, Ok(())),
        (&one, NOON, Ok(())),
        (&other, NOON, Err(1)),
        (&one, NOON + 999, Err(1)),
        (&one, NOON + 1000, Ok(())),
        (&other, NOON + 1000, Err(1)),
        (&other, NOON + MINUTE, Ok(())),
    ] {
        assert_eq!(program.take_from_bucket("a", rate, now).await.unwrap(), taken, "at {}", now - NOON);
    }
    assert_eq!(other.take_from_bucket("b", rate, NOON).await.unwrap(), Ok(()), "another has its own");
    assert_eq!(one.take_from_bucket("c", Rate::new(1, 1), NOON).await.unwrap(), Ok(()));
    assert_eq!(other.take_from_bucket("c", Rate::new(1, 1), NOON).await.unwrap(), Err(60));
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_get_as_much_as_the_bucket_holds() {
    let database = Database::new().await;
    let programs = two_programs(&database).await;
    let asked = (0..100).map(|n| programs[n % 2].take_from_bucket("a", Rate::new(1, 20), NOON));
    let taken = join_all(asked).await.into_iter().filter(|taken| taken.as_ref().unwrap().is_ok()).count();
    assert_eq!(taken, 20);
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_was_ahead_shuts_nobody_out() {
    let database = Database::new().await;
    let [one, other] = two_programs(&database).await;
    let rate = Rate::new(60, 1);
    one.take_from_bucket("a", rate, NOON + 60 * MINUTE).await.unwrap().unwrap();
    assert_eq!(other.take_from_bucket("a", rate, NOON).await.unwrap(), Ok(()));
    assert_eq!(other.take_from_bucket("a", rate, NOON).await.unwrap(), Err(1));
    assert_eq!(one.take_from_bucket("a", rate, NOON - 2000).await.unwrap(), Err(3), "clocks that are a little apart fill nothing");
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn full_buckets_are_forgotten_and_no_others() {
    let database = Database::new().await;
    let [one, _] = two_programs(&database).await;
    for name in ["a", "b"] {
        one.take_from_bucket(name, Rate::new(60, 2), NOON).await.unwrap().unwrap();
    }
    one.take_from_bucket("b", Rate::new(60, 2), NOON).await.unwrap().unwrap();
    one.forget_full_buckets(NOON + 1000).await.unwrap();
    let left: Vec<(String,)> = sqlx::query_as("SELECT name FROM buckets").fetch_all(&mut database.connect().await).await.unwrap();
    assert_eq!(left, [("b".to_owned(),)]);
    database.remove().await;
}
