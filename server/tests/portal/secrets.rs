//! Nothing private stands in any public answer: planted secrets are looked for in all of them.

use serde_json::json;

use crate::browser::{Answer, Browser};
use crate::licence::{begin, id_of, page_of, press};
use crate::pledging::{drafted, published, sign};
use crate::public_side::{MACHINERY, filed_as, once_public, publish};
use crate::world::{MINUTE, World};

/// Numbers that stand nowhere else.
const HIDDEN_NUMBERS: &[&str] = &["83217", "73219", "64738", "77665", "55443"];

const LICENCE: &[(&str, &str)] = &[
    ("category", "permit"),
    ("title", "PUBLIC-LICENCE"),
    ("number", "联系人证件 11010519491231002X"),
    ("scope", "电话 13800000001"),
    ("issuer", "上海市奉贤区市场监督管理局"),
    ("issued_on", "2025-03-05"),
    ("no_end", "yes"),
];

const OPERATIONS: &[(&str, &str)] = &[
    ("year", "2025"),
    ("business", "PUBLIC-BUSINESS"),
    ("employees", "83217"),
    ("insured", "73219"),
    ("insured.public", ""),
    ("revenue", "5678.125"),
    ("revenue.public", "range"),
    ("tax", "91827"),
    ("tax.public", "full"),
    ("research", "64738"),
];

const CONTRACT: &[(&str, &str)] = &[
    ("number", "SECRET-NUMBER"),
    ("title", "PUBLIC-CONTRACT"),
    ("type", "commercial"),
    ("party_a", "SECRET-PARTY-A"),
    ("party_a_code", MACHINERY),
    ("party_b", "PUBLIC-PARTY-B"),
    ("party_b.public", "full"),
    ("party_b_code", "91310120FXXY00027Y"),
    ("subject", "PUBLIC-SUBJECT"),
    ("amount", "77665"),
    ("signed_on", "2025-03-05"),
    ("ends_on", "2026-12-31"),
    ("performance", "performed"),
    ("place", "SECRET-PLACE"),
    ("breach_by", "party_b"),
    ("breach", "SECRET-BREACH"),
    ("breach_basis", "SECRET-BASIS"),
    ("breach_state", "settled"),
    ("note", "SECRET-NOTE"),
    // A disclosure of what is for the platform only counts for nothing.
    ("note.public", "full"),
];

const PUBLIC_GOOD: &[(&str, &str)] = &[
    ("category", "donation"),
    ("project", "PUBLIC-PROJECT"),
    ("beneficiary", "SECRET-BENEFICIARY"),
    ("beneficiary_code", "91310120FXXY00027Y"),
    ("done_on", "2026-03-05"),
    ("amount", "55443"),
    ("people", "120"),
    ("receipt", "SECRET-RECEIPT"),
];

pub async fn no_public_answer_holds_a_secret(world: World) {
    let owner = world.browser_of("legal-representative").await;
    let mut filings = Vec::new();
    for (kind, answers) in [("licence", LICENCE), ("operations", OPERATIONS), ("contract", CONTRACT), ("public_good", PUBLIC_GOOD)]
    {
        let filing = filed_as(&owner, kind, answers, &["SECRET-FILE.pdf"], &["publish", "evaluate", "report"]).await;
        publish(&world, &filing, json!({ "until": null })).await;
        filings.push(filing);
    }
    // What is not published, not authorised, or only begun.
    let mut unpublished: Vec<(&str, &str)> =
        LICENCE.iter().filter(|(name, _)| !matches!(*name, "title" | "number")).copied().collect();
    unpublished.extend([("title", "SECRET-UNPUBLISHED"), ("number", "1")]);
    filings.push(filed_as(&owner, "licence", &unpublished, &["a.pdf"], &["publish"]).await);
    let unauthorised: Vec<_> =
        unpublished.iter().map(|(name, value)| (*name, if *name == "title" { "SECRET-UNAUTHORISED" } else { value })).collect();
    let filing = filed_as(&owner, "licence", &unauthorised, &["a.pdf"], &["evaluate", "report"]).await;
    publish(&world, &filing, json!({ "until": null })).await;
    filings.push(filing);
    let draft = begin(&owner).await;
    press(&owner, &draft, &[("title", "SECRET-DRAFT")], "save", &[]).await;
    let stranger = world.browser();
    once_public(&stranger, "PUBLIC-PROJECT").await;
    let (commitments, code) = commitments(&world, &owner).await;
    filings.extend(commitments);

    let mut secrets: Vec<String> = ["SECRET", "江大海", "甘路过", "legal-representative", "11010519491231002X", "13800000001"]
        .into_iter()
        .chain(HIDDEN_NUMBERS.iter().copied())
        .map(str::to_owned)
        .collect();
    secrets.push("91310120FXXY00027Y".into());
    secrets.push(id_of(&draft));
    for filing in &filings {
        let page = page_of(&owner, filing).await;
        secrets.extend([id_of(filing), page.answer_to("申报编号"), page.answer_to("平台回执号")]);
    }
    let places: Vec<_> = public_places().into_iter().chain(places_of_commitments(&code)).collect();
    for lang in ["zh-CN", "en"] {
        // Asking for all of this is more than one minute's worth.
        world.clock.advance(10 * MINUTE);
        let visitor = world.browser();
        visitor.set_cookie("lang", lang);
        let (mut seen, mut pledged) = (0, 0);
        for (place, status) in &places {
            let answer = visitor.get(place).await;
            assert_eq!(answer.status, *status, "{place}: {}", answer.text());
            holds_no_secret(&answer, &secrets);
            seen += usize::from(answer.text().contains("PUBLIC-LICENCE"));
            pledged += usize::from(answer.text().contains("PUBLIC-PREMISES"));
        }
        assert!(seen >= 4, "the pages with items were among them: {seen}");
        assert!(pledged >= 6, "and those with commitments: {pledged}");
    }
    what_was_chosen_is_there(&stranger).await;
    refusals_hold_no_secret(&world, &secrets).await;
}

/// A public commitment that an agent prepared, one that is not published, and one that only waits for a signature; gives the
/// filings, and the code of the public one.
async fn commitments(world: &World, owner: &Browser) -> (Vec<String>, String) {
    let agent = world.browser_of("agent-without-mandate").await;
    let answers = |premises| [("blank.premises", premises), ("blank.manager", "SECRET-MANAGER"), ("blank.checks", "2")];
    let draft = drafted(&agent, "fire-safety", &answers("PUBLIC-PREMISES 电话 13800000001")).await;
    let public = sign(owner, &draft).await;
    let code = published(world, owner, &public, json!({ "until": null })).await;
    let unpublished = sign(owner, &drafted(owner, "fire-safety", &answers("SECRET-PREMISES")).await).await;
    drafted(&agent, "fire-safety", &answers("SECRET-PREMISES")).await;
    (vec![public, unpublished], code)
}

fn places_of_commitments(code: &str) -> Vec<(String, u16)> {
    let mut places: Vec<(String, u16)> = [
        ("/commitments", 200),
        ("/commitments?q=%E7%B2%BE%E5%AF%86", 200),
        ("/commitments?q=zzz&kind=voluntary", 200),
        ("/commitments?code=x&from=x", 200),
        ("/commitments?kind=x", 404),
        ("/commitments.json", 200),
        ("/commitments.json?q=%E7%B2%BE%E5%AF%86", 200),
        ("/commitments.json?code=x", 400),
        ("/commitments.json?kind=x", 404),
        ("/commitments/all.csv", 200),
        ("/commitments/all.ndjson", 200),
        ("/commitments/feed.atom", 200),
        ("/commitments/none", 404),
        ("/commitments/31012020990101000001.json", 404),
    ]
    .map(|(place, status)| (place.to_owned(), status))
    .into();
    places.extend(["", ".json"].map(|ending| (format!("/commitments/{code}{ending}"), 200)));
    places
}

/// Every kind of public address, with the status of its answer.
fn public_places() -> Vec<(String, u16)> {
    let mut places: Vec<(String, u16)> = [
        ("/", 200),
        ("/enterprises", 200),
        ("/enterprises?q=", 200),
        ("/enterprises?q=%E7%B2%BE", 200),
        ("/enterprises?q=%E7%B2%BE%E5%AF%86&after=0", 200),
        ("/enterprises?q=91310120", 200),
        ("/enterprises?q=zzz", 200),
        ("/enterprises?q=PUBLIC-LICENCE", 200),
        ("/enterprises/91310120FXXY00035K", 404),
        ("/enterprises/none", 404),
        ("/enterprises/none.json", 404),
        ("/nowhere", 404),
        ("/robots.txt", 200),
        ("/log/checkpoint", 200),
        ("/log/key", 200),
        ("/log/tile/nothing", 404),
    ]
    .map(|(place, status)| (place.to_owned(), status))
    .into();
    for ending in ["", ".json"] {
        places.push((format!("/enterprises/{MACHINERY}{ending}"), 200));
        places.push((format!("/enterprises/{MACHINERY}{ending}?group=nothing"), 404));
        places.push((format!("/enterprises/{MACHINERY}{ending}?before=x"), 400));
        for group in ["licence", "operations", "contract", "public_good"] {
            places.push((format!("/enterprises/{MACHINERY}{ending}?group={group}"), 200));
        }
        places.push((format!("/enterprises/{MACHINERY}{ending}?group=licence&before=999"), 200));
        places.push((format!("/enterprises/{MACHINERY}{ending}?group=licence&before=0"), 200));
    }
    places
}

#[track_caller]
fn holds_no_secret(answer: &Answer, secrets: &[String]) {
    let all = format!("{:?}\n{}", answer.headers, answer.text());
    for secret in secrets {
        assert!(!all.contains(secret.as_str()), "{} holds {secret}: {all}", answer.url);
    }
}

async fn what_was_chosen_is_there(stranger: &Browser) {
    let page = page_of(stranger, &format!("/enterprises/{MACHINERY}")).await;
    assert_eq!(page.answer_to("营业收入"), "1000 以上，不足 10000 万元");
    assert_eq!(page.answer_to("纳税总额"), "91827 万元");
    assert_eq!(page.answer_to("乙方"), "PUBLIC-PARTY-B");
    assert_eq!(page.answer_to("证照编号"), "联系人证件 110105********002X", "a person’s number is masked");
    assert_eq!(page.answer_to("等级或范围"), "电话 138****0001");
    page.must_say("120 人次");
    let data: serde_json::Value =
        serde_json::from_slice(&stranger.get(&format!("/enterprises/{MACHINERY}.json")).await.body).unwrap();
    let operations = &data["groups"][1]["items"][0]["answers"];
    let revenue = operations.as_array().unwrap().iter().find(|answer| answer["name"] == "revenue").unwrap();
    assert_eq!(revenue["range"], json!({ "from": "1000", "below": "10000" }));
    assert!(revenue.get("value").is_none(), "{revenue}");
}

async fn refusals_hold_no_secret(world: &World, secrets: &[String]) {
    let visitor = world.browser();
    let mut statuses = Vec::new();
    for _ in 0..80 {
        let answer = visitor.get(&format!("/enterprises/{MACHINERY}?group=contract")).await;
        holds_no_secret(&answer, secrets);
        statuses.push(answer.status);
    }
    assert!(statuses.contains(&429), "{statuses:?}");
}
