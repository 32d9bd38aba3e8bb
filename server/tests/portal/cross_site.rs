//! Posts from other sites: refused on every route, and nothing changes.

use std::collections::BTreeSet;

use reqwest::Method;

use crate::browser::{Answer, Browser};
use crate::imports::{TABLE, imported};
use crate::licence::{SOUND, filed, filing_of, id_of, page_in_state, page_of, press_over, sound_draft, ticked};
use crate::multipart;
use crate::world::World;

/// Every route that takes something. The router's own list is compared with this one.
const ROUTES: &[(&str, &str)] = &[
    ("POST", "/preferences"),
    ("POST", "/sign-out"),
    ("POST", "/enterprise"),
    ("POST", "/drafts"),
    ("PUT", "/drafts/{draft}"),
    ("POST", "/drafts/{draft}"),
    ("POST", "/drafts/{draft}/deletion"),
    ("POST", "/drafts/{draft}/filing"),
    ("POST", "/drafts/{draft}/letter"),
    ("POST", "/drafts/{draft}/record"),
    ("POST", "/drafts/{draft}/signature"),
    ("POST", "/drafts/{draft}/signature-request"),
    ("POST", "/drafts/{draft}/template"),
    ("PATCH", "/drafts/{draft}/uploads/{upload}"),
    ("DELETE", "/drafts/{draft}/uploads/{upload}"),
    ("POST", "/drafts/{draft}/versions"),
    ("POST", "/filings/{filing}/authorisations/publish/withdrawal"),
    ("POST", "/filings/{filing}/correction"),
    ("POST", "/filings/{filing}/entry-withdrawal"),
    ("POST", "/filings/{filing}/handling-number"),
    ("POST", "/filings/{filing}/progress"),
    ("POST", "/filings/{filing}/refilling"),
    ("POST", "/filings/{filing}/revocation"),
    ("POST", "/filings/{filing}/withdrawal"),
    ("POST", "/notices/confirmation"),
    ("POST", "/notices/reading"),
    ("POST", "/notices/settings"),
    ("POST", "/notices/settings/removal"),
    ("POST", "/registrations/{kind}/import"),
    ("POST", "/imports/{import}/closure"),
    ("POST", "/imports/{import}/drafts"),
    ("POST", "/imports/{import}/filing"),
    ("POST", "/imports/{import}/rows/{line}"),
    ("POST", "/receipts/held"),
    ("POST", "/receipts/held/standing"),
    ("POST", "/repairs"),
    ("POST", "/repairs/filing"),
    ("POST", "/sessions/ending"),
    ("POST", "/signing-keys"),
    ("POST", "/signing-keys/{key}/revocation"),
    ("POST", "/signing-keys/{key}/trial"),
    ("POST", "/verify"),
    ("POST", "/verify/code"),
];

async fn ask(browser: &Browser, method: &str, path: &str, form: &[(&str, &str)], from: &[(&str, &str)]) -> Answer {
    let mut request = browser.request(Method::from_bytes(method.as_bytes()).unwrap(), path);
    for (name, value) in from {
        request = request.header(*name, *value);
    }
    let request = match method {
        "PUT" => request.header("content-type", "application/x-www-form-urlencoded").body("version=2&title=foreign"),
        _ if path.starts_with("/drafts/") && path.split('/').count() == 3 => request
            .header("content-type", multipart::media_type())
            .body(multipart::body(&[("version", "2"), ("title", "foreign")], &[])),
        _ => {
            let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
            request.header("content-type", "application/x-www-form-urlencoded").body(body)
        }
    };
    browser.send(request).await
}

pub async fn a_post_from_another_site_is_refused_on_every_route(world: World) {
    let foreign: [&[(&str, &str)]; 5] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
    ];
    let browser = world.browser_of("legal-representative").await;
    let filing = filed(&browser).await;
    page_in_state(&browser, &filing, "平台已收到，等待受理").await;
    let draft = sound_draft(&browser).await;
    press_over(&browser, &draft, "1", SOUND.split_last().unwrap().1, "save", &[]).await;
    let review = page_of(&browser, &format!("{draft}/review")).await;
    let (version, files) = (review.version(), review.hidden("files"));
    let rival = page_of(&browser, &format!("{draft}/versions")).await.hidden("rival");
    let mut form = ticked(&version, &files, &[]);
    form.retain(|(name, _)| *name != "action");
    form.extend([
        ("rival", rival.as_str()),
        ("action", "other"),
        ("kind", "licence"),
        ("lang", "en"),
        ("enterprise", "91310120FXXY000194"),
    ]);
    let import = imported(&browser, "operations", "经营.csv", TABLE).await;
    let place = |route: &str| {
        route.replace("{draft}", &id_of(&draft)).replace("{filing}", &id_of(&filing)).replace("{import}", &id_of(&import))
    };
    for (method, route) in ROUTES {
        for from in foreign {
            let answer = ask(&browser, method, &place(route), &form, from).await;
            let page = answer.page_of(403);
            assert_eq!(page.h1(), "这次提交不是从本网站发出的", "{method} {route} {from:?}");
            assert!(!answer.headers.contains_key("set-cookie"), "{method} {route}");
        }
    }
    let page = page_of(&browser, &draft).await;
    assert_eq!((page.lang().as_str(), page.typed("title").as_str(), page.version()), ("zh-CN", "食品经营许可证", version.clone()));
    page.must_say("这份草稿在另一个窗口也被修改过");
    assert_eq!(
        page_of(&browser, "/filings").await.links().iter().filter(|link| link.starts_with("/drafts/")).count(),
        2,
        "one draft, two links"
    );
    page_of(&browser, &import).await.must_say("2 行没有错误，待处理");
    assert_eq!(page_of(&browser, &filing).await.state(), "平台已收到，等待受理");
    assert_eq!(browser.get(&filing_of(&draft)).await.status, 404);
    // The very same posts from a page of ours do something: they were refused for where they came from.
    let own = [("origin", world.base.as_str()), ("sec-fetch-site", "same-origin")];
    assert_eq!(
        ask(&browser, "POST", &place("/drafts/{draft}/filing"), &form, &own).await.location(),
        format!("{}?filed=1", filing_of(&draft))
    );
    ask(&browser, "POST", "/sign-out", &[], &own).await.location();
    assert_eq!(browser.get("/filings").await.status, 303);
}

pub async fn a_browser_too_old_to_say_where_it_posts_from_is_served(world: World) {
    let browser = world.browser_of("legal-representative").await;
    let answer = ask(&browser, "POST", "/drafts", &[("kind", "licence")], &[("origin", &world.base)]).await;
    assert!(answer.location().starts_with("/drafts/"));
}

pub async fn the_list_of_posts_is_that_of_the_router(_: World) {
    let router = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/router.rs")).unwrap();
    let people = router.split("fn machines").next().unwrap();
    let routes: BTreeSet<String> = people
        .split(".route(")
        .skip(1)
        .filter(|route| ["post(", "put(", "patch(", "delete("].iter().any(|verb| route.contains(verb)))
        .map(|route| route.split('"').nth(1).unwrap().replace("{purpose}", "publish"))
        .collect();
    let listed = |route: &str| {
        route.replace("{draft}", "{id}").replace("{filing}", "{id}").replace("{import}", "{id}").replace("{key}", "{id}")
    };
    let listed: BTreeSet<String> = ROUTES.iter().map(|(_, route)| listed(route)).collect();
    assert_eq!(routes, listed);
}
