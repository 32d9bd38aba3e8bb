//! Every version of a template that was ever offered.

use async_trait::async_trait;
use credit::filing::Instant;

use super::PostgresStorage;
use crate::storage::Stored;
use crate::storage::templates::{Changed, StoredTemplate, TemplateRow, Templates};

#[async_trait]
impl Templates for PostgresStorage {
    async fn remember_templates(&self, templates: &[StoredTemplate], at: Instant) -> Stored<Result<(), Changed>> {
        let mut transaction = self.pool.begin().await?;
        // In one order, so that two programs that start at once do not wait for each other.
        let mut templates: Vec<&StoredTemplate> = templates.iter().collect();
        templates.sort_by_key(|template| (&template.id, template.version));
        for template in templates {
            // The row is there afterwards, whoever wrote it: then it is compared.
            sqlx::query(
                "INSERT INTO templates (id, version, digest, canonical, remembered_at) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (id, version) DO NOTHING",
            )
            .bind(&template.id)
            .bind(template.version)
            .bind(&template.digest)
            .bind(&template.canonical)
            .bind(at)
            .execute(&mut *transaction)
            .await?;
            let (digest,): (String,) = sqlx::query_as("SELECT digest FROM templates WHERE id = $1 AND version = $2")
                .bind(&template.id)
                .bind(template.version)
                .fetch_one(&mut *transaction)
                .await?;
            if digest != template.digest {
                transaction.rollback().await?;
                return Ok(Err(Changed { id: template.id.clone(), version: template.version }));
            }
        }
        transaction.commit().await?;
        Ok(Ok(()))
    }

    async fn templates(&self) -> Stored<Vec<StoredTemplate>> {
        let found: Vec<TemplateRow> = sqlx::query_as("SELECT id, version, digest, canonical FROM templates ORDER BY id, version")
            .fetch_all(&self.pool)
            .await?;
        Ok(found.into_iter().map(StoredTemplate::from).collect())
    }
}
