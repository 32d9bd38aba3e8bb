//! Amounts the way people write them: each is read rightly, or refused with the reason.

use credit::amount::InvalidAmount::{ChineseNumerals, Exponent, Grouping, Negative, TooFine, TooLarge, Unreadable};
use credit::amount::MoneyUnit::{TenThousandYuan, Yuan};
use credit::amount::{decade, parse_money, parse_whole};
use proptest::prelude::*;

#[test]
fn amounts_of_ten_thousand_yuan() {
    let cases = [
        ("1234.5", Ok("1234.5")),
        ("1,234.5", Ok("1234.5")),
        ("１，２３４．５０", Ok("1234.5")),
        (" 12 万元", Ok("12")),
        ("5000元", Ok("0.5")),
        ("1.2亿元", Ok("12000")),
        ("￥0012", Ok("12")),
        ("0", Ok("0")),
        (".5", Ok("0.5")),
        ("0.000001", Ok("0.000001")),
        ("0.01元", Ok("0.000001")),
        ("0.001元", Err(TooFine { places: 6 })),
        ("0.0000001", Err(TooFine { places: 6 })),
        ("一万", Err(ChineseNumerals)),
        ("壹佰万元", Err(ChineseNumerals)),
        ("1.2E+05", Err(Exponent)),
        ("-3", Err(Negative)),
        ("1,23", Err(Grouping)),
        ("12,3456", Err(Grouping)),
        ("1234567890123", Err(TooLarge)),
        ("约 100", Err(Unreadable)),
        ("1.2.3", Err(Unreadable)),
        ("", Err(Unreadable)),
        (".", Err(Unreadable)),
        ("元", Err(Unreadable)),
    ];
    for (typed, expected) in cases {
        assert_eq!(parse_money(typed, TenThousandYuan).as_deref().map_err(|wrong| *wrong), expected, "{typed:?}");
    }
}

#[test]
fn yuan_have_two_places_and_people_none() {
    assert_eq!(parse_money("99.99", Yuan).as_deref(), Ok("99.99"));
    assert_eq!(parse_money("99.999", Yuan), Err(TooFine { places: 2 }));
    assert_eq!(parse_money("1.5 万元", Yuan).as_deref(), Ok("15000"));
    assert_eq!(parse_whole("1,200").as_deref(), Ok("1200"));
    assert_eq!(parse_whole("12.5"), Err(TooFine { places: 0 }));
}

#[test]
fn a_range_hides_the_number_and_keeps_its_size() {
    for (number, low, high) in [("0", "0", "1"), ("0.5", "0", "1"), ("1", "1", "10"), ("999999", "100000", "1000000")] {
        assert_eq!(decade(number), (low.to_owned(), high.to_owned()), "{number}");
    }
}

proptest! {
    #[test]
    fn reading_the_normal_form_again_gives_the_same(typed in "[0-9]{1,12}(\\.[0-9]{1,6})?") {
        let normal = parse_money(&typed, TenThousandYuan).expect("a plain number");
        prop_assert_eq!(parse_money(&normal, TenThousandYuan), Ok(normal.clone()));
        prop_assert_eq!(normal.parse::<f64>().ok(), typed.parse::<f64>().ok(), "it means the same");
    }

    #[test]
    fn no_text_at_all_makes_it_panic(typed in "\\PC{0,40}") {
        let _ = parse_money(&typed, TenThousandYuan);
        let _ = parse_money(&typed, Yuan);
        let _ = parse_whole(&typed);
    }
}
