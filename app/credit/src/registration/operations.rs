//! A year's operations (市场经营). Figures of money and people are hidden unless the enterprise chooses to show them.

use crate::amount::MoneyUnit::TenThousandYuan;
use crate::form::{Field, Form, FormKind, Kind, phrase};
use crate::person::Matter;

const PEOPLE: Kind = Kind::Whole { unit: phrase("人", "people"), least: 0 };

/// 年度.
pub static YEAR: Field = Field::new("year", Kind::Year, "年度", "Year").hint("例如：2025", "For example: 2025");

/// 主营产品或服务.
pub static BUSINESS: Field = Field::new("business", Kind::Line { most: 200 }, "主营产品或服务", "Main products or services")
    .hint("例如：预制菜生产、冷链配送", "For example: ready meals, cold-chain delivery");

/// 从业人数.
pub static EMPLOYEES: Field =
    Field::new("employees", PEOPLE, "从业人数", "People employed").optional().chosen().hint("年末人数", "At the end of the year");

/// 参保人数.
pub static INSURED: Field = Field::new("insured", PEOPLE, "参保人数", "People with social insurance")
    .optional()
    .chosen()
    .hint("年末在本企业参加社会保险的人数", "Insured through the enterprise at the end of the year");

/// 营业收入.
pub static REVENUE: Field = Field::new("revenue", Kind::Money(TenThousandYuan), "营业收入", "Revenue")
    .optional()
    .chosen()
    .hint("全年，例如：1234.5", "For the whole year, for example: 1234.5");

/// 纳税总额.
pub static TAX: Field = Field::new("tax", Kind::Money(TenThousandYuan), "纳税总额", "Taxes paid")
    .optional()
    .chosen()
    .hint("全年实际缴纳", "Actually paid in the year");

/// 研发投入.
pub static RESEARCH: Field =
    Field::new("research", Kind::Money(TenThousandYuan), "研发投入", "Spent on research and development").optional().chosen();

/// 知识产权数.
pub static RIGHTS: Field = Field::new(
    "intellectual_property",
    Kind::Whole { unit: phrase("项", "rights"), least: 0 },
    "知识产权数",
    "Intellectual property rights",
)
.optional()
.hint("年末有效的专利、商标、著作权等", "Patents, trade marks, copyrights in force at the end of the year");

/// 主要市场.
pub static MARKETS: Field = Field::new("markets", Kind::Line { most: 200 }, "主要市场", "Main markets")
    .optional()
    .hint("例如：上海及长三角地区", "For example: Shanghai and the Yangtze delta");

/// 附件.
pub static FILES: Field = Field::new("files", Kind::Files, "证明材料", "Evidence").optional().platform_only().hint(
    "例如审计报告；PDF、JPG、PNG、HEIC 或 OFD，每个不超过 20 MB，最多 10 个",
    "For example an audit report; PDF, JPG, PNG, HEIC or OFD, at most 20 MB each and 10 in all",
);

/// The form.
pub static FORM: Form = Form {
    kind: FormKind::Operations,
    version: 1,
    matter: Matter::Registration,
    group: phrase("市场经营", "Operations"),
    title: phrase("市场经营登记", "Registration of a year’s operations"),
    named_by: &BUSINESS,
    dated_by: Some(&YEAR),
    fields: &[YEAR, BUSINESS, EMPLOYEES, INSURED, REVENUE, TAX, RESEARCH, RIGHTS, MARKETS, FILES],
    rules: |_, _, _| {},
};
