//! Texts made of lines `名称：值`, in one order, each ended by a line feed: people read them, and machines write and read them
//! in exactly one way.

use super::plain_text::hidden_character;

/// Between a line's name and its value.
const COLON: char = '：';

/// The text with these names and values. Values must be [`is_value`].
pub fn write(lines: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in lines {
        for part in [name, "：", value, "\n"] {
            text.push_str(part);
        }
    }
    text
}

/// Whether a value can stand in a line: one line, not empty, no blanks at its ends, nothing that cannot be seen.
pub fn is_value(value: &str) -> bool {
    !value.is_empty() && value.trim() == value && !value.contains('\n') && hidden_character(value).is_none()
}

/// The values of a text that has exactly these names in this order.
pub fn read<'a, const N: usize>(text: &'a str, names: [&str; N]) -> Option<[&'a str; N]> {
    let mut values = [""; N];
    let mut lines = text.strip_suffix('\n')?.split('\n');
    for (value, name) in values.iter_mut().zip(names) {
        *value = lines.next()?.strip_prefix(name)?.strip_prefix(COLON)?;
        if !is_value(value) {
            return None;
        }
    }
    lines.next().is_none().then_some(values)
}
