//! The schema and its changes, in order.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, SqlStr};

use crate::storage::Stored;

/// Brings the store up to this program's schema. A store that a newer program wrote is refused.
pub(super) async fn migrate(connection: &mut SqliteConnection) -> Stored<()> {
    let initial = SqlStr::from_static(include_str!("../../../migrations/sqlite/0001_initial.sql"));
    let migrator = Migrator::with_migrations(vec![Migration::new(1, "initial".into(), MigrationType::Simple, initial, false)]);
    // The driver takes no lock for migrations: with this one, two programs that start at once do not both migrate.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    migrator.run(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(())
}
