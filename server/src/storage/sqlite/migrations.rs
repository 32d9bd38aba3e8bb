//! The schema and its changes, in order.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, SqlStr};

use crate::storage::Stored;

/// Each change by its name; its number is its place. Those that have been released are never changed.
const CHANGES: &[(&str, &str)] = &[
    ("initial", include_str!("../../../migrations/sqlite/0001_initial.sql")),
    ("rivals_by_window", include_str!("../../../migrations/sqlite/0002_rivals_by_window.sql")),
    ("public_items", include_str!("../../../migrations/sqlite/0003_public_items.sql")),
    ("imports", include_str!("../../../migrations/sqlite/0004_imports.sql")),
    ("notices", include_str!("../../../migrations/sqlite/0005_notices.sql")),
    ("consents", include_str!("../../../migrations/sqlite/0006_consents.sql")),
    ("scans", include_str!("../../../migrations/sqlite/0007_scans.sql")),
    ("public_log", include_str!("../../../migrations/sqlite/0008_public_log.sql")),
    ("signing_keys", include_str!("../../../migrations/sqlite/0009_signing_keys.sql")),
    ("templates", include_str!("../../../migrations/sqlite/0010_templates.sql")),
    ("commitments", include_str!("../../../migrations/sqlite/0011_commitments.sql")),
    ("commitment_states", include_str!("../../../migrations/sqlite/0012_commitment_states.sql")),
    ("courier", include_str!("../../../migrations/sqlite/0013_courier.sql")),
    ("schema_age", include_str!("../../../migrations/sqlite/0014_schema_age.sql")),
    ("listings", include_str!("../../../migrations/sqlite/0015_listings.sql")),
    ("audit", include_str!("../../../migrations/sqlite/0016_audit.sql")),
    ("entries_by_hand", include_str!("../../../migrations/sqlite/0017_entries_by_hand.sql")),
    ("record_matters", include_str!("../../../migrations/sqlite/0018_record_matters.sql")),
    ("events_and_mails", include_str!("../../../migrations/sqlite/0019_events_and_mails.sql")),
    ("alarms", include_str!("../../../migrations/sqlite/0020_alarms.sql")),
    ("asked_at_the_platform", include_str!("../../../migrations/sqlite/0021_asked_at_the_platform.sql")),
    ("bounds", include_str!("../../../migrations/sqlite/0022_bounds.sql")),
];

/// Brings the store up to this program's schema. What a newer program wrote is refused, unless that left it fit for this one: so the
/// way back to the last program is open.
pub(super) async fn migrate(connection: &mut SqliteConnection) -> Stored<()> {
    let migrations = (1..).zip(CHANGES).map(|(number, (name, sql))| {
        Migration::new(number, (*name).into(), MigrationType::Simple, SqlStr::from_static(sql), false)
    });
    let migrator = Migrator::with_migrations(migrations.collect());
    // The driver takes no lock for migrations: with this one, two programs that start at once do not both migrate.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    if is_newer_and_fits(&mut transaction).await? {
        return Ok(());
    }
    migrator.run(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(())
}

/// Whether the store has changes that this program does not know, and none that keeps it from working.
async fn is_newer_and_fits(connection: &mut SqliteConnection) -> Stored<bool> {
    let has_age: Option<(i64,)> = sqlx::query_as("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_age'")
        .fetch_optional(&mut *connection)
        .await?;
    if has_age.is_none() {
        return Ok(false);
    }
    let (newest, oldest_program): (i64, i64) =
        sqlx::query_as("SELECT (SELECT max(version) FROM _sqlx_migrations), oldest_program FROM schema_age")
            .fetch_one(connection)
            .await?;
    let known = CHANGES.len() as i64;
    Ok(newest > known && oldest_program <= known)
}
