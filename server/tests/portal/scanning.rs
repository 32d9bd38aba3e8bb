//! The virus scanner: nobody waits for it, and nothing is opened or sent that it has not looked at. It is a real clamd.

use credit::attachment::{Attachment, FileState};
use credit::credit_code::CreditCode;
use futures_util::StreamExt;
use server::attachments::Arrived;
use server::config::ScannerPlace;
use server::scanning::Scanner;
use server::scanning::clamd::Clamd;
use server::storage::scans::Verdict;
use sha2::{Digest, Sha256};

use crate::browser::Browser;
use crate::clamd::{self, Mute, RunningClamd, harmful_pdf, socket_in};
use crate::licence::{SOUND, begin, file, id_of, page_in_state, page_of, press, sound_draft};
use crate::multipart::ChosenFile;
use crate::place::Folder;
use crate::program::doctor;
use crate::uploads::{UPLOAD, send};
use crate::world::{PLATFORM_TOKEN, World, eventually, free_port};

const TAKEN: &str = "平台已收到，等待受理";
const ON_ITS_WAY: &str = "已收到，正在送交平台";
const INFECTED: &str = "被查出含有病毒或恶意代码，请移除，查杀后换一个文件";

/// The scanner that the world's portal looks for comes up.
async fn scanner(world: &World) -> RunningClamd {
    clamd::start(&world.folder, world.scanner.unwrap()).await
}

/// A draft that holds, with this file.
async fn draft_with(browser: &Browser, chosen: ChosenFile) -> String {
    let draft = begin(browser).await;
    let onward = press(browser, &draft, SOUND, "continue", &[chosen]).await.location();
    assert_eq!(onward, format!("{draft}/review"), "nobody waits for the scanner");
    draft
}

async fn link_of(browser: &Browser, place: &str) -> String {
    page_of(browser, place).await.link(&format!("{place}/files/"))
}

/// Whether the platform has this content.
async fn platform_has(world: &World, content: &[u8]) -> bool {
    let sha256: String = credit::hexadecimal::write(&Sha256::digest(content));
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let address = format!("{}/v1/attachments/{sha256}", world.sandbox.platform_url());
    client.head(address).bearer_auth(PLATFORM_TOKEN).send().await.unwrap().status() == 200
}

/// Waits until something holds, while the portal's clock moves on.
async fn in_time<T>(world: &World, what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    eventually(what, async || {
        world.later(6_000);
        look().await
    })
    .await
}

/// Until the scanner has been asked in vain so many times.
async fn asked_in_vain(world: &World, times: i64, content: &[u8]) {
    let sha256: String = credit::hexadecimal::write(&Sha256::digest(content));
    in_time(world, "the scanner was asked", async || {
        let scan = world.portal.portal.storage.scan_of(&sha256).await.unwrap().unwrap();
        (scan.attempts >= times).then_some(())
    })
    .await;
}

pub async fn a_clean_file_opens_after_its_scan_and_is_sent(world: World) {
    let _scanner = scanner(&world).await;
    let browser = world.browser_of("legal-representative").await;
    let draft = draft_with(&browser, ChosenFile::pdf("许可证.pdf")).await;
    let link = link_of(&browser, &draft).await;
    let opened = eventually("it opens", async || Some(browser.get(&link).await).filter(|answer| answer.status == 200)).await;
    assert_eq!(opened.body, ChosenFile::pdf("许可证.pdf").content);
    let filing = file(&browser, &draft, &[]).await;
    page_in_state(&browser, &filing, TAKEN).await;
    assert!(platform_has(&world, &opened.body).await);
}

pub async fn what_was_not_looked_at_does_not_open_and_is_accepted_all_the_same(world: World) {
    let mute = Mute::listen(world.scanner.unwrap()).await;
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    let link = link_of(&browser, &draft).await;
    let page = browser.get(&link).await.page_of(409);
    assert_eq!(page.h1(), "这个文件正在检查病毒");
    page.must_say("请过一分钟再试");
    page.must_say("不会丢失");
    let filing = file(&browser, &draft, &[]).await;
    let link = link_of(&browser, &filing).await;
    browser.post("/preferences", &[("lang", "en")]).await.location();
    assert_eq!(browser.get(&link).await.page_of(409).h1(), "This file is being checked for viruses");
    browser.post("/preferences", &[("lang", "zh-CN")]).await.location();
    // However often the courier looks, nothing is sent, and no try is counted.
    for _ in 0..4 {
        world.later(6_000);
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
    }
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.state(), ON_ITS_WAY);
    page.must_not_say("已尝试");
    assert_eq!(world.submissions().await, 0);
    assert!(!platform_has(&world, &ChosenFile::pdf("许可证.pdf").content).await);
    drop(mute);
    let _scanner = scanner(&world).await;
    in_time(&world, "it is sent", async || Some(page_of(&browser, &filing).await).filter(|page| page.state() == TAKEN)).await;
    assert_eq!(browser.get(&link).await.status, 200);
}

pub async fn an_infected_file_of_a_draft_is_refused_with_its_sentence(world: World) {
    let _scanner = scanner(&world).await;
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    // The verdict may be there before the answer is.
    press(&browser, &draft, SOUND, "upload", &[harmful_pdf("x.pdf")]).await.location();
    let look = async || Some(page_of(&browser, &draft).await).filter(|page| page.files()[0].contains("未收下"));
    let page = eventually("it is refused", look).await;
    assert_eq!(page.files(), [format!("x.pdf 未收下：“x.pdf”{INFECTED} 移除")]);
    let checked = page_of(&browser, &format!("{draft}?check=1")).await;
    assert_eq!(checked.problem_at("files"), Some(format!("“x.pdf”{INFECTED}")));
    // A page from before leads to the words, not to the file.
    let id = page.html.split("remove:").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let opened = browser.get(&format!("{draft}/files/{id}")).await.page_of(403);
    assert_eq!(opened.h1(), "这个文件不能打开");
    // Nor is it filed from a page that was reviewed before.
    let form = [("version", "2"), ("files", id.as_str()), ("pledge", "yes"), ("action", "submit")];
    assert_eq!(browser.post(&format!("{draft}/filing"), &form).await.location(), format!("{draft}?check=1#problems"));
    // The same content again, under whatever name, is refused as it comes.
    press(&browser, &draft, SOUND, &format!("remove:{id}"), &[]).await.location();
    let again = ChosenFile::new("y.pdf", harmful_pdf("x.pdf").content);
    press(&browser, &draft, SOUND, "upload", &[again]).await.location();
    assert_eq!(page_of(&browser, &draft).await.files(), [format!("y.pdf 未收下：“y.pdf”{INFECTED} 移除")]);
}

pub async fn a_file_that_arrived_in_parts_is_looked_at_too(world: World) {
    let _scanner = scanner(&world).await;
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let content = harmful_pdf("许可证.pdf").content;
    let address = format!("{draft}/uploads/{UPLOAD}");
    send(&browser, &address, 0, content.len(), &content[..9]).await;
    assert_eq!(send(&browser, &address, 9, content.len(), &content[9..]).await.status, 200);
    let look = async || Some(page_of(&browser, &draft).await).filter(|page| page.files()[0].contains("未收下"));
    eventually("it is refused", look).await;
}

pub async fn an_infected_file_of_a_filing_sends_it_back_and_nothing_to_the_platform(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let chosen = harmful_pdf("x.pdf");
    // Filed while the scanner is down.
    let draft = draft_with(&browser, ChosenFile::new("x.pdf", chosen.content.clone())).await;
    let filing = file(&browser, &draft, &[]).await;
    let _scanner = scanner(&world).await;
    let look = async || Some(page_of(&browser, &filing).await).filter(|page| page.state() == "退回补正");
    let page = in_time(&world, "it comes back", look).await;
    assert_eq!(page.answer_to("证照附件"), format!("“x.pdf”{INFECTED}"));
    page.must_say("附件没有通过本网站的病毒检查，这件申报没有送交平台。");
    assert!(page.history()[0].contains("退回补正") && page.history()[0].contains("本网站"), "{:?}", page.history());
    assert_eq!(browser.get(&link_of(&browser, &filing).await).await.page_of(403).h1(), "这个文件不能打开");
    page_of(&browser, "/notices").await.must_say("退回补正");
    assert_eq!(world.submissions().await, 0);
    assert!(!platform_has(&world, &chosen.content).await);
    // The correction has the file as refused; with another one it goes its way.
    let correction = browser.post(&format!("{filing}/correction"), &[]).await.location();
    let page = page_of(&browser, &correction).await;
    assert_eq!(page.files(), [format!("x.pdf 未收下：“x.pdf”{INFECTED} 移除")]);
    assert!(page.remark_at("files").unwrap().contains(INFECTED), "{:?}", page.remark_at("files"));
    let id = page.html.split("remove:").nth(1).unwrap().split('"').next().unwrap().to_owned();
    press(&browser, &correction, SOUND, &format!("remove:{id}"), &[]).await.location();
    let onward = press(&browser, &correction, SOUND, "continue", &[ChosenFile::pdf("good.pdf")]).await.location();
    assert_eq!(onward, format!("{correction}/review"));
    let corrected = file(&browser, &correction, &[]).await;
    let look = async || Some(page_of(&browser, &corrected).await).filter(|page| page.state() == TAKEN);
    in_time(&world, "the correction is sent", look).await;
    assert_eq!(world.submissions().await, 1);
}

pub async fn an_infected_filing_that_is_withdrawn_has_nothing_to_be_taken_back_at_the_platform(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let filing = file(&browser, &draft_with(&browser, harmful_pdf("x.pdf")).await, &[]).await;
    browser.post(&format!("{filing}/withdrawal"), &[]).await.location();
    let _scanner = scanner(&world).await;
    let look = async || Some(page_of(&browser, &filing).await).filter(|page| page.says("平台已确认撤回。"));
    let page = in_time(&world, "it is withdrawn for good", look).await;
    assert_eq!(page.state(), "已撤回");
    assert_eq!(world.portal.portal.storage.outbox_figures().await.unwrap().unsent, 0, "nobody has to look after it");
    assert_eq!(world.submissions().await, 0);
}

pub async fn a_scanner_that_is_down_delays_and_loses_nothing(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let chosen = ChosenFile::pdf("许可证.pdf");
    let draft = draft_with(&browser, ChosenFile::pdf("许可证.pdf")).await;
    let kept = begin(&browser).await;
    press(&browser, &kept, SOUND, "upload", &[harmful_pdf("x.pdf")]).await.location();
    let filing = file(&browser, &draft, &[]).await;
    asked_in_vain(&world, 3, &chosen.content).await;
    assert_eq!(page_of(&browser, &filing).await.state(), ON_ITS_WAY);
    browser.get(&link_of(&browser, &filing).await).await.page_of(409);
    let _scanner = scanner(&world).await;
    let look = async || Some(page_of(&browser, &filing).await).filter(|page| page.state() == TAKEN);
    let page = in_time(&world, "it is sent", look).await;
    assert_eq!(page.history().len(), 2, "{:?}", page.history());
    let look = async || Some(page_of(&browser, &kept).await).filter(|page| page.files()[0].contains("未收下"));
    in_time(&world, "the other is refused", look).await;
    assert_eq!(world.submissions().await, 1);
}

pub async fn the_operator_sees_how_the_scanner_stands(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    press(&browser, &draft, SOUND, "upload", &[harmful_pdf("x.pdf"), ChosenFile::pdf("good.pdf")]).await.location();
    let said = doctor(&world);
    assert!(said.contains("scanner    DOES NOT ANSWER at 127.0.0.1:") && said.contains(": 2 waiting, 0 infected"), "{said}");
    assert!(said.contains("the oldest waiting came"), "{said}");
    let _scanner = scanner(&world).await;
    let look = async || {
        let figures = world.portal.portal.storage.scan_figures().await.unwrap();
        (figures.waiting == 0).then_some(())
    };
    in_time(&world, "all was looked at", look).await;
    let said = doctor(&world);
    assert!(said.contains("scanner    answers at 127.0.0.1:") && said.contains(": 0 waiting, 1 infected"), "{said}");
}

pub async fn files_from_before_there_was_a_scanner_are_looked_at_when_they_are_wanted(world: World) {
    let _scanner = scanner(&world).await;
    let browser = world.browser_of("legal-representative").await;
    // As they were kept then: nobody asked for a scan.
    let mut drafts = Vec::new();
    for name in ["opened.pdf", "filed.pdf"] {
        let draft = begin(&browser).await;
        press(&browser, &draft, SOUND, "save", &[]).await.location();
        keep_unasked(&world, &draft, &ChosenFile::pdf(name)).await;
        drafts.push(draft);
    }
    let link = link_of(&browser, &drafts[0]).await;
    browser.get(&link).await.page_of(409);
    eventually("it opens", async || Some(browser.get(&link).await).filter(|answer| answer.status == 200)).await;
    let filing = file(&browser, &drafts[1], &[]).await;
    let look = async || Some(page_of(&browser, &filing).await).filter(|page| page.state() == TAKEN);
    in_time(&world, "it is sent", look).await;
}

async fn keep_unasked(world: &World, draft: &str, chosen: &ChosenFile) {
    let portal = &world.portal.portal;
    let mut incoming = portal.attachments.receive().await.unwrap();
    incoming.take(&chosen.content).await.unwrap();
    let Arrived::Kept { sha256, media_type, bytes } = incoming.finish().await.unwrap() else { panic!("a PDF is kept") };
    let state = FileState::Kept { sha256, media_type, bytes };
    let attachment = Attachment { id: uuid::Uuid::now_v7().to_string(), name: chosen.name.clone(), state };
    let enterprise = CreditCode::parse("91310120FXXY000194").unwrap();
    portal.storage.add_attachment(&id_of(draft), &enterprise, &attachment, world.clock.now()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scanner_behind_a_socket_of_this_machine_takes_the_largest_file() {
    let folder = Folder::new();
    let _running = clamd::start(&folder, free_port()).await;
    let scanner = Clamd::at(ScannerPlace::Socket(socket_in(&folder)));
    scanner.check().await.unwrap();
    let pieces = |content: Vec<u8>| {
        let pieces: Vec<_> = content.chunks(100_000).map(|piece| Ok(bytes::Bytes::copy_from_slice(piece))).collect();
        futures_util::stream::iter(pieces).boxed()
    };
    let largest = usize::try_from(credit::attachment::LARGEST_FILE).unwrap();
    let mut content = harmful_pdf("x.pdf").content;
    let clean = [&b"%PDF-1.7\n"[..], &vec![b' '; largest - 9]].concat();
    assert_eq!(scanner.scan(pieces(clean)).await, Ok(Verdict::Clean));
    content.splice(0..0, vec![b' '; largest - content.len()]);
    assert_eq!(scanner.scan(pieces(content)).await, Ok(Verdict::Infected("Portal.Test.Harmful.UNOFFICIAL".into())));
    // What breaks off on its way is no verdict.
    let broken = futures_util::stream::iter([Ok(bytes::Bytes::from_static(b"%PDF-1.7")), Err(std::io::Error::other("gone"))]);
    scanner.scan(broken.boxed()).await.unwrap_err();
    let nowhere = Clamd::at(ScannerPlace::Socket(folder.path("nothing-here")));
    nowhere.check().await.unwrap_err();
    nowhere.scan(pieces(b"x".to_vec())).await.unwrap_err();
}
