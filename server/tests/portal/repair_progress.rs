//! Applications about records after filing: who has them, until when, how they end, and what is said of it. They are filed
//! straight into the store here, as they would be from their drafts.

use credit::attachment::Attachment;
use credit::credit_code::CreditCode;
use credit::draft::Draft;
use credit::enterprise::Enterprise;
use credit::filing::{Happening, Instant};
use credit::form::FormKind;
use credit::law::eligibility::Circumstances;
use credit::person::Role;
use credit::registration::{Content, Facts};
use credit::repair::{Given, HandOver, Letter, check, of_record};
use credit::{objection, repair};
use serde_json::json;
use server::platform::readings::Reading;
use server::platform::wire_v1;
use server::records::record_of;
use server::storage::record_matters::OwnNote;
use server::storage::{Acceptance, FiledBy, StoredDraft};
use server::submitting::{filing_of, frozen_pledge};

use crate::browser::Browser;
use crate::commitments::{REPRESENTATIVE, committed};
use crate::licence::{id_of, page_in_state, page_of, sound_draft};
use crate::page::Page;
use crate::world::World;

/// The enterprise that [`REPRESENTATIVE`] acts for.
const CODE: &str = "91310120FXXY000194";
/// A record that can be repaired today.
const RECORD: &str = "FXR-0001";
const HANDLER: &str = "奉贤区生态环境局信用岗";

fn enterprise() -> Enterprise {
    Enterprise { code: CreditCode::parse(CODE).unwrap(), name: "上海奉贤示例机械制造有限公司".to_owned() }
}

/// A file whose content the portal has.
async fn uploaded(world: &World, browser: &Browser) -> Attachment {
    let draft = sound_draft(browser).await;
    let stored = world.portal.portal.storage.draft(&id_of(&draft), &enterprise().code).await.unwrap().unwrap();
    Attachment { id: uuid::Uuid::now_v7().to_string(), ..stored.attachments[0].clone() }
}

async fn accepted(world: &World, kind: FormKind, draft: Draft, content: Content, files: Vec<Attachment>, now: Instant) -> String {
    let portal = &world.portal.portal;
    let draft = StoredDraft {
        id: uuid::Uuid::now_v7().to_string(),
        enterprise: enterprise(),
        kind,
        version: 1,
        draft,
        attachments: files,
        corrects: None,
        begun_at: now,
        changed_at: now,
        changed_by: "江大海".to_owned(),
    };
    portal.storage.begin_draft(&draft).await.unwrap();
    let filed_by = FiledBy { subject: "x".to_owned(), name: "江大海".to_owned(), role: Role::LegalRepresentative };
    let pledge = frozen_pledge(draft.kind, &draft.enterprise, Vec::new());
    let mut filing = filing_of(&draft, content, pledge, filed_by, now);
    filing.envelope = wire_v1::submission(&filing, &draft, None);
    let files: Vec<String> = draft.attachments.iter().map(|file| file.id.clone()).collect();
    assert_eq!(portal.storage.accept(&filing, 1, &files).await.unwrap(), Acceptance::Accepted);
    portal.courier.notify_one();
    format!("/filings/{}", draft.id)
}

async fn record(world: &World, id: &str) -> credit::record::DishonestyRecord {
    let portal = &world.portal.portal;
    match portal.platform.on_file(&enterprise().code, portal.clock.now()).await {
        Reading::Read(file) => record_of(&file, id).expect("the sandbox has it"),
        _ => panic!("the platform is there"),
    }
}

/// An application for repair, with a commitment that was signed; its address.
pub async fn applied(world: &World, browser: &Browser, hand_over: HandOver) -> String {
    applied_at(world, browser, hand_over, world.clock.now()).await
}

/// Noon of a day in Shanghai.
pub fn noon(day: &str) -> Instant {
    let day: chrono::NaiveDate = day.parse().unwrap();
    day.and_hms_opt(4, 0, 0).unwrap().and_utc().timestamp_millis()
}

/// The same, filed at that time.
pub async fn applied_at(world: &World, browser: &Browser, hand_over: HandOver, at: Instant) -> String {
    let letter = committed(browser).await;
    let code = world.portal.portal.storage.commitment_code(&id_of(&letter)).await.unwrap().expect("it has a code");
    let record = record(world, RECORD).await;
    let files = vec![uploaded(world, browser).await];
    let answers = [("fulfilled_on", "2026-07-02"), ("fulfilment", "缴清罚款，整改贮存间。"), ("proof_payment", "yes")];
    let draft = of_record(Draft::typed(&repair::FORM, answers), &record, &code, hand_over);
    let letter = Some(Letter { document_number: &record.document_number, is_signed: true });
    let given = Given { record: &record, circumstances: &Circumstances::default(), letter, attachments: &files };
    let content = check(&draft, &given, world.clock.today()).expect("it can be repaired").content().clone();
    accepted(world, FormKind::Repair, draft, content, files, at).await
}

/// An objection to the same record; its address.
pub async fn objected(world: &World, hand_over: HandOver) -> String {
    let record = record(world, RECORD).await;
    let answers = [("ground", "other"), ("reason", "处罚决定已经撤销。")];
    let draft = objection::of_record(Draft::typed(&objection::FORM, answers), &record, hand_over);
    let facts = Facts { attachments: Vec::new(), enterprise: None };
    let (content, _) = credit::registration::read_form(&objection::FORM, &draft, &facts, world.clock.today());
    accepted(world, FormKind::Objection, draft, content, Vec::new(), world.clock.now()).await
}

/// That nothing on the page speaks of verifying, but for what leads to receipts.
fn says_nothing_of_verifying(page: &Page) {
    let page = page.without("class=\"receipt-links").without("<footer").without("<section aria-labelledby=\"content\"");
    page.must_not_say("核验");
}

pub async fn a_repair_is_followed_from_the_platform_to_its_proof(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied(&world, &browser, HandOver::Platform).await;
    let id = id_of(&filing);
    let page = page_in_state(&browser, &filing, "平台已收到，等待受理").await;
    assert_eq!(page.answer_to("现在由谁办理"), "平台");
    assert_eq!(page.answer_to("现在的步骤"), "第 2 步，共 3 步：决定是否受理");
    let today = world.clock.today();
    assert!(page.answer_to("期限起算").starts_with(&today.to_string()), "{}", page.answer_to("期限起算"));
    let due = page.answer_to("这一步最迟");
    assert!(due.contains("3 个工作日") && due.contains("国办发〔2025〕22号"), "{due}");
    assert!(page.answer_to("最迟告知结果").contains("10 个工作日"));
    page.must_say("没有答复不等于同意");
    page.must_say("咨询电话 021-00000000");
    assert_eq!(browser.get(&format!("{filing}/result.pdf")).await.status, 404, "nothing is granted yet");

    world.decide(&id, "submission.under_review", json!({ "handler": HANDLER })).await;
    let page = page_in_state(&browser, &filing, "已受理，核查中").await;
    assert_eq!(page.answer_to("现在由谁办理"), HANDLER);
    let due = page.answer_to("这一步最迟");
    assert!(due.contains("7 个工作日") && due.contains("天数待确认"), "{due}");
    says_nothing_of_verifying(&page);

    world.decide(&id, "submission.granted", json!({ "verification": "verified", "note": "已停止公示" })).await;
    let page = page_in_state(&browser, &filing, "准予修复").await;
    page.must_say("这条记录终止公示");
    assert!(page.history()[0].starts_with("准予修复 已停止公示"), "{:?}", page.history());
    says_nothing_of_verifying(&page);
    browser.post(&format!("{filing}/correction"), &[]).await.page_of(409);
    let proof = browser.get(&format!("{filing}/result.pdf")).await;
    if world.portal.portal.font.is_some() {
        assert_eq!(page.link(&format!("{filing}/result.pdf")), format!("{filing}/result.pdf"));
        assert_eq!((proof.status, proof.header("content-type")), (200, "application/pdf"));
    }
    let notices = page_of(&browser, "/notices").await;
    notices.must_say("准予修复");
    notices.must_say("已受理，开始核查");
    notices.must_not_say("开始核验");
    assert!(page_of(&browser, "/overview").await.answer_to("信用修复").starts_with("获准 1 件"));
    page_of(&browser, "/filings").await.must_say("准予修复");
    page_of(&browser, "/overview/print").await.must_say("准予修复");

    // The record is gone for as long as the grant holds.
    let own_page = format!("/records/{RECORD}");
    let is_listed = async || page_of(&browser, "/records").await.links().contains(&own_page);
    assert!(!is_listed().await);
    page_of(&browser, &own_page).await.must_say("这条记录已经停止公示");

    world.decide(&id, "submission.found_untrue", json!({ "reason": "承诺不实" })).await;
    let page = page_in_state(&browser, &filing, "撤销修复，恢复公示").await;
    page.must_say("承诺不实");
    page.must_say("以平台的记录为准");
    assert_eq!(browser.get(&format!("{filing}/result.pdf")).await.status, 404, "it does not hold any more");
    assert!(is_listed().await, "what is published again is shown again");
    page_of(&browser, &own_page).await.must_say("切削液废桶露天堆放");
}

pub async fn a_refusal_is_named_by_whether_it_was_accepted_before(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let refused = json!({ "reasons": ["罚款还有余款未缴"] });
    let at_once = applied(&world, &browser, HandOver::Platform).await;
    page_in_state(&browser, &at_once, "平台已收到，等待受理").await;
    let event = json!({ "type": "submission.refused", "submission": id_of(&at_once), "data": refused });
    assert_eq!(world.event(event).await, 200);
    let page = page_in_state(&browser, &at_once, "不予受理").await;
    page.must_say("罚款还有余款未缴");
    page.must_say("行政复议（60 日内，《中华人民共和国行政复议法》（2023年修订）第二十条）");
    page.must_say("异议类型选“对信用修复的结果有异议”");
    assert!(page.history()[0].starts_with("不予受理"), "{:?}", page.history());
    assert_eq!(page.answer_to("现在由谁办理"), "已办结");

    let later = applied(&world, &browser, HandOver::Platform).await;
    world.decide(&id_of(&later), "submission.under_review", json!({ "handler": HANDLER })).await;
    world.decide(&id_of(&later), "submission.refused", refused.clone()).await;
    let page = page_in_state(&browser, &later, "不予修复").await;
    says_nothing_of_verifying(&page);
    page_of(&browser, "/filings").await.must_say("没有准予修复");
    page_of(&browser, "/notices").await.must_say("没有准予修复，请查看理由");

    let objection = objected(&world, HandOver::Platform).await;
    let page = page_in_state(&browser, &objection, "平台已收到，等待受理").await;
    assert_eq!(page.answer_to("这一步最迟"), "没有查到确定的期限，本网站不推算日期");
    world.decide(&id_of(&objection), "submission.under_review", json!({ "handler": HANDLER })).await;
    world.decide(&id_of(&objection), "submission.refused", refused).await;
    says_nothing_of_verifying(&page_in_state(&browser, &objection, "异议不成立").await);
}

pub async fn an_objection_that_is_upheld_says_so_and_proves_no_repair(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let objection = objected(&world, HandOver::Platform).await;
    world.decide(&id_of(&objection), "submission.under_review", json!({ "handler": HANDLER })).await;
    world.decide(&id_of(&objection), "submission.granted", json!({ "verification": "verified" })).await;
    page_in_state(&browser, &objection, "异议成立").await.must_say("由认定单位更正记录或者停止公示");
    assert_eq!(browser.get(&format!("{objection}/result.pdf")).await.status, 404);
}

/// Notes something of a filing that the enterprise handed over by itself, as if it were that day.
async fn noted(world: &World, filing: &str, happening: Happening, on: &str) {
    let note = OwnNote { happening, on: None, by: "江大海".to_owned(), at: noon(on) };
    world.portal.portal.storage.note(&id_of(filing), &enterprise().code, &note).await.unwrap().unwrap().unwrap();
}

fn numbered() -> Happening {
    Happening::Forwarded { receipt: "XYZG-2026-001".to_owned() }
}

pub async fn a_deadline_that_is_over_is_said_to_be_and_one_into_an_unknown_year_is_not_certain(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = applied(&world, &browser, HandOver::Package).await;
    page_of(&browser, &filing).await.must_say("从官方渠道收到之日起算");
    noted(&world, &filing, numbered(), "2026-09-18").await;
    let page = page_of(&browser, &filing).await;
    assert!(page.answer_to("这一步最迟").starts_with("2026-09-22，已经过期"), "{}", page.answer_to("这一步最迟"));
    assert!(page.answer_to("期限起算").starts_with("2026-09-18（官方渠道收到之日，由本企业登记"), "{}", page.answer_to("期限起算"));
    // From the last day of 2026 on nobody knows the calendar.
    noted(&world, &filing, Happening::ReviewBegan { handler: HANDLER.to_owned() }, "2026-12-31").await;
    let page = page_of(&browser, &filing).await;
    assert!(page.answer_to("这一步最迟").contains("还没有公布 2027 年"), "{}", page.answer_to("这一步最迟"));
}
