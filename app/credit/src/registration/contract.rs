//! The performance of a contract (合同履约), after the table of contracts of city platforms. The other party and the amount
//! are hidden unless the enterprise chooses to show them: they are a third party's, or a secret of trade.

use chrono::NaiveDate;

use crate::amount::MoneyUnit::TenThousandYuan;
use crate::form::{Answer, Field, Form, FormKind, Kind, answer, phrase};
use crate::person::Matter;
use crate::problem::Fault;
use crate::reading::Reading;
use crate::registration::Facts;

/// 合同编号.
pub static NUMBER: Field = Field::new("number", Kind::Line { most: 100 }, "合同编号", "Number of the contract")
    .platform_only()
    .hint("照抄合同上的编号", "As printed on it");

/// 合同名称.
pub static TITLE: Field = Field::new("title", Kind::Line { most: 200 }, "合同名称", "Title of the contract")
    .hint("公示后所有人可见，名称中不要写对方的商业秘密", "Everyone will see it: no secrets of the other party in it, please");

/// 合同类型.
pub static TYPE: Field = Field::new(
    "type",
    Kind::Choice(&[answer("administrative", "行政合同", "With an authority"), answer("commercial", "市场化合同", "Commercial")]),
    "合同类型",
    "Kind of contract",
);

/// 甲方.
pub static PARTY_A: Field = Field::new("party_a", Kind::Line { most: 200 }, "甲方", "Party A").chosen().hint("全称", "Full name");

/// 甲方统一社会信用代码.
pub static PARTY_A_CODE: Field = Field::new("party_a_code", Kind::CreditCode, "甲方统一社会信用代码", "Credit code of party A")
    .chosen()
    .hint("甲方或乙方须有一方是本企业", "Party A or party B must be your enterprise");

/// 乙方.
pub static PARTY_B: Field = Field::new("party_b", Kind::Line { most: 200 }, "乙方", "Party B").chosen().hint("全称", "Full name");

/// 乙方统一社会信用代码.
pub static PARTY_B_CODE: Field =
    Field::new("party_b_code", Kind::CreditCode, "乙方统一社会信用代码", "Credit code of party B").chosen();

/// 主要标的.
pub static SUBJECT: Field = Field::new("subject", Kind::Line { most: 200 }, "主要标的", "Subject of the contract")
    .hint("例如：食堂餐饮服务", "For example: canteen catering");

/// 金额.
pub static AMOUNT: Field = Field::new("amount", Kind::Money(TenThousandYuan), "合同金额", "Amount").chosen();

/// 签订日期.
pub static SIGNED_ON: Field =
    Field::new("signed_on", Kind::Date, "签订日期", "Signed on").hint("例如：2026-03-05", "For example: 2026-03-05");

/// 履约期限.
pub static ENDS_ON: Field = Field::new("ends_on", Kind::Date, "履约期限", "To be performed until")
    .hint("合同约定履行完毕的最后一天", "The last day agreed in the contract");

/// 履约状态.
pub static PERFORMANCE: Field = Field::new(
    "performance",
    Kind::Choice(&[
        answer("under_way", "履行中", "Under way"),
        answer("performed", "已履行", "Performed"),
        answer("partly", "部分履行", "Partly performed"),
        answer("not_performed", "未履行", "Not performed"),
        answer("ended", "已解除或终止", "Ended early"),
    ]),
    "履约状态",
    "Performance",
);

/// 签订地点.
pub static PLACE: Field = Field::new("place", Kind::Line { most: 100 }, "签订地点", "Place of signing").optional().platform_only();

/// 采购方式 (政府采购法 art. 26; 自行采购 for commercial contracts).
pub static PROCUREMENT: Field = Field::new(
    "procurement",
    Kind::Choice(&[
        answer("open_tender", "公开招标", "Open tender"),
        answer("invited_tender", "邀请招标", "Invited tender"),
        answer("negotiation", "竞争性谈判", "Competitive negotiation"),
        answer("single_source", "单一来源采购", "Single source"),
        answer("enquiry", "询价", "Request for quotations"),
        answer("own", "自行采购", "Own purchase"),
        answer("other", "其他", "Other"),
    ]),
    "采购方式",
    "Way of procurement",
)
.optional();

/// 所属区域.
pub static AREA: Field = Field::new("area", Kind::Line { most: 100 }, "所属区域", "Area")
    .optional()
    .hint("合同履行地，例如：奉贤区南桥镇", "Where it is performed");

/// 所属行业 (GB/T 4754-2017, sections).
pub static INDUSTRY: Field = Field::new("industry", Kind::Choice(INDUSTRIES), "所属行业", "Industry").optional();

/// 违约方.
pub static BREACH_BY: Field = Field::new(
    "breach_by",
    Kind::Choice(&[answer("party_a", "甲方", "Party A"), answer("party_b", "乙方", "Party B"), answer("both", "双方", "Both")]),
    "违约方",
    "Party in breach",
)
.optional()
.platform_only()
.hint("没有违约的，不填", "Leave it out if there was no breach");

/// 违约事由.
pub static BREACH: Field = Field::new("breach", Kind::Paragraph { most: 500 }, "违约事由", "What was breached")
    .depends()
    .platform_only()
    .hint("填写了违约方的，必须填写", "Needed if a party is in breach");

/// 违约认定依据.
pub static BREACH_BASIS: Field = Field::new("breach_basis", Kind::Line { most: 200 }, "违约认定依据", "On what ground")
    .depends()
    .platform_only()
    .hint("例如：判决书、仲裁裁决书文号，或双方书面确认", "For example the number of a judgment or award");

/// 违约处理状态.
pub static BREACH_STATE: Field = Field::new(
    "breach_state",
    Kind::Choice(&[
        answer("open", "未处理", "Open"),
        answer("in_hand", "处理中", "Being settled"),
        answer("settled", "已处理", "Settled"),
    ]),
    "违约处理状态",
    "How the breach stands",
)
.depends()
.platform_only()
.hint("填写了违约方的，必须选择", "Needed if a party is in breach");

/// 补充说明.
pub static NOTE: Field = Field::new("note", Kind::Paragraph { most: 500 }, "补充说明", "Remarks").optional().platform_only();

/// 附件.
pub static FILES: Field =
    Field::new("files", Kind::Files, "合同及履约材料", "Contract and evidence").optional().platform_only().hint(
        "PDF、JPG、PNG、HEIC 或 OFD，每个不超过 20 MB，最多 10 个",
        "PDF, JPG, PNG, HEIC or OFD, at most 20 MB each and 10 in all",
    );

const INDUSTRIES: &[Answer] = &[
    answer("A", "农、林、牧、渔业", "Agriculture, forestry, husbandry, fishing"),
    answer("B", "采矿业", "Mining"),
    answer("C", "制造业", "Manufacturing"),
    answer("D", "电力、热力、燃气及水生产和供应业", "Electricity, heat, gas and water"),
    answer("E", "建筑业", "Construction"),
    answer("F", "批发和零售业", "Wholesale and retail"),
    answer("G", "交通运输、仓储和邮政业", "Transport, storage and post"),
    answer("H", "住宿和餐饮业", "Accommodation and catering"),
    answer("I", "信息传输、软件和信息技术服务业", "Information and software"),
    answer("J", "金融业", "Finance"),
    answer("K", "房地产业", "Real estate"),
    answer("L", "租赁和商务服务业", "Leasing and business services"),
    answer("M", "科学研究和技术服务业", "Research and technical services"),
    answer("N", "水利、环境和公共设施管理业", "Water, environment and public facilities"),
    answer("O", "居民服务、修理和其他服务业", "Household services and repair"),
    answer("P", "教育", "Education"),
    answer("Q", "卫生和社会工作", "Health and social work"),
    answer("R", "文化、体育和娱乐业", "Culture, sports and entertainment"),
    answer("S", "公共管理、社会保障和社会组织", "Public administration and organisations"),
    answer("T", "国际组织", "International organisations"),
];

/// The form.
pub static FORM: Form = Form {
    kind: FormKind::Contract,
    version: 1,
    matter: Matter::Registration,
    group: phrase("合同履约", "Contract performance"),
    title: phrase("合同履约登记", "Registration of a contract’s performance"),
    named_by: &TITLE,
    dated_by: None,
    fields: &[
        NUMBER,
        TITLE,
        TYPE,
        PARTY_A,
        PARTY_A_CODE,
        PARTY_B,
        PARTY_B_CODE,
        SUBJECT,
        AMOUNT,
        SIGNED_ON,
        ENDS_ON,
        PERFORMANCE,
        PLACE,
        PROCUREMENT,
        AREA,
        INDUSTRY,
        BREACH_BY,
        BREACH,
        BREACH_BASIS,
        BREACH_STATE,
        NOTE,
        FILES,
    ],
    rules,
};

fn rules(read: &mut Reading<'_>, facts: &Facts, today: NaiveDate) {
    if let (Some(own), Some(a), Some(b)) = (&facts.enterprise, read.holds(&PARTY_A_CODE), read.holds(&PARTY_B_CODE)) {
        if a != own.as_str() && b != own.as_str() {
            read.note(&PARTY_A_CODE, Fault::NotAParty { own: own.clone() });
        } else if a == b {
            read.note(&PARTY_B_CODE, Fault::SameParty);
        }
    }
    read.not_after_today(&SIGNED_ON, today);
    read.not_before(&ENDS_ON, &SIGNED_ON);
    if read.holds(&BREACH_BY).is_some() {
        read.need(&BREACH, Fault::Missing);
        read.need(&BREACH_BASIS, Fault::Missing);
        read.need(&BREACH_STATE, Fault::NotChosen);
    }
}
