//! Files that people choose: kept, or refused with a sentence that stays until they are taken away.

use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::browser::Browser;
use crate::licence::{SOUND, begin, filing_of, page_of, press, sound_draft, with};
use crate::multipart::{self, ChosenFile};
use crate::world::{World, eventually};

/// How many files of a broken-off or refused upload lie about.
fn left_over(world: &World) -> usize {
    std::fs::read_dir(world.folder.path("data/attachments/incoming")).unwrap().count()
}

pub async fn a_file_that_cannot_be_taken_stays_in_the_list_with_its_reason(world: World) {
    let giant = [b"%PDF-1.7\n".to_vec(), vec![b' '; 20 * 1024 * 1024]].concat();
    let cases = [
        (ChosenFile::new("空.pdf", ""), "“空.pdf”是空文件，请移除后重新选择"),
        (ChosenFile::new("big.pdf", giant), "“big.pdf”超过 20 MB，请移除，压缩后重新上传"),
        (
            ChosenFile::new("page.pdf", "<!DOCTYPE html><script>alert(1)</script>"),
            "“page.pdf”不是 PDF、JPG、PNG、HEIC 或 OFD 文件，请移除后换一个文件",
        ),
    ];
    let browser = world.browser_of("legal-representative").await;
    for (file, sentence) in cases {
        let draft = begin(&browser).await;
        let name = file.name.clone();
        let onward = press(&browser, &draft, &with(&[("number", "TYPED-BESIDE")]), "continue", &[file]).await.location();
        let page = browser.get(&onward).await.page_of(200);
        assert_eq!(page.problem_at("files").as_deref(), Some(sentence));
        assert_eq!(page.summary(), [("#f-files".into(), sentence.into())]);
        assert_eq!(page.files(), [format!("{name} 未收下：{sentence} 移除")], "the reason stands in the list too");
        assert_eq!(page.typed("number"), "TYPED-BESIDE");
        assert_eq!(left_over(&world), 0, "{name}");
        // Taken away, it is no longer a problem, and another can be chosen.
        let id = page.html.split("remove:").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let onward = press(&browser, &draft, SOUND, &format!("remove:{id}"), &[]).await.location();
        assert!(page_of(&browser, &onward).await.files().is_empty());
        let onward = press(&browser, &draft, SOUND, "continue", &[ChosenFile::pdf("good.pdf")]).await.location();
        assert_eq!(onward, format!("{draft}/review"), "{sentence}");
    }
}

pub async fn an_eleventh_file_is_refused_and_the_ten_are_kept(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let files: Vec<ChosenFile> = (1..=11).map(|number| ChosenFile::pdf(&format!("{number}.pdf"))).collect();
    let onward = press(&browser, &draft, SOUND, "continue", &files).await.location();
    let page = browser.get(&onward).await.page_of(200);
    assert_eq!(page.problem_at("files").as_deref(), Some("最多上传 10 个文件，“11.pdf”没有收下，请移除"));
    let listed = page.files();
    assert_eq!(listed.len(), 11);
    assert!(
        listed[..10].iter().all(|file| file.contains("已上传")) && listed[10].starts_with("11.pdf 未收下：最多上传 10 个文件"),
        "{listed:?}"
    );
}

pub async fn a_deceiving_file_name_is_shown_harmless(world: World) {
    let cases = [
        ("C:\\Users\\某人\\证照.pdf", "证照.pdf"),
        ("../../etc/passwd", "passwd"),
        ("<script>alert(1)<\\script>.pdf", "script>.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
        ("invoice\u{202E}fdp.exe", "invoicefdp.exe"),
        ("\u{200B}", "file"),
    ];
    let browser = world.browser_of("legal-representative").await;
    for (sent, shown) in cases {
        let draft = begin(&browser).await;
        let onward = press(&browser, &draft, SOUND, "upload", &[ChosenFile::pdf(sent)]).await.location();
        let page = browser.get(&onward).await.page_of(200);
        assert_eq!(page.files().len(), 1, "{sent}");
        assert!(page.files()[0].starts_with(&format!("{shown} 已上传")), "{sent}: {:?}", page.files());
        assert!(!page.html.contains("<img") && !page.html.contains("<script>"), "{sent}");
        let download = browser.get(&page.link(&format!("{draft}/files/"))).await;
        assert_eq!(download.status, 200);
        assert!(download.header("content-disposition").starts_with("attachment; filename*=UTF-8''"));
    }
}

pub async fn a_download_can_do_nothing_in_a_browser(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let file = ChosenFile::new("证照 1.pdf", "%PDF-1.7\n<script>alert(1)</script>");
    press(&browser, &draft, SOUND, "upload", &[ChosenFile::new("证照 1.pdf", file.content.clone())]).await.location();
    let link = page_of(&browser, &draft).await.link(&format!("{draft}/files/"));
    harmless(&browser, &link, &file).await;
    crate::licence::file(&browser, &draft, &[]).await;
    browser.get(&link).await.page_of(404);
    let link = page_of(&browser, &filing_of(&draft)).await.link(&format!("{}/files/", filing_of(&draft)));
    harmless(&browser, &link, &file).await;
}

async fn harmless(browser: &Browser, link: &str, file: &ChosenFile) {
    let answer = browser.get(link).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, file.content);
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert_eq!(answer.header("content-disposition"), "attachment; filename*=UTF-8''%E8%AF%81%E7%85%A7%201.pdf");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("content-security-policy"), "sandbox; default-src 'none'");
    assert_eq!(answer.header("cache-control"), "no-store");
}

pub async fn a_refused_file_cannot_be_downloaded(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    press(&browser, &draft, SOUND, "upload", &[ChosenFile::new("x.pdf", "no pdf")]).await.location();
    let page = page_of(&browser, &draft).await;
    assert!(!page.links().iter().any(|link| link.contains("/files/")));
    let id = page.html.split("remove:").nth(1).unwrap().split('"').next().unwrap().to_owned();
    browser.get(&format!("{draft}/files/{id}")).await.page_of(404);
}

/// The beginning of a post, by hand: a real browser's connection can break anywhere.
async fn begin_post(world: &World, browser: &Browser, draft: &str, length: u64, body: &[u8]) -> TcpStream {
    let mut line = TcpStream::connect(world.portal.address).await.unwrap();
    let head = format!(
        "POST {draft} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nOrigin: {}\r\nContent-Type: {}\r\nContent-Length: {length}\r\n\r\n",
        world.portal.address,
        browser.cookies_for("/"),
        world.base,
        multipart::media_type(),
    );
    line.write_all(head.as_bytes()).await.unwrap();
    line.write_all(body).await.unwrap();
    line
}

pub async fn an_upload_that_breaks_off_leaves_nothing_and_keeps_the_text(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let mut body = multipart::beginning(&[&[("version", "1")], SOUND].concat());
    body.extend(multipart::file_head("half.pdf"));
    body.extend(b"%PDF-1.7 and the line breaks");
    let line = begin_post(&world, &browser, &draft, 1_000_000, &body).await;
    eventually("the file is arriving", async || (left_over(&world) == 1).then_some(())).await;
    drop(line);
    eventually("its rest is gone", async || (left_over(&world) == 0).then_some(())).await;
    let look = async || Some(page_of(&browser, &draft).await).filter(|page| page.typed("title") == "食品经营许可证");
    let page = eventually("the text is kept", look).await;
    assert!(page.files().is_empty(), "{:?}", page.files());
}

pub async fn a_post_that_breaks_off_in_the_text_loses_nothing_that_was_kept(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    press(&browser, &draft, SOUND, "save", &[]).await.location();
    let body = multipart::beginning(&[("version", "2"), ("category", "permit"), ("title", "新的名称")]);
    drop(begin_post(&world, &browser, &draft, 1_000_000, &body).await);
    tokio::time::sleep(Duration::from_millis(300)).await;
    let page = page_of(&browser, &draft).await;
    assert_eq!(page.typed("number"), "JY13101200000001", "it had not arrived, but it was there");
    page.must_not_say("另一个窗口");
}

pub async fn a_body_that_cannot_be_read_is_no_second_version(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    press(&browser, &draft, SOUND, "save", &[]).await.location();
    let broken =
        browser.request(reqwest::Method::POST, &draft).header("content-type", multipart::media_type()).body("no multipart");
    let page = browser.send(broken).await.page_of(400);
    assert_eq!(page.h1(), "没有读懂提交的内容");
    page.must_say("已保存的草稿没有受到影响。");
    page_of(&browser, &draft).await.must_not_say("另一个窗口");
    let none = browser.request(reqwest::Method::POST, &draft).body("title=x");
    assert_eq!(browser.send(none).await.page_of(400).h1(), "没有读懂提交的内容");
}

pub async fn the_review_lists_what_will_be_sent(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    let page = page_of(&browser, &format!("{draft}/review")).await;
    assert_eq!(page.files().len(), 1);
    assert!(page.files()[0].starts_with("许可证.pdf"), "{:?}", page.files());
    assert_eq!(page.hidden("files").split(' ').count(), 1);
}
