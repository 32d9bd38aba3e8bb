//! The four groups of voluntary registration, each from its start page to the platform, without JavaScript.

use serde_json::json;

use crate::browser::Browser;
use crate::licence::{file, id_of, page_in_state, page_of, press};
use crate::multipart::ChosenFile;
use crate::world::World;

/// The legal representative of the tests acts for this enterprise.
const OWN: &str = "91310120FXXY000194";

type Answers = &'static [(&'static str, &'static str)];

const GROUPS: &[(&str, &str, Answers)] = &[
    (
        "operations",
        "市场经营登记",
        &[
            ("year", "2025 年"),
            ("business", "预制菜生产"),
            ("revenue", "1,234.5"),
            ("revenue.public", "range"),
            ("employees", "86"),
        ],
    ),
    (
        "contract",
        "合同履约登记",
        &[
            ("number", "HT-2026-001"),
            ("title", "食堂餐饮服务合同"),
            ("type", "commercial"),
            ("party_a", "上海示例餐饮有限公司"),
            ("party_a_code", OWN),
            ("party_b", "上海示例制造有限公司"),
            ("party_b_code", "91310120FXXY00027Y"),
            ("subject", "食堂餐饮服务"),
            ("amount", "120万元"),
            ("signed_on", "2026-01-05"),
            ("ends_on", "2026-12-31"),
            ("performance", "under_way"),
            ("industry", "H"),
        ],
    ),
    (
        "public_good",
        "社会公益登记",
        &[
            ("category", "donation"),
            ("project", "暑期助学"),
            ("beneficiary", "示例小学"),
            ("done_on", "2026-07-01"),
            ("amount", "5,000"),
        ],
    ),
];

async fn begin(browser: &Browser, kind: &str, title: &str) -> String {
    let start = page_of(browser, &format!("/registrations/{kind}")).await;
    assert_eq!((start.h1().as_str(), start.hidden("kind").as_str()), (title, kind));
    browser.post("/drafts", &[("kind", kind)]).await.location()
}

pub async fn every_group_is_registered_from_its_start_page_to_the_platform(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let groups = page_of(&browser, "/registrations").await;
    for (kind, title, answers) in GROUPS {
        assert!(groups.links().contains(&format!("/registrations/{kind}")), "{kind}");
        let draft = begin(&browser, kind, title).await;
        let onward = press(&browser, &draft, &[("note", "")], "continue", &[]).await.location();
        assert_eq!(onward, format!("{draft}?check=1#problems"), "{kind}: an empty one has problems");
        assert!(page_of(&browser, &onward).await.summary().len() >= 2, "{kind}");
        let onward = press(&browser, &draft, answers, "continue", &[ChosenFile::pdf("证明.pdf")]).await.location();
        assert_eq!(onward, format!("{draft}/review"), "{kind}");
        let filing = file(&browser, &draft, &["publish"]).await;
        let submission = world.submission(&id_of(&filing)).await;
        assert_eq!(submission["envelope"]["kind"], format!("registration.{kind}"));
        assert_eq!(submission["envelope"]["form"]["name"], *kind);
        for (name, typed) in *answers {
            assert!(submission["envelope"]["content"][name].is_string(), "{kind}: {name} {typed} is sent");
        }
    }
    let desk = page_of(&browser, "/filings").await;
    for group in ["市场经营", "合同履约", "社会公益"] {
        desk.must_say(group);
    }
}

pub async fn how_much_is_public_is_chosen_shown_and_sent(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let (kind, title, answers) = GROUPS[0];
    let draft = begin(&browser, kind, title).await;
    press(&browser, &draft, answers, "save", &[]).await;
    let page = page_of(&browser, &draft).await;
    page.must_say("公示后的样子");
    page.must_say("1000 以上，不足 10000 万元");
    page.must_say("默认不公开，仅供核验和信用评价；是否公开由您选择");
    let review = page_of(&browser, &format!("{draft}/review")).await;
    assert_eq!(review.answer_to("营业收入"), "1234.5 万元");
    review.must_say("公示时只显示区间");
    let filing = file(&browser, &draft, &[]).await;
    let content = world.submission(&id_of(&filing)).await["envelope"]["content"].clone();
    assert_eq!(content["revenue"], "1234.5");
    assert_eq!(content["revenue.public"], "range");
    assert!(content["employees.public"].is_null(), "what was not chosen is hidden");
}

pub async fn a_correction_shows_who_will_see_more_than_before(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let (kind, title, answers) = GROUPS[0];
    let draft = begin(&browser, kind, title).await;
    press(&browser, &draft, answers, "save", &[]).await;
    let filing = file(&browser, &draft, &[]).await;
    world.submission(&id_of(&filing)).await;
    world.decide(&id_of(&filing), "submission.under_review", json!({})).await;
    world.decide(&id_of(&filing), "submission.returned", json!({ "comments": [], "note": "请公开" })).await;
    page_in_state(&browser, &filing, "退回补正").await;
    let correction = browser.post(&format!("{filing}/correction"), &[("action", "correct")]).await.location();
    let more: Vec<(&str, &str)> =
        answers.iter().map(|(name, typed)| if *name == "revenue.public" { (*name, "full") } else { (*name, *typed) }).collect();
    let onward = press(&browser, &correction, &more, "continue", &[]).await.location();
    let before = "1234.5 万元 退回前：1234.5 万元 · 公示时只显示区间";
    assert_eq!(page_of(&browser, &onward).await.answer_to("营业收入"), before);
    let filed = file(&browser, &correction, &[]).await;
    assert_eq!(page_of(&browser, &filed).await.answer_to("营业收入"), before, "and after it was filed");
}
