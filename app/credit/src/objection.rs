//! The objection (异议申诉): what a record says is wrong, field by field: what it says, what it should say, why, and proof.
//!
//! It is about the content of a record, about how long it is published, or about the result of a repair (国办发〔2025〕22号). Of a
//! record that is right and put right, [`crate::repair`] stops the publication; a penalty that is itself wrong is a matter of
//! review or litigation ([`crate::law::triage`]).

mod check;
pub mod disputable;

use chrono::NaiveDate;

use crate::draft::Draft;
use crate::form::{Answer, Field, Form, FormKind, Kind, answer, phrase};
use crate::person::Matter;
use crate::problem::Fault;
use crate::reading::Reading;
use crate::record::DishonestyRecord;
use crate::registration::Facts;
use crate::repair::{AS_GIVEN, HAND_OVER, HandOver};

pub use check::{Objection, ObjectionFault, check, hindrances};

/// The ground of wrong or missing data, for which the items are asked.
pub const WRONG_DATA: &str = "wrong_data";
/// The ground of a publication that should be over.
pub const EXPIRED: &str = "expired";

const GROUNDS: &[Answer] = &[
    answer(WRONG_DATA, "信息有误或者缺失", "Something is wrong or missing"),
    answer("secret", "侵犯商业秘密或者个人隐私", "It infringes a trade secret or privacy"),
    answer(EXPIRED, "公示期已满仍未停止公示", "The period is over and it is still published"),
    answer("revoked", "处罚决定已被撤销或者变更", "The decision was revoked or changed"),
    answer("repair_result", "对信用修复的结果有异议", "The result of a repair is wrong"),
    answer("other", "其他与事实不符的情形", "Something else that is not so"),
];

const CHANNELS: &[Answer] = &[
    answer("creditchina", "信用中国", "Credit China"),
    answer("gsxt", "国家企业信用信息公示系统", "National Enterprise Credit Information Publicity System"),
    answer("court", "人民法院", "Courts"),
    answer("tax", "税务机关", "Tax authorities"),
    answer("other", "其他渠道", "Elsewhere"),
];

/// 记录编号.
pub static RECORD: Field = Field::new("record", Kind::Line { most: AS_GIVEN }, "记录编号", "Number of the record").platform_only();

/// 处罚决定书文号, as the record says it, if it has one.
pub static DOCUMENT_NUMBER: Field =
    Field::new("document_number", Kind::Line { most: AS_GIVEN }, "处罚决定书文号", "Number of the decision")
        .optional()
        .platform_only();

/// 认定单位, as the record says it.
pub static AUTHORITY: Field =
    Field::new("authority", Kind::Line { most: AS_GIVEN }, "认定单位", "Determining authority").optional().platform_only();

/// 公示渠道: there a package is taken to.
pub static CHANNEL: Field =
    Field::new("channel", Kind::Choice(CHANNELS), "公示渠道", "Where it is published").optional().platform_only();

/// 异议类型.
pub static GROUND: Field = Field::new("ground", Kind::Choice(GROUNDS), "异议类型", "Ground of the objection").platform_only();

/// 事实和理由.
pub static REASON: Field = Field::new("reason", Kind::Paragraph { most: 2000 }, "事实和理由", "Facts and reasons")
    .depends()
    .platform_only()
    .hint("已经逐项填写更正内容和理由的，可以不填", "Leave it out if you have said above what each item should say and why");

/// 附件.
pub static FILES: Field = Field::new("files", Kind::Files, "证据材料", "Proof").platform_only().hint(
    "例如处罚决定书、公示页面截图、撤销决定；PDF、JPG、PNG、HEIC 或 OFD，每个不超过 20 MB，最多 10 个",
    "For example the decision, a screenshot, the revocation; PDF, JPG, PNG, HEIC or OFD, at most 20 MB each and 10 in all",
);

/// The form.
pub static FORM: Form = Form {
    kind: FormKind::Objection,
    version: 2,
    matter: Matter::Repair,
    group: phrase("异议申诉", "Objections"),
    title: phrase("异议申诉", "Objection to a record"),
    named_by: &DOCUMENT_NUMBER,
    dated_by: None,
    fields: &[
        RECORD,
        DOCUMENT_NUMBER,
        AUTHORITY,
        CHANNEL,
        HAND_OVER,
        GROUND,
        disputable::SHOULD_DOCUMENT_NUMBER,
        disputable::WHY_DOCUMENT_NUMBER,
        disputable::SHOULD_AUTHORITY,
        disputable::WHY_AUTHORITY,
        disputable::SAYS_KIND,
        disputable::SHOULD_KIND,
        disputable::WHY_KIND,
        disputable::SAYS_FACTS,
        disputable::SHOULD_FACTS,
        disputable::WHY_FACTS,
        disputable::SAYS_BASIS,
        disputable::SHOULD_BASIS,
        disputable::WHY_BASIS,
        disputable::SAYS_CONTENT,
        disputable::SHOULD_CONTENT,
        disputable::WHY_CONTENT,
        disputable::SAYS_FINE,
        disputable::SHOULD_FINE,
        disputable::WHY_FINE,
        disputable::SAYS_SEVERITY,
        disputable::SHOULD_SEVERITY,
        disputable::WHY_SEVERITY,
        disputable::SAYS_DECIDED_ON,
        disputable::SHOULD_DECIDED_ON,
        disputable::WHY_DECIDED_ON,
        disputable::SAYS_PUBLISHED_ON,
        disputable::SHOULD_PUBLISHED_ON,
        disputable::WHY_PUBLISHED_ON,
        disputable::SAYS_PUBLICATION_END,
        disputable::SHOULD_PUBLICATION_END,
        disputable::WHY_PUBLICATION_END,
        disputable::SAYS_EARLIEST,
        disputable::SHOULD_EARLIEST,
        disputable::WHY_EARLIEST,
        disputable::SAYS_DUTIES,
        disputable::SHOULD_DUTIES,
        disputable::WHY_DUTIES,
        REASON,
        FILES,
    ],
    rules,
};

/// The fields that nobody types: they are the record's.
pub static OF_RECORD: &[&Field] = &[
    &RECORD,
    &DOCUMENT_NUMBER,
    &AUTHORITY,
    &CHANNEL,
    &HAND_OVER,
    &disputable::SAYS_KIND,
    &disputable::SAYS_FACTS,
    &disputable::SAYS_BASIS,
    &disputable::SAYS_CONTENT,
    &disputable::SAYS_FINE,
    &disputable::SAYS_SEVERITY,
    &disputable::SAYS_DECIDED_ON,
    &disputable::SAYS_PUBLISHED_ON,
    &disputable::SAYS_PUBLICATION_END,
    &disputable::SAYS_EARLIEST,
    &disputable::SAYS_DUTIES,
];

/// The draft as one of an objection to this record, whatever a browser sent for what the record says.
#[must_use]
pub fn of_record(draft: Draft, record: &DishonestyRecord, hand_over: HandOver) -> Draft {
    let says = |draft: Draft, item: &disputable::Item| draft.with(item.given.name, &(item.says)(record).unwrap_or_default());
    let draft = disputable::ALL.iter().fold(draft, says);
    draft.with(RECORD.name, &record.record_id).with(CHANNEL.name, record.channel.name()).with(HAND_OVER.name, hand_over.name())
}

/// Each item that is said to be wrong needs a reason, and a reason an item. Without an item, the reason stands by itself.
fn rules(read: &mut Reading<'_>, _: &Facts, _: NaiveDate) {
    let mut disputes_an_item = false;
    for item in disputable::ALL {
        match (read.is_typed(item.should), read.is_typed(item.why)) {
            (true, true) => disputes_an_item = true,
            (true, false) => {
                disputes_an_item = true;
                read.note(item.why, Fault::Missing);
            }
            (false, true) => read.note(item.should, Fault::Missing),
            (false, false) => {}
        }
    }
    let is_about_items = read.holds(&GROUND) == Some(WRONG_DATA) && disputes_an_item;
    if !is_about_items {
        read.need(&REASON, Fault::Missing);
    }
}
