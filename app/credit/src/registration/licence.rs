//! One licence, qualification, certification, intellectual property right or honour (资质证照).

use chrono::NaiveDate;

use crate::date::parse_date;
use crate::form::{Field, Form, FormKind, Kind, answer, phrase};
use crate::person::Matter;
use crate::problem::Fault;
use crate::reading::Reading;
use crate::registration::{Content, Facts};

/// 证照类别.
pub static CATEGORY: Field = Field::new(
    "category",
    Kind::Choice(&[
        answer("permit", "许可", "Permit"),
        answer("qualification", "资质", "Qualification"),
        answer("certification", "认证", "Certification"),
        answer("intellectual_property", "知识产权", "Intellectual property"),
        answer("honour", "荣誉", "Honour"),
        answer("other", "其他", "Other"),
    ]),
    "证照类别",
    "Kind of document",
);

/// 名称.
pub static TITLE: Field = Field::new("title", Kind::Line { most: 200 }, "证照名称", "Title of the document")
    .hint("与证照上的名称一致，例如：食品经营许可证", "As printed on it, for example: Food Operation Licence");

/// 编号.
pub static NUMBER: Field = Field::new("number", Kind::Line { most: 100 }, "证照编号", "Number of the document")
    .hint("照抄证照上的编号", "As printed on it");

/// 等级或范围.
pub static SCOPE: Field = Field::new("scope", Kind::Line { most: 200 }, "等级或范围", "Grade or scope")
    .optional()
    .hint("例如：二级；热食类食品制售", "For example: grade 2");

/// 发证机关.
pub static ISSUER: Field = Field::new("issuer", Kind::Line { most: 200 }, "发证机关", "Issued by")
    .hint("填写全称，例如：上海市奉贤区市场监督管理局", "Full name of the authority or body");

/// 发证机关统一社会信用代码.
pub static ISSUER_CODE: Field =
    Field::new("issuer_code", Kind::CreditCode, "发证机关统一社会信用代码", "Credit code of the issuer")
        .optional()
        .hint("18 位；不知道可以不填", "18 characters; leave it out if you do not know it");

/// 发证日期.
pub static ISSUED_ON: Field = Field::new("issued_on", Kind::Date, "发证日期", "Date of issue")
    .hint("例如：2026-03-05 或 2026年3月5日", "For example: 2026-03-05");

/// 有效期自.
pub static VALID_FROM: Field = Field::new("valid_from", Kind::Date, "有效期自", "Valid from")
    .optional()
    .hint("与发证日期相同的，可以不填", "Leave it out if it is the date of issue");

/// 有效期至.
pub static VALID_UNTIL: Field = Field::new("valid_until", Kind::Date, "有效期至", "Valid until")
    .depends()
    .hint("没有截止日期的，请不填，并勾选“长期有效”", "If it has no end date, leave this out and tick “No end date”");

/// 长期有效.
pub static NO_END: Field = Field::new("no_end", Kind::Tick, "长期有效", "No end date").optional();

/// 查询网址.
pub static LOOK_UP: Field = Field::new("look_up", Kind::WebAddress, "查询网址", "Where it can be looked up")
    .optional()
    .hint("发证机关公开查询该证照的网址", "The issuer’s public page for it");

/// 附件.
pub static FILES: Field = Field::new("files", Kind::Files, "证照附件", "Copy of the document").platform_only().hint(
    "PDF、JPG、PNG、HEIC 或 OFD，每个不超过 20 MB，最多 10 个",
    "PDF, JPG, PNG, HEIC or OFD, at most 20 MB each and 10 in all",
);

/// The form.
pub static FORM: Form = Form {
    kind: FormKind::Licence,
    version: 1,
    matter: Matter::Registration,
    group: phrase("资质证照", "Licences and qualifications"),
    title: phrase("资质证照登记", "Registration of a licence or qualification"),
    named_by: &TITLE,
    dated_by: None,
    fields: &[CATEGORY, TITLE, NUMBER, SCOPE, ISSUER, ISSUER_CODE, ISSUED_ON, VALID_FROM, VALID_UNTIL, NO_END, LOOK_UP, FILES],
    rules,
};

/// The last day of a licence if that is past. It may be registered all the same: the enterprise declares that it had it.
pub fn expired(content: &Content, today: NaiveDate) -> Option<NaiveDate> {
    content.get(VALID_UNTIL.name).and_then(|day| parse_date(day).ok()).filter(|day| *day < today)
}

fn rules(read: &mut Reading<'_>, _: &Facts, today: NaiveDate) {
    read.not_after_today(&ISSUED_ON, today);
    let beginning = if read.day(&VALID_FROM).is_some() { &VALID_FROM } else { &ISSUED_ON };
    match (read.is_typed(&VALID_UNTIL), read.is_typed(&NO_END)) {
        (true, true) => read.note(&VALID_UNTIL, Fault::TwoEnds),
        (true, false) => read.not_before(&VALID_UNTIL, beginning),
        (false, true) => {}
        (false, false) => read.note(&VALID_UNTIL, Fault::NoEnd),
    }
}
