//! Whether the SQLite file of the settings is the one that the portal worked on: a portal that starts on another one accepts filings
//! that nobody looks for.

use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::backup;

/// Beside a store that was moved to PostgreSQL.
pub const MOVED: &str = ".moved";
/// In a data folder whose portal has a store: the key is made when the store is there.
const LOG_KEY: &str = "log-key";

/// That it may be opened.
///
/// # Errors
/// A sentence that says what is in the way, and what to do.
pub fn may_be_opened(store: &Path, data_dir: &Path) -> Result<(), String> {
    let moved = with_ending(store, MOVED);
    if let Ok(to) = std::fs::read_to_string(&moved) {
        return Err(format!(
            "{} was moved to {}: set database to that address. What is accepted here would not be there. (If it is to be used all \
             the same, take {} away.)",
            store.display(),
            to.trim(),
            moved.display()
        ));
    }
    if !store.exists() && (data_dir.join(LOG_KEY).exists() || backup::last(data_dir).is_some()) {
        return Err(format!(
            "There is no store at {}, and there was one: {} has the key of its public log, or says when its last backup was made. \
             Bring the backup back (chengxin restore FOLDER), or put the store where it was. A new portal begins in an empty data_dir.",
            store.display(),
            data_dir.display()
        ));
    }
    Ok(())
}

/// Marks a store as moved to another place, which names no password.
///
/// # Errors
/// When it cannot be written.
pub fn mark_moved(store: &Path, to: &str) -> io::Result<()> {
    let path = with_ending(store, MOVED);
    let mut file = std::fs::File::options().write(true).create_new(true).mode(0o600).open(path)?;
    io::Write::write_all(&mut file, to.as_bytes())?;
    file.sync_all()?;
    sync_folder(store)
}

/// Makes a folder that only its owner may look into, with those above it that are missing.
///
/// # Errors
/// When it cannot be made.
pub fn make_private(folder: &Path) -> io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// The path with more at its end.
pub fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Makes it last that a file is in its folder, or is in it no more.
fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()
}
