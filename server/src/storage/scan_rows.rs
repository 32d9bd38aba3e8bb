//! Between rows and the model of scans, for both stores.

use credit::attachment::{Attachment, FileRefusal, FileState};
use credit::filing::Instant;

use super::scans::{DueScan, ScanSettlement, ScanState, Verdict};
use super::{StorageError, Stored};

/// asked_at, verdict, signature, attempts
pub(super) type ScanRow = (Instant, Option<String>, Option<String>, i64);

/// A scan from its row.
pub(super) fn scan((asked_at, verdict, signature, attempts): ScanRow) -> Stored<ScanState> {
    let verdict = match (verdict.as_deref(), signature) {
        (None, _) => None,
        (Some("clean"), _) => Some(Verdict::Clean),
        (Some("infected"), signature) => Some(Verdict::Infected(signature.unwrap_or_default())),
        (Some(other), _) => return Err(StorageError::Inconsistent(format!("verdict: {other:?} is none"))),
    };
    Ok(ScanState { asked_at, verdict, attempts })
}

/// sha256, attempts
pub(super) type DueScanRow = (String, i64);

/// A scan that is due from its row.
pub(super) fn due_scan((sha256, attempts): DueScanRow) -> DueScan {
    DueScan { sha256, attempts }
}

/// verdict and signature in the stores
pub(super) fn verdict_columns(verdict: &Verdict) -> (&'static str, Option<&str>) {
    match verdict {
        Verdict::Clean => ("clean", None),
        Verdict::Infected(signature) => ("infected", Some(signature)),
    }
}

/// Whether what was settled takes files out of drafts.
pub(super) fn is_infected(settlement: &ScanSettlement) -> bool {
    matches!(settlement, ScanSettlement::Found(Verdict::Infected(_)))
}

/// The hash of a file that is kept.
pub(super) fn kept_hash(file: &Attachment) -> Option<&str> {
    match &file.state {
        FileState::Kept { sha256, .. } => Some(sha256),
        FileState::Refused(_) => None,
    }
}

/// The same file, refused.
pub(super) fn refused(file: &Attachment) -> Attachment {
    Attachment { state: FileState::Refused(FileRefusal::Infected), ..file.clone() }
}
