//! What everyone may see: in step with the filings, until the last day, and found by name and code.

use chrono::NaiveDate;
use credit::enterprise::Enterprise;
use credit::filing::Happening;
use credit::form::FormKind;
use credit::lookup::Lookup;
use credit::pledge::{Pledge, Purpose};
use credit::registration::Terms;
use futures_util::future::join_all;
use server::storage::publications::PublishedItem;
use server::storage::{Acceptance, Applied, NewFiling};

use crate::places::Store;
use crate::samples::{MINUTE, NOON, begun, enterprise, event, file_ids, filed, filing_of, granted};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-24")
}

fn named(name: &str) -> Enterprise {
    Enterprise { name: name.to_owned(), ..enterprise() }
}

fn published(until: Option<&str>) -> Happening {
    Happening::Published { until: until.map(str::to_owned) }
}

fn stopped() -> Happening {
    Happening::PublicationStopped { reason: "企业申请".to_owned() }
}

async fn happens(store: &Store, filing: &NewFiling, happening: Happening) {
    assert_eq!(store.apply_event(&event(&filing.id, happening)).await.unwrap(), Applied::Applied);
}

/// A filing that was granted and is published until a day.
async fn public(store: &Store, enterprise: &Enterprise, until: Option<&str>) -> NewFiling {
    let filing = filed(store, enterprise).await;
    happens(store, &filing, granted()).await;
    happens(store, &filing, published(until)).await;
    filing
}

async fn items(store: &Store, enterprise: &Enterprise, today: NaiveDate) -> Vec<PublishedItem> {
    store.public_items(&enterprise.code, FormKind::Licence, None, today, 100).await.unwrap()
}

/// The names found for what was typed, all on one page.
async fn found(store: &Store, typed: &str) -> Vec<String> {
    let found = store.look_up(&Lookup::parse(typed).unwrap(), None, today(), 100).await.unwrap();
    assert_eq!(found.next, None);
    found.enterprises.into_iter().map(|enterprise| enterprise.name).collect()
}

pub async fn an_item_is_public_from_its_publication_to_its_stop(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let owner = &filing.enterprise;
    happens(&store, &filing, granted()).await;
    assert_eq!(items(&store, owner, today()).await, []);
    assert_eq!(store.public_enterprise(&owner.code).await.unwrap(), None, "what was never public is nobody's business");
    happens(&store, &filing, published(None)).await;
    let shown = items(&store, owner, today()).await;
    assert_eq!(shown.len(), 1);
    assert_eq!((&shown[0].content, shown[0].registered_at), (&filing.content, filing.filed_at));
    assert_eq!((shown[0].item.published_at, shown[0].item.last_day), (NOON + 20 * MINUTE, None));
    assert!(store.is_public(&filing.id, today()).await.unwrap());
    assert_eq!(store.public_enterprise(&owner.code).await.unwrap().as_ref(), Some(owner));
    assert_eq!(found(&store, owner.code.as_str()).await, [owner.name.as_str()]);
    happens(&store, &filing, stopped()).await;
    assert_eq!(items(&store, owner, today()).await, []);
    assert!(!store.is_public(&filing.id, today()).await.unwrap());
    assert!(found(&store, owner.code.as_str()).await.is_empty());
    assert_eq!(store.public_enterprise(&owner.code).await.unwrap().as_ref(), Some(owner), "it is still known");
    happens(&store, &filing, published(Some("2027-01-01"))).await;
    assert_eq!(items(&store, owner, today()).await[0].item.last_day, Some(day("2027-01-01")));
}

pub async fn without_the_authorisation_nothing_is_public(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let pledge = Pledge { version: "1".into(), text: "真实".into(), purposes: vec![Purpose::Evaluate, Purpose::Report] };
    let filing = NewFiling { pledge, ..filing_of(&draft) };
    assert_eq!(store.accept(&filing, 1, &file_ids(&draft)).await.unwrap(), Acceptance::Accepted);
    happens(&store, &filing, granted()).await;
    happens(&store, &filing, published(None)).await;
    assert!(!store.is_public(&filing.id, today()).await.unwrap());
    assert_eq!(store.public_enterprise(&filing.enterprise.code).await.unwrap(), None);
    assert!(found(&store, "奉贤").await.is_empty());
}

pub async fn the_last_day_is_shown_and_the_next_is_not(store: Store) {
    let filing = public(&store, &enterprise(), Some("2026-11-24")).await;
    let owner = &filing.enterprise;
    let look = async |day| store.look_up(&Lookup::parse("某某食品").unwrap(), None, day, 10).await.unwrap().enterprises.len();
    assert_eq!((items(&store, owner, today()).await.len(), look(today()).await), (1, 1));
    let next = day("2026-11-25");
    assert_eq!((items(&store, owner, next).await.len(), look(next).await), (0, 0));
    assert!(!store.is_public(&filing.id, next).await.unwrap());
    // A later last day of the same publication.
    happens(&store, &filing, published(Some("2027-11-24"))).await;
    assert_eq!((items(&store, owner, next).await.len(), look(next).await), (1, 1));
}

pub async fn a_part_of_a_name_is_found_however_it_is_typed(store: Store) {
    for name in ["上海奉贤东方精密（机械）有限公司", "ＡＢＣ贸易(上海)有限公司", "上海方东食品厂"]
    {
        public(&store, &named(name), None).await;
    }
    assert_eq!(found(&store, "东方").await, ["上海奉贤东方精密（机械）有限公司"]);
    assert_eq!(found(&store, "精密机械").await, ["上海奉贤东方精密（机械）有限公司"], "brackets are forgiven");
    assert_eq!(found(&store, " a b c ").await, ["ＡＢＣ贸易(上海)有限公司"]);
    assert_eq!(found(&store, "厂").await, ["上海方东食品厂"]);
    assert_eq!(found(&store, "上").await.len(), 3);
    assert_eq!(found(&store, "上海有限公司").await, ["ＡＢＣ贸易(上海)有限公司"]);
    // All its pairs are there, but not one after the other.
    public(&store, &named("东方红方案"), None).await;
    assert!(found(&store, "红方红").await.is_empty());
    for nothing in ["北京", "东方食品", "'; DROP TABLE filings; --"] {
        assert!(found(&store, nothing).await.is_empty(), "{nothing}");
    }
}

pub async fn the_beginning_of_a_code_finds_those_that_begin_so(store: Store) {
    let owners = [named("甲厂"), named("乙厂")];
    for owner in &owners {
        public(&store, owner, None).await;
    }
    let code = owners[0].code.as_str();
    assert_eq!(found(&store, code).await, ["甲厂"]);
    assert_eq!(found(&store, &code.to_lowercase()).await, ["甲厂"]);
    assert_eq!(found(&store, &code[..13]).await.len(), 2, "their codes differ in the last characters");
    assert!(found(&store, "9232").await.is_empty());
    // Digits in a name are found too, where no code begins so.
    public(&store, &named("1024信息技术"), None).await;
    assert_eq!(found(&store, "1024").await, ["1024信息技术"]);
}

pub async fn pages_follow_each_other_without_gap_or_repetition(store: Store) {
    let mut owners: Vec<Enterprise> = (0..150).map(|n| named(&format!("上海第{n}号示例厂"))).collect();
    for owner in &owners {
        public(&store, owner, None).await;
    }
    owners.sort_by(|a, b| a.code.cmp(&b.code));
    for typed in ["厂", "示例", "上海第", &owners[0].code.as_str()[..13]] {
        let (mut seen, mut after, mut pages) = (Vec::new(), None::<String>, 0);
        loop {
            let page = store.look_up(&Lookup::parse(typed).unwrap(), after.as_deref(), today(), 20).await.unwrap();
            assert!(page.enterprises.len() <= 20);
            seen.extend(page.enterprises);
            pages += 1;
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        assert_eq!(seen, owners, "{typed}");
        assert_eq!(pages, 8, "{typed}");
    }
}

pub async fn items_are_listed_latest_first_page_by_page(store: Store) {
    let owner = enterprise();
    for _ in 0..5 {
        public(&store, &owner, None).await;
    }
    let all = items(&store, &owner, today()).await;
    assert_eq!(all.len(), 5);
    assert!(all.windows(2).all(|two| two[0].number > two[1].number));
    let first = store.public_items(&owner.code, FormKind::Licence, None, today(), 3).await.unwrap();
    let second = store.public_items(&owner.code, FormKind::Licence, Some(first[2].number), today(), 3).await.unwrap();
    assert_eq!([first, second].concat(), all);
    assert_eq!(store.public_items(&owner.code, FormKind::Contract, None, today(), 3).await.unwrap(), []);
}

pub async fn an_enterprise_is_found_under_its_newest_name_only(store: Store) {
    let old = named("上海旧名贸易行");
    public(&store, &old, None).await;
    let renamed = Enterprise { name: "上海新名贸易行".to_owned(), ..old.clone() };
    let draft = begun(&store, &renamed).await;
    let filing = NewFiling { filed_at: NOON + 600 * MINUTE, ..filing_of(&draft) };
    assert_eq!(store.accept(&filing, 1, &file_ids(&draft)).await.unwrap(), Acceptance::Accepted);
    happens(&store, &filing, granted()).await;
    happens(&store, &filing, published(None)).await;
    assert_eq!(found(&store, "新名").await, ["上海新名贸易行"]);
    assert!(found(&store, "旧名").await.is_empty());
    assert_eq!(found(&store, "贸易").await, ["上海新名贸易行"]);
    // One that was filed before and is published only now does not bring the old name back.
    public(&store, &old, None).await;
    assert_eq!(found(&store, "贸易").await, ["上海新名贸易行"]);
    assert_eq!(items(&store, &old, today()).await.len(), 3);
}

pub async fn publications_of_one_enterprise_at_once_are_all_counted(store: Store) {
    let owner = enterprise();
    let mut filings = Vec::new();
    for n in 0..12 {
        let filing = filed(&store, &owner).await;
        happens(&store, &filing, granted()).await;
        filings.push((filing, format!("20{}-01-01", 30 + n)));
    }
    join_all(filings.iter().map(|(filing, until)| happens(&store, filing, published(Some(until))))).await;
    assert_eq!(items(&store, &owner, today()).await.len(), 12);
    let look = async |day| store.look_up(&Lookup::parse("某某").unwrap(), None, day, 10).await.unwrap().enterprises.len();
    assert_eq!(look(day("2041-01-01")).await, 1, "the last day of all is the enterprise's");
    assert_eq!(look(day("2041-01-02")).await, 0);
}

pub async fn other_terms_move_the_last_days_and_the_same_terms_do_nothing(store: Store) {
    let draft = begun(&store, &enterprise()).await;
    let content = [("title", "供货合同"), ("ends_on", "2025-06-30")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let filing = NewFiling { kind: FormKind::Contract, content: content.into(), ..filing_of(&draft) };
    assert_eq!(store.accept(&filing, 1, &file_ids(&draft)).await.unwrap(), Acceptance::Accepted);
    happens(&store, &filing, granted()).await;
    happens(&store, &filing, published(None)).await;
    let last_day = async || {
        let items = store.public_items(&filing.enterprise.code, FormKind::Contract, None, today(), 9).await.unwrap();
        items.first().map(|item| item.item.last_day.unwrap())
    };
    assert_eq!(last_day().await, Some(day("2027-06-30")), "by default two years after the contract's end");
    store.use_terms(Terms { contract_years: 5, ..Terms::default() }).await.unwrap();
    assert_eq!(last_day().await, Some(day("2030-06-30")));
    store.use_terms(Terms { contract_years: 5, ..Terms::default() }).await.unwrap();
    assert_eq!(last_day().await, Some(day("2030-06-30")));
    store.use_terms(Terms { contract_years: 1, ..Terms::default() }).await.unwrap();
    assert_eq!(last_day().await, None);
    assert!(found(&store, "某某").await.is_empty(), "the index has moved with it");
}
