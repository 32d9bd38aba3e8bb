//! The four groups of voluntary registration: what holds, what does not, and that a field is declared once.

use chrono::NaiveDate;
use credit::credit_code::CreditCode;
use credit::draft::Draft;
use credit::form::{FormKind, Kind};
use credit::problem::Fault;
use credit::registration::{Content, Facts, Terms, last_day, parse};

const OWN: &str = "91310120FXXY000194";
const OTHER: &str = "91310120FXXY00027Y";

fn today() -> NaiveDate {
    day("2026-11-23")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn code(text: &str) -> CreditCode {
    CreditCode::parse(text).expect("a made-up code of the tests")
}

type Answers<'a> = &'a [(&'a str, &'a str)];
type Found = Result<Content, Vec<(&'static str, Fault)>>;

fn judge(kind: FormKind, answers: &[(&str, &str)], changes: &[(&str, &str)]) -> Found {
    let sound = answers.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    let draft = Draft::typed(kind.form(), sound.chain(changes).map(|(name, answer)| (*name, *answer)));
    let attachments = vec![credit::attachment::Attachment {
        id: "f1".to_owned(),
        name: "证明.pdf".to_owned(),
        state: credit::attachment::FileState::Kept {
            sha256: "00".repeat(32),
            media_type: credit::attachment::MediaType::Pdf,
            bytes: 10,
        },
    }];
    let facts = Facts { attachments, enterprise: Some(code(OWN)) };
    parse(kind, &draft, &facts, today())
        .map_err(|problems| problems.into_iter().map(|problem| (problem.field.name, problem.fault)).collect())
}

const OPERATIONS: &[(&str, &str)] = &[("year", "2025"), ("business", "预制菜生产"), ("revenue", "1,234.5")];

const CONTRACT: &[(&str, &str)] = &[
    ("number", "HT-2026-001"),
    ("title", "食堂餐饮服务合同"),
    ("type", "commercial"),
    ("party_a", "上海示例餐饮有限公司"),
    ("party_a_code", OWN),
    ("party_b", "上海示例制造有限公司"),
    ("party_b_code", OTHER),
    ("subject", "食堂餐饮服务"),
    ("amount", "120"),
    ("signed_on", "2026-01-05"),
    ("ends_on", "2026-12-31"),
    ("performance", "under_way"),
];

const PUBLIC_GOOD: &[(&str, &str)] =
    &[("category", "donation"), ("project", "暑期助学"), ("beneficiary", "某小学"), ("done_on", "2026-07-01"), ("amount", "5000")];

#[test]
fn sound_drafts_of_every_group_hold() {
    for (kind, answers) in [(FormKind::Operations, OPERATIONS), (FormKind::Contract, CONTRACT), (FormKind::PublicGood, PUBLIC_GOOD)]
    {
        let content = judge(kind, answers, &[]).unwrap_or_else(|found| panic!("{kind:?}: {found:?}"));
        assert!(answers.iter().all(|(name, _)| content.contains_key(*name)), "{kind:?}: everything that was answered is there");
    }
    assert_eq!(judge(FormKind::Operations, OPERATIONS, &[]).expect("sound")["revenue"], "1234.5");
}

#[test]
fn each_fault_is_found_at_its_field() {
    let year = Fault::Year { first: 2000, last: 2026 };
    let cases: Vec<(FormKind, Answers<'_>, Answers<'_>, (&str, Fault))> = vec![
        (FormKind::Operations, OPERATIONS, &[("year", "2027")], ("year", year.clone())),
        (FormKind::Operations, OPERATIONS, &[("year", "去年")], ("year", year.clone())),
        (FormKind::Operations, OPERATIONS, &[("year", "1999年")], ("year", year)),
        (FormKind::Operations, OPERATIONS, &[("revenue", "1.2E+05")], ("revenue", Fault::Exponent)),
        (FormKind::Operations, OPERATIONS, &[("business", "9.13101E+17")], ("business", Fault::Exponent)),
        (FormKind::Contract, CONTRACT, &[("party_a_code", "9.13101E+17")], ("party_a_code", Fault::Exponent)),
        (
            FormKind::Contract,
            CONTRACT,
            &[("party_a_code", "92310120FXXY00035N")],
            ("party_a_code", Fault::NotAParty { own: code(OWN) }),
        ),
        (FormKind::Contract, CONTRACT, &[("party_b_code", OWN)], ("party_b_code", Fault::SameParty)),
        (FormKind::Contract, CONTRACT, &[("signed_on", "2026-11-24")], ("signed_on", Fault::InFuture { today: today() })),
        (
            FormKind::Contract,
            CONTRACT,
            &[("ends_on", "2026-01-04")],
            ("ends_on", Fault::Before { other: credit::registration::contract::SIGNED_ON.label, day: day("2026-01-05") }),
        ),
        (
            FormKind::Contract,
            CONTRACT,
            &[("breach_by", "party_b"), ("breach", "迟延交货"), ("breach_basis", "双方确认")],
            ("breach_state", Fault::NotChosen),
        ),
        (FormKind::PublicGood, PUBLIC_GOOD, &[("done_on", "2026-11-24")], ("done_on", Fault::InFuture { today: today() })),
    ];
    for (kind, answers, changes, expected) in cases {
        let found = judge(kind, answers, changes).expect_err("it does not hold");
        assert!(found.contains(&expected), "{changes:?}: {found:?}");
    }
}

#[test]
fn how_much_is_public_is_kept_only_where_it_can_be_chosen() {
    let chosen = [("revenue.public", "range"), ("business.public", "full"), ("year.public", "full"), ("tax.public", "full")];
    let content = judge(FormKind::Operations, OPERATIONS, &chosen).expect("sound");
    assert_eq!(content.get("revenue.public").map(String::as_str), Some("range"));
    assert_eq!(content.keys().filter(|name| name.ends_with(".public")).count(), 1, "{content:?}");
}

#[test]
fn items_without_an_end_of_their_own_are_shown_for_the_configured_years() {
    let terms = Terms { operations_years: 1, contract_years: 2 };
    let last = |kind, answers: &[(&str, &str)]| last_day(kind, &judge(kind, answers, &[]).expect("sound"), terms);
    assert_eq!(last(FormKind::Operations, OPERATIONS), Some(day("2026-12-31")));
    assert_eq!(last(FormKind::Contract, CONTRACT), Some(day("2028-12-31")));
    assert_eq!(last(FormKind::PublicGood, PUBLIC_GOOD), None);
}

#[test]
fn names_of_fields_and_answers_are_fit_for_urls_columns_and_the_wire() {
    let fit = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    for kind in FormKind::ALL {
        let form = kind.form();
        assert_eq!(form.kind, *kind);
        assert!(form.fields.iter().any(|field| field.name == form.named_by.name), "{kind:?}: items have a name");
        assert_eq!(form.fields.iter().filter(|field| field.kind == Kind::Files).count(), 1, "{kind:?}");
        for (at, field) in form.fields.iter().enumerate() {
            assert!(fit(field.name), "{}", field.name);
            assert!(!field.label.zh.is_empty() && !field.label.en.is_empty(), "{}", field.name);
            assert!(form.fields[..at].iter().all(|other| other.name != field.name && other.label != field.label), "{}", field.name);
        }
    }
}
