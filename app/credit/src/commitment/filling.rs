//! A template with its blanks filled: what the enterprise pledges.

use chrono::NaiveDate;

use crate::commitment::template::{BlankAudience, BlankKind, Template, blank_name};
use crate::commitment::{
    AUTHORITY, AUTHORITY_CODE, CATEGORY, LIABILITY, MADE_ON, MATTER, PUBLIC_TEXT, PUBLICATION_TERM, SCOPE, TEMPLATE, TEXT, TITLE,
    TYPE, VALID_UNTIL,
};
use crate::credit_code::CreditCode;
use crate::date::in_words;
use crate::form::{Field, Kind};
use crate::registration::Content;

/// What stands where an optional blank was left empty.
pub const NOT_FILLED: &str = "（未填写）";
/// What strangers see in place of what only the platform may see.
pub const NOT_SHOWN: &str = "（不公开）";

/// A template's texts with its blanks filled. Each line is one line of text without outer space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// 承诺事由.
    pub matter: String,
    /// 承诺内容, line by line.
    pub text: Vec<String>,
    /// 违诺责任, line by line.
    pub liability: Vec<String>,
}

/// A piece of a template's paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words of the template.
    Words(&'a str),
    /// A blank, by its name.
    Blank(&'a str),
}

/// Takes a paragraph apart at its blanks. An opening `{{` that is never closed is words.
pub fn pieces(paragraph: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = paragraph;
    while let Some((before, (name, after))) =
        rest.split_once("{{").and_then(|(before, opened)| Some((before, opened.split_once("}}")?)))
    {
        if !before.is_empty() {
            pieces.push(Piece::Words(before));
        }
        pieces.push(Piece::Blank(name));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

impl Template {
    /// Fills the blanks with answers in normal form, by the names of the template's form. Nothing in an answer is taken for a
    /// blank in turn.
    pub fn fill(&self, answers: &Content) -> Filled {
        self.fill_for(answers, true)
    }

    /// As [`Template::fill`], as strangers may see it.
    pub fn fill_for_strangers(&self, answers: &Content) -> Filled {
        self.fill_for(answers, false)
    }

    /// What is filed of a commitment that `pledger` makes on that day: the items of [`crate::commitment::FORM`], and beside
    /// them the answers themselves, so that what is sent back can be mended.
    pub fn commitment_content(&self, answers: &Content, pledger: &CreditCode, made_on: NaiveDate) -> Content {
        let filled = self.fill(answers);
        let shown = self.fill_for_strangers(answers);
        let mut content: Content = self
            .form
            .fields
            .iter()
            .filter_map(|field| answers.get_key_value(field.name))
            .map(|(name, answer)| (name.clone(), answer.clone()))
            .collect();
        let mut put = |field: &Field, value: String| content.insert(field.name.to_owned(), value);
        put(&TEMPLATE, self.reference());
        put(&TITLE, self.title.zh.clone());
        put(&TYPE, self.kind.name().to_owned());
        put(&CATEGORY, category(pledger).to_owned());
        put(&MATTER, filled.matter);
        put(&TEXT, filled.text.join("\n"));
        put(&PUBLIC_TEXT, shown.text.join("\n"));
        put(&LIABILITY, filled.liability.join("\n"));
        put(&MADE_ON, made_on.to_string());
        if let Some(last) = self.valid_until(made_on, answers) {
            put(&VALID_UNTIL, last.to_string());
        }
        put(&AUTHORITY, self.authority.name.clone());
        put(&AUTHORITY_CODE, self.authority.code.to_string());
        put(&SCOPE, self.scope.name().to_owned());
        put(&PUBLICATION_TERM, self.publication_term.words().zh);
        content
    }

    fn fill_for(&self, answers: &Content, everything: bool) -> Filled {
        let fill = |paragraph: &String| -> String {
            let pieces = pieces(paragraph);
            pieces.iter().map(|piece| self.filled(*piece, answers, everything)).collect()
        };
        let lines = |paragraphs: &[String]| -> Vec<String> {
            let filled: Vec<String> = paragraphs.iter().map(fill).collect();
            let lines = filled.iter().flat_map(|paragraph| paragraph.lines()).map(str::trim).filter(|line| !line.is_empty());
            lines.map(str::to_owned).collect()
        };
        Filled { matter: fill(&self.matter).replace('\n', " "), text: lines(&self.text), liability: lines(&self.liability) }
    }

    fn filled(&self, piece: Piece<'_>, answers: &Content, everything: bool) -> String {
        let name = match piece {
            Piece::Words(words) => return words.to_owned(),
            Piece::Blank(name) => name,
        };
        let Some((blank, field)) = self.blank(name) else { return NOT_FILLED.to_owned() };
        if blank.audience == BlankAudience::Platform && !everything {
            return NOT_SHOWN.to_owned();
        }
        let Some(answer) = answers.get(&blank_name(name)) else { return NOT_FILLED.to_owned() };
        match (blank.kind, field.kind) {
            (BlankKind::Date, _) => answer.parse().map_or_else(|_| answer.clone(), in_words),
            (_, Kind::Choice(among)) => {
                among.iter().find(|one| one.value == answer).map_or_else(|| answer.clone(), |one| one.label.zh.to_owned())
            }
            (_, kind) => kind.unit().map_or_else(|| answer.clone(), |unit| format!("{answer}{}", unit.zh)),
        }
    }
}

/// 承诺人类别, as the first two characters of the code tell it: `92` is an individual business.
fn category(pledger: &CreditCode) -> &'static str {
    if pledger.as_str().starts_with("92") { "individual_business" } else { "organisation" }
}
