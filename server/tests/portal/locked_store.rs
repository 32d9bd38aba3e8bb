//! Another program holds the SQLite file for longer than the portal waits.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::licence::{SOUND, begin, filing_of, id_of, page_of, press_over, sound_draft, ticked, with};
use crate::multipart::ChosenFile;
use crate::overload::AWKWARD;
use crate::world::{World, eventually};

pub async fn a_locked_store_accepts_nothing_and_says_so(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = sound_draft(&browser).await;
    let review = page_of(&browser, &format!("{draft}/review")).await;
    let (version, files) = (review.version(), review.hidden("files"));
    let fields = ticked(&version, &files, &[]);
    let mut other = SqliteConnectOptions::new().filename(world.folder.path("data/chengxin.sqlite")).connect().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    // All at once, because each waits for as long as the store does.
    let place = format!("{draft}/filing");
    let changed = with(&[("number", "CHANGED-2")]);
    let (filing, saving, saving_itself, beginning, ready, reading) = tokio::join!(
        browser.post(&place, &fields),
        press_over(&browser, &draft, &version, &changed, "save", &[]),
        browser.autosave(&draft, 2, SOUND.split_last().unwrap().1),
        browser.post("/drafts", &[("kind", "licence")]),
        browser.get("/health/ready"),
        browser.get(&draft),
    );
    for answer in [&filing, &saving, &beginning] {
        let page = answer.page_of(503);
        assert_eq!(page.h1(), "系统暂时无法保存", "{}", answer.url);
        page.must_say("这次操作没有得到确认，请不要当作已提交。");
        page.must_say("也可能已经办成");
        page.must_say("故障编号：");
        assert_eq!(answer.header("retry-after"), "30");
    }
    let typed = [&filing, &saving, &beginning].map(|answer| answer.page().says("您填写的内容就在这一页里，没有丢失。"));
    assert_eq!(typed, [true, true, false], "nothing is typed to begin a draft");
    assert_eq!((saving_itself.status, ready.status, reading.status), (503, 503, 200));
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    assert_eq!(page_of(&browser, &draft).await.typed("number"), "JY13101200000001", "nothing of it was kept");
    page_of(&browser, &draft).await.must_not_say("另一个窗口");
    eventually("it is ready again", async || (browser.get("/health/ready").await.status == 200).then_some(())).await;
    // The same post, sent again.
    assert_eq!(browser.post(&place, &fields).await.location(), format!("{}?filed=1", filing_of(&draft)));
    world.submission(&id_of(&draft)).await;
    let (again, kind, kept) = filing.page().kept_form();
    assert_eq!((again, kind, kept), (place, None, owned(&fields)), "it is what was posted");
}

pub async fn what_was_typed_while_the_store_takes_no_writes_is_sent_again_by_a_button(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let draft = begin(&browser).await;
    let mut other = SqliteConnectOptions::new().filename(world.folder.path("data/chengxin.sqlite")).connect().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let typed = with(&[("number", "TYPED-WHILE-DOWN"), ("scope", AWKWARD)]);
    let answer = press_over(&browser, &draft, "1", &typed, "save", &[ChosenFile::pdf("b.pdf")]).await;
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    let page = answer.page_of(503);
    page.must_say("刚才选择的文件不在这一页里");
    let (place, kind, kept) = page.kept_form();
    let mut fields = vec![("version", "1")];
    fields.extend(&typed);
    fields.push(("action", "save"));
    assert_eq!((place, kind, &kept), (draft.clone(), Some("multipart/form-data".to_owned()), &owned(&fields)));
    let kept: Vec<_> = kept.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(browser.post_with_files(&draft, &kept, &[]).await.location(), format!("{draft}?saved=1"));
    assert_eq!(page_of(&browser, &draft).await.typed("number"), "TYPED-WHILE-DOWN");
}

fn owned(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub async fn a_page_can_be_read_while_the_store_takes_no_writes(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let mut other = SqliteConnectOptions::new().filename(world.folder.path("data/chengxin.sqlite")).connect().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    // Late enough for the session's use to be noted.
    world.clock.advance(2 * crate::world::MINUTE);
    let answer = browser.get("/filings").await;
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    answer.page_of(200).must_say("还没有提交过申报。");
}
