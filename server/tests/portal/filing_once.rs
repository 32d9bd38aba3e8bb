//! Filing happens once, and only for what was seen.

use futures_util::future::join_all;

use crate::licence::{SOUND, file, filing_of, id_of, page_of, press, sound_draft, ticked, with};
use crate::multipart::ChosenFile;
use crate::world::{World, eventually};

pub async fn the_same_post_twice_makes_one_filing(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    let page = page_of(&browser, &format!("{draft}/review")).await;
    let (version, files) = (page.version(), page.hidden("files"));
    let fields = ticked(&version, &files, &[]);
    assert_eq!(browser.post(&format!("{draft}/filing"), &fields).await.location(), format!("{}?filed=1", filing_of(&draft)));
    assert_eq!(browser.post(&format!("{draft}/filing"), &fields).await.location(), filing_of(&draft));
    // Pages from the browser's history lead to the filing too.
    for page in ["", "/review", "/versions"] {
        assert_eq!(browser.get(&format!("{draft}{page}")).await.location(), filing_of(&draft), "{page}");
    }
    let late = browser.post_with_files(&draft, &[("version", "2"), ("title", "x"), ("action", "save")], &[]).await;
    assert_eq!(late.location(), filing_of(&draft));
    assert_eq!(browser.post(&format!("{draft}/deletion"), &[]).await.location(), filing_of(&draft));
    assert_eq!(world.submission(&id_of(&draft)).await["puts"], 1);
    assert_eq!(world.submissions().await, 1);
}

pub async fn twenty_posts_at_once_make_one_filing(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    let page = page_of(&browser, &format!("{draft}/review")).await;
    let (version, files) = (page.version(), page.hidden("files"));
    let (place, fields) = (format!("{draft}/filing"), ticked(&version, &files, &["publish"]));
    let answers = join_all((0..20).map(|_| browser.post(&place, &fields))).await;
    let led: Vec<String> = answers.iter().map(|answer| answer.location()).collect();
    let first = led.iter().filter(|onward| onward.ends_with("?filed=1")).count();
    assert_eq!(first, 1, "{led:?}");
    assert!(led.iter().all(|onward| onward.starts_with(&filing_of(&draft))), "{led:?}");
    assert_eq!(world.submission(&id_of(&draft)).await["puts"], 1);
    assert_eq!(world.submissions().await, 1);
    let history = page_of(&browser, &filing_of(&draft)).await.history();
    assert_eq!(history.iter().filter(|entry| entry.starts_with("提交申报")).count(), 1, "{history:?}");
}

pub async fn what_was_changed_since_it_was_reviewed_is_not_filed(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    let page = page_of(&browser, &format!("{draft}/review")).await;
    let (version, files) = (page.version(), page.hidden("files"));
    let fields = ticked(&version, &files, &["evaluate"]);
    press(&browser, &draft, &with(&[("number", "CHANGED-2")]), "save", &[]).await.location();
    let page = browser.post(&format!("{draft}/filing"), &fields).await.page_of(409);
    page.must_say("这份草稿在您核对期间有改动，请重新核对下面的内容。");
    assert_eq!(page.answer_to("证照编号"), "CHANGED-2");
    assert_eq!(page.ticked("purpose"), ["evaluate"]);
    // A file that came meanwhile was not seen either.
    let (version, files) = (page.version(), page.hidden("files"));
    press(&browser, &draft, &with(&[("number", "CHANGED-2")]), "upload", &[ChosenFile::pdf("more.pdf")]).await.location();
    let page = browser.post(&format!("{draft}/filing"), &ticked(&version, &files, &[])).await.page_of(409);
    page.must_say("more.pdf");
    // Answers that no longer hold lead back to the form.
    press(&browser, &draft, &with(&[("number", "")]), "save", &[]).await.location();
    let onward = browser.post(&format!("{draft}/filing"), &ticked("9", "", &[])).await.location();
    assert_eq!(onward, format!("{draft}?check=1#problems"));
    assert_eq!(browser.get(&filing_of(&draft)).await.status, 404);
    assert_eq!(world.submissions().await, 0);
}

pub async fn a_deleted_draft_is_gone_with_its_files(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    let kept = page_of(&browser, &draft).await.link(&format!("{draft}/files/"));
    assert_eq!(browser.get(&kept).await.status, 200);
    let page = page_of(&browser, &format!("{draft}/deletion")).await;
    assert_eq!(page.h1(), "确认删除草稿");
    page.must_say("食品经营许可证");
    assert_eq!(browser.get(&draft).await.status, 200, "asking has deleted nothing");
    let onward = browser.post(&format!("{draft}/deletion"), &[("action", "confirm")]).await.location();
    page_of(&browser, &onward).await.must_say("草稿已删除。");
    for gone in [&draft, &kept, &format!("{draft}/review"), &format!("{draft}/deletion")] {
        browser.get(gone).await.page_of(404);
    }
    browser.post(&format!("{draft}/deletion"), &[]).await.page_of(404);
    assert_eq!(browser.autosave(&draft, 2, SOUND).await.status, 404);
}

pub async fn a_withdrawal_before_the_decision_reaches_the_platform(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    let filing = file(&browser, &draft, &[]).await;
    let id = id_of(&filing);
    world.submission(&id).await;
    let ask = page_of(&browser, &filing).await.link(&format!("{filing}/withdrawal"));
    let page = page_of(&browser, &ask).await;
    assert_eq!(page.h1(), "确认撤回申报");
    page.must_say("食品经营许可证 · ");
    for _ in 0..2 {
        assert_eq!(browser.post(&ask, &[("action", "confirm")]).await.location(), filing, "the same post twice is one withdrawal");
    }
    eventually("the platform knows of the withdrawal", async || world.look_for(&id).await.filter(|it| it["state"] == "withdrawn"))
        .await;
    let look = async || Some(page_of(&browser, &filing).await).filter(|page| page.says("平台已确认撤回。"));
    let page = eventually("the page says that the platform has confirmed", look).await;
    assert_eq!(page.state(), "已撤回");
    let history = page.history();
    assert!(history[0].starts_with("平台确认撤回") && history[1].starts_with("撤回申报"), "{history:?}");
    assert_eq!(history.iter().filter(|entry| entry.starts_with("撤回申报")).count(), 1);
    assert_eq!(browser.get(&ask).await.location(), filing, "there is nothing left to ask");
}

pub async fn a_withdrawal_while_the_platform_is_down_follows_the_submission(world: World) {
    let browser = world.browser_of("legal-representative").await;
    world.mood(serde_json::json!({ "mood": "down" })).await;
    let draft = sound_draft(&browser).await;
    let filing = file(&browser, &draft, &[]).await;
    browser.post(&format!("{filing}/withdrawal"), &[("action", "confirm")]).await.location();
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.state(), "已撤回");
    page.must_say("已为您撤回，正在通知平台。");
    assert_eq!(world.submissions().await, 0);
    world.good_mood().await;
    let look = async || {
        world.later(10_000);
        world.look_for(&id_of(&filing)).await.filter(|submission| submission["state"] == "withdrawn")
    };
    let submission = eventually("both have arrived", look).await;
    assert_eq!(submission["puts"], 1);
    assert!(!submission["withdrawal"].is_null());
    eventually("it is confirmed", async || page_of(&browser, &filing).await.says("平台已确认撤回。").then_some(())).await;
}
