//! Every word the portal says, in both languages. A word left out in one of them does not compile.
//!
//! The words of a form's fields stand with the fields, in `credit::form`; everything else is here: the static words of
//! pages in [`Words`], and the sentences that are made from data ([`faults`], [`life`], [`saving`]). What an island says
//! is kept apart from what pages say, so that the browser does not carry both.

pub mod answers;
pub mod commitment_signing;
pub mod commitments;
pub mod faults;
pub mod imports;
pub mod life;
pub mod my_commitments;
pub mod news;
pub mod notices;
pub mod overload;
pub mod overview;
pub mod pasted;
pub mod pledge;
pub mod public_commitments;
pub mod publications;
pub mod record_pages;
pub mod records;
pub mod registrations;
pub mod repair_papers;
pub mod repair_progress;
pub mod repair_steps;
pub mod repairs;
pub mod saving;
pub mod sessions;
pub mod signing_keys;
pub mod uploading;
pub mod verdict;
pub mod verifying;

mod en;
mod words;
mod zh;

use credit::form::Phrase;
pub use words::*;

/// A language of the portal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese as used in mainland China; what a person gets who has chosen nothing.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language tag (BCP 47), for `lang` and the cookie.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language of that tag.
    pub fn of_tag(tag: &str) -> Option<Self> {
        [Self::Zh, Self::En].into_iter().find(|lang| lang.tag() == tag)
    }

    /// A phrase in this language.
    pub fn say(self, phrase: Phrase) -> &'static str {
        match self {
            Self::Zh => phrase.zh,
            Self::En => phrase.en,
        }
    }

    /// The words of all pages.
    pub fn words(self) -> &'static Words {
        match self {
            Self::Zh => &zh::WORDS,
            Self::En => &en::WORDS,
        }
    }
}
