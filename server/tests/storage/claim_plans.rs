//! How the stores find what is to be delivered: along the indexes of the lanes, however much waits.

use server::storage::postgres::{PostgresStorage, outbox as postgres};
use server::storage::sqlite::{SqliteStorage, outbox as sqlite};
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row};

use crate::places::{Database, Folder};

fn explained(words: &str, claim: &str) -> AssertSqlSafe<String> {
    let values = ["'lease'", "9000000", "500000", "16"];
    let filled = (1..).zip(values).fold(claim.to_owned(), |sql, (number, value)| sql.replace(&format!("${number}"), value));
    AssertSqlSafe(format!("{words} {filled}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_claims_along_the_lanes() {
    let folder = Folder::new();
    drop(SqliteStorage::open(&folder.file()).await.unwrap());
    let mut connection = SqliteConnectOptions::new().filename(folder.file()).connect().await.unwrap();
    let rows: Vec<SqliteRow> =
        sqlx::query(explained("EXPLAIN QUERY PLAN", sqlite::CLAIM)).fetch_all(&mut connection).await.unwrap();
    let steps: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
    for index in ["waiting USING INDEX outbox_due", "waiting USING INDEX outbox_lanes (lane=? AND due_at<?)"] {
        assert!(steps.iter().any(|step| step.contains(index)), "{index}: {steps:#?}");
    }
    assert!(!steps.iter().any(|step| step.starts_with("SCAN") && step.contains("outbox")), "{steps:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_claims_along_the_lanes() {
    let database = Database::new().await;
    drop(PostgresStorage::open(&database.url()).await.unwrap());
    let mut connection = database.connect().await;
    for statement in [
        "INSERT INTO filings (id, reference, enterprise_code, enterprise_name, kind, form_version, content, pledge, filed_by,
                              filed_at, state, standing, changes)
         SELECT 'filing-' || n, 'r' || n, '913101200000000001', '上海', 'licence', 1, '{}', '{}', '{}', n, 'accepted', '{}', 1
         FROM generate_series(1, 30000) AS n",
        "INSERT INTO outbox (id, filing_id, seq, cargo, body, due_at, born_at, enterprise_code, lane)
         SELECT id, id, 1, 'submission', '{}', filed_at, filed_at, enterprise_code, filed_at % 6 FROM filings",
    ] {
        sqlx::query(statement).execute(&mut connection).await.unwrap();
    }
    // Before anything is known of what waits, and after.
    for counted in [false, true] {
        if counted {
            sqlx::query("ANALYZE").execute(&mut connection).await.unwrap();
        }
        let mut transaction = connection.begin().await.unwrap();
        for setting in postgres::CLAIM_SETTINGS.split(';').map(str::trim).filter(|setting| !setting.is_empty()) {
            sqlx::query(setting).execute(&mut *transaction).await.unwrap();
        }
        let rows: Vec<(String,)> =
            sqlx::query_as(explained("EXPLAIN", postgres::CLAIM)).fetch_all(&mut *transaction).await.unwrap();
        let plan: Vec<String> = rows.into_iter().map(|(line,)| line).collect();
        let whole = plan.join("\n");
        for index in ["Index Scan using outbox_due on outbox waiting", "Index Scan using outbox_lanes on outbox waiting_1"] {
            assert!(whole.contains(index), "{whole}");
        }
        assert!(!whole.contains("Sort Key: waiting"), "all that waits is sorted: {whole}");
        assert!(!plan.iter().any(|line| line.contains("Seq Scan on outbox") || line.contains("Seq Scan on filings")), "{whole}");
        transaction.rollback().await.unwrap();
    }
    database.remove().await;
}
