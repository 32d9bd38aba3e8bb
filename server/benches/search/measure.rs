//! Asks, and says how long the answers took.

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use credit::credit_code::CreditCode;
use credit::form::FormKind;
use credit::lookup::Lookup;
use server::storage::Storage;

use crate::names::enterprise;
use crate::seed::ITEMS_OF_EACH;

/// How often each kind of question is asked.
const TIMES: usize = 400;

/// As many as a page of results shows.
const ON_A_PAGE: usize = 20;

/// Asks every kind of question in turn and prints how long the answers took.
pub async fn measure(storage: &dyn Storage, items: usize) {
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
    let count = items.div_ceil(ITEMS_OF_EACH);
    let mut all = Vec::new();
    println!("    {:<44} {:>8} {:>8} {:>8} {:>8}", "ms", "p50", "p95", "p99", "most");
    for (name, question) in QUESTIONS {
        let mut took = Vec::with_capacity(TIMES);
        for nth in 0..TIMES {
            let (typed, after) = question(number(nth, count));
            let lookup = Lookup::parse(&typed).expect("it can be looked for");
            let begun = Instant::now();
            let found = storage.look_up(&lookup, after.as_deref(), today, ON_A_PAGE).await.expect("the store answers");
            took.push(begun.elapsed());
            assert!(after.is_some() || *name == NOTHING || !found.enterprises.is_empty(), "{name}: nothing found for {typed}");
        }
        print_figures(name, &mut took);
        all.extend(took);
    }
    print_figures("all look-ups", &mut all);
    let mut took = Vec::with_capacity(TIMES);
    for nth in 0..TIMES {
        let code = CreditCode::parse(&enterprise(number(nth, count)).0).expect("a code");
        let begun = Instant::now();
        storage.public_enterprise(&code).await.expect("the store answers").expect("it is there");
        let shown = storage.public_items(&code, FormKind::PublicGood, None, today, 11).await.expect("the store answers");
        took.push(begun.elapsed());
        assert_eq!(shown.len(), ITEMS_OF_EACH - 1, "one is over");
    }
    print_figures("an enterprise’s items", &mut took);
}

/// Enterprises from all over, each time the same ones.
pub fn number(nth: usize, count: usize) -> usize {
    nth.wrapping_mul(2_654_435_761) % count
}

const NOTHING: &str = "a name that nobody has, of pairs that many have";

/// What is typed, and after which code the page begins, made of an enterprise's number.
type Question = fn(usize) -> (String, Option<String>);

const QUESTIONS: &[(&str, Question)] = &[
    ("a whole name", |n| (enterprise(n).1, None)),
    ("the middle of a name (five characters)", |n| {
        let name: Vec<char> = enterprise(n).1.chars().collect();
        let middle = name.len() / 2;
        (name[middle - 2..middle + 3].iter().collect(), None)
    }),
    ("a common pair (有限)", |_| ("有限".into(), None)),
    ("a common pair, from the middle on", |n| ("有限".into(), Some(enterprise(n).0))),
    ("one character", |n| (enterprise(n).1.chars().nth(n % 8).map(String::from).unwrap_or_default(), None)),
    ("the beginning of a code", |n| (enterprise(n).0[..15].to_owned(), None)),
    ("a whole code", |n| (enterprise(n).0, None)),
    // Names have two letters after the first; with three, all pairs are there and no name is.
    (NOTHING, |n| (["海东林木石电子科技", "贤华林木石食品有限", "海云木石林餐饮管理", "湾天石林木物流有限"][n % 4].into(), None)),
];

/// Prints how long answers of one kind took.
pub fn print_figures(name: &str, took: &mut [Duration]) {
    took.sort_unstable();
    let at = |share: f64| took[((took.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1000.0;
    println!("    {name:<44} {:>8.2} {:>8.2} {:>8.2} {:>8.2}", at(0.5), at(0.95), at(0.99), at(1.0));
}
