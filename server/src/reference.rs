//! The number people use for a filing.

/// Letters and digits that nobody takes for one another: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
const LETTERS: &[u8; 23] = b"34679ACDEFGHJKMNPQRTWXY";
const DRAWN: u8 = LETTERS.len() as u8;

/// A fresh number such as `K7M4-9TQX-3RAD`: 12 of 23 characters, 54 bits.
pub fn fresh_reference() -> String {
    let mut text = String::with_capacity(14);
    let mut drawn = 0;
    while drawn < 12 {
        let mut byte = [0; 1];
        getrandom::fill(&mut byte).expect("the operating system gives randomness");
        // 253 is the largest multiple of 23 in a byte: what lies above is drawn again, so that all are equally likely.
        if byte[0] >= 253 {
            continue;
        }
        if drawn > 0 && drawn % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(LETTERS[usize::from(byte[0] % DRAWN)]));
        drawn += 1;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_has_three_groups_of_four_without_look_alikes() {
        for _ in 0..200 {
            let reference = fresh_reference();
            let groups: Vec<&str> = reference.split('-').collect();
            assert_eq!(groups.len(), 3, "{reference}");
            assert!(groups.iter().all(|group| group.len() == 4), "{reference}");
            assert!(!reference.contains(['0', 'O', '1', 'I', 'L', '2', 'Z', '5', 'S', '8', 'B', 'U', 'V']), "{reference}");
        }
    }

    #[test]
    fn two_references_differ() {
        assert_ne!(fresh_reference(), fresh_reference());
    }
}
