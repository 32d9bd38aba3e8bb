//! The pages of templates of commitments, open to everyone.

use crate::world::World;

pub async fn templates_are_listed_by_kind_without_signing_in(world: World) {
    let stranger = world.browser();
    let page = stranger.get("/commitments/templates").await.page_of(200);
    assert_eq!(page.h1(), "承诺书范本");
    for words in ["食品经营许可告知承诺书", "信用修复承诺书", "诚信经营承诺书", "审批替代型", "其他"]
    {
        page.must_say(words);
    }
    let page = stranger.get("/commitments/templates?kind=voluntary").await.page_of(200);
    page.must_say("消防安全自我承诺书");
    page.must_not_say("食品经营许可告知承诺书");
    assert!(page.links().contains(&"/commitments/templates/honest-operation".to_owned()), "{:?}", page.links());
    assert_eq!(stranger.get("/commitments/templates?kind=none").await.status, 404);
}

pub async fn a_template_is_shown_whole_with_the_ordinary_way_beside_it(world: World) {
    let stranger = world.browser();
    let page = stranger.get("/commitments/templates/premises-certificate").await.page_of(200);
    assert_eq!(page.h1(), "住所（经营场所）使用证明告知承诺书");
    for words in [
        "三、需要证明的内容",
        "（2）行政责任",
        "公开范围及时限：可向社会公开，自公示之日起1年",
        "也可以不作承诺",
        "提交住所（经营场所）使用证明，按照一般程序办理",
        "国办发〔2020〕42号",
        "【住所（经营场所）地址】",
        "有不实承诺记录的，在完成信用修复前不适用告知承诺制",
    ] {
        page.must_say(words);
    }
    assert_eq!(page.answer_to("受理单位"), "奉贤区市场监督管理局 11310120FXXY0006XF");
    assert_eq!(page.answer_to("可以签署的人"), "法定代表人");
    assert_eq!(page.answer_to("范本摘要（SHA-256）").len(), 64);
    assert_eq!((page.hidden("kind").as_str(), page.hidden("template").as_str()), ("commitment", "premises-certificate"));
    let text = page.text();
    let order = ["受理单位告知", "承诺事由", "带底纹的是要填写的空白", "违诺责任"].map(|heading| text.find(heading).unwrap());
    assert!(order.is_sorted(), "the notice comes first: {order:?}");
}

pub async fn a_version_that_commitments_refer_to_has_its_own_address(world: World) {
    let stranger = world.browser();
    let page = stranger.get("/commitments/templates/honest-operation?version=1").await.page_of(200);
    page.must_say("填写这份承诺书");
    for nowhere in ["/commitments/templates/honest-operation?version=9", "/commitments/templates/none"] {
        assert_eq!(stranger.get(nowhere).await.status, 404, "{nowhere}");
    }
    // Until a commitment can be begun, and for whatever is no group of registration, there is no such address.
    let owner = world.browser_of("legal-representative").await;
    assert_eq!(owner.get("/registrations/commitment").await.status, 404);
}

pub async fn templates_are_shown_in_english_with_the_chinese_text(world: World) {
    let stranger = world.browser();
    stranger.post("/preferences", &[("lang", "en")]).await.location();
    let page = stranger.get("/commitments/templates/repair").await.page_of(200);
    assert_eq!(page.h1(), "Commitment for credit repair");
    page.must_say("the Chinese text is the one that is signed");
    page.must_say("本单位已经纠正失信行为");
    page.must_say("Only together with the application for repair");
}
