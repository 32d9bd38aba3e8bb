//! Rows that are pasted instead of sent as a file, without JavaScript.

use crate::browser::Browser;
use crate::imports::read;
use crate::licence::page_of;
use crate::page::{Page, element};
use crate::world::{World, eventually};

/// As spreadsheets copy them: no heads, tabs at the end, a line break inside a cell.
const ROWS: &str = "2025\t预制菜\t\t\r\n去年\t\"冷链\n仓储\"\t\t\r\n２０２４年\t\"\"\"红旗\"\"牌机械\"\t\t\r\n";

async fn paste(browser: &Browser, rows: &str) -> crate::browser::Answer {
    browser.post_with_files("/registrations/operations/import", &[("rows", rows), ("action", "rows")], &[]).await
}

/// What stands in the field for rows.
fn in_the_field(page: &Page) -> String {
    let field = element(&page.html, "<textarea").unwrap();
    let content = &field[field.find('>').unwrap() + 1..field.rfind('<').unwrap()];
    // As browsers do: the first line break of a text field is not its content.
    content.strip_prefix('\n').unwrap_or(content).replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&")
}

pub async fn pasted_rows_are_kept_read_and_filed_without_javascript(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let start = page_of(&browser, "/registrations/operations/import").await;
    start.must_say("粘贴表格中的行");
    assert_eq!(in_the_field(&start), "");
    let import = paste(&browser, ROWS).await.location();
    let page = read(&browser, &import).await;
    page.must_say("粘贴的行");
    page.must_say("没有找到列名，按模板的列顺序读取");
    page.must_say("1 行需要更正");
    page.must_say("2 行没有错误，待处理");
    page_of(&browser, "/filings").await.must_say("粘贴的行");
    page_of(&browser, &format!("{import}/closure")).await.must_say("粘贴的行");
    let row = page_of(&browser, &page.link(&format!("{import}/rows/2"))).await;
    assert_eq!(row.typed("year"), "去年");
    assert!(row.problem_at("year").is_some());

    let filing = format!("{import}/filing");
    let rows = page_of(&browser, &filing).await.hidden("rows");
    browser.post(&filing, &[("pledge", "yes"), ("rows", &rows)]).await.location();
    let page = eventually("the rows are filed", async || {
        Some(page_of(&browser, &format!("{import}?all=1")).await)
            .filter(|page| page.says("2 行已提交") && !page.says("正在逐行提交"))
    })
    .await;
    page.must_say("预制菜");
    page.must_say("\"红旗\"牌机械");

    let with_heads = paste(&browser, "主营产品或服务*\t年度\n冷链\t2023\n").await.location();
    let page = read(&browser, &with_heads).await;
    page.must_say("1 行没有错误，待处理");
    page.must_not_say("按模板的列顺序");
}

pub async fn rows_that_cannot_be_read_stand_there_again_for_whom_they_belong_to(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let broken = "\n2025\t\"<b>预制菜 & 冷链\n2024\t冷链\n";
    let import = paste(&browser, broken).await.location();
    let page = read(&browser, &import).await;
    page.must_say("从第 2 行开始的引号没有结束");
    page.must_say("原来的内容已保留");
    let again = page.link("/registrations/operations/import");
    let start = page_of(&browser, &again).await;
    assert_eq!(in_the_field(&start), broken, "nothing typed is lost");

    let stranger = world.browser_of("shopkeeper").await;
    assert_eq!(in_the_field(&page_of(&stranger, &again).await), "");
    let of_nothing = page_of(&browser, "/registrations/operations/import?again=nothing").await;
    assert_eq!(in_the_field(&of_nothing), "");
}

pub async fn nothing_pasted_is_said_at_its_field(world: World) {
    let browser = world.browser_of("legal-representative").await;
    for nothing in ["", " \t\r\n\t\n"] {
        let page = paste(&browser, nothing).await.page_of(422);
        assert_eq!(page.problem_at("rows").as_deref(), Some("请先粘贴要登记的行"));
        assert_eq!((page.problem_at("files"), page.summary()[0].0.as_str()), (None, "#f-rows"));
    }
    let page = paste(&browser, &"2025\t预制菜\n".repeat(21 * 1024 * 1024 / 15)).await.page_of(422);
    assert!(page.problem_at("rows").is_some_and(|said| said.contains("超过 20 MB")));
    page_of(&browser, "/filings").await.must_not_say("粘贴的行");
}
