//! Matching document numbers. There is no national format, so no pattern decides whether one is sound.

use crate::normal_text::normal_code;

/// The key by which two spellings of one document number (处罚决定书文号) are the same: any bracket is `〔〕`, full width is half
/// width, letters are capital, and blanks and 第 are left out. Never shown: a number is shown as it was given.
///
/// ```
/// use credit::record::document_key;
/// assert_eq!(document_key("市场【2019】第1号"), document_key("市场〔２０１９〕 1号"));
/// ```
pub fn document_key(number: &str) -> String {
    normal_code(number).chars().filter_map(plain).collect()
}

fn plain(c: char) -> Option<char> {
    match c {
        ' ' | '第' => None,
        '(' | '[' | '{' | '<' | '〔' | '【' | '〖' | '〈' | '《' | '「' | '『' | '﹝' | '﹙' | '❲' | '⟦' | '〘' => {
            Some('〔')
        }
        ')' | ']' | '}' | '>' | '〕' | '】' | '〗' | '〉' | '》' | '」' | '』' | '﹞' | '﹚' | '❳' | '⟧' | '〙' => {
            Some('〕')
        }
        '–' | '—' | '−' | '‐' | '‑' => Some('-'),
        c => Some(c.to_ascii_uppercase()),
    }
}
