//! A whole journey with the real program at its most talkative, with secrets planted in it: they stand in no log, no figure, no
//! address, and in the store only where they belong.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, SqliteConnection};

use crate::browser::Browser;
use crate::licence::{begin, file, id_of, page_in_state, press, with};
use crate::mailbox::Mailbox;
use crate::multipart::ChosenFile;
use crate::place::Folder;
use crate::program::{Program, mood, prepared};
use crate::signing_keys::enrolled;
use crate::world::{CLIENT_SECRET, EVENT_SECRET, NEXT_EVENT_SECRET, PLATFORM_TOKEN, free_port, mail_settings};

const PHONE: &str = "13911119731";
const ID_NUMBER: &str = "11010519491231002X";
const TITLE: &str = "PLANTED-TITLE-4417";
const FILE_NAME: &str = "PLANTED-NAME-5521.pdf";
const FILE_CONTENT: &str = "PLANTED-CONTENT-6633";
const MAIL: &str = "planted-7745@example.com";
const LOOKED_FOR: &str = "PLANTED-QUERY-8857";
const FORGED: &str = "PLANTED-EVENT-9969";
const NAME: &str = "江大海";

/// What was seen on the way that nobody else may see.
#[derive(Default)]
struct Seen {
    /// Of the session and of signing in: these are kept nowhere, in no form.
    tokens: BTreeSet<String>,
    /// What the browser was sent to.
    places: Vec<String>,
}

impl Seen {
    fn query(&mut self, place: &str, names: &[&str]) {
        let Ok(url) = place.parse::<url::Url>() else { return };
        let found = url.query_pairs().filter(|(name, _)| names.contains(&name.as_ref()));
        self.tokens.extend(found.map(|(_, value)| value.into_owned()));
    }
}

/// Signs in; what was exchanged on the way is noted.
async fn sign_in(browser: &Browser, seen: &mut Seen) {
    let back = browser.choose_at_provider("/sign-in", "legal-representative").await;
    seen.query(&back, &["code", "state"]);
    browser.visit(&back).await.page_of(200);
    seen.tokens.extend(["session", "sign-in"].map(|name| browser.cookie(name).unwrap()));
}

async fn journey(base: &str, sandbox: &sandbox::Sandbox, mailbox: &Mailbox) -> Seen {
    let mut seen = Seen::default();
    let browser = Browser::new(base, &sandbox.url());
    sign_in(&browser, &mut seen).await;
    let draft = begin(&browser).await;
    let scope = format!("电话 {PHONE} 证件 {ID_NUMBER}");
    let typed = with(&[("title", TITLE), ("scope", &scope)]);
    assert_eq!(browser.autosave(&draft, 1, &typed).await.status, 200);
    let chosen = ChosenFile::new(FILE_NAME, format!("%PDF-1.7\n{FILE_CONTENT}\n%%EOF\n"));
    press(&browser, &draft, &with(&[("title", TITLE), ("issued_on", ID_NUMBER)]), "continue", &[]).await.location();
    press(&browser, &draft, &typed, "continue", &[chosen]).await.location();
    // The platform fails, and so does the provider; both are talked about.
    mood(sandbox, "down").await;
    let filing = file(&browser, &draft, &["publish"]).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    mood(sandbox, "bad_signature").await;
    let stranger = Browser::new(base, &sandbox.url());
    let back = stranger.choose_at_provider("/sign-in", "shopkeeper").await;
    seen.query(&back, &["code", "state"]);
    stranger.get(&back).await.page_of(400);
    mood(sandbox, "normal").await;
    stranger.get(&format!("/enterprises?q={LOOKED_FOR}")).await.page_of(200);
    stranger.get(&format!("/nowhere/{LOOKED_FOR}?x={LOOKED_FOR}")).await;
    // Somebody pretends to be the platform.
    let forged = json!({ "wire": "1", "type": FORGED, "occurred_at": "x" }).to_string();
    let forged = stranger.request(Method::POST, "/platform/events").header("webhook-signature", "v1,AAAA").body(forged);
    assert!(stranger.send(forged).await.status >= 400);
    enrolled(&browser).await;
    browser.post("/notices/settings", &[("address", MAIL)]).await.location();
    let link = mailbox.mails_to(MAIL, 1).await.remove(0).link(base);
    seen.query(&link, &["token"]);
    page_in_state(&browser, &filing, "平台已收到，等待受理").await;
    // Typed when nobody is signed in any more.
    browser.forget_cookie("session");
    let other = format!("/drafts/{}", id_of(&draft));
    browser.post_with_files(&other, &[("version", "1"), ("title", TITLE)], &[]).await.page_of(401);
    sign_in(&browser, &mut seen).await;
    browser.post("/sign-out", &[]).await;
    seen.places = browser.trail();
    assert!(seen.tokens.len() >= 9, "{:?}", seen.tokens);
    seen
}

/// Where in the store a text stands, as `table.column`.
async fn columns_with(store: &mut SqliteConnection, text: &str) -> BTreeSet<String> {
    let columns: Vec<(String, String)> = sqlx::query_as(
        "SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
         WHERE tables.type = 'table'",
    )
    .fetch_all(&mut *store)
    .await
    .unwrap();
    let mut found = BTreeSet::new();
    for (table, column) in columns {
        let question = format!("SELECT count(*) FROM {table} WHERE instr(CAST(\"{column}\" AS TEXT), $1) > 0");
        let (count,): (i64,) = sqlx::query_as(AssertSqlSafe(question)).bind(text).fetch_one(&mut *store).await.unwrap();
        if count > 0 {
            found.insert(format!("{table}.{column}"));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn planted_secrets_are_found_in_no_log_no_figure_no_address_and_in_the_store_where_they_belong() {
    let (folder, mailbox) = (Folder::new(), Mailbox::open().await);
    let (sandbox, config, base) = prepared(&folder).await;
    let figures = free_port();
    let text = std::fs::read_to_string(&config).unwrap();
    let further = format!("[metrics]\nlisten = \"127.0.0.1:{figures}\"\n");
    std::fs::write(&config, text + &mail_settings(&mailbox) + &further).unwrap();
    let program = Program::serve_talkative(&config, &base).await;
    let seen = journey(&base, &sandbox, &mailbox).await;
    let figures = reqwest::get(format!("http://127.0.0.1:{figures}/metrics")).await.unwrap().text().await.unwrap();
    program.kill();
    let secrets: Vec<&str> = seen
        .tokens
        .iter()
        .map(String::as_str)
        .chain([CLIENT_SECRET, PLATFORM_TOKEN, EVENT_SECRET, NEXT_EVENT_SECRET])
        // The same as they stand in addresses and heads.
        .chain(["the-clients-secret", EVENT_SECRET.trim_start_matches("whsec_")])
        .collect();
    let typed = [PHONE, ID_NUMBER, TITLE, FILE_NAME, FILE_CONTENT, MAIL, LOOKED_FOR, FORGED, NAME];

    let log = std::fs::read_to_string(config.with_extension("log")).unwrap();
    for event in ["portal.started", "identity.trouble", "signing_key.enrolled", "delivery"] {
        assert!(log.contains(event), "it was not talkative: {log}");
    }
    let told: Vec<_> = log.lines().filter(|line| secrets.iter().chain(&typed).any(|secret| line.contains(secret))).collect();
    assert!(told.is_empty(), "the log tells secrets: {told:#?}");
    for secret in secrets.iter().chain(&typed) {
        assert!(!figures.contains(secret), "{secret} is in the figures");
    }
    // Codes and states stand only in the addresses that the protocol has for them.
    for place in &seen.places {
        let is_the_protocols = place.starts_with(&sandbox.url()) || place.contains("/sign-in/callback?");
        for secret in typed.iter().chain(secrets.iter().filter(|_| !is_the_protocols)) {
            assert!(!place.contains(secret), "{secret} is in the address {place}");
        }
    }
    where_they_belong(&folder.path("data/chengxin.sqlite"), &secrets).await;
}

/// What was filed: the filing, what is sent of it, and what its receipt proves. The draft is gone.
const FILED: &[&str] = &["filings.content", "outbox.body", "receipts.document"];

async fn where_they_belong(path: &Path, secrets: &[&str]) {
    let mut store = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    for secret in secrets {
        let found = columns_with(&mut store, secret).await;
        assert!(found.is_empty(), "{secret} is kept in {found:?}");
    }
    let belong: [(&str, &[&str]); 8] = [
        (PHONE, FILED),
        (ID_NUMBER, FILED),
        // What was typed when nobody was signed in waits for an hour.
        (TITLE, &[FILED[0], FILED[1], FILED[2], "sign_ins.parked"]),
        (FILE_NAME, &["attachments.file", "outbox.body", "receipts.document"]),
        (FILE_CONTENT, &[]),
        (MAIL, &["mail_addresses.address"]),
        (LOOKED_FOR, &[]),
        (FORGED, &[]),
    ];
    let mut stray = Vec::new();
    for (planted, places) in belong {
        let found = columns_with(&mut store, planted).await;
        stray.extend(found.into_iter().filter(|place| !places.contains(&place.as_str())).map(|place| (planted, place)));
    }
    assert!(stray.is_empty(), "{stray:?}");
}
