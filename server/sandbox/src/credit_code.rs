//! The check digit of the unified social credit code (统一社会信用代码, GB 32100-2015).

const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Whether the code has 18 characters of the standard's alphabet and the right last one.
pub(crate) fn holds(code: &str) -> bool {
    let Some((last, body)) = code.as_bytes().split_last() else {
        return false;
    };
    body.len() == 17 && check_character(body) == Some(*last)
}

/// The last character: the weights are the powers of three, modulo 31.
fn check_character(body: &[u8]) -> Option<u8> {
    let mut sum = 0;
    let mut weight = 1;
    for character in body {
        let value = ALPHABET.iter().position(|known| known == character)?;
        sum = (sum + value * weight) % 31;
        weight = weight * 3 % 31;
    }
    ALPHABET.get((31 - sum) % 31).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enterprises;

    #[test]
    fn every_sample_enterprise_has_a_valid_code() {
        for enterprise in enterprises::ALL {
            assert!(holds(enterprise.credit_code), "{}", enterprise.credit_code);
        }
    }

    #[test]
    fn a_wrong_check_digit_a_wrong_letter_or_a_wrong_length_fails() {
        for code in ["91310120FXXY000190", "91310120FXXY00019I", "91310120FXXY00019", "", "９１３"] {
            assert!(!holds(code), "{code}");
        }
    }
}
