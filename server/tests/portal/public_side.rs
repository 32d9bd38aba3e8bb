//! What strangers see: what is public, how it is found, when it is gone. That nothing else is seen stands in `secrets`.

use credit::credit_code::CreditCode;
use credit::draft::Draft;
use credit::enterprise::Enterprise;
use credit::filing::{Decision, Happening, Verification};
use credit::form::FormKind;
use credit::person::Role;
use credit::pledge::{Pledge, Purpose};
use serde_json::{Value, json};
use server::storage::receipts::{NewReceipt, Signing};
use server::storage::{Acceptance, FiledBy, NewFiling, PlatformEvent, StoredDraft};

use crate::browser::{Answer, Browser};
use crate::licence::{TITLE, file, id_of, page_of, press, sound_draft};
use crate::world::{HOUR, World, eventually};

/// The enterprise of the sandbox's legal representative.
pub const MACHINERY: &str = "91310120FXXY000194";

/// Begins a draft of any form, fills it in and files it with these purposes.
pub async fn filed_as(browser: &Browser, kind: &str, answers: &[(&str, &str)], files: &[&str], purposes: &[&str]) -> String {
    let draft = browser.post("/drafts", &[("kind", kind)]).await.location();
    let files: Vec<_> = files.iter().map(|name| crate::multipart::ChosenFile::pdf(name)).collect();
    let onward = press(browser, &draft, answers, "continue", &files).await.location();
    assert_eq!(onward, format!("{draft}/review"), "{}", page_of(browser, &onward).await.text());
    file(browser, &draft, purposes).await
}

/// The platform finds it true and publishes it.
pub async fn publish(world: &World, filing: &str, until: Value) {
    let id = id_of(filing);
    world.decide(&id, "submission.under_review", json!({ "handler": "SECRET-HANDLER" })).await;
    world.decide(&id, "submission.granted", json!({ "verification": "verified", "note": "SECRET-REMARK" })).await;
    world.decide(&id, "publication.published", until).await;
}

/// Once the page of the enterprise says this.
pub async fn once_public(browser: &Browser, words: &str) -> crate::page::Page {
    let place = format!("/enterprises/{MACHINERY}");
    eventually(words, async || {
        let answer = browser.get(&place).await;
        (answer.status == 200 && answer.page().says(words)).then(|| answer.page())
    })
    .await
}

async fn get_with(browser: &Browser, place: &str, header: &str, value: &str) -> Answer {
    browser.send(browser.request(reqwest::Method::GET, place).header(header, value)).await
}

pub async fn a_published_item_is_found_and_shown_with_its_source_and_dates(world: World) {
    let owner = world.browser_of("legal-representative").await;
    let stranger = world.browser();
    assert_eq!(stranger.get("/").await.page_of(200).link("/enterprises"), "/enterprises", "the home page leads there");
    let draft = sound_draft(&owner).await;
    let filing = file(&owner, &draft, &["publish"]).await;
    assert_eq!(stranger.get(&format!("/enterprises/{MACHINERY}")).await.status, 404, "nothing was ever public");
    publish(&world, &filing, json!({ "until": "2029-12-31" })).await;
    let page = once_public(&stranger, TITLE).await;
    assert_eq!(page.h1(), "上海奉贤示例精密机械有限公司");
    assert_eq!(page.answer_to("来源"), "企业自主申报");
    assert_eq!(page.answer_to("统一社会信用代码"), MACHINERY);
    assert_eq!(page.answer_to("证照编号"), "JY13101200000001");
    for words in ["资质证照", "已核验", "登记日期", "核验日期", "公示日期", "公示至 2029-12-31", "不是行政机关作出的信用认定"]
    {
        page.must_say(words);
    }
    // The search leads there, by a part of the name and by the code, however typed.
    for typed in ["精密", "示例 精密", "９１３１0120fxxy", MACHINERY, "机"] {
        let page = search(&stranger, typed).await;
        assert_eq!(page.link("/enterprises/"), format!("/enterprises/{MACHINERY}"), "{typed}");
        assert_eq!(page.typed("q"), typed, "what was typed is still there");
    }
    let page = search(&stranger, "没有这家").await;
    page.must_say("没有公示信息的企业名称或代码与此相符");
    // The enterprise's own page of the filing leads there too.
    assert_eq!(page_of(&owner, &filing).await.link("/enterprises/"), format!("/enterprises/{MACHINERY}"));
    let standing = owner.get(&format!("{filing}/standing")).await.text();
    assert!(standing.contains(&format!("/enterprises/{MACHINERY}")), "{standing}");
    what_a_machine_reads(&world, &stranger).await;
}

async fn search(browser: &Browser, typed: &str) -> crate::page::Page {
    let query: String = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect();
    browser.get(&format!("/enterprises?q={query}")).await.page_of(200)
}

async fn what_a_machine_reads(world: &World, stranger: &Browser) {
    let answer = stranger.get(&format!("/enterprises/{MACHINERY}.json")).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json; charset=utf-8"));
    let data: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(data["code"], MACHINERY);
    assert_eq!(data["name"], "上海奉贤示例精密机械有限公司");
    assert_eq!(data["source"]["name"], "self_declared");
    assert_eq!(data["source"]["label"]["zh"], "企业自主申报");
    assert_eq!(data["page"], format!("{}/enterprises/{MACHINERY}", world.base));
    let item = &data["groups"][0]["items"][0];
    assert_eq!(data["groups"][0]["group"], "licence");
    assert_eq!((&item["verification"]["name"], &item["shown_until"]), (&json!("verified"), &json!("2029-12-31")));
    let category = item["answers"].as_array().unwrap().iter().find(|answer| answer["name"] == "category").unwrap();
    assert_eq!(category["value"], "permit");
    assert_eq!((&category["shown"]["zh"], &category["shown"]["en"]), (&json!("许可"), &json!("Permit")));
    assert_eq!(category["label"]["en"], "Kind of document");
    for day in ["registered_on", "verified_on", "published_on"] {
        assert_eq!(item[day], world.clock.today().to_string(), "{day}");
    }
    let missing = stranger.get("/enterprises/91310120FXXY00027Y.json").await;
    assert_eq!((missing.status, missing.header("content-type")), (404, "application/json"));
}

pub async fn what_is_stopped_is_gone_at_once_and_what_is_past_its_last_day_too(world: World) {
    let owner = world.browser_of("legal-representative").await;
    let stranger = world.browser();
    let draft = sound_draft(&owner).await;
    let filing = file(&owner, &draft, &["publish"]).await;
    publish(&world, &filing, json!({ "until": null })).await;
    once_public(&stranger, TITLE).await;
    let place = format!("/enterprises/{MACHINERY}");
    let kept = stranger.get(&place).await;
    assert_eq!(kept.header("cache-control"), "public, no-cache", "a cache asks each time");
    let again = get_with(&stranger, &place, "if-none-match", kept.header("etag")).await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    world.decide(&id_of(&filing), "publication.stopped", json!({ "reason": "SECRET-REASON" })).await;
    let page = once_public(&stranger, "这家企业目前没有公示中的登记信息").await;
    page.must_not_say(TITLE);
    let again = get_with(&stranger, &place, "if-none-match", kept.header("etag")).await;
    assert_eq!(again.status, 200, "what a cache has kept holds no more");
    search(&stranger, "精密").await.must_say("没有查到");
    assert!(!page_of(&owner, &filing).await.links().contains(&place), "nothing leads there any more");
    let today = world.clock.today();
    world.decide(&id_of(&filing), "publication.published", json!({ "until": today.to_string() })).await;
    once_public(&stranger, TITLE).await;
    world.clock.advance(24 * HOUR);
    stranger.get(&place).await.page_of(200).must_say("这家企业目前没有公示中的登记信息");
}

pub async fn what_the_platform_publishes_without_authority_is_public_nowhere_and_its_owner_is_told(world: World) {
    let owner = world.browser_of("legal-representative").await;
    let draft = sound_draft(&owner).await;
    let filing = file(&owner, &draft, &["evaluate"]).await;
    publish(&world, &filing, json!({ "until": null })).await;
    let page = eventually("the platform's word arrives", async || {
        let page = page_of(&owner, &filing).await;
        page.says("企业没有授权公示").then_some(page)
    })
    .await;
    page.must_not_say("公示中");
    world.browser().get(&format!("/enterprises/{MACHINERY}")).await.page_of(404);
}

pub async fn an_address_that_is_none_is_answered_in_words(world: World) {
    let browser = world.browser();
    for (place, words) in [
        ("/enterprises/91310120FXXY000195", "统一社会信用代码不正确"),
        ("/enterprises/x", "统一社会信用代码不正确"),
        ("/enterprises/%E4%B8%8A%E6%B5%B7", "统一社会信用代码不正确"),
        ("/enterprises/91310120FXXY00027Y", "没有查到这家企业"),
    ] {
        let page = browser.get(place).await.page_of(404);
        assert_eq!(page.h1(), words, "{place}");
        assert_eq!(page.link("/enterprises"), "/enterprises");
    }
    assert_eq!(browser.get("/enterprises/91310120fxxy00027y").await.location(), "/enterprises/91310120FXXY00027Y");
    for (query, words) in [("q=", "请输入企业名称或统一社会信用代码，至少一个字"), ("q=%EF%BC%88", "至少一个字")]
    {
        let page = browser.get(&format!("/enterprises?{query}")).await.page_of(200);
        assert!(page.problem_at("q").unwrap().contains(words), "{query}: {:?}", page.problem_at("q"));
        assert!(page.title().starts_with("错误："), "{}", page.title());
    }
    let long = "上".repeat(101);
    let page = search(&browser, &long).await;
    assert!(page.problem_at("q").unwrap().contains("最多输入 100 个字"));
    assert_eq!(page.typed("q"), long, "what was typed is still there");
    browser.get(&format!("/enterprises/{MACHINERY}?before=x")).await.page_of(400);
}

pub async fn one_address_can_ask_only_so_much(world: World) {
    let browser = world.browser();
    let mut refused = None;
    for _ in 0..100 {
        let answer = browser.get("/enterprises").await;
        if answer.status != 200 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("a hundred at once are too many");
    assert_eq!((refused.status, refused.header("retry-after")), (429, "60"));
    assert_eq!(refused.page().h1(), "操作太频繁");
    assert_eq!(browser.get(&format!("/enterprises/{MACHINERY}.json")).await.status, 429, "it counts for all of them together");
    browser.get("/").await.page_of(200);
    world.clock.advance(60_000);
    browser.get("/enterprises").await.page_of(200);
}

pub async fn script_in_a_name_is_shown_and_not_run(world: World) {
    const EVIL: &str = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>'&amp;有限公司";
    let code = CreditCode::parse("91310120FXXY00027Y").unwrap();
    published_straight(&world, &Enterprise { code: code.clone(), name: EVIL.into() }, EVIL).await;
    let browser = world.browser();
    for place in [format!("/enterprises/{code}"), "/enterprises?q=alert".into(), format!("/enterprises?q={code}")] {
        let answer = browser.get(&place).await;
        let html = answer.text();
        assert_eq!(answer.status, 200, "{place}");
        assert!(!html.contains("<script>") && !html.contains("<img"), "{place}: {html}");
        answer.page().must_say(EVIL);
    }
    let query: String = url::form_urlencoded::byte_serialize(EVIL.as_bytes()).collect();
    let answer = browser.get(&format!("/enterprises?q={query}")).await;
    assert!(!answer.text().contains("<script>") && !answer.text().contains("<img"), "{}", answer.text());
    assert_eq!(answer.page().typed("q"), EVIL);
    let data = browser.get(&format!("/enterprises/{code}.json")).await;
    assert_eq!(data.header("x-content-type-options"), "nosniff");
    assert_eq!(serde_json::from_slice::<Value>(&data.body).unwrap()["name"], EVIL);
}

/// A name that no sign-in of the sandbox has: straight through the store.
async fn published_straight(world: &World, enterprise: &Enterprise, title: &str) {
    let storage = &world.portal.portal.storage;
    let now = world.clock.now();
    let id = uuid::Uuid::now_v7().to_string();
    let draft = StoredDraft {
        id: id.clone(),
        enterprise: enterprise.clone(),
        kind: FormKind::PublicGood,
        version: 1,
        draft: Draft::default(),
        attachments: vec![],
        corrects: None,
        begun_at: now,
        changed_at: now,
        changed_by: "某人".into(),
    };
    storage.begin_draft(&draft).await.unwrap();
    let filing = NewFiling {
        id: id.clone(),
        reference: id.clone(),
        enterprise: enterprise.clone(),
        kind: FormKind::PublicGood,
        form_version: 1,
        content: [("project".to_owned(), title.to_owned())].into(),
        pledge: Pledge { version: "1".into(), text: "真实".into(), purposes: vec![Purpose::Publish] },
        filed_by: FiledBy { subject: "s".into(), name: "某人".into(), role: Role::LegalRepresentative },
        filed_at: now,
        revises: None,
        envelope: "{}".into(),
        receipt: NewReceipt {
            document: "文书：社会公益登记\n".into(),
            matter: "社会公益登记".into(),
            signing: Signing::Filed,
            salt: [0; 32],
            commitment: None,
        },
    };
    assert_eq!(storage.accept(&filing, 1, &[]).await.unwrap(), Acceptance::Accepted);
    let granted = Decision::Granted { verification: Verification::PartlyVerified, note: None };
    for happening in [Happening::Decided(granted), Happening::Published { until: None }] {
        let event = PlatformEvent {
            id: uuid::Uuid::now_v7().to_string(),
            kind: "x".into(),
            filing_id: Some(id.clone()),
            occurred_at: now,
            received_at: now,
            happening: Some(happening),
        };
        storage.apply_event(&event).await.unwrap();
    }
}
