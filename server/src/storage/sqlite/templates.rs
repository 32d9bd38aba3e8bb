//! Every version of a template that was ever offered.

use async_trait::async_trait;
use credit::filing::Instant;
use sqlx::sqlite::SqliteConnection;

use super::SqliteStorage;
use crate::storage::Stored;
use crate::storage::templates::{Changed, StoredTemplate, TemplateRow, Templates};

async fn remember(connection: &mut SqliteConnection, templates: &[StoredTemplate], at: Instant) -> Stored<Result<(), Changed>> {
    for template in templates {
        let known: Option<(String,)> = sqlx::query_as("SELECT digest FROM templates WHERE id = $1 AND version = $2")
            .bind(&template.id)
            .bind(template.version)
            .fetch_optional(&mut *connection)
            .await?;
        if known.is_some_and(|(digest,)| digest != template.digest) {
            return Ok(Err(Changed { id: template.id.clone(), version: template.version }));
        }
    }
    for template in templates {
        sqlx::query(
            "INSERT INTO templates (id, version, digest, canonical, remembered_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (id, version) DO NOTHING",
        )
        .bind(&template.id)
        .bind(template.version)
        .bind(&template.digest)
        .bind(&template.canonical)
        .bind(at)
        .execute(&mut *connection)
        .await?;
    }
    Ok(Ok(()))
}

#[async_trait]
impl Templates for SqliteStorage {
    async fn remember_templates(&self, templates: &[StoredTemplate], at: Instant) -> Stored<Result<(), Changed>> {
        let templates = templates.to_vec();
        self.writer.write(move |connection| Box::pin(async move { remember(connection, &templates, at).await })).await
    }

    async fn templates(&self) -> Stored<Vec<StoredTemplate>> {
        let found: Vec<TemplateRow> = sqlx::query_as("SELECT id, version, digest, canonical FROM templates ORDER BY id, version")
            .fetch_all(&self.readers)
            .await?;
        Ok(found.into_iter().map(StoredTemplate::from).collect())
    }
}
