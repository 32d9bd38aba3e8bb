//! What came of deliveries, several in one transaction.
//!
//! A delivery is settled by half a dozen statements, and each is a way to the server and back. So those that end at about the
//! same time are settled together: one task takes all that wait, writes them by one statement of each kind, and commits once.
//! Nobody waits longer for it: while one transaction is under way, the next one's settlements gather.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use credit::filing::Instant;
use credit::news::News;
use futures_util::FutureExt;
use sqlx::postgres::{PgConnection, PgPool};
use tokio::sync::{mpsc, oneshot};

use super::filings::Step;
use super::{durable, filings, notices};
use crate::storage::rows::{HistoryLine, beginning, source_of};
use crate::storage::{Delivery, Settlement, Source, StorageError, Stored};

/// The most that are settled in one transaction.
const MOST_TOGETHER: usize = 64;

/// Longer than any statement may take. A line to a server that is gone must not hold up what others could write on another.
const PATIENCE: Duration = Duration::from_secs(40);

/// Each row is found by its id, whichever these are and however many rows there are: that is not thought about each time.
const SETTINGS: &str = "; SET LOCAL plan_cache_mode TO force_generic_plan; SET LOCAL enable_seqscan TO off
    ; SET LOCAL enable_hashjoin TO off; SET LOCAL enable_mergejoin TO off; SET LOCAL jit TO off";

/// For several besides: where somebody holds one of the filings, the others do not wait for that.
const IMPATIENT: &str = "; SET LOCAL lock_timeout TO '500ms'";

/// A way to the task that settles. The task ends when the last settlement is written after this is dropped.
pub(super) struct Settler {
    queue: mpsc::Sender<Waiting>,
}

/// A settlement, and who waits for it to be written.
struct Waiting {
    settling: Settling,
    caller: oneshot::Sender<Stored<bool>>,
}

/// What came of one delivery.
#[derive(Clone)]
struct Settling {
    /// The outbox row.
    id: String,
    filing_id: String,
    /// The lease under which it was held.
    lease: String,
    settlement: Settlement,
    at: Instant,
}

impl Settler {
    /// Starts the task.
    pub fn start(pool: PgPool) -> Self {
        let (queue, waiting) = mpsc::channel(MOST_TOGETHER);
        tokio::spawn(work(pool, waiting));
        Self { queue }
    }

    /// Settles a delivery; gives whether it was still held under its lease. A caller that goes away does not stop it.
    pub async fn settle(&self, delivery: &Delivery, settlement: &Settlement, at: Instant) -> Stored<bool> {
        let settling = Settling {
            id: delivery.id.clone(),
            filing_id: delivery.filing_id.clone(),
            lease: delivery.lease.clone(),
            settlement: settlement.clone(),
            at,
        };
        let (caller, answer) = oneshot::channel();
        self.queue.send(Waiting { settling, caller }).await.map_err(|_| ended())?;
        answer.await.map_err(|_| ended())?
    }
}

fn ended() -> StorageError {
    StorageError::Unavailable("what settles deliveries has ended".to_owned())
}

async fn work(pool: PgPool, mut waiting: mpsc::Receiver<Waiting>) {
    let mut together = Vec::new();
    while waiting.recv_many(&mut together, MOST_TOGETHER).await > 0 {
        let (callers, settlings): (Vec<_>, Vec<_>) = together.drain(..).map(|waiting| (waiting.caller, waiting.settling)).unzip();
        // A panic with one of them must not end this task for all.
        let settled = AssertUnwindSafe(settled(&pool, &settlings)).catch_unwind().await;
        let settled = settled.unwrap_or_else(|_| vec![Err(given_up("a panic")); settlings.len()]);
        for (caller, settled) in callers.into_iter().zip(settled) {
            // A caller that has gone away needs no answer.
            let _ = caller.send(settled);
        }
    }
}

/// Settles them together; if that fails each by itself, so that what is wrong with one holds up no other.
async fn settled(pool: &PgPool, settlings: &[Settling]) -> Vec<Stored<bool>> {
    let all_failed = |error: StorageError| vec![Err(error); settlings.len()];
    let together = match in_time(pool, settlings).await {
        Ok(together) => together,
        Err(no_store) => return all_failed(no_store),
    };
    match together {
        Ok(held) => held.into_iter().map(Ok).collect(),
        Err(error) if settlings.len() == 1 => vec![Err(error)],
        Err(error) => {
            tracing::warn!(error.message = %error, deliveries = settlings.len(), "courier.settled_one_by_one");
            let mut settled = Vec::with_capacity(settlings.len());
            for settling in settlings {
                match in_time(pool, std::slice::from_ref(settling)).await {
                    Ok(held) => settled.push(held.map(|held| held == [true])),
                    // It would be waited for once more with each of the others.
                    Err(no_store) => settled.resize(settlings.len(), Err(no_store)),
                }
                if settled.len() == settlings.len() {
                    break;
                }
            }
            settled
        }
    }
}

/// What came of them in one transaction; or why there is no store to write them to just now.
async fn in_time(pool: &PgPool, settlings: &[Settling]) -> Result<Stored<Vec<bool>>, StorageError> {
    let mut connection = pool.acquire().await?;
    match tokio::time::timeout(PATIENCE, in_one_transaction(&mut connection, settlings)).await {
        Ok(held) => Ok(held),
        Err(_) => {
            connection.close_on_drop();
            Err(given_up("the server does not answer"))
        }
    }
}

fn given_up(why: &str) -> StorageError {
    StorageError::Unavailable(format!("settling was given up: {why}"))
}

/// Gives for each whether it was still held under its lease; of what was not, nothing is written.
async fn in_one_transaction(connection: &mut PgConnection, settlings: &[Settling]) -> Stored<Vec<bool>> {
    let settings = if settlings.len() > 1 { [SETTINGS, IMPATIENT].concat() } else { SETTINGS.to_owned() };
    let mut transaction = durable::begin_early_under(connection, &settings).await?;
    let held = settle_rows(&mut transaction, settlings).await?;
    let is_held = |settling: &Settling| held.contains(&(settling.id.clone(), settling.lease.clone()));
    let settled = || settlings.iter().filter(|settling| is_held(settling));
    let parked = settled().filter(|settling| matches!(settling.settlement, Settlement::Parked { .. }));
    let undelivered: Vec<_> = parked.map(|settling| (settling.filing_id.as_str(), &News::Undelivered, settling.at)).collect();
    notices::tell_all(&mut transaction, &undelivered).await?;
    let happenings: Vec<_> = settled()
        .filter_map(|settling| {
            let (happening, source) = match &settling.settlement {
                Settlement::Delivered(Some(happening)) => (happening, source_of(happening)),
                Settlement::SentBack(happening) => (happening, Source::Portal),
                _ => return None,
            };
            Some((settling, happening, source))
        })
        .collect();
    // A filing has one delivery under way at most (see `outbox::CLAIM`), so none is here twice.
    let steps: Vec<Step<'_>> = happenings
        .iter()
        .map(|(settling, happening, source)| Step {
            filing_id: &settling.filing_id,
            line: HistoryLine::of(happening, source, settling.at),
        })
        .collect();
    // An event may have told us already: then its step changes nothing, and that is well.
    filings::advance_all(&mut transaction, &steps).await?;
    transaction.commit().await?;
    Ok(settlings.iter().map(is_held).collect())
}

/// What becomes of a row of the outbox.
struct Row {
    state: &'static str,
    /// Whether the try counts.
    tries: i64,
    due_at: Option<Instant>,
    problem: Option<String>,
    settled_at: Option<Instant>,
}

impl Row {
    fn of(settlement: &Settlement, at: Instant) -> Self {
        let due = Self { state: "due", tries: 0, due_at: None, problem: None, settled_at: None };
        match settlement {
            Settlement::Delivered(_) | Settlement::SentBack(_) => Self { state: "done", tries: 1, settled_at: Some(at), ..due },
            Settlement::Waiting(due_at) => Self { due_at: Some(*due_at), ..due },
            Settlement::Later { at: due_at, problem } => {
                Self { tries: 1, due_at: Some(*due_at), problem: Some(beginning(problem)), ..due }
            }
            Settlement::Parked { problem } => Self { state: "parked", tries: 1, problem: Some(beginning(problem)), ..due },
        }
    }
}

/// Settles the rows of the outbox that are still held under their lease; gives their ids and leases. (One may be there under two: that
/// which ended while it was on its way, and the next.)
async fn settle_rows(connection: &mut PgConnection, settlings: &[Settling]) -> Stored<HashSet<(String, String)>> {
    let rows: Vec<Row> = settlings.iter().map(|settling| Row::of(&settling.settlement, settling.at)).collect();
    let held: Vec<(String, String)> = sqlx::query_as(
        "UPDATE outbox
         SET state = settled.state,
             attempts = attempts + settled.tries,
             lease = NULL,
             due_at = coalesce(settled.due_at, outbox.due_at),
             last_problem = coalesce(settled.problem, outbox.last_problem),
             settled_at = settled.settled_at
         FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[])
              AS settled (id, lease, state, tries, due_at, problem, settled_at)
         WHERE outbox.id = settled.id AND outbox.lease = settled.lease AND outbox.state = 'due'
         RETURNING outbox.id, settled.lease",
    )
    .bind(settlings.iter().map(|settling| settling.id.as_str()).collect::<Vec<_>>())
    .bind(settlings.iter().map(|settling| settling.lease.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.state).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.tries).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.due_at).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.problem.as_deref()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.settled_at).collect::<Vec<_>>())
    .fetch_all(connection)
    .await?;
    Ok(held.into_iter().collect())
}
