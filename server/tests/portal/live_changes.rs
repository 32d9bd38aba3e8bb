//! An open page learns of changes by itself.

use std::time::Duration;

use reqwest::{Method, Response};
use serde_json::json;

use crate::browser::Browser;
use crate::imports::read;
use crate::licence::{filed, id_of, page_in_state, page_of};
use crate::page::Page;
use crate::world::World;

/// Listens as an open page does.
async fn listen(browser: &Browser, address: &str) -> Response {
    let request = browser.request(Method::GET, &format!("{address}/changes")).header("accept", "text/event-stream");
    request.send().await.unwrap()
}

/// The next event's data, if it comes within two seconds.
async fn next(stream: &mut Response, heard: &mut String) -> Option<String> {
    let read = async {
        loop {
            if let Some((event, rest)) = heard.clone().split_once("\n\n") {
                *heard = rest.to_owned();
                if let Some(data) = event.strip_prefix("data: ") {
                    return Some(data.to_owned());
                }
                continue;
            }
            let chunk = stream.chunk().await.unwrap()?;
            heard.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    };
    tokio::time::timeout(Duration::from_secs(2), read).await.ok().flatten()
}

pub async fn an_open_page_hears_of_an_event_within_two_seconds(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let filing = filed(&browser).await;
    page_in_state(&browser, &filing, "平台已收到，等待受理").await;
    let mut stream = listen(&browser, &filing).await;
    assert_eq!(stream.status(), 200);
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    assert_eq!(stream.headers()["x-content-type-options"], "nosniff");
    assert_eq!(stream.headers()["x-accel-buffering"], "no", "a proxy must not hold events back");
    let mut heard = String::new();
    assert_eq!(next(&mut stream, &mut heard).await.as_deref(), Some("2"), "the present count comes at once");
    world.decide(&id_of(&filing), "submission.under_review", json!({ "handler": "审核二岗" })).await;
    assert_eq!(next(&mut stream, &mut heard).await.as_deref(), Some("3"));
    let part = browser.get(&format!("{filing}/standing")).await;
    assert_eq!(part.header("cache-control"), "no-store");
    let part = Page::read(&part.text());
    assert_eq!(part.state(), "平台核验中");
    assert!(!part.html.contains("<html"), "a part of a page, not a page");
    world.decide(&id_of(&filing), "submission.granted", json!({})).await;
    assert_eq!(next(&mut stream, &mut heard).await.as_deref(), Some("4"));
    assert_eq!(page_of(&browser, &filing).await.state(), "已核验");
    // What happens to another filing is not told here.
    let other = filed(&browser).await;
    page_in_state(&browser, &other, "平台已收到，等待受理").await;
    assert_eq!(next(&mut stream, &mut heard).await, None);
}

/// What is told of an import until it is open.
async fn told(stream: &mut Response, heard: &mut String) -> Vec<String> {
    let mut marks = Vec::new();
    while marks.last().is_none_or(|last| last != "open") {
        marks.push(next(stream, heard).await.unwrap_or_else(|| panic!("nothing more was told after {marks:?}")));
    }
    marks
}

/// The numbers of rows that were told while this went on.
fn numbers(marks: &[String], what: &str) -> Vec<i64> {
    marks.iter().filter_map(|mark| mark.strip_prefix(what)?.trim().parse().ok()).collect()
}

pub async fn an_open_import_hears_how_far_it_is(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let rows = "2025\t预制菜\n".repeat(300);
    let import = browser.post_with_files("/registrations/operations/import", &[("rows", &rows)], &[]).await.location();
    let mut stream = listen(&browser, &import).await;
    assert_eq!((stream.status().as_u16(), stream.headers()["content-type"].to_str().unwrap()), (200, "text/event-stream"));
    let mut heard = String::new();
    let marks = told(&mut stream, &mut heard).await;
    let read_so_far = numbers(&marks, "reading");
    assert_eq!(read_so_far.len() + 1, marks.len(), "{marks:?}");
    assert!(read_so_far.is_sorted(), "{marks:?}");
    read(&browser, &import).await;

    let filing = format!("{import}/filing");
    let rows = page_of(&browser, &filing).await.hidden("rows");
    browser.post(&filing, &[("pledge", "yes"), ("rows", &rows)]).await.location();
    let first = next(&mut stream, &mut heard).await.unwrap();
    assert!(first.starts_with("filing "), "{first}");
    let page = page_of(&browser, &import).await;
    if page.says("正在逐行提交") {
        assert!(page.html.contains(&format!("data-address=\"{import}\" data-mark=\"filing ")), "{}", page.html);
        page.must_say("行待提交");
    }
    let marks = told(&mut stream, &mut heard).await;
    assert!(numbers(&marks, "filing").is_sorted(), "{marks:?}");
    let part = browser.get(&format!("{import}/standing?all=1")).await;
    assert_eq!(part.header("cache-control"), "no-store");
    let part = Page::read(&part.text());
    assert!(!part.html.contains("<html"), "a part of a page, not a page");
    assert!(part.html.contains("data-said=\"已处理完：0 行需要更正；300 行已提交。\""), "{}", part.html);
    part.must_say("全部的行");
}
