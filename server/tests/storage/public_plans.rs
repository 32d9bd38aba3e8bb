//! How the stores go about strangers' questions: by an index, never through a whole table.

use chrono::NaiveDate;
use credit::commitment::CommitmentKind;
use credit::commitment::state::CommitmentState;
use credit::credit_code::CreditCode;
use server::storage::commitments::CommitmentSearch;
use server::storage::postgres::{PostgresStorage, public_search as postgres};
use server::storage::sqlite::{SqliteStorage, commitment_search as sqlite_commitments, public_search as sqlite};
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Row};

use crate::places::{Database, Folder};

/// The values of a statement's parameters, as they stand in SQL.
fn values(statement: &str) -> &'static [&'static str] {
    match statement {
        "enterprise" => &["'913101200000001230'"],
        "items" => &["'913101200000001230'", "'licence'", "9000000", "'2026-11-24'", "20"],
        "is_public" => &["'filing-123'", "'2026-11-24'"],
        "by_code" => &["'91310120'", "'91310120Z'", "'913101200000001230'", "'2026-11-24'", "21"],
        "counts" => &["GRAMS", "64"],
        "in_window" => &["'上海'", "'913101200000001230'", "4096", "'2026-11-24'", "'海科技'"],
        "end_of" => &["'上海'", "'913101200000001230'", "4095"],
        other => panic!("no values for {other}"),
    }
}

fn explained(words: &str, name: &str, sql: &str) -> AssertSqlSafe<String> {
    // Each store takes a list in its own way.
    let grams = if words == "EXPLAIN" { "ARRAY['上海', '海1']" } else { "'[\"上海\",\"海1\"]'" };
    let filled = (1..)
        .zip(values(name).iter().map(|value| if *value == "GRAMS" { grams } else { value }))
        .fold(sql.to_owned(), |sql, (number, value)| sql.replace(&format!("${number}"), value));
    AssertSqlSafe(format!("{words} {filled}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_goes_through_no_table() {
    let folder = Folder::new();
    drop(SqliteStorage::open(&folder.file()).await.unwrap());
    let mut connection = SqliteConnectOptions::new().filename(folder.file()).connect().await.unwrap();
    for (name, sql) in sqlite::STATEMENTS {
        let rows: Vec<SqliteRow> =
            sqlx::query(explained("EXPLAIN QUERY PLAN", name, sql)).fetch_all(&mut connection).await.unwrap();
        let steps: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
        // What a window or a count has gathered is gone through; the tables are searched.
        let scanned = steps.iter().filter(|step| {
            step.starts_with("SCAN") && !step.ends_with("entry") && !step.contains("subquery") && !step.contains("VIRTUAL TABLE")
        });
        assert_eq!(scanned.count(), 0, "{name}: {steps:?}");
        assert!(steps.iter().any(|step| step.starts_with("SEARCH")), "{name}: {steps:?}");
        assert!(!steps.iter().any(|step| step.contains("TEMP B-TREE")), "{name} sorts: {steps:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_finds_commitments_along_an_index() {
    let folder = Folder::new();
    drop(SqliteStorage::open(&folder.file()).await.unwrap());
    let mut connection = SqliteConnectOptions::new().filename(folder.file()).connect().await.unwrap();
    let today: NaiveDate = "2026-11-24".parse().unwrap();
    let code = CreditCode::parse("11310120FXXY001583").unwrap();
    let all = CommitmentSearch::default;
    let mut searches = vec![
        all(),
        CommitmentSearch { enterprises: Some(vec![code.clone()]), ..all() },
        CommitmentSearch { code: Some("31012020261124000001".to_owned()), ..all() },
        CommitmentSearch { kind: Some(CommitmentKind::Repair), ..all() },
        CommitmentSearch { authority: Some(code), ..all() },
        CommitmentSearch { from: Some(today), to: Some(today), ..all() },
    ];
    searches.extend(CommitmentState::ALL.map(|state| CommitmentSearch { state: Some(state), ..all() }));
    for search in searches {
        let sql = sqlite_commitments::statement(&search, None, today, 21).sql().as_str().to_owned();
        let rows: Vec<SqliteRow> =
            sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).fetch_all(&mut connection).await.unwrap();
        let steps: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
        assert!(steps.iter().any(|step| step.starts_with("SEARCH commitments USING")), "{search:?}: {steps:?}");
        assert!(!steps.iter().any(|step| step.starts_with("SCAN") || step.contains("TEMP B-TREE")), "{search:?}: {steps:?}");
        let (by, index) = match (search.state, search.from) {
            (Some(CommitmentState::Expired), _) => ("state", "by_end"),
            (Some(CommitmentState::Withdrawn), _) => ("state", "by_revoked"),
            (Some(CommitmentState::Found(_)), _) => ("state", "by_performance"),
            (_, Some(_)) => ("day", "by_day"),
            _ => continue,
        };
        assert!(steps.iter().any(|step| step.contains(index)), "{by}: {search:?}: {steps:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_goes_through_no_table() {
    let database = Database::new().await;
    drop(PostgresStorage::open(&database.url()).await.unwrap());
    let mut connection = database.connect().await;
    // Enough of everything that going through a table is what must not be chosen; all names have the same common gram.
    for statement in [
        "INSERT INTO filings (id, reference, enterprise_code, enterprise_name, kind, form_version, content, pledge, filed_by,
                              filed_at, state, standing, changes)
         SELECT 'filing-' || n, 'r' || n, '9131012' || lpad((n / 2)::text, 11, '0'), '上海' || n, 'licence', 1, '{}', '{}', '{}',
                n, 'decided', '{}', 1
         FROM generate_series(1, 30000) AS n",
        "INSERT INTO public_items (filing_id, enterprise_code, kind, verification, verified_at, published_at, last_day)
         SELECT id, enterprise_code, kind, 'verified', 1, 1, '2027-01-01' FROM filings",
        "INSERT INTO public_enterprises (code, name, named_at, name_key, shown_until)
         SELECT DISTINCT ON (enterprise_code) enterprise_code, enterprise_name, 1, enterprise_name, '2027-01-01' FROM filings",
        "INSERT INTO public_name_grams (gram, enterprise_code)
         SELECT gram, code FROM public_enterprises, unnest(ARRAY['上', '海', '上海', '海' || right(name, 1)]) AS gram",
        "ANALYZE",
    ] {
        sqlx::query(statement).execute(&mut connection).await.unwrap();
    }
    for (name, sql) in postgres::STATEMENTS {
        let rows: Vec<(String,)> = sqlx::query_as(explained("EXPLAIN", name, sql)).fetch_all(&mut connection).await.unwrap();
        let plan: Vec<String> = rows.into_iter().map(|(line,)| line).collect();
        assert!(!plan.iter().any(|line| line.contains("Seq Scan")), "{name}:\n{}", plan.join("\n"));
        assert!(plan.iter().any(|line| line.contains("Index")), "{name}:\n{}", plan.join("\n"));
    }
    database.remove().await;
}
