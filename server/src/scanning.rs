//! The virus scanner of attachments, off by default. Whoever files never waits for it; what it has not looked at yet is neither
//! opened nor sent.
//!
//! - [`clamd`]: the scanner there is. - [`worker`]: asks it in the background.
//!
//! A content is scanned once: signatures that become known later find nothing in what was looked at before.

pub mod clamd;
pub mod worker;

use app::wording::{Lang, faults, life};
use async_trait::async_trait;
use credit::attachment::{Attachment, FileRefusal, FileState};
use credit::filing::{Comment, Happening, Instant};
use credit::form::{Field, FormKind, Kind};
use credit::problem::{Fault, Problem};
use tokio::sync::Notify;

use crate::attachments::contents::Content;
use crate::portal::Portal;
use crate::storage::scans::Verdict;
use crate::storage::{Storage, Stored};

/// Why a content was not looked at, in words for the operator. It can be tried again.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Trouble(pub String);

/// Looks for something harmful in contents.
#[async_trait]
pub trait Scanner: Send + Sync {
    /// Reads the content to its end, and says what is in it.
    ///
    /// # Errors
    /// [`Trouble`] when it could not be read or looked at as a whole.
    async fn scan(&self, content: Content) -> Result<Verdict, Trouble>;

    /// Proves that the scanner answers.
    ///
    /// # Errors
    /// [`Trouble`] with what was met.
    async fn check(&self) -> Result<(), Trouble>;
}

/// Asks for a scan of a content that was kept just now, before a file names it. Without a scanner this does nothing.
///
/// # Errors
/// When the store does not take it: the file must not be kept then.
pub async fn ask(portal: &Portal, sha256: &str) -> Stored<()> {
    match &portal.scanner {
        Some(wake) => ask_for(&*portal.storage, wake, sha256, portal.clock.now()).await,
        None => Ok(()),
    }
}

async fn ask_for(storage: &dyn Storage, wake: &Notify, sha256: &str, at: Instant) -> Stored<()> {
    storage.ask_scan(sha256, at).await?;
    wake.notify_one();
    Ok(())
}

/// Whether a content may be handed on, to people or to the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clearance {
    /// It may.
    Cleared,
    /// Not yet: it has not been looked at.
    Waiting,
    /// Never.
    Infected,
}

/// Whether this content may be handed on. `wake` is the scanner's; without one everything may. A content from before there was
/// a scanner is asked for now.
///
/// # Errors
/// When the store does not answer.
pub async fn clearance(storage: &dyn Storage, wake: Option<&Notify>, sha256: &str, now: Instant) -> Stored<Clearance> {
    let Some(wake) = wake else { return Ok(Clearance::Cleared) };
    let Some(scan) = storage.scan_of(sha256).await? else {
        ask_for(storage, wake, sha256, now).await?;
        return Ok(Clearance::Waiting);
    };
    Ok(match scan.verdict {
        None => Clearance::Waiting,
        Some(Verdict::Clean) => Clearance::Cleared,
        Some(Verdict::Infected(_)) => Clearance::Infected,
    })
}

/// What stands against sending a filing with these files: those that are infected. None: not known yet, as something has to be
/// waited for.
///
/// # Errors
/// When the store does not answer.
pub async fn infected_among<'a>(
    storage: &dyn Storage,
    wake: Option<&Notify>,
    files: &'a [Attachment],
    now: Instant,
) -> Stored<Option<Vec<&'a Attachment>>> {
    let (mut infected, mut waiting) = (Vec::new(), false);
    for file in files {
        let FileState::Kept { sha256, .. } = &file.state else { continue };
        match clearance(storage, wake, sha256, now).await? {
            Clearance::Cleared => {}
            Clearance::Waiting => waiting = true,
            Clearance::Infected => infected.push(file),
        }
    }
    Ok((!waiting || !infected.is_empty()).then_some(infected))
}

/// What happens to a filing with infected files: it comes back, with what is to be mended at the field of the files. In Chinese,
/// as the platform's own remarks are: it is kept, whoever reads it.
pub fn sent_back(infected: &[&Attachment]) -> Happening {
    let comments = file_field().map(|field| {
        let fault = |file: &&Attachment| Fault::FileRefused { name: file.name.clone(), why: FileRefusal::Infected };
        let problems: Vec<Problem> = infected.iter().map(|file| Problem { field, fault: fault(file) }).collect();
        Comment { field: field.name.to_owned(), comment: faults::say_all(&problems, field.name, Lang::Zh) }
    });
    Happening::Returned { comments: comments.into_iter().collect(), note: life::INFECTED.to_owned() }
}

/// The field of the files: it has the same name in every form.
fn file_field() -> Option<&'static Field> {
    FormKind::ALL.iter().flat_map(|kind| kind.form().fields).find(|field| field.kind == Kind::Files)
}

#[cfg(test)]
mod tests {
    use credit::attachment::MediaType;

    use super::*;

    #[test]
    fn every_form_has_its_files_at_the_field_that_is_commented_on() {
        let name = file_field().expect("there is one").name;
        for kind in FormKind::ALL {
            let fields: Vec<_> = kind.form().fields.iter().filter(|field| field.kind == Kind::Files).collect();
            assert!(fields.iter().all(|field| field.name == name) && fields.len() == 1, "{kind:?}");
        }
    }

    #[test]
    fn every_infected_file_is_named_in_the_comment() {
        let file = |name: &str| Attachment {
            id: name.into(),
            name: name.into(),
            state: FileState::Kept { sha256: "ab".repeat(32), media_type: MediaType::Pdf, bytes: 1 },
        };
        let (one, two) = (file("一.pdf"), file("二.pdf"));
        let Happening::Returned { comments, note } = sent_back(&[&one, &two]) else { panic!("it comes back") };
        assert_eq!(comments.len(), 1);
        assert!(comments[0].comment.contains("“一.pdf”") && comments[0].comment.contains("“二.pdf”"), "{comments:?}");
        assert!(comments[0].comment.contains("病毒") && note.contains("没有送交平台"), "{note}");
    }
}
