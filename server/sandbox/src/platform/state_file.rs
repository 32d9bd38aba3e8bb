//! The platform's memory on disk, so that a demo that is started again still has it.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::platform::state::State;

/// A JSON file, and a folder beside it for the bytes of the attachments.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
    attachments: PathBuf,
}

impl StateFile {
    /// The file at this path, which need not exist.
    pub(crate) fn at(path: PathBuf) -> Self {
        let mut attachments = path.clone().into_os_string();
        attachments.push(".attachments");
        Self { path, attachments: attachments.into() }
    }

    /// What the file says, if it exists.
    pub(crate) fn load(&self) -> io::Result<Option<State>> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes it all anew, so that a reader sees the old or the new and never half of one.
    pub(crate) fn save(&self, state: &State) -> io::Result<()> {
        replace(&self.path, &serde_json::to_vec_pretty(state)?)
    }

    /// Keeps an attachment's bytes.
    pub(crate) fn keep(&self, sha256: &str, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.attachments)?;
        replace(&self.attachments.join(sha256), bytes)
    }

    /// An attachment's bytes.
    pub(crate) fn bytes(&self, sha256: &str) -> io::Result<Vec<u8>> {
        fs::read(self.attachments.join(sha256))
    }
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut unfinished = path.to_owned().into_os_string();
    unfinished.push(".new");
    let mut file = fs::File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)
}
