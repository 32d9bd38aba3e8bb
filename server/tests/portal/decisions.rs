//! What the platform decides, as the enterprise sees it.

use serde_json::json;

use crate::browser::Browser;
use crate::licence::{TITLE, file, filed, filing_of, id_of, page_in_state, page_of, press, sound_draft, with};
use crate::page::Page;
use crate::world::World;

pub async fn a_returned_filing_is_corrected_and_superseded(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let filing = filed(&browser).await;
    let id = id_of(&filing);
    let page = returned(&world, &browser, &filing).await;
    assert_eq!(page.answer_to("证照编号"), "编号与证照不符", "the comment stands first, under what to correct");
    page.must_say("请尽快补正");
    assert_eq!(page.answer_to("整件申报"), "与登记无关的一处");

    let draft = browser.post(&format!("{filing}/correction"), &[("action", "correct")]).await.location();
    let again = browser.post(&format!("{filing}/correction"), &[("action", "correct")]).await.location();
    assert_eq!(draft, again, "one correction of one filing");
    page_of(&browser, "/filings").await.must_say("补正");
    let page = page_of(&browser, &draft).await;
    page.must_say("平台退回补正");
    page.must_say("请尽快补正");
    page.must_say("与登记无关的一处");
    assert_eq!(page.remark_at("number").as_deref(), Some("平台意见：编号与证照不符 原来填写：JY13101200000001"));
    assert_eq!(page.remark_at("title"), None);
    assert_eq!(page.typed("number"), "JY13101200000001", "what was filed is there to be mended");
    assert_eq!(page.files().len(), 1, "the files are there again");

    let onward = press(&browser, &draft, &with(&[("number", "JY13101200000002")]), "continue", &[]).await.location();
    assert_eq!(onward, format!("{draft}/review"));
    let review = page_of(&browser, &onward).await;
    assert_eq!(review.answer_to("证照编号"), "JY13101200000002 退回前：JY13101200000001");
    assert_eq!(review.answer_to("证照名称"), TITLE);
    assert!(!review.text().contains("原申报有过授权"), "there was none");
    let corrected = file(&browser, &draft, &[]).await;
    assert_ne!(corrected, filing);
    assert_eq!(corrected, filing_of(&draft));

    let submission = world.submission(&id_of(&corrected)).await;
    assert_eq!(submission["envelope"]["revises"], id);
    assert_eq!(submission["envelope"]["content"]["number"], "JY13101200000002");
    let old = page_in_state(&browser, &filing, "已由补正件代替").await;
    assert_eq!(old.link(&corrected), corrected);
    assert!(old.history()[0].starts_with("已重新提交补正件"), "{:?}", old.history());
    assert_eq!(page_of(&browser, &corrected).await.link(&filing), filing);
    let desk = page_of(&browser, "/filings").await;
    assert!(desk.links().contains(&corrected) && !desk.links().contains(&filing), "{:?}", desk.links());
    // What was replaced can be neither corrected nor withdrawn any more.
    browser.post(&format!("{filing}/correction"), &[]).await.page_of(409).must_say("已由补正件代替");
    browser.post(&format!("{filing}/withdrawal"), &[]).await.page_of(409).must_say("已由补正件代替");
}

async fn returned(world: &World, browser: &Browser, filing: &str) -> Page {
    let id = id_of(filing);
    world.decide(&id, "submission.under_review", json!({ "handler": "审核一岗" })).await;
    let page = page_in_state(browser, filing, "平台核验中").await;
    page.must_say("正在由审核一岗核验");
    assert_ne!(page.answer_to("平台回执号"), "平台收到后显示");
    let comments = json!([
        { "field": "number", "comment": "编号与证照不符" },
        { "field": "something_else", "comment": "与登记无关的一处" },
    ]);
    world.decide(&id, "submission.returned", json!({ "comments": comments, "note": "请尽快补正" })).await;
    page_in_state(browser, filing, "退回补正").await
}

pub async fn a_granted_filing_is_published_and_stopped(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    let filing = file(&browser, &draft, &["publish"]).await;
    let id = id_of(&filing);
    world.decide(&id, "submission.under_review", json!({})).await;
    world.decide(&id, "submission.granted", json!({ "verification": "partly_verified", "note": "已核对原件" })).await;
    let page = page_in_state(&browser, &filing, "部分核验").await;
    page.must_say("已核对原件");
    page.must_not_say("撤回申报");
    assert!(page.history()[0].starts_with("部分核验通过"), "{:?}", page.history());
    world.decide(&id, "publication.published", json!({ "until": "2029-12-31" })).await;
    let page = page_with_publication(&browser, &filing, "公示中，至 2029-12-31").await;
    assert!(page.history()[0].starts_with("开始公示，至 2029-12-31"), "{:?}", page.history());
    world.decide(&id, "publication.stopped", json!({ "reason": "企业申请" })).await;
    let page = page_with_publication(&browser, &filing, "已终止公示：企业申请").await;
    assert_eq!(page.state(), "部分核验", "the end of the publication does not undo the decision");
    let history = page.history();
    assert_eq!(history.len(), 6, "{history:?}");
    assert!(history[0].starts_with("终止公示 企业申请") && history[0].ends_with("平台"), "{history:?}");
}

async fn page_with_publication(browser: &Browser, filing: &str, words: &str) -> Page {
    let look = async || Some(page_of(browser, filing).await).filter(|page| page.says("公示") && page.says(words));
    let page = crate::world::eventually(words, look).await;
    assert_eq!(page.answer_to("公示"), words);
    page
}

pub async fn a_refused_filing_shows_every_reason(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let filing = filed(&browser).await;
    let id = id_of(&filing);
    world.decide(&id, "submission.under_review", json!({})).await;
    world.decide(&id, "submission.refused", json!({ "reasons": ["证照已注销", "<b>发证机关</b>查无记录"] })).await;
    let page = page_in_state(&browser, &filing, "未通过核验").await;
    for reason in ["证照已注销", "<b>发证机关</b>查无记录"] {
        assert_eq!(page.text().matches(reason).count(), 2, "where it stands and in the history: {}", page.text());
    }
    browser.post(&format!("{filing}/withdrawal"), &[]).await.page_of(409).must_say("平台已经作出决定，不能再撤回。");
}

async fn granted_and_published(world: &World, browser: &Browser, purposes: &[&str]) -> String {
    let draft = crate::licence::sound_draft(browser).await;
    let filing = file(browser, &draft, purposes).await;
    let id = id_of(&filing);
    world.decide(&id, "submission.under_review", json!({})).await;
    world.decide(&id, "submission.granted", json!({})).await;
    world.decide(&id, "publication.published", json!({})).await;
    page_with_publication(browser, &filing, "公示中").await;
    filing
}

pub async fn a_withdrawn_authorisation_takes_effect_at_once_and_reaches_the_platform(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let filing = granted_and_published(&world, &browser, &["publish", "report"]).await;
    let address = format!("{filing}/authorisations/publish/withdrawal");
    assert_eq!(page_of(&browser, &filing).await.link(&address), address);
    page_of(&browser, &address).await.must_say("撤回立即生效");
    browser.get(&format!("{filing}/authorisations/evaluate/withdrawal")).await.page_of(404);
    assert_eq!(browser.post(&address, &[("action", "confirm")]).await.location(), filing);
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.answer_to("公示"), "企业已终止公示");
    assert_eq!(page.state(), "已核验", "what was verified stays verified");
    assert!(page.history()[0].starts_with("撤回公示授权"), "{:?}", page.history());
    assert!(!page.links().contains(&address), "it is withdrawn once");
    let told = crate::world::eventually("the platform is told", async || {
        let submission = world.submission(&id_of(&filing)).await;
        (submission["envelope"]["consents"][0]["given"] == false).then_some(submission)
    });
    let told = told.await;
    assert_eq!(told["envelope"]["consents"][2], json!({ "purpose": "report", "given": true }), "the other authorisation holds");
    assert_eq!(told["publication"]["state"], "stopped");
    assert_eq!(browser.post(&address, &[("action", "confirm")]).await.location(), filing, "the same post twice");
}

pub async fn a_published_item_is_corrected_by_a_new_revision(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let filing = granted_and_published(&world, &browser, &["publish"]).await;
    let draft = browser.post(&format!("{filing}/correction"), &[("action", "correct")]).await.location();
    let onward = press(&browser, &draft, &with(&[("scope", "热食类")]), "continue", &[]).await.location();
    assert_eq!(onward, format!("{draft}/review"));
    let revision = file(&browser, &draft, &["publish"]).await;
    let old = page_in_state(&browser, &filing, "已由补正件代替").await;
    assert_eq!(old.answer_to("公示"), "企业已终止公示", "what is being corrected is not shown any more");
    assert!(old.history().iter().any(|line| line.starts_with("核验通过")), "the old one stays, with its history");
    let submission = world.submission(&id_of(&revision)).await;
    assert_eq!(submission["envelope"]["revises"], id_of(&filing));
}

pub async fn what_is_found_untrue_says_so_and_is_not_published(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let filing = granted_and_published(&world, &browser, &["publish"]).await;
    world.decide(&id_of(&filing), "submission.found_untrue", json!({ "reason": "经核查，证书系伪造" })).await;
    let page = page_in_state(&browser, &filing, "失实").await;
    page.must_say("经核查，证书系伪造");
    assert_eq!(page.answer_to("公示"), "已终止公示：经核查，证书系伪造");
}

pub async fn a_refusal_names_the_fields_it_is_about(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let filing = filed(&browser).await;
    let id = id_of(&filing);
    world.decide(&id, "submission.under_review", json!({})).await;
    let comments = json!([{ "field": "number", "comment": "查无此号" }]);
    world.decide(&id, "submission.refused", json!({ "reasons": ["无法核实"], "comments": comments })).await;
    let page = page_in_state(&browser, &filing, "未通过核验").await;
    assert_eq!(page.answer_to("证照编号"), "查无此号", "the comment stands first, before what was filed");
    let draft = browser.post(&format!("{filing}/correction"), &[("action", "correct")]).await.location();
    let page = page_of(&browser, &draft).await;
    assert_eq!(page.remark_at("number").as_deref(), Some("平台意见：查无此号 原来填写：JY13101200000001"));
}

pub async fn a_correction_says_what_was_authorised_before_and_has_to_be_said_anew(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    let filing = file(&browser, &draft, &["publish", "report"]).await;
    returned(&world, &browser, &filing).await;
    let draft = browser.post(&format!("{filing}/correction"), &[]).await.location();
    let review = page_of(&browser, &format!("{draft}/review")).await;
    review.must_say("原申报有过授权");
    review.must_say("没有勾选公示的，通过后不再公示");
    assert!(!review.html.contains("value=\"publish\" checked"), "nobody is made to agree");
}

pub async fn what_was_withdrawn_is_filled_in_again_without_typing_it_anew(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let filing = filed(&browser).await;
    browser.post(&format!("{filing}/refilling"), &[]).await.page_of(409);
    browser.post(&format!("{filing}/withdrawal"), &[("action", "confirm")]).await.location();
    let page = page_of(&browser, &filing).await;
    page.must_say("用这些内容重新填写");
    let draft = browser.post(&format!("{filing}/refilling"), &[("action", "refill")]).await.location();
    let page = page_of(&browser, &draft).await;
    assert_eq!((page.typed("title").as_str(), page.typed("number").as_str()), (TITLE, "JY13101200000001"));
    assert_eq!(page.files().len(), 1, "and the files are there");
    let again = file(&browser, &draft, &[]).await;
    assert_ne!(again, filing);
    let submission = world.submission(&id_of(&again)).await;
    assert!(submission["envelope"]["revises"].is_null(), "it is a filing of its own: {submission}");
}

pub async fn a_licence_that_has_expired_is_filed_after_a_warning(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    let expired = with(&[("valid_until", "2025-12-31"), ("no_end", "")]);
    let onward = press(&browser, &draft, &expired, "continue", &[]).await.location();
    page_of(&browser, &onward).await.must_say("有效期已过");
    let filing = file(&browser, &draft, &[]).await;
    page_of(&browser, &filing).await.must_say("2025-12-31");
}
