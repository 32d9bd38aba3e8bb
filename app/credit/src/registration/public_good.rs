//! Something done for the public good (社会公益).

use chrono::NaiveDate;

use crate::amount::MoneyUnit::Yuan;
use crate::form::{Field, Form, FormKind, Kind, answer, phrase};
use crate::person::Matter;
use crate::reading::Reading;
use crate::registration::Facts;

/// 类别.
pub static CATEGORY: Field = Field::new(
    "category",
    Kind::Choice(&[
        answer("donation", "捐赠", "Donation"),
        answer("volunteering", "志愿服务", "Volunteering"),
        answer("education", "助学", "Support for students"),
        answer("relief", "救灾", "Disaster relief"),
        answer("support", "帮扶", "Support for people in need"),
        answer("environment", "环保", "Environment"),
        answer("other", "其他", "Other"),
    ]),
    "公益类别",
    "Kind",
);

/// 项目.
pub static PROJECT: Field = Field::new("project", Kind::Line { most: 200 }, "项目名称", "Project")
    .hint("例如：2026 年暑期助学捐款", "For example: summer donation for students 2026");

/// 受益方.
pub static BENEFICIARY: Field = Field::new("beneficiary", Kind::Line { most: 200 }, "受益方", "For whom").chosen().hint(
    "单位填写全称；受益方是个人的，只写人数，不写姓名",
    "The full name of an organisation; of persons only how many, no names",
);

/// 受益方统一社会信用代码.
pub static BENEFICIARY_CODE: Field =
    Field::new("beneficiary_code", Kind::CreditCode, "受益方统一社会信用代码", "Credit code of the beneficiary")
        .optional()
        .chosen()
        .hint("受益方不是单位的，可以不填", "Leave it out if it is no organisation");

/// 日期.
pub static DONE_ON: Field = Field::new("done_on", Kind::Date, "日期", "Date").hint("例如：2026-03-05", "For example: 2026-03-05");

/// 金额或折价.
pub static AMOUNT: Field =
    Field::new("amount", Kind::Money(Yuan), "金额或物资折价", "Amount, or value of goods").optional().chosen();

/// 人次.
pub static PEOPLE: Field =
    Field::new("people", Kind::Whole { unit: phrase("人次", "people"), least: 0 }, "参加人次", "People who took part").optional();

/// 时长.
pub static HOURS: Field =
    Field::new("hours", Kind::Whole { unit: phrase("小时", "hours"), least: 0 }, "服务时长", "Hours given").optional();

/// 捐赠票据号.
pub static RECEIPT: Field =
    Field::new("receipt", Kind::Line { most: 100 }, "捐赠票据号", "Number of the donation receipt").optional().platform_only();

/// 附件.
pub static FILES: Field = Field::new("files", Kind::Files, "证明材料", "Evidence").platform_only().hint(
    "例如捐赠票据、感谢信、活动记录；PDF、JPG、PNG、HEIC 或 OFD，每个不超过 20 MB，最多 10 个",
    "For example a receipt or a letter of thanks; PDF, JPG, PNG, HEIC or OFD, at most 20 MB each and 10 in all",
);

/// The form.
pub static FORM: Form = Form {
    kind: FormKind::PublicGood,
    version: 1,
    matter: Matter::Registration,
    group: phrase("社会公益", "Public good"),
    title: phrase("社会公益登记", "Registration of something done for the public good"),
    named_by: &PROJECT,
    dated_by: None,
    fields: &[CATEGORY, PROJECT, BENEFICIARY, BENEFICIARY_CODE, DONE_ON, AMOUNT, PEOPLE, HOURS, RECEIPT, FILES],
    rules,
};

fn rules(read: &mut Reading<'_>, _: &Facts, today: NaiveDate) {
    read.not_after_today(&DONE_ON, today);
}
