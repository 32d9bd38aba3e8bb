//! All filings of an enterprise as one JSON document, written piece by piece so that a long one needs no memory.

use std::sync::Arc;

use credit::attachment::{Attachment, FileState};
use credit::credit_code::CreditCode;
use credit::enterprise::Enterprise;
use credit::filing::{Happening, Instant, Standing};
use credit::form::FormKind;
use credit::person::Role;
use credit::pledge::Pledge;
use credit::registration::Content;
use futures_util::stream::{self, Stream, StreamExt};
use serde::Serialize;

use crate::storage::patience::{PATIENCE, within};
use crate::storage::{HistoryEntry, Source, Storage, StorageError, Stored, StoredFiling};

/// How many ids are read at once.
const AT_ONCE: i64 = 100;

#[derive(Serialize)]
struct Beginning<'a> {
    format: &'static str,
    enterprise: &'a Enterprise,
    made_at: String,
    source: &'static str,
}

#[derive(Serialize)]
struct Filing {
    id: String,
    reference: String,
    kind: FormKind,
    form_version: u32,
    filed_at: String,
    filed_by: FiledBy,
    revises: Option<String>,
    standing: Standing,
    content: Content,
    attachments: Vec<File>,
    pledge: Pledge,
    history: Vec<Line>,
}

#[derive(Serialize)]
struct FiledBy {
    name: String,
    role: Role,
}

#[derive(Serialize)]
struct File {
    name: String,
    media_type: &'static str,
    bytes: u64,
    sha256: String,
}

#[derive(Serialize)]
struct Line {
    at: String,
    /// The day that was named for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    happening: Happening,
    source: Source,
    #[serde(skip_serializing_if = "Option::is_none")]
    taken_back: Option<LineTakenBack>,
}

#[derive(Serialize)]
struct LineTakenBack {
    at: String,
    by: String,
}

/// An instant as people and programs read it: `2026-11-23T09:15:07+08:00`.
fn time(at: Instant) -> String {
    app::time_text::machine(at)
}

impl From<StoredFiling> for Filing {
    fn from(filing: StoredFiling) -> Self {
        Self {
            id: filing.id,
            reference: filing.reference,
            kind: filing.kind,
            form_version: filing.form_version,
            filed_at: time(filing.filed_at),
            filed_by: FiledBy { name: filing.filed_by.name, role: filing.filed_by.role },
            revises: filing.revises,
            standing: filing.standing,
            content: filing.content,
            attachments: filing.attachments.into_iter().filter_map(file).collect(),
            pledge: filing.pledge,
            history: filing.history.into_iter().map(line).collect(),
        }
    }
}

fn line(HistoryEntry { at, on, happening, source, taken_back }: HistoryEntry) -> Line {
    let taken_back = taken_back.map(|taken| LineTakenBack { at: time(taken.at), by: taken.by });
    Line { at: time(at), on: on.map(|day| day.to_string()), happening, source, taken_back }
}

/// A file that was refused belongs to no filing.
fn file(attachment: Attachment) -> Option<File> {
    match attachment.state {
        FileState::Kept { sha256, media_type, bytes } => {
            Some(File { name: attachment.name, media_type: media_type.as_str(), bytes, sha256 })
        }
        FileState::Refused(_) => None,
    }
}

fn json<T: Serialize>(value: &T) -> Stored<String> {
    serde_json::to_string(value).map_err(|error| StorageError::Inconsistent(format!("cannot be written as JSON: {error}")))
}

/// The document: an object whose `filings` are all filings of the enterprise, oldest first.
///
/// # Errors
/// Its stream ends with the store's error if the store stops answering; then the document is not whole, and is no JSON.
pub fn everything(
    storage: Arc<dyn Storage>,
    enterprise: &Enterprise,
    made_at: Instant,
) -> Stored<impl Stream<Item = Stored<String>> + use<>> {
    let beginning = Beginning { format: "chengxin.everything.1", enterprise, made_at: time(made_at), source: "企业自主申报" };
    let mut head = json(&beginning)?;
    // The list goes on where the object would have ended.
    head.pop();
    head.push_str(",\"filings\":[");
    let code = enterprise.code.clone();
    let filings = stream::try_unfold((String::new(), true), move |(after, first)| {
        let (storage, code) = (storage.clone(), code.clone());
        async move { within(PATIENCE, page(&*storage, &code, after, first)).await }
    });
    Ok(stream::once(async { Ok(head) }).chain(filings).chain(stream::once(async { Ok("\n]}\n".to_owned()) })))
}

/// The next filings as text; none when there are no more.
async fn page(
    storage: &dyn Storage,
    enterprise: &CreditCode,
    after: String,
    first: bool,
) -> Stored<Option<(String, (String, bool))>> {
    let ids = storage.filing_ids(enterprise, &after, AT_ONCE).await?;
    let Some(last) = ids.last().cloned() else { return Ok(None) };
    let mut text = String::new();
    let mut first = first;
    for id in ids {
        let Some(filing) = storage.filing(&id, enterprise).await? else { continue };
        text.push_str(if first { "\n" } else { ",\n" });
        text.push_str(&json(&Filing::from(filing))?);
        first = false;
    }
    Ok(Some((text, (last, first))))
}
