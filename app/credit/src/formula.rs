//! Texts that a spreadsheet might take for a formula: how they are written into a table as text so that they stay texts, and
//! read again.

/// Whether a spreadsheet might take a text for a formula, or run something by it. Full-width signs count: some programs fold
/// them.
fn is_dangerous(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// A text as it is written into a cell, so that it stays a text: with an apostrophe before it where it looks like a formula.
///
/// ```
/// assert_eq!(credit::formula::defused("=1+1"), "'=1+1");
/// ```
pub fn defused(text: &str) -> String {
    if is_dangerous(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

/// What [`defused`] was made of.
pub fn fused(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_dangerous(text.trim_start_matches('\'')) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_defused_and_comes_back() {
        for text in ["=1+1", "+86", "-5", "@x", "\tx", "\rx", "'=1", "''=1", "'quoted'", "'", "", "＝1", "正常"] {
            let cell = defused(text);
            assert!(!is_dangerous(&cell), "{cell}");
            assert_eq!(fused(&cell), text);
        }
    }
}
