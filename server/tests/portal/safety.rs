//! What every answer carries, and what no page contains.

use serde_json::json;

use crate::browser::{Answer, Browser};
use crate::licence::{SOUND, begin, file, filing_of, id_of, page_in_state, page_of, press, press_over, with};
use crate::multipart::ChosenFile;
use crate::page::tags;
use crate::world::World;

#[track_caller]
fn carries_every_header(answer: &Answer) {
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'"), "{}: {policy}", answer.url);
    for unsafe_word in ["unsafe-inline", "'unsafe-eval'", "*", "data:", "blob:"] {
        assert!(!policy.contains(unsafe_word), "{}: {policy}", answer.url);
    }
    let expected = [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    for (name, value) in expected {
        assert_eq!(answer.header(name), value, "{name} of {}", answer.url);
    }
    let kind = answer.header("content-type");
    assert!(answer.body.is_empty() || !kind.is_empty(), "{} does not say what it is", answer.url);
    assert!(!kind.starts_with("text/html") || kind == "text/html; charset=utf-8", "{}: {kind}", answer.url);
    assert!(answer.header("permissions-policy").contains("camera=()"), "{}", answer.url);
    if answer.header("content-type").starts_with("text/html") {
        assert_eq!(answer.header("cache-control"), "no-store", "{}", answer.url);
        nothing_runs_by_itself(&answer.text(), &answer.url);
    }
}

/// No inline script, style or handler: the policy would stop them, and an injected one must have no like.
fn nothing_runs_by_itself(html: &str, url: &str) {
    for script in tags(html, "script") {
        assert!(script.get("src").is_some_and(|src| src.starts_with("/assets/")), "an inline script on {url}: {script:?}");
    }
    assert!(!html.contains("<style"), "an inline style on {url}");
    for name in [
        "html",
        "body",
        "main",
        "div",
        "p",
        "a",
        "form",
        "input",
        "button",
        "li",
        "ul",
        "span",
        "section",
        "header",
        "leptos-island",
        "table",
        "td",
    ] {
        for tag in tags(html, name) {
            let wrong = tag.keys().find(|key| key.starts_with("on") || *key == "style");
            assert_eq!(wrong, None, "on <{name}> of {url}: {tag:?}");
        }
    }
    assert!(!html.contains("javascript:"), "{url}");
}

pub async fn every_kind_of_answer_carries_the_safety_headers(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let old = page_of(&browser, &draft).await.version();
    let files = [ChosenFile::pdf("a.pdf"), ChosenFile::new("b.pdf", "no pdf")];
    press_over(&browser, &draft, &old, &with(&[("title", "")]), "continue", &files).await;
    press_over(&browser, &draft, &old, SOUND, "save", &[]).await;
    let pages = [
        "/",
        "/help",
        "/privacy",
        "/accessibility",
        "/nowhere",
        "/enterprise",
        "/registrations/licence",
        "/registrations/nothing",
        "/filings",
        "/assets/main-0000.css",
        "/assets/nothing.css",
        "/favicon.svg",
        "/robots.txt",
        "/health/live",
        "/health/ready",
        "/log/checkpoint",
        "/log/key",
        "/log/tile/0/000",
        "/sign-in",
        "/sign-in/callback",
        "/platform/events",
    ];
    for place in pages {
        carries_every_header(&browser.get(place).await);
    }
    for place in ["", "?check=1", "?saved=1", "?restored=1", "/review", "/versions", "/deletion"] {
        carries_every_header(&browser.get(&format!("{draft}{place}")).await);
    }
    for (place, form) in [
        ("/drafts", &[("kind", "nothing")][..]),
        ("/drafts", &[]),
        ("/enterprise", &[("enterprise", "x")]),
        ("/platform/events", &[]),
    ] {
        carries_every_header(&browser.post(place, form).await);
    }
    carries_every_header(&browser.autosave(&draft, 1, &[("title", "x")]).await);
    let cross = browser.request(reqwest::Method::POST, "/drafts").header("sec-fetch-site", "cross-site");
    carries_every_header(&browser.send(cross).await);
    carries_every_header(&world.browser().post("/drafts", &[("kind", "licence")]).await);
}

pub async fn what_people_and_the_platform_write_is_shown_and_never_run(world: World) {
    const EVIL: &str = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>'&amp;</title></textarea>";
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let fields = [
        "category",
        "title",
        "number",
        "scope",
        "issuer",
        "issuer_code",
        "issued_on",
        "valid_from",
        "valid_until",
        "no_end",
        "look_up",
    ];
    let evil: Vec<(&str, &str)> = fields.iter().map(|field| (*field, EVIL)).collect();
    let name = ChosenFile::pdf("<script>alert(3)<!--.pdf");
    let onward = press(&browser, &draft, &evil, "continue", &[name]).await.location();
    let answer = browser.get(&onward).await;
    shown_and_not_run(&answer, 6);
    let page = answer.page_of(200);
    for field in ["title", "number", "scope", "issuer", "issuer_code", "issued_on", "valid_from", "valid_until", "look_up"] {
        assert_eq!(page.typed(field), EVIL, "{field}");
    }
    shown_and_not_run(&browser.get("/filings").await, 1);
    shown_and_not_run(&browser.get(&format!("{draft}/deletion")).await, 1);
    press_over(&browser, &draft, "1", SOUND, "save", &[]).await;
    shown_and_not_run(&browser.get(&format!("{draft}/versions")).await, 5);
    // What a form may hold goes all the way to the platform and back.
    let evil = with(&[("title", EVIL), ("number", EVIL), ("scope", EVIL), ("issuer", EVIL)]);
    let onward = press(&browser, &draft, &evil, "continue", &[]).await.location();
    shown_and_not_run(&browser.get(&onward).await, 4);
    let filing = file(&browser, &draft, &[]).await;
    let id = id_of(&filing);
    world.decide(&id, "submission.under_review", json!({ "handler": EVIL })).await;
    let comments = json!([{ "field": "title", "comment": EVIL }, { "field": EVIL, "comment": EVIL }]);
    world.decide(&id, "submission.returned", json!({ "comments": comments, "note": EVIL })).await;
    page_in_state(&browser, &filing, "退回补正").await;
    shown_and_not_run(&browser.get(&filing_of(&draft)).await, 8);
    shown_and_not_run(&browser.get(&format!("{filing}/standing")).await, 4);
    let correction = browser.post(&format!("{filing}/correction"), &[]).await.location();
    shown_and_not_run(&browser.get(&correction).await, 6);
}

/// The words are there, so many times at least, and nothing of them is HTML.
#[track_caller]
fn shown_and_not_run(answer: &Answer, times: usize) {
    let html = answer.text();
    assert_eq!(answer.status, 200, "{}", answer.url);
    assert!(!html.contains("<script>") && !html.contains("<img") && !html.contains("</textarea>"), "{}: {html}", answer.url);
    nothing_runs_by_itself(&html, &answer.url);
    let found = html.matches("alert(1)").count();
    assert!(found >= times, "{found} of {times} on {}: {html}", answer.url);
}

pub async fn what_was_typed_stands_in_no_address(world: World) {
    let browser: Browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let typed = with(&[("title", "TYPED-TITLE"), ("number", "TYPED-NUMBER"), ("issued_on", "1999-12-31")]);
    for button in ["save", "upload", "continue", "remove:x", "nonsense"] {
        press(&browser, &draft, &typed, button, &[]).await;
        press(&browser, &draft, &with(&[("title", "TYPED-TITLE"), ("issued_on", "TYPED-DATE")]), button, &[]).await;
    }
    press_over(&browser, &draft, "1", &typed, "continue", &[]).await;
    browser.forget_cookie("session");
    let page = browser.post_with_files(&draft, &[("version", "1"), ("title", "TYPED-TITLE")], &[]).await.page_of(401);
    browser.sign_in_through(&page.link("/sign-in?parked="), "legal-representative").await;
    let trail = browser.trail();
    assert!(trail.len() > 15, "{trail:?}");
    assert!(trail.iter().all(|place| !place.contains("TYPED") && !place.contains("1999")), "{trail:?}");
}

#[test]
fn over_https_a_cookie_is_its_hosts_own_and_no_script_can_read_it() {
    let jar = server::cookies::CookieJar { secure: true };
    let set = jar.set("session", "a", None);
    assert_eq!(set.to_str().unwrap(), "__Host-session=a; Path=/; HttpOnly; SameSite=Lax; Secure");
    let gone = jar.clear("session");
    assert!(gone.to_str().unwrap().ends_with("; Secure; Max-Age=0"), "{gone:?}");
}
