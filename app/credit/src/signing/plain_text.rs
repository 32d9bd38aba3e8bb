//! What may stand in a text that is signed: only what can be seen.

use crate::normal_text::{is_right_to_left, is_unseen};

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
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => false,
        c => is_unseen(c) || is_right_to_left(c) || c.is_control(),
    }
}
