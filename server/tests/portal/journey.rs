//! From signing in to the platform's receipt, without JavaScript.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::browser::Browser;
use crate::licence::{SOUND, TITLE, begin, file, filing_of, id_of, page_in_state, page_of, press, ticked, with};
use crate::multipart::ChosenFile;
use crate::world::World;

pub async fn a_licence_is_registered_from_sign_in_to_receipt_without_javascript(world: World) {
    let browser = world.browser();
    let home = browser.get("/").await.page_of(200);
    home.must_say("登录");
    // Asked for without a session, the page leads to the provider and back to itself.
    let groups = page_of(&browser, &home.link("/registrations")).await;
    assert_eq!(groups.h1(), "登记信用信息");
    let start = browser.sign_in_through(&groups.link("/registrations/"), "legal-representative").await;
    assert!(start.url.ends_with("/registrations/licence"), "{}", start.url);
    let start = start.page_of(200);
    start.must_say("江大海");
    start.must_say("上海奉贤示例精密机械有限公司（法定代表人）");
    assert_eq!(start.hidden("kind"), "licence");

    let draft = begin(&browser).await;
    problems_are_shown_where_they_are(&browser, &draft).await;
    a_mended_draft_goes_on_to_the_review(&browser, &draft).await;
    without_the_pledge_nothing_is_filed(&world, &browser, &draft).await;
    let filing = file(&browser, &draft, &["publish", "report"]).await;
    let page = page_of(&browser, &format!("{filing}?filed=1")).await;
    page.must_say("已收到您的申报");
    let reference = page.answer_to("申报编号");
    assert!(page.text().contains(&format!("申报编号：{reference}")), "the banner names it too: {}", page.text());
    the_platform_has_what_was_filed(&world, &filing, &reference).await;
    let page = page_in_state(&browser, &filing, "平台已收到，等待受理").await;
    let receipt = world.submission(&id_of(&filing)).await["receipt_number"].as_str().unwrap().to_owned();
    assert_eq!(page.answer_to("平台回执号"), receipt);
    let history = page.history();
    assert!(history[0].starts_with(&format!("平台收到，回执号 {receipt}")), "{history:?}");
    assert!(history[1].starts_with("提交申报，本网站已收到") && history[1].ends_with("江大海"), "{history:?}");
    nothing_typed_went_into_an_address(&browser);
    // The draft is a filing now, and its page leads there.
    assert_eq!(browser.get(&draft).await.location(), filing);
    let desk = page_of(&browser, "/filings").await;
    desk.must_say("没有草稿。");
    desk.must_say(&format!("{TITLE} 资质证照 · {reference}"));
}

async fn problems_are_shown_where_they_are(browser: &Browser, draft: &str) {
    let wrong =
        [("category", "permit"), ("title", ""), ("number", "JY-typed-once"), ("issuer_code", "123"), ("issued_on", "2199-01-01")];
    let onward = press(browser, draft, &wrong, "continue", &[]).await.location();
    assert_eq!(onward, format!("{draft}?check=1#problems"));
    let page = browser.get(&onward).await.page_of(200);
    assert!(page.title().starts_with("错误："), "{}", page.title());
    let expected = [
        ("title", "请填写证照名称"),
        ("issuer", "请填写发证机关"),
        ("issuer_code", "发证机关统一社会信用代码应为 18 位，现在是 3 位"),
        ("issued_on", "发证日期不能晚于今天（"),
        ("valid_until", "请填写有效期至，没有截止日期的请勾选“长期有效”"),
        ("files", "请上传证照附件"),
    ];
    let summary = page.summary();
    assert_eq!(summary.len(), expected.len(), "{summary:?}");
    for ((field, sentence), (link, listed)) in expected.into_iter().zip(&summary) {
        assert_eq!(*link, format!("#f-{field}"));
        assert!(listed.starts_with(sentence), "{listed}");
        assert_eq!(page.problem_at(field).as_deref(), Some(listed.as_str()), "at the field {field}");
        assert!(page.html.contains(&format!("id=\"f-{field}\"")), "the link lands on {field}");
    }
    for sound in ["category", "number", "scope", "look_up"] {
        assert_eq!(page.problem_at(sound), None, "{sound}");
    }
    assert_eq!(page.typed("number"), "JY-typed-once");
    assert_eq!(page.typed("issuer_code"), "123");
    assert_eq!(page.typed("issued_on"), "2199-01-01");
    assert_eq!(page.ticked("category"), ["permit"]);
    // Without being asked to check, the page shows the same draft in peace.
    let page = page_of(browser, draft).await;
    assert!(page.summary().is_empty() && page.problem_at("title").is_none() && !page.title().starts_with("错误"));
    assert_eq!(page.typed("number"), "JY-typed-once");
}

async fn a_mended_draft_goes_on_to_the_review(browser: &Browser, draft: &str) {
    let saved = press(browser, draft, SOUND, "save", &[]).await.location();
    page_of(browser, &saved).await.must_say("草稿已保存。");
    let uploaded = press(browser, draft, SOUND, "upload", &[ChosenFile::pdf("许可证.pdf")]).await.location();
    let page = page_of(browser, &uploaded).await;
    assert_eq!(page.files().len(), 1);
    assert!(page.files()[0].starts_with("许可证.pdf 已上传"), "{:?}", page.files());
    let onward = press(browser, draft, &with(&[("no_end", "yes"), ("valid_until", "")]), "continue", &[]).await.location();
    assert_eq!(onward, format!("{draft}/review"));
    let page = page_of(browser, &onward).await;
    assert_eq!(page.answer_to("证照名称"), TITLE);
    assert_eq!(page.answer_to("证照类别"), "许可");
    assert_eq!(page.answer_to("长期有效"), "是");
    assert_eq!(page.answer_to("等级或范围"), "未填写");
    assert!(page.ticked("purpose").is_empty() && page.ticked("pledge").is_empty(), "nothing is ticked beforehand");
    page.must_say("上海奉贤示例精密机械有限公司（统一社会信用代码：91310120FXXY000194）自愿登记以上信息，并郑重承诺：");
}

async fn without_the_pledge_nothing_is_filed(world: &World, browser: &Browser, draft: &str) {
    let page = page_of(browser, &format!("{draft}/review")).await;
    let (version, files) = (page.version(), page.hidden("files"));
    let mut fields = ticked(&version, &files, &["publish", "report"]);
    fields.retain(|(name, _)| *name != "pledge");
    let page = browser.post(&format!("{draft}/filing"), &fields).await.page_of(422);
    assert!(page.title().starts_with("错误："), "{}", page.title());
    assert_eq!(page.summary(), [("#pledge".into(), "请先阅读承诺内容，并勾选“本企业已阅读并作出以上承诺”".into())]);
    assert_eq!(page.ticked("purpose"), ["publish", "report"]);
    assert_eq!(browser.get(&filing_of(draft)).await.status, 404);
    assert_eq!(world.submissions().await, 0);
}

async fn the_platform_has_what_was_filed(world: &World, filing: &str, reference: &str) {
    let submission = world.submission(&id_of(filing)).await;
    assert_eq!(submission["puts"], 1, "it was sent once");
    let envelope = &submission["envelope"];
    assert_eq!(envelope["kind"], "registration.licence");
    assert_eq!(envelope["reference"], reference);
    assert_eq!(envelope["enterprise"], json!({ "credit_code": "91310120FXXY000194", "name": "上海奉贤示例精密机械有限公司" }));
    assert_eq!(envelope["filed_by"], json!({ "name": "江大海", "role": "legal_representative" }));
    let content = json!({
        "category": "permit",
        "title": TITLE,
        "number": "JY13101200000001",
        "issuer": "上海市奉贤区市场监督管理局",
        "issued_on": "2025-03-05",
        "no_end": "yes",
    });
    assert_eq!(envelope["content"], content);
    let consents = json!([
        { "purpose": "publish", "given": true },
        { "purpose": "evaluate", "given": false },
        { "purpose": "report", "given": true },
    ]);
    assert_eq!(envelope["consents"], consents);
    let pledge = envelope["pledge"]["text"].as_str().unwrap();
    assert!(
        pledge.starts_with("上海奉贤示例精密机械有限公司（统一社会信用代码：91310120FXXY000194）自愿登记以上信息，并郑重承诺：")
    );
    assert_eq!(envelope["pledge"]["sha256"], sha256(pledge.as_bytes()));
    let sent = ChosenFile::pdf("许可证.pdf");
    let hash = sha256(&sent.content);
    let attachment = &envelope["attachments"][0];
    assert_eq!(attachment["sha256"], hash);
    assert_eq!(attachment["name"], "许可证.pdf");
    assert_eq!(attachment["media_type"], "application/pdf");
    assert_eq!(attachment["bytes"], sent.content.len());
    let kept = &world.at_platform().await["attachments"][&hash];
    assert_eq!((&kept["bytes"], &kept["puts"]), (&json!(sent.content.len()), &json!(1)));
}

fn sha256(content: &[u8]) -> String {
    credit::hexadecimal::write(&Sha256::digest(content))
}

fn nothing_typed_went_into_an_address(browser: &Browser) {
    let trail = browser.trail();
    assert!(trail.len() > 8, "{trail:?}");
    for address in trail {
        for typed in ["typed-once", "JY1310", "2025-03-05", "%E9%A3%9F", TITLE, "permit", "publish"] {
            assert!(!address.contains(typed), "{typed} stands in {address}");
        }
    }
}
