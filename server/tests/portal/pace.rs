//! One person, or one address, that signs in or posts faster than people do.

use reqwest::Method;

use crate::browser::{Answer, Browser};
use crate::licence::{begin, page_of, press, with};
use crate::multipart::ChosenFile;
use crate::overload::AWKWARD;
use crate::place::Database;
use crate::world::{MINUTE, World};

/// Posts a choice of language from an address, as our own proxy names it.
async fn choose_from(browser: &Browser, address: Option<&str>) -> Answer {
    let mut request = browser.request(Method::POST, "/preferences").header("sec-fetch-site", "same-origin");
    if let Some(address) = address {
        request = request.header("x-real-ip", address);
    }
    let form = "application/x-www-form-urlencoded";
    browser.send(request.header("content-type", form).body("lang=zh-CN&return_to=%2Fhelp")).await
}

async fn begin_from(browser: &Browser, address: &str) -> Answer {
    browser.send(browser.request(Method::GET, "/sign-in").header("x-real-ip", address)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_posts_too_fast_gets_everything_back_and_posts_it_again_by_its_button() {
    let world = World::with(None, "[pace]\nposts_per_minute = 1\nposts_burst = 3\n").await;
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    press(&browser, &draft, &with(&[]), "save", &[]).await.location();
    assert_eq!(browser.autosave(&draft, 2, &with(&[])).await.status, 200);
    let typed = with(&[("scope", AWKWARD), ("title", "TYPED-TOO-FAST")]);
    let answer = press(&browser, &draft, &typed, "save", &[ChosenFile::pdf("a.pdf")]).await;
    let page = answer.page_of(429);
    let wait: i64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!((page.h1().as_str(), answer.header("cache-control")), ("操作太频繁", "no-store"));
    page.must_say("您填写的内容就在这一页里，没有丢失。");
    page.must_say("What you typed is in this page and is not lost.");
    page.must_say("刚才选择的文件不在这一页里：重新提交之后请核对，没有列出的请再选一次。");
    assert!(!answer.text().contains("<script"), "{}", answer.text());
    let (place, kind, kept) = page.kept_form();
    assert_eq!((place.as_str(), kind.as_deref()), (draft.as_str(), Some("multipart/form-data")));
    let kept: Vec<_> = kept.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for answer in typed.iter().chain(&[("action", "save")]) {
        assert!(kept.contains(answer), "{answer:?} is not among {kept:?}");
    }
    assert_ne!(page_of(&browser, &draft).await.typed("title"), "TYPED-TOO-FAST", "nothing was done");
    // The page that saves itself is told so, and tries again.
    let saved = browser.autosave(&draft, 2, &typed).await;
    assert_eq!((saved.status, saved.header("retry-after")), (429, "60"));
    // Nobody else is in the way, looking is free, and signing out is always possible.
    world.browser_of("shopkeeper").await.post("/drafts", &[("kind", "licence")]).await.location();
    let leaving = browser.copy();
    leaving.post("/sign-out", &[]).await.location();
    // A second session of the same person shares what is left.
    let browser = world.browser_of("legal-representative").await;
    assert_eq!(browser.post("/drafts", &[("kind", "licence")]).await.status, 429);
    world.clock.advance(wait * 1000);
    assert_eq!(browser.post_with_files(&draft, &kept, &[]).await.location(), format!("{draft}?saved=1"));
    assert_eq!(page_of(&browser, &draft).await.typed("title"), "TYPED-TOO-FAST");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_posts_and_signs_in_only_so_often() {
    let settings = "[look_up]\naddress_header = \"x-real-ip\"\n[pace]\naddress_posts_per_minute = 1\naddress_posts_burst = 2\n\
                    sign_ins_per_minute = 1\nsign_ins_burst = 2\n";
    let world = World::with(None, settings).await;
    let browser = world.browser();
    let (one, other) = ("203.0.113.9", "203.0.113.10");
    for _ in 0..2 {
        assert_eq!(choose_from(&browser, Some(one)).await.location(), "/help");
        assert!(begin_from(&browser, one).await.location().starts_with(&world.sandbox.url()));
    }
    let refused = choose_from(&browser, Some(one)).await;
    let (place, _, kept) = refused.page_of(429).kept_form();
    assert_eq!(place, "/preferences");
    assert_eq!(kept, [("lang".to_owned(), "zh-CN".to_owned()), ("return_to".to_owned(), "/help".to_owned())]);
    let refused = begin_from(&browser, one).await;
    assert_eq!((refused.page_of(429).h1().as_str(), refused.header("retry-after")), ("操作太频繁", "60"));
    // Another address has its own, and a proxy that names nobody is not everybody at once.
    choose_from(&browser, Some(other)).await.location();
    begin_from(&browser, other).await.location();
    for _ in 0..4 {
        choose_from(&browser, None).await.location();
    }
    world.clock.advance(MINUTE);
    choose_from(&browser, Some(one)).await.location();
    begin_from(&browser, one).await.location();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_opens_only_so_many_sessions() {
    let world = World::with(None, "[pace]\nperson_sign_ins_per_minute = 1\nperson_sign_ins_burst = 2\n").await;
    for _ in 0..2 {
        world.browser().sign_in("legal-representative").await.page_of(200).must_say("江大海");
    }
    let browser = world.browser();
    let refused = browser.sign_in("legal-representative").await;
    assert_eq!((refused.page_of(429).h1().as_str(), browser.cookie("session")), ("操作太频繁", None));
    world.browser().sign_in("shopkeeper").await.page_of(200);
    world.clock.advance(MINUTE);
    browser.sign_in("legal-representative").await.page_of(200).must_say("江大海");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_nodes_on_one_postgresql_count_together() {
    let database = Database::new().await;
    let settings = "[look_up]\naddress_header = \"x-real-ip\"\nper_minute = 1\nburst = 4\n[pace]\naddress_posts_per_minute = 1\n\
                    address_posts_burst = 4\n";
    let first = World::with(Some(database.url()), settings).await;
    // All nodes sign one log.
    let key = first.folder.path("data").join("log-key");
    let second = World::with(Some(database.url()), &format!("{settings}[log]\nkey_file = {key:?}\n")).await;
    let nodes = [first, second];
    let browsers = nodes.each_ref().map(World::browser);
    let look_up = async |browser: &Browser| {
        browser.send(browser.request(Method::GET, "/enterprises").header("x-real-ip", "203.0.113.9")).await.status
    };
    for browser in [0, 1, 0, 1].map(|node| &browsers[node]) {
        assert_eq!((look_up(browser).await, choose_from(browser, Some("203.0.113.9")).await.status), (200, 303));
    }
    for browser in &browsers {
        assert_eq!((look_up(browser).await, choose_from(browser, Some("203.0.113.9")).await.status), (429, 429));
    }
    assert_eq!(choose_from(&browsers[1], Some("203.0.113.10")).await.status, 303, "another address has its own");
    drop(nodes);
    database.remove().await;
}

pub async fn an_address_that_is_too_long_is_answered_in_words(world: World) {
    let browser = world.browser_of("legal-representative").await;
    for place in ["/enterprises?q=", "/filings?before=", "/drafts/", "/log/tile/", "/nowhere/", "/health/ready?x="] {
        let answer = browser.get(&format!("{place}{}", "x".repeat(8200))).await;
        let page = answer.page_of(414);
        assert_eq!(page.h1(), "网址太长", "{place}");
        page.must_say("The address is too long");
        assert!(!answer.text().contains("xxxxxxxx"), "it is not repeated");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
    }
    assert_eq!(browser.get(&format!("/enterprises?q={}", "x".repeat(8000))).await.status, 200, "one that is long goes on");
    // Beyond the limit of a request's head nobody reads it at all.
    assert_eq!(browser.get(&format!("/?{}", "x".repeat(40_000))).await.status, 431);
}

pub async fn a_method_that_is_none_of_ours_is_refused(world: World) {
    let browser = world.browser_of("legal-representative").await;
    for method in ["TRACE", "TRACK", "PROPFIND", "DEBUG"] {
        for place in ["/", "/filings", "/preferences", "/assets/main-0000.css"] {
            let answer = browser.send(browser.request(Method::from_bytes(method.as_bytes()).unwrap(), place)).await;
            assert!(matches!(answer.status, 403..=405), "{method} {place}: {}", answer.status);
            assert!(!answer.text().to_lowercase().contains("cookie"), "{method} {place} repeats the request");
        }
    }
}
