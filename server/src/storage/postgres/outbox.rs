//! What is still to be delivered.

use credit::filing::Instant;
use sqlx::postgres::{PgConnection, PgPool};

use super::operations;
use crate::storage::rows::{DeliveryRow, new_id, plain};
use crate::storage::{Cargo, OutboxFigures, Stored};

/// Takes what is due: a quarter of it the oldest of all, so that nobody waits for ever, and the rest by lanes, so that an
/// enterprise with a hundred thousand deliveries does not hold up the others. Of one filing only the oldest delivery is given
/// out, and nothing of a filing before what it replaces.
pub const CLAIM: &str = "WITH oldest AS (
             SELECT id, -1 AS turn, due_at
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
             FOR UPDATE SKIP LOCKED
         ),
         by_lanes AS (
             SELECT taken.id, taken.turn, taken.due_at
             FROM generate_series(0, 5) AS lanes (lane)
             CROSS JOIN LATERAL (
                 SELECT id, waiting.lane AS turn, due_at
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
                 FOR UPDATE SKIP LOCKED
             ) AS taken
         ),
         due AS (
             SELECT id
             FROM (SELECT * FROM oldest UNION ALL SELECT * FROM by_lanes) AS found
             GROUP BY id
             ORDER BY min(turn), min(due_at), id
             LIMIT $4
         )
         UPDATE outbox
         SET lease = $1, due_at = $2
         FROM due
         WHERE outbox.id = due.id
         RETURNING outbox.id, filing_id, cargo, body, attempts,
                   (SELECT coalesce(json_agg(file::json ORDER BY seq)::text, '[]')
                    FROM attachments WHERE owner_id = outbox.filing_id),
                   born_at";

/// What [`CLAIM`] is planned under. It takes the first few of an order that an index has. Left to itself, PostgreSQL sorts all that
/// waits where it believes that little does, which it does until it has counted (`ANALYZE`): the more waits, the longer each claim.
/// (What is switched off looks so dear that compiling the plan would seem worth it.)
pub const CLAIM_SETTINGS: &str = "; SET LOCAL plan_cache_mode TO force_generic_plan
    ; SET LOCAL enable_sort TO off; SET LOCAL enable_bitmapscan TO off; SET LOCAL enable_seqscan TO off
    ; SET LOCAL enable_hashjoin TO off; SET LOCAL enable_mergejoin TO off; SET LOCAL jit TO off";

/// Adds a delivery behind those that the filing already has; due at once.
pub(super) async fn add(
    connection: &mut PgConnection,
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
    .execute(&mut *connection)
    .await?;
    operations::signal(connection, operations::TO_DELIVER, "").await
}

/// Claims rows; gives them and their lease.
pub(super) async fn claim(
    connection: &mut PgConnection,
    now: Instant,
    lease_until: Instant,
    most: i64,
) -> Stored<(Vec<DeliveryRow>, String)> {
    let lease = new_id();
    // Being due again when the lease ends is all that a lease does.
    let claimed = sqlx::query_as(CLAIM).bind(&lease).bind(lease_until).bind(now).bind(most).fetch_all(connection).await?;
    Ok((claimed, lease))
}

/// Holds what [`settle_parked`] may settle: the row of the outbox comes before the filing.
pub(super) async fn hold_parked(connection: &mut PgConnection, filing_id: &str) -> Stored<()> {
    sqlx::query("SELECT id FROM outbox WHERE filing_id = $1 AND cargo = 'submission' AND state = 'parked' FOR UPDATE")
        .bind(plain(filing_id))
        .execute(connection)
        .await?;
    Ok(())
}

/// Settles a submission that was given up although the platform has it: it speaks of it.
pub(super) async fn settle_parked(connection: &mut PgConnection, filing_id: &str, at: Instant) -> Stored<()> {
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

pub(super) async fn next_at(pool: &PgPool) -> Stored<Option<Instant>> {
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
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|(due_at,)| due_at))
}

pub(super) async fn figures(pool: &PgPool) -> Stored<OutboxFigures> {
    let (unsent, oldest_unsent_at, oldest_waiting_at, parked): (i64, Option<Instant>, Option<Instant>, i64) = sqlx::query_as(
        "SELECT count(*), min(born_at), min(born_at) FILTER (WHERE state <> 'parked'), count(*) FILTER (WHERE state = 'parked')
         FROM outbox
         WHERE state <> 'done'",
    )
    .fetch_one(pool)
    .await?;
    Ok(OutboxFigures { unsent, oldest_unsent_at, oldest_waiting_at, parked })
}
