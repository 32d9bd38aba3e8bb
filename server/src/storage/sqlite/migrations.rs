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
    ("audit", include_str!("../../../migrations/sqlite/0014_audit.sql")),
];

/// Brings the store up to this program's schema. A store that a newer program wrote is refused.
pub(super) async fn migrate(connection: &mut SqliteConnection) -> Stored<()> {
    let migrations = (1..).zip(CHANGES).map(|(number, (name, sql))| {
        Migration::new(number, (*name).into(), MigrationType::Simple, SqlStr::from_static(sql), false)
    });
    let migrator = Migrator::with_migrations(migrations.collect());
    // The driver takes no lock for migrations: with this one, two programs that start at once do not both migrate.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    migrator.run(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(())
}
