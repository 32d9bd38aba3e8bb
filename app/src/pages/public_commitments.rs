//! Looking for public commitments: a plain form that asks, so that its answer can be linked to.

use credit::commitment::CommitmentKind;
use credit::commitment::state::CommitmentState;
use credit::form::Phrase;
use credit::lookup::Unsearchable;
use leptos::prelude::*;

use super::public_commitment::CommitmentEntry;
use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link};
use crate::components::status_tag::status_tag;
use crate::components::task_list::{Task, task_list};
use crate::shell::Page;
use crate::wording::public_commitments::{WORDS, state, tone};
use crate::wording::{Lang, publications};

/// What is asked for, as it was typed and chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Name or credit code of the enterprise.
    pub who: String,
    /// 承诺编码.
    pub code: String,
    /// The kind, if one was chosen.
    pub kind: Option<CommitmentKind>,
    /// The authority's credit code; empty for all.
    pub authority: String,
    /// Made on this day or later.
    pub from: String,
    /// Made on this day or earlier.
    pub to: String,
    /// The state, if one was chosen.
    pub state: Option<CommitmentState>,
}

impl Typed {
    /// Whether nothing is asked for in particular.
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }

    /// Whether more than the enterprise is asked for.
    fn is_narrow(&self) -> bool {
        Self { who: String::new(), ..self.clone() } != Self::default()
    }
}

/// What is wrong with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No enterprise can be looked for so.
    Who(Unsearchable),
    /// It is no code of a commitment.
    Code,
    /// It is no day.
    From,
    /// It is no day.
    To,
    /// The last day is before the first.
    Order,
}

impl Problem {
    /// The field it stands at.
    fn field(self) -> &'static str {
        match self {
            Self::Who(_) => "q",
            Self::Code => "code",
            Self::From => "from",
            Self::To | Self::Order => "to",
        }
    }

    /// In words.
    pub fn words(self, lang: Lang) -> String {
        let phrase = match self {
            Self::Who(why) => return publications::unsearchable(why, lang),
            Self::Code => WORDS.bad_code,
            Self::From | Self::To => WORDS.bad_day,
            Self::Order => WORDS.wrong_order,
        };
        lang.say(phrase).to_owned()
    }
}

/// What was found.
pub struct Results {
    /// The commitments, newest first.
    pub entries: Vec<CommitmentEntry>,
    /// Where earlier ones are.
    pub older: Option<String>,
    /// Where the newest are, if this is a later page.
    pub newest: Option<String>,
    /// Whether more enterprises have such a name than were looked through.
    pub too_many: bool,
}

/// The page's data.
pub struct PublicCommitments {
    /// What is asked for.
    pub typed: Typed,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// What was found; none where something is wrong.
    pub results: Option<Results>,
    /// The authorities that can be chosen: credit code and name.
    pub authorities: Vec<(String, String)>,
    /// Where the same is as data.
    pub data: String,
}

/// The page.
pub fn public_commitments(page: PublicCommitments, lang: Lang) -> Page {
    let title = lang.say(WORDS.title);
    let blank = page.typed.is_blank();
    let form = form(&page, lang);
    let results = page.results.map(|found| results(found, blank, lang));
    let body = view! {
        <h1>{title}</h1>
        <p class="lead">{lang.say(WORDS.lead)}</p>
        {form}
        {results}
        <section aria-labelledby="data" class="no-print">
            <h2 id="data">{lang.say(WORDS.data)}</h2>
            <p>{lang.say(WORDS.data_text)}</p>
            <p class="actions">
                {link(Weight::Light, page.data, lang.say(WORDS.as_json))}
                {link(Weight::Light, "/commitments/all.ndjson", lang.say(WORDS.all_lines))}
                {link(Weight::Light, "/commitments/all.csv", lang.say(WORDS.all_table))}
                {link(Weight::Light, "/commitments/feed.atom", lang.say(WORDS.feed))}
            </p>
        </section>
    };
    Page {
        title: title.into(),
        above: vec![(lang.words().frame.home.into(), "/")],
        problems: !page.problems.is_empty(),
        island: None,
        body: body.into_any(),
    }
}

/// A field of the form, and what is wrong with it.
struct Part<'a> {
    name: &'static str,
    label: Phrase,
    hint: Option<Phrase>,
    problems: &'a [Problem],
    lang: Lang,
}

impl Part<'_> {
    fn around(&self, control: impl FnOnce(String, Option<String>, bool) -> AnyView) -> AnyView {
        let (name, lang) = (self.name, self.lang);
        let problem = self.problems.iter().find(|problem| problem.field() == name);
        let hint = self.hint.map(|hint| view! { <p class="field__hint" id=format!("h-{name}")>{lang.say(hint)}</p> });
        let described: Vec<String> =
            [hint.is_some().then(|| format!("h-{name}")), problem.map(|_| format!("e-{name}"))].into_iter().flatten().collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let wrong = problem.is_some();
        let problem = problem.map(|problem| {
            let prefix = publications::words(lang).problem_prefix;
            view! {
                <p class="field__problem" id=format!("e-{name}")>
                    <span class="unseen">{prefix}</span><span class="field__problem-text">{problem.words(lang)}</span>
                </p>
            }
        });
        let class = if wrong { "field field--problem" } else { "field" };
        view! {
            <div class=class data-field=name>
                <label class="field__label" for=format!("f-{name}")>{lang.say(self.label)}</label>
                {hint}
                {problem}
                {control(format!("f-{name}"), described, wrong)}
            </div>
        }
        .into_any()
    }

    fn line(&self, typed: &str, class: &'static str) -> AnyView {
        let (name, typed) = (self.name, typed.to_owned());
        self.around(|id, described, wrong| {
            view! {
                <input class=class type="text" id=id name=name value=typed autocomplete="off" spellcheck="false"
                    aria-describedby=described aria-invalid=wrong.then_some("true") />
            }
            .into_any()
        })
    }

    /// One of several; the first is all of them.
    fn choice(&self, options: impl IntoIterator<Item = (String, String)>, chosen: &str) -> AnyView {
        let options: Vec<_> = options
            .into_iter()
            .map(|(value, words)| {
                let selected = value == chosen;
                view! { <option value=value selected=selected>{words}</option> }
            })
            .collect();
        let (name, all) = (self.name, self.lang.say(WORDS.all));
        self.around(|id, described, _| {
            view! {
                <select class="control" id=id name=name aria-describedby=described>
                    <option value="">{all}</option>
                    {options}
                </select>
            }
            .into_any()
        })
    }
}

fn form(page: &PublicCommitments, lang: Lang) -> AnyView {
    let typed = &page.typed;
    let part = |name, label, hint| Part { name, label, hint, problems: &page.problems, lang };
    let kinds = CommitmentKind::ALL.map(|kind| (kind.name().to_owned(), lang.say(kind.label()).to_owned()));
    let states = CommitmentState::ALL.map(|one| (one.name().to_owned(), lang.say(state(one)).to_owned()));
    let clear = (!typed.is_blank()).then(|| link(Weight::Light, "/commitments", lang.say(WORDS.clear)));
    view! {
        <form class="search-form" method="get" action="/commitments" role="search">
            {part("q", WORDS.who, Some(WORDS.who_hint)).line(&typed.who, "control")}
            <details class="search-form__more" open=typed.is_narrow()>
                <summary class="search-form__summary">{lang.say(WORDS.filters)}</summary>
                {part("code", WORDS.code, Some(WORDS.code_hint)).line(&typed.code, "control control--code")}
                {part("kind", WORDS.kind, None).choice(kinds, typed.kind.map_or("", CommitmentKind::name))}
                {part("authority", WORDS.authority, None).choice(page.authorities.iter().cloned(), &typed.authority)}
                {part("from", WORDS.from, Some(WORDS.day_hint)).line(&typed.from, "control control--date")}
                {part("to", WORDS.to, Some(WORDS.day_hint)).line(&typed.to, "control control--date")}
                {part("state", WORDS.state, None).choice(states, typed.state.map_or("", CommitmentState::name))}
            </details>
            <div class="actions"><button class="button button--main" type="submit">{lang.say(WORDS.search)}</button>{clear}</div>
        </form>
    }
    .into_any()
}

fn results(found: Results, blank: bool, lang: Lang) -> AnyView {
    let heading = lang.say(if blank { WORDS.newest } else { WORDS.results });
    let too_many = found.too_many.then(|| banner(BannerKind::Notice, lang.say(WORDS.too_many), ()));
    let list = if found.entries.is_empty() {
        view! { <p><strong>{lang.say(WORDS.none)}</strong></p><p>{lang.say(WORDS.none_text)}</p> }.into_any()
    } else {
        task_list(found.entries.iter().map(|entry| task(entry, lang)).collect())
    };
    let pages = (found.older.is_some() || found.newest.is_some()).then(|| {
        view! {
            <nav class="pagination" aria-label=lang.say(WORDS.pages)>
                {found.newest.map(|href| view! { <a class="pagination__link" href=href>{lang.say(WORDS.first)}</a> })}
                {found.older.map(|href| view! { <a class="pagination__link" rel="next" href=href>{lang.say(WORDS.older)}</a> })}
            </nav>
        }
    });
    view! {
        <section aria-labelledby="results">
            <h2 id="results">{heading}</h2>
            {too_many}
            {list}
            {pages}
        </section>
    }
    .into_any()
}

/// A commitment in a list.
pub(super) fn task(entry: &CommitmentEntry, lang: Lang) -> Task {
    let content = &entry.content;
    let parts = [
        entry.enterprise.name.clone(),
        lang.say(content.kind.label()).to_owned(),
        content.authority.clone(),
        format!("{} {}", lang.say(WORDS.made_on), content.made_on),
        entry.code.clone(),
    ];
    Task {
        href: format!("/commitments/{}", entry.code),
        name: content.title.clone(),
        line: parts.join(" · "),
        state: Some(status_tag(tone(entry.state), lang.say(state(entry.state)))),
        other: None,
    }
}
