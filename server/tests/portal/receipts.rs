//! Receipts: kept by who filed, verified by a stranger, with and without the portal.

use std::process::Command;

use credit::acceptance::{Acceptance, SignedHow, sha256};
use credit::bundle::{Bundle, Inclusion};
use credit::hexadecimal;
use credit::log::checkpoint::Checkpoint;
use credit::log::entry::{Entry, EntryKind, salted};
use credit::log::growth::Growth;
use credit::log::note::VerifierKey;
use credit::log::tree::leaf_hash;
use credit::signing::{DISTID, SecretKey};
use reqwest::Method;
use serde_json::{Value, json};
use server::public_log::key::LogKey;

use crate::browser::{Answer, Browser};
use crate::hand_over::text_of;
use crate::licence::{filed, filing_of, id_of, page_of};
use crate::multipart::ChosenFile;
use crate::pledging;
use crate::program::verify_receipt;
use crate::signing_keys::{enrolled, statement};
use crate::world::{World, eventually};

const REPRESENTATIVE: &str = "legal-representative";

/// Signs a draft of a commitment as its page shows it; gives the filing's address.
async fn signed(browser: &Browser, draft: &str, key: &(String, SecretKey)) -> String {
    let page = page_of(browser, &format!("{draft}/review")).await;
    let signature = key.1.sign(statement(&page).as_bytes(), &[3; 32]).hexadecimal();
    let (version, at) = (page.hidden("version"), page.hidden("at"));
    let form = [("version", version.as_str()), ("at", &at), ("key", &key.0), ("signature", &signature)];
    let onward = browser.post(&format!("{draft}/signature"), &form).await.location();
    assert_eq!(onward, format!("{}?filed=1", filing_of(draft)));
    filing_of(draft)
}

async fn drafted(browser: &Browser) -> String {
    browser.post("/drafts", &[("kind", "commitment"), ("template", "honest-operation")]).await.location()
}

/// A commitment that the representative drafts and signs.
async fn committed(browser: &Browser) -> String {
    let key = enrolled(browser).await;
    signed(browser, &drafted(browser).await, &key).await
}

pub async fn bundle_of(browser: &Browser, filing: &str) -> Bundle {
    let answer = browser.get(&format!("{filing}/receipt.json")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.header("content-disposition").starts_with("attachment; filename="));
    Bundle::read(&answer.text()).expect("it is a receipt")
}

async fn key_of(world: &World) -> VerifierKey {
    VerifierKey::parse(world.browser().get("/log/key").await.text().trim()).expect("it is a key")
}

async fn code_of(browser: &Browser, filing: &str, key: &VerifierKey) -> String {
    bundle_of(browser, filing).await.prove(key).unwrap().acceptance.code.expect("it is a commitment")
}

async fn brought(browser: &Browser, file: impl Into<Vec<u8>>) -> Answer {
    browser.post_with_files("/verify", &[], &[ChosenFile::new("凭证.json", file)]).await
}

/// The platform takes it and publishes it.
async fn published(world: &World, filing: &str, code: &str) {
    let id = id_of(filing);
    world.decide(&id, "submission.under_review", json!({})).await;
    world.decide(&id, "submission.granted", json!({})).await;
    world.decide(&id, "publication.published", json!({})).await;
    eventually("it is public", async || Some(state(world, code).await).filter(|state| state["published"] == true)).await;
}

async fn state(world: &World, code: &str) -> Value {
    serde_json::from_str(&world.browser().get(&format!("/commitments/{code}/state.json")).await.text()).unwrap()
}

pub async fn a_signed_commitment_is_proven_by_its_receipt_for_good(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = committed(&browser).await;
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.link(&format!("{filing}/receipt.json")), format!("{filing}/receipt.json"));
    let key = key_of(&world).await;
    let bundle = bundle_of(&browser, &filing).await;
    let proven = bundle.prove(&key).expect("it holds");
    assert_eq!(proven.enrolment.expect("it was signed").name(), "江大海");
    let code = proven.acceptance.code.expect("it is a commitment");
    // The log goes on: what was downloaded before holds as it did, and a later download is under a later checkpoint.
    let licence = filed(&browser).await;
    let later = bundle_of(&browser, &filing).await;
    assert!(later.prove(&key).unwrap().log_size > proven.log_size);
    assert_eq!((&later.document, &later.acceptance), (&bundle.document, &bundle.acceptance));
    let stranger = world.browser();
    let told = brought(&stranger, bundle.write()).await.page_of(200);
    told.must_say("承诺真实，没有被改动");
    told.must_say("由本站服务器核验");
    told.must_say("现在的公开日志是从凭证上的那一刻延续下来的");
    assert_eq!(told.answer_to("承诺编码"), code);
    assert_eq!(told.answer_to("签署人"), "江大海（法定代表人）");
    assert_eq!(told.answer_to("现在的状态"), "平台已收到，等待受理", "who holds the receipt is told, also of what is not public");
    assert!(told.answer_to("公示").starts_with("现在没有公示"), "{}", told.answer_to("公示"));
    // What the server asked itself, anyone can ask.
    let before = Checkpoint::open(&bundle.checkpoint, &key).unwrap();
    let growth = stranger.get(&format!("/log/growth/{}", before.size)).await.text();
    assert!(Growth::read(&growth).expect("it is one").goes_on_from(&before, &key));
    assert_eq!(stranger.get("/log/growth/1000").await.status, 404, "it never had so many");
    // A registration is proven too, without a signature.
    let told = brought(&stranger, bundle_of(&browser, &licence).await.write()).await.page_of(200);
    told.must_say("凭证真实，没有被改动");
    told.must_say("没有电子签名：由登录的人员在网上提交");
    assert_eq!(told.answer_to("签署方式"), "网上提交");
}

pub async fn what_does_not_hold_is_told_apart(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = committed(&browser).await;
    let bundle = bundle_of(&browser, &filing).await;
    let stranger = world.browser();
    let said = async |file: Vec<u8>, sentence: &str| brought(&stranger, file).await.page_of(422).must_say(sentence);
    let mut altered = bundle.clone();
    altered.document = altered.document.replace("依法纳税", "依法缴税");
    said(altered.write().into_bytes(), "正文被改动过").await;
    said(bundle.write().replace("\"document\"", "\"Document\"").into_bytes(), "文件被改动过").await;
    said("一封信".into(), "这不是本站的凭证").await;
    said(Vec::new(), "还没有选择文件").await;
    said(vec![b' '; 2 * 1024 * 1024 + 1], "文件太大").await;
    // Another portal's log, and one that goes by our name: the key is another.
    let keys = [("elsewhere.example/log", "这是别的网站的公开日志"), ("127.0.0.1/log", "这是别的网站的公开日志")];
    for (place, (origin, sentence)) in keys.into_iter().enumerate() {
        let other = LogKey::read_or_make(&world.folder.path(&format!("other-{place}")), origin, None).unwrap();
        said(alone(&bundle, &other).write().into_bytes(), sentence).await;
    }
    // Signed by our own key, and yet not in our log: somebody has rewritten the one or the other.
    let own = LogKey::read(&world.folder.path("data").join("log-key"), "127.0.0.1/log").unwrap();
    let mut forked = alone(&bundle, &own);
    forked.signed = None;
    assert!(forked.prove(own.verifier()).is_ok(), "by itself it holds");
    said(forked.write().into_bytes(), "与现在的公开日志对不上").await;
}

/// The same acceptance, as if it were the only entry of a log with this key, without a signature.
fn alone(bundle: &Bundle, key: &LogKey) -> Bundle {
    let mut acceptance = Acceptance::read(&bundle.acceptance).unwrap();
    acceptance.signed = SignedHow::Confirmed;
    let text = acceptance.text().unwrap();
    let (at, salt) = (bundle.accepted.at, [5; 32]);
    let entry = Entry { kind: EntryKind::Accepted, at, digest: salted(&salt, text.as_bytes()) };
    let checkpoint = Checkpoint { origin: key.verifier().name().to_owned(), size: 1, root: leaf_hash(&entry.write()) }.to_string();
    Bundle {
        document: bundle.document.clone(),
        acceptance: text,
        signed: None,
        accepted: Inclusion { at, salt, index: 0, proof: Vec::new() },
        checkpoint: key.sign(&checkpoint),
    }
}

pub async fn a_public_commitment_is_looked_up_and_its_receipt_is_open(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = committed(&browser).await;
    let key = key_of(&world).await;
    let code = code_of(&browser, &filing, &key).await;
    let stranger = world.browser();
    assert_eq!(stranger.get(&format!("/commitments/{code}/receipt.json")).await.status, 404, "before it is public");
    let hidden = json!({ "code": code, "published": false });
    assert_eq!(state(&world, &code).await, hidden, "no more than of one that there is not");
    stranger.get(&format!("/verify?code={code}")).await.page_of(404).must_say("没有查到公示的承诺");
    published(&world, &filing, &code).await;
    assert_eq!(state(&world, &code).await["state"], "in_force");
    let page = stranger.get(&format!("/verify?code={code}")).await.page_of(200);
    page.must_say("查到一份公示的承诺");
    assert_eq!(page.answer_to("现在的状态"), "有效");
    page.must_not_say("江大海");
    let page = stranger.get(&format!("/commitments/{code}")).await.page_of(200);
    assert_eq!(page.link("/commitments/3"), format!("/commitments/{code}/receipt.json"), "its page leads to it");
    let answer = stranger.get(&format!("/commitments/{code}/receipt.json")).await;
    let told = brought(&stranger, answer.body.clone()).await.page_of(200);
    assert_eq!(told.answer_to("现在的状态"), "有效");
    // One that is kept, and one whose publication ends.
    let found = json!({
        "performance": "fulfilled", "found_by": "奉贤区发展和改革委员会", "found_by_code": "11310120FXXY001583",
        "found_on": "2026-11-24",
    });
    world.decide(&id_of(&filing), "commitment.performance", found).await;
    let kept = async || Some(state(&world, &code).await).filter(|state| state["state"] == "fulfilled");
    let kept = eventually("it is found to be kept", kept).await;
    assert_eq!(kept["found_by"], "奉贤区发展和改革委员会");
    world.decide(&id_of(&filing), "publication.stopped", json!({ "reason": "公示期满" })).await;
    eventually("it is not public any more", async || Some(state(&world, &code).await).filter(|state| *state == hidden)).await;
    stranger.get(&format!("/verify?code={code}")).await.page_of(410).must_say("公示已经结束");
    assert_eq!(stranger.get(&format!("/commitments/{code}/receipt.json")).await.status, 404);
}

pub async fn a_receipt_that_names_an_agent_is_not_open_to_everyone(world: World) {
    let (agent, representative) = (world.browser_of("agent").await, world.browser_of(REPRESENTATIVE).await);
    let draft = drafted(&agent).await;
    let key = enrolled(&representative).await;
    let filing = signed(&representative, &draft, &key).await;
    let code = code_of(&representative, &filing, &key_of(&world).await).await;
    published(&world, &filing, &code).await;
    let answer = world.browser().get(&format!("/commitments/{code}/receipt.json")).await;
    assert_eq!(answer.status, 404, "{}", answer.text());
    assert_eq!(bundle_of(&agent, &filing).await.write(), bundle_of(&representative, &filing).await.write());
}

/// What the code on a certificate names.
pub fn named(bundle: &Bundle) -> String {
    let reference = Acceptance::read(&bundle.acceptance).unwrap().reference;
    format!("{reference}.{}", bundle.holder_code())
}

pub async fn held(browser: &Browser, what: &str, named: String) -> Answer {
    browser.send(browser.request(Method::POST, &format!("/receipts/held{what}")).body(named)).await
}

pub async fn who_holds_a_certificate_is_given_its_receipt_and_nobody_else(world: World) {
    let (agent, representative) = (world.browser_of("agent").await, world.browser_of(REPRESENTATIVE).await);
    let draft = drafted(&agent).await;
    let key = enrolled(&representative).await;
    // It names an agent, and a registration is nobody else's business: neither is open to everyone.
    let commitment = signed(&representative, &draft, &key).await;
    let stranger = world.browser();
    for filing in [commitment, filed(&representative).await] {
        let bundle = bundle_of(&representative, &filing).await;
        let answer = held(&stranger, "", named(&bundle)).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
        assert_eq!(Bundle::read(&answer.text()).unwrap().acceptance, bundle.acceptance);
        let (reference, code) = (named(&bundle).split_once('.').unwrap().0.to_owned(), bundle.holder_code());
        // What stands on papers that say less opens nothing; nor does the code of another receipt.
        let fingerprint: String = hexadecimal::write(&sha256(bundle.acceptance.as_bytes()));
        let wrong = [fingerprint, String::new(), code[..31].to_owned(), code.to_uppercase() + "0", "0".repeat(32)];
        for other in wrong {
            assert_eq!(held(&stranger, "", format!("{reference}.{other}")).await.status, 404, "{other}");
        }
        // Nor does anything that the log shows to everyone.
        let log = &world.portal.portal.storage;
        for entry in log.log_entries(0..log.log_head().await.unwrap().size()).await.unwrap() {
            assert!(!String::from_utf8_lossy(&entry).contains(&code), "the log tells the code");
        }
        // Pasted where nothing runs but plain HTML, as it stands in the code or as the whole address.
        for pasted in [named(&bundle), format!("https://portal.example/verify?code=1#{}", named(&bundle))] {
            let page = stranger.post("/verify/code", &[("code", &pasted)]).await.page_of(200);
            page.must_say("没有被改动");
            page.must_say("由本站服务器核验");
        }
        let forged = format!("{reference}.{}", "0".repeat(32));
        stranger.post("/verify/code", &[("code", &forged)]).await.page_of(404).must_say("本站没有这个二维码所指的凭证");
        for strange in [reference.clone(), format!("K7M4-9TQX-3RAD.{code}"), String::new(), "\0.\0".to_owned()] {
            assert_eq!(held(&stranger, "", strange.clone()).await.status, 404, "{strange:?}");
            assert_eq!(held(&stranger, "/standing", strange).await.status, 404);
        }
    }
}

pub async fn the_holder_of_a_receipt_is_told_what_became_of_the_commitment(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = committed(&browser).await;
    let bundle = bundle_of(&browser, &filing).await;
    let code = code_of(&browser, &filing, &key_of(&world).await).await;
    let stranger = world.browser();
    let is_told = async |words: [&str; 2]| {
        let lines = format!("现在的状态\t{}\n公示\t{}", words[0], words[1]);
        let told = async || Some(held(&stranger, "/standing", named(&bundle)).await.text()).filter(|told| *told == lines);
        eventually(&lines, told).await;
        // A browser without the module hears the same.
        let page = brought(&stranger, bundle.write()).await.page_of(200);
        assert_eq!([page.answer_to("现在的状态"), page.answer_to("公示")], words);
    };
    let hidden = "现在没有公示，以上情况只告诉持有凭证的人";
    is_told(["平台已收到，等待受理", hidden]).await;
    published(&world, &filing, &code).await;
    is_told(["有效", "公示中"]).await;
    // Withdrawn: it is told in public, and to who holds the receipt.
    browser.post(&format!("{filing}/revocation"), &[("action", "confirm")]).await.location();
    is_told(["已撤回", "公示中"]).await;
    // Not kept: what was found is said first.
    let found = json!({
        "performance": "not", "found_by": "奉贤区发展和改革委员会", "found_by_code": "11310120FXXY001583",
        "found_on": "2026-11-24", "unfulfilled": "第一项",
    });
    world.decide(&id_of(&filing), "commitment.performance", found).await;
    is_told(["全部未履行 · 奉贤区发展和改革委员会 · 2026-11-24", "公示中"]).await;
    world.decide(&id_of(&filing), "publication.stopped", json!({ "reason": "公示期满" })).await;
    is_told(["全部未履行 · 奉贤区发展和改革委员会 · 2026-11-24", hidden]).await;
}

pub async fn a_certificate_of_another_portal_is_told_from_our_own(world: World) {
    let other = World::with(None, "[log]\norigin = \"other.example/log\"\n").await;
    let owner = other.browser_of(REPRESENTATIVE).await;
    let filing = filed(&owner).await;
    let format = if other.portal.portal.font.is_some() { "pdf" } else { "json" };
    let theirs = owner.get(&format!("{filing}/receipt.{format}")).await;
    assert_eq!(theirs.status, 200);
    brought(&world.browser(), theirs.body).await.page_of(422).must_say("这是别的网站的公开日志");
}

pub async fn of_a_commitment_of_limited_scope_its_holder_is_told_and_nobody_else(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let key = enrolled(&browser).await;
    let answers = [
        ("blank.programme", "技术改造扶持"),
        ("blank.project", "切削液循环改造"),
        ("blank.amount", "200000"),
        ("blank.finish_on", "2099-06-30"),
        ("blank.payee", "91310120FXXY000194"),
    ];
    let draft = pledging::drafted(&browser, "use-of-funds", &answers).await;
    let filing = signed(&browser, &draft, &key).await;
    let bundle = bundle_of(&browser, &filing).await;
    let code = code_of(&browser, &filing, &key_of(&world).await).await;
    world.decide(&id_of(&filing), "submission.under_review", json!({})).await;
    world.decide(&id_of(&filing), "submission.granted", json!({})).await;
    let stranger = world.browser();
    let lines = "现在的状态\t有效\n公示\t现在没有公示，以上情况只告诉持有凭证的人";
    let told = async || Some(held(&stranger, "/standing", named(&bundle)).await.text()).filter(|told| told == lines);
    eventually("its holder is told that it holds", told).await;
    assert_eq!(state(&world, &code).await, json!({ "code": code, "published": false }));
    stranger.get(&format!("/verify?code={code}")).await.page_of(404).must_say("没有查到公示的承诺");
    assert_eq!(stranger.get(&format!("/commitments/{code}/receipt.json")).await.status, 404);
}

pub async fn a_certificate_has_its_receipt_attached(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let filing = committed(&browser).await;
    let answer = browser.get(&format!("{filing}/receipt.pdf")).await;
    if world.portal.portal.font.is_none() {
        assert_eq!(answer.status, 404);
        return;
    }
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/pdf"));
    let bundle = bundle_of(&browser, &filing).await;
    assert_eq!(Bundle::found_in(&answer.body), Ok(bundle.clone()));
    let holds = |part: &str| answer.body.windows(part.len()).any(|window| window == part.as_bytes());
    let for_good =
        ["/AFRelationship", "/EmbeddedFiles", "<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>"];
    let read_aloud = ["<pdfuaid:part>1</pdfuaid:part>", "/Marked true", "/StructTreeRoot", "/Lang(zh-CN)"];
    for part in for_good.into_iter().chain(read_aloud) {
        assert!(holds(part), "the certificate has no {part}");
    }
    if let Some(text) = text_of(&world, &answer.body) {
        assert!(text.contains(&format!("#{}", named(&bundle))), "its code leads to the receipt: {text}");
    }
    brought(&world.browser(), answer.body.clone()).await.page_of(200).must_say("请以下面显示的内容为准");
    // One byte of what is attached is another.
    let mut altered = answer.body;
    let at = altered.windows(8).position(|window| window == "依法纳税".as_bytes()[..8].to_vec()).expect("the text is there");
    altered[at..at + 12].copy_from_slice("依法缴税".as_bytes());
    brought(&world.browser(), altered).await.page_of(422).must_say("正文被改动过");
}

pub async fn the_command_verifies_without_the_portal(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let bundle = bundle_of(&browser, &committed(&browser).await).await;
    let key = key_of(&world).await.to_string();
    let (file, key_file) = (world.folder.path("receipt.json"), world.folder.path("key"));
    std::fs::write(&file, bundle.write()).unwrap();
    std::fs::write(&key_file, format!("{key}\n")).unwrap();
    for key in [key.as_str(), key_file.to_str().unwrap()] {
        let (holds, said, _) = verify_receipt(&file, key);
        assert!(holds && said.contains("承诺真实，没有被改动") && said.contains("签署人：江大海（法定代表人）"), "{said}");
    }
    std::fs::write(&file, bundle.write().replace("依法纳税", "依法缴税")).unwrap();
    let (holds, said, _) = verify_receipt(&file, &key);
    assert!(!holds && said.contains("正文被改动过"), "{said}");
    let (holds, _, complaint) = verify_receipt(&file, "no key");
    assert!(!holds && complaint.contains("--log-key"), "{complaint}");
    assert!(!verify_receipt(&world.folder.path("nowhere"), &key).0);
}

pub async fn openssl_verifies_what_a_receipt_holds(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    let bundle = bundle_of(&browser, &committed(&browser).await).await;
    let signed = bundle.signed.as_ref().expect("it was signed");
    let folder = &world.folder;
    for (encoding, key) in [("PEM", signed.key.pem().into_bytes()), ("DER", signed.key.spki().to_vec())] {
        for (text, signature) in [(&bundle.document, &signed.signature), (&signed.enrolment, &signed.enrolment_signature)] {
            for (name, content) in [("key", key.as_slice()), ("text", text.as_bytes()), ("signature", &signature.der())] {
                std::fs::write(folder.path(name), content).unwrap();
            }
            let mut openssl = Command::new("openssl");
            openssl.args(["pkeyutl", "-verify", "-pubin", "-keyform", encoding, "-rawin", "-digest", "sm3"]);
            openssl.args(["-pkeyopt", &format!("distid:{DISTID}"), "-inkey"]).arg(folder.path("key"));
            openssl.arg("-in").arg(folder.path("text")).arg("-sigfile").arg(folder.path("signature"));
            let ended = openssl.output().expect("openssl is installed");
            assert!(ended.status.success(), "{encoding}: {}", String::from_utf8_lossy(&ended.stderr));
        }
    }
}
