//! Templates of commitments: read from their files when the portal starts, checked, and remembered in the store.
//!
//! A file holds one template as TOML. Those in `server/templates` are built in; `[templates] folder` takes their place. The
//! newest version of an id in the files is offered; older ones, in the files or in the store, stay for the commitments that
//! were made from them.

mod built_in;
mod check;
mod place;
mod wordings;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use credit::commitment::template::{Template, Written};
use credit::filing::Instant;
use credit::hexadecimal;
use sha2::{Digest, Sha256};

pub use self::place::Flaw;
use crate::storage::Storage;
use crate::storage::templates::{Changed, StoredTemplate};

/// A file with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, as errors say it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Why there is no catalogue, in sentences that end where they should.
#[derive(Debug, thiserror::Error)]
pub enum NoCatalogue {
    /// The folder cannot be read.
    #[error("templates.folder: {0}")]
    Folder(String),
    /// Files are wrong.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Flaws(Vec<Flaw>),
    /// A version was changed after it had been offered.
    #[error(
        "The template {} says something else than when its version {} was first offered. Commitments may have been signed from it: \
         put the old text back, and give the new one a version of its own.",
        .0.id, .0.version
    )]
    Changed(Changed),
    /// The store did not answer, or what it remembers cannot be read.
    #[error("The templates in the store cannot be read: {0}")]
    Store(String),
}

/// All templates.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// What is offered, in the order of the files' names.
    offered: Vec<Arc<Template>>,
    all: BTreeMap<(String, u32), Arc<Template>>,
}

impl Catalogue {
    /// What is offered: of each id the newest version, without the matters for which pledging is excluded.
    pub fn newest(&self) -> impl Iterator<Item = &Arc<Template>> {
        self.offered.iter()
    }

    /// The template of this id, if it is offered.
    pub fn offered(&self, id: &str) -> Option<&Arc<Template>> {
        self.offered.iter().find(|template| template.id == id)
    }

    /// A version of a template, old ones and excluded ones among them.
    pub fn get(&self, id: &str, version: u32) -> Option<&Arc<Template>> {
        self.all.get(&(id.to_owned(), version))
    }

    /// The template of a reference, `id@version`.
    pub fn referred(&self, reference: &str) -> Option<&Arc<Template>> {
        let (id, version) = reference.split_once('@')?;
        self.get(id, version.parse().ok()?)
    }

    /// The catalogue of these files alone.
    ///
    /// # Errors
    /// Everything that is wrong with them, with file and line.
    pub fn of(files: &[File]) -> Result<Self, NoCatalogue> {
        let mut catalogue = Self::default();
        for template in read(files)? {
            catalogue.add(template);
        }
        for template in newest(&catalogue.all) {
            catalogue.offered.push(template);
        }
        Ok(catalogue)
    }

    /// The catalogue of the settings' folder, or the built-in one, with what the store remembers of past versions.
    ///
    /// # Errors
    /// [`NoCatalogue`]; the portal must then not start.
    pub async fn load(folder: Option<&Path>, storage: &dyn Storage, now: Instant) -> Result<Self, NoCatalogue> {
        let files = match folder {
            Some(folder) => files_of(folder)?,
            None => built_in::files(),
        };
        let mut catalogue = Self::of(&files)?;
        let unread = |why: &dyn std::fmt::Display| NoCatalogue::Store(why.to_string());
        let present: Vec<StoredTemplate> = catalogue.all.values().map(|template| stored(template)).collect();
        storage.remember_templates(&present, now).await.map_err(|why| unread(&why))?.map_err(NoCatalogue::Changed)?;
        for remembered in storage.templates().await.map_err(|why| unread(&why))? {
            let written: Written = serde_json::from_str(&remembered.canonical)
                .map_err(|why| unread(&format!("{} version {}: {why}", remembered.id, remembered.version)))?;
            if !catalogue.all.contains_key(&(written.id.clone(), written.version)) {
                catalogue.add(Template::ready(written, remembered.digest));
            }
        }
        Ok(catalogue)
    }

    fn add(&mut self, template: Template) {
        self.all.insert((template.id.clone(), template.version), Arc::new(template));
    }
}

/// The built-in templates, as files.
pub fn built_in() -> Vec<File> {
    built_in::files()
}

/// Of each id the newest version, unless it is excluded; in the order of the ids.
fn newest(all: &BTreeMap<(String, u32), Arc<Template>>) -> Vec<Arc<Template>> {
    let mut newest: BTreeMap<&str, &Arc<Template>> = BTreeMap::new();
    for template in all.values() {
        newest.insert(&template.id, template);
    }
    newest.into_values().filter(|template| !template.excluded).cloned().collect()
}

fn stored(template: &Template) -> StoredTemplate {
    StoredTemplate {
        id: template.id.clone(),
        version: template.version.into(),
        digest: template.digest.clone(),
        canonical: canonical(template),
    }
}

/// The canonical form: JSON without blanks, members in the order of their declaration.
fn canonical(written: &Written) -> String {
    serde_json::to_string(written).expect("texts and numbers can be written as JSON")
}

fn read(files: &[File]) -> Result<Vec<Template>, NoCatalogue> {
    let mut flaws = Vec::new();
    let mut read: Vec<Template> = Vec::new();
    for file in files {
        let written: Written = match toml::from_str(&file.text) {
            Ok(written) => written,
            Err(error) => {
                flaws.push(Flaw::unread(file, &error));
                continue;
            }
        };
        let mut wrong = check::check(&written);
        if read.iter().any(|other| other.id == written.id && other.version == written.version) {
            wrong.push(("version".into(), format!("another file has version {} of {} already", written.version, written.id)));
        }
        flaws.extend(wrong.into_iter().map(|(at, what)| Flaw::at(file, &at, what)));
        if flaws.is_empty() {
            let digest = hexadecimal::write(&Sha256::digest(canonical(&written)));
            read.push(Template::ready(written, digest));
        }
    }
    if flaws.is_empty() { Ok(read) } else { Err(NoCatalogue::Flaws(flaws)) }
}

fn files_of(folder: &Path) -> Result<Vec<File>, NoCatalogue> {
    let unread = |path: &Path, why: std::io::Error| NoCatalogue::Folder(format!("{} cannot be read: {why}", path.display()));
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|why| unread(folder, why))? {
        let path = entry.map_err(|why| unread(folder, why))?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        return Err(NoCatalogue::Folder(format!("{} holds no template (*.toml)", folder.display())));
    }
    let read = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).map_err(|why| unread(path, why))?;
        Ok(File { name: path.display().to_string(), text })
    };
    paths.iter().map(read).collect()
}
