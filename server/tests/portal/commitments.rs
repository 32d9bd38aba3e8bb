//! Commitments: drafted from a template, asked for, signed, accepted with a code and a receipt, and forwarded. The browser's part
//! of signing is done here by the same code.

use credit::bundle::{Bundle, Inclusion, Signed};
use credit::commitment::statement::Statement;
use credit::person::Role;
use credit::signing::{Enrolment, SecretKey};
use serde_json::json;
use server::storage::FiledBy;
use server::storage::signing_keys::{Enrolling, EnrolmentBegun, SigningKey};

use crate::browser::{Answer, Browser};
use crate::licence::{filing_of, id_of, page_in_state, page_of, press};
use crate::multipart::ChosenFile;
use crate::page::Page;
use crate::place::Database;
use crate::signing_keys::{enrolled, statement};
use crate::world::{MINUTE, World};

pub const REPRESENTATIVE: &str = "legal-representative";

/// Begins a draft from this template.
pub async fn begin(browser: &Browser, template: &str) -> String {
    browser.post("/drafts", &[("kind", "commitment"), ("template", template)]).await.location()
}

/// A draft that holds, made from the template of honest business.
pub async fn honest(browser: &Browser) -> String {
    let draft = begin(browser, "honest-operation").await;
    let answers = [("blank.further", "每年公布一次客户投诉的处理结果")];
    assert_eq!(press(browser, &draft, &answers, "continue", &[]).await.location(), format!("{draft}/review"));
    draft
}

/// What the browser posts when this page is signed with this key.
pub fn signed(page: &Page, (id, key): &(String, SecretKey)) -> Vec<(&'static str, String)> {
    let signature = key.sign(statement(page).as_bytes(), &[3; 32]).hexadecimal();
    vec![("version", page.hidden("version")), ("at", page.hidden("at")), ("key", id.clone()), ("signature", signature)]
}

pub async fn post(browser: &Browser, draft: &str, form: &[(&'static str, String)]) -> Answer {
    let fields: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(&format!("{draft}/signature"), &fields).await
}

/// A commitment that was signed and accepted; gives its filing's address.
pub async fn committed(browser: &Browser) -> String {
    let key = enrolled(browser).await;
    let draft = honest(browser).await;
    let page = page_of(browser, &format!("{draft}/review")).await;
    let filed = post(browser, &draft, &signed(&page, &key)).await.location();
    assert_eq!(filed, format!("{}?filed=1", filing_of(&draft)));
    filing_of(&draft)
}

pub async fn a_commitment_is_signed_as_it_was_shown_and_reaches_the_platform(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let key = enrolled(&browser).await;
    let draft = honest(&browser).await;
    let page = page_of(&browser, &format!("{draft}/review")).await;
    let text = statement(&page);
    let said = Statement::read(&text).expect("what is shown is a statement");
    assert_eq!((said.signer.as_str(), said.pledger_code.as_str()), ("江大海", "91310120FXXY000194"));
    assert!(text.contains("每年公布一次客户投诉的处理结果"), "{text}");
    let form = signed(&page, &key);
    let filing = filing_of(&draft);
    assert_eq!(post(&browser, &draft, &form).await.location(), format!("{filing}?filed=1"));
    assert_eq!(post(&browser, &draft, &form).await.location(), filing, "the same post twice is one commitment");
    let id = id_of(&filing);
    page_in_state(&browser, &filing, "平台已收到，等待受理").await;
    let submission = world.submission(&id).await;
    let commitment = &submission["envelope"]["commitment"];
    let code = commitment["code"].as_str().expect("it has a code");
    assert!(code.len() == 20 && code.starts_with("310120") && code.ends_with("000001"), "{code}");
    assert_eq!(commitment["statement"], text.as_str());
    assert_eq!(commitment["signature"]["level"], "signature");
    assert_eq!(world.portal.portal.storage.commitment_code(&id).await.unwrap().as_deref(), Some(code));
    proves_itself(&world, &id, &text, code).await;
}

/// The receipt of this filing proves the text and the code without the portal.
async fn proves_itself(world: &World, id: &str, text: &str, code: &str) {
    let portal = &world.portal.portal;
    let receipt = portal.storage.receipt(id).await.unwrap().expect("it has a receipt");
    assert_eq!(receipt.document, text);
    let checkpoint = portal.log.checkpoint().await.unwrap();
    let size = portal.storage.log_head().await.unwrap().size();
    let inclusion = async |number: i64, salt, at| {
        let index = u64::try_from(number).unwrap();
        let proof = portal.storage.inclusion_proof(index, size).await.unwrap().expect("it is in the log");
        Inclusion { at, salt, index, proof }
    };
    let (key, place, signature) = receipt.signed.expect("it was signed");
    let enrolled = inclusion(place, key.salt, key.enrolled_at).await;
    let accepted = inclusion(receipt.log_number, receipt.salt, receipt.accepted_at).await;
    let signed = Signed { key: key.public, signature, enrolment: key.enrolment, enrolment_signature: key.signature, enrolled };
    let bundle = Bundle { document: receipt.document, acceptance: receipt.acceptance, signed: Some(signed), accepted, checkpoint };
    let proven = Bundle::read(&bundle.write()).unwrap().prove(portal.log.verifier()).expect("it proves itself");
    assert_eq!(proven.acceptance.code.as_deref(), Some(code));
    assert_eq!(proven.enrolment.map(|enrolment| enrolment.name().to_owned()).as_deref(), Some("江大海"));
}

pub async fn an_agent_prepares_and_asks_and_the_representative_signs(world: World) {
    let agent = world.browser_of("agent").await;
    let draft = honest(&agent).await;
    let review = format!("{draft}/review");
    let page = page_of(&agent, &review).await;
    page.must_say("您可以起草，不能签署");
    assert!(statement(&page).contains("签署人：（待签署）"), "nobody has signed yet");
    agent.post(&format!("{draft}/signature"), &[("version", "1")]).await.page_of(403).must_say("须由法定代表人签署");
    assert_eq!(agent.post(&format!("{draft}/signature-request"), &[]).await.location(), review);
    page_of(&agent, &review).await.must_say("已请求签署");
    let representative = world.browser_of(REPRESENTATIVE).await;
    // It stands on the first page after signing in.
    let desk = page_of(&representative, "/filings").await;
    desk.must_say("等待您签署");
    assert!(desk.links().contains(&review), "{:?}", desk.links());
    assert!(!page_of(&agent, "/filings").await.text().contains("等待您签署"), "the agent cannot sign");
    let key = enrolled(&representative).await;
    let page = page_of(&representative, &review).await;
    page.must_say("白小云");
    let said = Statement::read(&statement(&page)).unwrap();
    assert_eq!((said.agent.as_str(), said.signer.as_str()), ("白小云", "江大海"));
    let filed = post(&representative, &draft, &signed(&page, &key)).await.location();
    page_of(&agent, &filed).await.must_say("诚信经营承诺书");
}

pub async fn what_was_not_signed_as_shown_is_refused_and_the_draft_stays(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let key = enrolled(&browser).await;
    let draft = honest(&browser).await;
    let review = format!("{draft}/review");
    let page = page_of(&browser, &review).await;
    let good = signed(&page, &key);
    let other_text = key.1.sign("别的文字".as_bytes(), &[3; 32]).hexadecimal();
    let foreign = SecretKey::from_bytes(&[9; 32]).unwrap().sign(statement(&page).as_bytes(), &[3; 32]).hexadecimal();
    let later = (good[1].1.parse::<i64>().unwrap() + 24 * 60 * MINUTE).to_string();
    for (at, value, words) in [
        (0, "7".to_owned(), "草稿又有改动"),
        (1, later, "本页打开超过 30 分钟"),
        (1, "0".to_owned(), "本页打开超过 30 分钟"),
        (2, "k-unknown".to_owned(), "这个密钥不能用于签署"),
        (3, other_text, "签名与承诺书不符"),
        (3, foreign, "签名与承诺书不符"),
        (3, String::new(), "签名与承诺书不符"),
    ] {
        let mut form = good.clone();
        form[at].1 = value;
        post(&browser, &draft, &form).await.page_of(422).must_say(words);
    }
    // Somebody changes the draft between showing and signing.
    press(&browser, &draft, &[("blank.further", "另一句话")], "save", &[]).await;
    let again = post(&browser, &draft, &good).await.page_of(422);
    again.must_say("草稿又有改动");
    assert!(statement(&again).contains("另一句话"), "the page shows what would be signed now");
    // The key is revoked between showing and signing.
    let form = signed(&again, &key);
    browser.post(&format!("/signing-keys/{}/revocation", key.0), &[("reason", "compromised")]).await.location();
    post(&browser, &draft, &form).await.page_of(422).must_say("这个密钥不能用于签署");
    page_of(&browser, &draft).await.must_say("另一句话");
}

/// Its receipt could never be proven: the enrolment says that somebody else, or in another role, signs with it.
pub async fn a_key_enrolled_in_another_role_signs_nothing(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let storage = &world.portal.portal.storage;
    let own = storage.key(&enrolled(&browser).await.0).await.unwrap().unwrap();
    let secret = SecretKey::from_bytes(&[8; 32]).unwrap();
    let begun = EnrolmentBegun {
        id: uuid::Uuid::now_v7().to_string(),
        enterprise: own.enterprise.clone(),
        person: FiledBy { role: Role::Administrator, ..own.person.clone() },
        challenge: "R2tqv0m0Vb8m6mVq3m1r4A0o8h2c9mJ0Z1s5q7x3y4E".to_owned(),
        authenticated_at: own.authenticated_at,
        begun_at: own.enrolled_at,
    };
    storage.begin_enrolment(&begun).await.unwrap();
    let (person, challenge) = ((&*begun.person.name, Role::Administrator), (&*begun.id, &*begun.challenge));
    let text = Enrolment::new(person, &begun.enterprise, &secret.public(), challenge, begun.begun_at).unwrap().text();
    let signature = secret.sign(text.as_bytes(), &[0; 32]);
    let (id, public) = (begun.id.clone(), secret.public());
    let key = SigningKey { id, person: begun.person.clone(), public, signature, enrolment: text, ..own };
    assert_eq!(storage.enrol(&key).await.unwrap(), Enrolling::Enrolled);
    let draft = honest(&browser).await;
    let page = page_of(&browser, &format!("{draft}/review")).await;
    let refused = post(&browser, &draft, &signed(&page, &(key.id, secret))).await.page_of(422);
    refused.must_say("登记时的姓名、身份与现在不同");
    page_of(&browser, &draft).await.must_say("每年公布一次客户投诉的处理结果");
}

pub async fn notify_and_commit_is_chosen_freely_and_not_open_to_who_broke_a_commitment(world: World) {
    let answers = [
        ("blank.service", "劳务派遣经营许可延续"),
        ("blank.as_of", "2026-11-20"),
        ("blank.staff", "12"),
        ("blank.since", "2025-11-20"),
    ];
    let browser = world.browser_of("breached").await;
    let begun = [("kind", "commitment"), ("template", "no-arrears-certificate")];
    browser.post("/drafts", &begun).await.page_of(409).must_say("修复之前不适用告知承诺");
    // Begun while the platform could not be asked, it is barred when it is to be signed.
    world.mood(json!({ "mood": "down" })).await;
    let draft = begin(&browser, "no-arrears-certificate").await;
    press(&browser, &draft, &answers, "continue", &[]).await;
    world.good_mood().await;
    let page = page_of(&browser, &format!("{draft}/review")).await;
    page.must_say("目前不能以承诺方式办理");
    let browser = world.browser_of(REPRESENTATIVE).await;
    let key = enrolled(&browser).await;
    let draft = begin(&browser, "no-arrears-certificate").await;
    press(&browser, &draft, &answers, "continue", &[]).await;
    let page = page_of(&browser, &format!("{draft}/review")).await;
    page.must_say("不愿意承诺的，可以选择普通方式办理");
    let said = Statement::read(&statement(&page)).expect("it is a statement");
    assert!(said.notice[0].contains("劳务派遣经营许可延续"), "the notice is part of what is signed: {:?}", said.notice);
    let mut form = signed(&page, &key);
    let refused = post(&browser, &draft, &form).await.page_of(422);
    refused.must_say("请先确认本企业自愿选择");
    assert!(refused.ticked("chosen").is_empty(), "never ticked beforehand");
    form.push(("chosen", "yes".to_owned()));
    assert_eq!(post(&browser, &draft, &form).await.location(), format!("{}?filed=1", filing_of(&draft)));
}

pub async fn while_the_platform_cannot_be_asked_drafting_goes_on_and_signing_waits(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let draft = begin(&browser, "no-arrears-certificate").await;
    let answers = [
        ("blank.service", "劳务派遣经营许可延续"),
        ("blank.as_of", "2026-11-20"),
        ("blank.staff", "12"),
        ("blank.since", "2025-11-20"),
    ];
    world.mood(json!({ "mood": "down" })).await;
    press(&browser, &draft, &answers, "continue", &[]).await;
    page_of(&browser, &format!("{draft}/review")).await.must_say("暂时不能签署，草稿已保存");
    world.good_mood().await;
    page_of(&browser, &format!("{draft}/review")).await.must_not_say("暂时不能签署");
}

pub async fn a_number_below_what_the_template_asks_is_said_at_its_place(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let draft = begin(&browser, "return-of-goods").await;
    for (days, said) in [("6", Some("无理由退货期限不能少于 7 日")), ("０", Some("无理由退货期限不能少于 7 日")), ("7", None)]
    {
        let answers = [("blank.shop", "示例门市部"), ("blank.days", days), ("blank.goods", "全部标准件")];
        let answer = press(&browser, &draft, &answers, "continue", &[]).await;
        if let Some(said) = said {
            let page = page_of(&browser, &answer.location()).await;
            assert_eq!(page.problem_at("blank.days").as_deref(), Some(said));
            assert_eq!(page.typed("blank.days"), days, "what was typed stays");
        } else {
            assert_eq!(answer.location(), format!("{draft}/review"));
        }
    }
}

pub async fn a_blank_with_too_much_or_what_cannot_be_seen_is_refused_and_stays_in_the_draft(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let draft = browser.post("/drafts", &[("kind", "commitment"), ("template", "missing-material")]).await.location();
    let long = "长".repeat(10_000);
    let answers = [("blank.service", long.as_str()), ("blank.material", "租赁\u{7}合同"), ("blank.reason", "续签\u{200B}中")];
    let onward = press(&browser, &draft, &answers, "continue", &[]).await.location();
    let page = page_of(&browser, &onward).await;
    let at = |name: &str| page.problem_at(name).unwrap_or_default();
    assert!(at("blank.service").contains("10000"), "{}", at("blank.service"));
    assert!(at("blank.material").contains("第 3 个字符是看不见的控制字符"), "{}", at("blank.material"));
    assert_eq!(page.typed("blank.service"), long);
    assert!(page.html.contains("租赁\u{7}合同"), "what was typed stays as it was");
    let key = enrolled(&browser).await;
    let signed = [("version", page.version()), ("at", "0".to_owned()), ("key", key.0), ("signature", "00".repeat(64))];
    let signed: Vec<(&str, &str)> = signed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = browser.post(&format!("{draft}/signature"), &signed).await;
    assert!(answer.status >= 300, "nothing of it is signed: {}", answer.text());
    assert_eq!(browser.get(&filing_of(&draft)).await.status, 404);
}

pub async fn where_the_template_allows_it_a_fresh_proof_of_identity_confirms_instead(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let answers = [("blank.refund_days", "7"), ("blank.notice_days", "30")];
    let draft = begin(&browser, "prepaid-cards").await;
    press(&browser, &draft, &answers, "continue", &[]).await;
    let page = page_of(&browser, &format!("{draft}/review")).await;
    page.must_say("您在五分钟之内验证过身份");
    let form = vec![("version", page.hidden("version")), ("at", page.hidden("at")), ("confirm", "yes".to_owned())];
    assert_eq!(post(&browser, &draft, &form).await.location(), format!("{}?filed=1", filing_of(&draft)));
    let submission = world.submission(&id_of(&filing_of(&draft))).await;
    assert_eq!(submission["envelope"]["commitment"]["signature"]["level"], "confirmation");
    // Where an electronic signature is needed, a confirmation is none.
    let draft = honest(&browser).await;
    let confirmed = |at: i64| vec![("version", "2".to_owned()), ("at", at.to_string()), ("confirm", "yes".to_owned())];
    post(&browser, &draft, &confirmed(world.clock.now())).await.page_of(422).must_say("这个密钥不能用于签署");
    // Nor is one of somebody who proved who they are some time ago.
    world.clock.advance(10 * MINUTE);
    let draft = begin(&browser, "prepaid-cards").await;
    press(&browser, &draft, &answers, "continue", &[]).await;
    let review = format!("{draft}/review");
    page_of(&browser, &review).await.must_say("重新验证身份");
    let onward = post(&browser, &draft, &confirmed(world.clock.now())).await.location();
    assert!(onward.starts_with("/sign-in?fresh=1"), "{onward}");
}

pub async fn how_a_commitment_is_kept_is_reported_by_the_enterprise_and_found_by_the_authority(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = committed(&browser).await;
    let id = id_of(&filing);
    let early = browser.post("/drafts", &[("kind", "fulfilment"), ("commitment", &id)]).await;
    assert_eq!(early.location(), filing, "nothing is reported before it holds");
    world.decide(&id, "submission.under_review", json!({})).await;
    world.decide(&id, "submission.granted", json!({})).await;
    page_in_state(&browser, &filing, "已核验").await.must_say("报告履行情况");
    let draft = browser.post("/drafts", &[("kind", "fulfilment"), ("commitment", &id)]).await.location();
    let page = page_of(&browser, &draft).await;
    page.must_say("诚信经营承诺书");
    let answers = [
        ("state", "partly"),
        ("done", "已公布上半年投诉处理结果"),
        ("as_of", "2026-11-20"),
        ("commitment", "31012020200101000001"),
    ];
    let evidence = [ChosenFile::pdf("投诉处理结果.pdf")];
    assert_eq!(press(&browser, &draft, &answers, "continue", &evidence).await.location(), format!("{draft}/review"));
    let page = page_of(&browser, &format!("{draft}/review")).await;
    page.must_not_say("授权在信用奉贤网站公示");
    let fields = [
        ("version", page.hidden("version")),
        ("files", page.hidden("files")),
        ("pledge", "yes".to_owned()),
        ("purpose", "publish".to_owned()),
    ];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(&format!("{draft}/filing"), &fields).await.location();
    let report = world.submission(&id_of(&filing_of(&draft))).await;
    let code = world.portal.portal.storage.commitment_code(&id).await.unwrap().unwrap();
    assert_eq!(report["envelope"]["kind"], "fulfilment");
    let forwarded = &report["envelope"]["attachments"][0];
    assert_eq!(forwarded["name"], "投诉处理结果.pdf", "the evidence goes to the authority");
    assert!(!world.at_platform().await["attachments"][forwarded["sha256"].as_str().unwrap()].is_null(), "with its content");
    let given = |consent: &serde_json::Value| consent["given"] == true;
    assert!(!report["envelope"]["consents"].as_array().unwrap().iter().any(given), "a report authorises nothing");
    assert_eq!(report["envelope"]["content"]["commitment"], code.as_str(), "whose it is the browser cannot say");
    let found = json!({
        "performance": "not", "found_by": "奉贤区示例局", "found_by_code": "11310120FXXY0006XF", "found_on": "2026-11-30",
        "unfulfilled": "第二项没有做到", "pursued": null,
    });
    world.decide(&id, "commitment.performance", found).await;
    let page = crate::world::eventually("the finding arrives", async || {
        Some(page_of(&browser, &filing).await).filter(|page| page.says("全部未履行"))
    })
    .await;
    page.must_say("第二项没有做到");
    page.must_not_say("报告履行情况");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_template_that_is_replaced_between_showing_and_signing_is_said_and_the_draft_stays() {
    let database = Database::new().await;
    let first = World::with(Some(database.url()), "").await;
    let draft = honest(&first.browser_of("agent").await).await;
    let review = format!("{draft}/review");
    let representative = first.browser_of(REPRESENTATIVE).await;
    let key = enrolled(&representative).await;
    let form = signed(&page_of(&representative, &review).await, &key);

    // The operator's next version is offered by another node, or by this one once it was started again.
    let templates = first.folder.path("templates");
    std::fs::create_dir(&templates).unwrap();
    let next = include_str!("../../templates/honest-operation.toml")
        .replace("version = 1\n", "version = 2\n")
        .replace("恪守合同，公平竞争", "恪守合同，公平竞争，明码标价");
    std::fs::write(templates.join("honest-operation.toml"), next).unwrap();
    let log_key = first.folder.path("data").join("log-key");
    let further = format!("[log]\nkey_file = {log_key:?}\n[templates]\nfolder = {templates:?}\n");
    let second = World::with(Some(database.url()), &further).await;
    let representative = second.browser_of(REPRESENTATIVE).await;
    let page = post(&representative, &draft, &form).await.page();
    page.must_say("范本已经更新");
    page.must_say("这份草稿用的是旧版范本，不能再签署");
    assert_eq!(representative.get(&filing_of(&draft)).await.status, 404, "nothing was signed");

    let onward = representative.post(&format!("{draft}/template"), &[("version", &page.version())]).await.location();
    assert_eq!(onward, format!("{draft}?check=1"));
    page_of(&representative, &onward).await.must_say("每年公布一次客户投诉的处理结果");
    let page = page_of(&representative, &review).await;
    let text = statement(&page);
    assert!(text.contains("明码标价"), "{text}");
    let said = Statement::read(&text).unwrap();
    assert_eq!((said.agent.as_str(), said.signer.as_str()), ("白小云", "江大海"), "it is still the work of who prepared it");
    // What was shown before is not what is signed now.
    let refused = post(&representative, &draft, &form).await;
    refused.page_of(422).must_say("没有签署：您打开本页之后，草稿又有改动");
    let filed = post(&representative, &draft, &signed(&page, &key)).await.location();
    assert_eq!(filed, format!("{}?filed=1", filing_of(&draft)));
    drop((first, second));
    database.remove().await;
}
