//! A copy of everything that was accepted, made while the portal runs, and the way back from it.
//!
//! The store is copied first and the files after it: files only ever come, under the hash of their content, so whatever the
//! copied store names is among them. The key of the public log is not copied: it is a secret, and who has the backup must not
//! be able to sign as the log.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use credit::filing::Instant;
use credit::hexadecimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::in_use::{COMMANDS_FILE, InUse, LOCK_FILE};
use crate::public_log::kept;
use crate::storage::sqlite::copying::{self, Thoroughness};
use crate::store_place::{MOVED, make_private, with_ending};

/// The store in a backup, and by default in a data folder.
const STORE: &str = "chengxin.sqlite";
/// The files of a backup, as of a data folder.
const ATTACHMENTS: &str = "attachments";
/// What is still arriving; nothing that was accepted is there.
const INCOMING: &str = "incoming";
/// Says that a backup is whole: it is written last.
const CONTENTS: &str = "backup.json";
/// In a data folder: when the last backup was made, and where.
const LAST: &str = "last-backup.json";
/// What a data folder may hold when a backup is brought back into it.
const MAY_BE_THERE: [&str; 4] = [LOCK_FILE, COMMANDS_FILE, "log-key", kept::FILE];

/// A file, after the name of the shelf that it stands on.
type Shelved = (OsString, PathBuf);

/// Why there is no backup, or it was not brought back, in a sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failed(String);

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// When.
    pub at: Instant,
    /// Where.
    pub folder: PathBuf,
    /// How many files of attachments; each was what its name says.
    pub files: usize,
    /// The names of those that the store speaks of and that are not among them: they were missing or damaged where people work.
    #[serde(default)]
    pub missing: Vec<String>,
}

/// What was brought back.
#[derive(Clone, Debug)]
pub struct BroughtBack {
    /// The backup.
    pub made: Made,
    /// The files that were left out, because they were not what their names say.
    pub damaged: Vec<PathBuf>,
    /// How many entries the public log of the store has that was put aside, and how many the one that is there now; none where no
    /// store was put aside that could be read.
    pub log_sizes: Option<(u64, u64)>,
}

/// Makes a backup in a folder that is not there yet. `files_are_here`: attachments are in the data folder and not in a bucket.
///
/// # Errors
/// [`Failed`]; then there is no backup there, or none that could be taken for a whole one.
pub async fn make(store: &Path, data_dir: &Path, folder: &Path, files_are_here: bool, now: Instant) -> Result<Made, Failed> {
    if folder.exists() {
        return Err(Failed(format!("{} is there already: name a folder that is not.", folder.display())));
    }
    if !store.exists() {
        return Err(Failed(format!("There is no store at {}: nothing to back up.", store.display())));
    }
    let cannot = |error: io::Error| Failed(format!("The backup cannot be written: {error}."));
    make_private(folder).map_err(cannot)?;
    let copied = folder.join(STORE);
    copying::copy(store, &copied).await.map_err(|error| Failed(format!("The store cannot be copied: {error}.")))?;
    copying::check(&copied, Thoroughness::Full).await.map_err(|error| Failed(format!("The copied store is unsound: {error}.")))?;
    let attachments = folder.join(ATTACHMENTS);
    copy_files(&finished(&data_dir.join(ATTACHMENTS)).map_err(cannot)?, &attachments).map_err(cannot)?;
    // A damaged one is not kept for one that is whole.
    let (sound, damaged) = looked_through(&attachments).map_err(cannot)?;
    for file in &damaged {
        std::fs::remove_file(file).map_err(cannot)?;
    }
    let named = copying::contents(&copied).await.map_err(|error| Failed(format!("The copied store cannot be read: {error}.")))?;
    let there: BTreeSet<String> = sound.iter().map(|(_, file)| name_of(file)).collect();
    let missing = if files_are_here { named.difference(&there).cloned().collect() } else { Vec::new() };
    let made = Made { at: now, folder: std::path::absolute(folder).map_err(cannot)?, files: sound.len(), missing };
    write(&folder.join(CONTENTS), &made).map_err(cannot)?;
    write(&data_dir.join(LAST), &made).map_err(cannot)?;
    Ok(made)
}

/// How a backup is brought back.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner {
    /// What is in the way is put aside under another name.
    pub force: bool,
    /// Of a damaged backup, what is whole.
    pub what_is_whole: bool,
}

/// Brings a backup back.
///
/// # Errors
/// [`Failed`].
pub async fn bring_back(store: &Path, data_dir: &Path, folder: &Path, how: Manner, now: Instant) -> Result<BroughtBack, Failed> {
    let made: Made = read(&folder.join(CONTENTS))
        .ok_or_else(|| Failed(format!("{} is no backup, or not a whole one: it has no {CONTENTS}.", folder.display())))?;
    let kept = folder.join(STORE);
    let sound = copying::check(&kept, Thoroughness::Full).await;
    sound.map_err(|error| Failed(format!("The store in the backup is unsound: {error}. Nothing was changed.")))?;
    let cannot = |error: io::Error| Failed(format!("The backup cannot be brought back: {error}."));
    let attachments = folder.join(ATTACHMENTS);
    let (sound, damaged) = looked_through(&attachments).map_err(cannot)?;
    if !how.what_is_whole && (sound.len() != made.files || !damaged.is_empty()) {
        return Err(Failed(format!(
            "The backup is damaged: it was made with {} files, and {} are whole. Nothing was changed. With --what-is-whole the rest is \
             brought back.",
            made.files,
            sound.len()
        )));
    }
    let _nobody_else = InUse::nobody_else(data_dir, store).map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock => Failed(format!("A portal runs on {}, or a command of it: stop it first.", data_dir.display())),
        _ => cannot(error),
    })?;
    if !how.force && (store.exists() || !is_empty(data_dir).map_err(cannot)?) {
        return Err(Failed(format!(
            "{} is not empty. With --force its store is put aside under another name, and its files stay.",
            data_dir.display()
        )));
    }
    // What is added first is missed by nobody if the rest does not come: the old store is put aside only when the new one is there.
    copy_files(&sound, &data_dir.join(ATTACHMENTS)).map_err(cannot)?;
    if let Some(folder) = store.parent() {
        make_private(folder).map_err(cannot)?;
    }
    // Under its name only when it is whole.
    let arriving = with_ending(store, ".arriving");
    // What a restore left that was ended half-way would be played into this one.
    for ending in ["-wal", "-shm", "-journal"] {
        let _ = std::fs::remove_file(with_ending(&arriving, ending));
    }
    std::fs::copy(&kept, &arriving).map_err(cannot)?;
    std::fs::set_permissions(&arriving, std::fs::Permissions::from_mode(0o600)).map_err(cannot)?;
    // Numbers that were given since the backup are not given again, as far as anyone knows of them here.
    let log_sizes = match store.exists() {
        true => copying::go_on_counting(&arriving, store).await.ok(),
        false => None,
    };
    std::fs::File::open(&arriving).and_then(|file| file.sync_all()).map_err(cannot)?;
    put_aside(store, now).await.map_err(cannot)?;
    std::fs::rename(&arriving, store).map_err(cannot)?;
    // That the log goes back is meant to be so, and is told.
    let signed = data_dir.join(kept::FILE);
    if signed.exists() {
        std::fs::rename(&signed, with_ending(&signed, &format!(".before-{now}"))).map_err(cannot)?;
    }
    sync_folder(store.parent().unwrap_or(data_dir)).map_err(cannot)?;
    copying::check(store, Thoroughness::Full).await.map_err(|error| Failed(format!("The store is unsound: {error}.")))?;
    Ok(BroughtBack { made, damaged, log_sizes })
}

/// Gives the store that is there another name too, so that the one that comes takes its place at once: at no moment is there none.
async fn put_aside(store: &Path, now: Instant) -> io::Result<()> {
    let aside = |ending: &str| with_ending(store, &format!(".before-{now}{ending}"));
    let moved = with_ending(store, MOVED);
    if moved.exists() {
        std::fs::rename(&moved, aside(MOVED))?;
    }
    if !store.exists() {
        return Ok(());
    }
    // What stands in its write-ahead log only comes into it: then there is one file. One that is too damaged for that has more.
    let is_one_file = copying::settle(store).await.is_ok() && !with_ending(store, "-wal").exists();
    if is_one_file && std::fs::hard_link(store, aside("")).is_ok() {
        return Ok(());
    }
    for ending in ["", "-wal", "-shm"] {
        let old = with_ending(store, ending);
        if old.exists() {
            std::fs::rename(&old, aside(ending))?;
        }
    }
    Ok(())
}

/// The last backup of a data folder, if one was ever made.
pub fn last(data_dir: &Path) -> Option<Made> {
    read(&data_dir.join(LAST))
}

fn is_empty(data_dir: &Path) -> io::Result<bool> {
    for entry in std::fs::read_dir(data_dir)? {
        if !MAY_BE_THERE.iter().any(|name| entry.as_ref().is_ok_and(|entry| entry.file_name() == *name)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The finished files below a folder that are what their names say, and those that are not, or cannot be read.
fn looked_through(folder: &Path) -> io::Result<(Vec<Shelved>, Vec<PathBuf>)> {
    let (sound, damaged): (Vec<_>, Vec<_>) = finished(folder)?.into_iter().partition(|(_, file)| is_sound(file).unwrap_or(false));
    Ok((sound, damaged.into_iter().map(|(_, file)| file).collect()))
}

/// Whether a file has the content whose SHA-256 is its name.
fn is_sound(file: &Path) -> io::Result<bool> {
    let mut hash = Sha256::new();
    io::copy(&mut std::fs::File::open(file)?, &mut hash)?;
    Ok(hexadecimal::write(&hash.finalize()) == name_of(file))
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The finished files below a folder, each with the name of its shelf.
fn finished(folder: &Path) -> io::Result<Vec<Shelved>> {
    let mut files = Vec::new();
    if !folder.exists() {
        return Ok(files);
    }
    for shelf in std::fs::read_dir(folder)? {
        let shelf = shelf?;
        if shelf.file_name() == INCOMING || !shelf.file_type()?.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(shelf.path())? {
            let file = file?;
            // What broke off while it was brought back has another ending.
            if !file.file_name().to_string_lossy().contains('.') {
                files.push((shelf.file_name(), file.path()));
            }
        }
    }
    Ok(files)
}

/// These files: linked where both are on one disk, since none ever changes, and copied otherwise.
fn copy_files(files: &[Shelved], to: &Path) -> io::Result<()> {
    make_private(to)?;
    let mut places = BTreeSet::new();
    for (shelf, file) in files {
        let place = to.join(shelf);
        std::fs::create_dir_all(&place)?;
        let copy = place.join(file.file_name().unwrap_or_default());
        if copy.exists() && is_sound(&copy).unwrap_or(false) {
            continue;
        }
        // Beside it first: one that is there and damaged gives way only to what is whole.
        let arriving = with_ending(&copy, ".arriving");
        let _ = std::fs::remove_file(&arriving);
        if std::fs::hard_link(file, &arriving).is_err() {
            match std::fs::copy(file, &arriving) {
                Ok(_) => std::fs::File::open(&arriving)?.sync_all()?,
                // One that cannot be read any more holds up no other: it is missing here.
                Err(_) if is_sound(file).is_err() => continue,
                Err(error) => return Err(error),
            }
        }
        std::fs::rename(&arriving, &copy)?;
        places.insert(place);
    }
    for place in &places {
        sync_folder(place)?;
    }
    sync_folder(to)
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

fn write(path: &Path, made: &Made) -> io::Result<()> {
    let arriving = with_ending(path, ".arriving");
    std::fs::write(&arriving, serde_json::to_vec_pretty(made)?)?;
    std::fs::File::open(&arriving)?.sync_all()?;
    std::fs::rename(&arriving, path)?;
    sync_folder(path.parent().unwrap_or(path))
}

fn read(path: &Path) -> Option<Made> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}
