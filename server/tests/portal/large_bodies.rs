//! More than a post may bring: a page that says so, and the text that came first is kept.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::browser::Browser;
use crate::licence::{SOUND, begin, page_of, with};
use crate::multipart;
use crate::page::Page;
use crate::world::World;

const MEGABYTE: usize = 1024 * 1024;

/// Posts by hand, piece by piece, and reads meanwhile, as browsers do; gives status and page.
async fn stream(world: &World, browser: &Browser, place: &str, kind: &str, head: Vec<u8>, megabytes: usize) -> (u16, Page) {
    let line = TcpStream::connect(world.portal.address).await.unwrap();
    let (mut reading, mut writing) = line.into_split();
    let length = head.len() + megabytes * MEGABYTE;
    let start = format!(
        "POST {place} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nOrigin: {}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
        world.portal.address,
        browser.cookies_for("/"),
        world.base,
    );
    let write = async move {
        writing.write_all(start.as_bytes()).await?;
        writing.write_all(&head).await?;
        let piece = vec![b' '; MEGABYTE];
        for _ in 0..megabytes {
            writing.write_all(&piece).await?;
        }
        // Held until the answer is there: a browser that has sent all does not hang up either.
        std::io::Result::Ok(writing)
    };
    let read = async move {
        let mut answer = Vec::new();
        // The end of the line may be rough once the answer is there.
        let _ = reading.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    };
    let (_, answer) = tokio::join!(write, read);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer:?}"));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, Page::read(body))
}

pub async fn a_body_over_128_megabytes_is_refused_and_its_text_kept(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let answers = with(&[("number", "TYPED-FIRST")]);
    let mut head = multipart::beginning(&[&[("version", "1")], answers.as_slice()].concat());
    head.extend(multipart::file_head("giant.pdf"));
    head.extend(b"%PDF-1.7\n");
    let (status, page) = stream(&world, &browser, &draft, &multipart::media_type(), head, 130).await;
    assert_eq!(status, 413, "{}", page.text());
    assert_eq!(page.h1(), "提交的内容太大");
    page.must_say("一次提交不能超过 128 MB，每个文件不能超过 20 MB。");
    let page = page_of(&browser, &draft).await;
    assert_eq!(page.typed("number"), "TYPED-FIRST");
    assert!(page.files().is_empty());
    assert_eq!(std::fs::read_dir(world.folder.path("data/attachments/incoming")).unwrap().count(), 0);
}

pub async fn a_plain_form_over_its_limit_is_refused_in_words(world: World) {
    let browser = world.browser_of("legal-representative").await;
    for place in ["/drafts", "/preferences", "/enterprise"] {
        let (status, page) = stream(&world, &browser, place, "application/x-www-form-urlencoded", b"kind=".to_vec(), 1).await;
        assert_eq!((status, page.h1().as_str()), (413, "提交的内容太大"), "{place}");
    }
}

pub async fn an_answer_that_is_too_long_is_kept_to_be_shortened(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let long = "长".repeat(1000);
    let changed = with(&[("title", long.as_str())]);
    assert_eq!(changed.len(), SOUND.len());
    let onward = crate::licence::press(&browser, &draft, &changed, "continue", &[]).await.location();
    let page = browser.get(&onward).await.page_of(200);
    assert_eq!(page.problem_at("title").as_deref(), Some("证照名称最多 200 个字，现在有 1000 个，请缩短"));
    assert_eq!(page.typed("title"), long);
}
