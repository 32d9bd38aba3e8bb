//! The public log, `[log]`.

use std::path::PathBuf;

use credit::log::cosignature::WitnessKey;
use credit::log::note::is_key_name;
use serde::Deserialize;
use url::Url;

/// Who signs the public log, and under what name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    /// The file with the key that signs it; by default one in the data folder, made when it is first needed. Several portals
    /// on one store need the same.
    pub key_file: Option<PathBuf>,
    /// The log's name, which stands in everything that is signed; by default the host of `public_url` and `/log`.
    pub origin: Option<String>,
    /// Who is shown each checkpoint, and cosigns it.
    pub witnesses: Vec<WitnessSettings>,
}

/// A witness (C2SP tlog-witness).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WitnessSettings {
    /// Its submission prefix: what stands before `/add-checkpoint`.
    pub url: Url,
    /// Its verifier key for cosignatures: `NAME+HASH+BASE64`.
    pub key: String,
}

impl WitnessSettings {
    /// Where it takes checkpoints, and its key.
    ///
    /// # Errors
    /// What is wrong, in a sentence.
    pub fn read(&self) -> Result<(Url, WitnessKey), String> {
        let key = WitnessKey::parse(&self.key).map_err(|_| {
            format!("log.witnesses has the key {:?}: it must be NAME+HASH+BASE64, for cosignatures with Ed25519.", self.key)
        })?;
        let mut url = self.url.clone();
        let path = format!("{}/add-checkpoint", url.path().trim_end_matches('/'));
        url.set_path(&path);
        if matches!(url.scheme(), "https" | "http") {
            Ok((url, key))
        } else {
            Err(format!("log.witnesses has the url {}: it must begin with https:// or http://.", self.url))
        }
    }
}

impl LogSettings {
    /// What is wrong with them, in a sentence.
    pub(super) fn check(&self) -> Result<(), String> {
        match &self.origin {
            Some(origin) if !is_key_name(origin) || origin.contains("://") => Err(format!(
                "log.origin is {origin:?}: it must be an address without https://, blanks and plus signs, such as portal.example/log."
            )),
            _ => self.witnesses.iter().try_for_each(|witness| witness.read().map(drop)),
        }
    }
}
