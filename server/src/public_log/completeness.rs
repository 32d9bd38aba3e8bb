//! Whether a file of all public commitments (`/commitments/all.ndjson`, `all.csv`) leaves none out, by what the public log says of the list.
//!
//! The log has an entry of each commitment that came onto the list and of each that left it, with the same hash in both; which one
//! that is about is hidden in it. Whatever was listed below the file's first checkpoint, and did not leave the list below its last
//! one, has to be in the file, with the entry that is its own; and what left the list before the file was begun must not be.

use std::collections::{BTreeMap, HashMap, HashSet};

use credit::log::checkpoint::Checkpoint;
use credit::log::entry::{Entry, EntryKind};
use credit::log::listing::Listing;
use credit::log::note::VerifierKey;
use credit::log::tree::{Frontier, Hash};

use super::commitment_file::CommitmentFile;

/// What a file says, held against a log entry by entry.
#[derive(Debug)]
pub struct Completeness {
    first: Checkpoint,
    last: Checkpoint,
    /// What is on the list, by the places of their entries.
    lines: BTreeMap<u64, (String, Listing)>,
    /// How many lines there are.
    pub count: u64,
    /// How many of them the log vouches for. The others say that they came onto the list while the file was written.
    pub proven: u64,
    /// What is on the list at the last checkpoint, as far as the log was seen: by their hashes, where they came onto it.
    on_list: HashMap<Hash, u64>,
    /// The places of what left the list while the file was written.
    left: HashSet<u64>,
    roots: BTreeMap<u64, Hash>,
    wrong: Option<String>,
}

impl Completeness {
    /// Reads the file.
    ///
    /// # Errors
    /// In a sentence, what of it cannot be read or contradicts itself.
    pub fn read(file: &str, key: &VerifierKey) -> Result<Self, String> {
        let file = CommitmentFile::read(file)?;
        let signed =
            |note: &str| Checkpoint::open(note, key).map_err(|why| format!("a checkpoint in the file does not hold: {why:?}"));
        let mut read = Self {
            first: signed(&file.first)?,
            last: signed(&file.last)?,
            lines: BTreeMap::new(),
            count: 0,
            proven: 0,
            on_list: HashMap::new(),
            left: HashSet::new(),
            roots: BTreeMap::new(),
            wrong: None,
        };
        for line in file.lines {
            read.count += 1;
            // It came onto the list while the file was written.
            let Some(listing) = line.listing else { continue };
            read.proven += 1;
            let place = u64::try_from(listing.entry).unwrap_or(u64::MAX);
            if let Some((other, _)) = read.lines.insert(place, (line.code, listing)) {
                return Err(format!("line {} names the same entry as {other}", line.number));
            }
        }
        if file.count != read.count {
            return Err(format!("the file says that it has {} commitments, and has {}", file.count, read.count));
        }
        Ok(read)
    }

    /// Takes note of an entry of the log; in their order, from the first.
    pub fn see(&mut self, number: u64, entry: &Entry) {
        match entry.kind {
            EntryKind::Listed if number < self.last.size => {
                self.on_list.insert(entry.digest, number);
            }
            EntryKind::Unlisted if number < self.last.size => {
                let came = self.on_list.remove(&entry.digest);
                self.left.extend(came.filter(|_| number >= self.first.size));
            }
            _ => {}
        }
        if let Some((code, listing)) = self.lines.get(&number)
            && !listing.is_of(code, entry)
        {
            self.wrong.get_or_insert_with(|| format!("entry {number} of the log is not the one of {code}"));
        }
    }

    /// Takes note of the tree at a size.
    pub fn see_tree(&mut self, tree: &Frontier) {
        if [self.first.size, self.last.size].contains(&tree.size()) {
            self.roots.insert(tree.size(), tree.root());
        }
    }

    /// Whether nothing is missing, after the whole log was seen.
    ///
    /// # Errors
    /// In a sentence, what is wrong.
    pub fn judge(&self) -> Result<(), String> {
        for checkpoint in [&self.first, &self.last] {
            if self.roots.get(&checkpoint.size) != Some(&checkpoint.root) {
                return Err(format!("the log of today does not go on from the file's checkpoint of {} entries", checkpoint.size));
            }
        }
        if let Some(wrong) = &self.wrong {
            return Err(wrong.clone());
        }
        if self.lines.last_key_value().is_some_and(|(entry, _)| *entry >= self.last.size) {
            return Err("a line names an entry beyond the file's last checkpoint".into());
        }
        let is_listed: HashSet<u64> = self.on_list.values().chain(&self.left).copied().collect();
        if let Some((_, (code, _))) = self.lines.iter().find(|(entry, _)| !is_listed.contains(entry)) {
            return Err(format!("{code} had left the list before the file was begun"));
        }
        let is_due = |entry: &&u64| **entry < self.first.size && !self.lines.contains_key(entry);
        match self.on_list.values().filter(is_due).count() {
            0 => Ok(()),
            missing => Err(format!("{missing} commitments that the log has on the list are not in the file")),
        }
    }
}
