//! Drafts, and what becomes of what is typed into them.

use credit::attachment::{Attachment, FileRefusal, FileState, MOST_FILES};
use credit::draft::Draft;
use credit::enterprise::Enterprise;
use credit::filing::Instant;
use credit::form::FormKind;

/// A draft as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDraft {
    /// Its id; a filing made from it has the same.
    pub id: String,
    /// The enterprise it belongs to.
    pub enterprise: Enterprise,
    /// Which form.
    pub kind: FormKind,
    /// Raised with every change of the answers, from 1.
    pub version: i64,
    /// What was typed.
    pub draft: Draft,
    /// Its files, in the order in which they were added.
    pub attachments: Vec<Attachment>,
    /// The returned filing it corrects.
    pub corrects: Option<String>,
    /// When it was begun.
    pub begun_at: Instant,
    /// When its answers last changed.
    pub changed_at: Instant,
    /// The name of who changed them.
    pub changed_by: String,
}

/// A change of a draft's answers.
#[derive(Clone, Debug)]
pub struct Change {
    /// The version that the person saw.
    pub version: i64,
    /// A name for the window in which it was typed; empty where there is none.
    pub window: String,
    /// What was typed.
    pub draft: Draft,
    /// The name of who typed it.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is the draft now, with this version. The same answers again keep the version.
    Kept(i64),
    /// Somebody else changed the draft since: this change is kept beside it as a rival. The draft's version is this.
    Rival(i64),
    /// There is no such draft for this enterprise.
    Gone,
}

/// Answers that were typed over an older version, kept until somebody chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    /// Its id.
    pub id: String,
    /// What was typed.
    pub draft: Draft,
    /// When.
    pub made_at: Instant,
    /// By whom.
    pub made_by: String,
}

/// A new file as it is listed beside those that are there. Whoever sends one has counted them before, but two windows may at once: where
/// as many are kept as a draft takes, one more is refused.
pub(super) fn beside(there: &[Attachment], file: &Attachment) -> Attachment {
    let is_full = there.iter().filter(|file| file.is_kept()).count() >= MOST_FILES;
    let state = if is_full && file.is_kept() { FileState::Refused(FileRefusal::TooMany) } else { file.state.clone() };
    Attachment { state, ..file.clone() }
}

/// What became of a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is in the list.
    Added,
    /// There is no such draft for this enterprise.
    Gone,
}
