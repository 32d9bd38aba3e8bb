//! The items of a record that can be said to be wrong, each with what it should say and why.

use crate::amount::MoneyUnit;
use crate::form::{Field, Kind, Phrase, answer, phrase};
use crate::record::DishonestyRecord;

/// One item.
#[derive(Clone, Copy)]
pub struct Item {
    /// What it is called.
    pub name: Phrase,
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
/// 处罚类别应当是.
pub static SHOULD_KIND: Field = should("should_kind", Kind::Line { most: 200 }, "处罚类别应当是", "The kind of penalty should be");
/// Why.
pub static WHY_KIND: Field = why("why_kind", "更正处罚类别的理由", "Why the kind is wrong");
/// 违法事实应当是.
pub static SHOULD_FACTS: Field = should("should_facts", Kind::Paragraph { most: 2000 }, "违法事实应当是", "The facts should be");
/// Why.
pub static WHY_FACTS: Field = why("why_facts", "更正违法事实的理由", "Why the facts are wrong");
/// 处罚内容应当是.
pub static SHOULD_CONTENT: Field =
    should("should_content", Kind::Paragraph { most: 2000 }, "处罚内容应当是", "The content of the penalty should be");
/// Why.
pub static WHY_CONTENT: Field = why("why_content", "更正处罚内容的理由", "Why the content is wrong");
/// 罚款金额应当是, in yuan; the platform keeps it in 万元.
pub static SHOULD_FINE: Field = should("should_fine", Kind::Money(MoneyUnit::Yuan), "罚款金额应当是", "The fine should be");
/// Why.
pub static WHY_FINE: Field = why("why_fine", "更正罚款金额的理由", "Why the fine is wrong");
/// 失信程度应当是.
pub static SHOULD_SEVERITY: Field = should(
    "should_severity",
    Kind::Choice(&[answer("minor", "轻微", "Minor"), answer("ordinary", "一般", "Ordinary"), answer("serious", "严重", "Serious")]),
    "失信程度应当是",
    "The severity should be",
);
/// Why.
pub static WHY_SEVERITY: Field = why("why_severity", "更正失信程度的理由", "Why the severity is wrong");
/// 处罚决定日期应当是.
pub static SHOULD_DECIDED_ON: Field =
    should("should_decided_on", Kind::Date, "处罚决定日期应当是", "The date of the decision should be");
/// Why.
pub static WHY_DECIDED_ON: Field = why("why_decided_on", "更正决定日期的理由", "Why the date is wrong");
/// 公示开始日期应当是.
pub static SHOULD_PUBLISHED_ON: Field =
    should("should_published_on", Kind::Date, "公示开始日期应当是", "The start of publication should be");
/// Why.
pub static WHY_PUBLISHED_ON: Field = why("why_published_on", "更正公示开始日期的理由", "Why the start is wrong");
/// 公示截止日期应当是.
pub static SHOULD_PUBLICATION_END: Field =
    should("should_publication_end", Kind::Date, "公示截止日期应当是", "The end of publication should be");
/// Why.
pub static WHY_PUBLICATION_END: Field = why("why_publication_end", "更正公示截止日期的理由", "Why the end is wrong");

/// Every item, in the order of the form.
pub static ALL: &[Item] = &[
    Item {
        name: phrase("处罚决定书文号", "Number of the decision"),
        should: &SHOULD_DOCUMENT_NUMBER,
        why: &WHY_DOCUMENT_NUMBER,
        says: |record| text(&record.document_number),
    },
    Item {
        name: phrase("认定单位", "Determining authority"),
        should: &SHOULD_AUTHORITY,
        why: &WHY_AUTHORITY,
        says: |record| text(&record.authority),
    },
    Item {
        name: phrase("处罚类别", "Kind of penalty"), should: &SHOULD_KIND, why: &WHY_KIND, says: |record| text(&record.kind)
    },
    Item { name: phrase("违法事实", "Facts"), should: &SHOULD_FACTS, why: &WHY_FACTS, says: |record| text(&record.facts) },
    Item {
        name: phrase("处罚内容", "Content of the penalty"),
        should: &SHOULD_CONTENT,
        why: &WHY_CONTENT,
        says: |record| text(&record.content),
    },
    Item { name: phrase("罚款金额", "Fine"), should: &SHOULD_FINE, why: &WHY_FINE, says: |record| record.fine_yuan.clone() },
    Item {
        name: phrase("失信程度", "Severity"),
        should: &SHOULD_SEVERITY,
        why: &WHY_SEVERITY,
        says: |record| record.severity.map(|severity| severity.name().to_owned()),
    },
    Item {
        name: phrase("处罚决定日期", "Date of the decision"),
        should: &SHOULD_DECIDED_ON,
        why: &WHY_DECIDED_ON,
        says: |record| record.decided_on.map(|day| day.to_string()),
    },
    Item {
        name: phrase("公示开始日期", "Start of publication"),
        should: &SHOULD_PUBLISHED_ON,
        why: &WHY_PUBLISHED_ON,
        says: |record| record.published_on.map(|day| day.to_string()),
    },
    Item {
        name: phrase("公示截止日期", "End of publication"),
        should: &SHOULD_PUBLICATION_END,
        why: &WHY_PUBLICATION_END,
        says: |record| record.publication_ends_on.map(|day| day.to_string()),
    },
];

fn text(given: &str) -> Option<String> {
    (!given.is_empty()).then(|| given.to_owned())
}

const fn should(name: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Field {
    Field::new(name, kind, zh, en).depends().platform_only()
}

const fn why(name: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(name, Kind::Line { most: 500 }, zh, en).depends().platform_only()
}

/// Whether a field says something of an item.
pub fn is_of_item(field: &Field) -> bool {
    ALL.iter().any(|item| item.should.name == field.name || item.why.name == field.name)
}
