//! More is asked than can be answered.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;
use sqlx::{Connection, PgConnection};

use crate::browser::Browser;
use crate::licence::{SOUND, begin, page_of, press, with};
use crate::multipart::ChosenFile;
use crate::place::Database;
use crate::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_much_is_refused_at_once_in_both_languages_and_nothing_is_done() {
    let world = World::with(None, "[limits]\nrequests = 2\n").await;
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    press(&browser, &draft, SOUND, "save", &[]).await.location();
    // Two pages wait for a platform that takes its time, and hold both places.
    world.mood(json!({ "mood": "slow", "seconds": 3 })).await;
    let waiting = async { join_all((0..2).map(|_| browser.get("/records"))).await };
    let refused = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let mut fastest = Duration::MAX;
        for _ in 0..20 {
            let began = Instant::now();
            let answer = browser.post(&format!("{draft}/deletion"), &[("action", "confirm")]).await;
            fastest = fastest.min(began.elapsed());
            assert_eq!((answer.status, answer.header("retry-after")), (503, "5"));
            assert_eq!(answer.header("cache-control"), "no-store");
            assert!(answer.header("content-security-policy").contains("default-src 'none'"));
            let text = answer.text();
            assert!(text.contains("现在使用的人太多") && text.contains("What you typed is in this page and is not lost"), "{text}");
        }
        assert!(fastest < Duration::from_millis(5), "{fastest:?}");
        assert_eq!(browser.get("/health/ready").await.text(), "ready\n", "probes are answered all the same");
        assert_eq!(browser.send(browser.request(Method::POST, "/platform/events")).await.status, 503, "machines wait as well");
    };
    tokio::join!(waiting, refused);
    world.good_mood().await;
    browser.get(&draft).await.page_of(200);
}

/// What is awkward in HTML, in a form, and in a table.
pub const AWKWARD: &str = "\"'><script>alert(1)</script>&amp;\u{200b}\r\n 第二行\t=1+1";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_is_posted_when_there_is_too_much_comes_back_filled_in_and_is_posted_again_by_its_button() {
    let world = World::with(None, "[limits]\nrequests = 2\n").await;
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    world.mood(json!({ "mood": "slow", "seconds": 3 })).await;
    let mut fields = vec![("version", "1")];
    fields.extend(with(&[("scope", AWKWARD), ("title", "TYPED-AT-OVERLOAD")]));
    fields.push(("action", "save"));
    let waiting = async { join_all((0..2).map(|_| browser.get("/records"))).await };
    let refused = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let answer = browser.post_with_files(&draft, &fields, &[ChosenFile::pdf("a.pdf")]).await;
        let page = answer.page_of(503);
        assert_eq!((answer.header("retry-after"), answer.header("cache-control")), ("5", "no-store"));
        page.must_say("您填写的内容就在这一页里，没有丢失。");
        page.must_say("The files that you had chosen are not in this page:");
        assert!(!answer.text().contains("<script"), "{}", answer.text());
        let kept = page.kept_form();
        let typed: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(kept, (draft.clone(), Some("multipart/form-data".to_owned()), typed), "everything, in its order");
        // What another site posts then is not offered to be posted again as ours.
        let form = "application/x-www-form-urlencoded";
        let foreign = browser.request(Method::POST, "/drafts").header("content-type", form).header("sec-fetch-site", "cross-site");
        let foreign = browser.send(foreign.body("kind=licence")).await;
        assert_eq!(foreign.status, 503);
        assert!(!foreign.text().contains("<form"), "{}", foreign.text());
        kept.2
    };
    let (_, kept) = tokio::join!(waiting, refused);
    world.good_mood().await;
    // The button.
    let kept: Vec<_> = kept.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let onward = browser.post_with_files(&draft, &kept, &[]).await.location();
    assert_eq!(onward, format!("{draft}?saved=1"));
    assert_eq!(page_of(&browser, &draft).await.typed("title"), "TYPED-AT-OVERLOAD");
}

/// Makes each look-up of a session take its time, as in a database that has too much to do.
async fn slow_sessions(database: &Database) {
    let mut line = PgConnection::connect(&database.url()).await.unwrap();
    for sql in [
        "ALTER TABLE sessions RENAME TO all_sessions",
        "CREATE VIEW sessions AS WITH slept AS MATERIALIZED (SELECT pg_sleep(0.02)::text AS done)
         SELECT * FROM all_sessions WHERE (SELECT done FROM slept) IS NOT NULL",
    ] {
        sqlx::query(sql).execute(&mut line).await.unwrap();
    }
}

/// So many windows look again and again, for so long; gives how many looks were answered, and how many turned away.
async fn looks(browser: &Browser, windows: usize, lasting: Duration) -> [usize; 2] {
    let until = Instant::now() + lasting;
    let window = async || {
        let mut counted = [0; 2];
        while Instant::now() < until {
            let answer = browser.get("/help").await;
            assert!(answer.status == 200 || (answer.status, answer.header("retry-after")) == (503, "5"), "{}", answer.status);
            counted[usize::from(answer.status == 503)] += 1;
        }
        counted
    };
    let all = join_all((0..windows).map(|_| window())).await;
    [0, 1].map(|kind| all.iter().map(|counted| counted[kind]).sum())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_queue_that_has_come_to_stay_is_not_made_longer_and_those_in_it_are_answered() {
    let database = Database::new().await;
    let world = World::with(Some(database.url()), "").await;
    let browser = world.browser_of("legal-representative").await;
    slow_sessions(&database).await;
    let [answered, turned_away] = looks(&browser, 20, Duration::from_millis(800)).await;
    assert!(answered > 0 && turned_away == 0, "a few are answered, however slow it is: {answered}, {turned_away}");
    let [answered, turned_away] = looks(&browser, 60, Duration::from_secs(2)).await;
    assert!(answered > 60 && turned_away > 0, "{answered} answered, {turned_away} turned away");
    let figures = server::metrics::text(&world.portal.portal).await.unwrap();
    let line = format!("chengxin_requests_turned_away_total {turned_away}\n");
    assert!(figures.contains(&line), "the operator sees each of them: {figures}");
    browser.get("/help").await.page_of(200);
    drop(world);
    database.remove().await;
}
