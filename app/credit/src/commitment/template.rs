//! Templates of commitments (承诺书范本): what may be pledged to whom, on what basis, and with what consequences.
//!
//! Texts are Chinese, as they are pledged; titles, summaries and labels are in both languages.

use std::ops::Deref;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::amount::MoneyUnit;
use crate::commitment::{CommitmentKind, GROUP, Scope, TITLE, VALID_UNTIL_BLANK, rules};
use crate::credit_code::CreditCode;
use crate::form::{Answer, Field, Form, FormKind, Kind, Phrase};
use crate::person::{Matter, Role};
use crate::registration::Content;

/// What stands before a blank's name in answers, so that no blank is taken for another answer.
pub const BLANK: &str = "blank.";

/// A text in both languages of the portal, as it stands in a template's file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A legal basis (依据).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The law or document, without title marks for documents known by their number.
    pub name: String,
    /// The article, `第三十五条`; absent where the whole is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

impl Basis {
    /// As it is cited.
    pub fn cited(&self) -> String {
        format!("{}{}", self.name, self.article.as_deref().unwrap_or_default())
    }
}

/// The authority that accepts a commitment (受理单位).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Its full name.
    pub name: String,
    /// Its unified social credit code.
    pub code: CreditCode,
}

/// What the authority notifies of before a pledge (告知), 国办发〔2020〕42号. Basis, scope and period of publication are the
/// template's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// What is to be proven, or the conditions that must be met.
    pub to_prove: Vec<String>,
    /// How to pledge, and what the pledge does.
    pub how_to_pledge: String,
    /// Civil liability for an untrue pledge.
    pub civil_liability: String,
    /// Administrative liability.
    pub administrative_liability: String,
    /// Criminal liability.
    pub criminal_liability: String,
    /// The authority's right to check, and how.
    pub right_to_check: String,
    /// The ordinary way, which everyone may choose instead.
    pub ordinary_way: String,
}

/// How long a commitment is valid. A term of so many months ends on the same day of the month, or on the month's last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// Until the day in the blank named [`VALID_UNTIL_BLANK`].
    UntilBlank,
    /// So many days after it was signed.
    Days(u16),
    /// So many months after it was signed.
    Months(u16),
    /// So many years after it was signed.
    Years(u16),
    /// Without an end.
    None,
}

/// How long a commitment is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicationTerm {
    /// It is not published.
    None,
    /// As long as it is valid.
    Validity,
    /// So many months from the day of publication.
    Months(u16),
    /// So many years from the day of publication.
    Years(u16),
}

/// What a signer needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// An electronic signature (SM2).
    Signature,
    /// A fresh sign-in is enough.
    Confirmation,
}

/// The kind of answer that a blank takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlankKind {
    /// One line.
    Line,
    /// Several lines.
    Paragraph,
    /// A day.
    Date,
    /// A whole number.
    Whole,
    /// An amount in yuan.
    Money,
    /// One of several answers.
    Choice,
    /// A unified social credit code.
    CreditCode,
}

/// Who will see what stands in a blank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlankAudience {
    /// Whoever sees the commitment.
    #[default]
    Public,
    /// The platform and the accepting authority, never strangers.
    Platform,
}

/// One of the answers of a blank of [`BlankKind::Choice`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlankAnswer {
    /// As stored.
    pub value: String,
    /// As shown; the Chinese stands in the text.
    pub label: Text,
}

/// A blank: `{{name}}` in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blank {
    /// Its name in the text; lower-case letters, digits and `_`.
    pub name: String,
    /// The kind of answer.
    pub kind: BlankKind,
    /// Most characters, of lines and paragraphs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u16>,
    /// What is counted, of whole numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
    /// The smallest that is taken, of whole numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<u64>,
    /// The answers, of choices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<BlankAnswer>,
    /// Whether it may stay empty.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// Who will see it.
    #[serde(default, skip_serializing_if = "BlankAudience::is_public")]
    pub audience: BlankAudience,
    /// What it is called.
    pub label: Text,
    /// How to answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
}

/// A template as it is written. Written again as JSON it is the canonical form, whose SHA-256 is signed with every commitment.
/// So a member that is added later must be left out where it says nothing, or every old template would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// Its name in URLs and stores; lower-case letters, digits and `-`.
    pub id: String,
    /// Raised with every change.
    pub version: u32,
    /// 承诺类型.
    pub kind: CommitmentKind,
    /// What it is called.
    pub title: Text,
    /// What it is for, in a sentence.
    pub summary: Text,
    /// 承诺事由. May hold blanks.
    pub matter: String,
    /// 依据.
    pub bases: Vec<Basis>,
    /// 受理单位.
    pub authority: Authority,
    /// 告知, of the kinds that need one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
    /// 承诺内容, paragraph by paragraph. May hold blanks.
    pub text: Vec<String>,
    /// 违诺责任, paragraph by paragraph. May hold blanks.
    pub liability: Vec<String>,
    /// The blanks, in the order in which they are asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blanks: Vec<Blank>,
    /// How long it is valid.
    pub validity: Validity,
    /// 公开类型.
    pub scope: Scope,
    /// 公开期限.
    pub publication_term: PublicationTerm,
    /// Who may sign.
    pub signers: Vec<Role>,
    /// What signing takes.
    pub level: Level,
    /// Whether the matter is one of those for which pledging is excluded (high risk, harm that cannot be undone): such a
    /// template is never offered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub excluded: bool,
}

/// A template, ready to be filled.
#[derive(Clone, Debug)]
pub struct Template {
    written: Written,
    /// SHA-256 of its canonical form, in 64 lower-case hexadecimal digits.
    pub digest: String,
    /// The form of its blanks.
    pub form: &'static Form,
}

impl Deref for Template {
    type Target = Written;

    fn deref(&self) -> &Written {
        &self.written
    }
}

impl Template {
    /// Makes a template ready. `digest` is the SHA-256 of its canonical form.
    ///
    /// Fields are declared once and live as long as the program, so the form and its words are leaked here. That is bounded:
    /// each version of a template is made ready once, when the program starts.
    pub fn ready(written: Written, digest: String) -> Self {
        let fields: Vec<Field> = written.blanks.iter().map(field).collect();
        let form = Form {
            kind: FormKind::Commitment,
            version: written.version,
            matter: Matter::Commitment,
            group: GROUP,
            title: lasting(&written.title),
            named_by: &TITLE,
            dated_by: None,
            fields: Box::leak(fields.into_boxed_slice()),
            rules,
        };
        Self { written, digest, form: Box::leak(Box::new(form)) }
    }

    /// How it is referred to: `id@version`.
    pub fn reference(&self) -> String {
        format!("{}@{}", self.id, self.version)
    }

    /// The blank of this name.
    pub fn blank(&self, name: &str) -> Option<(&Blank, &'static Field)> {
        let fields: &'static [Field] = self.form.fields;
        self.blanks.iter().zip(fields).find(|(blank, _)| blank.name == name)
    }

    /// The last day on which a commitment signed on that day is valid, if it ends.
    pub fn valid_until(&self, signed_on: NaiveDate, answers: &Content) -> Option<NaiveDate> {
        match self.validity {
            Validity::UntilBlank => answers.get(&blank_name(VALID_UNTIL_BLANK)).and_then(|day| day.parse().ok()),
            Validity::Days(days) => signed_on.checked_add_days(Days::new(days.into())),
            Validity::Months(months) => signed_on.checked_add_months(Months::new(months.into())),
            Validity::Years(years) => signed_on.checked_add_months(Months::new(u32::from(years) * 12)),
            Validity::None => None,
        }
    }
}

impl Validity {
    /// In words.
    pub fn words(self) -> Text {
        match self {
            Self::UntilBlank => text("至承诺书中写明的日期".into(), "Until the day stated in it".into()),
            Self::Days(n) => text(format!("自签署之日起{n}日"), format!("{n} days from signing")),
            Self::Months(n) => text(format!("自签署之日起{n}个月"), format!("{n} months from signing")),
            Self::Years(1) => text("自签署之日起1年".into(), "1 year from signing".into()),
            Self::Years(n) => text(format!("自签署之日起{n}年"), format!("{n} years from signing")),
            Self::None => text("长期有效".into(), "No end date".into()),
        }
    }
}

impl PublicationTerm {
    /// In words; the Chinese is part of what is signed.
    pub fn words(self) -> Text {
        match self {
            Self::None => text("不公开".into(), "Not published".into()),
            Self::Validity => text("承诺有效期内".into(), "As long as it is valid".into()),
            Self::Months(n) => text(format!("自公示之日起{n}个月"), format!("{n} months from publication")),
            Self::Years(1) => text("自公示之日起1年".into(), "1 year from publication".into()),
            Self::Years(n) => text(format!("自公示之日起{n}年"), format!("{n} years from publication")),
        }
    }
}

impl BlankAudience {
    fn is_public(&self) -> bool {
        *self == Self::Public
    }
}

/// The name of a blank's answer.
pub fn blank_name(name: &str) -> String {
    format!("{BLANK}{name}")
}

/// How many characters a line or paragraph takes where its blank sets no limit.
pub const MOST_BY_DEFAULT: u16 = 200;

fn field(blank: &Blank) -> Field {
    let kind = match blank.kind {
        BlankKind::Line => Kind::Line { most: blank.most.unwrap_or(MOST_BY_DEFAULT) },
        BlankKind::Paragraph => Kind::Paragraph { most: blank.most.unwrap_or(MOST_BY_DEFAULT) },
        BlankKind::Date => Kind::Date,
        BlankKind::Whole => {
            let unit = blank.unit.as_ref().map_or(Phrase { zh: "", en: "" }, lasting);
            Kind::Whole { unit, least: blank.least.unwrap_or(0) }
        }
        BlankKind::Money => Kind::Money(MoneyUnit::Yuan),
        BlankKind::Choice => {
            let answers = blank.answers.iter();
            let answers: Vec<Answer> =
                answers.map(|answer| Answer { value: leaked(&answer.value), label: lasting(&answer.label) }).collect();
            Kind::Choice(Box::leak(answers.into_boxed_slice()))
        }
        BlankKind::CreditCode => Kind::CreditCode,
    };
    let label = lasting(&blank.label);
    let mut field = Field::new(leaked(&blank_name(&blank.name)), kind, label.zh, label.en);
    if let Some(hint) = blank.hint.as_ref().map(lasting) {
        field = field.hint(hint.zh, hint.en);
    }
    if blank.optional {
        field = field.optional();
    }
    if blank.audience == BlankAudience::Platform {
        field = field.platform_only();
    }
    field
}

fn lasting(text: &Text) -> Phrase {
    Phrase { zh: leaked(&text.zh), en: leaked(&text.en) }
}

fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn text(zh: String, en: String) -> Text {
    Text { zh, en }
}

fn is_false(value: &bool) -> bool {
    !value
}
