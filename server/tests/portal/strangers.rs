//! What belongs to one enterprise does not exist for another: on every route, and without telling that it is there.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::json;

use crate::browser::{Answer, Browser};
use crate::imports::{TABLE, imported};
use crate::licence::{SOUND, file, id_of, page_in_state, page_of, press_over, sound_draft};
use crate::multipart;
use crate::signing_keys::enrolled;
use crate::world::World;

/// Every route that names a draft, a filing or the like, with the name in braces. The router's own list is compared with this
/// one and the two below.
const ROUTES: &[(&str, &str)] = &[
    ("GET", "/drafts/{draft}"),
    ("PUT", "/drafts/{draft}"),
    ("POST", "/drafts/{draft}"),
    ("GET", "/drafts/{draft}/deletion"),
    ("POST", "/drafts/{draft}/deletion"),
    ("GET", "/drafts/{draft}/files/{file}"),
    ("POST", "/drafts/{draft}/filing"),
    ("POST", "/drafts/{draft}/letter"),
    ("POST", "/drafts/{draft}/record"),
    ("GET", "/drafts/{draft}/review"),
    ("POST", "/drafts/{draft}/signature"),
    ("POST", "/drafts/{draft}/signature-request"),
    ("POST", "/drafts/{draft}/template"),
    ("HEAD", "/drafts/{draft}/uploads/{upload}"),
    ("PATCH", "/drafts/{draft}/uploads/{upload}"),
    ("DELETE", "/drafts/{draft}/uploads/{upload}"),
    ("GET", "/drafts/{draft}/versions"),
    ("POST", "/drafts/{draft}/versions"),
    ("GET", "/filings/{filing}"),
    ("GET", "/filings/{filing}/authorisations/publish/withdrawal"),
    ("POST", "/filings/{filing}/authorisations/publish/withdrawal"),
    ("GET", "/filings/{filing}/changes"),
    ("POST", "/filings/{filing}/correction"),
    ("POST", "/filings/{filing}/entry-withdrawal"),
    ("GET", "/filings/{filing}/files/{file}"),
    ("POST", "/filings/{filing}/handling-number"),
    ("GET", "/filings/{filing}/package.zip"),
    ("POST", "/filings/{filing}/progress"),
    ("POST", "/filings/{filing}/refilling"),
    ("GET", "/filings/{filing}/receipt.json"),
    ("GET", "/filings/{filing}/receipt.pdf"),
    ("GET", "/filings/{filing}/result.pdf"),
    ("GET", "/filings/{filing}/revocation"),
    ("POST", "/filings/{filing}/revocation"),
    ("GET", "/filings/{filing}/standing"),
    ("GET", "/filings/{filing}/withdrawal"),
    ("POST", "/filings/{filing}/withdrawal"),
    ("GET", "/imports/{import}"),
    ("GET", "/imports/{import}/changes"),
    ("GET", "/imports/{import}/closure"),
    ("POST", "/imports/{import}/closure"),
    ("POST", "/imports/{import}/drafts"),
    ("GET", "/imports/{import}/filing"),
    ("POST", "/imports/{import}/filing"),
    ("GET", "/imports/{import}/rows/{line}"),
    ("POST", "/imports/{import}/rows/{line}"),
    ("GET", "/imports/{import}/standing"),
    ("GET", "/records/{record}"),
    ("GET", "/records/{record}/earliest.ics"),
    ("GET", "/signing-keys/{key}/public.pem"),
    ("GET", "/signing-keys/{key}/revocation"),
    ("POST", "/signing-keys/{key}/revocation"),
    ("GET", "/signing-keys/{key}/trial"),
    ("POST", "/signing-keys/{key}/trial"),
];

/// Every route that shows or changes what is one's own, without naming it: whose it is comes from the session alone.
const OWN: &[(&str, &str)] = &[
    ("GET", "/commitments/mine"),
    ("POST", "/drafts"),
    ("GET", "/enterprise"),
    ("POST", "/enterprise"),
    ("GET", "/filings"),
    ("GET", "/notices"),
    ("POST", "/notices/reading"),
    ("GET", "/notices/settings"),
    ("POST", "/notices/settings"),
    ("POST", "/notices/settings/removal"),
    ("GET", "/overview"),
    ("GET", "/overview/everything.json"),
    ("GET", "/overview/everything.pdf"),
    ("GET", "/overview/print"),
    ("GET", "/records"),
    ("GET", "/registrations/export.csv"),
    ("GET", "/registrations/export.json"),
    ("GET", "/registrations/export.xlsx"),
    ("GET", "/registrations/{kind}"),
    ("GET", "/registrations/{kind}/import"),
    ("POST", "/registrations/{kind}/import"),
    ("GET", "/registrations/{kind}/template.csv"),
    ("GET", "/registrations/{kind}/template.xlsx"),
    ("GET", "/repairs"),
    ("POST", "/repairs"),
    ("POST", "/repairs/filing"),
    ("GET", "/sessions"),
    ("POST", "/sessions/ending"),
    ("GET", "/signing-keys"),
    ("POST", "/signing-keys"),
    ("GET", "/signing-keys/new"),
    ("GET", "/signing-keys/transfer"),
];

/// Every route that is open to everyone, people and machines: what it may show is tested where it is described.
const OPEN: &[(&str, &str)] = &[
    ("GET", "/"),
    ("GET", "/accessibility"),
    ("GET", "/assets/{file}"),
    ("GET", "/commitments"),
    ("GET", "/commitments.json"),
    ("GET", "/commitments/all.csv"),
    ("GET", "/commitments/all.ndjson"),
    ("GET", "/commitments/feed.atom"),
    ("GET", "/commitments/templates"),
    ("GET", "/commitments/templates/{template}"),
    ("GET", "/commitments/{code}"),
    ("GET", "/commitments/{code}/receipt.json"),
    ("GET", "/commitments/{code}/state.json"),
    ("GET", "/enterprises"),
    ("GET", "/enterprises/{code}"),
    ("GET", "/favicon.svg"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/help"),
    ("GET", "/log/checkpoint"),
    ("GET", "/log/growth/{old}"),
    ("GET", "/log/key"),
    ("GET", "/log/tile/{*path}"),
    ("GET", "/notices/confirmation"),
    ("POST", "/notices/confirmation"),
    ("POST", "/platform/events"),
    ("POST", "/preferences"),
    ("GET", "/privacy"),
    ("GET", "/registrations"),
    ("GET", "/robots.txt"),
    ("GET", "/sign-in"),
    ("GET", "/sign-in/callback"),
    ("POST", "/sign-out"),
    ("POST", "/receipts/held"),
    ("POST", "/receipts/held/standing"),
    ("GET", "/verify"),
    ("POST", "/verify"),
    ("POST", "/verify/code"),
];

struct Ids {
    draft: String,
    draft_file: String,
    filing: String,
    filing_file: String,
    rival: String,
    import: String,
    key: String,
    record: String,
}

impl Ids {
    fn unknown() -> Self {
        let fresh = || uuid::Uuid::now_v7().to_string();
        Self {
            draft: fresh(),
            draft_file: fresh(),
            filing: fresh(),
            filing_file: fresh(),
            rival: fresh(),
            import: fresh(),
            key: fresh(),
            record: fresh(),
        }
    }

    fn path(&self, route: &str) -> String {
        let file = if route.starts_with("/drafts") { &self.draft_file } else { &self.filing_file };
        route
            .replace("{draft}", &self.draft)
            .replace("{filing}", &self.filing)
            .replace("{file}", file)
            .replace("{import}", &self.import)
            .replace("{key}", &self.key)
            .replace("{record}", &self.record)
            .replace("{upload}", "0123456789abcdef")
            .replace("{line}", "3")
    }

    /// An answer with the ids taken out: pages name their own address, for the change of language.
    fn without(&self, text: &str) -> String {
        [&self.draft, &self.draft_file, &self.filing, &self.filing_file, &self.rival, &self.import, &self.key, &self.record]
            .into_iter()
            .fold(text.to_owned(), |text, id| text.replace(id, "ID"))
    }
}

async fn ask(browser: &Browser, method: &str, route: &str, ids: &Ids) -> Answer {
    let path = ids.path(route);
    let request = browser.request(Method::from_bytes(method.as_bytes()).unwrap(), &path);
    let request = match (method, route) {
        ("PUT", _) => request.header("content-type", "application/x-www-form-urlencoded").body("version=1&title=stolen"),
        ("PATCH", _) => request.header("upload-offset", "0").header("upload-length", "9").body("%PDF-1.7\n"),
        ("POST", "/drafts/{draft}") => {
            let fields = [("version", "1"), ("title", "stolen"), ("action", "save")];
            request
                .header("content-type", multipart::media_type())
                .body(multipart::body(&fields, &[multipart::ChosenFile::pdf("a.pdf")]))
        }
        ("POST", _) => {
            let form = format!("version=2&files={}&pledge=yes&rival={}&action=other", ids.draft_file, ids.rival);
            request.header("content-type", "application/x-www-form-urlencoded").body(form)
        }
        _ => request,
    };
    browser.send(request).await
}

pub async fn nothing_of_another_enterprise_is_there_on_any_route(world: World) {
    let owner = world.browser_of("legal-representative").await;
    let filed = sound_draft(&owner).await;
    let filed_page = page_of(&owner, &filed).await;
    let filing_file = filed_page.link(&format!("{filed}/files/"));
    let filing = file(&owner, &filed, &["publish"]).await;
    world.decide(&id_of(&filing), "submission.under_review", json!({})).await;
    world.decide(&id_of(&filing), "submission.returned", json!({ "comments": [], "note": "x" })).await;
    page_in_state(&owner, &filing, "退回补正").await;
    let draft = sound_draft(&owner).await;
    press_over(&owner, &draft, "1", SOUND.split_last().unwrap().1, "save", &[]).await;
    let page = page_of(&owner, &format!("{draft}/versions")).await;
    let last = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let ids = Ids {
        draft_file: last(&page_of(&owner, &draft).await.link(&format!("{draft}/files/"))),
        draft: id_of(&draft),
        filing: id_of(&filing),
        filing_file: last(&filing_file),
        rival: page.hidden("rival"),
        import: id_of(&imported(&owner, "operations", "经营.csv", TABLE).await),
        key: enrolled(&owner).await.0,
        // It must wait, so there is a day for a calendar.
        record: "FXR-0002".into(),
    };
    let unknown = Ids::unknown();
    // Among them one who may act for the owner too, and acts for another enterprise just now.
    for person in ["shopkeeper", "barred", "breached", "faulty-records", "two-enterprises"] {
        let stranger = world.browser_of(person).await;
        if person == "two-enterprises" {
            stranger.post("/enterprise", &[("enterprise", "93310120FXXY00043E")]).await.location();
        }
        for (method, route) in ROUTES {
            let theirs = ask(&stranger, method, route, &ids).await;
            let nobodys = ask(&stranger, method, route, &unknown).await;
            assert_eq!((theirs.status, nobodys.status), (404, 404), "{person}: {method} {route}: {}", theirs.page().text());
            assert_eq!(ids.without(&theirs.text()), unknown.without(&nobodys.text()), "{person}: {method} {route}");
            if matches!(*method, "GET" | "POST") {
                assert_eq!(theirs.page().h1(), "找不到这个页面", "{person}: {method} {route}");
            }
        }
        let desk = page_of(&stranger, "/filings").await;
        desk.must_say("没有草稿。");
        desk.must_say("还没有提交过申报。");
    }
    // Nothing of it happened: all is as the owner left it.
    let draft_page = page_of(&owner, &draft).await;
    assert_eq!(draft_page.typed("title"), "食品经营许可证");
    assert_eq!(draft_page.files().len(), 1);
    assert_eq!(page_of(&owner, &format!("{draft}/versions")).await.hidden("rival"), ids.rival);
    assert_eq!(page_of(&owner, &filing).await.state(), "退回补正");
    // Changes never end, without a font there is no certificate, and this one is not handed over by hand.
    // A licence cannot be revoked.
    let answers = |route: &str| {
        !route.ends_with("/changes")
            && route != "/filings/{filing}/revocation"
            && !route.ends_with(".pdf")
            && !route.ends_with(".zip")
    };
    for (method, route) in ROUTES.iter().filter(|(method, route)| *method == "GET" && answers(route)) {
        assert_eq!(ask(&owner, method, route, &ids).await.status, 200, "{route} is there for its owner");
    }
}

/// What the router has, by method and path.
fn of_the_router() -> BTreeSet<(&'static str, String)> {
    let router = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/router.rs")).unwrap();
    let verbs = ["get", "head", "post", "put", "patch", "delete"];
    let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
    let mut found = BTreeSet::new();
    for route in router.split(".route(").skip(1) {
        let route = route.split("\n}\n").next().unwrap().split(".fallback(").next().unwrap();
        let path = route.split('"').nth(1).unwrap();
        // It has a listener of its own, which nobody outside reaches.
        if path == "/metrics" {
            continue;
        }
        for (verb, method) in verbs.iter().zip(methods) {
            let call = format!("{verb}(");
            let named = |at: usize| route[..at].ends_with(|before: char| before.is_alphanumeric() || "_:".contains(before));
            if route.match_indices(&call).any(|(at, _)| !named(at)) {
                found.insert((method, path.to_owned()));
            }
        }
    }
    found
}

/// A route that is in no list would be walked by nobody.
pub async fn every_route_of_the_router_is_in_one_of_three_lists(_: World) {
    let walked = |route: &str| {
        let ids = ["{draft}", "{filing}", "{import}", "{key}", "{record}"];
        ids.iter().fold(route.to_owned(), |route, id| route.replace(id, "{id}")).replace("/publish/", "/{purpose}/")
    };
    let lists = [ROUTES, OWN, OPEN];
    let listed: BTreeSet<(&str, String)> =
        lists.iter().copied().flatten().map(|(method, route)| (*method, walked(route))).collect();
    assert_eq!(listed.len(), lists.iter().map(|list| list.len()).sum::<usize>(), "a route is in two lists");
    assert_eq!(of_the_router(), listed);
}

/// Only the form on these pages, or nothing at all, tells who may use them: without a session they lead to signing in.
pub async fn without_a_session_nothing_of_ones_own_is_shown_or_done(world: World) {
    for (method, route) in OWN {
        let path = route.replace("{kind}", "licence");
        let request = world.browser().request(Method::from_bytes(method.as_bytes()).unwrap(), &path);
        let form = request.header("content-type", "application/x-www-form-urlencoded").body("kind=licence");
        let answer = world.browser().send(form).await;
        if *method == "GET" {
            assert!(answer.location().starts_with("/sign-in?return_to="), "{route}");
        } else {
            // Some say first that this is not their form.
            assert!([400, 401].contains(&answer.status), "{method} {route}: {}", answer.page().text());
        }
    }
}

pub async fn without_a_session_no_route_tells_what_is_there(world: World) {
    let owner = world.browser_of("legal-representative").await;
    let draft = sound_draft(&owner).await;
    let ids = Ids { draft: id_of(&draft), ..Ids::unknown() };
    for (method, route) in ROUTES {
        let answer = ask(&world.browser(), method, route, &ids).await;
        let expected = if *method == "GET" { 303 } else { 401 };
        assert_eq!(answer.status, expected, "{method} {route}");
        if *method == "GET" {
            assert!(answer.location().starts_with("/sign-in?return_to="), "{route}");
        }
    }
    assert_eq!(page_of(&owner, &draft).await.typed("title"), "食品经营许可证");
}
