//! Applications that the enterprise takes to the official entrance by itself: the package, its number, what was told there, and
//! taking it back.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::process::Command;

use credit::bundle::Bundle;
use credit::credit_code::CreditCode;
use credit::repair::{COMMITMENT, HandOver};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::browser::Browser;
use crate::clamd;
use crate::commitments::REPRESENTATIVE;
use crate::licence::{filed, id_of, page_of};
use crate::repair_progress::{applied, applied_at, noon, objected};
use crate::world::{HOUR, World, eventually};

const MACHINERY: &str = "91310120FXXY000194";
const NUMBER: &str = "XYZG-2026-000123";

/// The files of a package, as a reader of archives finds them.
pub fn unpacked(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).expect("it is an archive");
    (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index(at).unwrap();
            assert!(entry.enclosed_name().is_some(), "{} leads elsewhere", entry.name());
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            (entry.name().to_owned(), content)
        })
        .collect()
}

/// Today, as it stands in the field of a day at first.
fn today(world: &World) -> String {
    world.clock.today().to_string()
}

pub async fn package(browser: &Browser, filing: &str) -> Vec<u8> {
    let answer = browser.get(&format!("{filing}/package.zip")).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/zip"), "{}", answer.page().text());
    assert!(answer.header("content-disposition").starts_with("attachment; filename="));
    answer.body
}

/// What a reader of PDF finds in it; none where there is no such reader.
pub fn text_of(world: &World, pdf: &[u8]) -> Option<String> {
    let path = world.folder.path("read.pdf");
    std::fs::write(&path, pdf).unwrap();
    let read = Command::new("pdftotext").arg("-layout").arg(path).arg("-").output().ok()?;
    Some(String::from_utf8_lossy(&read.stdout).split_whitespace().collect())
}

pub async fn a_package_holds_everything_and_is_always_the_same(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied(&world, &browser, HandOver::Package).await;
    let archive = package(&browser, &filing).await;
    let files = unpacked(&archive);
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!((manifest["submission"].as_str(), manifest["channel"].as_str()), (Some(&*id_of(&filing)), Some("creditchina")));
    let listed = manifest["files"].as_array().unwrap();
    assert_eq!(listed.len() + 1, files.len(), "every file but the list itself is listed: {:?}", files.keys());
    for file in listed {
        let content = &files[file["name"].as_str().unwrap()];
        let sha256: String = credit::hexadecimal::write(&Sha256::digest(content));
        assert_eq!((file["sha256"].as_str(), file["bytes"].as_u64()), (Some(&*sha256), Some(content.len() as u64)), "{file}");
    }
    let proof = listed.last().unwrap();
    assert_eq!(proof["original_name"], "许可证.pdf");
    assert_eq!(proof["name"], "证明材料/01-许可证.pdf");
    let receipt = String::from_utf8(files["02-信用修复承诺书凭证.json"].clone()).unwrap();
    let proven = Bundle::read(&receipt).expect("it is a receipt").prove(world.portal.portal.log.verifier()).expect("it holds");
    assert_eq!(proven.acceptance.code.as_deref(), manifest["commitment"].as_str());
    let note = String::from_utf8(files["说明.txt"].clone()).unwrap();
    assert!(note.contains(&filing) && note.contains("02-信用修复承诺书") && note.contains("信用中国"), "{note}");
    if world.portal.portal.font.is_some() {
        assert_eq!(Bundle::found_in(&files["02-信用修复承诺书.pdf"]), Ok(Bundle::read(&receipt).unwrap()));
        if let Some(form) = text_of(&world, &files["01-信用修复申请表.pdf"]) {
            for words in ["91310120FXXY000194", "FXR-0001", "示例021号", "缴清罚款，整改贮存间。", "01-许可证.pdf", "官方办件编号"]
            {
                assert!(form.contains(words), "the form does not say {words}: {form}");
            }
        }
    } else {
        assert!(String::from_utf8_lossy(&files["01-信用修复申请表.txt"]).contains("FXR-0001"));
    }
    // The log grows, the application moves on: the package stays as it is.
    filed(&browser).await;
    browser.post(&format!("{filing}/handling-number"), &[("number", NUMBER), ("on", &today(&world))]).await.location();
    assert_eq!(package(&browser, &filing).await, archive);
}

pub async fn what_was_handed_over_is_followed_by_hand_until_the_platform_tells(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied(&world, &browser, HandOver::Package).await;
    let id = id_of(&filing);
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.state(), "材料已备好，等待您递交");
    assert_eq!(page.answer_to("现在由谁办理"), "本企业");
    assert_eq!(page.link(&format!("{filing}/package.zip")), format!("{filing}/package.zip"));

    let (number, today) = (format!("{filing}/handling-number"), today(&world));
    assert_eq!(page.typed("on"), today, "most enter it on the day itself");
    assert_eq!(browser.post(&number, &[("number", " ＸＹＺＧ-2026-000123 "), ("on", &today)]).await.location(), filing);
    assert_eq!(browser.post(&number, &[("number", NUMBER), ("on", &today)]).await.location(), filing, "the same number twice");
    browser.post(&number, &[("number", "OTHER"), ("on", &today)]).await.page_of(409).must_say("已经登记过");
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.state(), "已递交，等待受理");
    assert_eq!(page.answer_to("官方办件编号"), NUMBER);
    assert_eq!(page.answer_to("现在由谁办理"), "信用中国");
    assert!(page.answer_to("这一步最迟").contains("3 个工作日"), "{}", page.answer_to("这一步最迟"));
    assert!(page.history()[0].contains("登记已到官方渠道递交") && page.history()[0].contains("江大海"), "{:?}", page.history());

    let progress = format!("{filing}/progress");
    for _ in 0..2 {
        let accepted = [("told", "accepted"), ("words", ""), ("on", &*today)];
        assert_eq!(browser.post(&progress, &accepted).await.location(), filing);
    }
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.state(), "已受理，核查中");
    page.must_say("正在由上海市奉贤区生态环境局（示例）核查");
    for _ in 0..2 {
        let granted = [("told", "granted"), ("words", "短信告知"), ("on", &*today)];
        assert_eq!(browser.post(&progress, &granted).await.location(), filing);
    }
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.state(), "准予修复");
    page.must_say("由本企业自行登记，以官方渠道为准");
    page.must_say("本网站不能为它出具证明");
    assert_eq!(page.history().len(), 4, "{:?}", page.history());
    assert_eq!(browser.get(&format!("{filing}/result.pdf")).await.status, 404, "the platform has not said so");
    browser.post(&progress, &[("told", "refused"), ("words", "x")]).await.page_of(409).must_say("不能再登记");
    assert_eq!(world.submissions().await, 1, "only the commitment went to the platform");

    // The platform knows better, and says it twice.
    let told = json!({ "type": "submission.granted", "submission": id, "data": { "verification": "verified" }, "id": "msg_once" });
    for _ in 0..2 {
        assert_eq!(world.event(told.clone()).await, 200);
    }
    let page = page_of(&browser, &filing).await;
    page.must_not_say("由本企业自行登记");
    assert_eq!(page.history().len(), 5, "{:?}", page.history());
    let proof = browser.get(&format!("{filing}/result.pdf")).await;
    if world.portal.portal.font.is_none() {
        assert_eq!(proof.status, 404);
        return;
    }
    assert_eq!((proof.status, proof.header("content-type")), (200, "application/pdf"));
    if let Some(text) = text_of(&world, &proof.body) {
        for words in
            ["信用修复结果证明", "FXR-0001", "示例021号", "准予修复，终止公示", "国办发〔2025〕22号", "/verify#", "以信用中国为准"]
        {
            assert!(text.contains(words), "the proof does not say {words}: {text}");
        }
        assert!(!text.contains("短信告知") && !text.contains("江大海"), "it says only what the platform said: {text}");
    }
}

pub async fn a_package_that_is_taken_back_waits_for_nobody(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied(&world, &browser, HandOver::Package).await;
    page_of(&browser, &format!("{filing}/withdrawal")).await.must_say("撤回立即生效，不需要等待确认");
    for _ in 0..2 {
        assert_eq!(browser.post(&format!("{filing}/withdrawal"), &[]).await.location(), filing);
    }
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.state(), "已撤回");
    page.must_say("撤回已经生效");
    page.must_not_say("正在通知平台");
    assert!(page.history()[0].starts_with("撤回生效"), "{:?}", page.history());
    assert_eq!(world.portal.portal.storage.outbox_figures().await.unwrap().parked, 0);
    assert_eq!(world.submissions().await, 1, "nothing of it went to the platform");
    let number = [("number", NUMBER), ("on", &*today(&world))];
    browser.post(&format!("{filing}/handling-number"), &number).await.page_of(409).must_say("不能再登记");
    // Then the same record can be applied for again.
    applied(&world, &browser, HandOver::Package).await;
}

pub async fn what_is_entered_by_hand_is_checked_and_stays_in_its_field(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied(&world, &browser, HandOver::Package).await;
    let (number, today) = (format!("{filing}/handling-number"), today(&world));
    let page = browser.post(&number, &[("number", "  "), ("on", &today)]).await.page_of(422);
    assert_eq!(page.summary(), [("#handling-number".to_owned(), "请填写官方办件编号".to_owned())]);
    let long = "1".repeat(61);
    let page = browser.post(&number, &[("number", &long), ("on", "昨天")]).await.page_of(422);
    assert_eq!(page.problem_at("number").as_deref(), Some("办件编号最多 60 个字符"));
    assert_eq!(page.problem_at("on").as_deref(), Some("日期请写成 2026-09-18 这样"), "everything that is wrong is said at once");
    assert_eq!((page.typed("number"), page.typed("on")), (long, "昨天".to_owned()), "what was typed is still there");
    assert_eq!(page.summary().len(), 2);
    browser
        .post(&format!("{filing}/progress"), &[("told", "accepted"), ("on", &today)])
        .await
        .page_of(409)
        .must_say("请先登记官方办件编号");
    browser.post(&number, &[("number", NUMBER), ("on", &today)]).await.location();

    let progress = format!("{filing}/progress");
    let page = browser.post(&progress, &[("told", ""), ("words", "等通知"), ("on", &today)]).await.page_of(422);
    assert_eq!(page.problem_at("told").as_deref(), Some("请选择官方的答复"));
    page.must_say("等通知");
    let page = browser.post(&progress, &[("told", "refused"), ("words", " "), ("on", "")]).await.page_of(422);
    assert_eq!(page.problem_at("words").as_deref(), Some("请写明要补正的内容或者不予办理的理由"));
    assert!(page.problem_at("on").unwrap().starts_with("请填写日期"), "{:?}", page.problem_at("on"));
    assert_eq!(page.ticked("told"), ["refused"]);
    let refused = [("told", "refused"), ("words", "公示期未满\n罚款未缴清"), ("on", &*today)];
    assert_eq!(browser.post(&progress, &refused).await.location(), filing);
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.state(), "不予受理", "it was refused before it was accepted");
    page.must_say("罚款未缴清");
    assert!(page.says("改正后重新提交"), "a refused one can be mended");
}

pub async fn terms_run_from_the_day_that_is_entered_and_not_from_that_of_typing(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied_at(&world, &browser, HandOver::Package, noon("2026-09-17")).await;
    let handed_over = [("number", NUMBER), ("on", "2026年9月18日")];
    browser.post(&format!("{filing}/handling-number"), &handed_over).await.location();
    let page = page_of(&browser, &filing).await;
    assert!(page.answer_to("期限起算").starts_with("2026-09-18（官方渠道收到之日"), "{}", page.answer_to("期限起算"));
    assert!(page.answer_to("这一步最迟").starts_with("2026-09-22，已经过期"), "{}", page.answer_to("这一步最迟"));
    assert!(page.history()[0].contains("日期：2026-09-18") && page.history()[0].contains(&today(&world)), "{:?}", page.history());

    let accepted = [("told", "accepted"), ("words", ""), ("on", "2026-09-21")];
    browser.post(&format!("{filing}/progress"), &accepted).await.location();
    let page = page_of(&browser, &filing).await;
    assert!(page.answer_to("期限起算").starts_with("2026-09-21（受理之日"), "{}", page.answer_to("期限起算"));
    assert!(page.answer_to("这一步最迟").starts_with("2026-10-08"), "{}", page.answer_to("这一步最迟"));
}

pub async fn the_day_of_an_entry_is_checked_and_the_sentence_says_how_to_mend_it(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied_at(&world, &browser, HandOver::Package, noon("2026-09-17")).await;
    let tomorrow = (world.clock.today() + chrono::Days::new(1)).to_string();
    let number = format!("{filing}/handling-number");
    for (on, problem) in [
        ("", "请填写日期".to_owned()),
        ("2026-09-31", "填写的这一天不存在".to_owned()),
        (&tomorrow, format!("日期不能晚于今天（{}）", today(&world))),
        ("2026-09-16", "日期不能早于在本网站提交申请的日期（2026-09-17）".to_owned()),
    ] {
        let page = browser.post(&number, &[("number", NUMBER), ("on", on)]).await.page_of(422);
        let said = page.problem_at("on").unwrap_or_default();
        assert!(said.starts_with(&problem), "{on}: {said}");
        assert_eq!(page.summary(), [("#entry-day".to_owned(), said)]);
        assert_eq!((page.typed("number"), page.typed("on")), (NUMBER.to_owned(), on.to_owned()), "nothing typed is lost");
    }
    browser.post(&number, &[("number", NUMBER), ("on", "2026-09-21")]).await.location();
    let returned = [("told", "returned"), ("words", "补交缴款书"), ("on", "2026-09-20")];
    let page = browser.post(&format!("{filing}/progress"), &returned).await.page_of(422);
    let said = page.problem_at("on").unwrap();
    assert!(said.starts_with("日期不能早于上一步的日期（2026-09-21）") && said.contains("请先撤销那次登记"), "{said}");
    assert_eq!((page.ticked("told"), page.typed("on")), (vec!["returned".to_owned()], "2026-09-20".to_owned()));
    page.must_say("补交缴款书");
    assert_eq!(page_of(&browser, &filing).await.state(), "已递交，等待受理", "nothing was entered");
}

pub async fn the_latest_entry_by_hand_is_taken_back_and_entered_anew(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied_at(&world, &browser, HandOver::Package, noon("2026-09-17")).await;
    let (number, progress) = (format!("{filing}/handling-number"), format!("{filing}/progress"));
    page_of(&browser, &filing).await.must_not_say("最近一次登记");
    browser.post(&number, &[("number", "XYZG-2026-0001Z3"), ("on", "2026-09-18")]).await.location();
    browser.post(&progress, &[("told", "refused"), ("words", "公示期未满"), ("on", "2026-09-21")]).await.location();

    // A wrong step, then a wrong number: one after the other, the latest first.
    let withdrawal = format!("{filing}/entry-withdrawal");
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.state(), "不予受理");
    let shown = page.hidden("changes");
    for _ in 0..2 {
        let answer = browser.post(&withdrawal, &[("changes", &shown)]).await;
        assert_eq!(answer.location(), format!("{filing}#hand-over"), "the same post twice takes one back");
    }
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.state(), "已递交，等待受理");
    assert!(page.answer_to("这一步最迟").starts_with("2026-09-22"), "{}", page.answer_to("这一步最迟"));
    assert!(page.history()[0].starts_with("已撤销的登记：不予受理"), "{:?}", page.history());
    assert!(page.history()[0].contains("公示期未满") && page.history()[0].contains("江大海已于"), "{:?}", page.history());
    assert_eq!(page.ticked("told"), ["refused"], "what was typed stands in the form again");
    assert_eq!(page.typed("on"), "2026-09-21");

    browser.post(&withdrawal, &[("changes", &page.hidden("changes"))]).await.location();
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.state(), "材料已备好，等待您递交");
    assert_eq!(page.answer_to("官方办件编号"), "递交后登记");
    assert_eq!((page.typed("number"), page.typed("on")), ("XYZG-2026-0001Z3".to_owned(), "2026-09-18".to_owned()));
    page.must_not_say("最近一次登记");

    browser.post(&number, &[("number", NUMBER), ("on", "2026-09-19")]).await.location();
    browser.post(&progress, &[("told", "accepted"), ("words", ""), ("on", "2026-09-21")]).await.location();
    let page = page_of(&browser, &filing).await;
    assert_eq!((page.state(), page.answer_to("官方办件编号")), ("已受理，核查中".to_owned(), NUMBER.to_owned()));
    assert!(page.answer_to("这一步最迟").starts_with("2026-10-08"), "{}", page.answer_to("这一步最迟"));
    let history = page.history();
    assert_eq!(history.len(), 5, "nothing is erased: {history:?}");
    assert_eq!(history.iter().filter(|line| line.starts_with("已撤销的登记：")).count(), 2, "{history:?}");
    let everything = browser.get("/overview/everything.json").await.text();
    let everything: Value = serde_json::from_str(&everything).unwrap();
    let taken = everything["filings"].as_array().unwrap().iter().find(|kept| kept["id"] == id_of(&filing)).unwrap();
    let line = &taken["history"][1];
    assert_eq!((line["on"].as_str(), line["taken_back"]["by"].as_str()), (Some("2026-09-18"), Some("江大海")), "{line}");
}

pub async fn what_the_platform_told_is_taken_back_by_nobody(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied(&world, &browser, HandOver::Package).await;
    let (withdrawal, today) = (format!("{filing}/entry-withdrawal"), today(&world));
    browser.post(&format!("{filing}/handling-number"), &[("number", NUMBER), ("on", &today)]).await.location();
    let shown = page_of(&browser, &filing).await.hidden("changes");
    let handler = json!({ "handler": "生态环境局信用岗" });
    let told = json!({ "type": "submission.under_review", "submission": id_of(&filing), "data": handler });
    assert_eq!(world.event(told.clone()).await, 200);
    browser.post(&withdrawal, &[("changes", &shown)]).await.page_of(409).must_say("没有撤销任何登记");
    let page = page_of(&browser, &filing).await;
    page.must_not_say("最近一次登记");
    browser.post(&withdrawal, &[("changes", "3")]).await.page_of(409).must_say("最近一步不是手工登记的");
    // What is entered after it can be taken back, until the platform tells again, be it what is known.
    browser.post(&format!("{filing}/progress"), &[("told", "granted"), ("words", ""), ("on", &today)]).await.location();
    let shown = page_of(&browser, &filing).await.hidden("changes");
    assert_eq!(world.event(told).await, 200);
    browser.post(&withdrawal, &[("changes", &shown)]).await.page_of(409).must_say("平台已经有通知");
    assert_eq!(page_of(&browser, &filing).await.state(), "准予修复");
}

pub async fn a_number_is_entered_also_after_the_platform_told_that_it_is_checked(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied_at(&world, &browser, HandOver::Package, world.clock.now() - 72 * HOUR).await;
    let told = json!({ "type": "submission.under_review", "submission": id_of(&filing), "data": { "handler": "信用岗" } });
    assert_eq!(world.event(told).await, 200);
    let page = page_of(&browser, &filing).await;
    assert_eq!((page.state(), page.answer_to("官方办件编号")), ("已受理，核查中".to_owned(), "递交后登记".to_owned()));
    assert_eq!(page.typed("number"), "", "there is a form for it");
    // It was handed over before the platform told that.
    let handed_over_on = (world.clock.today() - chrono::Days::new(2)).to_string();
    browser.post(&format!("{filing}/handling-number"), &[("number", NUMBER), ("on", &handed_over_on)]).await.location();
    let page = page_of(&browser, &filing).await;
    assert_eq!((page.state(), page.answer_to("官方办件编号")), ("已受理，核查中".to_owned(), NUMBER.to_owned()));
    page.must_say("登记官方的答复");
}

pub async fn no_application_is_open_again_whose_commitment_is_gone(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied(&world, &browser, HandOver::Package).await;
    let today = today(&world);
    browser.post(&format!("{filing}/handling-number"), &[("number", NUMBER), ("on", &today)]).await.location();
    browser.post(&format!("{filing}/progress"), &[("told", "refused"), ("words", "公示期未满"), ("on", &today)]).await.location();
    let storage = &*world.portal.portal.storage;
    let owner = CreditCode::parse(MACHINERY).unwrap();
    let application = storage.filing(&id_of(&filing), &owner).await.unwrap().unwrap();
    let letter = storage.filing_of_commitment(&application.content[COMMITMENT.name], &owner).await.unwrap().unwrap();
    browser.post(&format!("/filings/{letter}/withdrawal"), &[]).await.location();
    let shown = page_of(&browser, &filing).await.hidden("changes");
    let refused = browser.post(&format!("{filing}/entry-withdrawal"), &[("changes", &shown)]).await;
    refused.page_of(409).must_say("所附的信用修复承诺书已经撤回");
    assert_eq!(page_of(&browser, &filing).await.state(), "不予受理");
}

pub async fn an_entry_that_changed_meanwhile_is_not_taken_back(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied(&world, &browser, HandOver::Package).await;
    let (withdrawal, today) = (format!("{filing}/entry-withdrawal"), today(&world));
    browser.post(&format!("{filing}/handling-number"), &[("number", NUMBER), ("on", &today)]).await.location();
    let shown = page_of(&browser, &filing).await.hidden("changes");
    browser.post(&format!("{filing}/progress"), &[("told", "accepted"), ("on", &today)]).await.location();
    for stale in [&*shown, "", "x", "-1"] {
        browser.post(&withdrawal, &[("changes", stale)]).await.page_of(409).must_say("没有撤销任何登记");
    }
    assert_eq!(page_of(&browser, &filing).await.state(), "已受理，核查中");
    // Just withdrawing is no entry.
    browser.post(&format!("{filing}/withdrawal"), &[]).await.location();
    page_of(&browser, &filing).await.must_not_say("最近一次登记");
    // Who may not file takes nothing back.
    let agent = world.browser_of("agent-without-mandate").await;
    assert_eq!(agent.post(&withdrawal, &[("changes", &shown)]).await.status, 403);
}

pub async fn nothing_is_entered_by_hand_of_what_the_platform_has(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied(&world, &browser, HandOver::Platform).await;
    for others in [&filing, &filed(&browser).await] {
        assert_eq!(browser.get(&format!("{others}/package.zip")).await.status, 404);
        assert_eq!(browser.post(&format!("{others}/handling-number"), &[("number", NUMBER)]).await.status, 404);
        assert_eq!(browser.post(&format!("{others}/progress"), &[("told", "granted")]).await.status, 404);
        assert_eq!(browser.post(&format!("{others}/entry-withdrawal"), &[("changes", "2")]).await.status, 404);
        assert_eq!(browser.get(&format!("{others}/result.pdf")).await.status, 404);
    }
    // Who may not file sees it and enters nothing.
    let filing = objected(&world, HandOver::Package).await;
    let agent = world.browser_of("agent-without-mandate").await;
    page_of(&agent, &filing).await.must_say("要由法定代表人、证照管理员或者有授权的经办人办理");
    assert_eq!(agent.post(&format!("{filing}/handling-number"), &[("number", NUMBER)]).await.status, 403);
    assert_eq!(agent.post(&format!("{filing}/progress"), &[("told", "granted")]).await.status, 403);
    assert_eq!(agent.post(&format!("{filing}/withdrawal"), &[]).await.status, 403);
    let files = unpacked(&package(&agent, &filing).await);
    assert!(files.keys().any(|name| name.starts_with("01-异议申诉申请表")), "{:?}", files.keys());
}

pub async fn a_package_names_the_official_entrance_of_its_channel(_: World) {
    let further = "[repair.creditchina]\nway = \"package\"\naddress = \"https://www.creditchina.gov.cn/xyxf/\"\n";
    let world = World::with(None, further).await;
    let browser = world.browser_of(REPRESENTATIVE).await;
    // Filed as people file it: how it is handed over comes from the settings.
    let filing = crate::repairs::applied(&browser, "FXR-0001").await;
    let page = page_of(&browser, &format!("{filing}?filed=1")).await;
    assert_eq!(page.state(), "材料已备好，等待您递交");
    page.must_say("本网站不送交这件申请");
    page.must_not_say("将自动送交平台");
    for filing in [filing, objected(&world, HandOver::Package).await] {
        let page = page_of(&browser, &filing).await;
        assert_eq!(page.link("https://www.creditchina.gov.cn/"), "https://www.creditchina.gov.cn/xyxf/");
        let files = unpacked(&package(&browser, &filing).await);
        let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
        assert_eq!(manifest["official_address"], "https://www.creditchina.gov.cn/xyxf/");
    }
}

/// With a scanner set up and nothing there yet.
pub async fn a_package_waits_until_every_file_was_looked_at(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied(&world, &browser, HandOver::Package).await;
    browser.get(&format!("{filing}/package.zip")).await.page_of(409).must_say("正在检查病毒");
    let _scanner = clamd::start(&world.folder, world.scanner.unwrap()).await;
    eventually("the package is there", async || {
        world.later(6_000);
        Some(browser.get(&format!("{filing}/package.zip")).await).filter(|answer| answer.status == 200)
    })
    .await;
}
