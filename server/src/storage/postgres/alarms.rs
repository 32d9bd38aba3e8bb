//! What staff were told of by mail.

use async_trait::async_trait;
use sqlx::postgres::PgPool;

use super::PostgresStorage;
use crate::storage::Stored;
use crate::storage::alarms::{AlarmRow, AlarmTold, Alarms};

async fn keep(pool: &PgPool, told: &AlarmTold) -> Stored<()> {
    if told.count == 0 {
        sqlx::query("DELETE FROM alarms WHERE matter = $1").bind(&told.matter).execute(pool).await?;
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO alarms (matter, count, told_at) VALUES ($1, $2, $3)
         ON CONFLICT (matter) DO UPDATE SET count = excluded.count, told_at = excluded.told_at",
    )
    .bind(&told.matter)
    .bind(told.count)
    .bind(told.at)
    .execute(pool)
    .await?;
    Ok(())
}

#[async_trait]
impl Alarms for PostgresStorage {
    async fn alarms_told(&self) -> Stored<Vec<AlarmTold>> {
        let rows: Vec<AlarmRow> =
            sqlx::query_as("SELECT matter, count, told_at FROM alarms ORDER BY matter").fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(AlarmTold::from).collect())
    }

    async fn keep_alarm(&self, told: &AlarmTold) -> Stored<()> {
        keep(&self.pool, told).await
    }
}
