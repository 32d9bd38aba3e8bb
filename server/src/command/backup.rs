//! `chengxin backup FOLDER` and `chengxin restore FOLDER`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{audit, fail};
use crate::backup::{BroughtBack, Manner, bring_back, last, make};
use crate::clock::Clock;
use crate::config::{Config, Database};
use crate::storage::audit::Deed;

const KEY_IS_NOT_IN_IT: &str = "The key of the public log is NOT in it (log.key_file, by default log-key in data_dir): \
                                keep a copy of that apart. Without it the portal does not start on this store.";
const BUCKET_IS_NOT_IN_IT: &str = "Attachments are in a bucket and NOT in it: the bucket's own versions keep them.";

/// An older last backup is one that somebody forgot; in milliseconds.
const OLD: i64 = 2 * 24 * 60 * 60 * 1000;

/// Copies everything that was accepted into a folder, while the portal runs.
pub(super) async fn backup(config: &Config, folder: &Path) -> ExitCode {
    let store = match store(config, "pg_dump --format=custom") {
        Ok(store) => store,
        Err(code) => return code,
    };
    match make(&store, &config.data_dir, folder, config.objects.is_none(), Clock::default().now()).await {
        Ok(made) => {
            audit::enter_into(config, Deed::BackupMade, &made.folder.display().to_string()).await;
            println!("Backed up into {}: the store, and {} files. {KEY_IS_NOT_IN_IT}", made.folder.display(), made.files);
            if config.objects.is_some() {
                println!("{BUCKET_IS_NOT_IN_IT}");
            }
            if !made.missing.is_empty() {
                return fail(&format!(
                    "{} FILES THAT THE STORE SPEAKS OF ARE MISSING OR DAMAGED in {}, and so in this backup (backup.json names them): \
                     bring them back from an older one. Everything else is in this one.",
                    made.missing.len(),
                    config.data_dir.join("attachments").display()
                ));
            }
            ExitCode::SUCCESS
        }
        Err(why) => fail(&why.to_string()),
    }
}

/// Brings it back, while no portal runs.
pub(super) async fn restore(config: &Config, folder: &Path, how: Manner) -> ExitCode {
    let store = match store(config, "pg_restore") {
        Ok(store) => store,
        Err(code) => return code,
    };
    match bring_back(&store, &config.data_dir, folder, how, Clock::default().now()).await {
        Ok(back) => {
            audit::enter_into(config, Deed::BackupRestored, &folder.display().to_string()).await;
            tell_of_return(&back);
            ExitCode::SUCCESS
        }
        Err(why) => fail(&why.to_string()),
    }
}

fn tell_of_return(back: &BroughtBack) {
    let (at, files) = (app::time_text::minute(back.made.at), back.made.files - back.damaged.len().min(back.made.files));
    println!("Brought back as it was on {at}: the store is sound, with {files} files. {KEY_IS_NOT_IN_IT}");
    for file in &back.damaged {
        println!("LEFT OUT, because it is damaged: {}", file.display());
    }
    println!(
        "What was accepted, withdrawn or revoked after that is not in it: signing keys that were revoked since are valid again, and \
         receipts of later filings have no place in this log. Tell those whom it concerns, and whoever follows the log."
    );
    match back.log_sizes {
        Some((before, now)) => println!("The log of the store that was put aside has {before} entries, this one {now}."),
        None => println!(
            "No store was here that could be asked which codes of commitments it had given: those of today can be given a second time. If \
             any were given today, accept no commitment before midnight."
        ),
    }
}

/// What `doctor` says of backups.
pub(super) fn tell_of_last(config: &Config) {
    match (config.database(), last(&config.data_dir)) {
        (Ok(Database::Postgres(_)), _) => println!("backup     PostgreSQL has its own: see to pg_dump or its archive"),
        (_, Some(made)) => {
            let said = if Clock::default().now() - made.at > OLD { "THE LAST IS OLD: it was" } else { "the last was" };
            println!("backup     {said} made {} in {}", app::time_text::minute(made.at), made.folder.display());
            if !made.missing.is_empty() {
                println!("           {} FILES WERE MISSING OR DAMAGED then: its backup.json names them", made.missing.len());
            }
        }
        (_, None) => println!("backup     NONE WAS EVER MADE. Run chengxin backup FOLDER, daily, and keep it on another machine"),
    }
}

fn store(config: &Config, instead: &str) -> Result<PathBuf, ExitCode> {
    match config.database() {
        Ok(Database::Sqlite(path)) => Ok(path),
        Ok(Database::Postgres(_)) => Err(fail(&format!(
            "The store is on a PostgreSQL server, which has its own command: {instead}. Attachments: copy data_dir/attachments after it."
        ))),
        Err(wrong) => Err(fail(&wrong.to_string())),
    }
}
