//! The desk: everything that changes the platform's memory goes over it.

use std::{
    collections::HashMap,
    fmt, io,
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use chrono::NaiveDate;
use uuid::Uuid;

use crate::{
    clock,
    platform::{
        auto::Auto,
        decision::Decision,
        state::{AttachmentKept, State},
        state_file::StateFile,
    },
};

/// The platform's memory and where it is kept.
pub(crate) struct Desk {
    state: Mutex<State>,
    file: Option<StateFile>,
    /// The bytes of the attachments when there is no file.
    bytes: Mutex<HashMap<String, Bytes>>,
    auto: Mutex<Auto>,
}

/// Why a decision did not come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotDecided {
    /// There is no such submission.
    Unknown,
    /// The submission is not in a state for it.
    OutOfTurn,
}

impl Desk {
    /// A desk with what the file says, or an empty one.
    pub(crate) fn open(file: Option<PathBuf>, auto: Auto) -> io::Result<Self> {
        let file = file.map(StateFile::at);
        let kept = match &file {
            Some(file) => file.load()?,
            None => None,
        };
        let state = Mutex::new(kept.unwrap_or_else(|| State::beginning(clock::today())));
        Ok(Self { state, file, bytes: Mutex::default(), auto: Mutex::new(auto) })
    }

    /// Reads the memory.
    pub(crate) fn read<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        look(&self.state())
    }

    /// Changes the memory and writes it down before anybody is told.
    pub(crate) fn change<R>(&self, deed: impl FnOnce(&mut State) -> R) -> R {
        let mut state = self.state();
        let result = deed(&mut state);
        if let Some(file) = &self.file {
            // A short wait on the disk under a lock: nobody measures a stand-in's throughput with a file.
            if let Err(error) = file.save(&state) {
                tracing::error!(%error, "the state file cannot be written");
            }
        }
        result
    }

    /// Decides about a submission if it is in a state for it.
    pub(crate) fn decide(&self, id: Uuid, decision: Decision) -> Result<(), NotDecided> {
        self.change(|state| {
            let submission = state.submissions.get(&id).ok_or(NotDecided::Unknown)?;
            if !submission.accepts(&decision) {
                return Err(NotDecided::OutOfTurn);
            }
            let change = state.next_change();
            let submission = state.submissions.get_mut(&id).ok_or(NotDecided::Unknown)?;
            submission.apply(&decision, &clock::instant());
            submission.change = change;
            Ok(())
        })
    }

    /// Keeps an attachment; says whether it was new.
    pub(crate) fn keep(&self, sha256: &str, media_type: String, bytes: Bytes) -> io::Result<bool> {
        let size = bytes.len();
        match &self.file {
            Some(file) => file.keep(sha256, &bytes)?,
            None => {
                self.bytes.lock().unwrap_or_else(PoisonError::into_inner).insert(sha256.to_owned(), bytes);
            }
        }
        Ok(self.change(|state| {
            let kept = state.attachments.entry(sha256.to_owned()).or_insert(AttachmentKept { media_type, bytes: size, puts: 0 });
            kept.puts += 1;
            kept.puts == 1
        }))
    }

    /// An attachment's bytes.
    pub(crate) fn bytes(&self, sha256: &str) -> Option<Bytes> {
        match &self.file {
            Some(file) => file.bytes(sha256).ok().map(Bytes::from),
            None => self.bytes.lock().unwrap_or_else(PoisonError::into_inner).get(sha256).cloned(),
        }
    }

    /// What happens by itself.
    pub(crate) fn auto(&self) -> Auto {
        *self.auto.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says what happens by itself from now on.
    pub(crate) fn set_auto(&self, auto: Auto) {
        *self.auto.lock().unwrap_or_else(PoisonError::into_inner) = auto;
    }

    /// Begins anew, on the given day.
    pub(crate) fn reset(&self, began_on: NaiveDate) {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.change(|state| *state = State::beginning(began_on));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for NotDecided {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Unknown => "没有这个申报件。",
            Self::OutOfTurn => "申报件当前状态不能这样办理。",
        })
    }
}
