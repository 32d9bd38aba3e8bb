//! Sets a paper as a PDF on A4: headings, rows, paragraphs, page numbers, and an outline with each section. The text can be
//! selected and searched.

use app::paper::{Block, Paper};
use krilla::Document;
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::text::{GlyphId, KrillaGlyph};

use super::fonts::{DocumentFont, SetCharacter};
use super::qr::{Squares, squares};

// A4 and its margins, in points.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 56.0;
const FOOT: f32 = HEIGHT - 34.0;
/// Where answers begin beside their labels.
const ANSWER: f32 = MARGIN + 140.0;

/// The side of a QR code: 3.5 cm.
const CODE: f32 = 99.0;

const TITLE: f32 = 20.0;
const SECTION: f32 = 15.0;
const HEADING: f32 = 12.0;
const BODY: f32 = 10.5;
const SMALL: f32 = 8.5;

/// Signs that may not begin a line in Chinese.
const NOT_FIRST: &str = "，。、；：！？）》〉」』】”’·,.;:!?)]}%";

/// One line at its place.
struct Line {
    x: f32,
    y: f32,
    size: f32,
    characters: Vec<SetCharacter>,
}

/// One page: its lines, and the QR codes on it.
#[derive(Default)]
struct SetPage {
    lines: Vec<Line>,
    codes: Vec<Squares>,
}

/// Pages under way: what stands where, before anything is written.
struct Setter<'a> {
    font: &'a DocumentFont,
    pages: Vec<SetPage>,
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
    let mut setter = Setter { font, pages: vec![SetPage::default()], y: MARGIN };
    setter.text(MARGIN, TITLE, &paper.title);
    setter.blocks(&paper.opening);
    let mut outline = Outline::new();
    for section in &paper.sections {
        setter.turn();
        let here = XyzDestination::new(setter.pages.len() - 1, Point::from_xy(0.0, 0.0));
        outline.push_child(OutlineNode::new(section.heading.clone(), here));
        setter.text(MARGIN, SECTION, &section.heading);
        setter.blocks(&section.blocks);
    }
    let count = setter.pages.len();
    for (number, SetPage { mut lines, codes }) in (1..).zip(setter.pages) {
        lines.push(foot(font, MARGIN, &paper.foot));
        let page_number = foot(font, 0.0, &format!("{number} / {count}"));
        lines.push(Line { x: WIDTH - MARGIN - width(&page_number.characters, SMALL), ..page_number });
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or("the page has no size")?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for line in lines {
            let (text, glyphs) = glyphs(&line.characters);
            surface.draw_glyphs(Point::from_xy(line.x, line.y), &glyphs, font.font.clone(), &text, line.size, false);
        }
        for path in codes.iter().filter_map(Squares::path) {
            surface.draw_path(&path);
        }
        surface.finish();
        page.finish();
    }
    document.set_outline(outline);
    document.set_metadata(metadata.title(paper.title.clone()).language(paper.lang.to_owned()));
    document.finish().map_err(|error| format!("the PDF cannot be written: {error:?}"))
}

impl Setter<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(heading) => {
                    self.y += HEADING;
                    self.text(MARGIN, HEADING, heading);
                }
                Block::Text(text) => self.text(MARGIN, BODY, text),
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

    fn text(&mut self, x: f32, size: f32, text: &str) {
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
        if let (Some(page), Some(squares)) = (self.pages.last_mut(), squares(coded, Point::from_xy(MARGIN, top + BODY), CODE)) {
            page.codes.push(squares);
        }
        self.text(MARGIN + CODE + BODY, BODY, words);
        self.text(MARGIN + CODE + BODY, SMALL, coded);
        self.y = self.y.max(top + CODE + BODY);
    }

    /// Label and answer side by side; a long one goes on below itself, over to the next page if need be.
    fn row(&mut self, label: &str, answer: &str) {
        let labels = broken(self.font.set(label), (ANSWER - MARGIN - BODY) / BODY);
        let answers: Vec<_> =
            answer.lines().flat_map(|line| broken(self.font.set(line), (WIDTH - MARGIN - ANSWER) / BODY)).collect();
        let (mut labels, mut answers) = (labels.into_iter(), answers.into_iter());
        loop {
            match (labels.next(), answers.next()) {
                (None, None) => break,
                (label, answer) => {
                    let y = self.next_line(BODY);
                    for (x, characters) in [(MARGIN, label), (ANSWER, answer)] {
                        self.place(Line { x, y, size: BODY, characters: characters.unwrap_or_default() });
                    }
                }
            }
        }
        self.y += BODY * 0.4;
    }

    fn line(&mut self, x: f32, size: f32, characters: Vec<SetCharacter>) {
        let y = self.next_line(size);
        self.place(Line { x, y, size, characters });
    }

    /// The base line of the next line, on a new page if this one is full.
    fn next_line(&mut self, size: f32) -> f32 {
        if self.y + size * 1.5 > HEIGHT - MARGIN {
            self.turn();
        }
        self.y += size * 1.5;
        self.y
    }

    fn place(&mut self, line: Line) {
        if let Some(page) = self.pages.last_mut()
            && !line.characters.is_empty()
        {
            page.lines.push(line);
        }
    }
}

fn foot(font: &DocumentFont, x: f32, text: &str) -> Line {
    Line { x, y: FOOT, size: SMALL, characters: font.set(text) }
}

fn width(characters: &[SetCharacter], size: f32) -> f32 {
    characters.iter().map(|set| set.width).sum::<f32>() * size
}

/// Breaks a text into lines of at most `most` (in parts of the font's size): after a blank where Latin words stand, between
/// any two Chinese characters, and never before a closing sign.
fn broken(characters: Vec<SetCharacter>, most: f32) -> Vec<Vec<SetCharacter>> {
    let mut lines = Vec::new();
    let mut rest = characters.as_slice();
    while !rest.is_empty() {
        let mut sum = 0.0;
        let fitting = rest.iter().take_while(|set| {
            sum += set.width;
            sum <= most
        });
        let fitting = fitting.count().max(1);
        let end =
            if fitting == rest.len() { fitting } else { (1..=fitting).rev().find(|at| may_break(rest, *at)).unwrap_or(fitting) };
        lines.push(rest[..end].to_vec());
        rest = &rest[end..];
    }
    lines
}

fn may_break(characters: &[SetCharacter], at: usize) -> bool {
    let (before, after) = (characters[at - 1].character, characters[at].character);
    let latin = |c: char| c.is_ascii_graphic();
    !NOT_FIRST.contains(after) && after != ' ' && !(latin(before) && latin(after))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> Vec<SetCharacter> {
        text.chars()
            .map(|character| SetCharacter { character, glyph: 0, width: if character.is_ascii() { 0.5 } else { 1.0 } })
            .collect()
    }

    fn lines(text: &str, most: f32) -> Vec<String> {
        broken(set(text), most).into_iter().map(|line| line.into_iter().map(|set| set.character).collect()).collect()
    }

    #[test]
    fn lines_break_where_a_reader_expects_it() {
        assert_eq!(lines("企业信用自助服务", 3.0), ["企业信", "用自助", "服务"]);
        assert_eq!(lines("企业信，用", 3.0), ["企业", "信，用"]);
        assert_eq!(lines("to be or not", 3.0), ["to be ", "or not"]);
        assert_eq!(lines("JY13101200000001", 3.0), ["JY1310", "120000", "0001"]);
        assert_eq!(lines("号JY1310一", 3.0), ["号", "JY1310", "一"]);
        assert_eq!(lines("", 3.0), Vec::<String>::new());
    }
}
