//! A copy of everything that was accepted, made while the portal runs, and the way back from it.
//!
//! The store is copied first and the files after it: files only ever come, under the hash of their content, so whatever the
//! copied store names is among them. The key of the public log is not copied: it is a secret, and who has the backup must not
//! be able to sign as the log.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use credit::filing::Instant;
use credit::hexadecimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::in_use::{InUse, LOCK_FILE};
use crate::storage::sqlite::copying::{self, Thoroughness};

/// The store in a backup, and by default in a data folder.
const STORE: &str = "chengxin.sqlite";
/// The files of a backup, as of a data folder.
const ATTACHMENTS: &str = "attachments";
/// What is still arriving; nothing that was accepted is there.
const INCOMING: &str = "incoming";
/// Says that a backup is whole: it is written last.
const CONTENTS: &str = "backup.json";
/// In a data folder: when the last backup was made, and where.
const LAST: &str = "last-backup.json";
/// What a data folder may hold when a backup is brought back into it.
const MAY_BE_THERE: [&str; 2] = [LOCK_FILE, "log-key"];

/// Why there is no backup, or it was not brought back, in a sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failed(String);

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// When.
    pub at: Instant,
    /// Where.
    pub folder: PathBuf,
    /// How many files of attachments.
    pub files: usize,
}

/// Makes a backup in a folder that is not there yet.
///
/// # Errors
/// [`Failed`]; then there is no backup there, or none that could be taken for a whole one.
pub async fn make(store: &Path, data_dir: &Path, folder: &Path, now: Instant) -> Result<Made, Failed> {
    if folder.exists() {
        return Err(Failed(format!("{} is there already: name a folder that is not.", folder.display())));
    }
    if !store.exists() {
        return Err(Failed(format!("There is no store at {}: nothing to back up.", store.display())));
    }
    let cannot = |error: io::Error| Failed(format!("The backup cannot be written: {error}."));
    std::fs::create_dir_all(folder).map_err(cannot)?;
    let copied = folder.join(STORE);
    copying::copy(store, &copied).await.map_err(|error| Failed(format!("The store cannot be copied: {error}.")))?;
    copying::check(&copied, Thoroughness::Full).await.map_err(|error| Failed(format!("The copied store is unsound: {error}.")))?;
    let files = copy_files(&data_dir.join(ATTACHMENTS), &folder.join(ATTACHMENTS)).map_err(cannot)?;
    let made = Made { at: now, folder: std::path::absolute(folder).map_err(cannot)?, files };
    write(&folder.join(CONTENTS), &made).map_err(cannot)?;
    write(&data_dir.join(LAST), &made).map_err(cannot)?;
    Ok(made)
}

/// Brings a backup back. With `force`, what is in the way is put aside under another name; nothing is deleted.
///
/// # Errors
/// [`Failed`].
pub async fn bring_back(store: &Path, data_dir: &Path, folder: &Path, force: bool, now: Instant) -> Result<Made, Failed> {
    let made: Made = read(&folder.join(CONTENTS))
        .ok_or_else(|| Failed(format!("{} is no backup, or not a whole one: it has no {CONTENTS}.", folder.display())))?;
    let kept = folder.join(STORE);
    let sound = copying::check(&kept, Thoroughness::Full).await;
    sound.map_err(|error| Failed(format!("The store in the backup is unsound: {error}. Nothing was changed.")))?;
    let cannot = |error: io::Error| Failed(format!("The backup cannot be brought back: {error}."));
    let attachments = folder.join(ATTACHMENTS);
    let files =
        sound_files(&attachments).map_err(|error| Failed(format!("The backup is damaged: {error}. Nothing was changed.")))?;
    if files != made.files {
        let why = format!("The backup has {files} files and was made with {}: it is not whole. Nothing was changed.", made.files);
        return Err(Failed(why));
    }
    let _alone = InUse::alone(data_dir).map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock => Failed(format!("A portal runs on {}: stop it first.", data_dir.display())),
        _ => cannot(error),
    })?;
    if !force && (store.exists() || !is_empty(data_dir).map_err(cannot)?) {
        return Err(Failed(format!(
            "{} is not empty. With --force its store is put aside under another name, and its files stay.",
            data_dir.display()
        )));
    }
    // What is added first is missed by nobody if the rest does not come: the old store is put aside only when the new one is there.
    copy_files(&attachments, &data_dir.join(ATTACHMENTS)).map_err(cannot)?;
    if let Some(folder) = store.parent() {
        std::fs::create_dir_all(folder).map_err(cannot)?;
    }
    // Under its name only when it is whole.
    let arriving = with_ending(store, ".arriving");
    std::fs::copy(&kept, &arriving).map_err(cannot)?;
    std::fs::File::open(&arriving).and_then(|file| file.sync_all()).map_err(cannot)?;
    for ending in ["", "-wal", "-shm"] {
        let old = with_ending(store, ending);
        if old.exists() {
            std::fs::rename(&old, with_ending(store, &format!(".before-{now}{ending}"))).map_err(cannot)?;
        }
    }
    std::fs::rename(&arriving, store).map_err(cannot)?;
    sync_folder(store.parent().unwrap_or(data_dir)).map_err(cannot)?;
    copying::check(store, Thoroughness::Full).await.map_err(|error| Failed(format!("The store is unsound: {error}.")))?;
    Ok(made)
}

/// The last backup of a data folder, if one was ever made.
pub fn last(data_dir: &Path) -> Option<Made> {
    read(&data_dir.join(LAST))
}

fn is_empty(data_dir: &Path) -> io::Result<bool> {
    for entry in std::fs::read_dir(data_dir)? {
        if !MAY_BE_THERE.iter().any(|name| entry.as_ref().is_ok_and(|entry| entry.file_name() == *name)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// How many finished files there are below a folder, if each is what its name says.
fn sound_files(folder: &Path) -> io::Result<usize> {
    let mut count = 0;
    for (_, file) in finished(folder)? {
        if !is_sound(&file)? {
            return Err(io::Error::other(format!("the file {} is not what its name says", file.display())));
        }
        count += 1;
    }
    Ok(count)
}

/// Whether a file has the content whose SHA-256 is its name.
fn is_sound(file: &Path) -> io::Result<bool> {
    let mut hash = Sha256::new();
    io::copy(&mut std::fs::File::open(file)?, &mut hash)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(hexadecimal::write(&hash.finalize()) == name)
}

/// The finished files below a folder, each with the name of its shelf.
fn finished(folder: &Path) -> io::Result<Vec<(OsString, PathBuf)>> {
    let mut files = Vec::new();
    if !folder.exists() {
        return Ok(files);
    }
    for shelf in std::fs::read_dir(folder)? {
        let shelf = shelf?;
        if shelf.file_name() == INCOMING || !shelf.file_type()?.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(shelf.path())? {
            let file = file?;
            // What broke off while it was brought back has another ending.
            if !file.file_name().to_string_lossy().contains('.') {
                files.push((shelf.file_name(), file.path()));
            }
        }
    }
    Ok(files)
}

/// Every finished file below a folder: linked where both are on one disk, since none ever changes, and copied otherwise.
fn copy_files(from: &Path, to: &Path) -> io::Result<usize> {
    std::fs::create_dir_all(to)?;
    let files = finished(from)?;
    let mut places = BTreeSet::new();
    for (shelf, file) in &files {
        let place = to.join(shelf);
        std::fs::create_dir_all(&place)?;
        let copy = place.join(file.file_name().unwrap_or_default());
        if copy.exists() && is_sound(&copy)? {
            continue;
        }
        // Beside it first: one that is there and damaged gives way only to what is whole.
        let arriving = with_ending(&copy, ".arriving");
        let _ = std::fs::remove_file(&arriving);
        if std::fs::hard_link(file, &arriving).is_err() {
            std::fs::copy(file, &arriving)?;
            std::fs::File::open(&arriving)?.sync_all()?;
        }
        std::fs::rename(&arriving, &copy)?;
        places.insert(place);
    }
    for place in &places {
        sync_folder(place)?;
    }
    sync_folder(to)?;
    Ok(files.len())
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

fn write(path: &Path, made: &Made) -> io::Result<()> {
    let arriving = with_ending(path, ".arriving");
    std::fs::write(&arriving, serde_json::to_vec_pretty(made)?)?;
    std::fs::File::open(&arriving)?.sync_all()?;
    std::fs::rename(&arriving, path)?;
    sync_folder(path.parent().unwrap_or(path))
}

fn read(path: &Path) -> Option<Made> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}
