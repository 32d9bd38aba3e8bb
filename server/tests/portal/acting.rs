//! Who may do what, for which enterprise.

use crate::licence::{file, id_of, page_of, sound_draft, ticked};
use crate::world::World;

pub async fn an_agent_without_a_mandate_drafts_and_the_legal_representative_files(world: World) {
    let agent = world.browser_of("agent-without-mandate").await;
    let draft = sound_draft(&agent).await;
    let review = page_of(&agent, &format!("{draft}/review")).await;
    review.must_say("您可以填写草稿，但不能提交");
    review.must_say("您还没有企业的申报授权。");
    review.must_not_say("提交申报");
    let page = agent.post(&format!("{draft}/filing"), &ticked("2", "", &[])).await.page_of(403);
    assert_eq!(page.h1(), "您不能提交这件申报");
    page.must_say("请法定代表人登录后在“我的申报”中提交。");
    assert_eq!(world.submissions().await, 0);

    let representative = world.browser_of("legal-representative").await;
    let desk = page_of(&representative, "/filings").await;
    desk.must_say("甘路过");
    let found = desk.link("/drafts/");
    assert_eq!(found, draft);
    let filing = file(&representative, &found, &[]).await;
    let envelope = world.submission(&id_of(&filing)).await["envelope"].clone();
    assert_eq!(envelope["filed_by"]["name"], "江大海");
    // The agent sees it and may not take it back.
    page_of(&agent, &filing).await.must_say("江大海（法定代表人）");
    agent
        .post(&format!("{filing}/withdrawal"), &[])
        .await
        .page_of(403)
        .must_say("撤回要由法定代表人、证照管理员或有授权的经办人办理。");
}

pub async fn an_agent_with_a_mandate_files(world: World) {
    let agent = world.browser_of("agent").await;
    let draft = sound_draft(&agent).await;
    let filing = file(&agent, &draft, &[]).await;
    let envelope = world.submission(&id_of(&filing)).await["envelope"].clone();
    assert_eq!(envelope["filed_by"], serde_json::json!({ "name": "白小云", "role": "agent" }));
    page_of(&agent, &filing).await.must_say("白小云（经办人）");
}

pub async fn a_person_of_two_enterprises_chooses_one(world: World) {
    const ORCHARD: &str = "93310120FXXY00043E";
    const MACHINERY: &str = "91310120FXXY000194";
    let browser = world.browser();
    let came = browser.sign_in_through("/registrations/licence", "two-enterprises").await;
    assert!(came.url.contains("/enterprise?return_to="), "{}", came.url);
    let page = came.page_of(200);
    assert_eq!(page.h1(), "选择要代表的企业");
    assert_eq!(page.hidden("return_to"), "/registrations/licence");
    page.must_say("上海奉贤示例蜜梨种植专业合作社 93310120FXXY00043E · 法定代表人");
    page.must_say("上海奉贤示例精密机械有限公司 91310120FXXY000194 · 证照管理员");
    // Before the choice there is nothing to act for.
    assert_eq!(browser.get("/filings").await.location(), "/enterprise?return_to=%2Ffilings");
    let onward = browser.post("/enterprise", &[("enterprise", ORCHARD), ("return_to", "/registrations/licence")]).await.location();
    assert_eq!(onward, "/registrations/licence");
    page_of(&browser, &onward).await.must_say("上海奉贤示例蜜梨种植专业合作社（法定代表人）");
    let draft = sound_draft(&browser).await;
    // Acting for the other one, that draft is not there.
    let onward = browser.post("/enterprise", &[("enterprise", MACHINERY)]).await.location();
    assert_eq!(onward, "/filings");
    page_of(&browser, "/filings").await.must_say("没有草稿。");
    assert_eq!(browser.get(&draft).await.status, 404);
    // Nor can anybody choose an enterprise that the sign-in did not name.
    for other in ["91310120FXXY00027Y", "", "x"] {
        browser.post("/enterprise", &[("enterprise", other)]).await.page_of(404);
    }
    page_of(&browser, "/filings").await.must_say("上海奉贤示例精密机械有限公司（证照管理员）");
}
