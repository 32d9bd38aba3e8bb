//! GB 32100-2015: worked examples, and what the check character catches.

use credit::credit_code::{CreditCode, InvalidCreditCode};
use proptest::prelude::*;

/// Made-up codes of every kind of subject, computed by the standard's rule.
const WORKED_EXAMPLES: [&str; 11] = [
    "91310120FXXY000194",
    "91310120FXXY00027Y",
    "92310120FXXY00035N",
    "93310120FXXY00043E",
    "12310120FXXY00051L",
    "11310120FXXY0006XF",
    "51310120FXXY00078B",
    "52310120FXXY000863",
    "31310000FXXY00094Y",
    "81310120FXXY00107K",
    "N2310120FXXY00115W",
];

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

#[test]
fn every_worked_example_is_a_code() {
    for code in WORKED_EXAMPLES {
        assert_eq!(CreditCode::parse(code).map(|code| code.to_string()), Ok(code.to_owned()));
    }
}

#[test]
fn what_is_wrong_is_named() {
    let cases = [
        ("91310120FXXY000190", InvalidCreditCode::Check),
        ("91310120FXXY00019", InvalidCreditCode::Length(17)),
        ("91310120FXXY0001944", InvalidCreditCode::Length(19)),
        ("", InvalidCreditCode::Length(0)),
        ("91310120FXXYO00194", InvalidCreditCode::Character { place: 13, found: 'O' }),
        ("9131012AFXXY000194", InvalidCreditCode::Character { place: 8, found: 'A' }),
        ("91310120FXXY00019企", InvalidCreditCode::Character { place: 18, found: '企' }),
    ];
    for (typed, wrong) in cases {
        assert_eq!(CreditCode::parse(typed), Err(wrong), "{typed}");
    }
}

#[test]
fn every_single_slip_and_every_swap_of_neighbours_is_caught() {
    let code = "91310120FXXY000194";
    let mut slips = 0;
    for place in 0..18 {
        for letter in ALPHABET.chars() {
            let mut slipped: Vec<char> = code.chars().collect();
            if slipped[place] == letter {
                continue;
            }
            slipped[place] = letter;
            assert!(CreditCode::parse(&slipped.iter().collect::<String>()).is_err(), "{slipped:?}");
            slips += 1;
        }
    }
    assert_eq!(slips, 540);
    let mut swaps = 0;
    for place in 0..17 {
        let mut swapped: Vec<char> = code.chars().collect();
        if swapped[place] == swapped[place + 1] {
            continue;
        }
        swapped.swap(place, place + 1);
        assert!(CreditCode::parse(&swapped.iter().collect::<String>()).is_err(), "{swapped:?}");
        swaps += 1;
    }
    assert_eq!(swaps, 14);
}

proptest! {
    #[test]
    fn width_case_blanks_and_hyphens_are_forgiven(at in 0..WORKED_EXAMPLES.len(), style in 0..4_u8) {
        let code = WORKED_EXAMPLES[at];
        let typed: String = match style {
            0 => code.to_lowercase(),
            1 => code.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).expect("a full-width twin")).collect(),
            2 => format!("\u{3000}{} {}-{}\u{200B}", &code[..6], &code[6..12], &code[12..]),
            _ => format!("{code}\r\n"),
        };
        let read = CreditCode::parse(&typed);
        prop_assert_eq!(read.as_ref().map(CreditCode::as_str), Ok(code));
    }

    #[test]
    fn whatever_is_typed_gives_an_answer(typed in ".{0,40}") {
        if let Ok(code) = CreditCode::parse(&typed) {
            prop_assert_eq!(CreditCode::parse(code.as_str()), Ok(code));
        }
    }
}
