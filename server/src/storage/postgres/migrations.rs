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
    ("audit", include_str!("../../../migrations/postgres/0014_audit.sql")),
];

/// Brings the store up to this program's schema. A store that a newer program wrote is refused. Of several programs that
/// start at once, one does it (the driver holds an advisory lock).
pub(super) async fn migrate(connection: &mut PgConnection) -> Stored<()> {
    let migrations = (1..).zip(CHANGES).map(|(number, (name, sql))| {
        Migration::new(number, (*name).into(), MigrationType::Simple, SqlStr::from_static(sql), false)
    });
    let migrator = Migrator::with_migrations(migrations.collect());
    migrator.run(connection).await?;
    Ok(())
}
