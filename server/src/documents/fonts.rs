//! The font for documents: found on the machine at run time, because a font with all Chinese characters is larger than the
//! whole program.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// Where distributions put Noto Sans CJK.
const FOLDERS: [&str; 5] = [
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-sans-cjk-fonts",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/truetype/noto",
];

/// The files that will do, each with the place of simplified Chinese in it.
const FILES: [(&str, u32); 4] = [
    ("NotoSansCJK-Regular.ttc", 2),
    ("NotoSansCJKsc-Regular.otf", 0),
    ("NotoSansSC-Regular.otf", 0),
    ("NotoSansSC-Regular.ttf", 0),
];

/// Shown for a character that the font does not have.
const MISSING: char = '□';

/// A font for documents.
#[derive(Clone)]
pub struct DocumentFont {
    /// As the PDF takes it.
    pub font: Font,
    data: Arc<Vec<u8>>,
    index: u32,
}

/// A character as it will be set: its glyph, and its width as a part of the font's size.
#[derive(Clone, Copy, Debug)]
pub struct SetCharacter {
    /// The character, or what stands for it.
    pub character: char,
    /// Its glyph.
    pub glyph: u32,
    /// Its width; of a Chinese character 1.
    pub width: f32,
}

impl DocumentFont {
    /// The font in the folder of the settings or, without one, in the usual folders. None: there is none, and no document is
    /// set here.
    pub fn find(folder: Option<&Path>) -> Option<Self> {
        let folders: Vec<PathBuf> =
            folder.map_or_else(|| FOLDERS.iter().map(PathBuf::from).collect(), |folder| vec![folder.to_owned()]);
        folders.iter().find_map(|folder| FILES.iter().find_map(|(name, index)| Self::read(&folder.join(name), *index)))
    }

    fn read(path: &Path, index: u32) -> Option<Self> {
        let data = Arc::new(std::fs::read(path).ok()?);
        FontRef::from_index(&data, index).ok()?;
        let font = Font::new(data.clone().into(), index)?;
        Some(Self { font, data, index })
    }

    /// Each character of a text as it will be set. Characters that nobody sees (tabs, line ends) become blanks; those that mean
    /// something only to whoever agreed on it are shown as missing, as PDF/A has no place for them.
    pub fn set(&self, text: &str) -> Vec<SetCharacter> {
        let Ok(font) = FontRef::from_index(&self.data, self.index) else { return Vec::new() };
        let charmap = font.charmap();
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        text.chars()
            .map(|c| match c {
                '\u{feff}' => ' ',
                c if c.is_control() => ' ',
                '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => MISSING,
                c => c,
            })
            .map(|c| charmap.map(c).map_or((MISSING, charmap.map(MISSING).unwrap_or_default()), |glyph| (c, glyph)))
            .map(|(character, glyph)| SetCharacter {
                character,
                glyph: glyph.to_u32(),
                width: metrics.advance_width(glyph).unwrap_or(1.0),
            })
            .collect()
    }
}
