//! What an enterprise reports of how it keeps a commitment (履约情况报告), for the authority that accepted it. It is the
//! enterprise's own word: how far a commitment was kept is found by the authority alone.

use chrono::NaiveDate;

use crate::form::{Field, Form, FormKind, Kind, answer, phrase};
use crate::person::Matter;
use crate::reading::Reading;
use crate::registration::Facts;

/// 承诺编码. The portal writes it; nobody types it.
pub static COMMITMENT: Field =
    Field::new("commitment", Kind::Line { most: 20 }, "承诺编码", "Code of the commitment").platform_only();

/// What the commitment is called. The portal writes it.
pub static TITLE: Field = Field::new("title", Kind::Line { most: 200 }, "承诺书名称", "Commitment").platform_only();

/// 自述履行情况.
pub static STATE: Field = Field::new(
    "state",
    Kind::Choice(&[
        answer("fulfilled", "已经全部履行", "Kept wholly"),
        answer("partly", "已经部分履行", "Kept in part so far"),
        answer("not", "尚未履行", "Not kept yet"),
    ]),
    "履行情况",
    "How far it is kept",
)
.platform_only();

/// 已经做了什么.
pub static DONE: Field = Field::new("done", Kind::Paragraph { most: 2000 }, "已经做了什么", "What was done").platform_only().hint(
    "写明哪一项、什么时候、怎样履行的；没有履行的，写明原因和打算",
    "Which item, when and how; of what is not kept yet, why and what is planned",
);

/// 截至日期.
pub static AS_OF: Field =
    Field::new("as_of", Kind::Date, "截至日期", "As of").platform_only().hint("例如：2026-03-05", "For example: 2026-03-05");

/// 证明材料.
pub static FILES: Field = Field::new("files", Kind::Files, "证明材料", "Evidence").optional().platform_only().hint(
    "PDF、JPG、PNG、HEIC 或 OFD，每个不超过 20 MB，最多 10 个",
    "PDF, JPG, PNG, HEIC or OFD, at most 20 MB each and 10 in all",
);

/// The form.
pub static FORM: Form = Form {
    kind: FormKind::Fulfilment,
    version: 1,
    matter: Matter::Commitment,
    group: phrase("履约情况", "Performance"),
    title: phrase("履约情况报告", "Report of performance"),
    named_by: &TITLE,
    dated_by: None,
    fields: &[COMMITMENT, TITLE, STATE, DONE, AS_OF, FILES],
    rules,
};

fn rules(read: &mut Reading<'_>, _: &Facts, today: NaiveDate) {
    read.not_after_today(&AS_OF, today);
}
