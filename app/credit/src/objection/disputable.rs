//! The items of a record that can be said to be wrong, each with what it says, what it should say and why.

use crate::amount::MoneyUnit;
use crate::form::{Answer, Field, Kind, Phrase, answer, phrase};
use crate::normal_text::{normal_line, normal_paragraph};
use crate::record::DishonestyRecord;
use crate::registration::Content;
use crate::repair::AS_GIVEN;

/// One item.
#[derive(Clone, Copy)]
pub struct Item {
    /// What it is called.
    pub name: Phrase,
    /// What it says, as it is kept and sent with an objection; nobody types it.
    pub given: &'static Field,
    /// What it should say (应当是).
    pub should: &'static Field,
    /// Why (理由).
    pub why: &'static Field,
    /// What the record says, in the form of [`Item::should`]; none: nothing.
    pub says: fn(&DishonestyRecord) -> Option<String>,
}

/// 处罚决定书文号应当是.
pub static SHOULD_DOCUMENT_NUMBER: Field =
    should("should_document_number", Kind::Line { most: 128 }, "处罚决定书文号应当是", "The number of the decision should be");
/// Why.
pub static WHY_DOCUMENT_NUMBER: Field = why("why_document_number", "更正文号的理由", "Why the number is wrong");
/// 认定单位应当是.
pub static SHOULD_AUTHORITY: Field =
    should("should_authority", Kind::Line { most: 200 }, "认定单位应当是", "The determining authority should be");
/// Why.
pub static WHY_AUTHORITY: Field = why("why_authority", "更正认定单位的理由", "Why the authority is wrong");
/// 处罚类别, as the record says it.
pub static SAYS_KIND: Field = says("says_kind", Kind::Line { most: AS_GIVEN }, "处罚类别现在是", "The kind of penalty is now");
/// 处罚类别应当是.
pub static SHOULD_KIND: Field = should("should_kind", Kind::Line { most: 200 }, "处罚类别应当是", "The kind of penalty should be");
/// Why.
pub static WHY_KIND: Field = why("why_kind", "更正处罚类别的理由", "Why the kind is wrong");
/// 违法事实, as the record says it.
pub static SAYS_FACTS: Field = says("says_facts", Kind::Paragraph { most: AS_GIVEN }, "违法事实现在是", "The facts are now");
/// 违法事实应当是.
pub static SHOULD_FACTS: Field = should("should_facts", Kind::Paragraph { most: 2000 }, "违法事实应当是", "The facts should be");
/// Why.
pub static WHY_FACTS: Field = why("why_facts", "更正违法事实的理由", "Why the facts are wrong");
/// 处罚依据, as the record says it.
pub static SAYS_BASIS: Field =
    says("says_basis", Kind::Paragraph { most: AS_GIVEN }, "处罚依据现在是", "The basis of the penalty is now");
/// 处罚依据应当是.
pub static SHOULD_BASIS: Field =
    should("should_basis", Kind::Paragraph { most: 2000 }, "处罚依据应当是", "The basis of the penalty should be");
/// Why.
pub static WHY_BASIS: Field = why("why_basis", "更正处罚依据的理由", "Why the basis is wrong");
/// 处罚内容, as the record says it.
pub static SAYS_CONTENT: Field =
    says("says_content", Kind::Paragraph { most: AS_GIVEN }, "处罚内容现在是", "The content of the penalty is now");
/// 处罚内容应当是.
pub static SHOULD_CONTENT: Field =
    should("should_content", Kind::Paragraph { most: 2000 }, "处罚内容应当是", "The content of the penalty should be");
/// Why.
pub static WHY_CONTENT: Field = why("why_content", "更正处罚内容的理由", "Why the content is wrong");
/// 罚款金额, as the record says it, in yuan.
pub static SAYS_FINE: Field = says("says_fine", Kind::Money(MoneyUnit::Yuan), "罚款金额现在是", "The fine is now");
/// 罚款金额应当是, in yuan; the platform keeps it in 万元.
pub static SHOULD_FINE: Field = should("should_fine", Kind::Money(MoneyUnit::Yuan), "罚款金额应当是", "The fine should be");
/// Why.
pub static WHY_FINE: Field = why("why_fine", "更正罚款金额的理由", "Why the fine is wrong");
const SEVERITIES: &[Answer] =
    &[answer("minor", "轻微", "Minor"), answer("ordinary", "一般", "Ordinary"), answer("serious", "严重", "Serious")];

/// 失信程度, as the record says it.
pub static SAYS_SEVERITY: Field = says("says_severity", Kind::Choice(SEVERITIES), "失信程度现在是", "The severity is now");
/// 失信程度应当是.
pub static SHOULD_SEVERITY: Field = should("should_severity", Kind::Choice(SEVERITIES), "失信程度应当是", "The severity should be");
/// Why.
pub static WHY_SEVERITY: Field = why("why_severity", "更正失信程度的理由", "Why the severity is wrong");
/// 处罚决定日期, as the record says it.
pub static SAYS_DECIDED_ON: Field = says("says_decided_on", Kind::Date, "处罚决定日期现在是", "The date of the decision is now");
/// 处罚决定日期应当是.
pub static SHOULD_DECIDED_ON: Field =
    should("should_decided_on", Kind::Date, "处罚决定日期应当是", "The date of the decision should be");
/// Why.
pub static WHY_DECIDED_ON: Field = why("why_decided_on", "更正决定日期的理由", "Why the date is wrong");
/// 公示开始日期, as the record says it.
pub static SAYS_PUBLISHED_ON: Field =
    says("says_published_on", Kind::Date, "公示开始日期现在是", "The start of publication is now");
/// 公示开始日期应当是.
pub static SHOULD_PUBLISHED_ON: Field =
    should("should_published_on", Kind::Date, "公示开始日期应当是", "The start of publication should be");
/// Why.
pub static WHY_PUBLISHED_ON: Field = why("why_published_on", "更正公示开始日期的理由", "Why the start is wrong");
/// 公示截止日期, as the record says it.
pub static SAYS_PUBLICATION_END: Field =
    says("says_publication_end", Kind::Date, "公示截止日期现在是", "The end of publication is now");
/// 公示截止日期应当是.
pub static SHOULD_PUBLICATION_END: Field =
    should("should_publication_end", Kind::Date, "公示截止日期应当是", "The end of publication should be");
/// Why.
pub static WHY_PUBLICATION_END: Field = why("why_publication_end", "更正公示截止日期的理由", "Why the end is wrong");
/// 最早可以申请修复的日期, as the record says it.
pub static SAYS_EARLIEST: Field =
    says("says_earliest", Kind::Date, "最早可以申请修复的日期现在是", "The first day for a repair is now");
/// 最早可以申请修复的日期应当是.
pub static SHOULD_EARLIEST: Field =
    should("should_earliest", Kind::Date, "最早可以申请修复的日期应当是", "The first day for a repair should be");
/// Why.
pub static WHY_EARLIEST: Field = why("why_earliest", "更正最早可以申请修复日期的理由", "Why the first day is wrong");
/// 义务和履行情况, as the record says them.
pub static SAYS_DUTIES: Field = says(
    "says_duties",
    Kind::Paragraph { most: AS_GIVEN },
    "义务和履行情况现在是",
    "The duties and whether they are fulfilled are now",
);
/// 义务和履行情况应当是.
pub static SHOULD_DUTIES: Field = should(
    "should_duties",
    Kind::Paragraph { most: 2000 },
    "义务和履行情况应当是",
    "The duties and whether they are fulfilled should be",
)
.hint(
    "一行一项：义务 · 履行日期；还没有履行的，日期写 —",
    "One in a line: the duty · the day it was fulfilled, or — while it is owed",
);
/// Why.
pub static WHY_DUTIES: Field = why("why_duties", "更正义务和履行情况的理由", "Why the duties are wrong");

/// Every item, in the order of the form.
pub static ALL: &[Item] = &[
    Item {
        name: phrase("处罚决定书文号", "Number of the decision"),
        given: &super::DOCUMENT_NUMBER,
        should: &SHOULD_DOCUMENT_NUMBER,
        why: &WHY_DOCUMENT_NUMBER,
        says: |record| text(normal_line(&record.document_number)),
    },
    Item {
        name: phrase("认定单位", "Determining authority"),
        given: &super::AUTHORITY,
        should: &SHOULD_AUTHORITY,
        why: &WHY_AUTHORITY,
        says: |record| text(normal_line(&record.authority)),
    },
    Item {
        name: phrase("处罚类别", "Kind of penalty"),
        given: &SAYS_KIND,
        should: &SHOULD_KIND,
        why: &WHY_KIND,
        says: |record| text(normal_line(&record.kind)),
    },
    Item {
        name: phrase("违法事实", "Facts"),
        given: &SAYS_FACTS,
        should: &SHOULD_FACTS,
        why: &WHY_FACTS,
        says: |record| text(normal_paragraph(&record.facts)),
    },
    Item {
        name: phrase("处罚依据", "Basis of the penalty"),
        given: &SAYS_BASIS,
        should: &SHOULD_BASIS,
        why: &WHY_BASIS,
        says: |record| text(normal_paragraph(&record.basis)),
    },
    Item {
        name: phrase("处罚内容", "Content of the penalty"),
        given: &SAYS_CONTENT,
        should: &SHOULD_CONTENT,
        why: &WHY_CONTENT,
        says: |record| text(normal_paragraph(&record.content)),
    },
    Item {
        name: phrase("罚款金额", "Fine"),
        given: &SAYS_FINE,
        should: &SHOULD_FINE,
        why: &WHY_FINE,
        says: |record| record.fine_yuan.clone(),
    },
    Item {
        name: phrase("失信程度", "Severity"),
        given: &SAYS_SEVERITY,
        should: &SHOULD_SEVERITY,
        why: &WHY_SEVERITY,
        says: |record| record.severity.map(|severity| severity.name().to_owned()),
    },
    Item {
        name: phrase("处罚决定日期", "Date of the decision"),
        given: &SAYS_DECIDED_ON,
        should: &SHOULD_DECIDED_ON,
        why: &WHY_DECIDED_ON,
        says: |record| record.decided_on.map(|day| day.to_string()),
    },
    Item {
        name: phrase("公示开始日期", "Start of publication"),
        given: &SAYS_PUBLISHED_ON,
        should: &SHOULD_PUBLISHED_ON,
        why: &WHY_PUBLISHED_ON,
        says: |record| record.published_on.map(|day| day.to_string()),
    },
    Item {
        name: phrase("公示截止日期", "End of publication"),
        given: &SAYS_PUBLICATION_END,
        should: &SHOULD_PUBLICATION_END,
        why: &WHY_PUBLICATION_END,
        says: |record| record.publication_ends_on.map(|day| day.to_string()),
    },
    Item {
        name: phrase("最早可以申请修复的日期", "First day for a repair"),
        given: &SAYS_EARLIEST,
        should: &SHOULD_EARLIEST,
        why: &WHY_EARLIEST,
        says: |record| record.earliest_repair_on.map(|day| day.to_string()),
    },
    Item {
        name: phrase("义务和履行情况", "Duties, and whether they are fulfilled"),
        given: &SAYS_DUTIES,
        should: &SHOULD_DUTIES,
        why: &WHY_DUTIES,
        says: |record| text(normal_paragraph(&record.duties_in_lines())),
    },
];

fn text(given: String) -> Option<String> {
    (!given.is_empty()).then_some(given)
}

const fn says(name: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Field {
    Field::new(name, kind, zh, en).optional().platform_only()
}

const fn should(name: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Field {
    Field::new(name, kind, zh, en).depends().platform_only()
}

const fn why(name: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(name, Kind::Line { most: 500 }, zh, en).depends().platform_only()
}

/// Whether a field is what the record says of an item that this objection leaves as it is. It is kept with the objection, and
/// shown only beside what should stand there.
pub fn is_undisputed(field: &Field, content: &Content) -> bool {
    let of = ALL.iter().find(|item| item.given.name == field.name && field.name.starts_with("says_"));
    of.is_some_and(|item| !content.contains_key(item.should.name))
}

/// Whether a field says something of an item.
pub fn is_of_item(field: &Field) -> bool {
    ALL.iter().any(|item| item.should.name == field.name || item.why.name == field.name)
}
