//! Whether anything that the site is made of has changed.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::trouble::{Outcome, While};

/// To be raised when the same sources should give another site.
const RECIPE: &str = concat!("recipe 2 of ", env!("CARGO_PKG_VERSION"));

/// One line that is the same exactly as long as all these files and folders are.
pub fn stamp(sources: &[&Path]) -> Outcome<String> {
    let mut hash = Sha256::new();
    hash.update(RECIPE);
    for source in sources {
        for file in files(source)? {
            let bytes = fs::read(&file).during(format!("reading {}", file.display()))?;
            hash.update(file.to_string_lossy().as_bytes());
            hash.update(bytes.len().to_le_bytes());
            hash.update(&bytes);
        }
        hash.update([0]);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The files at or below a path, sorted; none if there is nothing.
pub fn files(path: &Path) -> Outcome<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    if path.is_dir() {
        for entry in path.read_dir().during(format!("reading {}", path.display()))? {
            found.extend(files(&entry.during(format!("reading {}", path.display()))?.path())?);
        }
    }
    found.sort();
    Ok(found)
}
