//! Applications for repair: begun from a record, with a signed commitment, checked, filed, decided.

use credit::repair::HandOver;
use credit::signing::SecretKey;
use serde_json::json;

use crate::browser::{Answer, Browser};
use crate::commitments::{REPRESENTATIVE, post, signed};
use crate::licence::{file, filing_of, id_of, page_in_state, page_of, press};
use crate::multipart::ChosenFile;
use crate::page::Page;
use crate::pledging::found;
use crate::repair_progress;
use crate::signing_keys::enrolled;
use crate::world::{World, eventually};

/// Fined five months ago, paid and put right: can be repaired in the sandbox on any day.
pub const RECORD: &str = "FXR-0001";

pub const FULFILMENT: &str = "危险废物已移入贮存间并设置标志，罚款已缴清。";

/// Answers that hold, everything put right on the day of the decision.
pub async fn sound(browser: &Browser, draft: &str, fulfilment: &'static str) -> Vec<(&'static str, String)> {
    let decided_on = page_of(browser, draft).await.hidden("decided_on");
    vec![("fulfilled_on", decided_on), ("fulfilment", fulfilment.into()), ("proof_payment", "yes".into())]
}

async fn go_on(browser: &Browser, draft: &str, fulfilment: &'static str, files: &[ChosenFile]) -> String {
    let answers = sound(browser, draft, fulfilment).await;
    let answers: Vec<(&str, &str)> = answers.iter().map(|(name, answer)| (*name, answer.as_str())).collect();
    press(browser, draft, &answers, "continue", files).await.location()
}

/// Chooses these records, and says that they are right and put right.
async fn chosen(browser: &Browser, records: &[&str]) -> Answer {
    let records = records.iter().map(|record| ("record", *record));
    let form: Vec<(&str, &str)> = records.chain([("says", "put_right")]).collect();
    browser.post("/repairs", &form).await
}

/// Begins an application about this record.
pub async fn begin(browser: &Browser, record: &str) -> String {
    let draft = chosen(browser, &[record]).await.location();
    assert!(draft.starts_with("/drafts/"), "{draft}");
    draft
}

/// An application that is filled in; its commitment is next.
pub async fn filled_in(browser: &Browser, record: &str) -> String {
    let draft = begin(browser, record).await;
    let onward = go_on(browser, &draft, FULFILMENT, &[ChosenFile::pdf("缴款书.pdf")]).await;
    assert_eq!(onward, format!("{draft}/review"));
    draft
}

/// Prepares the commitment of an application and signs it; gives its filing's address.
pub async fn sign_letter(browser: &Browser, draft: &str, key: &(String, SecretKey)) -> String {
    let review = browser.post(&format!("{draft}/letter"), &[]).await.location();
    let letter = review.strip_suffix("/review").expect("it can be read and signed at once").to_owned();
    let page = page_of(browser, &review).await;
    let onward = post(browser, &letter, &signed(&page, key)).await.location();
    assert_eq!(onward, format!("{draft}/review"), "signing leads back to the application");
    filing_of(&letter)
}

/// An application that was filed; gives its address.
pub async fn applied(browser: &Browser, record: &str) -> String {
    let key = enrolled(browser).await;
    let draft = filled_in(browser, record).await;
    sign_letter(browser, &draft, &key).await;
    file(browser, &draft, &[]).await
}

pub async fn an_application_is_filed_with_its_signed_commitment_and_reaches_the_platform(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let key = enrolled(&browser).await;
    let draft = begin(&browser, RECORD).await;
    assert_eq!(begin(&browser, RECORD).await, draft, "one draft for a record");
    let page = page_of(&browser, &draft).await;
    let done = world.clock.today() - chrono::Months::new(5) + chrono::Days::new(12);
    assert_eq!(page.typed("fulfilled_on"), done.to_string(), "what the platform knows is filled in");
    page.must_say("示例021号");
    page.must_say("不需要营业执照");
    page.must_say("写有决定书文号的非税收入缴款书");
    assert!(!page.text().contains("附件中有整改报告"), "a fine needs no report on what was put right");
    go_on(&browser, &draft, FULFILMENT, &[ChosenFile::pdf("缴款书.pdf")]).await;
    let review = page_of(&browser, &format!("{draft}/review")).await;
    review.must_say("还没有信用修复承诺书");
    browser
        .post(&format!("{draft}/filing"), &[("pledge", "yes"), ("version", "2")])
        .await
        .page_of(422)
        .must_say("还没有信用修复承诺书");
    let letter = sign_letter(&browser, &draft, &key).await;
    page_of(&browser, &format!("{draft}/review")).await.must_say("承诺书已签署");
    let filing = file(&browser, &draft, &[]).await;
    let submission = world.submission(&id_of(&filing)).await;
    let envelope = &submission["envelope"];
    assert_eq!(envelope["kind"], "repair");
    assert_eq!(envelope["content"]["record"], RECORD);
    assert_eq!(envelope["content"]["hand_over"], "platform");
    let code = world.portal.portal.storage.commitment_code(&id_of(&letter)).await.unwrap();
    assert_eq!(envelope["content"]["commitment"].as_str(), code.as_deref());
    assert_eq!(chosen(&browser, &[RECORD]).await.location(), filing, "one application for a record");
}

pub async fn every_fault_of_an_application_is_listed_at_once(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let draft = begin(&browser, RECORD).await;
    press(&browser, &draft, &[("fulfilled_on", "2099-01-01")], "save", &[]).await.location();
    browser.post(&format!("{draft}/letter"), &[]).await.location();
    let page = page_of(&browser, &format!("{draft}/review")).await;
    for words in
        ["承诺书还没有签署", "全部义务履行完毕日期不能晚于今天", "请填写整改和履行情况", "附件中有缴款凭证", "证明材料附件"]
    {
        page.must_say(words);
    }
    let version = page_of(&browser, &draft).await.version();
    let again = browser.post(&format!("{draft}/filing"), &[("pledge", "yes"), ("version", &version)]).await.page_of(422);
    again.must_say("承诺书还没有签署");
}

pub async fn a_commitment_for_another_decision_is_not_taken(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let key = enrolled(&browser).await;
    let draft = filled_in(&browser, RECORD).await;
    let letter = browser.post(&format!("{draft}/letter"), &[]).await.location().replace("/review", "");
    let page = page_of(&browser, &letter).await;
    assert!(page.typed("blank.document").contains("示例021号"), "it is filled in from the application");
    let answers = [
        ("blank.organ", page.typed("blank.organ")),
        ("blank.document", "沪奉环罚〔2026〕示例999号".into()),
        ("blank.decided_on", page.typed("blank.decided_on")),
        ("blank.correction", FULFILMENT.into()),
    ];
    let typed: Vec<(&str, &str)> = answers.iter().map(|(name, answer)| (*name, answer.as_str())).collect();
    let review = press(&browser, &letter, &typed, "continue", &[]).await.location();
    let page = page_of(&browser, &review).await;
    post(&browser, &letter, &signed(&page, &key)).await.location();
    let page = page_of(&browser, &format!("{draft}/review")).await;
    page.must_say("承诺书写的决定书文号是“沪奉环罚〔2026〕示例999号”，与这条失信信息不符");
    sign_letter(&browser, &draft, &key).await;
    file(&browser, &draft, &[]).await;
}

pub async fn nothing_was_fulfilled_before_it_was_demanded(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let draft = begin(&browser, RECORD).await;
    let onward = press(&browser, &draft, &[("fulfilled_on", "2020-01-01")], "continue", &[]).await.location();
    page_of(&browser, &onward).await.must_say("全部义务履行完毕日期不能早于处罚决定日期");
}

pub async fn what_cannot_be_applied_for_leads_to_the_record_that_says_why(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    // Too early, stopped, another enterprise's, none.
    for record in ["FXR-0002", "FXR-0004"] {
        assert_eq!(chosen(&browser, &[record]).await.location(), format!("/records/{record}"));
    }
    for record in ["FXR-0011", "FXR-9999"] {
        assert_eq!(chosen(&browser, &[record]).await.status, 404);
        assert_eq!(browser.post("/drafts", &[("kind", "objection"), ("record", record)]).await.status, 404);
    }
}

pub async fn which_way_is_right_is_asked_before_several_applications_are_begun(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let both = [("record", RECORD), ("record", "FXR-0003")];
    let not_said = browser.post("/repairs", &both).await.page_of(422);
    let sentences = |page: &Page| page.summary().into_iter().map(|(_, sentence)| sentence).collect::<Vec<_>>();
    assert_eq!(sentences(&not_said), ["请选择勾选的记录是哪一种情况。"]);
    assert_eq!(not_said.ticked("record"), [RECORD, "FXR-0003"], "what was chosen stays chosen");
    let nothing = browser.post("/repairs", &[]).await.page_of(422);
    assert_eq!(sentences(&nothing), ["请至少勾选一条要申请修复的记录。", "请选择勾选的记录是哪一种情况。"]);
    let many: Vec<String> = (0..51).map(|number| format!("FXR-9{number:03}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let too_many = chosen(&browser, &many).await.page_of(422);
    assert_eq!(sentences(&too_many), ["您勾选了 51 条，一次最多 50 条。请分几次申请。"]);
    for (says, words) in [("data_wrong", "办法：提出异议"), ("penalty_wrong", "办法：行政复议或者行政诉讼")] {
        let mut form = both.to_vec();
        form.push(("says", says));
        let page = browser.post("/repairs", &form).await.page_of(200);
        page.must_say(words);
        for record in [RECORD, "FXR-0003"] {
            let link = format!("/records/{record}?says={says}#way");
            assert!(page.links().contains(&link), "{:?}", page.links());
        }
        let one = browser.post("/repairs", &[("record", RECORD), ("says", says)]).await.location();
        assert_eq!(one, format!("/records/{RECORD}?says={says}#way"));
    }
    let prepared = page_of(&browser, "/repairs").await.links();
    assert!(!prepared.iter().any(|link| link.starts_with("/drafts/")), "nothing was begun: {prepared:?}");
}

pub async fn while_the_platform_does_not_answer_nothing_is_filed_and_everything_is_kept(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let key = enrolled(&browser).await;
    let draft = filled_in(&browser, RECORD).await;
    sign_letter(&browser, &draft, &key).await;
    world.mood(json!({ "mood": "down" })).await;
    page_of(&browser, &format!("{draft}/review")).await.must_say("平台暂时没有应答，现在不能提交");
    let faulty = [("fulfilled_on", "2099-01-01"), ("fulfilment", FULFILMENT), ("proof_payment", "yes")];
    press(&browser, &draft, &faulty, "save", &[]).await.location();
    page_of(&browser, &format!("{draft}/review")).await.must_say("全部义务履行完毕日期不能晚于今天");
    go_on(&browser, &draft, FULFILMENT, &[]).await;
    let version = page_of(&browser, &draft).await.version();
    browser
        .post(&format!("{draft}/filing"), &[("pledge", "yes"), ("version", &version)])
        .await
        .page_of(422)
        .must_say("平台暂时没有应答");
    page_of(&browser, "/repairs").await.must_say("平台暂时没有应答");
    chosen(&browser, &["FXR-0003"]).await.page_of(503).must_say("平台暂时没有应答");
    world.good_mood().await;
    file(&browser, &draft, &[]).await;
}

pub async fn a_returned_application_is_corrected_with_the_same_commitment(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied(&browser, RECORD).await;
    world.submission(&id_of(&filing)).await;
    world.decide(&id_of(&filing), "submission.under_review", json!({ "handler": "审核一岗" })).await;
    let comments = json!([{ "field": "fulfilment", "comment": "请写明缴款日期" }]);
    world.decide(&id_of(&filing), "submission.returned", json!({ "comments": comments })).await;
    page_in_state(&browser, &filing, "退回补正").await;
    let draft = browser.post(&format!("{filing}/correction"), &[]).await.location();
    page_of(&browser, &draft).await.must_say("请写明缴款日期");
    let review = go_on(&browser, &draft, "危险废物已移入贮存间，罚款于十日内缴清。", &[]).await;
    let page = page_of(&browser, &review).await;
    page.must_say("承诺书已签署");
    page.must_say("退回前：危险废物已移入贮存间并设置标志");
    let corrected = file(&browser, &draft, &[]).await;
    let submission = world.submission(&id_of(&corrected)).await;
    assert_eq!(submission["envelope"]["revises"], id_of(&filing));
    // All that passed about the record stands on its page, also what was replaced.
    let links = page_of(&browser, &format!("/records/{RECORD}")).await.links();
    assert!(links.contains(&filing) && links.contains(&corrected), "{links:?}");
}

pub async fn the_commitment_of_an_application_is_withdrawn_only_with_it(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let key = enrolled(&browser).await;
    let draft = filled_in(&browser, RECORD).await;
    let letter = sign_letter(&browser, &draft, &key).await;
    let filing = file(&browser, &draft, &[]).await;
    let withdrawal = format!("{letter}/withdrawal");
    browser.get(&withdrawal).await.page_of(409).must_say("只能和信用修复申请一起撤回");
    browser.post(&withdrawal, &[]).await.page_of(409).must_say("只能和信用修复申请一起撤回");
    browser.post(&format!("{filing}/withdrawal"), &[]).await.location();
    assert_eq!(browser.post(&withdrawal, &[]).await.location(), letter);
}

pub async fn after_a_grant_the_record_is_shown_nowhere(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let key = enrolled(&browser).await;
    let draft = filled_in(&browser, RECORD).await;
    let letter = sign_letter(&browser, &draft, &key).await;
    let filing = file(&browser, &draft, &[]).await;
    // The commitment is public, as it has to be: it is found, and names no record.
    for (one, further) in [(&letter, true), (&filing, false)] {
        let id = id_of(one);
        world.submission(&id).await;
        world.decide(&id, "submission.under_review", json!({ "handler": "审核一岗" })).await;
        world.decide(&id, "submission.granted", json!({})).await;
        if further {
            world.decide(&id, "publication.published", json!({})).await;
        }
    }
    page_in_state(&browser, &filing, "准予修复").await;
    let code = world.portal.portal.storage.commitment_code(&id_of(&letter)).await.unwrap().unwrap();
    let stranger = world.browser();
    let public = format!("/commitments/{code}");
    eventually("the commitment is public", async || (stranger.get(&public).await.status == 200).then_some(())).await;
    let (number, fact) = ("示例021号", "切削液废桶");
    // Its own filing is still called by the number, in its notices too; of the record itself nothing is left.
    for address in ["/records", "/overview", "/repairs", "/filings", "/notices", "/overview/print"] {
        let page = page_of(&browser, address).await;
        assert!(!page.links().contains(&format!("/records/{RECORD}")), "{address}: {:?}", page.links());
        page.must_not_say(fact);
        let is_of_filings = !["/records", "/repairs"].contains(&address);
        assert!(is_of_filings || !page.says(number), "{address}: {}", page.text());
    }
    page_of(&browser, &filing).await.must_not_say(fact);
    let over = page_of(&browser, &format!("/records/{RECORD}")).await;
    over.must_not_say(fact);
    // If it is still published somewhere, or the result is wrong, an objection is what is left.
    over.must_say("仍在公示，或者处理结果有错");
    assert_eq!(over.hidden("record"), RECORD);
    let objection = browser.post("/drafts", &[("kind", "objection"), ("record", RECORD)]).await.location();
    assert!(objection.starts_with("/drafts/"), "{objection}");
    for address in [
        "/commitments",
        "/commitments?code=91310120FXXY000194",
        &public,
        &format!("{public}.json"),
        &format!("{public}/receipt.json"),
        "/commitments.json",
        "/commitments/all.ndjson",
        "/commitments/all.csv",
        "/commitments/feed.atom",
        "/enterprises",
        "/enterprises?q=%E7%B2%BE%E5%AF%86",
        "/enterprises/91310120FXXY000194",
        &format!("/verify?code={code}"),
    ] {
        let answer = stranger.get(address).await;
        let is_there = answer.status == 200 || address.contains("receipt.json") || address.starts_with("/enterprises/");
        assert!(is_there, "{address}: {}", answer.status);
        for secret in [number, fact, RECORD] {
            assert!(!answer.text().contains(secret), "{address} says {secret}");
        }
    }
    let found = stranger.get("/commitments/all.ndjson").await.text();
    assert!(found.contains(&code), "the commitment itself is on the list: {found}");
}

pub async fn an_objection_says_what_is_wrong_and_what_it_should_be(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let draft = browser.post("/drafts", &[("kind", "objection"), ("record", RECORD)]).await.location();
    let page = page_of(&browser, &draft).await;
    page.must_say("现在是：15000");
    let wrong = [("ground", "wrong_data"), ("should_fine", "15000"), ("why_fine", "已经减免")];
    let review = press(&browser, &draft, &wrong, "continue", &[ChosenFile::pdf("决定书.pdf")]).await.location();
    page_of(&browser, &review).await.must_say("填写的和现在的内容相同");
    let right = [("ground", "wrong_data"), ("should_fine", "10000"), ("why_fine", "决定书写的是一万元")];
    let review = press(&browser, &draft, &right, "continue", &[]).await.location();
    let page = page_of(&browser, &review).await;
    assert_eq!(page.answer_to("罚款金额现在是"), "15000 元");
    page.must_not_say("违法事实现在是");
    let filing = file(&browser, &draft, &[]).await;
    let submission = world.submission(&id_of(&filing)).await;
    assert_eq!(submission["envelope"]["kind"], "objection");
    assert_eq!(submission["envelope"]["content"]["should_fine"], "10000");
    assert_eq!(submission["envelope"]["content"]["says_fine"], "15000", "beside it what it says");
    let page = page_of(&browser, &filing).await;
    assert_eq!((page.answer_to("罚款金额现在是"), page.answer_to("罚款金额应当是")), ("15000 元".into(), "10000 元".into()));
    page.must_not_say("违法事实现在是");
    // The platform marks the record, and no repair is applied for while that is open.
    assert_eq!(chosen(&browser, &[RECORD]).await.location(), format!("/records/{RECORD}"));
}

pub async fn a_returned_objection_is_corrected_and_submitted_again(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let draft = browser.post("/drafts", &[("kind", "objection"), ("record", RECORD)]).await.location();
    let wrong = [("ground", "wrong_data"), ("should_fine", "10000"), ("why_fine", "决定书写的是一万元")];
    press(&browser, &draft, &wrong, "continue", &[ChosenFile::pdf("决定书.pdf")]).await.location();
    let filing = file(&browser, &draft, &[]).await;
    let id = id_of(&filing);
    world.decide(&id, "submission.under_review", json!({ "handler": "审核一岗" })).await;
    let comments = json!([{ "field": "why_fine", "comment": "请写明决定书的页码" }]);
    world.decide(&id, "submission.returned", json!({ "comments": comments })).await;
    page_in_state(&browser, &filing, "退回补正").await;
    let draft = browser.post(&format!("{filing}/correction"), &[]).await.location();
    page_of(&browser, &draft).await.must_say("请写明决定书的页码");
    let mended = [("ground", "wrong_data"), ("should_fine", "10000"), ("why_fine", "决定书第二页写的是一万元")];
    let review = press(&browser, &draft, &mended, "continue", &[]).await.location();
    let page = page_of(&browser, &review).await;
    page.must_not_say("已有异议正在处理");
    page.must_not_say("在您填写期间有变化");
    let corrected = file(&browser, &draft, &[]).await;
    assert_eq!(world.submission(&id_of(&corrected)).await["envelope"]["revises"], id.as_str());
}

pub async fn what_changed_at_the_platform_is_shown_and_taken_over(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let key = enrolled(&browser).await;
    let draft = filled_in(&browser, RECORD).await;
    sign_letter(&browser, &draft, &key).await;
    let objection = browser.post("/drafts", &[("kind", "objection"), ("record", RECORD)]).await.location();
    let answers = [("ground", "other"), ("reason", "与事实不符。")];
    press(&browser, &objection, &answers, "continue", &[ChosenFile::pdf("决定书.pdf")]).await.location();
    world.change_record(RECORD, json!({ "fine_wan": "2.000000", "facts": "危险废物露天堆放。" })).await;
    for draft in [&draft, &objection] {
        let review = format!("{draft}/review");
        let page = page_of(&browser, &review).await;
        for words in ["这条失信信息在您填写期间有变化", "15000 元", "20000 元", "切削液废桶露天堆放", "危险废物露天堆放。"]
        {
            page.must_say(words);
        }
        let version = page_of(&browser, draft).await.version();
        let again = browser.post(&format!("{draft}/filing"), &[("pledge", "yes"), ("version", &version)]).await.page_of(422);
        again.must_say("这条失信信息在您填写期间有变化");
        assert_eq!(browser.post(&format!("{draft}/record"), &[]).await.location(), review);
        page_of(&browser, &review).await.must_not_say("在您填写期间有变化");
    }
    let filing = file(&browser, &draft, &[]).await;
    let submission = world.submission(&id_of(&filing)).await;
    let content = &submission["envelope"]["content"];
    assert_eq!((&content["says_fine"], &content["says_facts"]), (&json!("20000"), &json!("危险废物露天堆放。")));
    assert_eq!(content["fulfilment"], FULFILMENT, "what was typed stays");
}

/// Decides an application that was filed.
async fn granted(world: &World, browser: &Browser, filing: &str, verification: &str, state: &str) {
    let id = id_of(filing);
    world.decide(&id, "submission.under_review", json!({ "handler": "审核一岗" })).await;
    world.decide(&id, "submission.granted", json!({ "verification": verification })).await;
    page_in_state(browser, filing, state).await;
}

pub async fn after_a_grant_nothing_is_applied_for_while_the_platform_still_publishes(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let draft = begin(&browser, RECORD).await;
    world.change_record(RECORD, json!({ "stopped_on": null })).await;
    let filing = repair_progress::applied(&world, &browser, HandOver::Platform).await;
    granted(&world, &browser, &filing, "verified", "准予修复").await;
    page_of(&browser, &format!("{draft}/review")).await.must_say("这条记录的修复申请已经准予");
    browser.post(&format!("{draft}/deletion"), &[("action", "confirm")]).await.location();
    assert_eq!(chosen(&browser, &[RECORD]).await.location(), format!("/records/{RECORD}"));
    page_of(&browser, &format!("/records/{RECORD}")).await.must_say("这条记录已经停止公示");
}

pub async fn after_a_grant_in_part_the_record_is_still_there(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    world.change_record(RECORD, json!({ "stopped_on": null })).await;
    let filing = repair_progress::applied(&world, &browser, HandOver::Platform).await;
    granted(&world, &browser, &filing, "partly_verified", "部分准予修复").await;
    let page = page_of(&browser, "/records").await;
    assert!(page.links().contains(&format!("/records/{RECORD}")), "{:?}", page.links());
    assert_eq!(browser.get(&format!("{filing}/result.pdf")).await.status, 404, "nobody is told to take down all of it");
    begin(&browser, RECORD).await;
}

pub async fn a_record_without_a_number_is_repaired_and_objected_to(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    world.change_record(RECORD, json!({ "document_number": "" })).await;
    let objection = browser.post("/drafts", &[("kind", "objection"), ("record", RECORD)]).await.location();
    let answers = [("ground", "other"), ("reason", "与事实不符。")];
    press(&browser, &objection, &answers, "continue", &[ChosenFile::pdf("决定书.pdf")]).await.location();
    let page = page_of(&browser, &format!("{objection}/review")).await;
    assert!(page.summary().is_empty(), "{:?}", page.summary());
    let key = enrolled(&browser).await;
    let draft = filled_in(&browser, RECORD).await;
    let letter = sign_letter(&browser, &draft, &key).await;
    page_of(&browser, &letter).await.must_say("没有文号的处罚决定");
    page_of(&browser, "/repairs").await.must_say("没有文号的记录");
    let filing = file(&browser, &draft, &[]).await;
    let submission = world.submission(&id_of(&filing)).await;
    let content = &submission["envelope"]["content"];
    assert_eq!((&content["record"], content.get("document_number")), (&json!(RECORD), None));
}

pub async fn a_commitment_that_was_not_kept_serves_no_application(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let key = enrolled(&browser).await;
    let draft = filled_in(&browser, RECORD).await;
    let letter = sign_letter(&browser, &draft, &key).await;
    let id = id_of(&letter);
    world.decide(&id, "submission.under_review", json!({})).await;
    world.decide(&id, "submission.granted", json!({})).await;
    found(&world, &letter, "not", json!("第一项")).await;
    eventually("the commitment does not serve", async || {
        page_of(&browser, &format!("{draft}/review")).await.says("还没有信用修复承诺书").then_some(())
    })
    .await;
    sign_letter(&browser, &draft, &key).await;
    file(&browser, &draft, &[]).await;
}

pub async fn what_was_changed_since_it_was_shown_is_not_submitted_together(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let key = enrolled(&browser).await;
    // However often a record is chosen, it has one application.
    let onward = chosen(&browser, &[RECORD, "FXR-0002", "FXR-9999", RECORD]).await.location();
    assert_eq!(onward, "/repairs?left_out=2", "one is too early, one is gone");
    let page = page_of(&browser, &onward).await;
    page.must_say("有 2 条现在不能申请修复");
    let prepared = page.links().into_iter().filter(|link| link.starts_with("/drafts/")).count();
    assert_eq!(prepared, 1);
    let draft = filled_in(&browser, RECORD).await;
    sign_letter(&browser, &draft, &key).await;
    let shown = page_of(&browser, "/repairs").await.hidden("draft");
    let answers = sound(&browser, &draft, "罚款已缴清。").await;
    let answers: Vec<(&str, &str)> = answers.iter().map(|(name, answer)| (*name, answer.as_str())).collect();
    press(&browser, &draft, &answers, "save", &[]).await.location();
    let page = browser.post("/repairs/filing", &[("draft", &shown), ("pledge", "yes")]).await.page_of(409);
    page.must_say("下列申请没有提交");
    page.must_not_say("已提交");
    let shown = page.hidden("draft");
    for _ in 0..2 {
        // The same post twice.
        let onward = browser.post("/repairs/filing", &[("draft", &shown), ("pledge", "yes")]).await.location();
        assert_eq!(onward, "/repairs?filed=1");
    }
    page_of(&browser, "/repairs?filed=1").await.must_say("已提交 1 份申请");
    page_of(&browser, "/repairs?filed=0").await.must_not_say("已提交");
    let content = &world.submission(&id_of(&draft)).await["envelope"]["content"];
    assert_eq!(content["fulfilment"], "罚款已缴清。");
}
