//! Looking for enterprises that have made something public.

use credit::enterprise::Enterprise;
use credit::lookup::Unsearchable;
use leptos::prelude::*;

use crate::components::search_form::search_form;
use crate::components::task_list::{Task, task_list};
use crate::shell::Page;
use crate::wording::{Lang, publications};

/// What came of a question.
pub enum Outcome {
    /// Nothing was asked yet.
    Unasked,
    /// What was typed cannot be looked for.
    Problem(Unsearchable),
    /// What was found.
    Found {
        /// The enterprises, in the order of their codes.
        enterprises: Vec<Enterprise>,
        /// Where the next page is, if there may be one.
        next: Option<String>,
        /// Where the first page is, if this is a later one.
        first: Option<String>,
    },
}

/// The page: the question as typed, and what came of it.
pub fn enterprises(typed: &str, outcome: Outcome, lang: Lang) -> Page {
    let words = publications::words(lang);
    let (problem, results) = match outcome {
        Outcome::Unasked => (None, None),
        Outcome::Problem(why) => (Some(why), None),
        Outcome::Found { enterprises, next, first } => (None, Some(results(typed, enterprises, next, first, lang))),
    };
    let title = match results {
        Some(_) => publications::results_for(typed, lang),
        None => words.title.to_owned(),
    };
    let body = view! {
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {search_form(typed, problem, lang)}
        {results}
    };
    Page {
        title,
        above: vec![(lang.words().frame.home.into(), "/")],
        problems: problem.is_some(),
        island: None,
        body: body.into_any(),
    }
}

fn results(typed: &str, enterprises: Vec<Enterprise>, next: Option<String>, first: Option<String>, lang: Lang) -> AnyView {
    let words = publications::words(lang);
    let some = !enterprises.is_empty();
    let list = match (some, &next) {
        (true, _) => task_list(enterprises.into_iter().map(|enterprise| task(enterprise, lang)).collect()),
        (false, Some(_)) => view! { <p>{words.short}</p> }.into_any(),
        (false, None) => view! { <p><strong>{words.none}</strong></p><p>{words.none_text}</p> }.into_any(),
    };
    let pages = (next.is_some() || first.is_some()).then(|| {
        view! {
            <nav class="pagination" aria-label=words.pages>
                {first.map(|href| view! { <a class="pagination__link" href=href>{words.first}</a> })}
                {next.map(|href| view! { <a class="pagination__link" rel="next" href=href>{words.next}</a> })}
            </nav>
        }
    });
    view! {
        <section aria-labelledby="results">
            <h2 id="results">{publications::results_for(typed, lang)}</h2>
            {list}
            {pages}
        </section>
    }
    .into_any()
}

fn task(enterprise: Enterprise, lang: Lang) -> Task {
    let words = publications::words(lang);
    Task {
        href: format!("/enterprises/{}", enterprise.code),
        name: enterprise.name,
        line: format!("{}{}{}", words.code, lang.words().frame.colon, enterprise.code),
        state: None,
        other: None,
    }
}
