//! Who works on a data folder and its store: the system's locks on files beside them, which end with the process however that ends.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::store_place::{make_private, with_ending};

/// The file that a portal locks. It stays, empty; the lock is what counts.
pub const LOCK_FILE: &str = "in-use";
/// The file that commands lock, which run beside a portal.
pub const COMMANDS_FILE: &str = "in-use-by-commands";
/// Beside a SQLite file that is not in the data folder: two data folders may name one.
const BESIDE_STORE: &str = ".in-use";

/// A hold, until the last of its copies is dropped.
#[derive(Clone, Debug)]
pub struct InUse(#[allow(dead_code, reason = "it is held")] Arc<Vec<File>>);

impl InUse {
    /// A portal that runs here; others may too, where they share a PostgreSQL.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] when the folder is being restored.
    pub fn shared(data_dir: &Path) -> io::Result<Self> {
        held(&[data_dir.join(LOCK_FILE)], File::try_lock_shared)
    }

    /// A portal that is the only one here, and on this SQLite file.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] when there is another, or the folder is being restored.
    pub fn alone(data_dir: &Path, store: &Path) -> io::Result<Self> {
        held(&of_portal(data_dir, store), File::try_lock)
    }

    /// A command that looks at the store or changes it, beside a portal or without.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] when the store is just being brought back or moved.
    pub fn command(data_dir: &Path) -> io::Result<Self> {
        held(&[data_dir.join(COMMANDS_FILE)], File::try_lock_shared)
    }

    /// For what can only be done while nobody else is here, no command either.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] when somebody is.
    pub fn nobody_else(data_dir: &Path, store: &Path) -> io::Result<Self> {
        let mut files = of_portal(data_dir, store);
        files.push(data_dir.join(COMMANDS_FILE));
        held(&files, File::try_lock)
    }
}

fn of_portal(data_dir: &Path, store: &Path) -> Vec<PathBuf> {
    let mut files = vec![data_dir.join(LOCK_FILE)];
    if store.parent() != Some(data_dir) {
        files.push(with_ending(store, BESIDE_STORE));
    }
    files
}

fn held(paths: &[PathBuf], lock: fn(&File) -> Result<(), TryLockError>) -> io::Result<InUse> {
    let mut files = Vec::new();
    for path in paths {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            make_private(folder)?;
        }
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        lock(&file).map_err(|why| match why {
            TryLockError::WouldBlock => io::ErrorKind::WouldBlock.into(),
            TryLockError::Error(error) => error,
        })?;
        files.push(file);
    }
    Ok(InUse(Arc::new(files)))
}
