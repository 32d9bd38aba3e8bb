//! All public commitments at once, written piece by piece, and a feed of the newest.
//!
//! The files begin and end with a checkpoint of the public log. Of what is on the list the log has an entry, and of what left it
//! (`credit::log::listing`); each line names its own. Whatever was listed below the first checkpoint and did not leave the list
//! below the last one is in the file: `public_log::completeness` counts. A last line shows that it was not cut short.

use std::sync::Arc;

use app::pages::public_commitment::CommitmentEntry;
use app::time_text;
use app::wording::public_commitments::{WORDS, state};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse;
use chrono::NaiveDate;
use credit::date::parse_date;
use credit::filing::Instant;
use futures_util::stream::{self, StreamExt};
use serde_json::json;

use super::answer::{Answer, Refusal};
use super::commitment_json::{COLUMNS, commitment, row, whole};
use super::commitments::entry;
use super::enterprises::to_be_asked_again;
use crate::expiry::keep_listed;
use crate::portal::Portal;
use crate::public_log::Unsigned;
use crate::public_log::commitment_file::{FIRST_CHECKPOINT, LAST_CHECKPOINT};
use crate::spreadsheets::csv_line;
use crate::storage::commitments::CommitmentSearch;
use crate::storage::patience::{PATIENCE, within};
use crate::storage::{StorageError, Stored};

/// How many are read at once.
const AT_ONCE: i64 = 500;
/// How many are in the feed.
const IN_FEED: i64 = 50;

/// The two forms of the file.
#[derive(Clone, Copy)]
enum Form {
    /// One JSON object a line.
    Lines,
    /// A table.
    Table,
}

impl Form {
    fn first(self, checkpoint: &str, at: Instant) -> String {
        match self {
            Self::Lines => {
                let line = json!({
                    "format": "chengxin-commitments/1",
                    "made_at": time_text::machine(at),
                    "notice": { "zh": WORDS.not_a_finding.zh, "en": WORDS.not_a_finding.en },
                    "checkpoint": checkpoint,
                });
                format!("{line}\n")
            }
            // With its mark, so that spreadsheets know the encoding.
            Self::Table => format!("\u{FEFF}{}", csv_line(&COLUMNS.map(str::to_owned))),
        }
    }

    fn one(self, portal: &Portal, one: &CommitmentEntry) -> Stored<String> {
        match self {
            Self::Lines => {
                let json = commitment(one, portal.clock.today(), &portal.config.public_url);
                let line = serde_json::to_string(&json);
                line.map(|line| line + "\n").map_err(|why| StorageError::Inconsistent(format!("cannot be written as JSON: {why}")))
            }
            Self::Table => Ok(csv_line(&row(one))),
        }
    }

    fn last(self, first: &str, checkpoint: &str, count: u64) -> String {
        match self {
            Self::Lines => format!("{}\n", json!({ "end": true, "count": count, "checkpoint": checkpoint })),
            Self::Table => {
                let mut cells = vec![
                    "#end".to_owned(),
                    count.to_string(),
                    format!("{FIRST_CHECKPOINT}{first}"),
                    format!("{LAST_CHECKPOINT}{checkpoint}"),
                ];
                cells.resize(COLUMNS.len(), String::new());
                csv_line(&cells)
            }
        }
    }
}

/// `GET /commitments/all.ndjson`
pub async fn lines(State(portal): State<Arc<Portal>>) -> Answer {
    all(portal, Form::Lines, "application/x-ndjson; charset=utf-8", "attachment; filename=\"commitments.ndjson\"").await
}

/// `GET /commitments/all.csv`
pub async fn table(State(portal): State<Arc<Portal>>) -> Answer {
    all(portal, Form::Table, "text/csv; charset=utf-8", "attachment; filename=\"commitments.csv\"").await
}

/// Where in the file.
enum Place {
    First,
    /// The code before which the rest stands.
    Before(Option<String>),
    Last,
    Done,
}

async fn all(portal: Arc<Portal>, form: Form, kind: &'static str, disposition: &'static str) -> Answer {
    // So that the log says of everything on the list that it is there, and of nothing else.
    keep_listed(&*portal.storage, portal.clock.today(), portal.clock.now()).await?;
    let first = checkpoint(&portal).await?;
    let pieces = stream::try_unfold((Place::First, 0_u64), move |(place, count)| {
        let (portal, first) = (portal.clone(), first.clone());
        within(PATIENCE, async move {
            Ok::<_, StorageError>(match place {
                Place::First => Some((form.first(&first, portal.clock.now()), (Place::Before(None), 0))),
                Place::Before(before) => Some(piece(&portal, form, before, count).await?),
                Place::Last => {
                    // What left the list meanwhile is missing in the file: the log has to say so before its last checkpoint.
                    keep_listed(&*portal.storage, portal.clock.today(), portal.clock.now()).await?;
                    let note = match portal.log.checkpoint().await {
                        Ok(note) => note,
                        Err(Unsigned::Storage(error)) => return Err(error),
                        Err(changed) => return Err(StorageError::Inconsistent(changed.to_string())),
                    };
                    Some((form.last(&first, &note, count), (Place::Done, count)))
                }
                Place::Done => None,
            })
        })
    });
    // A file that breaks off has no last line, and the connection is cut: nobody takes it for whole.
    let pieces =
        pieces.map(|piece| piece.inspect_err(|error| tracing::error!(error.message = %error, "commitments.bulk_broke_off")));
    let mut response = Body::from_stream(pieces).into_response();
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    set.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    Ok(response)
}

/// The next commitments as text, and where the file goes on.
async fn piece(portal: &Portal, form: Form, before: Option<String>, count: u64) -> Stored<(String, (Place, u64))> {
    let today = portal.clock.today();
    let found = portal.storage.find_commitments(&CommitmentSearch::default(), before.as_deref(), today, AT_ONCE).await?;
    let place = match found.last() {
        Some(last) if found.len() as i64 == AT_ONCE => Place::Before(Some(last.code.clone())),
        _ => Place::Last,
    };
    let (mut text, mut count) = (String::new(), count);
    for one in found {
        text.push_str(&form.one(portal, &entry(one, today))?);
        count += 1;
    }
    Ok((text, (place, count)))
}

async fn checkpoint(portal: &Portal) -> Result<String, Refusal> {
    portal.log.checkpoint().await.map_err(|why| match why {
        Unsigned::Storage(error) => error.into(),
        changed @ Unsigned::Changed(_) => StorageError::Inconsistent(changed.to_string()).into(),
    })
}

/// `GET /commitments/feed.atom`: the newest (RFC 4287).
pub async fn feed(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Answer {
    let today = portal.clock.today();
    let found = portal.storage.newest_commitments(today, IN_FEED).await?;
    let entries: Vec<CommitmentEntry> = found.into_iter().map(|one| entry(one, today)).collect();
    let updated = entries.iter().map(changed).max().unwrap_or_default();
    let (own, page) =
        (whole(&portal.config.public_url, "/commitments/feed.atom"), whole(&portal.config.public_url, "/commitments"));
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n\
         <id>{own}</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>\n",
        own = escaped(&own),
        page = escaped(&page),
        title = escaped(WORDS.feed_title.zh),
        updated = time_text::machine(updated),
    );
    for one in &entries {
        let address = escaped(&format!("{page}/{}", one.code));
        let summary = [state(one.state).zh, one.content.kind.label().zh, &one.content.authority, &one.content.matter].join(" · ");
        text.push_str(&format!(
            "<entry>\n<id>{address}</id>\n<title>{title}</title>\n<author><name>{name}</name></author>\n\
             <published>{published}</published>\n<updated>{updated}</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n<summary>{summary}</summary>\n</entry>\n",
            title = escaped(&one.content.title),
            name = escaped(&one.enterprise.name),
            published = time_text::machine(one.published_at),
            updated = time_text::machine(changed(one)),
            summary = escaped(&summary),
        ));
    }
    text.push_str("</feed>\n");
    Ok(to_be_asked_again(&headers, "application/atom+xml; charset=utf-8", text.into_bytes()))
}

/// When something last changed of it: its publication, its withdrawal, or the day of a finding.
fn changed(one: &CommitmentEntry) -> Instant {
    let found_on = one.performance.as_ref().and_then(|found| parse_date(&found.found_on).ok()).map(start_of_day);
    [Some(one.published_at), one.revoked_at, found_on].into_iter().flatten().max().unwrap_or(one.published_at)
}

/// When a day begins in Shanghai.
fn start_of_day(day: NaiveDate) -> Instant {
    day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis() - 8 * 60 * 60 * 1000
}

/// A text in XML; what cannot stand in one at all (XML 1.0, 2.2) is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_an_element() {
        assert_eq!(escaped("<b>\"A\" & B\u{0}\u{B}</b>"), "&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;");
    }

    #[test]
    fn the_last_line_of_a_table_names_both_checkpoints_and_has_every_column() {
        let note = "log.example/x\n7\nAAAA=\n\n— log.example/x sig\n";
        let line = Form::Table.last(note, note, 3);
        assert_eq!(line.matches(',').count(), COLUMNS.len() - 1);
        assert!(line.starts_with("#end,3,\"first checkpoint:\nlog.example/x\n7\nAAAA=\n"), "{line}");
    }
}
