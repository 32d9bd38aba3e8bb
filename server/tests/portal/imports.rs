//! Many registrations at once: from the template to filings, without JavaScript.

use credit::import::{Note, Refusal};
use server::storage::imports::{ImportState, NewImport};

use crate::browser::Browser;
use crate::licence::{id_of, page_of};
use crate::multipart::ChosenFile;
use crate::page::Page;
use crate::world::{World, eventually};

pub const TABLE: &str = "年度,主营产品或服务,营业收入（万元）,营业收入（是否公开）\n\
                         2025,预制菜,\"1,234.5\",只公开区间\n去年,冷链,一万,\n\n2024,\"'=1+1\",,\n";

/// Sends a table; gives the import's address once it is read.
pub async fn imported(browser: &Browser, kind: &str, name: &str, table: impl Into<Vec<u8>>) -> String {
    let files = [ChosenFile::new(name, table)];
    let address = browser.post_with_files(&format!("/registrations/{kind}/import"), &[], &files).await.location();
    read(browser, &address).await;
    address
}

/// The page of an import, once it is read.
pub async fn read(browser: &Browser, address: &str) -> Page {
    eventually("the file is read", async || {
        let answer = browser.get(address).await;
        let waiting = answer.text().contains("正在读取");
        let reloads = answer.text().contains("<noscript><meta http-equiv=\"refresh\"");
        assert_eq!(reloads, waiting, "without JavaScript it reloads itself while it is read, and only then");
        (!waiting).then(|| answer.page_of(200))
    })
    .await
}

pub async fn a_table_is_sent_mended_and_filed_without_javascript(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let start = page_of(&browser, "/registrations/operations").await;
    let template = browser.get(&start.link("/registrations/operations/template")).await;
    assert!(
        template.status == 200 && template.body.starts_with(b"PK") && template.header("content-type").contains("spreadsheetml")
    );
    page_of(&browser, &start.link("/registrations/operations/import")).await.must_say("选择表格文件");

    let import = imported(&browser, "operations", "经营.csv", TABLE).await;
    let page = page_of(&browser, &import).await;
    page.must_say("1 行需要更正");
    page.must_say("2 行没有错误，待处理");
    page.must_say("年度请填写四位年份，从 2000 到");
    page.must_say("营业收入请用阿拉伯数字填写，例如 120");
    page_of(&browser, "/filings").await.must_say("经营.csv");

    let row = page.link(&format!("{import}/rows/3"));
    let page = page_of(&browser, &row).await;
    assert_eq!((page.typed("year").as_str(), page.typed("business").as_str()), ("去年", "冷链"));
    assert!(page.problem_at("year").is_some() && page.problem_at("business").is_none());
    let half = [("version", "1"), ("year", "2023"), ("business", "冷链"), ("revenue", "一万"), ("action", "next")];
    let again = browser.post(&row, &half).await.location();
    let page = browser.get(&again).await.page_of(200);
    assert!(page.problem_at("year").is_none() && page.problem_at("revenue").is_some(), "what is left to mend stands there again");
    let over_an_old_version = [("version", "1"), ("year", "2022"), ("business", "冷链甲"), ("action", "save")];
    let page = browser.post(&row, &over_an_old_version).await.page_of(409);
    assert_eq!(page.typed("business"), "冷链甲", "nothing typed is lost");
    let mended = [("version", "2"), ("year", "2023"), ("business", "冷链"), ("revenue", "10000"), ("action", "next")];
    assert_eq!(browser.post(&row, &mended).await.location(), format!("{import}?saved=1#rows"));

    let filing = format!("{import}/filing");
    let page = page_of(&browser, &filing).await;
    assert!(page.ticked("purpose").is_empty() && page.ticked("pledge").is_empty(), "nothing is ticked beforehand");
    let page = browser.post(&filing, &[("purpose", "publish")]).await.page_of(422);
    assert_eq!((page.ticked("purpose"), page.summary().len()), (vec!["publish".to_owned()], 1));
    let rows = page.hidden("rows");
    // While somebody reads the pledge, a row that it would be for is mended.
    let more = [("version", "3"), ("year", "2023"), ("business", "冷链运输"), ("revenue", "10000"), ("action", "save")];
    browser.post(&row, &more).await.location();
    let agreed = [("purpose", "publish"), ("pledge", "yes"), ("rows", &rows), ("action", "submit")];
    let page = browser.post(&filing, &agreed).await.page_of(409);
    page.must_say("有人修改或去掉了其中的行");
    assert_eq!(page.ticked("purpose"), ["publish"], "what was chosen stays");
    let rows = page.hidden("rows");
    let agreed = [("purpose", "publish"), ("pledge", "yes"), ("rows", &rows), ("action", "submit")];
    assert_eq!(browser.post(&filing, &agreed).await.location(), import);
    assert_eq!(browser.post(&filing, &agreed).await.location(), import, "the same post twice files nothing twice");
    let page = eventually("all rows are filed", async || {
        Some(page_of(&browser, &format!("{import}?all=1")).await)
            .filter(|page| page.says("3 行已提交") && !page.says("正在逐行提交"))
    })
    .await;
    let filings = page.links().into_iter().filter(|link| link.starts_with("/filings/")).collect::<Vec<_>>();
    assert_eq!(filings.len(), 3, "{filings:?}");
    let filed = page_of(&browser, &filings[0]).await;
    assert!(filed.answer_to("主营产品或服务").starts_with("预制菜"));
    filed.must_say("1234.5");
    for filing in &filings {
        let content = world.submission(&id_of(filing)).await;
        assert_eq!(content["envelope"]["kind"], "registration.operations");
    }
    let desk = page_of(&browser, "/filings").await;
    desk.must_not_say("经营.csv");
    desk.must_say("没有草稿。");

    let export = browser.get("/registrations/export.csv?kind=operations").await;
    assert_eq!(export.status, 200);
    assert!(export.text().contains(",'=1+1,"), "a formula is defused: {}", export.text());
    let book = browser.get("/registrations/export.xlsx?kind=operations").await;
    let json: serde_json::Value =
        serde_json::from_str(&browser.get("/registrations/export.json?kind=operations").await.text()).unwrap();
    assert_eq!(json["items"].as_array().map(Vec::len), Some(3));
    for (name, content) in [("再来.csv", export.body), ("再来.xlsx", book.body)] {
        let again = imported(&browser, "operations", name, content).await;
        page_of(&browser, &again).await.must_say("3 行没有错误，待处理");
    }
}

pub async fn a_row_that_needs_a_file_becomes_a_draft(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let table = "证照类别,证照名称,证照编号,发证机关,发证日期,长期有效\n许可,食品经营许可证,JY1,某局,2025-03-05,是\n";
    let import = imported(&browser, "licence", "证照.csv", table).await;
    assert_eq!(browser.get(&format!("{import}/filing")).await.location(), import, "it cannot be filed without its file");
    assert_eq!(browser.post(&format!("{import}/filing"), &[("pledge", "yes")]).await.location(), import);
    for _ in 0..2 {
        browser.post(&format!("{import}/drafts"), &[]).await.location();
    }
    let page = page_of(&browser, &format!("{import}?all=1")).await;
    page.must_say("1 行已转为草稿");
    let draft = page.link("/drafts/");
    let page = page_of(&browser, &draft).await;
    assert_eq!((page.typed("title").as_str(), page.typed("number").as_str()), ("食品经营许可证", "JY1"));
    let drafts = page_of(&browser, "/filings").await.links();
    assert_eq!(drafts.iter().filter(|link| **link == draft).count(), 1);
}

pub async fn what_cannot_be_read_is_said_and_the_file_is_kept(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let old = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600]].concat();
    let import = imported(&browser, "operations", "旧.xls", old).await;
    let page = page_of(&browser, &import).await;
    page.must_say("这是旧版 .xls 文件");
    page.must_say("原来的内容已保留");
    let none = browser.post_with_files("/registrations/operations/import", &[], &[]).await;
    none.page_of(422).must_say("请先选择一个表格文件");
    let empty = [ChosenFile::new("空.csv", Vec::new())];
    browser.post_with_files("/registrations/operations/import", &[], &empty).await.page_of(422).must_say("这个文件是空的");
    let large = [ChosenFile::new("大.csv", vec![b'a'; 21 * 1024 * 1024])];
    browser.post_with_files("/registrations/operations/import", &[], &large).await.page_of(422).must_say("文件超过 20 MB");
    assert_eq!(browser.post(&format!("{import}/closure"), &[]).await.location(), "/filings");
    page_of(&browser, "/filings").await.must_not_say("旧.xls");
}

pub async fn a_reading_that_was_broken_off_is_taken_up_again(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let sent = imported(&browser, "operations", "经营.csv", TABLE).await;
    let storage = &world.portal.portal.storage;
    let code = credit::credit_code::CreditCode::parse("91310120FXXY000194").unwrap();
    let begun = storage.import(&id_of(&sent), &code).await.unwrap().unwrap().begun;
    let lost = NewImport { id: uuid::Uuid::now_v7().to_string(), ..begun };
    storage.begin_import(&lost).await.unwrap();
    // The importer may take it at once or, if this worker is faster, when the lease of this dead one has ended.
    let now = world.clock.now();
    storage.claim_import(now, now + 30_000).await.unwrap();
    world.clock.advance(60_000);
    world.portal.portal.importer.notify_one();
    let page = read(&browser, &format!("/imports/{}", lost.id)).await;
    page.must_say("2 行没有错误，待处理");
    let kept = storage.import(&lost.id, &code).await.unwrap().unwrap();
    assert!(!kept.notes.iter().any(|note| matches!(note, Note::UnknownColumn(_))));
    assert_eq!(kept.counts.all(), 3, "no row is there twice");
}

pub async fn a_file_that_ends_whoever_reads_it_is_not_read_for_ever(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let sent = imported(&browser, "operations", "经营.csv", TABLE).await;
    let storage = &world.portal.portal.storage;
    let code = credit::credit_code::CreditCode::parse("91310120FXXY000194").unwrap();
    let begun = storage.import(&id_of(&sent), &code).await.unwrap().unwrap().begun;
    let deadly = NewImport { id: uuid::Uuid::now_v7().to_string(), ..begun };
    storage.begin_import(&deadly).await.unwrap();
    // Six workers begin to read it, and none comes back.
    for _ in 0..6 {
        storage.claim_import(world.clock.now(), 0).await.unwrap();
    }
    world.portal.portal.importer.notify_one();
    let page = read(&browser, &format!("/imports/{}", deadly.id)).await;
    page.must_say("文件已损坏");
    assert_eq!(storage.import(&deadly.id, &code).await.unwrap().unwrap().state, ImportState::Refused(Refusal::Broken));
}

pub async fn who_may_not_file_cannot_file_rows(world: World) {
    let agent = world.browser_of("agent-without-mandate").await;
    let import = imported(&agent, "operations", "经营.csv", TABLE).await;
    page_of(&agent, &format!("{import}/filing")).await.must_say("您可以填写草稿，但不能提交");
    assert_eq!(agent.post(&format!("{import}/filing"), &[("pledge", "yes")]).await.status, 403);
    page_of(&agent, &import).await.must_say("2 行没有错误，待处理");
}
