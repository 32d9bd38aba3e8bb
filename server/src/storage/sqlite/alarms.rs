//! What staff were told of by mail.

use async_trait::async_trait;
use sqlx::sqlite::SqliteConnection;

use super::SqliteStorage;
use crate::storage::Stored;
use crate::storage::alarms::{AlarmRow, AlarmTold, Alarms};

async fn keep(connection: &mut SqliteConnection, told: &AlarmTold) -> Stored<()> {
    if told.count == 0 {
        sqlx::query("DELETE FROM alarms WHERE matter = $1").bind(&told.matter).execute(connection).await?;
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO alarms (matter, count, told_at) VALUES ($1, $2, $3)
         ON CONFLICT (matter) DO UPDATE SET count = excluded.count, told_at = excluded.told_at",
    )
    .bind(&told.matter)
    .bind(told.count)
    .bind(told.at)
    .execute(connection)
    .await?;
    Ok(())
}

#[async_trait]
impl Alarms for SqliteStorage {
    async fn alarms_told(&self) -> Stored<Vec<AlarmTold>> {
        let rows: Vec<AlarmRow> =
            sqlx::query_as("SELECT matter, count, told_at FROM alarms ORDER BY matter").fetch_all(&self.readers).await?;
        Ok(rows.into_iter().map(AlarmTold::from).collect())
    }

    async fn keep_alarm(&self, told: &AlarmTold) -> Stored<()> {
        let told = told.clone();
        self.writer.write(move |connection| Box::pin(async move { keep(connection, &told).await })).await
    }
}
