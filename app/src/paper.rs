//! Documents on paper, as a list of what stands on them: for the PDF, which is set on the server from exactly these words.

pub mod application;
pub mod certificate;
pub mod repair_result;

use crate::components::pledge_form::purpose_words;
use crate::pages::desk::filing_name;
use crate::pages::everything::Everything;
use crate::pages::filing::{FilingPage, moment, numbers, state_words};
use crate::pages::review::content_rows;
use crate::time_text;
use crate::wording::Lang;

/// Something on a page, one below the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading within a section.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A label with its answer beside it.
    Row(String, String),
    /// A QR code of the first, with the second beside it.
    Code(String, String),
}

/// A part that begins on a page of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading, which also stands in the document's outline.
    pub heading: String,
    /// What stands below.
    pub blocks: Vec<Block>,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Its title.
    pub title: String,
    /// Its language (BCP 47).
    pub lang: &'static str,
    /// What stands at the foot of each page, before the page's number.
    pub foot: String,
    /// What stands below the title.
    pub opening: Vec<Block>,
    /// Its sections.
    pub sections: Vec<Section>,
}

impl Paper {
    /// The same as plain text, where no font is there to set it with.
    pub fn text(&self) -> String {
        let mut lines = vec![self.title.clone()];
        let sections = self
            .sections
            .iter()
            .flat_map(|section| std::iter::once(Block::Heading(section.heading.clone())).chain(section.blocks.iter().cloned()));
        for block in self.opening.iter().cloned().chain(sections) {
            lines.push(match block {
                Block::Heading(heading) => format!("\n{heading}\n"),
                Block::Text(text) => text,
                Block::Row(label, answer) => format!("{label}：{}", answer.replace('\n', " ")),
                Block::Code(coded, words) => format!("{words} {coded}"),
            });
        }
        lines.push(format!("\n{}\n", self.foot));
        lines.join("\n")
    }
}

/// All filings of an enterprise, one section each: the same words as on [`crate::pages::everything`].
pub fn everything(everything: &Everything, lang: Lang) -> Paper {
    let words = lang.overview();
    let colon = lang.words().frame.colon;
    let mut opening = vec![
        Block::Text(format!("{} · {}", everything.enterprise, everything.code)),
        Block::Text(format!("{}{colon}{}", words.made_at, time_text::minute(everything.made_at))),
        Block::Text(lang.words().filing.source.to_owned()),
    ];
    if everything.filings.is_empty() {
        opening.push(Block::Text(words.everything_none.to_owned()));
    }
    if everything.more {
        opening.push(Block::Text(words.more_elsewhere.to_owned()));
    }
    Paper {
        title: words.everything.to_owned(),
        lang: lang.tag(),
        foot: format!("{} · {}", lang.words().frame.brand, everything.code),
        opening,
        sections: everything.filings.iter().map(|filing| section(filing, lang)).collect(),
    }
}

fn section(filing: &FilingPage, lang: Lang) -> Section {
    let words = &lang.words().filing;
    let state = state_words(filing, lang);
    let mut blocks = vec![Block::Row(words.state.to_owned(), state.name.to_owned())];
    blocks.extend(numbers(filing, lang).into_iter().map(|row| Block::Row(row.label, row.answer)));
    blocks.push(Block::Heading(words.content.to_owned()));
    blocks.extend(content_rows(filing.kind, &filing.content, None, lang).into_iter().map(|row| Block::Row(row.label, row.answer)));
    if !filing.files.is_empty() {
        blocks.push(Block::Heading(words.files.to_owned()));
        blocks.extend(filing.files.iter().map(|file| Block::Text(file.name.clone())));
    }
    blocks.push(Block::Heading(words.history.to_owned()));
    for entry in filing.history.iter().rev() {
        let moment = moment(filing, entry, lang);
        let said = std::iter::once(moment.what).chain(moment.said).chain([moment.who]).collect::<Vec<_>>().join(" · ");
        blocks.push(Block::Row(moment.when, said));
    }
    blocks.push(Block::Heading(words.pledge.to_owned()));
    blocks.extend(filing.pledge.text.lines().map(|line| Block::Text(line.to_owned())));
    let purposes: Vec<&str> = filing.pledge.purposes.iter().map(|purpose| purpose_words(*purpose, lang)).collect();
    blocks.push(if purposes.is_empty() {
        Block::Text(words.no_purposes.to_owned())
    } else {
        Block::Row(words.purposes.to_owned(), purposes.join(" · "))
    });
    Section { heading: filing_name(filing.kind, &filing.content, lang), blocks }
}
