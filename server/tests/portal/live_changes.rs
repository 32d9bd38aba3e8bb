//! An open page learns of changes by itself.

use std::time::Duration;

use reqwest::{Method, Response};
use serde_json::json;

use crate::licence::{filed, id_of, page_in_state, page_of};
use crate::page::Page;
use crate::world::World;

/// The next event's data, if it comes within two seconds.
async fn next(stream: &mut Response, heard: &mut String) -> Option<i64> {
    let read = async {
        loop {
            if let Some((event, rest)) = heard.clone().split_once("\n\n") {
                *heard = rest.to_owned();
                if let Some(data) = event.strip_prefix("data: ") {
                    return Some(data.parse().unwrap());
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
    let request = browser.request(Method::GET, &format!("{filing}/changes")).header("accept", "text/event-stream");
    let mut stream = request.send().await.unwrap();
    assert_eq!(stream.status(), 200);
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    assert_eq!(stream.headers()["x-content-type-options"], "nosniff");
    let mut heard = String::new();
    assert_eq!(next(&mut stream, &mut heard).await, Some(2), "the present count comes at once");
    world.decide(&id_of(&filing), "submission.under_review", json!({ "handler": "审核二岗" })).await;
    assert_eq!(next(&mut stream, &mut heard).await, Some(3));
    let part = browser.get(&format!("{filing}/standing")).await;
    assert_eq!(part.header("cache-control"), "no-store");
    let part = Page::read(&part.text());
    assert_eq!(part.state(), "平台核验中");
    assert!(!part.html.contains("<html"), "a part of a page, not a page");
    world.decide(&id_of(&filing), "submission.granted", json!({})).await;
    assert_eq!(next(&mut stream, &mut heard).await, Some(4));
    assert_eq!(page_of(&browser, &filing).await.state(), "已核验");
    // What happens to another filing is not told here.
    let other = filed(&browser).await;
    page_in_state(&browser, &other, "平台已收到，等待受理").await;
    assert_eq!(next(&mut stream, &mut heard).await, None);
}
