//! Files that arrive in parts: what the module in the browser does when files are chosen, dropped or photographed.

use reqwest::Method;

use crate::browser::{Answer, Browser};
use crate::licence::{begin, page_of};
use crate::world::{HOUR, World};

pub const UPLOAD: &str = "0123456789abcdef0123456789abcdef";

/// A PDF of this size.
fn pdf(bytes: usize) -> Vec<u8> {
    let mut content = b"%PDF-1.7\n".to_vec();
    content.resize(bytes, b' ');
    content
}

pub async fn send(browser: &Browser, address: &str, offset: u64, length: usize, part: &[u8]) -> Answer {
    let request = browser
        .request(Method::PATCH, address)
        .header("sec-fetch-site", "same-origin")
        .header("upload-offset", offset)
        .header("upload-length", length)
        .header("upload-name", "%E8%AE%B8%E5%8F%AF%E8%AF%81.pdf")
        .body(part.to_vec());
    browser.send(request).await
}

async fn arrived(browser: &Browser, address: &str) -> String {
    let answer = browser.send(browser.request(Method::HEAD, address)).await;
    assert_eq!(answer.status, 204);
    answer.header("upload-offset").to_owned()
}

pub async fn a_file_arrives_in_parts_and_goes_on_after_a_line_that_dropped(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let address = format!("{draft}/uploads/{UPLOAD}");
    let content = pdf(3000);
    assert_eq!(arrived(&browser, &address).await, "0");
    let answer = send(&browser, &address, 0, 3000, &content[..1000]).await;
    assert_eq!((answer.status, answer.header("upload-offset")), (204, "1000"));
    assert_eq!(arrived(&browser, &address).await, "1000");
    // A part that is sent again is no second part, and one that leaves a gap is not taken.
    assert_eq!(send(&browser, &address, 500, 3000, &content[500..1500]).await.header("upload-offset"), "1500");
    let answer = send(&browser, &address, 2000, 3000, &content[2000..]).await;
    assert_eq!((answer.status, answer.header("upload-offset")), (409, "1500"));
    assert!(page_of(&browser, &draft).await.files().is_empty(), "it is not there before it is whole");

    let answer = send(&browser, &address, 1500, 3000, &content[1500..]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.page().files(), ["许可证.pdf 已上传 · 3 KB 移除"]);
    let page = page_of(&browser, &draft).await;
    assert_eq!(browser.get(&page.link(&format!("{draft}/files/"))).await.body, content);

    // The answer was lost: the last part comes again, and the file stays one.
    let answer = send(&browser, &address, 1500, 3000, &content[1500..]).await;
    assert_eq!((answer.status, answer.page().files().len()), (200, 1));
}

pub async fn what_is_refused_says_so_and_what_is_given_up_is_gone(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let address = |number: u8| format!("{draft}/uploads/{number:032}");
    // Too large: said before a byte of it was sent.
    let answer = send(&browser, &address(1), 0, 20 * 1024 * 1024 + 1, b"").await;
    assert_eq!(answer.page().files(), ["许可证.pdf 未收下：“许可证.pdf”超过 20 MB，请移除，压缩后重新上传 移除"]);
    let answer = send(&browser, &address(2), 0, 20, b"<!DOCTYPE html><p>no").await;
    assert_eq!(answer.page().files().len(), 2);
    send(&browser, &address(3), 0, 100, &pdf(50)).await;
    assert_eq!(arrived(&browser, &address(3)).await, "50");
    let request = browser.request(Method::DELETE, &address(3)).header("sec-fetch-site", "same-origin");
    assert_eq!(browser.send(request).await.status, 204);
    assert_eq!(arrived(&browser, &address(3)).await, "0");
    let incoming = std::fs::read_dir(world.folder.path("data/attachments/incoming")).unwrap();
    assert_eq!(incoming.count(), 0, "nothing lies about");
}

pub async fn what_nobody_finished_goes_after_a_day(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let address = format!("{draft}/uploads/{UPLOAD}");
    send(&browser, &address, 0, 100, &pdf(50)).await;
    let prune = async || world.portal.portal.attachments.prune_partial(world.clock.now()).await.unwrap();
    world.clock.advance(23 * HOUR);
    prune().await;
    world.clock.advance(-23 * HOUR);
    assert_eq!(arrived(&browser, &address).await, "50");
    world.clock.advance(25 * HOUR);
    prune().await;
    assert!(!world.folder.path(&format!("data/attachments/incoming/{}", crate::licence::id_of(&draft))).exists());
}

pub async fn no_more_files_begin_than_a_draft_takes(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    for number in 0..10 {
        assert_eq!(send(&browser, &format!("{draft}/uploads/{number}"), 0, 100, &pdf(50)).await.status, 204);
    }
    assert_eq!(send(&browser, &format!("{draft}/uploads/more"), 0, 100, &pdf(50)).await.status, 429);
    // An address that would leave its folder names no upload.
    for name in ["..", "%2e%2e%2fx", "a.pdf", &"x".repeat(65)] {
        assert_eq!(send(&browser, &format!("{draft}/uploads/{name}"), 0, 100, &pdf(50)).await.status, 404, "{name}");
    }
}
