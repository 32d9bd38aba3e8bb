//! The schema and its changes, in order.

use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::PgConnection;

use crate::storage::Stored;

/// Each change by its name; its number is its place. Those that have been released are never changed.
const CHANGES: &[(&str, &str)] = &[
    ("initial", include_str!("../../../migrations/postgres/0001_initial.sql")),
    ("rivals_by_window", include_str!("../../../migrations/postgres/0002_rivals_by_window.sql")),
    ("public_items", include_str!("../../../migrations/postgres/0003_public_items.sql")),
    ("imports", include_str!("../../../migrations/postgres/0004_imports.sql")),
    ("notices", include_str!("../../../migrations/postgres/0005_notices.sql")),
    ("consents", include_str!("../../../migrations/postgres/0006_consents.sql")),
    ("scans", include_str!("../../../migrations/postgres/0007_scans.sql")),
    ("public_log", include_str!("../../../migrations/postgres/0008_public_log.sql")),
    ("signing_keys", include_str!("../../../migrations/postgres/0009_signing_keys.sql")),
    ("templates", include_str!("../../../migrations/postgres/0010_templates.sql")),
    ("commitments", include_str!("../../../migrations/postgres/0011_commitments.sql")),
    ("commitment_states", include_str!("../../../migrations/postgres/0012_commitment_states.sql")),
    ("courier", include_str!("../../../migrations/postgres/0013_courier.sql")),
    ("schema_age", include_str!("../../../migrations/postgres/0014_schema_age.sql")),
    ("listings", include_str!("../../../migrations/postgres/0015_listings.sql")),
    ("audit", include_str!("../../../migrations/postgres/0016_audit.sql")),
    ("buckets", include_str!("../../../migrations/postgres/0017_buckets.sql")),
    ("withdrawn_commitments", include_str!("../../../migrations/postgres/0018_withdrawn_commitments.sql")),
    ("entries_by_hand", include_str!("../../../migrations/postgres/0019_entries_by_hand.sql")),
    ("record_matters", include_str!("../../../migrations/postgres/0020_record_matters.sql")),
    ("events_and_mails", include_str!("../../../migrations/postgres/0021_events_and_mails.sql")),
    ("alarms", include_str!("../../../migrations/postgres/0022_alarms.sql")),
    ("asked_at_the_platform", include_str!("../../../migrations/postgres/0023_asked_at_the_platform.sql")),
    ("bounds", include_str!("../../../migrations/postgres/0024_bounds.sql")),
];

/// Brings the store up to this program's schema. What a newer program wrote is refused, unless that left it fit for this one: so old
/// programs go on, and can be started again, while new ones take their places. Of several programs that start at once, one does it
/// (the driver holds an advisory lock).
pub(super) async fn migrate(connection: &mut PgConnection) -> Stored<()> {
    if is_newer_and_fits(connection).await? {
        return Ok(());
    }
    let migrations = (1..).zip(CHANGES).map(|(number, (name, sql))| {
        Migration::new(number, (*name).into(), MigrationType::Simple, SqlStr::from_static(sql), false)
    });
    let migrator = Migrator::with_migrations(migrations.collect());
    migrator.run(connection).await?;
    Ok(())
}

/// Whether the store has changes that this program does not know, and none that keeps it from working.
async fn is_newer_and_fits(connection: &mut PgConnection) -> Stored<bool> {
    let (has_age,): (bool,) = sqlx::query_as("SELECT to_regclass('schema_age') IS NOT NULL").fetch_one(&mut *connection).await?;
    if !has_age {
        return Ok(false);
    }
    let (newest, oldest_program): (i64, i64) =
        sqlx::query_as("SELECT (SELECT max(version) FROM _sqlx_migrations), oldest_program FROM schema_age")
            .fetch_one(connection)
            .await?;
    let known = CHANGES.len() as i64;
    Ok(newest > known && oldest_program <= known)
}
