//! Between the rows of imports and the model; both stores name their columns in this order.

use credit::credit_code::CreditCode;
use credit::enterprise::Enterprise;
use credit::form::FormKind;

use super::imports::{FilingOrders, ImportRow, ImportState, NewImport, RowCounts, RowState, StoredImport};
use super::rows::read;
use super::{StorageError, Stored};

/// The columns of an import, as both stores select them; how many rows stand where follows as five columns.
pub(super) type ImportColumns =
    (String, String, String, String, String, String, i64, String, Option<String>, String, Option<String>, i64, String, i64);

/// An import from its row.
pub(super) fn import(row: ImportColumns, counts: RowCounts) -> Stored<StoredImport> {
    let (id, code, name, kind, file_name, sha256, bytes, state, refusal, notes, orders, made_at, made_by, readings) = row;
    let missing = |what: &str| StorageError::Inconsistent(format!("an import is {state} without {what}"));
    let state = match state.as_str() {
        "reading" => ImportState::Reading,
        "open" => ImportState::Open,
        "closed" => ImportState::Closed,
        "refused" => ImportState::Refused(read("refusal", refusal.as_deref().ok_or_else(|| missing("a reason"))?)?),
        "filing" => {
            let orders: FilingOrders = read("orders", orders.as_deref().ok_or_else(|| missing("orders"))?)?;
            ImportState::Filing(orders)
        }
        other => return Err(StorageError::Inconsistent(format!("state: no import is {other:?}"))),
    };
    let code = CreditCode::try_from(code).map_err(|error| StorageError::Inconsistent(format!("enterprise_code: {error}")))?;
    let kind = FormKind::named(&kind).ok_or_else(|| StorageError::Inconsistent(format!("kind: no form is named {kind:?}")))?;
    Ok(StoredImport {
        begun: NewImport {
            id,
            enterprise: Enterprise { code, name },
            kind,
            // As the stores keep what has no name.
            file_name: (!file_name.is_empty()).then_some(file_name),
            sha256,
            bytes: u64::try_from(bytes).unwrap_or_default(),
            made_at,
            made_by,
        },
        state,
        notes: read("notes", &notes)?,
        counts,
        readings,
    })
}

/// line, id, answers, version, state, faults
pub(super) type RowColumns = (i64, String, String, i64, String, i64);

/// A row from its columns.
pub(super) fn row((line, id, answers, version, state, faults): RowColumns) -> Stored<ImportRow> {
    let state = RowState::named(&state).ok_or_else(|| StorageError::Inconsistent(format!("state: no row is {state:?}")))?;
    Ok(ImportRow { line, id, draft: read("answers", &answers)?, version, state, faults })
}

/// state, whether it has faults, how many, their mark
pub(super) type CountColumns = (String, bool, i64, i64);

/// How many rows stand where.
pub(super) fn counts(rows: Vec<CountColumns>) -> RowCounts {
    let mut counts = RowCounts::default();
    for (state, faulty, count, mark) in rows {
        match RowState::named(&state) {
            Some(RowState::Open) if faulty => counts.faulty += count,
            Some(RowState::Open) => (counts.sound, counts.sound_mark) = (count, mark),
            Some(RowState::Drafted) => counts.drafted += count,
            Some(RowState::Filed) => counts.filed += count,
            Some(RowState::Dropped) => counts.dropped += count,
            None => {}
        }
    }
    counts
}
