//! A million public commitments, of the same enterprises: entered in bulk, then looked for by each filter.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use credit::commitment::CommitmentKind;
use credit::commitment::state::CommitmentState;
use credit::credit_code::CreditCode;
use credit::filing::Performance;
use server::storage::Storage;
use server::storage::commitments::CommitmentSearch;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::measure::{number, print_figures};
use crate::names::enterprise;
use crate::seed::ITEMS_OF_EACH;

/// Made on so many different days, from 2024-01-01 on.
const DAYS: usize = 1_000;
/// How often each kind of question is asked.
const TIMES: usize = 400;
/// As many as a page of results reads.
const ON_A_PAGE: i64 = 21;
/// The authorities' codes; a sixteenth is made to each.
const AUTHORITIES: &[&str] = &["11310120FXXY001583", "11310120FXXY0006XF"];

/// Numbers all of them; `n` is a commitment's number. One in 50 was taken back, one in 40 breached, half have ended.
const SQLITE: [&str; 3] = [
    "INSERT INTO filings (id, reference, enterprise_code, enterprise_name, kind, form_version, content, pledge, filed_by, filed_at,
                          state, standing, changes)
     SELECT code || '-c' || nth.value, code || '-c' || nth.value, code, name, 'commitment', 1,
            '{\"title\":\"诚信经营承诺书\",\"type\":\"voluntary\",\"public_text\":\"依法经营。\"}',
            '{\"version\":\"1\",\"text\":\"\",\"purposes\":[\"publish\"]}', '{}', 1, 'decided',
            '{\"state\":{\"decided\":{\"granted\":{\"verification\":\"verified\",\"note\":null}}},\"publication\":{\"published\":{\"until\":null}}}',
            1
     FROM public_enterprises CROSS JOIN json_each('[0,1,2,3]') AS nth",
    "INSERT INTO receipts (filing_id, document, acceptance, salt, accepted_at, log_number)
     SELECT id, '', '', zeroblob(32), 1, rowid FROM filings WHERE kind = 'commitment'",
    "INSERT INTO commitments (filing_id, code, enterprise_code, template, kind, title, authority, authority_code, scope,
                              publication_term, made_on, valid_until, published_at, shown_until, was_public, revoked, performance,
                              end_entered)
     SELECT id, '310120' || strftime('%Y%m%d', day) || printf('%06d', n / 1000 + 1), enterprise_code, 't@1',
            CASE WHEN n % 7 = 0 THEN 'self_discipline' ELSE 'voluntary' END, '诚信经营承诺书', '示例局',
            CASE n % 16 WHEN 0 THEN '11310120FXXY0006XF' ELSE '11310120FXXY001583' END, 'public', '{\"years\":1}', day,
            date(day, '+500 days'), 1, '9999-12-31', 1, n % 50 = 0, CASE WHEN n % 40 = 1 THEN 'not' END,
            date(day, '+500 days') < '2026-11-24'
     FROM (SELECT id, enterprise_code, n, date('2024-01-01', '+' || (n % 1000) || ' days') AS day
           FROM (SELECT id, enterprise_code, row_number() OVER (ORDER BY id) - 1 AS n FROM filings WHERE kind = 'commitment'))",
];

const POSTGRES: [&str; 3] = [
    "INSERT INTO filings (id, reference, enterprise_code, enterprise_name, kind, form_version, content, pledge, filed_by, filed_at,
                          state, standing, changes)
     SELECT code || '-c' || nth, code || '-c' || nth, code, name, 'commitment', 1,
            '{\"title\":\"诚信经营承诺书\",\"type\":\"voluntary\",\"public_text\":\"依法经营。\"}',
            '{\"version\":\"1\",\"text\":\"\",\"purposes\":[\"publish\"]}', '{}', 1, 'decided',
            '{\"state\":{\"decided\":{\"granted\":{\"verification\":\"verified\",\"note\":null}}},\"publication\":{\"published\":{\"until\":null}}}',
            1
     FROM public_enterprises CROSS JOIN generate_series(0, 3) AS nth",
    "INSERT INTO receipts (filing_id, document, acceptance, salt, accepted_at, log_number)
     SELECT id, '', '', decode(repeat('00', 32), 'hex'), 1, row_number() OVER () FROM filings WHERE kind = 'commitment'",
    "INSERT INTO commitments (filing_id, code, enterprise_code, template, kind, title, authority, authority_code, scope,
                              publication_term, made_on, valid_until, published_at, shown_until, was_public, revoked, performance,
                              end_entered)
     SELECT id, '310120' || to_char(day, 'YYYYMMDD') || lpad((n / 1000 + 1)::text, 6, '0'), enterprise_code, 't@1',
            CASE WHEN n % 7 = 0 THEN 'self_discipline' ELSE 'voluntary' END, '诚信经营承诺书', '示例局',
            CASE n % 16 WHEN 0 THEN '11310120FXXY0006XF' ELSE '11310120FXXY001583' END, 'public', '{\"years\":1}', day::text,
            (day + 500)::text, 1, '9999-12-31', 1, CASE WHEN n % 50 = 0 THEN 1 ELSE 0 END, CASE WHEN n % 40 = 1 THEN 'not' END,
            CASE WHEN day + 500 < date '2026-11-24' THEN 1 ELSE 0 END
     FROM (SELECT id, enterprise_code, n, date '2024-01-01' + (n % 1000)::int AS day
           FROM (SELECT id, enterprise_code, row_number() OVER (ORDER BY id) - 1 AS n FROM filings
                 WHERE kind = 'commitment') AS numbered) AS dated",
];

/// Into SQLite, after the enterprises.
pub async fn seed_sqlite(path: &Path) {
    let options = SqliteConnectOptions::new().filename(path).pragma("cache_size", "-200000").pragma("synchronous", "OFF");
    let mut connection = options.connect().await.expect("the file opens");
    for statement in ["BEGIN"].into_iter().chain(SQLITE).chain(["COMMIT", "PRAGMA wal_checkpoint(TRUNCATE)"]) {
        sqlx::query(statement).execute(&mut connection).await.expect("commitments are entered");
    }
    connection.close().await.expect("the file closes");
}

/// Into PostgreSQL, after the enterprises.
pub async fn seed_postgres(url: &str) {
    let mut connection = PgConnection::connect(url).await.expect("the server answers");
    for statement in POSTGRES.into_iter().chain(["VACUUM ANALYZE"]) {
        sqlx::query(statement).execute(&mut connection).await.expect("commitments are entered");
    }
    connection.close().await.expect("the connection closes");
}

/// Asks every kind of question in turn and prints how long the answers took.
pub async fn measure(storage: &dyn Storage, items: usize) {
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
    let count = items.div_ceil(ITEMS_OF_EACH);
    let mut all: Vec<Duration> = Vec::new();
    for (name, question) in QUESTIONS {
        let mut took = Vec::with_capacity(TIMES);
        for nth in 0..TIMES {
            let (search, before) = question(number(nth, count));
            let begun = Instant::now();
            let found = storage.find_commitments(&search, before.as_deref(), today, ON_A_PAGE).await.expect("the store answers");
            took.push(begun.elapsed());
            assert!(*name == NOTHING || !found.is_empty(), "{name}: nothing found for {search:?}");
        }
        print_figures(name, &mut took);
        all.extend(took);
    }
    print_figures("all searches of commitments", &mut all);
}

const NOTHING: &str = "a finding that was never made";

/// What is looked for, and before which code the page begins, made of an enterprise's number.
type Question = fn(usize) -> (CommitmentSearch, Option<String>);

fn all() -> CommitmentSearch {
    CommitmentSearch::default()
}

fn state(state: CommitmentState) -> (CommitmentSearch, Option<String>) {
    (CommitmentSearch { state: Some(state), ..all() }, None)
}

fn day(n: usize) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day");
    first.checked_add_days(Days::new((n % DAYS) as u64)).expect("a day")
}

fn authority(n: usize) -> Option<CreditCode> {
    CreditCode::parse(AUTHORITIES[n % AUTHORITIES.len()]).ok()
}

const QUESTIONS: &[(&str, Question)] = &[
    ("the newest commitments", |_| (all(), None)),
    ("a page from the middle", |n| (all(), Some(format!("310120{}000001", day(n % (DAYS - 1) + 1).format("%Y%m%d"))))),
    ("one by its code", |n| (CommitmentSearch { code: Some(format!("310120{}000001", day(n).format("%Y%m%d"))), ..all() }, None)),
    ("of fifty enterprises", |n| {
        let enterprises = (0..50).filter_map(|more| CreditCode::parse(&enterprise((n + more) % (n + 1)).0).ok());
        (CommitmentSearch { enterprises: Some(enterprises.collect()), ..all() }, None)
    }),
    ("of a kind", |_| (CommitmentSearch { kind: Some(CommitmentKind::SelfDiscipline), ..all() }, None)),
    ("to an authority", |n| (CommitmentSearch { authority: authority(n), ..all() }, None)),
    ("of a day", |n| (CommitmentSearch { from: Some(day(n)), to: Some(day(n)), ..all() }, None)),
    ("in force", |_| state(CommitmentState::InForce)),
    ("expired", |_| state(CommitmentState::Expired)),
    ("withdrawn", |_| state(CommitmentState::Withdrawn)),
    ("not kept", |_| state(CommitmentState::Found(Performance::Not))),
    (NOTHING, |_| state(CommitmentState::Found(Performance::Partly))),
];
