//! What strangers see of a registered item, and what they never see.

use chrono::NaiveDate;
use credit::draft::Draft;
use credit::form::{Audience, Disclosure, FormKind, Kind};
use credit::masking::masked;
use credit::public_view::{Shown, public_view};
use credit::registration::{Facts, read};

/// A sound answer of each kind; of text, one that can be told from every other.
fn answer(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Line { .. } | Kind::Paragraph { .. } => format!("内容 {name}"),
        Kind::Date => "2026-03-05".to_owned(),
        Kind::Year => "2025".to_owned(),
        Kind::Whole { .. } | Kind::Money(_) => "1234".to_owned(),
        Kind::Choice(answers) => answers[0].value.to_owned(),
        Kind::Tick => "yes".to_owned(),
        Kind::CreditCode => "91310120FXXY000194".to_owned(),
        Kind::WebAddress => "https://www.example.cn".to_owned(),
        Kind::Files => String::new(),
    }
}

fn seen(kind: FormKind, disclosure: Disclosure) -> Vec<(&'static str, Shown)> {
    let form = kind.form();
    let answers = form.fields.iter().map(|field| (field.name.to_owned(), answer(field.name, field.kind)));
    let disclosures = form.fields.iter().map(|field| (field.disclosure_name(), disclosure.name().to_owned()));
    let draft = Draft::typed(form, answers.chain(disclosures));
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    let (content, _) = read(kind, &draft, &Facts::default(), today);
    public_view(form, &content).into_iter().map(|(field, shown)| (field.name, shown)).collect()
}

#[test]
fn unless_the_enterprise_chooses_only_public_fields_are_seen() {
    for kind in FormKind::ALL {
        for (name, _) in seen(*kind, Disclosure::Hidden) {
            assert_eq!(kind.form().field(name).expect("declared").audience, Audience::Public, "{name}");
        }
    }
}

#[test]
fn what_is_for_the_platform_only_is_never_seen_whatever_was_sent() {
    for kind in FormKind::ALL {
        for disclosure in [Disclosure::Range, Disclosure::Full] {
            for (name, _) in seen(*kind, disclosure) {
                assert_ne!(kind.form().field(name).expect("declared").audience, Audience::Platform, "{name}");
            }
        }
    }
}

#[test]
fn a_chosen_number_is_seen_as_a_range_or_in_full() {
    let find = |disclosure| seen(FormKind::Operations, disclosure).into_iter().find(|(name, _)| *name == "revenue");
    assert_eq!(find(Disclosure::Hidden), None);
    let range = Shown::Range { low: "1000".to_owned(), high: "10000".to_owned() };
    assert_eq!(find(Disclosure::Range), Some(("revenue", range)));
    assert_eq!(find(Disclosure::Full), Some(("revenue", Shown::Full("1234".to_owned()))));
}

#[test]
fn money_and_counterparties_are_hidden_until_chosen() {
    for kind in FormKind::ALL {
        for field in kind.form().fields {
            let party = field.name.starts_with("party_") || field.name.starts_with("beneficiary");
            if matches!(field.kind, Kind::Money(_)) || party {
                assert_ne!(field.audience, Audience::Public, "{}", field.name);
            }
            if field.kind == Kind::Files {
                assert_eq!(field.audience, Audience::Platform, "files are never public");
            }
        }
    }
}

#[test]
fn persons_numbers_are_masked_and_other_numbers_are_not() {
    // Made up: born in 1900, no living person has them.
    let cases = [
        ("负责人 310120190001010010", "负责人 310120********0010"),
        ("31012019000101007X。", "310120********007X。"),
        ("电话13800000001转8", "电话138****0001转8"),
        ("138 0000 0002", "138 **** 0002"),
        ("138-0000-0003，下班后打", "138-****-0003，下班后打"),
        ("+8613800000004", "+86138****0004"),
        ("+86 138 0000 0004", "+86 138 **** 0004"),
        ("2026-11-24 13800000005", "2026-11-24 138****0005"),
        ("310120 19000101 0010", "310120 ******** 0010"),
        ("310120-1900-0101-007x", "310120-****-****-007x"),
        ("1500-2000-3000 万元，2026-11-24", "1500-2000-3000 万元，2026-11-24"),
        ("JY13101200000000", "JY13101200000000"),
        ("91310120FXXY000194", "91310120FXXY000194"),
        ("310120190001010011", "310120190001010011"),
        ("99999999999", "99999999999"),
        ("没有数字", "没有数字"),
    ];
    for (text, shown) in cases {
        assert_eq!(masked(text), shown);
    }
}
