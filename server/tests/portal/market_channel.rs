//! Repairs by the market regulators (国家企业信用信息公示系统): a commitment of their own, and a way of their own.

use credit::credit_code::CreditCode;
use serde_json::{Value, json};

use crate::commitments::REPRESENTATIVE;
use crate::hand_over::{package, unpacked};
use crate::licence::{id_of, page_of};
use crate::public_side::MACHINERY;
use crate::repairs::{self, RECORD};
use crate::world::World;

/// What this commitment says and that for 信用中国 does not.
const ITS_OWN: &str = "市场监管领域信用修复守信承诺书";

pub async fn its_commitment_is_its_own_and_the_platform_is_told_the_channel(world: World) {
    let browser = world.browser_of(REPRESENTATIVE).await;
    world.change_record(RECORD, json!({ "channel": "gsxt" })).await;
    let filing = repairs::applied(&browser, RECORD).await;
    let page = page_of(&browser, &filing).await;
    page.must_say("国家企业信用信息公示系统");
    let submission = world.submission(&id_of(&filing)).await;
    let content = &submission["envelope"]["content"];
    assert_eq!((&content["channel"], &content["hand_over"]), (&json!("gsxt"), &json!("platform")));
    let code = content["commitment"].as_str().expect("it has a commitment");
    let enterprise = CreditCode::parse(MACHINERY).unwrap();
    let letter =
        world.portal.portal.storage.filing_of_commitment(code, &enterprise).await.unwrap().expect("it is the enterprise's");
    page_of(&browser, &format!("/filings/{letter}")).await.must_say(ITS_OWN);
}

pub async fn it_is_handed_over_by_itself_while_the_other_channel_goes_by_the_platform(_: World) {
    let settings = "[repair.gsxt]\nway = \"package\"\naddress = \"https://www.gsxt.gov.cn/xyxf\"\n";
    let world = World::with(None, settings).await;
    let browser = world.browser_of(REPRESENTATIVE).await;
    let other = repairs::begin(&browser, RECORD).await;
    assert_eq!(page_of(&browser, &other).await.hidden("hand_over"), "platform");
    browser.post(&format!("{other}/deletion"), &[("action", "confirm")]).await.location();
    world.change_record(RECORD, json!({ "channel": "gsxt" })).await;
    let filing = repairs::applied(&browser, RECORD).await;
    let page = page_of(&browser, &filing).await;
    assert_eq!(page.state(), "材料已备好，等待您递交");
    assert_eq!(page.link("https://www.gsxt.gov.cn/"), "https://www.gsxt.gov.cn/xyxf");
    page.must_say("国家企业信用信息公示系统");
    let files = unpacked(&package(&browser, &filing).await);
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!((&manifest["channel"], &manifest["official_address"]), (&json!("gsxt"), &json!("https://www.gsxt.gov.cn/xyxf")));
    let note = String::from_utf8(files["说明.txt"].clone()).unwrap();
    assert!(note.contains("国家企业信用信息公示系统"), "{note}");
    let receipt = String::from_utf8(files["02-信用修复承诺书凭证.json"].clone()).unwrap();
    assert!(receipt.contains(ITS_OWN), "the commitment in the package is the market regulators'");
    assert_eq!(world.submissions().await, 1, "only the commitment went to the platform");
}
