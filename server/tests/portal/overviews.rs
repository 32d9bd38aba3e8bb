//! The overview: what is here, what the platform says, and everything to take away.

use credit::registration::Terms;
use serde_json::{Value, json};
use server::expiry::tell_expiring;

use crate::licence::{TITLE, file, filed, id_of, page_in_state, page_of, press, sound_draft, with};
use crate::world::{World, eventually};

pub async fn the_overview_says_where_everything_stands(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let page = page_of(&browser, "/overview").await;
    assert_eq!(page.h1(), "我的信用信息");
    for words in ["还没有登记过信息。", "没有需要补正的申报。", "30 天内没有到期的信息。", "没有正在公示的信息。"]
    {
        page.must_say(words);
    }
    // One that is returned, one that ends in twelve days and is public, one that is being checked.
    let returned = filed(&browser).await;
    world.decide(&id_of(&returned), "submission.under_review", json!({})).await;
    world.decide(&id_of(&returned), "submission.returned", json!({ "comments": [], "note": "x" })).await;
    let today = world.clock.today();
    let ends_on = (today + chrono::Days::new(12)).to_string();
    let draft = sound_draft(&browser).await;
    press(&browser, &draft, &with(&[("valid_until", &ends_on), ("title", "快到期的许可证")]), "continue", &[]).await.location();
    let ending = file(&browser, &draft, &["publish"]).await;
    world.decide(&id_of(&ending), "submission.under_review", json!({})).await;
    world.decide(&id_of(&ending), "submission.granted", json!({ "verification": "verified" })).await;
    world.decide(&id_of(&ending), "publication.published", json!({ "until": "2099-12-31" })).await;
    filed(&browser).await;
    page_in_state(&browser, &ending, "已核验").await;
    let look = async || Some(page_of(&browser, "/overview").await).filter(|page| page.says("有 1 件正在公示"));
    let page = eventually("it is public", look).await;
    assert_eq!(page.answer_to("资质证照"), "已核验 1 件 · 核验中 1 件 · 退回补正 1 件");
    page.must_say(&format!("快到期的许可证 资质证照 · {}", page_of(&browser, &ending).await.answer_to("申报编号")));
    page.must_say(&format!("! {ends_on} · 还有 12 天到期"));
    page.must_say("! 退回补正");
    assert!(page.links().contains(&returned));
    assert_eq!(page.link("/enterprises/"), "/enterprises/91310120FXXY000194");

    // What ends is told once, thirty days before.
    let storage = &world.portal.portal.storage;
    let told = tell_expiring(&**storage, Terms::default(), today - chrono::Days::new(19), world.clock.now()).await.unwrap();
    assert_eq!(told, 0, "thirty-one days before it is too early");
    assert_eq!(tell_expiring(&**storage, Terms::default(), today, world.clock.now()).await.unwrap(), 1);
    assert_eq!(tell_expiring(&**storage, Terms::default(), today, world.clock.now()).await.unwrap(), 0);
    page_of(&browser, "/notices").await.must_say(&format!("将于 {ends_on} 到期，请及时更新"));
}

pub async fn what_the_platform_has_on_file_is_read_live_and_kept_for_when_it_is_down(world: World) {
    let browser = world.browser_of("legal-representative").await;
    world.mood(json!({ "mood": "down" })).await;
    page_of(&browser, "/overview").await.must_say("平台暂时没有应答，以前也没有读到过。");
    world.good_mood().await;
    let page = page_of(&browser, "/overview").await;
    page.must_say("信用承诺：没有违背承诺的记录");
    page.must_say("本网站不作认定。 读取时间：");
    let record = page.link("/records/");
    for mood in [json!({ "mood": "broken" }), json!({ "mood": "rubbish" }), json!({ "mood": "slow", "seconds": 8 })] {
        world.mood(mood.clone()).await;
        let began = std::time::Instant::now();
        let page = page_of(&browser, "/overview").await;
        assert!(began.elapsed().as_secs() < 6, "nobody waits for it: {mood}");
        page.must_say("平台暂时没有应答。以下是 ");
        page.must_say("读到的内容，可能已有变化。");
        assert_eq!(page.link("/records/"), record, "{mood}");
    }
    // Another enterprise does not get the reading of the first.
    let stranger = world.browser_of("shopkeeper").await;
    page_of(&stranger, "/overview").await.must_say("以前也没有读到过");
}

pub async fn everything_can_be_taken_away(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let empty: Value = serde_json::from_str(&browser.get("/overview/everything.json").await.text()).unwrap();
    assert_eq!(empty["filings"], json!([]));
    let first = filed(&browser).await;
    world.decide(&id_of(&first), "submission.under_review", json!({ "handler": "审核一岗" })).await;
    world.decide(&id_of(&first), "submission.returned", json!({ "comments": [], "note": "请补正" })).await;
    page_in_state(&browser, &first, "退回补正").await;
    let draft = browser.post(&format!("{first}/correction"), &[]).await.location();
    press(&browser, &draft, &with(&[]), "continue", &[]).await.location();
    let second = file(&browser, &draft, &["publish"]).await;
    page_in_state(&browser, &second, "平台已收到，等待受理").await;
    world.browser_of("shopkeeper").await;

    let answer = browser.get("/overview/everything.json").await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-disposition").starts_with("attachment"));
    assert_eq!(answer.header("cache-control"), "no-store");
    let all: Value = serde_json::from_str(&answer.text()).unwrap();
    let filings = all["filings"].as_array().unwrap();
    assert_eq!(filings.len(), 2, "also the one that was superseded");
    assert_eq!((filings[0]["id"].as_str(), filings[1]["id"].as_str()), (Some(&*id_of(&first)), Some(&*id_of(&second))));
    assert_eq!(filings[0]["standing"]["state"]["superseded"]["by"], *id_of(&second));
    assert_eq!(filings[1]["revises"], *id_of(&first));
    assert_eq!(filings[1]["content"]["title"], TITLE);
    assert_eq!(filings[1]["pledge"]["purposes"], json!(["publish"]));
    assert!(filings[1]["pledge"]["text"].as_str().unwrap().contains("郑重承诺"));
    assert_eq!(filings[0]["history"].as_array().unwrap().len(), 5, "{}", filings[0]["history"]);
    assert_eq!(filings[0]["attachments"][0]["name"], "许可证.pdf");

    let page = page_of(&browser, "/overview/print").await;
    assert_eq!(page.h1(), "全部申报");
    for words in [TITLE, "来源：企业自主申报", "郑重承诺", "办理经过", "许可证.pdf", "授权在信用奉贤网站公示"]
    {
        page.must_say(words);
    }
    let other = world.browser_of("shopkeeper").await;
    let theirs: Value = serde_json::from_str(&other.get("/overview/everything.json").await.text()).unwrap();
    assert_eq!(theirs["filings"], json!([]));
    page_of(&other, "/overview/print").await.must_say("还没有提交过申报。");
}

pub async fn everything_can_be_taken_away_as_pdf_where_there_is_a_font(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let filing = filed(&browser).await;
    world.submission(&id_of(&filing)).await;
    let page = page_of(&browser, "/overview").await;
    let answer = browser.get("/overview/everything.pdf").await;
    if world.portal.portal.font.is_none() {
        page.must_say("本网站暂时不能生成 PDF");
        assert_eq!(answer.status, 404);
        return;
    }
    assert_eq!(page.link("/overview/everything.pdf"), "/overview/everything.pdf");
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/pdf"));
    assert!(answer.header("content-disposition").starts_with("attachment"));
    assert!(answer.body.starts_with(b"%PDF-") && answer.body.len() > 10_000, "{} bytes", answer.body.len());
}
