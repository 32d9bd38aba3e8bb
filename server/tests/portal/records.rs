//! The enterprise's dishonesty records: what can be done today and from when, why not before, and the right way for each.

use std::time::{Duration, Instant};

use chrono::{Days, Months, NaiveDate};
use serde_json::json;

use crate::browser::Browser;
use crate::licence::page_of;
use crate::page::{Page, element, elements, tags, words};
use crate::world::World;

const MACHINERY: &str = "91310120FXXY000194";

/// The line of a record in a list, by its number.
#[track_caller]
fn line(page: &Page, id: &str) -> String {
    let records = elements(&page.html, "class=\"record-list__record\"");
    let address = format!("href=\"/records/{id}\"");
    let record = records.into_iter().find(|record| record.contains(&address));
    words(record.unwrap_or_else(|| panic!("{id} is not listed: {}", page.text())))
}

/// The numbers that can be ticked.
fn choosable(page: &Page) -> Vec<String> {
    let boxes = tags(&page.html, "input").into_iter().filter(|input| input.get("name").is_some_and(|name| name == "record"));
    boxes.map(|input| input["value"].clone()).collect()
}

/// What a section says, by the id of its heading.
#[track_caller]
fn section(page: &Page, id: &str) -> String {
    let found = element(&page.html, &format!("aria-labelledby=\"{id}\""));
    words(found.unwrap_or_else(|| panic!("there is no {id}: {}", page.text())))
}

async fn record(browser: &Browser, id: &str) -> Page {
    page_of(browser, &format!("/records/{id}")).await
}

/// The first day after so many months from a decision of so many months ago.
fn first_day(today: NaiveDate, decided_months_ago: u32, months: u32) -> NaiveDate {
    today - Months::new(decided_months_ago) + Months::new(months) + Days::new(1)
}

pub async fn the_records_say_what_can_be_done_today_and_from_when(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let home = page_of(&browser, "/").await;
    assert_eq!(home.link("/records"), "/records");
    let page = page_of(&browser, "/records").await;
    assert_eq!(page.h1(), "失信信息与信用修复");
    page.must_say("信用修复不收费，不需要委托中介。");
    page.must_say("信用修复不是“征信修复”");
    page.must_say("共 3 条没有停止公示的失信信息。");
    let why = "whose period is over or, of minor ones, never ran, and whose duties are fulfilled";
    assert_eq!(choosable(&page), ["FXR-0001", "FXR-0003"], "{why}");
    let form = element(&page.html, "action=\"/repairs\"").expect("a form for those that can be repaired");
    assert!(form.contains("method=\"post\"") && words(form).contains("继续"), "{form}");
    let today = world.clock.today();
    let from = first_day(today, 1, 3);
    let repairable = line(&page, "FXR-0001");
    for part in
        ["沪奉环罚〔", "上海市奉贤区生态环境局（示例） · 罚款", "失信程度：一般", "罚款：15,000 元", "信用中国", "可以申请修复"]
    {
        assert!(repairable.contains(part), "{part}: {repairable}");
    }
    assert!(line(&page, "FXR-0002").contains(&format!("自 {from} 起可以申请")), "{}", line(&page, "FXR-0002"));
    assert!(line(&page, "FXR-0003").contains("可以申请修复"), "{}", line(&page, "FXR-0003"));
    assert!(!page.html.contains("FXR-0004"), "what is stopped is listed nowhere");

    record(&browser, "FXR-0001").await.must_say("已过最短公示期，义务已经履行");
    record(&browser, "FXR-0003").await.must_say("这类记录没有最短公示期，义务已经履行");

    let overview = page_of(&browser, "/overview").await;
    assert!(line(&overview, "FXR-0002").contains(&format!("自 {from} 起可以申请")));
    assert_eq!(overview.link("/records"), "/records/FXR-0001");
    assert!(!overview.html.contains("FXR-0004"), "nor in the overview");

    let first = record(&browser, "FXR-0001").await;
    assert!(first.h1().starts_with("沪奉环罚〔"), "{}", first.h1());
    assert_eq!(first.answer_to("罚款"), "15,000 元");
    assert_eq!(first.answer_to("公示渠道"), "信用中国");
    first.must_say("切削液废桶露天堆放");
    first.must_say("缴纳罚款人民币15000元 ✓ 已履行");
    first.must_say("依据：《信用修复管理办法》（国家发展和改革委员会令第36号）：一般失信信息的公示期限");
    first.must_say("是否停止以认定单位为准。");
    first.must_say("还没有在本网站为这条记录办理过什么。");
    let second = record(&browser, "FXR-0002").await;
    assert!(section(&second, "repair").contains(&format!("自 {from} 起可以申请，请到时再来")), "{}", section(&second, "repair"));
}

pub async fn a_stopped_record_says_since_when_and_nothing_it_said(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let page = record(&browser, "FXR-0004").await;
    assert_eq!(page.h1(), "这条记录已经停止公示");
    page.must_say(&format!("停止公示日期：{}。", world.clock.today() - Days::new(20)));
    for said in ["200,000", "未经验收", "示例017号", "生态环境局"] {
        page.must_not_say(said);
    }
    assert_eq!(browser.get("/records/FXR-0004/earliest.ics").await.status, 404);
}

pub async fn what_is_true_of_a_record_leads_to_the_right_way(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let asked = record(&browser, "FXR-0001").await;
    let choices = tags(&asked.html, "input").into_iter().filter(|input| input.get("name").is_some_and(|name| name == "says"));
    assert_eq!(choices.map(|input| input["value"].clone()).collect::<Vec<_>>(), ["put_right", "data_wrong", "penalty_wrong"]);
    assert!(!asked.html.contains("action=\"/repairs\""), "nothing begins before the question is answered");

    let put_right = record(&browser, "FXR-0001?says=put_right").await;
    let form = element(&put_right.html, "action=\"/repairs\"").expect("the repair begins");
    assert!(form.contains("name=\"record\" value=\"FXR-0001\""), "{form}");
    let too_early = record(&browser, "FXR-0002?says=put_right").await;
    assert!(section(&too_early, "way-title").contains("最短公示期还没有届满"));
    assert!(!too_early.html.contains("action=\"/repairs\""));

    let wrong = record(&browser, "FXR-0001?says=data_wrong").await;
    let form = element(&wrong.html, "aria-labelledby=\"way-title\"").expect("the objection begins");
    assert!(form.contains("action=\"/drafts\"") && form.contains("name=\"kind\" value=\"objection\""), "{form}");
    assert!(form.contains("name=\"record\" value=\"FXR-0001\""), "{form}");

    let contested = record(&browser, "FXR-0001?says=penalty_wrong").await;
    let way = section(&contested, "way-title");
    let decided = world.clock.today() - Months::new(5);
    for words in [
        "自知道或者应当知道处罚决定之日起 60 日内",
        "自知道或者应当知道处罚决定之日起 6 个月内",
        "自收到复议决定书之日起 15 日内",
        "奉贤区人民政府的行政复议机构",
        "《中华人民共和国行政复议法》（2023年修订）：第二十条（待确认）",
        "《中华人民共和国行政诉讼法》（2017年修正）：第四十六条（待确认）",
        "当场作出的处罚决定，应当先申请行政复议",
        "第二十三条（待确认）",
        "公示不停止",
        "请在这里提出异议",
        &format!("最早到 {} 届满；收到决定书晚于处罚决定日期的", decided + Days::new(60)),
    ] {
        assert!(way.contains(words), "{words}: {way}");
    }
    // What somebody says that is none of the three is no answer.
    let nonsense = record(&browser, "FXR-0001?says=nonsense").await;
    assert!(!nonsense.html.contains("way-title"));

    let breached = world.browser_of("breached").await;
    let court = record(&breached, "FXR-0013?says=penalty_wrong").await;
    assert!(section(&court, "way-title").contains("这不是行政处罚决定"));
    let court = record(&breached, "FXR-0013?says=data_wrong").await;
    assert!(section(&court, "way-title").contains("失信被执行人信息由人民法院管理"));
    let shopkeeper = world.browser_of("shopkeeper").await;
    let disputed = record(&shopkeeper, "FXR-0021?says=data_wrong").await;
    assert!(section(&disputed, "way-title").contains("已有一件异议在处理"));
}

pub async fn what_belongs_elsewhere_is_named_and_pointed_there(world: World) {
    let breached = world.browser_of("breached").await;
    let page = page_of(&breached, "/records").await;
    assert!(section(&page, "court").contains("请先履行生效法律文书确定的义务，再向执行法院申请删除。"));
    assert!(section(&page, "court").contains("示例执55号"));
    let waiting = line(&page, "FXR-0011");
    assert!(waiting.contains("! 还有义务没有履行"), "{waiting}");
    let owed = record(&breached, "FXR-0011").await;
    assert!(section(&owed, "repair").contains("还有没有履行的义务：缴纳罚款人民币300000元（已分期，余款未缴）"));
    assert!(section(&owed, "duties").contains("! 尚未履行"));
    let list = record(&breached, "FXR-0012").await;
    assert!(section(&list, "repair").contains("移出经营异常名录的条件（待确认）"), "{}", section(&list, "repair"));
    assert_eq!(list.answer_to("失信程度"), "认定单位没有给出");
    let other = world.browser_of("two-enterprises").await;
    other.post("/enterprise", &[("enterprise", "93310120FXXY00043E")]).await;
    let page = page_of(&other, "/records").await;
    assert!(section(&page, "tax").contains("请向主管税务机关申请。"));
    assert!(section(&page, "authority").contains("请向作出认定的单位询问怎样办理。"));
}

pub async fn what_was_given_badly_is_said_in_words_and_not_guessed(world: World) {
    let browser = world.browser_of("faulty-records").await;
    let told = async || {
        let figures = server::metrics::text(&world.portal.portal).await.unwrap();
        let line = figures.lines().find(|line| line.starts_with("chengxin_record_faults_total ")).unwrap();
        line.rsplit_once(' ').unwrap().1.parse::<u64>().unwrap()
    };
    assert_eq!(told().await, 0);
    let page = page_of(&browser, "/records").await;
    assert!(told().await >= 5, "the operator is told of each: {}", told().await);
    assert!(line(&page, "FXR-0041").contains("记录中有 1 处问题，见详情"), "{}", line(&page, "FXR-0041"));
    let cases: [(&str, &[&str]); 6] = [
        (
            "FXR-0041",
            &["失信程度写的是“particularly_serious”，无法识别", "没有可以识别的失信程度，不知道适用哪一档公示期限，本网站不作推断"],
        ),
        ("FXR-0042", &["没有给出失信程度，不知道适用哪一档公示期限。", "记录没有写明最早可以申请修复的日期，本网站不作推断"]),
        ("FXR-0043", &["早于公示开始日期", "记录中的日期互相矛盾或者无法识别，不能据此判断"]),
        ("FXR-0044", &["处罚决定日期写的是“今年春天”，不是日期。", "罚款金额写的是“一万元”，无法识别"]),
        ("FXR-0046", &["这条记录和编号为 FXR-0045 的记录看来是同一个处罚。", "重复的，可以提出异议"]),
        ("FXR-0047", &["按规定计算是", "仅供参考，不作为受理的依据"]),
    ];
    for (id, sentences) in cases {
        let page = record(&browser, id).await;
        for sentence in sentences {
            page.must_say(sentence);
        }
    }
    let unreadable = record(&browser, "FXR-0044").await;
    assert_eq!(unreadable.answer_to("处罚决定日期"), "无法识别");
    assert_eq!(unreadable.answer_to("罚款"), "无法识别");
    assert_eq!(record(&browser, "FXR-0041").await.answer_to("失信程度"), "无法识别");
    assert_eq!(record(&browser, "FXR-0042").await.answer_to("失信程度"), "认定单位没有给出");
    unreadable.must_not_say("公示期满的日子");
    let english = browser.post("/preferences", &[("lang", "en"), ("return_to", "/records/FXR-0041")]).await;
    page_of(&browser, &english.location()).await.must_say("The severity reads “particularly_serious”, which is none");
}

pub async fn who_is_barred_reads_until_when_and_why(world: World) {
    let browser = world.browser_of("barred").await;
    let page = page_of(&browser, "/records").await;
    let until = world.clock.today() - Days::new(100) + Days::new(365);
    let bars = section(&page, "bars");
    for words in ["提供虚假的整改证明材料", &until.to_string(), "国家发展和改革委员会令第36号"] {
        assert!(bars.contains(words), "{words}: {bars}");
    }
    assert!(choosable(&page).is_empty());
    let again = until + Days::new(1);
    assert!(line(&page, "FXR-0051").contains(&format!("自 {again} 起可以申请")), "{}", line(&page, "FXR-0051"));
    record(&browser, "FXR-0051").await.must_say(&format!("在 {until} 之前（含当日）不能申请信用修复，自 {again} 起可以申请"));
    let entry = browser.get("/records/FXR-0051/earliest.ics").await.text();
    assert!(entry.contains(&format!("DTSTART;VALUE=DATE:{}", again.format("%Y%m%d"))), "{entry}");
}

pub async fn the_day_to_come_can_be_put_into_a_calendar(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let page = record(&browser, "FXR-0002").await;
    let answer = browser.get(&page.link("/records/FXR-0002/earliest.ics")).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/calendar; charset=utf-8"));
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"earliest.ics\"");
    assert_eq!(answer.header("cache-control"), "no-store");
    let file = answer.text();
    let whole = file.replace("\r\n ", "");
    let from = first_day(world.clock.today(), 1, 3);
    for line in [
        format!("DTSTART;VALUE=DATE:{}", from.format("%Y%m%d")),
        format!("URL:{}/records/FXR-0002", world.portal.portal.config.public_url.as_str().trim_end_matches('/')),
        "BEGIN:VALARM".to_owned(),
    ] {
        assert!(whole.contains(&format!("\r\n{line}\r\n")), "{line}: {whole}");
    }
    assert!(whole.contains("SUMMARY:今天起可以申请信用修复：（沪奉）应急罚〔"), "{whole}");
    assert!(whole.contains("不需要委托中介"), "{whole}");
    let uid = |file: &str| file.lines().find(|line| line.starts_with("UID:")).map(str::to_owned);
    let again = browser.get("/records/FXR-0002/earliest.ics").await.text();
    assert_eq!(uid(&file), uid(&again), "the same day again replaces the first entry");
    assert!(uid(&file).is_some_and(|uid| uid.starts_with("UID:record-FXR-0002@")));
    // Where no day is to come there is nothing to put in.
    assert!(!record(&browser, "FXR-0001").await.html.contains("earliest.ics"));
    for id in ["FXR-0001", "FXR-0003", "FXR-0021", "nothing"] {
        assert_eq!(browser.get(&format!("/records/{id}/earliest.ics")).await.status, 404, "{id}");
    }
}

pub async fn while_the_platform_is_down_the_last_reading_is_shown_with_its_time(world: World) {
    let browser = world.browser_of("legal-representative").await;
    world.mood(json!({ "mood": "down" })).await;
    page_of(&browser, "/records").await.must_say("平台暂时没有应答，以前也没有读到过。");
    let never = browser.get("/records/FXR-0001").await.page_of(503);
    assert_eq!(never.h1(), "平台暂时没有应答");
    world.good_mood().await;
    page_of(&browser, "/records").await;
    world.mood(json!({ "mood": "broken" })).await;
    let page = page_of(&browser, "/records").await;
    page.must_say("平台暂时没有应答。以下是 ");
    assert_eq!(choosable(&page), ["FXR-0001", "FXR-0003"]);
    record(&browser, "FXR-0002").await.must_say("读到的内容，可能已有变化。");
}

pub async fn five_hundred_records_are_a_fast_page(world: World) {
    let browser = world.browser_of("legal-representative").await;
    world.more_records(MACHINERY, 497).await;
    let page = page_of(&browser, "/records").await;
    page.must_say("共 500 条没有停止公示的失信信息。");
    assert!(!page.html.contains("<script") && !page.html.contains("leptos-island"), "no script is needed for a list");
    assert_eq!(choosable(&page).len(), 250, "half of those that were added, and two");
    assert!(section(&page, "court").contains("批"));
    let mut took: Vec<Duration> = Vec::new();
    for _ in 0..5 {
        let began = Instant::now();
        // The helper reads the whole answer: the first byte is no later than that.
        let answer = browser.get("/records").await;
        took.push(began.elapsed());
        assert_eq!(answer.status, 200);
    }
    took.sort();
    println!("/records with 500 records: {} bytes, median {:?}, worst {:?}", page.html.len(), took[2], took[4]);
    // An unoptimised build on a busy machine; a page that is quadratic takes far longer.
    assert!(took[2] < Duration::from_secs(3), "{took:?}");
}
