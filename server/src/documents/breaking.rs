//! Where lines end.

use super::fonts::SetCharacter;

/// Signs that may not begin a line in Chinese.
const NOT_FIRST: &str = "，。、；：！？）》〉」』】”’·,.;:!?)]}%";

/// Breaks a text into lines of at most `most` (in parts of the font's size): after a blank where Latin words stand, between
/// any two Chinese characters, and never before a closing sign.
pub(super) fn broken(characters: Vec<SetCharacter>, most: f32) -> Vec<Vec<SetCharacter>> {
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
