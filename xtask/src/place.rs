//! Where things are in this workspace.

use std::path::PathBuf;

/// The workspace's folder.
pub fn root() -> PathBuf {
    // At run time first, so that a moved checkout is found; at compile time for a program started by hand.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let mut root = PathBuf::from(here);
    root.pop();
    root
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The finished site.
pub fn site() -> PathBuf {
    target().join("site")
}

/// The browser tests.
pub fn end2end() -> PathBuf {
    root().join("end2end")
}
