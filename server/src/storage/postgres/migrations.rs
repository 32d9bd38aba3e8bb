//! The schema and its changes, in order.

use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::PgConnection;

use crate::storage::Stored;

/// Brings the store up to this program's schema. A store that a newer program wrote is refused. Of several programs that
/// start at once, one does it (the driver holds an advisory lock).
pub(super) async fn migrate(connection: &mut PgConnection) -> Stored<()> {
    let initial = SqlStr::from_static(include_str!("../../../migrations/postgres/0001_initial.sql"));
    let migrator = Migrator::with_migrations(vec![Migration::new(1, "initial".into(), MigrationType::Simple, initial, false)]);
    migrator.run(connection).await?;
    Ok(())
}
