//! Every version of a template that was ever offered.

use async_trait::async_trait;
use credit::filing::Instant;

use super::Stored;

/// One version of a template, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTemplate {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: i64,
    /// SHA-256 of its canonical form, lower-case hexadecimal.
    pub digest: String,
    /// The canonical form (JSON).
    pub canonical: String,
}

/// Its columns.
pub(super) type TemplateRow = (String, i64, String, String);

impl From<TemplateRow> for StoredTemplate {
    fn from((id, version, digest, canonical): TemplateRow) -> Self {
        Self { id, version, digest, canonical }
    }
}

/// A version that says something else than what is remembered under its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The template's id.
    pub id: String,
    /// Its version.
    pub version: i64,
}

/// Templates of commitments.
#[async_trait]
pub trait Templates: Send + Sync {
    /// Remembers these. Those that are remembered already stay as they are; if one of them differs, nothing is remembered.
    async fn remember_templates(&self, templates: &[StoredTemplate], at: Instant) -> Stored<Result<(), Changed>>;
    /// All that are remembered, by id and version.
    async fn templates(&self) -> Stored<Vec<StoredTemplate>>;
}
