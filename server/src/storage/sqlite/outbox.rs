//! What is still to be delivered.

use credit::filing::Instant;
use credit::news::News;
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::{filings, notices};
use crate::storage::rows::{self, DeliveryRow, beginning, new_id, plain, source_of};
use crate::storage::{Cargo, Delivery, OutboxFigures, Settlement, Source, Stored};

/// Takes what is due: a quarter of it the oldest of all, so that nobody waits for ever, and the rest by lanes, so that an
/// enterprise with a hundred thousand deliveries does not hold up the others. Of one filing only the oldest delivery is given
/// out, and nothing of a filing before what it replaces.
pub const CLAIM: &str = "WITH lanes (lane) AS (VALUES (0), (1), (2), (3), (4), (5))
         UPDATE outbox
         SET lease = $1, due_at = $2
         WHERE id IN (
             SELECT id
             FROM (
                 SELECT id, -1 AS turn, due_at
                 FROM (
                     SELECT id, due_at
                     FROM outbox AS waiting
                     WHERE state = 'due'
                       AND due_at <= $3
                       AND NOT EXISTS (
                           SELECT 1
                           FROM outbox AS earlier
                           WHERE earlier.filing_id = waiting.filing_id
                             AND earlier.seq < waiting.seq
                             AND earlier.state <> 'done'
                       )
                       AND NOT EXISTS (
                           SELECT 1
                           FROM filings
                           JOIN outbox AS replaced ON replaced.filing_id = filings.revises
                           WHERE filings.id = waiting.filing_id
                             AND replaced.state <> 'done'
                       )
                     ORDER BY due_at, id
                     LIMIT $4 / 4
                 )
                 UNION ALL
                 SELECT taken.id, taken.lane, taken.due_at
                 FROM lanes
                 CROSS JOIN outbox AS taken
                 WHERE taken.id IN (
                     SELECT id
                     FROM outbox AS waiting
                     WHERE state NOT IN ('done', 'parked')
                       AND waiting.lane = lanes.lane
                       AND due_at <= $3
                       AND NOT EXISTS (
                           SELECT 1
                           FROM outbox AS earlier
                           WHERE earlier.filing_id = waiting.filing_id
                             AND earlier.seq < waiting.seq
                             AND earlier.state <> 'done'
                       )
                       AND NOT EXISTS (
                           SELECT 1
                           FROM filings
                           JOIN outbox AS replaced ON replaced.filing_id = filings.revises
                           WHERE filings.id = waiting.filing_id
                             AND replaced.state <> 'done'
                       )
                     ORDER BY due_at, id
                     LIMIT $4
                 )
             )
             GROUP BY id
             ORDER BY min(turn), due_at, id
             LIMIT $4
         )
         RETURNING id, filing_id, cargo, body, attempts,
                   (SELECT json_group_array(json(file) ORDER BY seq) FROM attachments WHERE owner_id = outbox.filing_id),
                   born_at";

/// Adds a delivery behind those that the filing already has; due at once.
pub(super) async fn add(
    connection: &mut SqliteConnection,
    id: &str,
    filing_id: &str,
    cargo: Cargo,
    body: &str,
    at: Instant,
) -> Stored<()> {
    // In which lane it goes is known at its birth: by how many deliveries its enterprise has unsent.
    sqlx::query(
        "INSERT INTO outbox (id, filing_id, seq, cargo, body, due_at, born_at, enterprise_code, lane)
         SELECT $1, $2, (SELECT coalesce(max(seq), 0) + 1 FROM outbox WHERE filing_id = $2), $3, $4, $5, $5,
                filing.enterprise_code,
                (SELECT CASE
                            WHEN count(*) < 4 THEN 0
                            WHEN count(*) < 16 THEN 1
                            WHEN count(*) < 64 THEN 2
                            WHEN count(*) < 256 THEN 3
                            WHEN count(*) < 1024 THEN 4
                            ELSE 5
                        END
                 FROM (SELECT 1
                       FROM outbox
                       WHERE outbox.enterprise_code = filing.enterprise_code AND state <> 'done'
                       LIMIT 1024) AS unsent)
         FROM filings AS filing
         WHERE filing.id = $2",
    )
    .bind(plain(id))
    .bind(plain(filing_id))
    .bind(cargo.name())
    .bind(plain(body))
    .bind(at)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn claim(
    connection: &mut SqliteConnection,
    now: Instant,
    lease_until: Instant,
    most: i64,
) -> Stored<Vec<Delivery>> {
    let lease = new_id();
    // Being due again when the lease ends is all that a lease does.
    let claimed: Vec<DeliveryRow> =
        sqlx::query_as(CLAIM).bind(&lease).bind(lease_until).bind(now).bind(most).fetch_all(connection).await?;
    Ok(rows::deliveries(claimed, &lease))
}

pub(super) async fn settle(
    connection: &mut SqliteConnection,
    delivery: &Delivery,
    settlement: &Settlement,
    at: Instant,
) -> Stored<bool> {
    let settled = match settlement {
        Settlement::Delivered(_) | Settlement::SentBack(_) => {
            sqlx::query(
                "UPDATE outbox
                 SET state = 'done', attempts = attempts + 1, lease = NULL, settled_at = $3
                 WHERE id = $1 AND lease = $2 AND state = 'due'",
            )
            .bind(plain(&delivery.id))
            .bind(&delivery.lease)
            .bind(at)
            .execute(&mut *connection)
            .await?
        }
        Settlement::Waiting(due_at) => {
            sqlx::query("UPDATE outbox SET due_at = $3, lease = NULL WHERE id = $1 AND lease = $2 AND state = 'due'")
                .bind(plain(&delivery.id))
                .bind(&delivery.lease)
                .bind(due_at)
                .execute(&mut *connection)
                .await?
        }
        Settlement::Later { at: due_at, problem } => {
            sqlx::query(
                "UPDATE outbox
                 SET due_at = $3, lease = NULL, attempts = attempts + 1, last_problem = $4
                 WHERE id = $1 AND lease = $2 AND state = 'due'",
            )
            .bind(plain(&delivery.id))
            .bind(&delivery.lease)
            .bind(due_at)
            .bind(beginning(problem))
            .execute(&mut *connection)
            .await?
        }
        Settlement::Parked { problem } => {
            sqlx::query(
                "UPDATE outbox
                 SET state = 'parked', lease = NULL, attempts = attempts + 1, last_problem = $3
                 WHERE id = $1 AND lease = $2 AND state = 'due'",
            )
            .bind(plain(&delivery.id))
            .bind(&delivery.lease)
            .bind(beginning(problem))
            .execute(&mut *connection)
            .await?
        }
    };
    if settled.rows_affected() == 0 {
        return Ok(false);
    }
    if matches!(settlement, Settlement::Parked { .. }) {
        notices::tell(connection, &delivery.filing_id, &News::Undelivered, at).await?;
    }
    let (happening, source) = match settlement {
        Settlement::Delivered(Some(happening)) => (happening, source_of(happening)),
        Settlement::SentBack(happening) => (happening, Source::Portal),
        _ => return Ok(true),
    };
    if let Some(stand) = filings::stand(connection, &delivery.filing_id, None).await? {
        // An event may have told us already: then this changes nothing, and that is well.
        let _ = filings::advance(connection, &delivery.filing_id, &stand, happening, &source, at).await?;
    }
    Ok(true)
}

/// Settles a submission that was given up although the platform has it: it speaks of it.
pub(super) async fn settle_parked(connection: &mut SqliteConnection, filing_id: &str, at: Instant) -> Stored<()> {
    sqlx::query(
        "UPDATE outbox
         SET state = 'done', settled_at = $2
         WHERE filing_id = $1 AND cargo = 'submission' AND state = 'parked'",
    )
    .bind(plain(filing_id))
    .bind(at)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn next_at(readers: &SqlitePool) -> Stored<Option<Instant>> {
    let row: Option<(Instant,)> = sqlx::query_as(
        "SELECT due_at
         FROM outbox AS waiting
         WHERE state = 'due'
           AND NOT EXISTS (
               SELECT 1
               FROM outbox AS earlier
               WHERE earlier.filing_id = waiting.filing_id
                 AND earlier.seq < waiting.seq
                 AND earlier.state <> 'done'
           )
           AND NOT EXISTS (
               SELECT 1
               FROM filings
               JOIN outbox AS replaced ON replaced.filing_id = filings.revises
               WHERE filings.id = waiting.filing_id
                 AND replaced.state <> 'done'
           )
         ORDER BY due_at
         LIMIT 1",
    )
    .fetch_optional(readers)
    .await?;
    Ok(row.map(|(due_at,)| due_at))
}

pub(super) async fn figures(readers: &SqlitePool) -> Stored<OutboxFigures> {
    let (unsent, oldest_unsent_at, oldest_waiting_at, parked): (i64, Option<Instant>, Option<Instant>, i64) = sqlx::query_as(
        "SELECT count(*), min(born_at), min(born_at) FILTER (WHERE state <> 'parked'), count(*) FILTER (WHERE state = 'parked')
         FROM outbox
         WHERE state <> 'done'",
    )
    .fetch_one(readers)
    .await?;
    Ok(OutboxFigures { unsent, oldest_unsent_at, oldest_waiting_at, parked })
}
