//! Files that arrive in parts, over a line that may drop: what has arrived stays, and the sender goes on from there.
//!
//! A part is written at the offset that it names. So the same part twice, or two windows sending one file, do no harm.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::{Duration, UNIX_EPOCH};

use credit::attachment::{LARGEST_FILE, MOST_FILES};
use credit::filing::Instant;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt, SeekFrom};
use tokio::sync::Semaphore;

use super::{Arrived, Attachments, disk};
use crate::storage::StorageError;

/// What was not finished for so long is taken away.
const FORGOTTEN: Duration = Duration::from_secs(24 * 60 * 60);

/// So many are looked at and copied at once.
static FINISHING: Semaphore = Semaphore::const_new(8);

/// A file that arrives in parts, found by its draft's id and a name that its sender gave it.
pub struct Partial<'a> {
    attachments: &'a Attachments,
    folder: PathBuf,
    path: PathBuf,
}

/// Which place a part could not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// It begins behind what has arrived; so many bytes have.
    Gap(u64),
    /// The draft has too many unfinished files.
    TooMany,
}

impl Attachments {
    /// The upload of this name for this draft. Nothing is made yet. None: a name that could leave its folder.
    pub fn partial(&self, draft: &str, name: &str) -> Option<Partial<'_>> {
        let sound =
            |text: &str| (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (sound(draft) && sound(name)).then(|| {
            let folder = self.incoming.join(draft);
            Partial { attachments: self, path: folder.join(name), folder }
        })
    }

    /// Takes away what nobody has finished for a day. `now` is the portal's clock, in milliseconds since 1970.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn prune_partial(&self, now: Instant) -> Result<(), StorageError> {
        let incoming = self.incoming.clone();
        let now = Duration::from_millis(u64::try_from(now).unwrap_or_default());
        let pruned = tokio::task::spawn_blocking(move || {
            for entry in std::fs::read_dir(incoming)? {
                let path = entry?.path();
                for file in path.read_dir().into_iter().flatten().flatten() {
                    prune(&file.path(), now);
                }
                // An empty folder, or a file that a killed process left.
                if path.is_dir() { drop(std::fs::remove_dir(&path)) } else { prune(&path, now) }
            }
            Ok(())
        });
        pruned.await.unwrap_or(Ok(())).map_err(disk)
    }
}

fn prune(file: &std::path::Path, now: Duration) {
    let changed = file.metadata().and_then(|about| about.modified()).ok();
    let changed = changed.and_then(|changed| changed.duration_since(UNIX_EPOCH).ok());
    if changed.is_some_and(|changed| now > changed + FORGOTTEN) {
        let _ = std::fs::remove_file(file);
    }
}

impl Partial<'_> {
    /// How many bytes have arrived.
    pub async fn arrived(&self) -> u64 {
        tokio::fs::metadata(&self.path).await.map_or(0, |about| about.len())
    }

    /// Opens it for the part that begins at `offset`.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn part(&self, offset: u64) -> Result<Result<Part, Misplaced>, StorageError> {
        let arrived = self.arrived().await;
        if offset > arrived {
            return Ok(Err(Misplaced::Gap(arrived)));
        }
        if arrived == 0 && self.others().await >= MOST_FILES {
            return Ok(Err(Misplaced::TooMany));
        }
        let mut file = match self.opened(offset == 0).await {
            // Given up since it was asked how much had arrived: what comes now would stand behind a hole.
            Err(error) if offset > 0 && error.kind() == ErrorKind::NotFound => return Ok(Err(Misplaced::Gap(0))),
            opened => opened.map_err(disk)?,
        };
        file.seek(SeekFrom::Start(offset)).await.map_err(disk)?;
        Ok(Ok(Part { file, end: offset }))
    }

    /// The folder goes with the last file in it, which may be given up, finished or pruned at this very moment.
    async fn opened(&self, begins: bool) -> std::io::Result<File> {
        const TRIES: usize = 20;
        let mut opened = Err(ErrorKind::NotFound.into());
        for _ in 0..TRIES {
            if begins {
                tokio::fs::create_dir_all(&self.folder).await?;
            }
            opened = File::options().create(begins).truncate(false).write(true).open(&self.path).await;
            if !begins || !opened.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
                break;
            }
        }
        opened
    }

    async fn others(&self) -> usize {
        let folder = self.folder.clone();
        let count = tokio::task::spawn_blocking(move || folder.read_dir().map_or(0, Iterator::count));
        count.await.unwrap_or(0)
    }

    /// All has arrived: it is looked at, and kept or refused. It stays until it is [dropped](Self::cancel), so that it can be looked at
    /// again where somebody goes away before the answer. None: it is not there, for it was given up or dropped before.
    ///
    /// A copy is kept: whoever still writes to this file (a line that was thought to be dead) must not change what is kept, which
    /// is known by the hash of its content, and may be another's as well.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn finish(&self) -> Result<Option<Arrived>, StorageError> {
        const PIECE: usize = 64 * 1024;
        // The same last part may come many times at once: the copies take their turns.
        let Ok(_turn) = FINISHING.acquire().await else { return Ok(None) };
        let mut file = match File::open(&self.path).await {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(disk(error)),
        };
        let mut copy = self.attachments.receive().await?;
        let mut piece = vec![0; PIECE];
        loop {
            let read = file.read(&mut piece).await.map_err(disk)?;
            if read == 0 {
                break;
            }
            copy.take(&piece[..read]).await?;
        }
        Ok(Some(copy.finish().await?))
    }

    /// Drops what has arrived.
    pub async fn cancel(&self) {
        let _ = tokio::fs::remove_file(&self.path).await;
        let _ = tokio::fs::remove_dir(&self.folder).await;
    }
}

/// A part that is being written.
pub struct Part {
    file: File,
    end: u64,
}

impl Part {
    /// Takes the next bytes. Those beyond the limit are not written.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn take(&mut self, chunk: &[u8]) -> Result<(), StorageError> {
        if self.end + chunk.len() as u64 > LARGEST_FILE {
            return Ok(());
        }
        self.file.write_all(chunk).await.map_err(disk)?;
        self.end += chunk.len() as u64;
        Ok(())
    }

    /// Ends the part; gives where the next one begins.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn end(mut self) -> Result<u64, StorageError> {
        self.file.flush().await.map_err(disk)?;
        Ok(self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::fresh_token;

    fn attachments() -> Attachments {
        let folder = std::env::temp_dir().join(format!("chengxin-partial-{}", fresh_token()));
        Attachments::in_folder(&folder).unwrap()
    }

    async fn write(part: Result<Part, Misplaced>, content: &[u8]) {
        let mut part = part.unwrap();
        part.take(content).await.unwrap();
        part.end().await.unwrap();
    }

    #[tokio::test]
    async fn what_is_kept_does_not_change_under_somebody_who_still_writes_to_what_it_came_from() {
        let attachments = attachments();
        let file = attachments.partial("draft", "file").unwrap();
        write(file.part(0).await.unwrap(), b"%PDF-1.7 as it was").await;
        let late = file.part(0).await.unwrap();
        let Some(Arrived::Kept { sha256, .. }) = file.finish().await.unwrap() else { panic!("it is kept") };
        write(late, b"%PDF-1.7 otherwise").await;
        assert_eq!(attachments.whole(&sha256).await.unwrap(), b"%PDF-1.7 as it was");
    }

    #[tokio::test]
    async fn what_was_given_up_is_not_there_and_what_is_empty_is_refused() {
        let attachments = attachments();
        let file = attachments.partial("draft", "file").unwrap();
        assert_eq!(file.finish().await.unwrap(), None);
        write(file.part(0).await.unwrap(), b"").await;
        assert_eq!(file.finish().await.unwrap(), Some(Arrived::Refused(credit::attachment::FileRefusal::Empty)));
        file.cancel().await;
        assert_eq!(file.finish().await.unwrap(), None, "it was given up");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_file_begins_while_the_last_one_beside_it_is_given_up() {
        const ROUNDS: usize = 2_000;
        let attachments = attachments();
        let given_up = attachments.clone();
        let giving_up = tokio::spawn(async move {
            let file = given_up.partial("draft", "given-up").unwrap();
            for _ in 0..ROUNDS {
                file.cancel().await;
            }
        });
        let file = attachments.partial("draft", "file").unwrap();
        for _ in 0..ROUNDS {
            write(file.part(0).await.unwrap(), b"%PDF-1.7").await;
            file.cancel().await;
        }
        giving_up.await.unwrap();
    }
}
