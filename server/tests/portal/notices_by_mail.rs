//! Notices by e-mail: to whom, what they say, and what becomes of those that do not go.

use serde_json::json;
use server::clock::Clock;
use server::config::Config;
use server::serving::start;

use crate::browser::Browser;
use crate::licence::{TITLE, filed, id_of, page_of};
use crate::place::Folder;
use crate::world::{HOUR, MINUTE, World, eventually, free_port, sandbox_for, settings};

const BOSS: &str = "boss@example.com";

/// Enters an address and follows the link that comes there.
async fn confirmed(world: &World, browser: &Browser, address: &str) {
    let onward = browser.post("/notices/settings", &[("address", address)]).await.location();
    assert_eq!(onward, "/notices/settings?done=link");
    let mail = world.mailbox.mails_to(address, 1).await.remove(0);
    let link = mail.link(&world.base);
    let token = link.split("token=").nth(1).unwrap().to_owned();
    // Whoever reads that mailbox need not be signed in.
    let done = world.browser().post("/notices/confirmation", &[("token", &token)]).await.page_of(200);
    assert_eq!(done.h1(), "邮箱已确认");
}

pub async fn an_address_is_told_once_it_was_confirmed(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let page = page_of(&browser, "/notices/settings").await;
    page.must_say("还没有登记邮箱。");
    browser.post("/notices/settings", &[("address", " ｂｏｓｓ＠example.COM ")]).await.location();
    let page = page_of(&browser, "/notices/settings?done=link").await;
    page.must_say("确认邮件正在发送");
    page.must_say("boss@example.com ○ 等待确认");
    let mail = world.mailbox.mails_to(BOSS, 1).await.remove(0);
    assert_eq!((mail.from.as_str(), mail.subject().as_str()), ("notices@portal.example", "[信用奉贤] 请确认接收通知的邮箱"));
    assert_eq!(mail.header("auto-submitted"), "auto-generated");
    // Before it is confirmed it is told nothing.
    let early = filed(&browser).await;
    world.submission(&id_of(&early)).await;

    // Looking at the link changes nothing; pressing the button does.
    let link = mail.link(&format!("{}/notices/confirmation?token=", world.base));
    let reader = world.browser();
    let path = link.strip_prefix(&world.base).unwrap();
    let asked = reader.get(path).await.page_of(200);
    asked.must_say(BOSS);
    page_of(&browser, "/notices/settings").await.must_say("等待确认");
    let token = asked.hidden("token");
    assert_eq!(reader.post("/notices/confirmation", &[("token", &token)]).await.page_of(200).h1(), "邮箱已确认");
    assert_eq!(reader.post("/notices/confirmation", &[("token", &token)]).await.page_of(404).h1(), "这个链接已失效");
    assert_eq!(reader.get(path).await.page_of(404).h1(), "这个链接已失效");
    page_of(&browser, "/notices/settings").await.must_say("boss@example.com ✓ 已确认");

    let filing = filed(&browser).await;
    let reference = page_of(&browser, &filing).await.answer_to("申报编号");
    world.decide(&id_of(&filing), "submission.under_review", json!({ "handler": "审核一岗" })).await;
    world.decide(&id_of(&filing), "submission.returned", json!({ "comments": [], "note": "请江大海补正" })).await;
    let mails = world.mailbox.mails_to(BOSS, 4).await;
    assert_eq!(mails.len(), 4, "the link, and three notices of the second filing");
    let subjects: Vec<String> = mails[1..].iter().map(|mail| mail.subject()).collect();
    let told = |what: &str| subjects.iter().any(|subject| *subject == format!("[信用奉贤] 申报 {reference}：{what}"));
    assert!(told("平台已收到，等待受理") && told("平台开始核验"), "{subjects:?}");
    assert!(told("退回补正，需要您修改后重新提交"), "{subjects:?}");
    for mail in &mails[1..] {
        assert_eq!(mail.link(&format!("{}/filings/", world.base)), format!("{}{filing}", world.base));
        for secret in [TITLE, "江大海", "审核一岗", "奉贤示例", "JY1310"] {
            assert!(!mail.text().contains(secret) && !mail.subject().contains(secret), "{secret}: {}", mail.text());
        }
    }

    // Removed, it is told nothing more.
    let id = page_of(&browser, "/notices/settings").await.hidden("id");
    let stranger = world.browser_of("shopkeeper").await;
    stranger.post("/notices/settings/removal", &[("id", &id)]).await.location();
    page_of(&browser, "/notices/settings").await.must_say(BOSS);
    let onward = browser.post("/notices/settings/removal", &[("id", &id)]).await.location();
    let page = page_of(&browser, &onward).await;
    page.must_say("邮箱已移除");
    page.must_say("还没有登记邮箱。");
    let last = filed(&browser).await;
    world.submission(&id_of(&last)).await;
    let look = async || page_of(&browser, "/notices").await.says("未读").then_some(());
    eventually("the last filing's notice", look).await;
    assert_eq!(world.mailbox.mails().len(), 4);
}

pub async fn what_is_no_address_is_said_at_the_field(world: World) {
    let browser = world.browser_of("legal-representative").await;
    for (typed, words) in [("", "请填写邮箱地址"), ("老板@", "这不是邮箱地址，请按 name@example.com 的样子填写")]
    {
        let page = browser.post("/notices/settings", &[("address", typed)]).await.page_of(422);
        assert_eq!(page.problem_at("address").as_deref(), Some(words));
        assert_eq!(page.summary(), [("#address".to_owned(), words.to_owned())]);
        assert!(page.html.contains(&format!("value=\"{typed}\"")), "what was typed is there to be mended");
        assert!(page.title().starts_with("错误："));
    }
    confirmed(&world, &browser, BOSS).await;
    let page = browser.post("/notices/settings", &[("address", BOSS)]).await.page_of(422);
    assert_eq!(page.problem_at("address").as_deref(), Some("这个邮箱已经确认过，不用再填"));
    for n in 1..5 {
        browser.post("/notices/settings", &[("address", &format!("{n}@example.com"))]).await.location();
    }
    let page = browser.post("/notices/settings", &[("address", "6@example.com")]).await.page_of(422);
    assert_eq!(page.problem_at("address").as_deref(), Some("每家企业最多 5 个邮箱，请先移除一个"));
}

pub async fn a_mail_that_does_not_go_is_tried_for_two_days_and_then_shown_to_the_operator(world: World) {
    let browser = world.browser_of("legal-representative").await;
    confirmed(&world, &browser, BOSS).await;
    world.mailbox.refuse(Some("451 4.3.0 try again later, boss@example.com"));
    let filing = filed(&browser).await;
    world.submission(&id_of(&filing)).await;
    let storage = &world.portal.portal.storage;
    let problem = async || {
        let figures = storage.mail_figures().await.unwrap();
        figures.last_problem.clone().map(|problem| (figures, problem))
    };
    let (figures, words) = eventually("the first try has failed", problem).await;
    assert_eq!((figures.waiting, figures.failed, words.as_str()), (1, 0, "the mail server answered 451"));
    let waits = crate::program::doctor(&world);
    assert!(waits.contains("mails      1 waiting, 0 failed"), "{waits}");
    let before = world.mailbox.dialogues();
    let given_up = async || {
        world.later(HOUR);
        let figures = storage.mail_figures().await.unwrap();
        (figures.failed == 1).then_some(figures)
    };
    let figures = eventually("it is given up", given_up).await;
    assert_eq!(figures.waiting, 0);
    assert_eq!(world.mailbox.dialogues() - before, 6, "seven tries in all");
    let said = crate::program::doctor(&world);
    assert!(
        said.contains("mails      0 waiting, 1 failed") && said.contains("the last problem: the mail server answered 451"),
        "{said}"
    );
    assert!(!said.contains("boss"), "{said}");
    assert_eq!(world.mailbox.mails().len(), 1, "nothing but the link ever went");
}

pub async fn an_address_that_is_refused_is_given_up_and_a_mail_server_that_is_busy_is_waited_for(world: World) {
    let browser = world.browser_of("legal-representative").await;
    confirmed(&world, &browser, BOSS).await;
    let storage = &world.portal.portal.storage;
    world.mailbox.refuse(Some("550 5.1.1 no such mailbox"));
    let filing = filed(&browser).await;
    world.submission(&id_of(&filing)).await;
    let failed = async || Some(storage.mail_figures().await.unwrap()).filter(|figures| figures.failed == 1);
    let figures = eventually("it is given up at once", failed).await;
    assert_eq!((figures.waiting, figures.last_problem.as_deref()), (0, Some("the mail server answered 550")));

    world.mailbox.refuse(Some("421 4.3.2 closing"));
    world.decide(&id_of(&filing), "submission.under_review", json!({ "handler": "审核一岗" })).await;
    let met = async || storage.mail_figures().await.unwrap().last_problem.filter(|problem| problem.ends_with("421"));
    eventually("the first try has failed", met).await;
    world.mailbox.refuse(None);
    let look = async || {
        world.later(2 * MINUTE);
        (world.mailbox.mails().len() == 2).then_some(())
    };
    eventually("it goes", look).await;
    let figures = async || Some(storage.mail_figures().await.unwrap()).filter(|figures| figures.waiting == 0);
    assert_eq!(eventually("nothing waits", figures).await.failed, 1);
}

/// Without `[mail]` nothing is sent, and the page says so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_mail_server_the_page_says_so() {
    let folder = Folder::new();
    let port = free_port();
    let sandbox = sandbox_for(port).await;
    let config = Config::parse(&settings(&folder, port, &sandbox, None), std::iter::empty()).unwrap();
    let portal = start(config, Clock::default()).await.unwrap();
    let browser = Browser::new(&format!("http://127.0.0.1:{port}"), &sandbox.url());
    browser.sign_in("legal-representative").await;
    let page = page_of(&browser, "/notices/settings").await;
    page.must_say("本网站暂未开通邮件通知。");
    page.must_not_say("邮箱地址");
    assert_eq!(browser.post("/notices/settings", &[("address", BOSS)]).await.status, 404);
    portal.stop().await;
}
