//! Works on imports in the background: reads files into rows, and files rows when somebody has ordered it. Where it stands is
//! in the store at every moment, so whoever starts after a crash goes on; nothing is read or filed twice.

use std::sync::Arc;
use std::time::Duration;

use credit::draft::Draft;
use credit::import::{Refusal, judge};
use credit::table::ReadTable;
use futures_util::{StreamExt, TryStreamExt, stream};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::platform::wire_v1;
use crate::portal::Portal;
use crate::spreadsheets::reading::{read, read_pasted};
use crate::storage::imports::{FilingOrders, ImportRow, ImportState, RowState, StoredImport, Which};
use crate::storage::patience::{PATIENCE, within};
use crate::storage::{Stored, StoredDraft};
use crate::submitting::filing_of;

/// An import is held for so long; it is held on with every batch.
const LEASE_MS: i64 = 30 * 1000;
/// Without any sign, look this often: correctness never hangs on being woken.
const LOOK: Duration = Duration::from_secs(5);
/// A file whose reading was begun more often, and never ended, ends whoever reads it.
const MOST_READINGS: i64 = 5;
/// Rows that are written together.
const BATCH: usize = 250;
/// Rows that are filed at once, so that they share commits.
const AT_ONCE: usize = 32;
/// Open pages are told after so many filed rows.
const TOLD: usize = 50;

/// Works until stopped; the batch under way is finished.
pub async fn run(portal: Arc<Portal>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let worked = match round(&portal, &stop).await {
            Ok(worked) => worked,
            Err(error) => {
                tracing::warn!(error.message = %error, "importer.store_trouble");
                false
            }
        };
        if !worked {
            tokio::select! {
                () = stop.cancelled() => return,
                () = portal.importer.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}

/// Works on one import; false if there was none.
async fn round(portal: &Portal, stop: &CancellationToken) -> Stored<bool> {
    let now = portal.clock.now();
    let Some(import) = within(PATIENCE, portal.storage.claim_import(now, now + LEASE_MS)).await? else { return Ok(false) };
    match &import.state {
        ImportState::Reading => {
            if let Err(error) = read_file(portal, &import).await {
                within(PATIENCE, portal.storage.reading_was_none(&import.begun.id)).await?;
                return Err(error);
            }
        }
        ImportState::Filing(orders) => file_rows(portal, &import, orders, stop).await?,
        _ => {}
    }
    Ok(true)
}

async fn read_file(portal: &Portal, import: &StoredImport) -> Stored<()> {
    let id = &import.begun.id;
    if import.readings > MOST_READINGS {
        tracing::error!(import.id = %id, import.readings = import.readings, "import.never_read_to_its_end");
        within(PATIENCE, portal.storage.end_reading(id, &Err(Refusal::Broken))).await?;
        portal.live.tell(id);
        return Ok(());
    }
    let content = portal.attachments.whole(&import.begun.sha256).await?;
    let (kind, pasted) = (import.begun.kind, import.begun.file_name.is_none());
    // A panic in a reader of foreign formats must end one file, not the importer.
    let table = tokio::task::spawn_blocking(move || if pasted { read_pasted(&content, kind) } else { read(&content, kind) });
    let table = table.await.unwrap_or(Err(Refusal::Broken));
    let outcome = match table {
        Ok(ReadTable { rows, notes }) => {
            for batch in rows.chunks(BATCH) {
                let rows: Vec<ImportRow> = batch.iter().map(|row| new_row(portal, import, row.line, &row.draft)).collect();
                within(PATIENCE, portal.storage.add_import_rows(id, &rows, portal.clock.now() + LEASE_MS)).await?;
                portal.live.tell(id);
            }
            Ok(notes)
        }
        Err(refusal) => Err(refusal),
    };
    within(PATIENCE, portal.storage.end_reading(id, &outcome)).await?;
    portal.live.tell(id);
    tracing::info!(import.id = %id, import.read = outcome.is_ok(), "import.read");
    Ok(())
}

fn new_row(portal: &Portal, import: &StoredImport, line: u32, draft: &Draft) -> ImportRow {
    ImportRow {
        line: i64::from(line),
        id: Uuid::now_v7().to_string(),
        faults: faults(portal, import, draft),
        draft: draft.clone(),
        version: 1,
        state: RowState::Open,
    }
}

/// How many faults a row has today.
fn faults(portal: &Portal, import: &StoredImport, draft: &Draft) -> i64 {
    let (_, problems) = judge(import.begun.kind, draft, &import.begun.enterprise.code, portal.clock.today());
    i64::try_from(problems.len()).unwrap_or(i64::MAX)
}

async fn file_rows(portal: &Portal, import: &StoredImport, orders: &FilingOrders, stop: &CancellationToken) -> Stored<()> {
    let begun = &import.begun;
    loop {
        if stop.is_cancelled() {
            // Whoever starts next goes on; the lease is given back at once.
            return within(PATIENCE, portal.storage.hold_import(&begun.id, 0)).await;
        }
        // Another process may have gone on where this one was held up, and people with the rest: these orders are over then.
        let now = within(PATIENCE, portal.storage.import(&begun.id, &begun.enterprise.code)).await?;
        if !now.is_some_and(|now| now.state == import.state) {
            return Ok(());
        }
        let rows =
            within(PATIENCE, portal.storage.import_rows(&begun.id, &begun.enterprise.code, Which::Sound, 0, BATCH as i64)).await?;
        if rows.is_empty() {
            within(PATIENCE, portal.storage.end_filing(&begun.id)).await?;
            portal.live.tell(&begun.id);
            tracing::info!(import.id = %begun.id, "import.filed");
            return Ok(());
        }
        within(PATIENCE, portal.storage.hold_import(&begun.id, portal.clock.now() + LEASE_MS)).await?;
        stream::iter(rows)
            .map(|row| file_row(portal, import, orders, row))
            .buffer_unordered(AT_ONCE)
            .try_chunks(TOLD)
            .map_err(|broken| broken.1)
            .try_for_each(async |_| {
                portal.live.tell(&begun.id);
                Ok(())
            })
            .await?;
        portal.courier.notify_one();
    }
}

async fn file_row(portal: &Portal, import: &StoredImport, orders: &FilingOrders, row: ImportRow) -> Stored<()> {
    let begun = &import.begun;
    let now = portal.clock.now();
    let (content, problems) = judge(begun.kind, &row.draft, &begun.enterprise.code, portal.clock.today());
    if !problems.is_empty() {
        // It held when it was judged last; it does not any more.
        let judged = ImportRow { faults: i64::try_from(problems.len()).unwrap_or(i64::MAX), ..row };
        return within(PATIENCE, portal.storage.judge_row(&begun.id, &judged, now + LEASE_MS)).await;
    }
    let draft = StoredDraft {
        id: row.id.clone(),
        enterprise: begun.enterprise.clone(),
        kind: begun.kind,
        version: 1,
        draft: row.draft.clone(),
        attachments: Vec::new(),
        corrects: None,
        begun_at: begun.made_at,
        changed_at: now,
        changed_by: orders.filed_by.name.clone(),
    };
    let mut filing = filing_of(&draft, content, orders.pledge.clone(), orders.filed_by.clone(), now);
    filing.envelope = wire_v1::submission(&filing, &draft, None);
    within(PATIENCE, portal.storage.file_row(&begun.id, &row, &draft, &filing)).await?;
    Ok(())
}
