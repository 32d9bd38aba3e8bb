//! Sets a paper as a PDF on A4: headings, rows, paragraphs, page numbers, and an outline with each section. The text can be
//! selected and searched, and is tagged for whoever has it read aloud.

use app::paper::{Block, Paper};
use krilla::Document;
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::{GlyphId, KrillaGlyph};

use super::breaking::broken;
use super::fonts::{DocumentFont, SetCharacter};
use super::qr::{Squares, squares};
use super::tags::{Part, PartKind, tree};

// A4 and its margins, in points.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 56.0;
const FOOT: f32 = HEIGHT - 34.0;
/// Where answers begin beside their labels.
const ANSWER: f32 = MARGIN + 140.0;

/// The side of a QR code: 3.5 cm.
const CODE: f32 = 99.0;
/// What stays free beside it: four of its squares, as it has at least 25 (ISO/IEC 18004, 6.3.8).
const QUIET: f32 = CODE * 4.0 / 25.0;

const TITLE: f32 = 20.0;
const SECTION: f32 = 15.0;
const HEADING: f32 = 12.0;
const BODY: f32 = 10.5;
const SMALL: f32 = 8.5;

/// One line at its place.
struct Line {
    x: f32,
    y: f32,
    size: f32,
    characters: Vec<SetCharacter>,
}

/// Something on a page, and of which part it is.
enum Piece {
    Line(Line),
    /// The label of a row.
    Label(Line),
    Code(Squares),
}

/// One page: what stands on it, each with the number of its part.
type SetPage = Vec<(usize, Piece)>;

/// Pages under way: what stands where, before anything is written.
struct Setter<'a> {
    font: &'a DocumentFont,
    pages: Vec<SetPage>,
    parts: Vec<Part>,
    y: f32,
}

/// The PDF.
///
/// # Errors
/// A sentence for the log, if it cannot be written.
pub fn pdf(paper: &Paper, font: &DocumentFont) -> Result<Vec<u8>, String> {
    written(Document::new(), Metadata::new(), paper, font)
}

/// As [`pdf`], in a document that has something already.
pub(super) fn written(mut document: Document, metadata: Metadata, paper: &Paper, font: &DocumentFont) -> Result<Vec<u8>, String> {
    let mut setter = Setter { font, pages: vec![SetPage::default()], parts: Vec::new(), y: MARGIN };
    setter.text(PartKind::Title(paper.title.clone()), MARGIN, TITLE, &paper.title);
    setter.blocks(&paper.opening);
    let mut outline = Outline::new();
    for section in &paper.sections {
        setter.turn();
        let here = XyzDestination::new(setter.pages.len() - 1, Point::from_xy(0.0, 0.0));
        outline.push_child(OutlineNode::new(section.heading.clone(), here));
        setter.text(PartKind::Section(section.heading.clone()), MARGIN, SECTION, &section.heading);
        setter.blocks(&section.blocks);
    }
    let (count, mut parts) = (setter.pages.len(), setter.parts);
    for (number, pieces) in (1..).zip(setter.pages) {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or("the page has no size")?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for (part, piece) in pieces {
            let id = surface.start_tagged(match piece {
                Piece::Line(_) | Piece::Label(_) => ContentTag::Span(SpanTag::empty()),
                Piece::Code(_) => ContentTag::Other,
            });
            let of_label = matches!(piece, Piece::Label(_));
            match piece {
                Piece::Line(line) | Piece::Label(line) => draw(&mut surface, font, &line),
                Piece::Code(squares) => squares.path().into_iter().for_each(|path| surface.draw_path(&path)),
            }
            surface.end_tagged();
            if let Some(part) = parts.get_mut(part) {
                part.add(id, of_label);
            }
        }
        let page_number = foot(font, 0.0, &format!("{number} / {count}"));
        let page_number = Line { x: WIDTH - MARGIN - width(&page_number.characters, SMALL), ..page_number };
        for (kind, line) in [(ArtifactType::Footer, foot(font, MARGIN, &paper.foot)), (ArtifactType::PageNumber, page_number)] {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
            draw(&mut surface, font, &line);
            surface.end_tagged();
        }
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(tree(parts, paper.lang));
    document.set_outline(outline);
    document.set_metadata(metadata.title(paper.title.clone()).language(paper.lang.to_owned()));
    document.finish().map_err(|error| format!("the PDF cannot be written: {error:?}"))
}

fn draw(surface: &mut Surface<'_>, font: &DocumentFont, line: &Line) {
    let (text, glyphs) = glyphs(&line.characters);
    surface.draw_glyphs(Point::from_xy(line.x, line.y), &glyphs, font.font.clone(), &text, line.size, false);
}

impl Setter<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(heading) => {
                    self.y += HEADING;
                    self.text(PartKind::Heading(heading.clone()), MARGIN, HEADING, heading);
                }
                Block::Text(text) => self.text(PartKind::Paragraph, MARGIN, BODY, text),
                Block::Row(label, answer) => self.row(label, answer),
                Block::Code(coded, words) => self.code(coded, words),
            }
        }
    }

    /// A new page.
    fn turn(&mut self) {
        self.pages.push(SetPage::default());
        self.y = MARGIN;
    }

    fn text(&mut self, kind: PartKind, x: f32, size: f32, text: &str) {
        self.parts.push(Part::new(kind));
        for characters in broken(self.font.set(text), (WIDTH - MARGIN - x) / size) {
            self.line(x, size, characters);
        }
        self.y += size * 0.4;
    }

    /// A QR code with words beside it.
    fn code(&mut self, coded: &str, words: &str) {
        if self.y + CODE > HEIGHT - MARGIN {
            self.turn();
        }
        let top = self.y;
        if let Some(squares) = squares(coded, Point::from_xy(MARGIN, top + BODY), CODE) {
            self.parts.push(Part::new(PartKind::Figure(format!("QR {coded}"))));
            self.place(Piece::Code(squares));
        }
        self.text(PartKind::Paragraph, MARGIN + CODE + QUIET, BODY, words);
        self.text(PartKind::Paragraph, MARGIN + CODE + QUIET, SMALL, coded);
        self.y = self.y.max(top + CODE + QUIET);
    }

    /// Label and answer side by side; a long one goes on below itself, over to the next page if need be.
    fn row(&mut self, label: &str, answer: &str) {
        let labels = broken(self.font.set(label), (ANSWER - MARGIN - BODY) / BODY);
        let answers: Vec<_> =
            answer.lines().flat_map(|line| broken(self.font.set(line), (WIDTH - MARGIN - ANSWER) / BODY)).collect();
        let (mut labels, mut answers) = (labels.into_iter(), answers.into_iter());
        self.parts.push(Part::new(PartKind::Row));
        loop {
            match (labels.next(), answers.next()) {
                (None, None) => break,
                (label, answer) => {
                    let y = self.next_line(BODY);
                    let line = |x, characters: Option<_>| Line { x, y, size: BODY, characters: characters.unwrap_or_default() };
                    self.place(Piece::Label(line(MARGIN, label)));
                    self.place(Piece::Line(line(ANSWER, answer)));
                }
            }
        }
        self.y += BODY * 0.4;
    }

    fn line(&mut self, x: f32, size: f32, characters: Vec<SetCharacter>) {
        let y = self.next_line(size);
        self.place(Piece::Line(Line { x, y, size, characters }));
    }

    /// The base line of the next line, on a new page if this one is full.
    fn next_line(&mut self, size: f32) -> f32 {
        if self.y + size * 1.5 > HEIGHT - MARGIN {
            self.turn();
        }
        self.y += size * 1.5;
        self.y
    }

    /// Puts a piece of the newest part on the newest page, unless there is nothing to be seen of it.
    fn place(&mut self, piece: Piece) {
        let seen = match &piece {
            Piece::Line(line) | Piece::Label(line) => !line.characters.is_empty(),
            Piece::Code(_) => true,
        };
        if let (Some(page), Some(part), true) = (self.pages.last_mut(), self.parts.len().checked_sub(1), seen) {
            page.push((part, piece));
        }
    }
}

fn foot(font: &DocumentFont, x: f32, text: &str) -> Line {
    Line { x, y: FOOT, size: SMALL, characters: font.set(text) }
}

fn width(characters: &[SetCharacter], size: f32) -> f32 {
    characters.iter().map(|set| set.width).sum::<f32>() * size
}

/// The text of a line with the glyphs that show it.
fn glyphs(characters: &[SetCharacter]) -> (String, Vec<KrillaGlyph>) {
    let mut text = String::new();
    let mut glyphs = Vec::with_capacity(characters.len());
    for set in characters {
        let begin = text.len();
        text.push(set.character);
        glyphs.push(KrillaGlyph::new(GlyphId::new(set.glyph), set.width, 0.0, 0.0, 0.0, begin..text.len(), None));
    }
    (text, glyphs)
}
