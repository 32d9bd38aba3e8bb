//! A SQLite deployment moves to PostgreSQL and goes on there.

use std::process::{Command, Output, Stdio};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::backups::run;
use crate::browser::Browser;
use crate::imports::{TABLE, imported};
use crate::licence::{filed, page_of, sound_draft};
use crate::place::{Database, Folder};
use crate::program::{Program, prepared};
use crate::signing_keys::enrolled;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres_everything_is_there_that_was_moved_and_goes_on() {
    let folder = Folder::new();
    let (sandbox, config, base) = prepared(&folder).await;
    let program = Program::serve(&config, &base).await;
    let browser = Browser::new(&base, &sandbox.url());
    browser.sign_in("legal-representative").await.page_of(200);
    let filing = filed(&browser).await;
    let draft = sound_draft(&browser).await;
    imported(&browser, "operations", "经营.csv", TABLE).await;
    enrolled(&browser).await;
    let database = Database::new().await;
    let to = database.url();
    let (running, said) = run(&config, &["move-to-postgres", &to]);
    assert!(!running && said.contains("runs on"), "{said}");
    program.kill();
    // A column that the other side lacks would be lost, and no sum would show it.
    let store = SqliteConnectOptions::new().filename(folder.path("data/chengxin.sqlite"));
    let mut newer = store.connect().await.unwrap();
    sqlx::query("ALTER TABLE sessions ADD COLUMN of_a_newer_program TEXT").execute(&mut newer).await.unwrap();
    let (lost, said) = run(&config, &["move-to-postgres", &to]);
    assert!(!lost && said.contains("sessions.of_a_newer_program is on one side only"), "{said}");
    sqlx::query("ALTER TABLE sessions DROP COLUMN of_a_newer_program").execute(&mut newer).await.unwrap();
    newer.close().await.unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_chengxin"));
    command.env_clear().env("MOVE_TO_POSTGRES_URL", &to).arg("--config").arg(&config).arg("move-to-postgres");
    let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
    assert!(status.success(), "{said}");
    assert!(said.contains("filings                               1 rows, hash"), "{said}");
    assert!(said.contains("import_rows") && said.contains("signing_keys                          1 rows"), "{said}");
    let (again, said) = run(&config, &["move-to-postgres", &to]);
    assert!(!again && said.contains("is not empty") && said.contains("Nothing was moved"), "{said}");

    // Nobody goes on where it was by mistake.
    for command in ["serve", "migrate"] {
        let (started, said) = run(&config, &[command]);
        let place = to.rsplit_once('@').map_or(to.as_str(), |(_, place)| place);
        assert!(!started && said.contains("was moved to") && said.contains(place.split('?').next().unwrap()), "{said}");
    }

    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, text.replacen("[identity]", &format!("database = {to:?}\n[identity]"), 1)).unwrap();
    let program = Program::serve(&config, &base).await;
    // The same session, the same filing, the same draft with its file; and it can be filed.
    page_of(&browser, &filing).await;
    assert_eq!(page_of(&browser, &draft).await.files().len(), 1);
    filed(&browser).await;
    program.kill();
    database.remove().await;
}
