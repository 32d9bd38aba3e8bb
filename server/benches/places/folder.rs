//! A folder for what is measured.

use std::path::PathBuf;

/// A fresh folder in the temporary one; it goes with this.
pub struct Folder(pub PathBuf);

impl Folder {
    /// Makes it.
    pub fn fresh() -> Self {
        let folder = std::env::temp_dir().join(format!("chengxin-bench-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&folder).expect("the folder for temporary files can be written");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
