//! More is asked than can be answered.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;

use crate::licence::{SOUND, begin, press};
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
            assert!(text.contains("现在使用的人太多") && text.contains("what you typed is still there"), "{text}");
        }
        assert!(fastest < Duration::from_millis(5), "{fastest:?}");
        assert_eq!(browser.get("/health/ready").await.text(), "ready\n", "probes are answered all the same");
        assert_eq!(browser.send(browser.request(Method::POST, "/platform/events")).await.status, 503, "machines wait as well");
    };
    tokio::join!(waiting, refused);
    world.good_mood().await;
    browser.get(&draft).await.page_of(200);
}
