//! Made-up enterprises: names of the usual shape (place, word, trade, kind), and codes whose check character is right.

use credit::credit_code::CreditCode;

const PLACES: &[&str] = &["上海奉贤", "上海", "奉贤区南桥镇", "上海庄行", "上海四团", "上海海湾", "上海金汇", "青村"];
const FIRST: &str = "东方华盛宏达鑫源嘉禾瑞祥泰安康顺博通明德永兴恒益佳乐隆昌裕丰凯旋卓越天成晨星云帆海川";
const SECOND: &str = "林森木水清流岩石玉珠金银铜铁锦绣文章书画诗词琴棋茶香花果梅兰竹菊松柏枫桂荷莲";
const TRADES: &[&str] = &[
    "精密机械",
    "电子科技",
    "食品",
    "生物医药",
    "化妆品",
    "建筑工程",
    "物流",
    "餐饮管理",
    "信息技术",
    "环保设备",
    "服饰",
    "农业",
    "文化传播",
    "汽车零部件",
    "新材料",
    "企业管理咨询",
];
const KINDS: &[&str] = &["有限公司", "有限公司", "有限公司", "股份有限公司", "（集团）有限公司", "合伙企业", "厂", "经营部"];

/// The enterprise of this number: always the same one.
pub fn enterprise(number: usize) -> (String, String) {
    (code(number), name(number))
}

fn name(number: usize) -> String {
    // Large odd factors strew the parts, so that neighbours by code are none by name.
    let pick = |factor: usize, many: usize| number.wrapping_mul(factor) / 7 % many;
    let letter = |letters: &str, factor| letters.chars().nth(pick(factor, letters.chars().count())).expect("within");
    format!(
        "{}{}{}{}{}{}",
        PLACES[pick(2_654_435_761, PLACES.len())],
        letter(FIRST, 40_503),
        letter(SECOND, 69_069),
        letter(SECOND, 1_103_515_245),
        TRADES[pick(22_695_477, TRADES.len())],
        KINDS[pick(134_775_813, KINDS.len())],
    )
}

fn code(number: usize) -> String {
    let begin = format!("91310120MA{number:07}");
    let check = "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().find(|check| CreditCode::parse(&format!("{begin}{check}")).is_ok());
    format!("{begin}{}", check.expect("one of the check characters holds"))
}
