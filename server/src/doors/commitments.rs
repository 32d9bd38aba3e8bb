//! Public commitments: looking for them, and each at its permanent address. Nobody need be signed in.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::pages::public_commitment::{CommitmentEntry, NoCommitment, no_commitment, public_commitment};
use app::pages::public_commitments::{Problem, PublicCommitments, Results, Typed, public_commitments};
use app::wording::Lang;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use credit::commitment::CommitmentKind;
use credit::commitment::public_content::public_content;
use credit::commitment::state::CommitmentState;
use credit::credit_code::CreditCode;
use credit::date::parse_date;
use credit::lookup::Lookup;
use credit::normal_text::normal_code;
use serde::Deserialize;

use super::answer::{Answer, Refusal, encode, page};
use super::commitment_json::{PageJson, commitment};
use super::enterprises::{answer, to_be_asked_again};
use super::public_json::FaultJson;
use crate::portal::Portal;
use crate::receipting::public_receipt;
use crate::storage::commitments::{CommitmentSearch, PublicCommitment};
use crate::visitor::Visitor;

/// Commitments on one page of results.
const ON_A_PAGE: i64 = 20;
/// Commitments on one page of data.
const ON_A_PAGE_OF_DATA: i64 = 100;
/// Enterprises that a name is resolved to.
const MOST_ENTERPRISES: usize = 50;
/// Digits of a commitment's code.
const CODE_DIGITS: usize = 20;

const JSON: &str = "application/json; charset=utf-8";

/// What is looked for, and where in the results.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Question {
    q: String,
    code: String,
    kind: String,
    authority: String,
    from: String,
    to: String,
    state: String,
    before: String,
}

/// A question as it was read.
struct Asked {
    typed: Typed,
    problems: Vec<Problem>,
    lookup: Option<Lookup>,
    search: CommitmentSearch,
    before: Option<String>,
}

impl Question {
    /// # Errors
    /// [`Refusal::NotFound`] for what no form of ours asks.
    fn read(self) -> Result<Asked, Refusal> {
        fn chosen<T>(name: &str, named: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Refusal> {
            if name.is_empty() { Ok(None) } else { named(name).map(Some).ok_or(Refusal::NotFound) }
        }
        let typed = Typed {
            kind: chosen(&self.kind, CommitmentKind::named)?,
            state: chosen(&self.state, CommitmentState::named)?,
            who: self.q,
            code: self.code,
            authority: self.authority,
            from: self.from,
            to: self.to,
        };
        let mut search = CommitmentSearch {
            kind: typed.kind,
            state: typed.state,
            authority: chosen(&typed.authority, |code| CreditCode::parse(code).ok())?,
            ..CommitmentSearch::default()
        };
        let mut problems = Vec::new();
        let mut lookup = None;
        if !typed.who.trim().is_empty() {
            match Lookup::parse(&typed.who) {
                Ok(read) => lookup = Some(read),
                Err(why) => problems.push(Problem::Who(why)),
            }
        }
        let code = normal_code(&typed.code);
        if !code.is_empty() {
            if is_code(&code) {
                search.code = Some(code);
            } else {
                problems.push(Problem::Code);
            }
        }
        let mut day = |typed: &str, problem| match typed.trim() {
            "" => None,
            text => parse_date(text).map_err(|_| problems.push(problem)).ok(),
        };
        search.from = day(&typed.from, Problem::From);
        search.to = day(&typed.to, Problem::To);
        if let (Some(from), Some(to)) = (search.from, search.to)
            && to < from
        {
            problems.push(Problem::Order);
        }
        let before = Some(self.before).filter(|code| is_code(code));
        Ok(Asked { typed, problems, lookup, search, before })
    }
}

fn is_code(text: &str) -> bool {
    text.len() == CODE_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What was found, and whether a name stands for more enterprises than were looked through.
struct FoundCommitments {
    commitments: Vec<PublicCommitment>,
    /// The code before which the rest stands, if there is more.
    rest: Option<String>,
    too_many: bool,
}

impl Asked {
    async fn find(&mut self, portal: &Portal, most: i64) -> Result<FoundCommitments, Refusal> {
        let today = portal.clock.today();
        let mut too_many = false;
        if let Some(lookup) = &self.lookup {
            let found = portal.storage.look_up(lookup, None, today, MOST_ENTERPRISES).await?;
            too_many = found.next.is_some();
            self.search.enterprises = Some(found.enterprises.into_iter().map(|enterprise| enterprise.code).collect());
        }
        if self.search.enterprises.as_ref().is_some_and(Vec::is_empty) {
            return Ok(FoundCommitments { commitments: Vec::new(), rest: None, too_many });
        }
        let mut commitments = portal.storage.find_commitments(&self.search, self.before.as_deref(), today, most + 1).await?;
        let more = commitments.len() as i64 > most;
        commitments.truncate(usize::try_from(most).unwrap_or_default());
        let rest = commitments.last().filter(|_| more).map(|last| last.code.clone());
        Ok(FoundCommitments { commitments, rest, too_many })
    }

    /// The address of the same question, from a code on.
    fn address(&self, path: &str, before: Option<&str>) -> String {
        let typed = &self.typed;
        let parts = [
            ("q", typed.who.as_str()),
            ("code", &typed.code),
            ("kind", typed.kind.map_or("", CommitmentKind::name)),
            ("authority", &typed.authority),
            ("from", &typed.from),
            ("to", &typed.to),
            ("state", typed.state.map_or("", CommitmentState::name)),
            ("before", before.unwrap_or_default()),
        ];
        let query: Vec<String> = parts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }
}

/// A commitment as pages and data show it.
pub(super) fn entry(found: PublicCommitment, today: NaiveDate) -> CommitmentEntry {
    let content = public_content(&found.content);
    let valid_until = content.valid_until.as_deref().and_then(|day| parse_date(day).ok());
    CommitmentEntry {
        state: CommitmentState::of(&found.standing, valid_until, today),
        code: found.code,
        enterprise: found.enterprise,
        content,
        performance: found.standing.performance,
        revoked_at: found.revoked_at,
        published_at: found.published_at,
        shown_until: found.shown_until,
        log_number: found.log_number,
        signed: found.signed,
        listing: found.listing,
    }
}

/// The authorities that commitments can be made to, by their codes.
fn authorities(portal: &Portal, chosen: &str) -> Vec<(String, String)> {
    let offered = portal.templates.newest().map(|template| &template.authority);
    let mut all: BTreeMap<_, _> = offered.map(|authority| (authority.code.to_string(), authority.name.clone())).collect();
    if !chosen.is_empty() {
        // Of one that offers nothing any more there are commitments all the same.
        all.entry(chosen.to_owned()).or_insert_with(|| chosen.to_owned());
    }
    all.into_iter().collect()
}

/// `GET /commitments`
pub async fn search(
    State(portal): State<Arc<Portal>>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(question): Query<Question>,
) -> Answer {
    let mut asked = question.read()?;
    let today = portal.clock.today();
    let results = if asked.problems.is_empty() {
        let found = asked.find(&portal, ON_A_PAGE).await?;
        Some(Results {
            entries: found.commitments.into_iter().map(|one| entry(one, today)).collect(),
            older: found.rest.map(|code| asked.address("/commitments", Some(&code))),
            newest: asked.before.as_ref().map(|_| asked.address("/commitments", None)),
            too_many: found.too_many,
        })
    } else {
        None
    };
    let shown = PublicCommitments {
        results,
        authorities: authorities(&portal, &asked.typed.authority),
        data: asked.address("/commitments.json", asked.before.as_deref()),
        typed: asked.typed,
        problems: asked.problems,
    };
    Ok(answer(&visitor, &headers, |lang| public_commitments(shown, lang)))
}

/// `GET /commitments.json`: the same as data.
pub async fn search_data(State(portal): State<Arc<Portal>>, headers: HeaderMap, Query(question): Query<Question>) -> Answer {
    let Ok(mut asked) = question.read() else { return Ok(no_data(StatusCode::NOT_FOUND, unknown_filter())) };
    if !asked.problems.is_empty() {
        let say = |lang| asked.problems.iter().map(|problem| problem.words(lang)).collect::<Vec<_>>().join(" ");
        return Ok(no_data(StatusCode::BAD_REQUEST, FaultJson::saying(say(Lang::Zh), say(Lang::En))));
    }
    let found = asked.find(&portal, ON_A_PAGE_OF_DATA).await?;
    let (today, portal_url) = (portal.clock.today(), &portal.config.public_url);
    let next = found.rest.map(|code| asked.address("/commitments.json", Some(&code)));
    let commitments = found.commitments.into_iter().map(|one| commitment(&entry(one, today), today, portal_url)).collect();
    let json = PageJson::new(commitments, next.as_deref(), found.too_many, today, portal_url);
    Ok(to_be_asked_again(&headers, JSON, serde_json::to_vec_pretty(&json).unwrap_or_default()))
}

/// `GET /commitments/{code}` and, the same as data, `GET /commitments/{code}.json`.
pub async fn show(State(portal): State<Arc<Portal>>, visitor: Visitor, headers: HeaderMap, Path(name): Path<String>) -> Answer {
    let (typed, as_data) = match name.strip_suffix(".json") {
        Some(code) => (code, true),
        None => (name.as_str(), false),
    };
    let code = normal_code(typed);
    if !is_code(&code) {
        return Ok(missing(&visitor, NoCommitment::Unknown, as_data));
    }
    if code != typed {
        // However it was typed, there is one address.
        return Err(Refusal::Onward(format!("/commitments/{code}{}", if as_data { ".json" } else { "" })));
    }
    let today = portal.clock.today();
    let Some(found) = portal.storage.public_commitment(&code, today).await? else {
        let why = if portal.storage.was_public(&code).await? { NoCommitment::Gone } else { NoCommitment::Unknown };
        return Ok(missing(&visitor, why, as_data));
    };
    let receipt = public_receipt(&portal, &found).await?;
    let shown = entry(found, today);
    if as_data {
        let json = commitment(&shown, today, &portal.config.public_url);
        return Ok(to_be_asked_again(&headers, JSON, serde_json::to_vec_pretty(&json).unwrap_or_default()));
    }
    Ok(answer(&visitor, &headers, |lang| public_commitment(&shown, receipt, lang)))
}

fn missing(visitor: &Visitor, why: NoCommitment, as_data: bool) -> Response {
    let status = match why {
        NoCommitment::Gone => StatusCode::GONE,
        NoCommitment::Unknown => StatusCode::NOT_FOUND,
    };
    if as_data {
        let (_, text) = why.words();
        return no_data(status, FaultJson::saying(text.zh.to_owned(), text.en.to_owned()));
    }
    page(&visitor.frame, status, |lang| no_commitment(why, lang))
}

fn unknown_filter() -> FaultJson {
    FaultJson::saying("没有这样的查询条件。".to_owned(), "There is no such filter.".to_owned())
}

fn no_data(status: StatusCode, fault: FaultJson) -> Response {
    let mut response = (status, Json(fault)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
