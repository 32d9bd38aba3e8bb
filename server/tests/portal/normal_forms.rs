//! What people paste is read the way they meant it; what cannot be meant is said at the field.

use crate::licence::{begin, page_of, press, with};
use crate::multipart::ChosenFile;
use crate::world::World;

pub async fn codes_and_dates_are_read_in_every_usual_spelling(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let codes = ["91310120FXXY000194", "９１３１０１２０ fxxy000194", "91310120-fxxy-000194", " 91310120fxxy000194\u{200B}"];
    let days = ["2025-03-05", "２０２５年３月５日", "2025/3/5", "20250305", "2025.03.05"];
    for (at, day) in days.into_iter().enumerate() {
        let code = codes[at % codes.len()];
        let draft = begin(&browser).await;
        let answers = with(&[
            ("issuer_code", code),
            ("issued_on", day),
            ("title", "ＩＳＯ　９００１ 认证（A）"),
            ("look_up", "www.example.cn/x"),
        ]);
        let onward = press(&browser, &draft, &answers, "continue", &[ChosenFile::pdf("a.pdf")]).await.location();
        assert_eq!(onward, format!("{draft}/review"), "{code} {day}");
        let review = page_of(&browser, &onward).await;
        assert_eq!(review.answer_to("发证机关统一社会信用代码"), "91310120FXXY000194", "{code}");
        assert_eq!(review.answer_to("发证日期"), "2025-03-05", "{day}");
        assert_eq!(review.answer_to("证照名称"), "ISO 9001 认证（A）");
        assert_eq!(review.answer_to("查询网址"), "https://www.example.cn/x");
        let form = page_of(&browser, &draft).await;
        assert_eq!(form.typed("issued_on"), day, "the form keeps it as it was typed");
    }
}

pub async fn what_cannot_be_meant_is_said_at_the_field(world: World) {
    let cases = [
        ("issuer_code", "91310120FXXY000190", "发证机关统一社会信用代码校验不通过，可能有一位写错，请逐位核对"),
        ("issuer_code", "91310120FXXY00019", "发证机关统一社会信用代码应为 18 位，现在是 17 位"),
        ("issuer_code", "91310120FXXY00019I", "发证机关统一社会信用代码第 18 位是“I”，代码中没有这个字符，请核对"),
        ("issued_on", "2025-02-30", "发证日期填写的这一天不存在，请核对年月日"),
        ("issued_on", "２０２５年１３月１日", "发证日期填写的这一天不存在，请核对年月日"),
        ("issued_on", "昨天", "发证日期请写成 2026-03-05 这样的日期"),
        ("valid_until", "2025-03-04", "有效期至不能早于发证日期（2025-03-05）"),
        ("look_up", "not an address", "查询网址请填写完整网址，例如 https://www.example.cn"),
        ("look_up", "javascript:alert(1)", "查询网址请填写完整网址，例如 https://www.example.cn"),
        ("category", "nonsense", "请选择证照类别"),
        ("title", "\u{3000}\u{200B} ", "请填写证照名称"),
    ];
    let browser = world.browser_of("legal-representative").await;
    for (field, typed, sentence) in cases {
        let draft = begin(&browser).await;
        let onward = press(&browser, &draft, &with(&[(field, typed)]), "continue", &[ChosenFile::pdf("a.pdf")]).await.location();
        let page = browser.get(&onward).await.page_of(200);
        let problem = page.problem_at(field).unwrap_or_else(|| panic!("{field} {typed:?}: {:?}", page.summary()));
        assert!(problem.starts_with(sentence), "{typed:?}: {problem}");
        assert_eq!(page.summary().len(), 1, "{typed:?}: {:?}", page.summary());
        if field != "category" {
            assert_eq!(page.typed(field), typed);
        }
    }
    let draft = begin(&browser).await;
    let both = with(&[("no_end", "yes")]);
    let onward = press(&browser, &draft, &both, "continue", &[ChosenFile::pdf("a.pdf")]).await.location();
    let page = browser.get(&onward).await.page_of(200);
    assert_eq!(page.problem_at("valid_until").as_deref(), Some("有效期至和“长期有效”只能选一个"));
    assert_eq!(page.ticked("no_end"), ["yes"]);
}
