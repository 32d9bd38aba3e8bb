//! What may stand in a text that is signed: only what can be seen.

/// The first character of a text that cannot be seen, or that changes the order in which others are seen: with one of those
/// people would sign something else than they read. Line feeds are allowed.
///
/// Variation selectors are allowed too: with them the rarer forms of characters in names are written, and they change no
/// meaning.
///
/// ```
/// use credit::signing::hidden_character;
/// assert_eq!(hidden_character("金额：100\n"), None);
/// assert_eq!(hidden_character("金额：\u{202e}001"), Some('\u{202e}'));
/// ```
pub fn hidden_character(text: &str) -> Option<char> {
    text.chars().find(|&c| is_hidden(c))
}

fn is_hidden(c: char) -> bool {
    match c {
        '\n' => false,
        // Soft hyphen, combining grapheme joiner, Arabic letter mark, fillers, vowel separator.
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' => true,
        // Zero width and direction marks, line and paragraph separators, embeddings and overrides.
        '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' => true,
        // Word joiner, invisible operators, isolates, deprecated controls.
        '\u{2060}'..='\u{206F}' => true,
        // Hangul fillers, byte order mark, interlinear notes, musical controls, tags.
        '\u{3164}' | '\u{FFA0}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' => true,
        '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}' => true,
        c => c.is_control(),
    }
}
