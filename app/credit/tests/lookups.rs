//! What is found under what people type.

use credit::lookup::{Lookup, MOST_CHARACTERS, Unsearchable, grams, grams_to_find, name_key};
use proptest::prelude::*;

#[test]
fn width_case_blanks_and_signs_are_forgiven() {
    let same = [
        ("ＡＢＢ（中国）有限公司", "abb(中国)有限公司"),
        ("上海 奉贤\u{3000}某某\u{200B}公司", "上海奉贤某某公司"),
        ("阿里·巴巴", "阿里巴巴"),
        ("Ａ-1　工厂", "a1工厂"),
        ("７天", "7天"),
    ];
    for (one, other) in same {
        assert_eq!(name_key(one), name_key(other), "{one}");
    }
    assert_ne!(name_key("上海奉贤"), name_key("上海奉閑"));
}

#[test]
fn what_can_be_the_beginning_of_a_code_is_looked_for_as_one() {
    let code = |typed: &str| Lookup::parse(typed).expect(typed).code;
    assert_eq!(code("9131").as_deref(), Some("9131"));
    assert_eq!(code("91310120fxxy000194").as_deref(), Some("91310120FXXY000194"));
    assert_eq!(code("９１３１-0120 ＭＡ").as_deref(), Some("91310120MA"));
    for no_code in ["913", "91AB0120", "91310120O", "上海9131", "91310120FXXY0001940", "tech"] {
        assert_eq!(code(no_code), None, "{no_code}");
    }
}

#[test]
fn nothing_and_too_much_cannot_be_looked_for() {
    for blank in ["", " 　", "（）", "--", "\u{200B}"] {
        assert_eq!(Lookup::parse(blank), Err(Unsearchable::Blank), "{blank:?}");
    }
    assert_eq!(Lookup::parse(&"上".repeat(MOST_CHARACTERS + 1)), Err(Unsearchable::TooLong));
    assert!(Lookup::parse(&"上".repeat(MOST_CHARACTERS)).is_ok());
}

#[test]
fn a_name_is_entered_by_characters_and_pairs_and_looked_for_by_pairs() {
    let texts = |set: std::collections::BTreeSet<String>| set.into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(texts(grams("上海上海")), "上 上海 海 海上");
    assert_eq!(texts(grams_to_find("上海人")), "上海 海人");
    assert_eq!(texts(grams_to_find("上")), "上");
    assert!(grams("").is_empty() && grams_to_find("").is_empty());
}

proptest! {
    #[test]
    fn whatever_part_of_a_name_is_typed_all_its_pieces_are_in_the_index(name in "\\PC{1,30}", from in 0_usize..30, length in 1_usize..30) {
        let key = name_key(&name);
        let part: String = key.chars().skip(from).take(length).collect();
        prop_assume!(!part.is_empty());
        let lookup = Lookup::parse(&part).expect("it is not blank");
        prop_assert!(grams_to_find(&lookup.name).is_subset(&grams(&key)), "{part} of {key}");
    }

    #[test]
    fn a_key_is_its_own_key(name in "\\PC{0,30}") {
        let key = name_key(&name);
        prop_assert_eq!(name_key(&key), key);
    }
}
