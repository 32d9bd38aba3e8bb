//! What people paste is made plain before it is read: width, invisible characters, outer space.

/// Makes one character plain: full-width forms (`Ａ`, `９`, `－`) become their ASCII twins, every kind of
/// blank becomes a space, and characters that cannot be seen become nothing.
///
/// Letters with a meaning of their own, Chinese punctuation such as `（）`, `，` and `。` among them,
/// stay as they are only in [`normal_line`]; codes and dates use [`normal_code`], which folds them.
fn plain(c: char) -> Option<char> {
    match c {
        '\u{2028}' | '\u{2029}' => Some(' '),
        c if is_unseen(c) => None,
        '\t' | '\n' | '\r' | '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Some(' '),
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// Whether a character cannot be seen or changes the direction of others: zero width, direction marks, soft hyphen, byte
/// order mark, fillers, selectors of variants, tags, and what has no meaning of its own. Nobody means them.
pub fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
        | '\u{FDD0}'..='\u{FDEF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFC}' | '\u{FFFE}' | '\u{FFFF}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D159}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a character belongs to a script that is written from right to left. What holds one is shown in another order than
/// it is stored in.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}')
}

/// The place of the first control character, from 1; blanks, line breaks and tabulators are none here. In most answers it is
/// taken out unseen; where a text is signed, it is told.
///
/// ```
/// assert_eq!(credit::normal_text::control_character("依法\u{7}经营"), Some(3));
/// assert_eq!(credit::normal_text::control_character("依法\t经营\r\n"), None);
/// ```
pub fn control_character(typed: &str) -> Option<usize> {
    typed.chars().position(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')).map(|before| before + 1)
}

/// Half-width twin of a full-width ASCII character.
fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

/// One line of ordinary text: full-width digits and letters become half-width, blanks in a row become
/// one, nothing invisible stays, and the ends are trimmed. Chinese punctuation is kept.
///
/// ```
/// assert_eq!(credit::normal_text::normal_line(" ＩＳＯ　９００１\u{200B} 认证（A）"), "ISO 9001 认证（A）");
/// ```
pub fn normal_line(typed: &str) -> String {
    let folded = typed.chars().filter_map(plain).map(|c| match half_width(c) {
        half if half.is_ascii_alphanumeric() => half,
        _ => c,
    });
    join_blanks(folded)
}

/// A code, number or date: as [`normal_line`], and every full-width sign becomes ASCII too.
///
/// ```
/// assert_eq!(credit::normal_text::normal_code("２０２６－０３－０５ "), "2026-03-05");
/// ```
pub fn normal_code(typed: &str) -> String {
    join_blanks(typed.chars().filter_map(plain).map(half_width))
}

/// Several lines: as [`normal_line`] for each, with line breaks kept and blank lines at the ends dropped.
pub fn normal_paragraph(typed: &str) -> String {
    let lines: Vec<String> = typed.lines().map(normal_line).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

fn join_blanks(chars: impl Iterator<Item = char>) -> String {
    let mut text = String::new();
    for c in chars {
        if c == ' ' && (text.is_empty() || text.ends_with(' ')) {
            continue;
        }
        text.push(c);
    }
    text.truncate(text.trim_end().len());
    text
}
