//! Both languages, on every page of the journey.

use crate::browser::Browser;
use crate::licence::{begin, file, page_of, press, press_over};
use crate::page::Page;
use crate::world::World;

const ANSWERS: &[(&str, &str)] = &[
    ("category", "permit"),
    ("title", "Food licence"),
    ("number", "JY-1"),
    ("issuer", "Bureau"),
    ("issued_on", "2025-03-05"),
    ("no_end", "yes"),
];

/// Chinese that stands on English pages rightly: names, and the way back to Chinese.
const DATA: &[&str] = &["江大海", "上海奉贤示例精密机械有限公司", "中文"];

#[track_caller]
fn is_english(page: &Page, what: &str) {
    assert_eq!(page.lang(), "en", "{what}");
    // The pledge is frozen in Chinese, which binds; its translation stands below it.
    let page = page.without("class=\"document");
    let text = DATA.iter().fold(format!("{} {}", page.title(), page.text()), |text, data| text.replace(data, ""));
    let chinese: String = text.chars().filter(|c| matches!(c, '\u{3000}'..='\u{9fff}')).collect();
    assert_eq!(chinese, "", "{what}: {text}");
    assert!(text.contains("Credit Fengxian"), "{what}: {text}");
}

async fn switch(browser: &Browser, lang: &str, from: &str) -> Page {
    let came = browser.submit("/preferences", &[("lang", lang), ("return_to", from)]).await;
    assert!(came.url.ends_with(from), "back to the page it was chosen on: {}", came.url);
    came.page_of(200)
}

pub async fn the_whole_journey_is_english_for_who_chose_it(world: World) {
    let browser = world.browser();
    is_english(&switch(&browser, "en", "/").await, "home");
    for place in ["/help", "/privacy", "/accessibility"] {
        is_english(&page_of(&browser, place).await, place);
    }
    is_english(&browser.get("/nowhere").await.page_of(404), "not found");
    browser.sign_in("legal-representative").await;
    is_english(&page_of(&browser, "/filings").await, "desk");
    is_english(&page_of(&browser, "/enterprise").await, "enterprise");
    is_english(&page_of(&browser, "/registrations/licence").await, "start");
    let draft = begin(&browser).await;
    is_english(&page_of(&browser, &draft).await, "blank draft");
    let wrong = [("issuer_code", "1"), ("issued_on", "2199-01-01"), ("valid_until", "soon"), ("look_up", "x")];
    let files = [crate::multipart::ChosenFile::new("x.pdf", "no pdf")];
    let onward = press(&browser, &draft, &wrong, "continue", &files).await.location();
    let page = page_of(&browser, &onward).await;
    is_english(&page, "problems");
    assert!(page.title().starts_with("Error: "), "{}", page.title());
    assert!(page.summary().len() >= 7, "{:?}", page.summary());
    press_over(&browser, &draft, "1", ANSWERS, "save", &[]).await;
    is_english(&page_of(&browser, &format!("{draft}/versions")).await, "versions");
    is_english(&page_of(&browser, &format!("{draft}/deletion")).await, "deletion");
    browser.post(&format!("{draft}/deletion"), &[]).await.location();
    is_english(&page_of(&browser, "/filings?deleted=1").await, "deleted");
    from_review_to_withdrawal(&browser).await;
    let page = switch(&browser, "zh-CN", "/filings").await;
    assert_eq!((page.lang(), page.h1()), ("zh-CN".into(), "我的申报".into()));
    browser.post("/preferences", &[("lang", "klingon")]).await.location();
    assert_eq!(page_of(&browser, "/").await.lang(), "zh-CN", "a language that is none changes nothing");
}

async fn from_review_to_withdrawal(browser: &Browser) {
    let draft = begin(browser).await;
    press(browser, &draft, ANSWERS, "continue", &[crate::multipart::ChosenFile::pdf("a.pdf")]).await.location();
    is_english(&page_of(browser, &format!("{draft}/review")).await, "review");
    let page = browser.post(&format!("{draft}/filing"), &[("version", "2")]).await.page_of(422);
    is_english(&page, "pledge missing");
    let filing = file(browser, &draft, &["publish"]).await;
    is_english(&page_of(browser, &format!("{filing}?filed=1")).await, "filing");
    is_english(&page_of(browser, &format!("{filing}/withdrawal")).await, "withdrawal");
    browser.post(&format!("{filing}/withdrawal"), &[]).await.location();
    is_english(&page_of(browser, &filing).await, "withdrawn");
    let cross = browser.request(reqwest::Method::POST, "/drafts").header("sec-fetch-site", "cross-site");
    is_english(&browser.send(cross).await.page_of(403), "cross-site");
}

pub async fn what_was_typed_is_kept_when_a_language_or_a_size_is_chosen_in_the_form(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let page = page_of(&browser, &draft).await;
    for (name, value) in [("lang", "en"), ("type", "elder")] {
        let button = format!("form=\"draft-form\" name=\"action\" value=\"{name}:{value}\"");
        assert!(page.html.contains(&button), "{name}: {}", page.html);
    }
    let first = page.html.split("form=\"draft-form\"").nth(1).unwrap();
    assert!(first.starts_with(" name=\"action\" value=\"continue\""), "Enter goes on, and chooses no language: {first:.80}");
    let typed = [("number", "TYPED-1")];
    let onward = press(&browser, &draft, &typed, "lang:en", &[]).await.location();
    let page = page_of(&browser, &onward).await;
    assert_eq!((page.lang(), page.typed("number")), ("en".into(), "TYPED-1".into()));
    // With the problems that the page showed.
    let onward = press(&browser, &draft, &[("number", "TYPED-2")], "type:elder:check", &[]).await.location();
    let page = page_of(&browser, &onward).await;
    assert!(page.html.contains("data-type=\"elder\"") && !page.summary().is_empty());
    assert_eq!(page.typed("number"), "TYPED-2");
    assert!(page.html.contains("value=\"type:normal:check\""));
}

pub async fn large_type_is_kept_until_it_is_switched_off(world: World) {
    let browser = world.browser();
    assert!(!page_of(&browser, "/").await.html.contains("data-type"));
    let page = browser.submit("/preferences", &[("type", "elder"), ("return_to", "/help")]).await.page_of(200);
    assert!(page.html.contains("data-type=\"elder\""));
    page.must_say("标准模式");
    let page = browser.submit("/preferences", &[("type", "normal"), ("return_to", "/help")]).await.page_of(200);
    assert!(!page.html.contains("data-type"));
    page.must_say("长者模式");
}
