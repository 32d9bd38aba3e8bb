//! A certificate: a PDF/A-3a, tagged as PDF/UA-1 wants it, with the receipt attached to it, so that the file proves itself and
//! can be kept for good and read aloud.

use app::paper::Paper;
use chrono::{DateTime, Datelike, Timelike};
use credit::filing::Instant;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::metadata::{DateTime as PdfTime, Metadata};
use krilla::{Document, SerializeSettings};

use super::fonts::DocumentFont;
use super::pdf::written;

/// The receipt to be attached.
pub struct Attached {
    /// The file's name.
    pub name: String,
    /// The receipt, word by word.
    pub content: String,
    /// When the certificate is made.
    pub made_at: Instant,
}

/// The PDF. The receipt stands in it as it is, not compressed: so it is found by looking for how receipts begin, without a
/// reader of PDF ([`credit::bundle::Bundle::found_in`]).
///
/// # Errors
/// A sentence for the log, if it cannot be written.
pub fn pdf_with_receipt(paper: &Paper, font: &DocumentFont, receipt: Attached) -> Result<Vec<u8>, String> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish();
    let configuration = configuration.map_err(|error| format!("no such PDF: {error:?}"))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let made_at = pdf_time(receipt.made_at);
    let file = EmbeddedFile {
        path: receipt.name,
        mime_type: MimeType::new("application/json"),
        description: Some("凭证数据：核验时以此为准".to_owned()),
        association_kind: AssociationKind::Source,
        data: receipt.content.into_bytes().into(),
        modification_date: made_at,
        compress: Some(false),
        location: None,
    };
    document.embed_file(file).ok_or("the receipt cannot be attached")?;
    let metadata = made_at.map_or_else(Metadata::new, |at| Metadata::new().creation_date(at));
    written(document, metadata, paper, font)
}

/// In UTC.
fn pdf_time(at: Instant) -> Option<PdfTime> {
    let at = DateTime::from_timestamp_millis(at)?;
    let part = |number: u32| u8::try_from(number).ok();
    let day = PdfTime::new(u16::try_from(at.year()).ok()?).month(part(at.month())?).day(part(at.day())?);
    let time = day.hour(part(at.hour())?).minute(part(at.minute())?).second(part(at.second())?);
    Some(time.utc_offset_hour(0).utc_offset_minute(0))
}

#[cfg(test)]
mod tests {
    use app::paper::{Block, Section};

    use super::*;

    #[test]
    fn whatever_stands_in_it_a_certificate_keeps_to_the_rules_of_pdf_a_and_ua() {
        let Some(font) = DocumentFont::find(None) else { return };
        let odd = "\u{e000}某\u{feff}𠮷\u{f0001}\0🙂\n\t한국어 —";
        let row = |answer: &str| Block::Row("名称".to_owned(), answer.to_owned());
        let blocks = vec![
            Block::Code("https://portal.example/verify?code=31012020261125000002".to_owned(), odd.to_owned()),
            Block::Heading(odd.to_owned()),
            row(odd),
            row(""),
            Block::Text(String::new()),
            Block::Text("　　严格遵守法律。".repeat(400)),
            row(&"依法纳税，".repeat(400)),
        ];
        let paper = Paper {
            title: "受理证明".to_owned(),
            lang: "zh-CN",
            foot: odd.to_owned(),
            opening: blocks.clone(),
            sections: vec![Section { heading: odd.to_owned(), blocks }],
        };
        let attached = Attached { name: "a.json".to_owned(), content: "{}".to_owned(), made_at: 1_795_521_120_000 };
        // The library refuses what breaks a rule.
        assert_eq!(pdf_with_receipt(&paper, &font, attached).map(|pdf| pdf.starts_with(b"%PDF-1.7")), Ok(true));
    }
}
