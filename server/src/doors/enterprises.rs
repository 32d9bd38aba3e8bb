//! What everyone may look up: enterprises, and what they have made public. Nobody need be signed in.

use std::sync::Arc;

use app::components::public_item::ItemEntry;
use app::pages::enterprises::{Outcome, enterprises};
use app::pages::public_commitment::CommitmentEntry;
use app::pages::public_enterprise::{Absent, Group, PublicEnterprise, absent, public_enterprise};
use app::shell::Page;
use app::wording::Lang;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use credit::credit_code::CreditCode;
use credit::enterprise::Enterprise;
use credit::form::FormKind;
use credit::hexadecimal;
use credit::lookup::Lookup;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::answer::{Answer, Refusal, encode, page};
use super::commitments::entry;
use super::public_json::{self, EnterpriseJson, FaultJson};
use crate::portal::Portal;
use crate::storage::commitments::CommitmentSearch;
use crate::storage::publications::PublishedItem;
use crate::visitor::Visitor;

/// Enterprises on one page of results.
const FOUND_ON_A_PAGE: usize = 20;
/// Items of each group on the page that shows all groups.
const OF_EACH_GROUP: i64 = 10;
/// Items on a page of one group.
const OF_ONE_GROUP: i64 = 50;
/// Commitments on the page of an enterprise.
const NEWEST: i64 = 5;

/// What is looked for, and where in the results.
#[derive(Deserialize)]
pub struct Question {
    q: Option<String>,
    after: Option<String>,
}

/// `GET /enterprises`
pub async fn search(
    State(portal): State<Arc<Portal>>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(question): Query<Question>,
) -> Answer {
    let Some(typed) = question.q else { return Ok(answer(&visitor, &headers, |lang| enterprises("", Outcome::Unasked, lang))) };
    let lookup = match Lookup::parse(&typed) {
        Ok(lookup) => lookup,
        Err(why) => return Ok(answer(&visitor, &headers, |lang| enterprises(&typed, Outcome::Problem(why), lang))),
    };
    let after = question.after.filter(|after| !after.is_empty());
    let found = portal.storage.look_up(&lookup, after.as_deref(), portal.clock.today(), FOUND_ON_A_PAGE).await?;
    let here = format!("/enterprises?q={}", encode(&typed));
    let next = found.next.map(|code| format!("{here}&after={code}"));
    let outcome = Outcome::Found { enterprises: found.enterprises, next, first: after.map(|_| here) };
    Ok(answer(&visitor, &headers, |lang| enterprises(&typed, outcome, lang)))
}

/// Which part of an enterprise's items.
#[derive(Deserialize)]
pub struct Part {
    group: Option<String>,
    before: Option<i64>,
}

/// `GET /enterprises/{code}` and, the same as data, `GET /enterprises/{code}.json`.
pub async fn show(
    State(portal): State<Arc<Portal>>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(name): Path<String>,
    Query(part): Query<Part>,
) -> Answer {
    let (typed, as_data) = match name.strip_suffix(".json") {
        Some(code) => (code, true),
        None => (name.as_str(), false),
    };
    let Ok(code) = CreditCode::parse(typed) else { return Ok(missing(&visitor, Absent::NoCode, as_data)) };
    if code.as_str() != typed {
        // However it was typed, there is one address.
        return Err(Refusal::Onward(format!("/enterprises/{code}{}", if as_data { ".json" } else { "" })));
    }
    let kind = match part.group.as_deref() {
        None => None,
        Some(name) => Some(FormKind::registration(name).ok_or(Refusal::NotFound)?),
    };
    let Some(enterprise) = portal.storage.public_enterprise(&code).await? else {
        return Ok(missing(&visitor, Absent::Unknown, as_data));
    };
    let groups = groups(&portal, &code, kind, part.before).await?;
    if as_data {
        let json = public_json::enterprise(&enterprise, groups, portal.clock.today(), &portal.config.public_url);
        return Ok(data(&headers, &json));
    }
    let commitments = match kind {
        None => newest_commitments(&portal, &code).await?,
        Some(_) => (0, Vec::new()),
    };
    let shown = PublicEnterprise { commitments, ..shown(enterprise, groups, kind, part.before) };
    Ok(answer(&visitor, &headers, |lang| public_enterprise(shown, lang)))
}

/// The items of one group, and where there are more of it.
pub(super) struct Items {
    pub kind: FormKind,
    pub items: Vec<PublishedItem>,
    /// The number before which the rest stands; none: there is no more.
    pub rest: Option<Option<i64>>,
}

/// The groups that have something, in the order of the forms.
async fn groups(portal: &Portal, code: &CreditCode, kind: Option<FormKind>, before: Option<i64>) -> Result<Vec<Items>, Refusal> {
    let (kinds, before, most) = match &kind {
        Some(kind) => (std::slice::from_ref(kind), before, OF_ONE_GROUP),
        None => (FormKind::ALL, None, OF_EACH_GROUP),
    };
    let mut groups = Vec::new();
    for one in kinds {
        let mut items = portal.storage.public_items(code, *one, before, portal.clock.today(), most + 1).await?;
        let more = items.len() as i64 > most;
        items.truncate(usize::try_from(most).unwrap_or_default());
        // From the page of all groups one goes to the beginning of one: its pages are longer.
        let rest = more.then(|| kind.and(items.last().map(|last| last.number)));
        if !items.is_empty() {
            groups.push(Items { kind: *one, items, rest });
        }
    }
    Ok(groups)
}

/// How many commitments of it are public, and the newest of them.
async fn newest_commitments(portal: &Portal, code: &CreditCode) -> Result<(i64, Vec<CommitmentEntry>), Refusal> {
    let today = portal.clock.today();
    let count = portal.storage.count_public_commitments(code, today).await?;
    let search = CommitmentSearch { enterprises: Some(vec![code.clone()]), ..CommitmentSearch::default() };
    let found = if count == 0 { Vec::new() } else { portal.storage.find_commitments(&search, None, today, NEWEST).await? };
    Ok((count, found.into_iter().map(|one| entry(one, today)).collect()))
}

/// The address of a group of an enterprise, from a number on.
pub(super) fn group_path(code: &CreditCode, ending: &str, kind: FormKind, before: Option<i64>) -> String {
    let before = before.map(|number| format!("&before={number}")).unwrap_or_default();
    format!("/enterprises/{code}{ending}?group={}{before}", kind.name())
}

fn shown(enterprise: Enterprise, groups: Vec<Items>, kind: Option<FormKind>, before: Option<i64>) -> PublicEnterprise {
    let code = &enterprise.code;
    let data = match kind {
        Some(kind) => group_path(code, ".json", kind, before),
        None => format!("/enterprises/{code}.json"),
    };
    let latest = kind.filter(|_| before.is_some()).map(|kind| group_path(code, "", kind, None));
    let groups = groups.into_iter().map(|Items { kind, items, rest }| Group {
        more: rest.map(|before| group_path(code, "", kind, before)),
        kind,
        items: items
            .into_iter()
            .map(|PublishedItem { number, kind, content, registered_at, item }| ItemEntry {
                number,
                kind,
                content,
                registered_at,
                item,
            })
            .collect(),
    });
    PublicEnterprise { groups: groups.collect(), data, one_group: kind.is_some(), latest, commitments: (0, Vec::new()), enterprise }
}

fn missing(visitor: &Visitor, why: Absent, as_data: bool) -> Response {
    if as_data {
        let mut response = (StatusCode::NOT_FOUND, Json(FaultJson::of(why))).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        return response;
    }
    page(&visitor.frame, StatusCode::NOT_FOUND, |lang| absent(why, lang))
}

/// A page that is the same for everyone who brings no cookie: it may be kept, if it is asked each time whether it still
/// holds, so that what is withdrawn is gone at once. With a cookie it may name who is signed in.
pub(super) fn answer(visitor: &Visitor, headers: &HeaderMap, make: impl FnOnce(Lang) -> Page) -> Response {
    if headers.contains_key(header::COOKIE) {
        return page(&visitor.frame, StatusCode::OK, make);
    }
    let html = app::render(&visitor.frame, || make(visitor.frame.lang));
    to_be_asked_again(headers, "text/html; charset=utf-8", html.into_bytes())
}

fn data(headers: &HeaderMap, json: &EnterpriseJson) -> Response {
    let body = serde_json::to_vec_pretty(json).unwrap_or_default();
    to_be_asked_again(headers, "application/json; charset=utf-8", body)
}

/// Something that may be kept, if it is asked each time whether it still holds.
pub(super) fn to_be_asked_again(headers: &HeaderMap, kind: &'static str, body: Vec<u8>) -> Response {
    let digest = Sha256::digest(&body);
    // Weak: the compression of the same page may differ.
    let tag = format!("W/\"{}\"", hexadecimal::write(&digest[..12]));
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let unchanged = known.flat_map(|value| value.split(',')).any(|known| known.trim() == tag);
    let mut response = if unchanged { StatusCode::NOT_MODIFIED.into_response() } else { body.into_response() };
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    set.insert(header::VARY, HeaderValue::from_static("cookie"));
    set.insert(header::ETAG, HeaderValue::try_from(tag).unwrap_or(HeaderValue::from_static("")));
    response
}
