//! Credit commitments (信用承诺): pledges made from an approved template, signed, filed, and as a rule published.
//!
//! Basis: 国办发〔2020〕42号 (notify-and-commit in place of certificates), Shanghai's 行政审批告知承诺管理办法, GB/T 46277-2025,
//! and the table of items that city platforms collect. [`template`]: what may be pledged, and how. [`filling`]: a template with
//! its blanks filled. [`statement`]: the exact text that is signed.
//! [`publication`]: until when everyone may see it.

pub mod filling;
pub mod fulfilment;
mod notice;
pub mod public_content;
pub mod publication;
pub mod state;
pub mod statement;
pub mod template;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::form::{Answer, Field, Form, FormKind, Kind, Phrase, answer, phrase};
use crate::person::Matter;
use crate::problem::Fault;
use crate::reading::Reading;
use crate::registration::Facts;

/// 承诺类型, the seven of the table that city platforms collect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommitmentKind {
    /// 审批替代型: stands in place of an approval's examination.
    ReplacesApproval,
    /// 容缺受理型: accepted although a material is missing.
    MissingMaterial,
    /// 证明事项型: stands in place of a certificate.
    ReplacesCertificate,
    /// 信用修复型: part of an application for credit repair.
    Repair,
    /// 行业自律型: the pledge of an association's members.
    SelfDiscipline,
    /// 主动型 (自主公示型): made of the enterprise's own will.
    Voluntary,
    /// 其他.
    Other,
}

/// When a commitment may be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithdrawalRule {
    /// At any time, with effect from then on; what was published stays in the history as withdrawn.
    FromNowOn,
    /// Only until the matter that it belongs to is finished; the ordinary procedure then applies.
    UntilFinished,
    /// Only together with the application for repair that it belongs to.
    WithRepair,
}

impl CommitmentKind {
    /// Every kind, in the order of its codes, 其他 last.
    pub const ALL: [Self; 7] = [
        Self::ReplacesApproval,
        Self::MissingMaterial,
        Self::ReplacesCertificate,
        Self::Repair,
        Self::SelfDiscipline,
        Self::Voluntary,
        Self::Other,
    ];

    /// Its name in stores, files, URLs and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReplacesApproval => "replaces_approval",
            Self::MissingMaterial => "missing_material",
            Self::ReplacesCertificate => "replaces_certificate",
            Self::Repair => "repair",
            Self::SelfDiscipline => "self_discipline",
            Self::Voluntary => "voluntary",
            Self::Other => "other",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The character that city platforms number it with. It is one vendor's numbering; there is no national one.
    pub fn code(self) -> char {
        match self {
            Self::ReplacesApproval => '1',
            Self::MissingMaterial => '2',
            Self::ReplacesCertificate => '3',
            Self::Repair => '4',
            Self::SelfDiscipline => '5',
            Self::Voluntary => '6',
            Self::Other => '0',
        }
    }

    /// What it is called.
    pub const fn label(self) -> Phrase {
        match self {
            Self::ReplacesApproval => phrase("审批替代型", "In place of an examination for approval"),
            Self::MissingMaterial => phrase("容缺受理型", "Accepted with a material missing"),
            Self::ReplacesCertificate => phrase("证明事项型", "In place of a certificate"),
            Self::Repair => phrase("信用修复型", "For credit repair"),
            Self::SelfDiscipline => phrase("行业自律型", "Self-discipline of an industry"),
            Self::Voluntary => phrase("主动公示型", "Made public voluntarily"),
            Self::Other => phrase("其他", "Other"),
        }
    }

    const fn as_answer(self) -> Answer {
        Answer { value: self.name(), label: self.label() }
    }

    /// Whether the authority must first notify: of what is to be proven, of the liability, of its right to check
    /// (国办发〔2020〕42号; for approvals Shanghai's 行政审批告知承诺管理办法).
    pub fn needs_notice(self) -> bool {
        matches!(self, Self::ReplacesApproval | Self::ReplacesCertificate)
    }

    /// Whether it is closed to an enterprise with a breach on record until that is repaired: where an authority relies on the word
    /// alone, and where it waits for a material on the word.
    pub fn needs_good_standing(self) -> bool {
        self.needs_notice() || self == Self::MissingMaterial
    }

    /// When it may be taken back.
    ///
    /// For certificates 国办发〔2020〕42号: before the matter is finished, the ordinary procedure then applies; approvals and
    /// missing materials follow it. No rule was found for the others: what an enterprise or an association pledges of its own
    /// will it may end for the future, and what belongs to a repair stands and falls with it (to be confirmed with the
    /// district). 其他 takes the narrower rule.
    pub fn withdrawal(self) -> WithdrawalRule {
        match self {
            Self::ReplacesApproval | Self::MissingMaterial | Self::ReplacesCertificate | Self::Other => {
                WithdrawalRule::UntilFinished
            }
            Self::Repair => WithdrawalRule::WithRepair,
            Self::SelfDiscipline | Self::Voluntary => WithdrawalRule::FromNowOn,
        }
    }
}

/// 公开类型: who may see a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// 可向社会公开.
    Public,
    /// 特定范围内公开: to authorities, not to everyone.
    Limited,
    /// 不可公开.
    NotPublic,
}

impl Scope {
    /// Every scope, the widest first.
    pub const ALL: [Self; 3] = [Self::Public, Self::Limited, Self::NotPublic];

    /// Its name in stores and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Limited => "limited",
            Self::NotPublic => "not_public",
        }
    }

    /// What it is called.
    pub const fn label(self) -> Phrase {
        match self {
            Self::Public => phrase("可向社会公开", "Open to everyone"),
            Self::Limited => phrase("特定范围内公开", "Open to authorities only"),
            Self::NotPublic => phrase("不可公开", "Not open"),
        }
    }

    const fn as_answer(self) -> Answer {
        Answer { value: self.name(), label: self.label() }
    }
}

const TYPES: &[Answer] = &[
    CommitmentKind::ReplacesApproval.as_answer(),
    CommitmentKind::MissingMaterial.as_answer(),
    CommitmentKind::ReplacesCertificate.as_answer(),
    CommitmentKind::Repair.as_answer(),
    CommitmentKind::SelfDiscipline.as_answer(),
    CommitmentKind::Voluntary.as_answer(),
    CommitmentKind::Other.as_answer(),
];

const SCOPES: &[Answer] = &[Scope::Public.as_answer(), Scope::Limited.as_answer(), Scope::NotPublic.as_answer()];

const CATEGORIES: &[Answer] = &[
    answer("organisation", "法人及非法人组织", "Legal person or unincorporated organisation"),
    answer("individual_business", "个体工商户", "Individual business"),
];

/// Most characters of a text that platforms collect (C4000).
pub const MOST_TEXT: u16 = 4000;
/// Most characters of a matter (C512).
pub const MOST_MATTER: u16 = 512;

/// The template it was made from: `id@version`.
pub static TEMPLATE: Field = Field::new("template", Kind::Line { most: 80 }, "承诺书范本", "Template");
/// What it is called.
pub static TITLE: Field = Field::new("title", Kind::Line { most: 200 }, "承诺书名称", "Title");
/// 承诺类型.
pub static TYPE: Field = Field::new("type", Kind::Choice(TYPES), "承诺类型", "Kind of commitment");
/// 承诺人类别.
pub static CATEGORY: Field = Field::new("category", Kind::Choice(CATEGORIES), "承诺人类别", "Kind of pledger");
/// 承诺事由.
pub static MATTER: Field = Field::new("matter", Kind::Line { most: MOST_MATTER }, "承诺事由", "Matter");
/// 承诺内容, as it was signed.
pub static TEXT: Field = Field::new("text", Kind::Paragraph { most: MOST_TEXT }, "承诺内容", "What is pledged").platform_only();
/// 承诺内容 without what only the platform may see.
pub static PUBLIC_TEXT: Field =
    Field::new("public_text", Kind::Paragraph { most: MOST_TEXT }, "公开的承诺内容", "What is pledged, as published");
/// 违诺责任.
pub static LIABILITY: Field = Field::new("liability", Kind::Paragraph { most: MOST_TEXT }, "违诺责任", "Liability for breach");
/// 承诺作出日期.
pub static MADE_ON: Field = Field::new("made_on", Kind::Date, "承诺作出日期", "Made on");
/// 承诺有效期.
pub static VALID_UNTIL: Field = Field::new("valid_until", Kind::Date, "承诺有效期至", "Valid until").optional();
/// 承诺受理单位.
pub static AUTHORITY: Field = Field::new("authority", Kind::Line { most: 200 }, "承诺受理单位", "Accepting authority");
/// 承诺受理单位统一社会信用代码.
pub static AUTHORITY_CODE: Field =
    Field::new("authority_code", Kind::CreditCode, "承诺受理单位统一社会信用代码", "Credit code of the accepting authority");
/// 公开类型.
pub static SCOPE: Field = Field::new("scope", Kind::Choice(SCOPES), "公开类型", "Who may see it");
/// 公开期限, in words.
pub static PUBLICATION_TERM: Field =
    Field::new("publication_term", Kind::Line { most: 200 }, "公开期限", "How long it is published");
/// 备注.
pub static REMARK: Field = Field::new("remark", Kind::Line { most: MOST_MATTER }, "备注", "Remark").optional().platform_only();

/// What a filed commitment consists of, whatever template it was made from. Nobody types into it: it is made by
/// [`template::Template::commitment_content`]. The form that people fill is the template's own, [`template::Template::form`].
pub static FORM: Form = Form {
    kind: FormKind::Commitment,
    version: 1,
    matter: Matter::Commitment,
    group: GROUP,
    title: GROUP,
    named_by: &TITLE,
    dated_by: None,
    fields: &[
        TEMPLATE,
        TITLE,
        TYPE,
        CATEGORY,
        MATTER,
        TEXT,
        PUBLIC_TEXT,
        LIABILITY,
        MADE_ON,
        VALID_UNTIL,
        AUTHORITY,
        AUTHORITY_CODE,
        SCOPE,
        PUBLICATION_TERM,
        REMARK,
    ],
    rules,
};

/// What all commitments are called together.
pub const GROUP: Phrase = phrase("信用承诺", "Credit commitments");

/// The name of the blank that holds the last day of validity, in templates that ask for it.
pub const VALID_UNTIL_BLANK: &str = "valid_until";

/// Rules of every commitment, in a template's form as in the filed one: it cannot have ended before it is made, and nothing
/// is written from right to left, because what is signed must stand on every screen in the same order. Control characters are told
/// and not just left out: whoever brought them pasted something else than they saw.
pub(crate) fn rules(read: &mut Reading<'_>, _: &Facts, today: NaiveDate) {
    let form = read.form();
    for field in form.fields {
        let is_end = field.name.strip_prefix(template::BLANK).unwrap_or(field.name) == VALID_UNTIL_BLANK;
        if is_end && read.day(field).is_some_and(|day| day < today) {
            read.note(field, Fault::InPast { today });
        }
        if read.holds(field).is_some_and(|text| text.contains(crate::normal_text::is_right_to_left)) {
            read.note(field, Fault::RightToLeft);
        }
        read.without_control_characters(field);
    }
}
