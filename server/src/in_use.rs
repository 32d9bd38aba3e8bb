//! Whether a portal runs on a data folder: the system's lock on a file in it, which ends with the process however that ends.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// The file that is locked. It stays, empty; the lock is what counts.
pub const LOCK_FILE: &str = "in-use";

/// A hold on a data folder, until it is dropped.
#[derive(Debug)]
pub struct InUse(#[allow(dead_code, reason = "it is held")] File);

impl InUse {
    /// A portal that runs here; others may too, where they share a PostgreSQL.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] when the folder is being restored.
    pub fn shared(data_dir: &Path) -> io::Result<Self> {
        let file = open(data_dir)?;
        file.try_lock_shared().map_err(error)?;
        Ok(Self(file))
    }

    /// For what can only be done while no other portal runs here.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] when one does, or the folder is being restored.
    pub fn alone(data_dir: &Path) -> io::Result<Self> {
        let file = open(data_dir)?;
        file.try_lock().map_err(error)?;
        Ok(Self(file))
    }
}

fn open(data_dir: &Path) -> io::Result<File> {
    std::fs::create_dir_all(data_dir)?;
    File::options().create(true).truncate(false).write(true).open(data_dir.join(LOCK_FILE))
}

fn error(why: TryLockError) -> io::Error {
    match why {
        TryLockError::WouldBlock => io::ErrorKind::WouldBlock.into(),
        TryLockError::Error(error) => error,
    }
}
