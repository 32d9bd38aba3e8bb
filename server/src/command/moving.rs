//! `chengxin move-to-postgres URL`.

use std::process::ExitCode;

use super::{audit, fail};
use crate::config::{Config, Database};
use crate::in_use::InUse;
use crate::storage::audit::Deed;
use crate::storage::moving::move_all;
use crate::storage::postgres::PostgresStorage;
use crate::store_place::mark_moved;

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
    let _alone = match InUse::nobody_else(&config.data_dir, &store) {
        Ok(alone) => alone,
        Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
            return fail(&format!("A portal or a command of it runs on {}: stop it first.", config.data_dir.display()));
        }
        Err(error) => return fail(&format!("data_dir cannot be used: {error}.")),
    };
    match move_all(&store, to).await {
        Ok(moved) => {
            for table in &moved {
                println!("{:<28} {:>10} rows, hash {} on both sides", table.table, table.rows, table.hash);
            }
            if let Err(error) = mark_moved(&store, &hosts(to)) {
                eprintln!("chengxin: It is done, but the old store could not be marked as moved ({error}): put it away now.");
            }
            match PostgresStorage::open(to).await {
                Ok(storage) => audit::enter(&storage, Deed::StoreMoved, "").await,
                Err(error) => eprintln!("chengxin: It is done, but could not be entered in the audit: {error}"),
            }
            println!(
                "Everything was moved. Set database to the new address, and keep data_dir: attachments and the log's key stay \
                 where they are. The SQLite file was not changed; no portal starts on it any more."
            );
            ExitCode::SUCCESS
        }
        Err(error) => fail(&format!("Nothing was moved: {error}")),
    }
}

/// Which servers and which database an address names, without who comes and with which password.
fn hosts(address: &str) -> String {
    let place = address.split_once("://").map_or(address, |(_, place)| place);
    let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
    format!("postgres://{}", place.split('?').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_names_no_password() {
        assert_eq!(hosts("postgres://a:hush@one,two:5433/x?sslmode=require"), "postgres://one,two:5433/x");
        assert_eq!(hosts("postgres://one/x?password=hush"), "postgres://one/x");
    }
}
