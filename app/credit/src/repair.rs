//! The application for credit repair (信用修复申请): one record, one application.
//!
//! Three kinds of materials and no others (国办发〔2025〕22号): proof that the wrong is put right and the duties are met, the credit
//! commitment, and what a law or rule names besides. Who applies comes from sign-in, what the record says from the record; no
//! certificate of training, no credit report, no copy of the business licence is asked for.

mod check;
pub mod choice;
mod hand_over;
pub mod materials;
pub mod own_word;

use chrono::NaiveDate;

use crate::amount::MoneyUnit;
use crate::draft::Draft;
use crate::form::{Answer, Field, Form, FormKind, Kind, answer, phrase};
use crate::normal_text::normal_paragraph;
use crate::person::Matter;
use crate::problem::Fault;
use crate::reading::Reading;
use crate::record::DishonestyRecord;
use crate::registration::Facts;

pub use check::{Given, Letter, RepairApplication, RepairFault, check};
pub use hand_over::{HAND_OVER, HandOver};

/// The limit of what a record gives: nobody could shorten it here.
pub const AS_GIVEN: u16 = u16::MAX;

const SEVERITIES: &[Answer] =
    &[answer("minor", "轻微", "Minor"), answer("ordinary", "一般", "Ordinary"), answer("serious", "严重", "Serious")];

const CHANNELS: &[Answer] = &[
    answer("creditchina", "信用中国", "Credit China"),
    answer("gsxt", "国家企业信用信息公示系统", "National Enterprise Credit Information Publicity System"),
];

/// 记录编号.
pub static RECORD: Field = Field::new("record", Kind::Line { most: AS_GIVEN }, "记录编号", "Number of the record").platform_only();

/// 处罚决定书文号, as given; some records have none.
pub static DOCUMENT_NUMBER: Field =
    Field::new("document_number", Kind::Line { most: AS_GIVEN }, "处罚决定书文号", "Number of the decision")
        .optional()
        .platform_only();

/// 认定单位.
pub static AUTHORITY: Field =
    Field::new("authority", Kind::Line { most: AS_GIVEN }, "认定单位", "Determining authority").optional().platform_only();

/// 认定单位统一社会信用代码, as given.
pub static AUTHORITY_CODE: Field = Field::new(
    "authority_code",
    Kind::Line { most: AS_GIVEN },
    "认定单位统一社会信用代码",
    "Credit code of the determining authority",
)
.optional()
.platform_only();

/// 处罚类别.
pub static PENALTY_KIND: Field =
    Field::new("penalty_kind", Kind::Line { most: AS_GIVEN }, "处罚类别", "Kind of penalty").optional().platform_only();

/// 失信程度; a list of abnormal operations has none.
pub static SEVERITY: Field = Field::new("severity", Kind::Choice(SEVERITIES), "失信程度", "Severity").optional().platform_only();

/// 公示渠道.
pub static CHANNEL: Field = Field::new("channel", Kind::Choice(CHANNELS), "公示渠道", "Where it is published").platform_only();

/// 处罚决定日期.
pub static DECIDED_ON: Field =
    Field::new("decided_on", Kind::Date, "处罚决定日期", "Date of the decision").optional().platform_only();

/// 违法事实.
pub static FACTS: Field =
    Field::new("says_facts", Kind::Paragraph { most: AS_GIVEN }, "违法事实", "Facts").optional().platform_only();

/// 处罚内容.
pub static CONTENT: Field =
    Field::new("says_content", Kind::Paragraph { most: AS_GIVEN }, "处罚内容", "Content of the penalty").optional().platform_only();

/// 罚款金额, in yuan.
pub static FINE: Field = Field::new("says_fine", Kind::Money(MoneyUnit::Yuan), "罚款金额", "Fine").optional().platform_only();

/// 公示截止日期.
pub static PUBLICATION_END: Field =
    Field::new("says_publication_end", Kind::Date, "公示截止日期", "End of publication").optional().platform_only();

/// 最早可以申请修复的日期.
pub static EARLIEST: Field =
    Field::new("says_earliest", Kind::Date, "最早可以申请修复的日期", "First day for a repair").optional().platform_only();

/// 处罚依据.
pub static BASIS: Field =
    Field::new("says_basis", Kind::Paragraph { most: AS_GIVEN }, "处罚依据", "Basis of the penalty").optional().platform_only();

/// 公示开始日期.
pub static PUBLISHED_ON: Field =
    Field::new("says_published_on", Kind::Date, "公示开始日期", "Start of publication").optional().platform_only();

/// 义务和履行情况.
pub static DUTIES: Field =
    Field::new("says_duties", Kind::Paragraph { most: AS_GIVEN }, "义务和履行情况", "Duties, and whether they are fulfilled")
        .optional()
        .platform_only();

/// Whether a field is what the record said when the application was begun, kept so that a change is noticed. It is no part of the
/// enterprise's own words, and after a grant it is shown nowhere.
pub fn is_kept_for_comparison(field: &Field) -> bool {
    field.name.starts_with("says_") && OF_RECORD.iter().any(|of_record| of_record.name == field.name)
}

/// 承诺编码 of the signed commitment that belongs to this application; in a draft the id of the commitment's own draft or filing.
/// That there is one is for [`check`] to say.
pub static COMMITMENT: Field =
    Field::new("commitment", Kind::Line { most: 80 }, "信用修复承诺书", "Commitment for this repair").optional().platform_only();

/// 义务履行完毕日期.
pub static FULFILLED_ON: Field = Field::new("fulfilled_on", Kind::Date, "全部义务履行完毕日期", "When everything was fulfilled")
    .platform_only()
    .hint("最后一项整改或者缴款完成的日期，例如：2026-03-05", "The day the last duty was done, for example: 2026-03-05");

/// 整改和履行情况.
pub static FULFILMENT: Field = Field::new("fulfilment", Kind::Paragraph { most: 2000 }, "整改和履行情况", "How it was put right")
    .platform_only()
    .hint("逐项写明：要求做什么、怎么做的、什么时候做完", "One after another: what was demanded, what you did, when it was done");

/// 法律、法规、规章要求提供的其他材料.
pub static OTHER_MATERIALS: Field = Field::new(
    "other_materials",
    Kind::Line { most: 500 },
    "法律、法规、规章要求的其他材料",
    "Other materials that a law or rule demands",
)
.optional()
.platform_only()
.hint("没有的，请不填；有的，写明依据和材料名称", "Leave it out if there are none; otherwise name the rule and the material");

/// 附件.
pub static FILES: Field = Field::new("files", Kind::Files, "证明材料附件", "Proof").platform_only().hint(
    "PDF、JPG、PNG、HEIC 或 OFD，每个不超过 20 MB，最多 10 个",
    "PDF, JPG, PNG, HEIC or OFD, at most 20 MB each and 10 in all",
);

/// The form. Which of the ticks for proof are asked depends on the kind of penalty: [`is_asked`].
pub static FORM: Form = Form {
    kind: FormKind::Repair,
    version: 2,
    matter: Matter::Repair,
    group: phrase("信用修复", "Credit repair"),
    title: phrase("信用修复申请", "Application for credit repair"),
    named_by: &DOCUMENT_NUMBER,
    dated_by: None,
    fields: &[
        RECORD,
        DOCUMENT_NUMBER,
        AUTHORITY,
        AUTHORITY_CODE,
        PENALTY_KIND,
        SEVERITY,
        CHANNEL,
        DECIDED_ON,
        FACTS,
        BASIS,
        CONTENT,
        FINE,
        DUTIES,
        PUBLISHED_ON,
        PUBLICATION_END,
        EARLIEST,
        COMMITMENT,
        HAND_OVER,
        FULFILLED_ON,
        FULFILMENT,
        materials::PAYMENT,
        materials::RECTIFICATION,
        materials::LICENCE,
        materials::LATE_REPORT,
        materials::REMOVAL,
        materials::STATEMENT,
        materials::FULFILMENT_PROOF,
        OTHER_MATERIALS,
        FILES,
    ],
    rules,
};

/// The fields that nobody types: they are the record's, and the number of the commitment.
pub static OF_RECORD: &[&Field] = &[
    &RECORD,
    &DOCUMENT_NUMBER,
    &AUTHORITY,
    &AUTHORITY_CODE,
    &PENALTY_KIND,
    &SEVERITY,
    &CHANNEL,
    &DECIDED_ON,
    &FACTS,
    &BASIS,
    &CONTENT,
    &FINE,
    &DUTIES,
    &PUBLISHED_ON,
    &PUBLICATION_END,
    &EARLIEST,
    &COMMITMENT,
    &HAND_OVER,
];

/// The draft as one of an application about this record, whatever a browser sent for what the record says. `commitment` is the
/// number of the signed commitment; empty while there is none.
#[must_use]
pub fn of_record(draft: Draft, record: &DishonestyRecord, commitment: &str, hand_over: HandOver) -> Draft {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    draft
        .with(RECORD.name, &record.record_id)
        .with(DOCUMENT_NUMBER.name, &record.document_number)
        .with(AUTHORITY.name, &record.authority)
        .with(AUTHORITY_CODE.name, &record.authority_code)
        .with(PENALTY_KIND.name, &record.kind)
        .with(SEVERITY.name, record.severity.map_or("", |severity| severity.name()))
        .with(CHANNEL.name, record.channel.name())
        .with(DECIDED_ON.name, &day(record.decided_on))
        .with(FACTS.name, &normal_paragraph(&record.facts))
        .with(BASIS.name, &normal_paragraph(&record.basis))
        .with(CONTENT.name, &normal_paragraph(&record.content))
        .with(DUTIES.name, &normal_paragraph(&record.duties_in_lines()))
        .with(PUBLISHED_ON.name, &day(record.published_on))
        .with(FINE.name, record.fine_yuan.as_deref().unwrap_or_default())
        .with(PUBLICATION_END.name, &day(record.publication_ends_on))
        .with(EARLIEST.name, &day(record.earliest_repair_on))
        .with(COMMITMENT.name, commitment)
        .with(HAND_OVER.name, hand_over.name())
}

/// Whether a field is asked for a penalty of this kind: a tick for proof only where that proof belongs to it.
pub fn is_asked(field: &Field, penalty_kind: &str) -> bool {
    let of_material = materials::ALL.iter().any(|material| material.field.name == field.name);
    !of_material || materials::needed_for(penalty_kind).any(|material| material.field.name == field.name)
}

fn rules(read: &mut Reading<'_>, _: &Facts, today: NaiveDate) {
    read.not_after_today(&FULFILLED_ON, today);
    // Some of it may have been put right before, but the last duty was not demanded yet.
    read.not_before(&FULFILLED_ON, &DECIDED_ON);
    let kind = read.holds(&PENALTY_KIND).unwrap_or_default().to_owned();
    for material in materials::needed_for(&kind) {
        read.need(material.field, Fault::NotChosen);
    }
}
