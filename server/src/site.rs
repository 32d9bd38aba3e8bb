//! The site folder: static files with their compressed twins, read once at start.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::module::Module;
use app::shell::{Assets, ModuleFiles};
use bytes::Bytes;

/// A static file.
#[derive(Clone, Debug)]
pub struct SiteFile {
    /// Its media type.
    pub media_type: &'static str,
    /// Whether its name changes with its content.
    pub immutable: bool,
    /// As it is.
    pub plain: Bytes,
    /// After brotli, if the folder has it.
    pub brotli: Option<Bytes>,
    /// After gzip, if the folder has it.
    pub gzip: Option<Bytes>,
}

/// All static files by their path.
#[derive(Clone, Debug, Default)]
pub struct SiteFiles {
    files: Arc<HashMap<String, SiteFile>>,
}

/// Why the site folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SiteFault {
    /// It cannot be read.
    #[error("the site folder cannot be read: {path}: {source}")]
    Unreadable {
        /// What.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Its manifest lacks something.
    #[error("the site folder's manifest.json does not name {0}; build the site again")]
    Incomplete(String),
}

impl SiteFiles {
    /// The file at this path, which begins with `/`.
    pub fn get(&self, path: &str) -> Option<&SiteFile> {
        self.files.get(path)
    }

    /// Reads the folder.
    ///
    /// # Errors
    /// [`SiteFault`], naming the file.
    pub fn read(root: &Path) -> Result<(Self, Assets), SiteFault> {
        let manifest: HashMap<String, serde_json::Value> =
            serde_json::from_slice(&read_file(&root.join("manifest.json"))?).unwrap_or_default();
        let named = |name: &str| {
            let found = manifest.get(name).and_then(serde_json::Value::as_str);
            found.map(str::to_owned).ok_or_else(|| SiteFault::Incomplete(name.to_owned()))
        };
        let mut assets = Assets { css: named("main.css")?, loader: named("loader.js")?, ..Assets::default() };
        for module in Module::ALL {
            let [script, wasm] = ["js", "wasm"].map(|ending| named(&format!("{}.{ending}", module.name())));
            assets.modules.insert(*module, ModuleFiles { script: script?, wasm: wasm? });
        }
        let mut files = HashMap::new();
        gather(root, root, &mut files)?;
        Ok((Self { files: Arc::new(files) }, assets))
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, SiteFault> {
    std::fs::read(path).map_err(|source| SiteFault::Unreadable { path: path.to_owned(), source })
}

fn gather(root: &Path, folder: &Path, files: &mut HashMap<String, SiteFile>) -> Result<(), SiteFault> {
    let unreadable = |source| SiteFault::Unreadable { path: folder.to_owned(), source };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            gather(root, &path, files)?;
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let Some(media_type) = media_type(&name) else { continue };
        let twin = |ending: &str| std::fs::read(format!("{}.{ending}", path.display())).ok().map(Bytes::from);
        let file = SiteFile {
            media_type,
            immutable: name.starts_with("assets/"),
            plain: read_file(&path)?.into(),
            brotli: twin("br"),
            gzip: twin("gz"),
        };
        files.insert(format!("/{name}"), file);
    }
    Ok(())
}

/// What is served, by ending; anything else in the folder is not.
fn media_type(name: &str) -> Option<&'static str> {
    let ending = name.rsplit('.').next()?;
    Some(match ending {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}
