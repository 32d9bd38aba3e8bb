//! What a form is made of. Each field is declared once, with its words; browser form, checks on both sides, plain form,
//! review page, spreadsheets, public view and wire are all made from that one declaration.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::amount::MoneyUnit;
use crate::commitment;
use crate::objection;
use crate::person::Matter;
use crate::reading::Reading;
use crate::registration::{self, Facts};
use crate::repair;

/// A phrase in both languages of the portal. Neither can be left out: it would not compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Chinese as used in mainland China (`zh-CN`).
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// Shorthand for a [`Phrase`].
pub const fn phrase(zh: &'static str, en: &'static str) -> Phrase {
    Phrase { zh, en }
}

/// One of the answers to a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// As stored and sent.
    pub value: &'static str,
    /// As shown.
    pub label: Phrase,
}

/// Shorthand for an [`Answer`].
pub const fn answer(value: &'static str, zh: &'static str, en: &'static str) -> Answer {
    Answer { value, label: phrase(zh, en) }
}

/// What kind of answer a field takes, with its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text of at most so many characters.
    Line {
        /// Most characters, counted as people count them (Unicode scalar values).
        most: u16,
    },
    /// Several lines of text.
    Paragraph {
        /// Most characters.
        most: u16,
    },
    /// A calendar day.
    Date,
    /// A calendar year, from 2000 to this year.
    Year,
    /// A whole number of something.
    Whole {
        /// What is counted.
        unit: Phrase,
        /// The smallest that is taken.
        least: u64,
    },
    /// An amount of money.
    Money(MoneyUnit),
    /// One of several answers.
    Choice(&'static [Answer]),
    /// A box to tick.
    Tick,
    /// A unified social credit code.
    CreditCode,
    /// An address on the web (`https://…`).
    WebAddress,
    /// Files.
    Files,
}

impl Kind {
    /// Whether it is a number, of which a range can be shown instead of the number itself.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Whole { .. } | Self::Money(_))
    }

    /// What stands after the number.
    pub fn unit(self) -> Option<Phrase> {
        match self {
            Self::Whole { unit, .. } => Some(unit),
            Self::Money(MoneyUnit::Yuan) => Some(phrase("元", "yuan")),
            Self::Money(MoneyUnit::TenThousandYuan) => Some(phrase("万元", "× 10,000 yuan")),
            _ => None,
        }
    }
}

/// Whether a field must be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// Never; the form says so in words.
    Optional,
    /// It depends on another field, as [`Field::hint`] says; the form's own rules decide.
    Depends,
}

/// Who will see an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everyone, once the item is published.
    Public,
    /// Nobody but the platform, unless the enterprise chooses otherwise for this answer: money, counterparties.
    Chosen,
    /// Only the platform that checks it and the enterprise itself. Never public.
    Platform,
}

/// How much of an answer of [`Audience::Chosen`] strangers will see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Disclosure {
    /// Nothing.
    #[default]
    Hidden,
    /// Of a number, between which powers of ten it lies.
    Range,
    /// All of it.
    Full,
}

impl Disclosure {
    /// Its name in drafts, in HTML and on the wire; empty for nothing.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hidden => "",
            Self::Range => "range",
            Self::Full => "full",
        }
    }

    /// The one of that name, or of those words in a spreadsheet; what is not known hides.
    pub fn named(name: &str) -> Self {
        match name {
            "range" | "只公开区间" => Self::Range,
            "full" | "公开" => Self::Full,
            _ => Self::Hidden,
        }
    }
}

/// The declaration of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in drafts, in HTML and on the wire; never changed once used.
    pub name: &'static str,
    /// The kind of answer.
    pub kind: Kind,
    /// Whether it must be answered.
    pub need: Need,
    /// Who will see it.
    pub audience: Audience,
    /// What it is called.
    pub label: Phrase,
    /// How to answer it; empty where the label says enough, and in the browser, where nobody asks.
    pub hint: Phrase,
}

impl Field {
    /// A field that must be answered and that everyone will see.
    pub const fn new(name: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Self {
        Self { name, kind, need: Need::Required, audience: Audience::Public, label: phrase(zh, en), hint: phrase("", "") }
    }

    /// It need not be answered.
    pub const fn optional(mut self) -> Self {
        self.need = Need::Optional;
        self
    }

    /// Whether it must be answered depends on others.
    pub const fn depends(mut self) -> Self {
        self.need = Need::Depends;
        self
    }

    /// Hidden from strangers unless the enterprise chooses to show it.
    pub const fn chosen(mut self) -> Self {
        self.audience = Audience::Chosen;
        self
    }

    /// Never shown to strangers.
    pub const fn platform_only(mut self) -> Self {
        self.audience = Audience::Platform;
        self
    }

    /// How to answer it. The page brings these words from the server; the module in the browser goes without them.
    pub const fn hint(mut self, zh: &'static str, en: &'static str) -> Self {
        if !cfg!(target_arch = "wasm32") {
            self.hint = phrase(zh, en);
        }
        self
    }

    /// The name of the answer that says how much of this one strangers will see.
    pub fn disclosure_name(&self) -> String {
        format!("{}{DISCLOSURE}", self.name)
    }

    /// The choices of disclosure that this field offers.
    pub fn disclosures(&self) -> &'static [Disclosure] {
        match self.audience {
            Audience::Chosen if self.kind.is_number() => &[Disclosure::Hidden, Disclosure::Range, Disclosure::Full],
            Audience::Chosen => &[Disclosure::Hidden, Disclosure::Full],
            _ => &[],
        }
    }
}

const DISCLOSURE: &str = ".public";

/// Which form; with its version it is frozen into every filing made from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// One licence, qualification, certification, right or honour (资质证照).
    Licence,
    /// A year's operations (市场经营).
    Operations,
    /// The performance of a contract (合同履约).
    Contract,
    /// Something done for the public good (社会公益).
    PublicGood,
    /// A credit commitment (信用承诺). People fill the form of its template; this is what is filed.
    Commitment,
    /// An application for credit repair (信用修复), of one record.
    Repair,
    /// An objection (异议申诉) to one record.
    Objection,
    /// A report of how a commitment is kept (履约情况报告).
    Fulfilment,
}

/// A form: its fields in the order in which they are asked.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Which form it is.
    pub kind: FormKind,
    /// Raised whenever a change of fields changes what an answer means.
    pub version: u32,
    /// The matter a mandate must cover to file it.
    pub matter: Matter,
    /// The group it belongs to, as people call it: 资质证照.
    pub group: Phrase,
    /// What a filing of it is called.
    pub title: Phrase,
    /// The field by which an item is known in lists.
    pub named_by: &'static Field,
    /// The year that belongs to the name, where there is an item for each year.
    pub dated_by: Option<&'static Field>,
    /// The fields.
    pub fields: &'static [Field],
    /// What no single field can say: rules between fields.
    pub rules: fn(&mut Reading<'_>, &Facts, NaiveDate),
}

impl Form {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The names of all answers in order: of each field, and of its disclosure where the enterprise chooses. Files have none.
    pub fn answer_names(&self) -> impl Iterator<Item = Cow<'static, str>> {
        let fields: &'static [Field] = self.fields;
        fields.iter().filter(|field| field.kind != Kind::Files).flat_map(|field| {
            let disclosure = (!field.disclosures().is_empty()).then(|| Cow::Owned(field.disclosure_name()));
            std::iter::once(Cow::Borrowed(field.name)).chain(disclosure)
        })
    }

    /// Whether it asks for an answer of this name.
    pub fn asks(&self, name: &str) -> bool {
        // What a commitment asks stands in its template: until that is at hand, any blank is kept.
        if self.kind == FormKind::Commitment && name.starts_with(commitment::template::BLANK) {
            return true;
        }
        match name.strip_suffix(DISCLOSURE) {
            Some(of) => self.field(of).is_some_and(|field| field.audience == Audience::Chosen),
            None => self.field(name).is_some(),
        }
    }
}

impl FormKind {
    /// The groups of registration, each with its form: what is offered, tabled and published by itself. Commitments,
    /// repairs and objections are none of them.
    pub const ALL: &'static [Self] = &[Self::Licence, Self::Operations, Self::Contract, Self::PublicGood];

    /// The form's declaration.
    pub fn form(self) -> &'static Form {
        match self {
            Self::Licence => &registration::licence::FORM,
            Self::Operations => &registration::operations::FORM,
            Self::Contract => &registration::contract::FORM,
            Self::PublicGood => &registration::public_good::FORM,
            Self::Commitment => &commitment::FORM,
            Self::Repair => &repair::FORM,
            Self::Objection => &objection::FORM,
            Self::Fulfilment => &commitment::fulfilment::FORM,
        }
    }

    /// Its name in stores and URLs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Licence => "licence",
            Self::Operations => "operations",
            Self::Contract => "contract",
            Self::PublicGood => "public_good",
            Self::Commitment => "commitment",
            Self::Repair => "repair",
            Self::Objection => "objection",
            Self::Fulfilment => "fulfilment",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        let others = [Self::Commitment, Self::Repair, Self::Objection, Self::Fulfilment];
        Self::registration(name).or_else(|| others.into_iter().find(|kind| kind.name() == name))
    }

    /// Whether it is about a dishonesty record: an application for repair, or an objection.
    pub fn is_about_record(self) -> bool {
        matches!(self, Self::Repair | Self::Objection)
    }

    /// The group of registration of that name.
    pub fn registration(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}
