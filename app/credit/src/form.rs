//! What a form is made of. Each field is declared once, with its words; browser form, checks on both sides,
//! plain form, review page and wire are all made from that one declaration.

use serde::{Deserialize, Serialize};

use crate::person::Matter;

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

/// What kind of answer a field takes, with its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text of at most so many characters.
    Line {
        /// Most characters, counted as people count them (Unicode scalar values).
        most: u16,
    },
    /// A calendar day.
    Date,
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

/// Whether a field must be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// Never; the form says so in words.
    Optional,
    /// It depends on another field, as [`Field::hint`] says; the form's own parse decides.
    Depends,
}

/// Who will see an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everyone, once the item is published.
    Public,
    /// Only the platform that checks it and the enterprise itself.
    Platform,
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
    /// How to answer it; empty where the label says enough.
    pub hint: Phrase,
}

/// Which form; with its version it is frozen into every filing made from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// One licence, qualification, certification, right or honour (资质证照).
    Licence,
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
    /// What a filing of it is called.
    pub title: Phrase,
    /// The fields.
    pub fields: &'static [Field],
}

impl Form {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl FormKind {
    /// Every form there is.
    pub const ALL: &'static [Self] = &[Self::Licence];

    /// The form's declaration.
    pub fn form(self) -> &'static Form {
        match self {
            Self::Licence => &crate::registration::licence::FORM,
        }
    }

    /// Its name in stores and URLs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Licence => "licence",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}
