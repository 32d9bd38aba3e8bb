//! Enters the made-up items into the tables, in bulk.

use std::path::Path;

use credit::lookup::{grams, name_key};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use crate::names::enterprise;

/// How many items each enterprise has.
pub const ITEMS_OF_EACH: usize = 4;

/// How many rows one statement enters.
const BATCH: usize = 5_000;

/// One item in four has been over for long.
const LAST_DAYS: [&str; ITEMS_OF_EACH] = ["9999-12-31", "2036-06-30", "2031-12-31", "2024-12-31"];

const CONTENT: &str = r#"{"category":"donation","project":"暑期助学捐款","done_on":"2026-03-05"}"#;
const PLEDGE: &str = r#"{"version":"1","text":"以上信息真实。","purposes":["publish"]}"#;
const STANDING: &str =
    r#"{"state":{"decided":{"granted":{"verification":"verified","note":null}}},"publication":{"published":{"until":null}}}"#;

/// The tables' rows as JSON arrays: enterprises (code, name, key), and the pieces of names in the index's own order.
struct Rows {
    enterprises: Vec<[String; 3]>,
    grams: Vec<[String; 2]>,
}

fn rows(items: usize) -> Rows {
    let count = items.div_ceil(ITEMS_OF_EACH);
    let mut rows = Rows { enterprises: Vec::with_capacity(count), grams: Vec::with_capacity(count * 24) };
    for number in 0..count {
        let (code, name) = enterprise(number);
        let key = name_key(&name);
        rows.grams.extend(grams(&key).into_iter().map(|gram| [gram, code.clone()]));
        rows.enterprises.push([code, name, key]);
    }
    rows.grams.sort_unstable();
    rows
}

/// Into SQLite.
pub async fn sqlite(path: &Path, items: usize) {
    let rows = rows(items);
    let options = SqliteConnectOptions::new().filename(path).pragma("cache_size", "-200000").pragma("synchronous", "OFF");
    let mut connection = options.connect().await.expect("the file opens");
    sqlite_statement(&mut connection, "BEGIN").await;
    for batch in rows.enterprises.chunks(BATCH) {
        let sql = "INSERT INTO public_enterprises (code, name, named_at, name_key, shown_until)
             SELECT value ->> 0, value ->> 1, 1, value ->> 2, '9999-12-31' FROM json_each($1)";
        sqlx::query(sql).bind(text(batch)).execute(&mut connection).await.expect("enterprises are entered");
    }
    for batch in rows.grams.chunks(BATCH) {
        let sql = "INSERT INTO public_name_grams (gram, enterprise_code) SELECT value ->> 0, value ->> 1 FROM json_each($1)";
        sqlx::query(sql).bind(text(batch)).execute(&mut connection).await.expect("names are entered");
    }
    for (nth, last_day) in LAST_DAYS.iter().enumerate() {
        sqlx::query(
            "INSERT INTO filings (id, reference, enterprise_code, enterprise_name, kind, form_version, content, pledge,
                                  filed_by, filed_at, state, standing, changes)
             SELECT code || $1, code || $1, code, name, 'public_good', 1, $2, $3, '{}', 1, 'decided', $4, 1
             FROM public_enterprises",
        )
        .bind(format!("-{nth}"))
        .bind(CONTENT)
        .bind(PLEDGE)
        .bind(STANDING)
        .execute(&mut connection)
        .await
        .expect("filings are entered");
        sqlx::query(
            "INSERT INTO public_items (filing_id, enterprise_code, kind, verification, verified_at, published_at, last_day)
             SELECT code || $1, code, 'public_good', 'verified', 1790000000000, 1790000000000, $2 FROM public_enterprises",
        )
        .bind(format!("-{nth}"))
        .bind(last_day)
        .execute(&mut connection)
        .await
        .expect("items are entered");
    }
    sqlite_statement(&mut connection, "COMMIT").await;
    sqlite_statement(&mut connection, "PRAGMA wal_checkpoint(TRUNCATE)").await;
    connection.close().await.expect("the file closes");
}

async fn sqlite_statement(connection: &mut SqliteConnection, sql: &'static str) {
    sqlx::query(sql).execute(connection).await.expect(sql);
}

/// Into PostgreSQL.
pub async fn postgres(url: &str, items: usize) {
    let rows = rows(items);
    let mut connection = PgConnection::connect(url).await.expect("the server answers");
    let mut transaction = connection.begin().await.expect("a transaction begins");
    for batch in rows.enterprises.chunks(BATCH) {
        let sql = "INSERT INTO public_enterprises (code, name, named_at, name_key, shown_until)
             SELECT value ->> 0, value ->> 1, 1, value ->> 2, '9999-12-31' FROM json_array_elements($1::json) AS value";
        sqlx::query(sql).bind(text(batch)).execute(&mut *transaction).await.expect("enterprises are entered");
    }
    let copy = "COPY public_name_grams (gram, enterprise_code) FROM STDIN";
    let mut into = transaction.copy_in_raw(copy).await.expect("copying begins");
    for batch in rows.grams.chunks(BATCH) {
        let lines: String = batch.iter().map(|[gram, code]| format!("{gram}\t{code}\n")).collect();
        into.send(lines.into_bytes()).await.expect("names are sent");
    }
    into.finish().await.expect("names are entered");
    for (nth, last_day) in LAST_DAYS.iter().enumerate() {
        sqlx::query(
            "INSERT INTO filings (id, reference, enterprise_code, enterprise_name, kind, form_version, content, pledge,
                                  filed_by, filed_at, state, standing, changes)
             SELECT code || $1, code || $1, code, name, 'public_good', 1, $2, $3, '{}', 1, 'decided', $4, 1
             FROM public_enterprises",
        )
        .bind(format!("-{nth}"))
        .bind(CONTENT)
        .bind(PLEDGE)
        .bind(STANDING)
        .execute(&mut *transaction)
        .await
        .expect("filings are entered");
        sqlx::query(
            "INSERT INTO public_items (filing_id, enterprise_code, kind, verification, verified_at, published_at, last_day)
             SELECT code || $1, code, 'public_good', 'verified', 1790000000000, 1790000000000, $2 FROM public_enterprises",
        )
        .bind(format!("-{nth}"))
        .bind(last_day)
        .execute(&mut *transaction)
        .await
        .expect("items are entered");
    }
    transaction.commit().await.expect("it commits");
    // As the server's own housekeeping does within minutes.
    sqlx::query("VACUUM ANALYZE").execute(&mut connection).await.expect("it is tidied up");
    connection.close().await.expect("the connection closes");
}

fn text<const N: usize>(batch: &[[String; N]]) -> String {
    let batch: Vec<&[String]> = batch.iter().map(|row| row.as_slice()).collect();
    serde_json::to_string(&batch).expect("texts are JSON")
}
