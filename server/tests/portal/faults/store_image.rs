//! What a SQLite store holds that a power cut left.

use std::collections::BTreeMap;
use std::path::Path;

use credit::attachment::{Attachment, FileState};
use credit::log::tree::{Frontier, leaf_hash};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

/// What it holds.
#[derive(Default)]
pub struct Held {
    /// The content of each filing, by its id.
    pub filings: BTreeMap<String, String>,
    /// The answers of each draft, by its id.
    drafts: BTreeMap<String, String>,
    /// The hashes of the files that it speaks of.
    pub files: Vec<String>,
}

impl Held {
    /// Whether this was typed into the draft of this id, which may have been filed since.
    pub fn has_typed(&self, id: &str, number: &str) -> bool {
        self.drafts.get(id).or_else(|| self.filings.get(id)).is_some_and(|typed| typed.contains(&format!("\"{number}\"")))
    }
}

/// What a store holds, which must open, be sound, hold no half of anything, and a log whose tree is that of its entries.
pub async fn held_in(store: &Path) -> Held {
    let mut connection = SqliteConnectOptions::new().filename(store).create_if_missing(false).connect().await.unwrap();
    let sound: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut connection).await.unwrap();
    assert_eq!(sound, ["ok"]);
    let made = "SELECT count(*) FROM sqlite_master WHERE name = 'commitments'";
    if sqlx::query_scalar::<_, i64>(made).fetch_one(&mut connection).await.unwrap() == 0 {
        return Held::default();
    }
    let halves = "SELECT count(*) FROM filings
                  WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.filing_id = filings.id)
                     OR NOT EXISTS (SELECT 1 FROM history WHERE history.filing_id = filings.id)
                     OR NOT EXISTS (SELECT 1 FROM receipts JOIN log_entries ON number = log_number
                                    WHERE receipts.filing_id = filings.id)
                     OR EXISTS (SELECT 1 FROM drafts WHERE drafts.id = filings.id)";
    let halves: i64 = sqlx::query_scalar(halves).fetch_one(&mut connection).await.unwrap();
    assert_eq!(halves, 0, "a filing without its history, delivery, receipt or place in the log, or beside its draft");
    the_log_is_whole(&mut connection).await;
    let texts = async |connection: &mut SqliteConnection, question: &'static str| -> BTreeMap<String, String> {
        let rows: Vec<(String, String)> = sqlx::query_as(question).fetch_all(connection).await.unwrap();
        rows.into_iter().collect()
    };
    let filings = texts(&mut connection, "SELECT id, content FROM filings").await;
    let drafts = texts(&mut connection, "SELECT id, answers FROM drafts").await;
    let files: Vec<String> = sqlx::query_scalar("SELECT file FROM attachments").fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let hash = |file: &String| match serde_json::from_str::<Attachment>(file).unwrap().state {
        FileState::Kept { sha256, .. } => Some(sha256),
        _ => None,
    };
    Held { filings, drafts, files: files.iter().filter_map(hash).collect() }
}

async fn the_log_is_whole(connection: &mut SqliteConnection) {
    let entries: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT number, entry FROM log_entries ORDER BY number").fetch_all(&mut *connection).await.unwrap();
    let (size, frontier): (i64, Vec<u8>) =
        sqlx::query_as("SELECT size, frontier FROM log_head").fetch_one(&mut *connection).await.unwrap();
    let mut grown = Frontier::default();
    for (place, (number, entry)) in (0..).zip(&entries) {
        assert_eq!(place, *number, "the log has a gap");
        grown.append(leaf_hash(entry));
    }
    assert_eq!(
        (grown.size(), grown.to_bytes()),
        (u64::try_from(size).unwrap(), frontier),
        "the log's head is not that of its entries"
    );
}
