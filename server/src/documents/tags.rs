//! What the parts of a document are, for whoever does not see the pages: headings, paragraphs, labels with their answers, and
//! codes, in the order in which they are read.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Tag, TagGroup, TagTree};

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PartKind {
    /// The document's title.
    Title(String),
    /// A section's heading.
    Section(String),
    /// A heading within a section.
    Heading(String),
    /// A paragraph.
    Paragraph,
    /// A label with its answer.
    Row,
    /// A picture, with what it shows in words.
    Figure(String),
}

/// A part, and what of it stands on the pages.
pub(super) struct Part {
    kind: PartKind,
    /// Its pieces, line by line; of a row, those of its answer.
    pieces: Vec<Identifier>,
    /// Of a row, the pieces of its label.
    label: Vec<Identifier>,
}

impl Part {
    /// A part of which nothing stands anywhere yet.
    pub(super) fn new(kind: PartKind) -> Self {
        Self { kind, pieces: Vec::new(), label: Vec::new() }
    }

    /// One more piece of it stands on a page.
    pub(super) fn add(&mut self, piece: Identifier, of_label: bool) {
        if of_label { self.label.push(piece) } else { self.pieces.push(piece) }
    }
}

/// The tree of all parts. Rows that follow each other are one list.
pub(super) fn tree(parts: Vec<Part>, lang: &str) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(lang.to_owned()));
    let mut rows: Option<TagGroup> = None;
    for part in parts.into_iter().filter(|part| !(part.pieces.is_empty() && part.label.is_empty())) {
        if part.kind == PartKind::Row {
            let list = rows.get_or_insert_with(|| TagGroup::new(Tag::L(ListNumbering::None)));
            let mut row = TagGroup::new(Tag::LI);
            row.push(filled(TagGroup::new(Tag::Lbl), part.label));
            row.push(filled(TagGroup::new(Tag::LBody), part.pieces));
            list.push(row);
            continue;
        }
        if let Some(list) = rows.take() {
            tree.push(list);
        }
        tree.push(filled(group(part.kind), part.pieces));
    }
    if let Some(list) = rows {
        tree.push(list);
    }
    tree
}

fn filled(mut group: TagGroup, pieces: Vec<Identifier>) -> TagGroup {
    for piece in pieces {
        group.push(piece);
    }
    group
}

fn group(kind: PartKind) -> TagGroup {
    const FIRST: NonZeroU16 = NonZeroU16::MIN;
    let heading = |level: u16, title| TagGroup::new(Tag::Hn(FIRST.saturating_add(level - 1), Some(title)));
    match kind {
        PartKind::Title(title) => heading(1, title),
        PartKind::Section(title) | PartKind::Heading(title) => heading(2, title),
        PartKind::Figure(shown) => TagGroup::new(Tag::Figure(Some(shown))),
        PartKind::Paragraph | PartKind::Row => TagGroup::new(Tag::P),
    }
}
