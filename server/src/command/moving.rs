//! `chengxin move-to-postgres URL`.

use std::process::ExitCode;

use super::{audit, fail};
use crate::config::{Config, Database};
use crate::in_use::InUse;
use crate::storage::audit::Deed;
use crate::storage::moving::move_all;
use crate::storage::postgres::PostgresStorage;

/// Moves everything, and says table by table what was compared.
pub(super) async fn run(config: &Config, to: &str) -> ExitCode {
    let store = match config.database() {
        Ok(Database::Sqlite(path)) if path.exists() => path,
        Ok(Database::Sqlite(path)) => return fail(&format!("There is no store at {}.", path.display())),
        Ok(Database::Postgres(_)) => {
            return fail("The settings name a PostgreSQL database already: name the SQLite store to move.");
        }
        Err(wrong) => return fail(&wrong.to_string()),
    };
    let _alone = match InUse::alone(&config.data_dir) {
        Ok(alone) => alone,
        Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
            return fail(&format!("A portal runs on {}: stop it first.", config.data_dir.display()));
        }
        Err(error) => return fail(&format!("data_dir cannot be used: {error}.")),
    };
    match move_all(&store, to).await {
        Ok(moved) => {
            for table in &moved {
                println!("{:<28} {:>10} rows, hash {} on both sides", table.table, table.rows, table.hash);
            }
            match PostgresStorage::open(to).await {
                Ok(storage) => audit::enter(&storage, Deed::StoreMoved, "").await,
                Err(error) => eprintln!("chengxin: It is done, but could not be entered in the audit: {error}"),
            }
            println!(
                "Everything was moved. Set database to the new address, and keep data_dir: attachments and the log's key stay \
                 where they are. The SQLite file was not changed; put it away."
            );
            ExitCode::SUCCESS
        }
        Err(error) => fail(&format!("Nothing was moved: {error}")),
    }
}
