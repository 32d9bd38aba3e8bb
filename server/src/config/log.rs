//! The public log, `[log]`.

use std::path::PathBuf;

use credit::log::note::is_key_name;
use serde::Deserialize;

/// Who signs the public log, and under what name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    /// The file with the key that signs it; by default one in the data folder, made when it is first needed. Several portals
    /// on one store need the same.
    pub key_file: Option<PathBuf>,
    /// The log's name, which stands in everything that is signed; by default the host of `public_url` and `/log`.
    pub origin: Option<String>,
}

impl LogSettings {
    /// What is wrong with them, in a sentence.
    pub(super) fn check(&self) -> Result<(), String> {
        match &self.origin {
            Some(origin) if !is_key_name(origin) || origin.contains("://") => Err(format!(
                "log.origin is {origin:?}: it must be an address without https://, blanks and plus signs, such as portal.example/log."
            )),
            _ => Ok(()),
        }
    }
}
